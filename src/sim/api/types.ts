/**
 * What exists: the objects of the Kubernetes API in their own shape, readonly, as plain JSON.
 * Only the fields that the simulation reads are typed; whatever else a manifest carried stays in the object untouched,
 * so that it is shown, compared and hashed as a real API server would.
 * Models: staging/src/k8s.io/api (apps/v1, core/v1, storage/v1, discovery/v1), v1.36.
 */

import type { IpFamily } from './addresses.ts'
import type { Affinity, NodeSelector, TopologySpreadConstraint } from './placementTypes.ts'

/** RFC 3339 in UTC with whole seconds, as metav1.Time prints it: `2026-01-01T00:00:00Z`. */
export type Timestamp = string
/** As metav1.MicroTime prints it: `2026-01-01T00:00:00.000000Z`. */
export type MicroTimestamp = string
/** Virtual milliseconds since the start of the run; always a whole number. */
export type SimTime = number
export type Uid = string
export type Labels = Readonly<Record<string, string>>

export interface OwnerReference {
  readonly apiVersion: string
  readonly kind: string
  readonly name: string
  readonly uid: Uid
  readonly controller?: boolean
  readonly blockOwnerDeletion?: boolean
}

export interface ObjectMeta {
  readonly name: string
  /** Absent on cluster-scoped kinds. */
  readonly namespace?: string
  readonly uid: Uid
  /** Decimal text of the write that made this version; grows over the whole cluster. */
  readonly resourceVersion: string
  readonly generation?: number
  readonly creationTimestamp: Timestamp
  /** Set once deletion has begun. Lies in the future while a grace period runs: test for presence, never for time. */
  readonly deletionTimestamp?: Timestamp
  readonly deletionGracePeriodSeconds?: number
  readonly labels?: Labels
  readonly annotations?: Labels
  readonly ownerReferences?: readonly OwnerReference[]
  readonly finalizers?: readonly string[]
}

export interface LabelSelector {
  readonly matchLabels?: Labels
  readonly matchExpressions?: readonly {
    readonly key: string
    readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist'
    readonly values?: readonly string[]
  }[]
}

export interface ContainerPort {
  readonly name?: string
  readonly containerPort: number
  readonly protocol?: string
}

export interface Probe {
  readonly initialDelaySeconds?: number
  readonly timeoutSeconds?: number
  readonly periodSeconds?: number
  readonly successThreshold?: number
  readonly failureThreshold?: number
  readonly terminationGracePeriodSeconds?: number
  readonly httpGet?: { readonly path?: string; readonly port: number | string; readonly scheme?: string }
  readonly exec?: { readonly command?: readonly string[] }
  readonly tcpSocket?: { readonly port: number | string }
}

/** What is done just after a container has started, or before it is told to stop. */
export interface LifecycleHandler extends Pick<Probe, 'exec' | 'httpGet' | 'tcpSocket'> {
  readonly sleep?: { readonly seconds: number }
}

export interface VolumeMount {
  readonly name: string
  readonly mountPath: string
  readonly readOnly?: boolean
}

/** A key of a ConfigMap or Secret in the pod's namespace. */
export interface KeyRef {
  readonly name?: string
  readonly key: string
  readonly optional?: boolean
}

export interface EnvVarSource {
  readonly configMapKeyRef?: KeyRef
  readonly secretKeyRef?: KeyRef
  readonly fieldRef?: { readonly apiVersion?: string; readonly fieldPath: string }
}

export interface EnvVar {
  readonly name: string
  readonly value?: string
  readonly valueFrom?: EnvVarSource
}

interface SourceRef {
  readonly name?: string
  readonly optional?: boolean
}

/** Every entry of a ConfigMap or Secret as a variable. */
export interface EnvFromSource {
  readonly prefix?: string
  readonly configMapRef?: SourceRef
  readonly secretRef?: SourceRef
}

export interface Container {
  readonly name: string
  readonly image: string
  readonly imagePullPolicy?: 'Always' | 'IfNotPresent' | 'Never'
  readonly command?: readonly string[]
  readonly args?: readonly string[]
  /** Its own, rather than the pod's. `Always` makes a sidecar of an init container. */
  readonly restartPolicy?: 'Always' | 'OnFailure' | 'Never'
  readonly lifecycle?: { readonly postStart?: LifecycleHandler; readonly preStop?: LifecycleHandler }
  readonly ports?: readonly ContainerPort[]
  readonly env?: readonly EnvVar[]
  readonly envFrom?: readonly EnvFromSource[]
  readonly resources?: { readonly requests?: Labels; readonly limits?: Labels }
  readonly volumeMounts?: readonly VolumeMount[]
  readonly readinessProbe?: Probe
  readonly livenessProbe?: Probe
  readonly startupProbe?: Probe
}

export interface Volume {
  readonly name: string
  readonly persistentVolumeClaim?: { readonly claimName: string; readonly readOnly?: boolean }
}

export interface PodSpec {
  readonly hostname?: string
  readonly subdomain?: string
  readonly serviceAccountName?: string
  readonly nodeName?: string
  readonly containers: readonly Container[]
  readonly initContainers?: readonly Container[]
  readonly volumes?: readonly Volume[]
  readonly restartPolicy?: 'Always' | 'OnFailure' | 'Never'
  readonly terminationGracePeriodSeconds?: number
  readonly nodeSelector?: Labels
  readonly affinity?: Affinity
  readonly topologySpreadConstraints?: readonly TopologySpreadConstraint[]
  readonly tolerations?: readonly {
    readonly key?: string
    readonly operator?: string
    readonly value?: string
    readonly effect?: string
    readonly tolerationSeconds?: number
  }[]
}

export interface PodTemplateSpec {
  readonly metadata?: {
    readonly labels?: Labels
    readonly annotations?: Labels
    readonly finalizers?: readonly string[]
  }
  readonly spec: PodSpec
}

export type PodPhase = 'Pending' | 'Running' | 'Succeeded' | 'Failed' | 'Unknown'

export interface Condition {
  readonly type: string
  readonly status: 'True' | 'False' | 'Unknown'
  readonly observedGeneration?: number
  readonly reason?: string
  readonly message?: string
  readonly lastProbeTime?: Timestamp | null
  readonly lastTransitionTime?: Timestamp
}

export interface ContainerState {
  readonly waiting?: { readonly reason: string; readonly message?: string }
  readonly running?: { readonly startedAt: Timestamp }
  readonly terminated?: {
    readonly exitCode: number
    readonly reason: string
    readonly message?: string
    readonly startedAt?: Timestamp
    readonly finishedAt?: Timestamp
  }
}

export interface ContainerStatus {
  readonly name: string
  readonly image: string
  readonly imageID?: string
  readonly containerID?: string
  readonly ready: boolean
  readonly started?: boolean
  readonly restartCount: number
  readonly state: ContainerState
  readonly lastState?: ContainerState
}

export interface PodStatus {
  /** Absent only on an in-memory placeholder: "not created" in the controller's words. */
  readonly phase?: PodPhase
  readonly reason?: string
  readonly message?: string
  readonly observedGeneration?: number
  /** The node that the scheduler has chosen while it still waits for something there. */
  readonly nominatedNodeName?: string
  readonly qosClass?: string
  readonly hostIP?: string
  readonly hostIPs?: readonly { readonly ip: string }[]
  readonly podIP?: string
  readonly podIPs?: readonly { readonly ip: string }[]
  readonly startTime?: Timestamp
  readonly conditions?: readonly Condition[]
  readonly initContainerStatuses?: readonly ContainerStatus[]
  readonly containerStatuses?: readonly ContainerStatus[]
}

interface ObjectOfKind<K extends string> {
  readonly apiVersion: string
  readonly kind: K
  readonly metadata: ObjectMeta
}

export interface Pod extends ObjectOfKind<'Pod'> {
  readonly spec: PodSpec
  readonly status: PodStatus
}

export interface ClaimSpec {
  readonly accessModes?: readonly string[]
  readonly resources?: { readonly requests?: { readonly storage?: string } }
  /** Absent: the default class is asked for; "": no class at all. */
  readonly storageClassName?: string
  readonly volumeName?: string
  readonly volumeMode?: string
  readonly selector?: LabelSelector
}

export interface PersistentVolumeClaim extends ObjectOfKind<'PersistentVolumeClaim'> {
  readonly spec: ClaimSpec
  readonly status: {
    readonly phase: 'Pending' | 'Bound' | 'Lost'
    readonly accessModes?: readonly string[]
    readonly capacity?: { readonly storage: string }
    readonly conditions?: readonly Condition[]
  }
}

export interface PersistentVolume extends ObjectOfKind<'PersistentVolume'> {
  readonly spec: {
    readonly capacity: { readonly storage: string }
    readonly accessModes: readonly string[]
    readonly persistentVolumeReclaimPolicy?: 'Delete' | 'Retain'
    readonly storageClassName?: string
    readonly volumeMode?: string
    readonly hostPath?: { readonly path: string; readonly type?: string }
    /** A disk or folder of one machine: it is where `nodeAffinity` says. */
    readonly local?: { readonly path: string; readonly fsType?: string }
    /** The nodes that reach the volume. */
    readonly nodeAffinity?: { readonly required?: NodeSelector }
    readonly claimRef?: { readonly kind: string; readonly namespace: string; readonly name: string; readonly uid?: Uid }
  }
  readonly status: { readonly phase: 'Pending' | 'Available' | 'Bound' | 'Released' | 'Failed' }
}

export interface StorageClass extends ObjectOfKind<'StorageClass'> {
  readonly provisioner: string
  readonly reclaimPolicy?: 'Delete' | 'Retain'
  readonly volumeBindingMode?: 'Immediate' | 'WaitForFirstConsumer'
  readonly allowVolumeExpansion?: boolean
  /** Where volumes may be made, for claims that wait for their first consumer. */
  readonly allowedTopologies?: readonly {
    readonly matchLabelExpressions?: readonly { readonly key: string; readonly values: readonly string[] }[]
  }[]
}

export interface RollingUpdate {
  readonly partition?: number
  readonly maxUnavailable?: number | string
}

export interface UpdateStrategy {
  readonly type: 'RollingUpdate' | 'OnDelete'
  /** Absent ("nil") and present behave differently: see placeholder revisions in statefulSet. */
  readonly rollingUpdate?: RollingUpdate
}

export interface ClaimTemplate {
  readonly apiVersion?: string
  readonly kind?: string
  readonly metadata: { readonly name: string; readonly labels?: Labels; readonly annotations?: Labels }
  readonly spec: ClaimSpec
  readonly status?: { readonly phase?: string }
}

export interface StatefulSetSpec {
  readonly replicas: number
  readonly serviceName: string
  readonly selector: LabelSelector
  readonly template: PodTemplateSpec
  readonly volumeClaimTemplates?: readonly ClaimTemplate[]
  readonly podManagementPolicy: 'OrderedReady' | 'Parallel'
  readonly updateStrategy: UpdateStrategy
  readonly revisionHistoryLimit?: number
  readonly minReadySeconds?: number
  readonly ordinals?: { readonly start: number }
  readonly persistentVolumeClaimRetentionPolicy?: {
    readonly whenDeleted: 'Retain' | 'Delete'
    readonly whenScaled: 'Retain' | 'Delete'
  }
}

/** Numbers that are 0 are left out by the API (`replicas` and `availableReplicas` excepted): read them through `?? 0`. */
export interface StatefulSetStatus {
  readonly observedGeneration?: number
  readonly replicas: number
  readonly readyReplicas?: number
  readonly availableReplicas?: number
  readonly currentReplicas?: number
  readonly updatedReplicas?: number
  readonly currentRevision?: string
  readonly updateRevision?: string
  readonly collisionCount?: number
}

export interface StatefulSet extends ObjectOfKind<'StatefulSet'> {
  readonly spec: StatefulSetSpec
  readonly status: StatefulSetStatus
}

export interface ControllerRevision extends ObjectOfKind<'ControllerRevision'> {
  readonly revision: number
  /** The stored patch: `{"spec":{"template":{"$patch":"replace",…}}}`. */
  readonly data: { readonly spec: { readonly template: PodTemplateSpec & { readonly $patch?: 'replace' } } }
}

export interface ServicePort {
  readonly name?: string
  readonly port: number
  readonly targetPort?: number | string
  readonly protocol?: string
  readonly nodePort?: number
}

export interface Service extends ObjectOfKind<'Service'> {
  readonly spec: {
    readonly clusterIP?: string
    /** Its own addresses, one of each family it has; `None` alone where it is headless. */
    readonly clusterIPs?: readonly string[]
    readonly ipFamilies?: readonly IpFamily[]
    readonly ipFamilyPolicy?: 'SingleStack' | 'PreferDualStack' | 'RequireDualStack'
    readonly type?: 'ClusterIP' | 'NodePort' | 'LoadBalancer' | 'ExternalName'
    readonly selector?: Labels
    readonly ports?: readonly ServicePort[]
    readonly publishNotReadyAddresses?: boolean
  }
  readonly status?: object
}

export interface Endpoint {
  readonly addresses: readonly string[]
  readonly hostname?: string
  readonly nodeName?: string
  readonly conditions: { readonly ready: boolean; readonly serving: boolean; readonly terminating: boolean }
  readonly targetRef?: { readonly kind: 'Pod'; readonly namespace: string; readonly name: string; readonly uid: Uid }
}

export interface EndpointSlice extends ObjectOfKind<'EndpointSlice'> {
  readonly addressType: IpFamily
  readonly endpoints: readonly Endpoint[]
  readonly ports: readonly { readonly name: string; readonly port?: number; readonly protocol: string }[]
}

export interface Taint {
  readonly key: string
  readonly value?: string
  readonly effect: string
  readonly timeAdded?: Timestamp
}

export interface Node extends ObjectOfKind<'Node'> {
  readonly spec: {
    readonly podCIDR?: string
    /** One range of each family; the first is `podCIDR`. Absent in a cluster of one family. */
    readonly podCIDRs?: readonly string[]
    readonly unschedulable?: boolean
    readonly taints?: readonly Taint[]
  }
  readonly status: {
    readonly capacity?: Labels
    readonly allocatable?: Labels
    readonly conditions?: readonly Condition[]
    readonly addresses?: readonly { readonly type: string; readonly address: string }[]
    readonly images?: readonly { readonly names: readonly string[]; readonly sizeBytes: number }[]
  }
}

export interface Namespace extends ObjectOfKind<'Namespace'> {
  readonly spec?: object
  readonly status: { readonly phase: 'Active' | 'Terminating' }
}

export interface PodDisruptionBudgetSpec {
  /** A number of pods or a percentage of them; at most one of the two is given. */
  readonly minAvailable?: number | string
  readonly maxUnavailable?: number | string
  readonly selector?: LabelSelector
  readonly unhealthyPodEvictionPolicy?: 'IfHealthyBudget' | 'AlwaysAllow'
}

export interface PodDisruptionBudgetStatus {
  readonly observedGeneration?: number
  /** Pods whose eviction was granted and whose deletion the controller has not yet seen, by name, with the moment. */
  readonly disruptedPods?: Readonly<Record<string, Timestamp>>
  readonly disruptionsAllowed: number
  readonly currentHealthy: number
  readonly desiredHealthy: number
  readonly expectedPods: number
  readonly conditions?: readonly Condition[]
}

export interface PodDisruptionBudget extends ObjectOfKind<'PodDisruptionBudget'> {
  readonly spec: PodDisruptionBudgetSpec
  readonly status: PodDisruptionBudgetStatus
}

export interface ResourceQuotaSpec {
  /** The most there may be of each resource: `pods`, `requests.cpu`, `count/secrets`. */
  readonly hard?: Readonly<Record<string, string>>
  /** Only what all of these are true of is counted. */
  readonly scopes?: readonly string[]
  readonly scopeSelector?: {
    readonly matchExpressions?: readonly {
      readonly scopeName: string
      readonly operator: string
      readonly values?: readonly string[]
    }[]
  }
}

export interface ResourceQuotaStatus {
  /** What admission goes by; the spec's, once the controller has seen it. */
  readonly hard?: Readonly<Record<string, string>>
  readonly used?: Readonly<Record<string, string>>
}

export interface ResourceQuota extends ObjectOfKind<'ResourceQuota'> {
  readonly spec: ResourceQuotaSpec
  readonly status: ResourceQuotaStatus
}

/**
 * An Event of the API as core/v1 reads it. One that was written through core/v1 has a source, times of whole seconds and a
 * count; one that was written through events.k8s.io/v1 has an action, a time of microseconds, and a series once it has
 * come again. `seenEvent.ts` reads both.
 */
export interface Event extends ObjectOfKind<'Event'> {
  readonly involvedObject: {
    readonly apiVersion: string
    readonly kind: string
    readonly namespace?: string
    readonly name: string
    readonly uid?: Uid
    readonly resourceVersion?: string
    readonly fieldPath?: string
  }
  readonly type: 'Normal' | 'Warning'
  readonly reason: string
  readonly message: string
  readonly source: { readonly component?: string; readonly host?: string }
  readonly firstTimestamp: Timestamp | null
  readonly lastTimestamp: Timestamp | null
  readonly count?: number
  readonly eventTime: MicroTimestamp | null
  readonly series?: { readonly count: number; readonly lastObservedTime: MicroTimestamp }
  readonly action?: string
  readonly reportingComponent: string
  readonly reportingInstance: string
}

export interface ConfigMap extends ObjectOfKind<'ConfigMap'> {
  readonly data?: Labels
  /** Values in base64. */
  readonly binaryData?: Labels
  readonly immutable?: boolean
}

export interface Secret extends ObjectOfKind<'Secret'> {
  /** Values in base64. */
  readonly data?: Labels
  readonly type?: string
  readonly immutable?: boolean
}

export interface ObjectsByKind {
  readonly ConfigMap: ConfigMap
  readonly ControllerRevision: ControllerRevision
  readonly EndpointSlice: EndpointSlice
  readonly Event: Event
  readonly Namespace: Namespace
  readonly Node: Node
  readonly PersistentVolume: PersistentVolume
  readonly PersistentVolumeClaim: PersistentVolumeClaim
  readonly Pod: Pod
  readonly PodDisruptionBudget: PodDisruptionBudget
  readonly ResourceQuota: ResourceQuota
  readonly Secret: Secret
  readonly Service: Service
  readonly StatefulSet: StatefulSet
  readonly StorageClass: StorageClass
}

export type Kind = keyof ObjectsByKind
export type ObjectOf<K extends Kind> = ObjectsByKind[K]
export type AnyObject = ObjectsByKind[Kind]
