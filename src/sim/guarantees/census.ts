/**
 * Who belongs to a set at one moment, and which of its ordinals stand: asked by the rules after every step. Pods are
 * counted chunk by chunk of the stored table, so that a write costs one chunk anew and not the whole set. Leaves out pods whose name is not canonical (`web-007`): the controller never gets past them.
 */
import { endOrdinal, isCanonical, ordinalOf, REVISION_LABEL, startOrdinal } from '../api/identity.ts'
import { controllerOf } from '../api/kinds.ts'
import { isAvailable, isRunningAndReady, isTerminating } from '../api/predicates.ts'
import type { Pod, SimTime, StatefulSet, Uid } from '../api/types.ts'
import { difference } from '../kernel/difference.ts'
import type { ObjectTables } from '../kernel/types.ts'
import { eachChunk } from '../kernel/versions.ts'

export interface Member {
  readonly pod: Pod
  readonly ordinal: number
  /** The controller's uid. */
  readonly owner: Uid
  /** Its revision label. */
  readonly revision: string
  /** Running, Ready and not terminating; whether it is available depends on the time and is asked apart. */
  readonly standing: boolean
}

/** The members of one set within one chunk of the pod table, all lists ascending by ordinal. */
interface Crowd {
  readonly members: Member[]
  readonly standing: Member[]
  /** Revision label → its ordinals. */
  readonly revisions: Map<string, number[]>
}

type Chunk = ObjectTables['Pod'][number]

export const revisionOf = (pod: Pod): string => pod.metadata.labels?.[REVISION_LABEL] ?? ''

/** The pod as a member of whatever controls it; null when nothing does or the name is no canonical one. */
function memberOf(pod: Pod): Member | null {
  const owner = controllerOf(pod.metadata)?.uid
  const ordinal = ordinalOf(pod.metadata.name)
  return owner !== undefined && isCanonical(pod.metadata.name, ordinal)
    ? { pod, ordinal, owner, revision: revisionOf(pod), standing: isRunningAndReady(pod) && !isTerminating(pod) }
    : null
}

/** Who is in a chunk, whoever owns it, ascending by ordinal: what the crowds of the chunk's next version are made from. */
interface Counted {
  readonly chunk: Chunk
  readonly members: readonly Member[]
  readonly crowds: ReadonlyMap<Uid, Crowd>
}

const NOBODY: Counted = { chunk: [], members: [], crowds: new Map() }

/** The members of a chunk: those of the version before it, without who left and with who came. */
function membersIn(chunk: Chunk, before: Counted): readonly Member[] {
  const { from, to, end } = difference(before.chunk, chunk)
  const left = new Set<Pod>()
  for (let row = from; row < to; row++) left.add((before.chunk[row] as Chunk[number])[1])
  const members = before.members.filter(({ pod }) => !left.has(pod))
  for (let row = from; row < end; row++) {
    const member = memberOf((chunk[row] as Chunk[number])[1])
    if (member) members.splice(lowerBound(members, member.ordinal), 0, member)
  }
  return members
}

function crowdsOf(members: readonly Member[]): ReadonlyMap<Uid, Crowd> {
  const found = new Map<Uid, Crowd>()
  let crowd: Crowd | undefined
  let owner: Uid | undefined
  for (const member of members) {
    if (!crowd || member.owner !== owner) {
      owner = member.owner
      crowd = found.get(owner) ?? { members: [], standing: [], revisions: new Map() }
      found.set(owner, crowd)
    }
    crowd.members.push(member)
    if (member.standing) crowd.standing.push(member)
    const ordinals = crowd.revisions.get(member.revision)
    if (ordinals) ordinals.push(member.ordinal)
    else crowd.revisions.set(member.revision, [member.ordinal])
  }
  return found
}

const countedIn = eachChunk<Pod, Counted>((chunk, before = NOBODY) => {
  const members = membersIn(chunk, before)
  return { chunk, members, crowds: crowdsOf(members) }
})

/** Index of the first entry whose ordinal is not below the given one. */
function lowerBound(members: readonly Member[], ordinal: number): number {
  let low = 0
  let high = members.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((members[middle] as Member).ordinal < ordinal) low = middle + 1
    else high = middle
  }
  return low
}

export class Census {
  readonly set: StatefulSet
  private readonly now: SimTime
  private readonly parts: readonly Crowd[]

  constructor(pods: ObjectTables['Pod'], set: StatefulSet, now: SimTime) {
    this.set = set
    this.now = now
    const parts: Crowd[] = []
    for (const { crowds } of countedIn(pods)) {
      const crowd = crowds.get(set.metadata.uid)
      if (crowd) parts.push(crowd)
    }
    this.parts = parts
  }

  /** How many ordinals in [from, to) have a pod that is Running, Ready, available and not terminating. */
  sound(from: number, to: number): number {
    const { minReadySeconds = 0 } = this.set.spec
    let count = 0
    for (const { standing } of this.parts) {
      const first = lowerBound(standing, from)
      const end = lowerBound(standing, to)
      if (minReadySeconds === 0) count += end - first
      else
        for (let i = first; i < end; i++)
          if (isAvailable((standing[i] as Member).pod, minReadySeconds, this.now)) count += 1
    }
    return count
  }

  /** True when no ordinal in [from, to) is missing, unready, not yet available or on its way out. */
  clear(from: number, to: number): boolean {
    return to <= from || this.sound(from, to) === to - from
  }

  /** True when nothing in the wanted range blocks. */
  rangeClear(): boolean {
    return this.clear(startOrdinal(this.set), endOrdinal(this.set))
  }

  /** The members outside the wanted range, in no order. Walks all of them. */
  condemned(): readonly Member[] {
    const start = startOrdinal(this.set)
    const end = endOrdinal(this.set)
    return this.parts.flatMap(({ members }) => [
      ...members.slice(0, lowerBound(members, start)),
      ...members.slice(lowerBound(members, end)),
    ])
  }

  /** The highest ordinal outside the wanted range; −1 when there is none. */
  highestCondemned(): number {
    const start = startOrdinal(this.set)
    const end = endOrdinal(this.set)
    let highest = -1
    for (const { members } of this.parts) {
      const last = members[members.length - 1] as Member
      const outside = last.ordinal >= end ? last : members[lowerBound(members, start) - 1]
      if (outside && outside.ordinal > highest) highest = outside.ordinal
    }
    return highest
  }

  isSound(pod: Pod): boolean {
    return (
      isRunningAndReady(pod) && !isTerminating(pod) && isAvailable(pod, this.set.spec.minReadySeconds ?? 0, this.now)
    )
  }

  /** The highest wanted ordinal whose pod is labelled with another revision than this one; −1 when there is none. */
  highestNotAt(revision: string): number {
    const start = startOrdinal(this.set)
    const end = endOrdinal(this.set)
    let highest = -1
    for (const { revisions } of this.parts)
      for (const [label, ordinals] of revisions)
        if (label !== revision)
          for (let i = ordinals.length - 1; i >= 0; i--) {
            const ordinal = ordinals[i] as number
            if (ordinal >= end) continue
            if (ordinal >= start && ordinal > highest) highest = ordinal
            break
          }
    return highest
  }

  /** How many pods there are at wanted ordinals. */
  present(): number {
    const start = startOrdinal(this.set)
    const end = endOrdinal(this.set)
    return this.parts.reduce((sum, { members }) => sum + lowerBound(members, end) - lowerBound(members, start), 0)
  }
}
