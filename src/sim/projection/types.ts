/**
 * How a world looks, in plain data: what the screen draws and nothing about how. No sentence is written here; where words
 * are needed a reason or a code with its parameters is given, and the view's texts say it in the reader's language.
 * Every part keeps its identity from picture to picture while nothing in it changed, so the view can skip it.
 */
import type { ObjectKey } from '../api/kinds.ts'
import type { Reason } from '../api/reasons.ts'
import type { SimTime, Uid } from '../api/types.ts'

/** A revision as the screen marks it: letters in order of first appearance in the run, never reused. */
export interface RevisionMark {
  /** `A`, `B`, … `Z`, `AA`; `?` for a label that names no known revision. */
  readonly letter: string
  /** 0 plain, 1 stripes, 2 dots, 3 grid, 4 waves, then again from 0. */
  readonly pattern: 0 | 1 | 2 | 3 | 4
  /** The ControllerRevision's name. */
  readonly name: string
}

/** Revision name → its number in order of first appearance, from 0. Kept by whoever holds the history. */
export type RevisionOrder = Readonly<Record<string, number>>

/** The nine states of EXPERIENCE's table, with the two ends of a slot. */
export type PodState =
  | 'absent'
  | 'pending'
  | 'creating'
  | 'notReady'
  | 'ready'
  | 'readyNotAvailable'
  | 'terminating'
  | 'crashLoop'
  | 'imageError'
  | 'failed'
  | 'succeeded'
  | 'nodeLost'

/** Something that runs down by itself: drawn as an arc, from `from` (full) to `until` (empty). */
export interface Countdown {
  readonly reason: Reason
  readonly from: SimTime
  readonly until: SimTime
}

export interface PodPicture {
  readonly key: ObjectKey
  readonly name: string
  readonly state: PodState
  /** As `kubectl get pods` says it; '' when the pod is absent. */
  readonly status: string
  readonly readyContainers: number
  readonly containers: number
  readonly uid?: Uid
  readonly revision?: RevisionMark
  /** Without registry and path: `nginx-slim:0.8`. The whole is in `imageFull`. */
  readonly image?: string
  readonly imageFull?: string
  readonly node?: string
  readonly ip?: string
  readonly restarts: number
  readonly createdAt?: SimTime
  /** What the strip under the head says; absent on a healthy pod. */
  readonly reason?: Reason
  readonly countdown?: Countdown
}

export type NameState = 'published' | 'absent' | 'cached'

export interface NamePicture {
  readonly podName: string
  /** The whole name: `web-1.nginx.default.svc.cluster.local`. */
  readonly name: string
  readonly state: NameState
  readonly address?: string
  /** The one of IPv6, where the name has both. */
  readonly secondAddress?: string
  /** The pod is published although it is not Ready (publishNotReadyAddresses). */
  readonly notReady?: boolean
  /** While cached: until when resolvers may still answer. */
  readonly cachedUntil?: SimTime
}

export interface ClaimPicture {
  readonly key: ObjectKey
  readonly name: string
  readonly state: 'absent' | 'pending' | 'bound' | 'terminating' | 'lost'
  /** As kubectl prints it. */
  readonly status: string
  readonly capacity?: string
  /** `RWO`. */
  readonly accessModes?: string
  readonly storageClass?: string
  readonly reason?: Reason
  readonly countdown?: Countdown
}

export interface VolumePicture {
  readonly key: ObjectKey
  readonly name: string
  readonly state: 'pending' | 'available' | 'bound' | 'terminating' | 'released' | 'failed'
  readonly status: string
  readonly reclaimPolicy?: string
  /** Paths of the files on it. */
  readonly files: readonly string[]
}

/** What the controller's last look said about one ordinal. */
export type RailVerdict = 'accepted' | 'stop' | 'notReached' | 'deleted' | 'created' | 'none'

export interface ColumnPicture {
  readonly ordinal: number
  /** `condemned`: outside the wanted range and on its way out. */
  readonly place: 'wanted' | 'condemned'
  /** Below the partition: keeps the current revision. */
  readonly heldByPartition: boolean
  readonly verdict: RailVerdict
  readonly name: NamePicture
  readonly pod: PodPicture
  readonly claims: readonly ClaimPicture[]
  /** One per claim, in the same order; undefined where no volume is bound. */
  readonly volumes: readonly (VolumePicture | undefined)[]
}

export interface ControllerPicture {
  readonly syncs: number
  readonly lastSyncAt?: SimTime
  readonly phase: 'idle' | 'createInOrder' | 'scaleDown' | 'update' | 'settled' | 'deleting'
  /** The resting state of the ordering chart at the last sync. */
  readonly verdict: string
  readonly stoppedAt?: number
  readonly reason?: Reason
}

export interface ServicePicture {
  readonly key: ObjectKey
  readonly name: string
  readonly exists: boolean
  readonly headless: boolean
  readonly clusterIP?: string
  /** `app=nginx`. */
  readonly selector: string
  /** What every member's name ends in: `.nginx.default.svc.cluster.local`. */
  readonly suffix: string
  readonly published: number
  readonly names: number
}

export interface SetPicture {
  readonly key: ObjectKey
  readonly name: string
  readonly namespace: string
  /** False once the set is gone; its pods and claims may still be there and are drawn. */
  readonly exists: boolean
  readonly deleting: boolean
  readonly desired: number
  readonly replicas: number
  readonly ready: number
  readonly available: number
  readonly updated: number
  readonly policy: 'OrderedReady' | 'Parallel'
  readonly strategy: 'RollingUpdate' | 'OnDelete'
  readonly partition: number
  readonly startOrdinal: number
  readonly minReadySeconds: number
  readonly current?: RevisionMark
  readonly update?: RevisionMark
  /** True while both revisions differ. */
  readonly rolling: boolean
  /** How many of the wanted pods the update means to reach. */
  readonly toUpdate: number
  readonly image: string
  readonly service: ServicePicture
  readonly controller: ControllerPicture
  readonly columns: readonly ColumnPicture[]
}

export interface Picture {
  readonly now: SimTime
  readonly sets: readonly { readonly key: ObjectKey; readonly name: string; readonly namespace: string }[]
  /** The set in focus; undefined in an empty cluster. */
  readonly set?: SetPicture
  readonly nodes: readonly { readonly name: string; readonly ready: boolean; readonly pods: number }[]
}

// — Nodes —

export interface Share {
  readonly used: number
  readonly room: number
}

/** A pod on its node. */
export interface ResidentPicture {
  readonly key: ObjectKey
  readonly uid: Uid
  readonly name: string
  readonly state: PodState
  /** As `kubectl get pods` says it; '' for a ghost. */
  readonly status: string
  readonly revision?: RevisionMark
  /** Its processes run, and the API has no such object any more. */
  readonly ghost: boolean
}

export interface NodePicture {
  readonly key: ObjectKey
  readonly name: string
  readonly zone?: string
  /** Status of its condition Ready. */
  readonly ready: 'True' | 'False' | 'Unknown'
  /** The machine itself, whatever the API knows of it. */
  readonly power: 'on' | 'off' | 'booting' | 'leaving'
  /** Without a network: its processes live on, and nobody hears of them. */
  readonly cut: boolean
  /** Since when its power is as it is; absent while the machine is well. */
  readonly since?: SimTime
  /** Cordoned: takes no new pods. */
  readonly closed: boolean
  readonly draining: boolean
  /** As `kubectl describe` lists them: `key=value:effect`. */
  readonly taints: readonly string[]
  readonly milliCpu: Share
  /** Bytes. */
  readonly memory: Share
  readonly pods: Share
  readonly residents: readonly ResidentPicture[]
}

/** A disruption budget with its arithmetic: healthy less desired is what may be evicted. */
export interface BudgetPicture {
  readonly key: ObjectKey
  readonly name: string
  readonly healthy: number
  readonly desired: number
  readonly allowed: number
  /** How many pods it counts on; 0 when its selector matches none. */
  readonly expected: number
}

export interface NodesPicture {
  readonly budgets: readonly BudgetPicture[]
  readonly nodes: readonly NodePicture[]
  /** Pods of nodes that are no more. */
  readonly lost: readonly { readonly name: string; readonly residents: readonly ResidentPicture[] }[]
  /** Pods that have no node yet. */
  readonly waiting: readonly ResidentPicture[]
}

// — Why —

export type { Unblock, Why, WhyLink } from '../guarantees/types.ts'

// — Timeline —

export interface LaneSpan {
  readonly from: SimTime
  /** Undefined while it lasts. */
  readonly to?: SimTime
  readonly state: PodState
  readonly uid: Uid
  /** True on the first span of an incarnation. */
  readonly first: boolean
  readonly revision: string
  readonly node?: string
}

export interface Lane {
  readonly podName: string
  readonly ordinal: number
  readonly spans: readonly LaneSpan[]
  /** The first claim's life. */
  readonly claim: readonly { readonly from: SimTime; readonly to?: SimTime }[]
  readonly name: readonly { readonly from: SimTime; readonly to?: SimTime; readonly state: 'published' | 'cached' }[]
}

export interface Marker {
  readonly at: SimTime
  readonly kind: 'command' | 'decision' | 'violation'
  readonly moment: number
  /** The equivalent kubectl line, the resting state, or the rule's id. */
  readonly text: string
}

export interface Lanes {
  readonly lanes: readonly Lane[]
  readonly markers: readonly Marker[]
  readonly end: SimTime
}

// — Events and guarantees —

export interface EventLine {
  /** Which Event it is; the same as it is counted up. */
  readonly uid: string
  readonly at: SimTime
  readonly type: 'Normal' | 'Warning'
  readonly reason: string
  readonly object: string
  readonly key: ObjectKey
  readonly message: string
  readonly from: string
  readonly count: number
}

// — Inspector —

export const OVERVIEW_CODES = [
  'accessModes',
  'address',
  'appliesTo',
  'capacity',
  'claim',
  'class',
  'clusterIP',
  'condition',
  'initContainer',
  'container',
  'count',
  'created',
  'currentRevision',
  'deletion',
  'endpoint',
  'entry',
  'file',
  'finalizers',
  'gracePeriod',
  'host',
  'image',
  'ip',
  'message',
  'minReadySeconds',
  'node',
  'owner',
  'partition',
  'podManagement',
  'pods',
  'ports',
  'provisioner',
  'publishNotReady',
  'ready',
  'reason',
  'reclaimPolicy',
  'replicas',
  'restarts',
  'retention',
  'revision',
  'selector',
  'service',
  'status',
  'strategy',
  'type',
  'uid',
  'updateRevision',
  'usedBy',
  'volume',
] as const
export type OverviewCode = (typeof OVERVIEW_CODES)[number]

/** One line about an object. Codes name texts; one may come several times. */
export interface OverviewRow {
  readonly code: OverviewCode
  /** As kubectl or the API writes it; never a sentence of ours. */
  readonly value: string
  /** The object that the value names; of an endpoint the pod, beside which the value stands. */
  readonly key?: ObjectKey
  /** The moment that the value names. */
  readonly at?: SimTime
}

/** One line of two texts laid over each other. */
export interface DiffLine {
  readonly mark: 'same' | 'added' | 'removed'
  readonly text: string
}

export interface Lamp {
  readonly id: string
  readonly status: 'held' | 'broken' | 'notPromised'
  readonly checks: number
  readonly brokenAt?: SimTime
  /** Names the text why it is not promised here: `parallel`, `forceDelete`, `noBudget`, `gateOff` … */
  readonly why?: string
}
