/**
 * What one sync sees of the slots, as answers to the ordering chart's questions, and the first slot at which the chart
 * does not pass. Looks only: nothing is yielded here.
 * Models: pkg/controller/statefulset/stateful_set_control.go (the conditions of processReplica, processCondemned and the
 * rolling update), stateful_set_utils.go (newVersionedStatefulSetPod, getStatefulSetMaxUnavailable), v1.36.
 */
import { countOf } from '../api/countOrPercent.ts'
import { partitionOf, startOrdinal } from '../api/identity.ts'
import type { ControllerRevision, StatefulSet } from '../api/types.ts'
import type { Sight, Walk } from '../machines/ordering.ts'
import { walk, YES } from '../machines/ordering.ts'
import type { Tenant } from './claimOwners.ts'
import { PodFacts } from './podFacts.ts'
import type { Members } from './roster.ts'
import type { Block, Slot } from './slots.ts'
import { BLOCK, Findings } from './slots.ts'
import { claimsMatch, needNoOwners } from './statefulSetClaims.ts'
import { placeholderOf } from './statefulSetPods.ts'
import type { Revisions } from './statefulSetRevisions.ts'
import type { Sync } from './statefulSetSync.ts'

/** What the phases go by. */
export interface Scene {
  readonly sync: Sync
  readonly revisions: Revisions
  readonly members: Members
}

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

export class Observation {
  readonly ordered: boolean
  /** The gate MaxUnavailableStatefulSet is on: an update may delete several pods in one sync. */
  readonly budgeted: boolean
  /** Pods that are unavailable already may be replaced whatever the budget. */
  private readonly sparesBudget: boolean
  private readonly replicas = new Sighted('replica')
  private readonly identities = new Sighted('identity')
  private readonly targets = new Sighted('target')
  private readonly sync: Sync
  private readonly set: StatefulSet
  private readonly members: Members
  private readonly revisions: Revisions
  private readonly start: number
  private readonly partition: number
  private readonly minReadySeconds: number
  /** See `Sync.availabilityTime`. */
  private readonly now: number
  /** The answers that are the same for every slot. */
  private readonly policy: number
  /** No claim's owners can be wrong. */
  private readonly ownersMatch: boolean

  constructor({ sync, revisions, members }: Scene) {
    this.sync = sync
    this.set = sync.set
    this.members = members
    this.revisions = revisions
    this.ordered = this.set.spec.podManagementPolicy !== 'Parallel'
    this.budgeted = sync.switches.MaxUnavailableStatefulSet
    const leavesToUser = this.set.spec.updateStrategy.type === 'OnDelete'
    this.sparesBudget = this.budgeted && !this.ordered && !leavesToUser && sync.switches.replacesBrokenPodsBeyondBudget
    this.start = startOrdinal(this.set)
    this.partition = partitionOf(this.set)
    this.minReadySeconds = sync.minReadySeconds
    this.now = sync.availabilityTime
    this.policy =
      (this.ordered ? YES.isOrdered : 0) |
      (this.budgeted ? YES.isBudgeted : 0) |
      (sync.switches.recreatesEndedPodsAtOnce ? YES.isRecreatedAtOnce : 0) |
      (leavesToUser ? YES.isOnDelete : 0)
    this.ownersMatch = needNoOwners(sync)
  }

  /** The pod in a slot, or the one that would be made for it. */
  slotAt(index: number): PodFacts {
    return this.members.slots.at(index) ?? this.newPodFor(this.start + index)
  }

  /** The pod that would be made for an ordinal. */
  newPodFor(ordinal: number): PodFacts {
    return new PodFacts(placeholderOf(this.sync, this.revisionFor(ordinal), ordinal))
  }

  /** The revision that a new pod gets: the current one below the partition or, without a block, among the current replicas. */
  private revisionFor(ordinal: number): ControllerRevision {
    const { current, update } = this.revisions
    const { type, rollingUpdate } = this.set.spec.updateStrategy
    const kept = rollingUpdate ? this.partition : (this.set.status.currentReplicas ?? 0)
    return type === 'RollingUpdate' && ordinal < this.start + kept ? current : update // UPD-3
  }

  private isAvailable(pod: PodFacts): boolean {
    return pod.isAvailable(this.minReadySeconds, this.now)
  }

  private isUnavailable(pod: Slot): boolean {
    return !pod || pod.is(YES.isTerminating) || !this.isAvailable(pod)
  }

  private answersOf(pod: PodFacts): number {
    return this.policy | pod.answers | (this.isAvailable(pod) ? YES.isAvailable : 0)
  }

  private ownersAreRight(slot: Tenant): boolean {
    return this.ownersMatch || claimsMatch(this.sync, slot)
  }

  // — create in order —

  lookAtReplica(slot: PodFacts, isClaimStale: boolean): Walk {
    return this.replicas.walk(this.answersOf(slot) | (isClaimStale ? YES.isClaimStale : 0))
  }

  lookAtIdentity(slot: PodFacts): Walk {
    return this.identities.walk(
      (slot.identityMatches ? YES.identityMatches : 0) |
        (slot.storageMatches(this.set) ? YES.storageMatches : 0) |
        (this.ownersAreRight(slot) ? YES.claimsMatch : 0),
    )
  }

  /** There is a pod, and nothing to be done or waited for. */
  private isSound(pod: Slot): boolean {
    if (!pod) return false
    const seen = this.lookAtReplica(pod, false)
    return seen.verdict === 'checkIdentity' && !seen.providesClaims && this.lookAtIdentity(pod).verdict === 'pass'
  }

  /** The first slot from `from` on with anything to do or to wait for; the size when there is none. */
  firstUnsound(from: number): number {
    const { size } = this.members.slots
    for (let index = from; index < size; ) {
      const block = this.blockFrom(index)
      if (block && this.isBlockSound(block)) index += block.length
      else if (this.isSound(this.members.slots.at(index))) index += 1
      else return index
    }
    return size
  }

  /** The block that begins at this index. */
  private blockFrom(index: number): Block | undefined {
    return index % BLOCK === 0 ? this.members.slots.blocks[index / BLOCK] : undefined
  }

  /** Whole blocks are judged only where neither time nor claims have a say. */
  private isBlockSound(block: Block): boolean {
    if (this.minReadySeconds > 0 || !this.ownersMatch) return false
    return soundness.about(block, this.set.spec, this.policy, () => block.every((pod) => this.isSound(pod)))
  }

  // — scale down —

  lookAtCondemnedClaims(pod: PodFacts): Walk {
    return walk('condemnedClaims', this.ownersAreRight(pod) ? YES.claimsMatch : 0)
  }

  /** The first condemned pod from `from` on whose claims are not owned as they should be; the count when there is none. */
  firstDisowned(from: number): number {
    const { condemned } = this.members
    const count = condemned.length
    if (this.ownersMatch) return count
    for (let index = from; index < count; index++)
      if (this.lookAtCondemnedClaims(condemned[index] as PodFacts).verdict !== 'pass') return index
    return count
  }

  lookAtCondemned(pod: PodFacts): Walk {
    const isFirst = this.ordered && this.isUnavailable(pod) && this.firstUnavailable() === pod
    return walk('condemned', this.answersOf(pod) | (isFirst ? YES.isFirstUnavailable : 0))
  }

  /** The lowest wanted pod that is unavailable; if there is none, the lowest condemned one. */
  firstUnavailable(): PodFacts | undefined {
    const { slots, condemned } = this.members
    const index = slots.firstFailing((pod) => !this.isUnavailable(pod))
    return index < slots.size ? this.slotAt(index) : condemned.findLast((pod) => this.isUnavailable(pod))
  }

  // — update —

  /** How many pods the update may delete in this sync. */
  budget(): number {
    if (!this.budgeted) return 1
    const unavailable = this.members.slots.blocks.flat().filter((pod) => this.isUnavailable(pod)).length
    return maxUnavailableOf(this.set) - unavailable
  }

  lookAtTarget(index: number, spent: boolean): Walk {
    const pod = this.members.slots.at(index)
    return this.targets.walk(
      (pod ? this.answersOf(pod) : this.policy) |
        (index < this.partition ? YES.isBelowPartition : 0) |
        (this.isOld(pod, index) ? YES.isOld : 0) |
        (spent ? YES.isBudgetSpent : 0) |
        (this.sparesBudget && this.isUnavailable(pod) ? YES.isBeyondBudget : 0),
    )
  }

  private isOld(pod: Slot, index: number): boolean {
    const revision = pod ? pod.revision : this.revisionFor(this.start + index).metadata.name
    return revision !== this.revisions.update.metadata.name
  }

  /** Targets that are replaced whatever the budget, from the highest down: old, unavailable, not on their way out. */
  beyondBudget(): readonly number[] {
    const found: number[] = []
    if (!this.sparesBudget) return found
    const { slots } = this.members
    for (let index = slots.size - 1; index >= this.partition; index--) {
      const pod = slots.at(index)
      const goes = pod?.is(YES.isTerminating) ?? false
      if (this.isUnavailable(pod) && !goes && this.isOld(pod, index)) found.push(index)
    }
    return found
  }

  /** The highest target below `from` that does not pass; −1 when all do. */
  nextTarget(from: number, spent: boolean): number {
    for (let index = from; index > 0; ) {
      const block = this.blockBefore(index)
      if (block && this.isBlockDone(block, index - block.length, spent)) index -= block.length
      else if (this.lookAtTarget(index - 1, spent).verdict === 'pass') index -= 1
      else return index - 1
    }
    return -1
  }

  /** The block that ends before this index. */
  private blockBefore(index: number): Block | undefined {
    const { slots } = this.members
    return index === slots.size || index % BLOCK === 0 ? slots.blocks[Math.ceil(index / BLOCK) - 1] : undefined
  }

  private isBlockDone(block: Block, start: number, spent: boolean): boolean {
    if (this.minReadySeconds > 0) return false
    const key = `${this.policy} ${spent} ${start} ${this.revisions.update.metadata.name}`
    return doneness.about(block, this.set.spec, key, () =>
      block.every((pod, at) => pod !== undefined && this.lookAtTarget(start + at, spent).verdict === 'pass'),
    )
  }
}

/** Percentages are rounded down; at least one pod may always be unavailable. */
function maxUnavailableOf({ spec }: StatefulSet): number {
  const given = spec.updateStrategy.rollingUpdate?.maxUnavailable ?? 1
  return Math.max(1, countOf(given, spec.replicas, Math.floor))
}
