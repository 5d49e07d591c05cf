/**
 * Why something waits, as data. Every early return of a controller leaves one of these; following `on` from reason to
 * reason leads to the root cause. A reason is a state of the obstacle, not an action.
 */
import type { ObjectKey } from './kinds.ts'
import type { SimTime } from './types.ts'

export const REASONS = [
  // StatefulSet controller: the subject is the set, a slot (a pod key, existing or not), or a claim
  'predecessorBlocks', // slot not created: `on` = the pod at which the ordered sync stopped
  'podTerminating', // the sync stopped at `on`, which is terminating
  'podNotReady', // … which is not Running and Ready
  'podNotAvailable', // … which is Ready but not yet for minReadySeconds
  'podBeingReplaced', // … which is Failed or Succeeded and being deleted
  'podNotCreated', // … which was just created, nothing further in this sync
  'claimBeingDeleted', // the pod cannot be created: `on` = claim
  'staleClaim', // whenScaled=Delete: the claim still belongs to an older pod
  'quotaExceeded', // `on` = the quota; `detail.limited` is the most, `detail.needed` what it would be; tried again at `until`
  'resourcesUnsaid', // `on` = the quota that wants each container to say what it asks for; tried again at `until`
  'nameTaken', // a foreign pod holds the name
  'syncFailed', // `detail.error`; retried at `until`
  'condemnedTerminating', // scale-down waits for `on` to be gone
  'scaleDownBlocked', // scale-down waits for `on` to be available
  'updateWaits', // the rolling update waits for `on` to be available
  'partitionHolds', // slot keeps the old revision: ordinal < partition
  'onDeleteHolds', // slot keeps the old revision until somebody deletes it
  'rolloutAhead', // slot keeps the old revision: higher ordinals come first, `on` = the one being replaced
  'setBeingDeleted', // nothing is created or deleted
  // scheduler, kubelet: the subject is a pod
  'notYetScheduled', // in the scheduler's queue
  'unschedulable', // `detail.message`; `detail.rules`: the rules that say no, see `PlacementRule`
  'volumeNotBound', // `on` = claim
  'volumeNotAttached',
  'pullingImage', // `until`
  'imageCannotBePulled', // `detail.image`, next try at `until`
  'configMissing', // `on` = the ConfigMap or Secret, `detail.message`; looked for again at `until`
  'containerStarting', // `until`
  'initRunning', // init container `detail.number` of `detail.count`, `detail.container`, works until `until`
  'sidecarNotStarted', // … the same of one that stays: its startup probe is asked at `until`
  'containerCrashed', // back-off, restart at `until`
  'outOfMemory', // … that was killed for it
  'livenessFailed', // … that was killed because of its probe, `detail.probe`
  'startupNotPassed', // the other probes wait; asked at `until`
  'notYetProbed', // first probe at `until`
  'probeFailing', // `detail.probe`; next probe at `until`
  'heldNotReady', // a user holds readiness down
  'preStopRunning', // the process is told to end at `until`
  'shuttingDown', // grace period runs until `until`
  'finalizerHolds', // `detail.finalizer`
  'evicted',
  'volumeHeld', // `on` = the lost node that still has a volume; taken from it by force at `until`
  // lost nodes: the subject is a node
  'nodeSilent', // no heartbeat arrives; it counts as lost at `until`
  'nodeLost', // its Ready condition is Unknown
  'nodeLeaving', // it said itself that it is not Ready
  // … or a pod on it, `on` = node
  'nodeHasNotHeard', // bound to a node that nobody reaches: it does not begin
  'podOnLostNode', // not Ready because of it; deleted at `until`, if its tolerations end
  'deletionUnconfirmed', // terminating, and the node cannot say that its processes have ended
  'awaitsPodGc', // its node is given up: the pod garbage collector removes it at `until`; `detail.node`
  // disruption controller: the subject is a PodDisruptionBudget that allows nothing; `detail` has its numbers
  'tooFewHealthy', // `on` = the first pod that should be healthy and is not
  'budgetFull', // all are healthy, and it asks for all of them
  // drain: the subject is a node
  'budgetHolds', // `on` = the budget that refuses `detail.pod`; asked again at `until`
  'drainWaits', // `on` = a pod that was evicted and is not gone yet
  // volume controllers: the subject is a claim
  'provisioning', // `until`
  'waitForFirstConsumer',
  'noStorageClass', // `detail.storageClass` does not exist, or there is none and no volume suits
  'noProvisioner', // volumes of `detail.storageClass` are made by hand, and none suits
  'namedVolume', // the claim names `detail.volume`, which is not there or does not suit
  'claimInUse', // pvc-protection: `on` = pod
  // lookups of a process: the subject is its pod
  'peerNotFound', // `detail.name` does not resolve; `on` = the Service below which it is looked for
  'absenceCached', // the names are there; its resolver remembers until `until` that they were not
  // DNS: the subject is a Service or a pod whose name is absent
  'serviceMissing',
  'serviceSelectsOthers', // `on` = the set that names it and whose pods it does not select
  'notPublished', // `on` = pod that is not a ready endpoint
] as const
export type ReasonName = (typeof REASONS)[number]

/** What can speak against a node for a pod. An unschedulable pod's `detail.rules` has them sorted, with commas between. */
export type PlacementRule =
  | 'cordon'
  | 'taint'
  | 'nodeAffinity'
  | 'room' // places for pods, cpu or memory
  | 'volumeInUse' // a claim for one pod alone
  | 'volumeAffinity' // a bound volume cannot be reached from there
  | 'noVolume' // for a claim that waits for its first consumer
  | 'spread'
  | 'podAffinity'
  | 'podAntiAffinity'
  | 'othersAntiAffinity' // of pods that are there already

export interface Reason {
  readonly reason: ReasonName
  /** What waits. */
  readonly subject: ObjectKey
  /** The obstacle, when it is an object; its own reasons come next in the chain. */
  readonly on?: ObjectKey
  /** When the obstacle will pass by itself, if that is known. */
  readonly until?: SimTime
  /** Since when it has been so. Kept by the kernel over equal reasons. */
  readonly since: SimTime
  /** Id of the guarantee that asks for the wait: `ORD-1`. */
  readonly rule?: string
  readonly detail?: Readonly<Record<string, string | number>>
}

/** A reason as a decider gives it; the kernel adds `since`. */
export type GivenReason = Omit<Reason, 'since'>
