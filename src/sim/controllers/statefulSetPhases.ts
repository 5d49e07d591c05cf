/**
 * The main procedure of a sync: create in order, scale down, update. Slot by slot the ordering chart gives the verdict and
 * this acts on it; in order the first verdict that is not to pass ends the sync, in Parallel the slots go on in batches.
 * Models: pkg/controller/statefulset/stateful_set_control.go (updateStatefulSet, processReplica, processCondemned,
 * runForAll, slowStartBatch, updateStatefulSetAfterInvariantEstablished), v1.36; processReplica of v1.30 and
 * kubernetes/kubernetes#137666 (v1.37) where a switch says so.
 */
import { isFailed } from '../api/predicates.ts'
import type { Decision } from '../kernel/types.ts'
import type { Walk } from '../machines/ordering.ts'
import { walk, YES } from '../machines/ordering.ts'
import type { Failure } from './failure.ts'
import { together } from './failure.ts'
import type { PodFacts } from './podFacts.ts'
import { membersOf } from './roster.ts'
import { keepOwners, provideClaims, staleClaim } from './statefulSetClaims.ts'
import type { Scene } from './statefulSetObservation.ts'
import { Observation } from './statefulSetObservation.ts'
import { createPod, deletePod, repairPod } from './statefulSetPods.ts'
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

export interface Progress {
  readonly status: Status
  /** Where an ordered sync stopped; in Parallel the last phase's first act or wait; settled when there was neither. */
  readonly step: Step
  readonly failure?: Failure
}

const MOST_AT_ONCE = 500

const stepOf = (walk: Walk, slot: PodFacts, failure: Failure | undefined): Step => ({
  walk,
  slot,
  ...(failure && { failure }),
})

class Phases {
  /** The most telling step so far. */
  step: Step = { walk: walk('end') }
  scene: Scene
  private readonly sync: Sync
  private seen: Observation
  /** Pods that were deleted and created anew. */
  private readonly recreated = new Set<PodFacts>()

  constructor(scene: Scene) {
    this.sync = scene.sync
    this.scene = scene
    this.seen = new Observation(scene)
  }

  private note(step: Step): Step {
    this.step = step
    return step
  }

  /** Create in order, then scale down. True when the sync may go on to the update. */
  *establish(): Doing<Failure | boolean> {
    const { seen } = this
    const { slots, condemned } = this.scene.members
    const pod = (index: number) => condemned[index] as PodFacts
    const unsound = seen.firstUnsound(0)
    if (unsound < slots.size) {
      const replica = (index: number) => this.processReplica(seen.slotAt(index))
      const ended = yield* this.each(unsound, slots.size, (from) => seen.firstUnsound(from), replica)
      if (ended) return ended.failure ?? false
    }
    const count = condemned.length
    if (count === 0) return true
    const claims = (index: number) => this.fixClaims(pod(index))
    const unfixed = yield* this.each(seen.firstDisowned(0), count, (from) => seen.firstDisowned(from), claims)
    if (unfixed) return unfixed.failure ?? false
    const ended = yield* this.each(
      0,
      count,
      (from) => from,
      (index) => this.processCondemned(pod(index)),
    )
    return ended ? (ended.failure ?? false) : true
  }

  /**
   * One slot after the other, up to the first step that does not pass; in Parallel in batches of 1, 2, 4 … at most 500,
   * up to the first batch with a failure. Returns the step that ended the phase, if one did. `next` finds the first slot
   * from one on with anything to do, or the count; `found` is the first of all.
   */
  private *each(
    found: number,
    count: number,
    next: (from: number) => number,
    process: (index: number) => Doing<Step>,
  ): Doing<Step | undefined> {
    const { ordered } = this.seen
    let first: Step | undefined
    let index = found
    for (let size = 1, end = ordered ? count : 1; index < count; end = Math.min(count, end + size)) {
      const failures: (Failure | undefined)[] = []
      for (; index < end; index = next(index + 1)) {
        const step = yield* process(index)
        if (step.walk.verdict === 'pass' && !step.failure) continue
        if (ordered && (step.failure || step.walk.verdict !== 'repair')) return this.note(step)
        first ??= this.note(step)
        failures.push(step.failure)
      }
      const failure = together(failures)
      if (failure) return { ...(first as Step), failure }
      size = Math.min(2 * size, MOST_AT_ONCE)
    }
    return undefined
  }

  private *processReplica(slot: PodFacts): Doing<Step> {
    const stale = slot.is(YES.isCreated) ? undefined : staleClaim(this.sync, slot)
    if (stale) this.sync.hint('staleClaim', slot.name, { on: this.sync.keyOf('PersistentVolumeClaim', stale) })
    const seen = this.seen.lookAtReplica(slot, stale !== undefined)
    const act = this.actOn(seen, slot)
    const failure = act && (yield* act)
    if (!failure && seen.verdict === 'recreateTerminal') {
      this.recreated.add(slot)
      return yield* this.processReplica(this.seen.newPodFor(slot.ordinal))
    }
    const goesOn = seen.verdict === 'checkIdentity' || (seen.verdict === 'createNext' && !this.seen.ordered)
    if (failure || !goesOn) return stepOf(seen, slot, failure)
    const identity = this.seen.lookAtIdentity(slot)
    if (identity.verdict === 'pass') return stepOf(seen.verdict === 'createNext' ? seen : identity, slot, undefined)
    return stepOf(identity, slot, yield* repairPod(this.sync, slot.pod))
  }

  /** What the verdict asks for; undefined when it asks for nothing. */
  private actOn({ verdict, providesClaims }: Walk, slot: PodFacts): Doing<Failure | undefined> | undefined {
    if (providesClaims) return provideClaims(this.sync, slot)
    if (verdict === 'recreateTerminal') return this.recreate(slot)
    if (verdict === 'replaceTerminal') return deletePod(this.sync, slot.name)
    return verdict === 'createNext' ? createPod(this.sync, slot.pod) : undefined
  }

  private *recreate(slot: PodFacts): Doing<Failure | undefined> {
    yield this.recreating(slot)
    return yield* deletePod(this.sync, slot.name)
  }

  private recreating({ name, pod }: PodFacts): Decision {
    const [type, which] = isFailed(pod) ? (['Warning', 'Failed'] as const) : (['Normal', 'Terminated'] as const)
    const message = `StatefulSet ${this.sync.namespace}/${this.sync.name} is recreating ${which.toLowerCase()} Pod ${name}`
    return this.sync.event(type, `Recreating${which}Pod`, message)
  }

  /** In what follows, what was deleted and created anew in this sync counts as not created yet. */
  forgetRecreated(): void {
    if (this.recreated.size === 0) return
    const pods = this.scene.members.pods().filter((pod) => !this.recreated.has(pod))
    this.scene = { ...this.scene, members: membersOf(this.sync.set, pods) }
    this.seen = new Observation(this.scene)
  }

  private *fixClaims(pod: PodFacts): Doing<Step> {
    return stepOf(this.seen.lookAtCondemnedClaims(pod), pod, yield* keepOwners(this.sync, pod))
  }

  private *processCondemned(pod: PodFacts): Doing<Step> {
    const seen = this.seen.lookAtCondemned(pod)
    if (seen.verdict === 'deleteHighest') return stepOf(seen, pod, yield* deletePod(this.sync, pod.name))
    return seen.verdict === 'waitForFirstUnavailable' ? this.blocked(seen, pod) : { walk: seen, slot: pod }
  }

  /** Waits for whoever was unavailable first. */
  private blocked(seen: Walk, slot: PodFacts): Step {
    const blocker = this.seen.firstUnavailable()
    return { walk: seen, slot, ...(blocker && { blocker }) }
  }

  /**
   * From the highest ordinal down; first, where they may be, those that cost nothing of the budget. Returns how many pods
   * were deleted, and the failure that ended it.
   */
  *update(): Doing<{ readonly deleted: number; readonly failure?: Failure }> {
    const free = this.seen.beyondBudget()
    let deleted = 0
    for (const index of free) {
      const slot = this.seen.slotAt(index)
      if (deleted === 0) this.note({ walk: this.seen.lookAtTarget(index, false), slot })
      const failure = yield* deletePod(this.sync, slot.name)
      if (failure) return { deleted, failure }
      deleted += 1
    }
    const budget = this.seen.budget() + free.length
    for (let index = this.scene.members.slots.size; ; ) {
      const spent = this.seen.budgeted && deleted >= budget
      index = this.seen.nextTarget(index, spent)
      if (index < 0) break
      if (free.includes(index)) continue
      const seen = this.seen.lookAtTarget(index, spent)
      const slot = this.seen.slotAt(index)
      const replaces = seen.verdict === 'replaceForUpdate'
      if (deleted === 0) this.note(seen.verdict === 'waitForBudget' ? this.blocked(seen, slot) : { walk: seen, slot })
      if (!replaces) break
      const failure = yield* deletePod(this.sync, slot.name)
      if (failure) return { deleted, failure }
      deleted += 1
      if (!this.seen.budgeted) break // UPD-1
    }
    return { deleted }
  }
}

/** Runs the phases. The status counts what was observed, less the pods that the update deleted. */
export function* runPhases(scene: Scene): Doing<Progress> {
  const { sync, revisions, members } = scene
  const asked = walk('set', sync.set.metadata.deletionTimestamp !== undefined ? YES.isBeingDeleted : 0)
  if (asked.verdict === 'leaveAlone')
    return { status: countPods(sync, revisions, members.pods()), step: { walk: asked } } // DEL-1
  const phases = new Phases(scene)
  const established = yield* phases.establish()
  phases.forgetRecreated()
  const status = countMembers(sync, revisions, phases.scene.members)
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
