/**
 * The main procedure of a sync: create in order, scale down, update. Slot by slot the ordering chart gives the verdict and
 * this acts on it; in order the first verdict that is not to pass ends the sync, in Parallel the slots go on in batches.
 * Models: pkg/controller/statefulset/stateful_set_control.go (updateStatefulSet, processReplica, processCondemned,
 * runForAll, slowStartBatch, updateStatefulSetAfterInvariantEstablished), v1.36.
 */
import { partitionOf, startOrdinal } from '../api/identity.ts'
import type { ControllerRevision, StatefulSet } from '../api/types.ts'
import type { Sight, Walk } from '../machines/ordering.ts'
import { walk, YES } from '../machines/ordering.ts'
import type { Tenant } from './claimOwners.ts'
import type { Failure } from './failure.ts'
import { together } from './failure.ts'
import type { PodFacts } from './podFacts.ts'
import { factsOf } from './podFacts.ts'
import type { Members } from './roster.ts'
import type { Block, Slot } from './slots.ts'
import { BLOCK, Findings } from './slots.ts'
import { claimsMatch, keepOwners, needNoOwners, provideClaims, staleClaim } from './statefulSetClaims.ts'
import { createPod, deletePod, placeholderOf, repairPod } from './statefulSetPods.ts'
import type { Revisions } from './statefulSetRevisions.ts'
import type { Status } from './statefulSetStatus.ts'
import { countMembers, countPods } from './statefulSetStatus.ts'
import type { Doing, Sync } from './statefulSetSync.ts'

/** Where the sync looked and what the chart said there. */
export interface Step {
  readonly walk: Walk
  /** The slot looked at; undefined when it was the set as a whole. */
  readonly slot?: PodFacts
  /** The pod that the slot waits for, where it is another one. */
  readonly blocker?: PodFacts
  readonly failure?: Failure
}

/** What the phases go by. */
export interface Scene {
  readonly sync: Sync
  readonly revisions: Revisions
  readonly members: Members
}

export interface Progress {
  readonly status: Status
  /** Where an ordered sync stopped; in Parallel the last phase's first act or wait; settled when there was neither. */
  readonly step: Step
  readonly failure?: Failure
}

const isOrdered = ({ spec }: StatefulSet): boolean => spec.podManagementPolicy !== 'Parallel'

const MOST_AT_ONCE = 500

/** Walks at one sight. Neighbouring slots mostly give the same answers, so the last walk is at hand. */
class Sighted {
  private readonly sight: Sight
  private answers = -1
  private last: Walk | undefined

  constructor(sight: Sight) {
    this.sight = sight
  }

  walk(answers: number): Walk {
    if (!this.last || this.answers !== answers) {
      this.answers = answers
      this.last = walk(this.sight, answers)
    }
    return this.last
  }
}

/** Blocks in which nothing is to be done, and blocks that the update may pass by. */
const soundness = new Findings<boolean>()
const doneness = new Findings<boolean>()

class Phases {
  /** The most telling step so far. */
  step: Step = { walk: walk('end') }
  private readonly replicas = new Sighted('replica')
  private readonly identities = new Sighted('identity')
  private readonly targets = new Sighted('target')
  private readonly scene: Scene
  private readonly sync: Sync
  private readonly set: StatefulSet
  private readonly ordered: boolean
  private readonly start: number
  private readonly partition: number
  private readonly policy: number
  private readonly minReadySeconds: number
  private readonly now: number
  /** No claim's owners can be wrong. */
  private readonly ownersMatch: boolean

  constructor(scene: Scene) {
    this.scene = scene
    this.sync = scene.sync
    this.set = scene.sync.set
    this.ordered = isOrdered(this.set)
    this.policy = this.ordered ? YES.isOrdered : 0
    this.minReadySeconds = this.sync.minReadySeconds
    this.now = this.sync.view.now
    this.start = startOrdinal(this.set)
    this.partition = partitionOf(this.set)
    this.ownersMatch = needNoOwners(this.sync)
  }

  /** Create in order, then scale down. True when the sync may go on to the update. */
  *establish(): Doing<Failure | boolean> {
    const { slots, condemned } = this.scene.members
    const pod = (index: number) => condemned[index] as PodFacts
    const phases = [
      this.each(
        slots.size,
        (from, to) => this.firstUnsound(from, to),
        (index) => this.processReplica(index),
      ),
      this.each(
        condemned.length,
        (from, to) => this.firstDisowned(from, to),
        (index) => this.fixClaims(pod(index)),
      ),
      this.each(
        condemned.length,
        (from) => from,
        (index) => this.processCondemned(pod(index)),
      ),
    ]
    for (const phase of phases) {
      const ended = yield* phase
      if (ended) return ended.failure ?? false
    }
    return true
  }

  /**
   * One slot after the other, up to the first step that does not pass; in Parallel in batches of 1, 2, 4 … at most 500,
   * up to the first batch with a failure. Returns the step that ended the phase, if one did. `next` finds the first slot
   * of a range with anything to do, or the range's end.
   */
  private *each(
    count: number,
    next: (from: number, to: number) => number,
    process: (index: number) => Doing<Step>,
  ): Doing<Step | undefined> {
    let first: Step | undefined
    for (let start = 0, size = this.ordered ? count : 1; start < count; size = Math.min(2 * size, MOST_AT_ONCE)) {
      const end = Math.min(count, start + size)
      const failures: (Failure | undefined)[] = []
      for (let index = next(start, end); index < end; index = next(index + 1, end)) {
        const step = yield* process(index)
        if (step.walk.verdict === 'pass' && !step.failure) continue
        if (this.ordered && (step.failure || step.walk.verdict !== 'repair')) return this.note(step)
        first ??= this.note(step)
        failures.push(step.failure)
      }
      const failure = together(failures)
      if (failure) return { ...(first as Step), failure }
      start = end
    }
    return undefined
  }

  // The searches below are no generators: they pass by a thousand healthy pods at a sync, and plain loops run faster.

  private firstUnsound(from: number, to: number): number {
    for (let index = from; index < to; ) {
      const block = this.blockFrom(index, to)
      if (block && this.isBlockSound(block)) index += block.length
      else if (this.isSound(this.scene.members.slots.at(index))) index += 1
      else return index
    }
    return to
  }

  /** The block that begins at this index, if all of it lies before `to`. */
  private blockFrom(index: number, to: number): Block | undefined {
    const block = index % BLOCK === 0 ? this.scene.members.slots.blocks[index / BLOCK] : undefined
    return block && index + block.length <= to ? block : undefined
  }

  /** Asked of whole blocks only where neither time nor claims have a say. */
  private isBlockSound(block: Block): boolean {
    if (this.minReadySeconds > 0 || !this.ownersMatch) return false
    return soundness.about(block, this.set.spec, this.set.metadata.name, () => block.every((pod) => this.isSound(pod)))
  }

  private firstDisowned(from: number, to: number): number {
    if (this.ownersMatch) return to
    const { condemned } = this.scene.members
    for (let index = from; index < to; index++) if (!this.ownersAreRight(condemned[index] as PodFacts)) return index
    return to
  }

  /** The highest target below `from` that does not pass; −1 when all do. */
  private nextTarget(from: number, policy: number): number {
    for (let index = from; index > 0; ) {
      const block = this.blockBefore(index)
      if (block && this.isBlockDone(block, index - block.length, policy)) index -= block.length
      else if (this.lookAtTarget(index - 1, policy).verdict === 'pass') index -= 1
      else return index - 1
    }
    return -1
  }

  /** The block that ends before this index. */
  private blockBefore(index: number): Block | undefined {
    const { slots } = this.scene.members
    return index === slots.size || index % BLOCK === 0 ? slots.blocks[Math.ceil(index / BLOCK) - 1] : undefined
  }

  private isBlockDone(block: Block, start: number, policy: number): boolean {
    if (this.minReadySeconds > 0) return false
    const key = `${policy} ${start} ${this.scene.revisions.update.metadata.name}`
    return doneness.about(block, this.set.spec, key, () =>
      block.every((_pod, at) => this.lookAtTarget(start + at, policy).verdict === 'pass'),
    )
  }

  private note(step: Step): Step {
    this.step = step
    return step
  }

  /** The pod in a slot, or the one that would be made for it. */
  private slotAt(index: number): PodFacts {
    const pod = this.scene.members.slots.at(index)
    if (pod) return pod
    const ordinal = this.start + index
    return factsOf(placeholderOf(this.set, this.revisionFor(ordinal), ordinal))
  }

  /** The revision that a new pod gets: the current one below the partition or, without a block, among the current replicas. */
  private revisionFor(ordinal: number): ControllerRevision {
    const { current, update } = this.scene.revisions
    const { type, rollingUpdate } = this.set.spec.updateStrategy
    const kept = rollingUpdate ? partitionOf(this.set) : (this.set.status.currentReplicas ?? 0)
    return type === 'RollingUpdate' && ordinal < this.start + kept ? current : update // UPD-3
  }

  private isAvailable(pod: PodFacts): boolean {
    return pod.isAvailable(this.minReadySeconds, this.now)
  }

  private answersOf(pod: PodFacts): number {
    return pod.answers | this.policy | (this.isAvailable(pod) ? YES.isAvailable : 0)
  }

  private ownersAreRight(slot: Tenant): boolean {
    return this.ownersMatch || claimsMatch(this.sync, slot)
  }

  private lookAtIdentity(pod: PodFacts): Walk {
    return this.identities.walk(
      (pod.identityMatches ? YES.identityMatches : 0) |
        (pod.storageMatches(this.set) ? YES.storageMatches : 0) |
        (this.ownersAreRight(pod) ? YES.claimsMatch : 0),
    )
  }

  /** There is a pod, and nothing to be done or waited for. */
  private isSound(pod: Slot): boolean {
    if (!pod) return false
    const seen = this.replicas.walk(this.answersOf(pod))
    return seen.verdict === 'checkIdentity' && !seen.providesClaims && this.lookAtIdentity(pod).verdict === 'pass'
  }

  private *processReplica(index: number): Doing<Step> {
    const slot = this.slotAt(index)
    const stale = slot.is(YES.isCreated) ? undefined : staleClaim(this.sync, slot)
    if (stale) this.sync.hint('staleClaim', slot.name, { on: this.sync.keyOf('PersistentVolumeClaim', stale) })
    const seen = walk('replica', this.answersOf(slot) | (stale ? YES.isClaimStale : 0))
    const failure = yield* this.actOn(seen, slot)
    if (failure) return { walk: seen, slot, failure }
    const goesOn = seen.verdict === 'checkIdentity' || (seen.verdict === 'createNext' && !this.ordered)
    if (!goesOn) return { walk: seen, slot }
    const identity = this.lookAtIdentity(slot)
    if (identity.verdict === 'pass') return { walk: seen.verdict === 'createNext' ? seen : identity, slot }
    const unrepaired = yield* repairPod(this.sync, slot.pod)
    return { walk: identity, slot, ...(unrepaired && { failure: unrepaired }) }
  }

  private *actOn({ verdict, providesClaims }: Walk, slot: PodFacts): Doing<Failure | undefined> {
    if (providesClaims) return yield* provideClaims(this.sync, slot)
    if (verdict === 'replaceTerminal') return yield* deletePod(this.sync, slot.name)
    if (verdict === 'createNext') return yield* createPod(this.sync, slot.pod)
    return undefined
  }

  private *fixClaims(pod: PodFacts): Doing<Step> {
    const failure = yield* keepOwners(this.sync, pod)
    return { walk: walk('condemnedClaims'), slot: pod, ...(failure && { failure }) }
  }

  private *processCondemned(pod: PodFacts): Doing<Step> {
    const first = this.ordered && this.isUnavailable(pod) ? this.firstUnavailable() : undefined
    const seen = walk('condemned', this.answersOf(pod) | (first === pod ? YES.isFirstUnavailable : 0))
    const failure = seen.verdict === 'deleteHighest' ? yield* deletePod(this.sync, pod.name) : undefined
    const blocked = seen.verdict === 'waitForFirstUnavailable' && first
    return { walk: seen, slot: pod, ...(blocked && { blocker: first }), ...(failure && { failure }) }
  }

  private isUnavailable(pod: Slot): boolean {
    return !pod || pod.is(YES.isTerminating) || !this.isAvailable(pod)
  }

  /** The lowest wanted pod that is unavailable; if there is none, the lowest condemned one. */
  private firstUnavailable(): PodFacts | undefined {
    const { slots, condemned } = this.scene.members
    const index = slots.firstFailing((pod) => !this.isUnavailable(pod))
    return index < slots.size ? this.slotAt(index) : condemned.findLast((pod) => this.isUnavailable(pod))
  }

  /** How many pods may be deleted at once for the update; any number where the gate is off, since it is one per sync. */
  private budget(): number {
    if (!this.sync.view.settings.gates.MaxUnavailableStatefulSet) return Number.POSITIVE_INFINITY
    const unavailable = this.scene.members.slots.blocks.flat().filter((pod) => this.isUnavailable(pod)).length
    return maxUnavailableOf(this.set) - unavailable
  }

  /** The answers that are the same for every target. */
  private targetPolicy(): number {
    const onDelete = this.set.spec.updateStrategy.type === 'OnDelete' ? YES.isOnDelete : 0
    return onDelete | (this.sync.view.settings.gates.MaxUnavailableStatefulSet ? YES.isBudgeted : 0)
  }

  private lookAtTarget(index: number, policy: number): Walk {
    const pod = this.scene.members.slots.at(index)
    const revision = pod ? pod.revision : this.revisionFor(this.start + index).metadata.name
    return this.targets.walk(
      policy |
        (pod ? this.answersOf(pod) : 0) |
        (index < this.partition ? YES.isBelowPartition : 0) |
        (revision !== this.scene.revisions.update.metadata.name ? YES.isOld : 0),
    )
  }

  private blockedTarget(seen: Walk, slot: PodFacts): Step {
    const blocker = seen.verdict === 'waitForBudget' ? this.firstUnavailable() : undefined
    return { walk: seen, slot, ...(blocker && { blocker }) }
  }

  /** From the highest ordinal down. Returns how many pods were deleted, and the failure that ended it. */
  *update(): Doing<{ readonly deleted: number; readonly failure?: Failure }> {
    const budget = this.budget()
    const policy = this.targetPolicy()
    let deleted = 0
    for (let index = this.scene.members.slots.size; ; ) {
      const asked = policy | (deleted >= budget ? YES.isBudgetSpent : 0)
      index = this.nextTarget(index, asked)
      if (index < 0) break
      const seen = this.lookAtTarget(index, asked)
      const slot = this.slotAt(index)
      if (seen.verdict !== 'replaceForUpdate') {
        if (deleted === 0) this.note(this.blockedTarget(seen, slot))
        break
      }
      const failure = yield* deletePod(this.sync, slot.name)
      if (deleted === 0) this.note({ walk: seen, slot })
      if (failure) return { deleted, failure }
      deleted += 1
      if (budget === Number.POSITIVE_INFINITY) break // UPD-1
    }
    return { deleted }
  }
}

/** Percentages are rounded down; at least one pod may always be unavailable. */
function maxUnavailableOf({ spec }: StatefulSet): number {
  const given = spec.updateStrategy.rollingUpdate?.maxUnavailable ?? 1
  const pods = typeof given === 'number' ? given : Math.floor((Number.parseInt(given, 10) * spec.replicas) / 100)
  return Math.max(1, pods)
}

/** Runs the phases. The status counts what was observed, less the pods that the update deleted. */
export function* runPhases(scene: Scene): Doing<Progress> {
  const { sync, revisions, members } = scene
  const asked = walk('set', sync.set.metadata.deletionTimestamp !== undefined ? YES.isBeingDeleted : 0)
  if (asked.verdict === 'leaveAlone')
    return { status: countPods(sync, revisions, members.pods()), step: { walk: asked } } // DEL-1
  const phases = new Phases(scene)
  const established = yield* phases.establish()
  const status = countMembers(sync, revisions, members)
  if (typeof established !== 'boolean') return { status, step: phases.step, failure: established }
  if (!established) return { status, step: phases.step }
  const { deleted, failure } = yield* phases.update()
  const { currentReplicas } = status
  return {
    status: { ...status, currentReplicas: currentReplicas - deleted },
    step: phases.step,
    ...(failure && { failure }),
  }
}
