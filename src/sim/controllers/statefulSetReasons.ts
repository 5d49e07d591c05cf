/**
 * Why a set and its slots wait after a sync, told from where the sync stopped: the set's own reason, then one for each
 * slot that is held back by it. Slots far behind are left out: what holds them is what holds the nearer ones.
 * Upstream only logs this (stateful_set_control.go, v1.36), or says nothing.
 */
import { partitionOf, podNameOf, startOrdinal } from '../api/identity.ts'
import type { ObjectKey } from '../api/kinds.ts'
import type { GivenReason, ReasonName } from '../api/reasons.ts'
import type { LabelSelector, SimTime } from '../api/types.ts'
import type { Verdict } from '../machines/ordering.ts'
import { YES } from '../machines/ordering.ts'
import type { Failure } from './failure.ts'
import { textOf } from './failure.ts'
import type { PodFacts } from './podFacts.ts'
import type { Scene } from './statefulSetObservation.ts'
import type { Progress } from './statefulSetPhases.ts'
import type { Sync } from './statefulSetSync.ts'

/** No more slots of one kind are explained at once. */
const MOST = 64

/** The keys of a set's slots by ordinal. */
interface SlotKeys {
  readonly set: ObjectKey
  readonly keys: ObjectKey[]
}

/** Dozens of slots are named at every sync: their keys are kept with the selector that all versions of a set share. */
const slotKeys = new WeakMap<LabelSelector, SlotKeys>()

function slotKeysOf(sync: Sync): ObjectKey[] {
  const { selector } = sync.set.spec
  const set = sync.keyOf('StatefulSet', sync.name)
  const known = slotKeys.get(selector)
  if (known?.set === set) return known.keys
  const keys: ObjectKey[] = []
  slotKeys.set(selector, { set, keys })
  return keys
}

interface Wait {
  readonly reason: ReasonName
  readonly rule?: string
}

/** What the set waits for at a resting state; undefined where it does not wait. */
const SET_WAITS: Readonly<Record<Verdict, Wait | undefined>> = {
  leaveAlone: { reason: 'setBeingDeleted', rule: 'DEL-1' },
  recreateTerminal: { reason: 'podNotCreated', rule: 'ORD-3' },
  replaceTerminal: { reason: 'podBeingReplaced', rule: 'ORD-3' },
  waitForReplacement: { reason: 'podBeingReplaced', rule: 'ORD-3' },
  waitForStaleClaim: { reason: 'podNotCreated', rule: 'ORD-3' },
  createNext: { reason: 'podNotCreated', rule: 'ORD-2' },
  waitForTermination: { reason: 'podTerminating', rule: 'ORD-3' },
  waitForReady: { reason: 'podNotReady', rule: 'ORD-3' },
  waitForAvailable: { reason: 'podNotAvailable', rule: 'ORD-3' },
  checkIdentity: undefined,
  repair: undefined,
  waitForCondemned: { reason: 'condemnedTerminating', rule: 'ORD-4' },
  waitForFirstUnavailable: { reason: 'scaleDownBlocked', rule: 'ORD-4' },
  deleteHighest: { reason: 'condemnedTerminating', rule: 'ORD-2' },
  waitForManualDelete: { reason: 'onDeleteHolds', rule: 'UPD-4' },
  heldByPartition: { reason: 'partitionHolds', rule: 'UPD-3' },
  waitForBudget: { reason: 'updateWaits', rule: 'UPD-2' },
  replaceForUpdate: { reason: 'updateWaits', rule: 'UPD-1' },
  waitForUpdated: { reason: 'updateWaits', rule: 'UPD-1' },
  pass: undefined,
  settled: undefined,
}

class Explanation {
  readonly reasons: GivenReason[]
  private readonly sync: Sync
  private readonly scene: Scene
  private readonly progress: Progress
  private readonly start: number
  private readonly ordered: boolean
  private readonly keys: ObjectKey[]
  /** Whom the set waits for: the slot where it stopped or, where that one only counts among others, the one that blocks it. */
  private readonly blocker: ObjectKey | undefined

  constructor(scene: Scene, progress: Progress) {
    this.sync = scene.sync
    this.scene = scene
    this.progress = progress
    this.start = startOrdinal(this.sync.set)
    this.ordered = this.sync.set.spec.podManagementPolicy !== 'Parallel'
    this.reasons = [...this.sync.hints]
    this.keys = slotKeysOf(this.sync)
    const pod = progress.step.blocker ?? progress.step.slot
    this.blocker = pod && this.keyOf(pod)
  }

  private keyAt(ordinal: number): ObjectKey {
    const known = this.keys[ordinal]
    if (known !== undefined) return known
    const key = this.sync.keyOf('Pod', podNameOf(this.sync.name, ordinal))
    this.keys[ordinal] = key
    return key
  }

  private keyOf({ name, ordinal, identityMatches }: PodFacts): ObjectKey {
    return identityMatches ? this.keyAt(ordinal) : this.sync.keyOf('Pod', name)
  }

  private say(reason: GivenReason): void {
    const { hints } = this.sync
    if (hints.length > 0 && hints.some(({ subject }) => subject === reason.subject)) return
    this.reasons.push(reason)
  }

  ofSet(): void {
    const { walk, slot } = this.progress.step
    const wait = this.isRolling ? SET_WAITS[walk.verdict] : (this.waitOutsideRollout() ?? SET_WAITS[walk.verdict])
    // In Parallel a slot that is seen to waits for nobody, and nobody for it, unless the update does.
    if (!wait || (!this.ordered && (walk.phase === 'createInOrder' || walk.phase === 'scaleDown'))) return
    const subject = this.sync.keyOf('StatefulSet', this.sync.name)
    const said: { -readonly [K in keyof GivenReason]: GivenReason[K] } = { reason: wait.reason, subject }
    if (wait.rule !== undefined) said.rule = wait.rule
    if (this.blocker) said.on = this.blocker
    const until = slot && this.availableAt(slot)
    if (until !== undefined) said.until = until
    this.reasons.push(said)
  }

  private get isRolling(): boolean {
    const { current, update } = this.scene.revisions
    return current.metadata.name !== update.metadata.name
  }

  /** In Parallel the update phase looks at the pods' health even where there is nothing to update: then that is all it is. */
  private waitOutsideRollout(): Wait | undefined {
    const { walk, slot } = this.progress.step
    if (walk.verdict !== 'waitForUpdated' || !slot) return undefined
    if (!slot.is(YES.isCreated)) return { reason: 'podNotCreated' }
    if (slot.is(YES.isTerminating)) return { reason: 'podTerminating' }
    return { reason: slot.is(YES.isRunningAndReady) ? 'podNotAvailable' : 'podNotReady' }
  }

  /** When a pod becomes available, if it is Ready and not yet so. */
  private availableAt(pod: PodFacts): SimTime | undefined {
    const at = pod.availableAt(this.sync.minReadySeconds)
    return at !== undefined && at > this.sync.view.now ? at : undefined
  }

  /** Empty slots behind the one at which an ordered sync stopped. */
  ofEmptySlots(): void {
    const { walk, slot } = this.progress.step
    if (!this.ordered || walk.phase !== 'createInOrder' || !slot) return
    const on = this.keyOf(slot)
    const { slots } = this.scene.members
    let said = 0
    for (let index = slot.ordinal - this.start + 1; index < slots.size && said < MOST; index++) {
      if (slots.at(index)) continue
      this.say({ reason: 'predecessorBlocks', subject: this.keyAt(this.start + index), on, rule: 'ORD-1' })
      said += 1
    }
  }

  /** Condemned pods that may not go yet. */
  ofCondemned(): void {
    const { walk, slot } = this.progress.step
    if (!this.ordered || !slot || (walk.phase !== 'createInOrder' && walk.phase !== 'scaleDown')) return
    const rule = walk.phase === 'scaleDown' ? 'ORD-4' : 'ORD-3'
    const acted = walk.verdict === 'deleteHighest' || walk.verdict === 'waitForCondemned'
    const on = this.blocker
    for (const pod of this.scene.members.condemned.slice(0, MOST)) {
      if (pod.is(YES.isTerminating) || (acted && pod.name === slot.name)) continue
      const subject = this.keyOf(pod)
      this.say(
        on && on !== subject
          ? { reason: 'scaleDownBlocked', subject, on, rule }
          : { reason: 'scaleDownBlocked', subject, rule },
      )
    }
  }

  /** Wanted pods that keep an old revision for now, from the highest ordinal down. */
  ofOldPods(): void {
    const { slots } = this.scene.members
    const { status, step } = this.progress
    if (status.updatedReplicas >= status.replicas) return
    const update = this.scene.revisions.update.metadata.name
    let said = 0
    for (let index = slots.size - 1; index >= 0 && said < MOST; index--) {
      const pod = slots.at(index)
      if (!pod || pod.revision === update || pod.is(YES.isTerminating)) continue
      const reason = this.ofOldPod(pod, index)
      if (!reason || (step.walk.verdict === 'replaceForUpdate' && pod.name === step.slot?.name)) continue
      this.say(reason)
      said += 1
    }
  }

  private ofOldPod(pod: PodFacts, index: number): GivenReason | undefined {
    const { set } = this.sync
    const subject = this.keyOf(pod)
    const partition = partitionOf(set)
    if (set.spec.updateStrategy.type === 'OnDelete') return { reason: 'onDeleteHolds', subject, rule: 'UPD-4' }
    if (index < partition) return { reason: 'partitionHolds', subject, rule: 'UPD-3', detail: { partition } }
    const { walk } = this.progress.step
    const on = this.blocker
    if (!on || on === subject) return undefined
    switch (walk.phase) {
      case 'createInOrder':
        return { reason: 'updateWaits', subject, on, rule: 'ORD-3' }
      case 'scaleDown':
        return { reason: 'updateWaits', subject, on, rule: 'ORD-5' }
      case 'update':
        return { reason: 'rolloutAhead', subject, on, rule: walk.verdict === 'waitForBudget' ? 'UPD-2' : 'UPD-1' }
      case 'deleting':
      case 'settled':
        return undefined
    }
  }
}

/** All that waits after a sync that came to an end. */
function afterPhases(scene: Scene, progress: Progress): GivenReason[] {
  const explanation = new Explanation(scene, progress)
  if (!progress.failure) explanation.ofSet()
  explanation.ofEmptySlots()
  explanation.ofCondemned()
  explanation.ofOldPods()
  return explanation.reasons
}

/** The reasons of the set and of its slots. `retryAt` is when a failed sync is tried again. */
export function reasonsOf(
  sync: Sync,
  done: { readonly scene?: Scene; readonly progress?: Progress; readonly failure?: Failure },
  retryAt: SimTime,
): readonly GivenReason[] {
  const { scene, progress, failure } = done
  const said = scene && progress ? afterPhases(scene, progress) : [...sync.hints]
  if (!failure) return said
  const reasons = said.map((reason) =>
    reason.reason === 'quotaExceeded' || reason.reason === 'resourcesUnsaid' ? { ...reason, until: retryAt } : reason,
  )
  const subject = sync.keyOf('StatefulSet', sync.name)
  const slot = progress?.failure && progress.step.slot
  const on = slot && sync.keyOf('Pod', slot.name)
  reasons.push({
    reason: 'syncFailed',
    subject,
    until: retryAt,
    detail: { error: textOf(failure) },
    ...(on && { on }),
  })
  return reasons
}
