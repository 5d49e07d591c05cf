/**
 * Which pods of a namespace concern a set, and each in its place: wanted slots by index, condemned pods from the highest
 * ordinal down, strays that are to be adopted or let go. From one list of pods to the next a roster is changed, not made.
 * Models: pkg/controller/statefulset/stateful_set_control.go (the partition into replicas and condemned), v1.36.
 */
import { startOrdinal } from '../api/identity.ts'
import type { LabelSelector, Pod, StatefulSet, Uid } from '../api/types.ts'
import { difference, spliced } from '../kernel/difference.ts'
import { areAlike, PodFacts } from './podFacts.ts'
import type { Slot } from './slots.ts'
import { Slots } from './slots.ts'

/** A set's pods in their places. */
export interface Members {
  readonly slots: Slots
  /** Outside the wanted range, highest ordinal first. */
  readonly condemned: readonly PodFacts[]
  /** All of them, in the order of their names. */
  pods(): readonly PodFacts[]
}

/** What decides who concerns the set and where it stands. */
interface Frame {
  readonly set: StatefulSet
  readonly uid: Uid
  readonly start: number
  readonly size: number
}

const frameOf = (set: StatefulSet): Frame => ({
  set,
  uid: set.metadata.uid,
  start: startOrdinal(set),
  size: set.spec.replicas,
})

const isMember = ({ set, uid }: Frame, pod: PodFacts): boolean => pod.controller === uid && pod.isMemberOf(set)

/** Controlled and no longer fitting, or fitting and nobody's. */
const isStray = ({ set, uid }: Frame, pod: PodFacts): boolean =>
  pod.controller === uid ? !pod.isMemberOf(set) : pod.controller === undefined && pod.isMemberOf(set)

/** The index of a slot; undefined when the ordinal is not wanted. */
function indexOf({ start, size }: Frame, { ordinal }: PodFacts): number | undefined {
  const index = ordinal - start
  return index >= 0 && index < size ? index : undefined
}

const byOrdinalDown = (a: PodFacts, b: PodFacts): number => b.ordinal - a.ordinal

interface Places {
  readonly slots: Slots
  readonly condemned: readonly PodFacts[]
  /** Two pods claim one slot (`web-7`, `web-07`): the later name has it. */
  readonly crowded: boolean
}

function placed(frame: Frame, pods: readonly PodFacts[]): Places {
  const condemned: PodFacts[] = []
  const changes = new Map<number, Slot>()
  let crowded = false
  for (const pod of pods) {
    const index = indexOf(frame, pod)
    if (index === undefined) condemned.push(pod)
    else {
      crowded ||= changes.has(index)
      changes.set(index, pod)
    }
  }
  return { slots: Slots.empty(frame.size).with(changes), condemned: condemned.sort(byOrdinalDown), crowded }
}

/** These pods and no others in their places. */
export function membersOf(set: StatefulSet, pods: readonly PodFacts[]): Members {
  const { slots, condemned } = placed(frameOf(set), pods)
  return { slots, condemned, pods: () => pods }
}

export class Roster implements Members {
  readonly slots: Slots
  readonly condemned: readonly PodFacts[]
  readonly strays: readonly PodFacts[]
  /** The same object as long as all pods are alike, see `areAlike`: a sync finds the same then. */
  readonly sight: object
  private readonly frame: Frame
  private readonly list: readonly Pod[]
  private readonly all: readonly PodFacts[]
  private readonly crowded: boolean
  private own: readonly PodFacts[] | undefined

  private constructor(
    frame: Frame,
    list: readonly Pod[],
    all: readonly PodFacts[],
    places: Places,
    strays: readonly PodFacts[],
    sight: object,
  ) {
    this.frame = frame
    this.list = list
    this.all = all
    this.slots = places.slots
    this.condemned = places.condemned
    this.crowded = places.crowded
    this.strays = strays
    this.sight = sight
  }

  static of(set: StatefulSet, list: readonly Pod[]): Roster {
    const frame = frameOf(set)
    const all = list.map((pod) => new PodFacts(pod))
    const own = all.filter((pod) => isMember(frame, pod))
    const strays = all.filter((pod) => isStray(frame, pod))
    return new Roster(frame, list, all, placed(frame, own), strays, {})
  }

  pods(): readonly PodFacts[] {
    this.own ??= this.all.filter((pod) => isMember(this.frame, pod))
    return this.own
  }

  /** The roster of this set over that list; undefined when it is not merely this one with a few pods changed. */
  changedTo(set: StatefulSet, list: readonly Pod[]): Roster | undefined {
    const { frame } = this
    const { uid, start, size } = frameOf(set)
    if (frame.uid !== uid || frame.start !== start || frame.size !== size) return undefined
    if (list === this.list) return this
    if (this.crowded || this.strays.length > 0) return undefined
    const { from, to, end } = difference(this.list, list)
    const gone = this.all.slice(from, to)
    const come = list.slice(from, end).map((pod) => new PodFacts(pod))
    if (gone.length + come.length > MOST_CHANGED || come.some((pod) => isStray(frame, pod))) return undefined
    const places = this.replaced(
      gone.filter((pod) => isMember(frame, pod)),
      come.filter((pod) => isMember(frame, pod)),
    )
    if (!places) return undefined
    const alike = gone.length === come.length && gone.every((pod, index) => areAlike(pod, come[index] as PodFacts))
    return new Roster(frame, list, spliced(this.all, from, to, come), places, [], alike ? this.sight : {})
  }

  private replaced(gone: readonly PodFacts[], come: readonly PodFacts[]): Places | undefined {
    const { frame } = this
    const changes = new Map<number, Slot>()
    let { condemned } = this
    for (const pod of gone) {
      const index = indexOf(frame, pod)
      if (index === undefined) condemned = withoutPod(condemned, pod)
      else changes.set(index, undefined)
    }
    for (const pod of come) {
      const index = indexOf(frame, pod)
      if (index === undefined) condemned = withPod(condemned, pod)
      else if (changes.has(index) ? changes.get(index) : this.slots.at(index)) return undefined
      else changes.set(index, pod)
    }
    return { slots: changes.size > 0 ? this.slots.with(changes) : this.slots, condemned, crowded: false }
  }
}

function withoutPod(condemned: readonly PodFacts[], pod: PodFacts): readonly PodFacts[] {
  const at = condemned.indexOf(pod)
  return at < 0 ? condemned : spliced(condemned, at, at + 1, [])
}

/** Behind those of its ordinal and of higher ones. */
function withPod(condemned: readonly PodFacts[], pod: PodFacts): readonly PodFacts[] {
  const after = condemned.findIndex((other) => other.ordinal < pod.ordinal)
  const at = after < 0 ? condemned.length : after
  return spliced(condemned, at, at, [pod])
}

/** With more than this many pods changed at once, a new roster is as quick. */
const MOST_CHANGED = 64

/** The last roster of a set, found by the selector object that all its versions share. */
const last = new WeakMap<LabelSelector, Roster>()

/** The roster of a set over all pods of its namespace. */
export function rosterOf(set: StatefulSet, pods: readonly Pod[]): Roster {
  const { selector } = set.spec
  const roster = last.get(selector)?.changedTo(set, pods) ?? Roster.of(set, pods)
  last.set(selector, roster)
  return roster
}
