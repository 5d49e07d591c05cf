/** The answer to "why does it wait": a chain of reasons, and what would end the wait. Words are said by the view. */
import type { ObjectKey } from '../api/kinds.ts'
import type { Reason } from '../api/reasons.ts'
import type { SimTime } from '../api/types.ts'
import type { Command } from '../kernel/command.ts'

export interface WhyLink {
  readonly reason: Reason
  /** True on the last link: nothing known lies behind it. */
  readonly root: boolean
}

export const UNBLOCK_CODES = [
  'allowReadiness', // a user holds readiness down: let the container speak for itself
  'createClass', // no storage class of that name: make one
  'createConfig', // a ConfigMap or Secret, or a key of it, is missing: make it
  'createVolume', // volumes of its class are made by hand: make one
  'createService', // the governing Service is missing: apply it
  'deleteForeignPod', // somebody else's pod has the name: delete it
  'deleteOldPod', // OnDelete: a new pod comes at the update revision
  'deletePodInUse', // the claim is in use: delete the pod that uses it
  'deleteStuckPod', // the template was put right, this pod still has the broken one: delete it by hand
  'fixTemplate', // the only revision is broken: give it an image that works
  'loosenBudget', // a disruption budget asks for every pod
  'lowerPartition', // the partition keeps it back
  'makeRoom', // no node takes the pod
  'putOutOfService', // the machine is off for good: say so, and its pods and volumes are given up
  'reconnectNode', // the node is cut off
  'raiseQuota', // a quota allows no more: allow as much as is needed next
  'publishNotReady', // peers look for each other before they are Ready: publish their names
  'removeFinalizer', // a finalizer keeps the object
  'revertImage', // the update is broken: go back to the image before it
  'runOn', // time alone, moment not known
  'switchOnNode', // the node is off
  'sayResources', // a quota wants each container to say what it asks for
  'selectMembers', // the governing Service selects other pods: make it select those of the set
  'touchSet', // nothing wakes the controller: any change of the set does
  'uncordonNode', // a node is closed for new pods: open it
  'waitForAvailable',
  'waitForDetach',
  'waitForNode',
  'waitForPodGc',
  'waitForProbe',
  'waitForPull',
  'waitForRestart',
  'waitForRetry',
  'waitForScheduler',
  'waitForShutdown',
  'waitForStart',
  'waitForVolume',
] as const
export type UnblockCode = (typeof UNBLOCK_CODES)[number]

/** What would end the wait: time alone (`runUntil`), or an act. */
export interface Unblock {
  /** Names the text. */
  readonly code: UnblockCode
  readonly subject: ObjectKey
  /** The moment to run to; undefined when time is not enough or the moment is not known. */
  readonly runUntil?: SimTime
  readonly command?: Command
}

export interface Why {
  readonly subject: ObjectKey
  /** From the subject's own reason to the root cause; empty when nothing waits. */
  readonly chain: readonly WhyLink[]
  readonly unblock: readonly Unblock[]
}

/** One wait as plain text for scripts: names, not sentences. */
export interface ReasonLine {
  readonly subject: ObjectKey
  readonly reason: string
  /** What lies behind it, down to the root: `podNotReady Pod/default/web-0`. */
  readonly because: readonly string[]
  /** The first thing that would end it: `waitForProbe Pod/default/web-0`; '' when nothing is known to. */
  readonly unblock: string
}
