/**
 * LIV-1 to LIV-5 and LIV-9: what is owed to a set that is not being deleted. Its pods come back and become Ready, a new
 * template reaches them, what is too much goes, and its status keeps up; each in the order that its policy asks for.
 * Models: pkg/controller/statefulset/stateful_set_control.go (the order of phases, and where each stops), v1.36.
 */
import { partitionOf, podNameOf, startOrdinal } from '../api/identity.ts'
import type { ObjectKey } from '../api/kinds.ts'
import { controllerOf, keyOf, keyOfObject } from '../api/kinds.ts'
import { availableAt, isAvailable, isRunningAndReady, isTerminal, isTerminating } from '../api/predicates.ts'
import type { ReasonName } from '../api/reasons.ts'
import { switchesOf } from '../api/switches.ts'
import type { Pod, StatefulSet } from '../api/types.ts'
import { belongsToEarlierPod, retentionPolicyOf } from '../controllers/claimOwners.ts'
import { claimNamesOf } from '../controllers/statefulSetClaims.ts'
import { Census, revisionOf } from './census.ts'
import type { Debt, Obstacle, Scene } from './promiseScene.ts'
import { podKey } from './promiseScene.ts'
import { quotaObstacle } from './quotaObstacle.ts'
import { maxUnavailable } from './updating.ts'
import { reasonsAbout } from './why.ts'

interface Slot {
  readonly index: number
  readonly ordinal: number
  readonly key: ObjectKey
  /** The pod of this name, whoever it belongs to. */
  readonly pod: Pod | undefined
  readonly own: boolean
  /** Running, Ready, available and not terminating. */
  readonly sound: boolean
  /** Why every sync fails at this slot; undefined when none does. */
  readonly fails: Obstacle | undefined
}

/** What a sync has said that only had to wait until a pod became available: a wanted one, or one that is too much. */
const OVERSLEPT: ReadonlySet<ReasonName> = new Set(['podNotAvailable', 'scaleDownBlocked'])

class SetScene {
  readonly scene: Scene
  readonly set: StatefulSet
  readonly key: ObjectKey
  readonly ordered: boolean
  readonly slots: readonly Slot[]
  /** Pods outside the range, highest first. */
  readonly condemned: readonly Pod[]
  /** The controller will look at the set. */
  readonly seenTo: boolean

  constructor(scene: Scene, set: StatefulSet) {
    this.scene = scene
    this.set = set
    this.key = keyOfObject(set)
    this.ordered = set.spec.podManagementPolicy !== 'Parallel'
    this.slots = Array.from({ length: set.spec.replicas }, (_, index) => this.slotAt(index))
    const census = new Census(scene.world.objects.Pod, set, scene.world.now)
    this.condemned = [...census.condemned()].sort((a, b) => b.ordinal - a.ordinal).map(({ pod }) => pod)
    this.seenTo = scene.willSync(this.key)
  }

  /** Before 1.36 a set whose counts happen to add up is not looked at again when its last pod becomes available. */
  get overslept(): Obstacle | undefined {
    const isExact = switchesOf(this.scene.world.settings).countsAvailabilityExactly
    if (this.seenTo || isExact || (this.set.spec.minReadySeconds ?? 0) === 0) return undefined
    const said = reasonsAbout(this.scene.world, this.key).find(({ reason }) => OVERSLEPT.has(reason))
    return said && { reason: said.reason, ...(said.on && { on: said.on }) }
  }

  isSound(pod: Pod): boolean {
    const { minReadySeconds = 0 } = this.set.spec
    return isRunningAndReady(pod) && !isTerminating(pod) && isAvailable(pod, minReadySeconds, this.scene.world.now)
  }

  private slotAt(index: number): Slot {
    const { namespace, name, uid } = this.set.metadata
    const ordinal = startOrdinal(this.set) + index
    const podName = podNameOf(name, ordinal)
    const pod = this.scene.pod(namespace, podName)
    const own = pod !== undefined && controllerOf(pod.metadata)?.uid === uid
    const slot = { index, ordinal, key: podKey(namespace, podName), pod, own }
    return { ...slot, sound: own && this.isSound(pod), fails: this.failureAt(slot) }
  }

  private failureAt({ ordinal, key, pod, own }: Omit<Slot, 'sound' | 'fails'>): Obstacle | undefined {
    if (pod && !own) return { reason: 'nameTaken', on: key }
    const { namespace } = this.set.metadata
    const names = claimNamesOf(this.set, ordinal)
    if (!pod || pod.status.phase === 'Pending') {
      const dying = names.find((name) => this.scene.claim(namespace, name)?.metadata.deletionTimestamp !== undefined)
      if (dying !== undefined)
        return { reason: 'claimBeingDeleted', on: keyOf('PersistentVolumeClaim', namespace, dying) }
      const refused = quotaObstacle(this.scene.world, this.set, { ordinal, lacksPod: !pod })
      if (refused) return refused
    }
    // A pod that was adopted may have other volumes, and those cannot be changed.
    const mounted = pod?.spec.volumes?.map((volume) => volume.persistentVolumeClaim?.claimName) ?? []
    return pod && names.some((name) => !mounted.includes(name)) ? { reason: 'syncFailed', on: key } : undefined
  }

  /** What stops an ordered sync below this index, or a Parallel one that has failed there. */
  stopBelow(index: number): Slot | undefined {
    return this.slots.find((slot) => slot.index < index && (slot.fails !== undefined || (this.ordered && !slot.sound)))
  }

  /** What stops a sync before it has seen to all slots. */
  get stop(): Slot | undefined {
    return this.stopBelow(this.slots.length)
  }

  /** A claim that still waits for the removal of an earlier pod's, or did when the controller last looked. */
  staleClaim({ ordinal, key }: Slot): Obstacle | undefined {
    const { namespace } = this.set.metadata
    if (retentionPolicyOf(this.set).whenScaled === 'Delete')
      for (const name of claimNamesOf(this.set, ordinal)) {
        const owners = this.scene.claim(namespace, name)?.metadata.ownerReferences ?? []
        if (belongsToEarlierPod(owners, { ordinal, name: podNameOf(this.set.metadata.name, ordinal), uid: '' }))
          return { reason: 'staleClaim', on: keyOf('PersistentVolumeClaim', namespace, name) }
      }
    const said = reasonsAbout(this.scene.world, key).find(({ reason }) => reason === 'staleClaim')
    return said && { reason: 'staleClaim', ...(said.on && { on: said.on }) }
  }
}

/** The slot has no pod of the set that lives: one is owed, as soon as the order allows it. */
function missing(of: SetScene, slot: Slot, stop: Slot | undefined): Debt {
  const stopped: Obstacle | undefined = stop && {
    reason: of.ordered ? 'predecessorBlocks' : 'syncFailed',
    on: stop.key,
  }
  return of.scene.debt('LIV-2', slot.key, 'it is missing', of.seenTo, slot.fails ?? stopped ?? of.overslept)
}

/** What is owed at a wanted ordinal besides its revision. */
function slotDebt(of: SetScene, slot: Slot): Debt | undefined {
  const { scene } = of
  const { pod, key } = slot
  const stop = of.stopBelow(slot.index)
  if (!pod || !slot.own) {
    const stale = pod || stop ? undefined : of.staleClaim(slot)
    return stale && !slot.fails ? scene.debt('LIV-2', key, 'it is missing', false, stale) : missing(of, slot, stop)
  }
  if (isTerminating(pod)) return scene.goingPod('LIV-2', pod)
  if (isTerminal(pod)) {
    const reason = of.ordered ? 'predecessorBlocks' : 'syncFailed'
    return scene.debt('LIV-2', key, 'it has ended and is not replaced', of.seenTo, stop && { reason, on: stop.key })
  }
  if (slot.sound) return undefined
  const at = availableAt(pod, of.set.spec.minReadySeconds ?? 0)
  if (isRunningAndReady(pod)) {
    const later = at !== undefined && at > scene.world.now
    return scene.debt('LIV-1', key, 'it is Ready and not available', later)
  }
  return scene.debt(
    'LIV-1',
    key,
    'it is not Ready',
    scene.podIsSeenTo(pod),
    scene.podObstacle(pod) ?? missingClaim(of, slot),
  )
}

/** Why a slot does not get its claim. */
const NO_CLAIM: ReadonlySet<ReasonName> = new Set(['claimBeingDeleted', 'quotaExceeded'])

/** A pod without its claim waits for the sync that gives it another: for one that comes that far. */
function missingClaim(of: SetScene, slot: Slot): Obstacle | undefined {
  if (slot.fails && NO_CLAIM.has(slot.fails.reason)) return slot.fails
  const { namespace } = of.set.metadata
  const stop = of.stopBelow(slot.index)
  const lacks = claimNamesOf(of.set, slot.ordinal).some((name) => !of.scene.claim(namespace, name))
  return stop && lacks ? { reason: of.ordered ? 'predecessorBlocks' : 'syncFailed', on: stop.key } : undefined
}

/** What holds up the removal of a pod outside the range. */
function removalObstacle(of: SetScene, pod: Pod): Obstacle | undefined {
  const { stop } = of
  if (stop) return { reason: stop.fails ? 'syncFailed' : 'scaleDownBlocked', on: stop.key }
  if (!of.ordered) return undefined
  const [highest] = of.condemned as [Pod]
  if (isTerminating(highest)) return { reason: 'condemnedTerminating', on: keyOfObject(highest) }
  const unsound = of.condemned.filter((other) => !of.isSound(other))
  const first = unsound.at(-1)
  const stuck = first !== undefined && first !== highest && unsound.includes(highest)
  if (stuck) return { reason: 'scaleDownBlocked', on: keyOfObject(first) }
  return pod === highest ? undefined : { reason: 'condemnedTerminating', on: keyOfObject(highest) }
}

function condemnedDebt(of: SetScene, pod: Pod): Debt {
  if (isTerminating(pod)) return of.scene.goingPod('LIV-5', pod)
  return of.scene.debt(
    'LIV-5',
    keyOfObject(pod),
    'it is too much and not removed',
    of.seenTo,
    removalObstacle(of, pod) ?? of.overslept,
  )
}

/** What holds up the replacement of a pod at an old revision. */
function updateObstacle(of: SetScene, slot: Slot): Obstacle | undefined {
  const { stop, condemned, slots, set, scene } = of
  if (stop) return { reason: stop.fails ? 'syncFailed' : 'updateWaits', on: stop.key }
  const [highest] = condemned
  if (of.ordered && highest) return { reason: 'updateWaits', on: keyOfObject(highest) }
  const unsound = slots.filter((other) => !other.sound)
  const { MaxUnavailableStatefulSet, replacesBrokenPodsBeyondBudget } = switchesOf(scene.world.settings)
  if (MaxUnavailableStatefulSet) {
    const free = !of.ordered && replacesBrokenPodsBeyondBudget && !slot.sound
    const spent = !free && unsound.length >= maxUnavailable(set)
    return spent ? { reason: 'updateWaits', on: (unsound[0] as Slot).key } : undefined
  }
  const ahead = slots.findLast(({ index, sound, pod }) => index > slot.index && (!sound || isOld(set, pod)))
  return ahead && { reason: 'rolloutAhead', on: ahead.key }
}

const isOld = ({ status }: StatefulSet, pod: Pod | undefined): boolean =>
  pod !== undefined && revisionOf(pod) !== (status.updateRevision ?? '')

/** LIV-3 while a rollout goes on, LIV-4 when the template went back to what the status calls current. */
function rolloutDebts(of: SetScene): readonly Debt[] {
  const { set, slots, scene } = of
  if (set.spec.updateStrategy.type !== 'RollingUpdate') return []
  const { currentRevision, updateRevision } = set.status
  const promise = currentRevision === updateRevision ? 'LIV-4' : 'LIV-3'
  const old = slots.filter(({ index, own, pod }) => index >= partitionOf(set) && own && isOld(set, pod))
  const debts = old
    .filter(({ pod }) => pod && !isTerminating(pod))
    .map((slot) =>
      scene.debt(promise, slot.key, 'it is at an old revision', of.seenTo, updateObstacle(of, slot) ?? of.overslept),
    )
  const done = slots.every(({ sound, pod }) => sound && !isOld(set, pod)) && of.condemned.length === 0
  if (done && promise === 'LIV-3')
    return [scene.debt('LIV-3', of.key, 'all pods are updated and the current revision is not', of.seenTo)]
  return debts
}

/** Everything that is owed to a set. */
export function setDebts(scene: Scene, set: StatefulSet): readonly Debt[] {
  const of = new SetScene(scene, set)
  const { generation = 0 } = set.metadata
  // What the status says of revisions is older than the spec until the controller has looked.
  if ((set.status.observedGeneration ?? 0) < generation)
    return [scene.debt('LIV-9', of.key, 'the status is of an older generation', of.seenTo)]
  return [
    ...of.slots.flatMap((slot) => slotDebt(of, slot) ?? []),
    ...of.condemned.map((pod) => condemnedDebt(of, pod)),
    ...rolloutDebts(of),
  ]
}
