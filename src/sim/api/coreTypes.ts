/**
 * The types of what the simulation reads, for checking what a client sends (see `shapes.ts`). A field that is not here is
 * kept and shown and has no effect. A part of the API's own types: `manifest/` has the whole table and a test holds both
 * against each other.
 */
import { readTypes } from './shapes.ts'
import type { Kind } from './types.ts'

/** Kinds that a client writes. The others are written by the cluster's own components. */
export const WRITABLE_KINDS: readonly Kind[] = [
  'ConfigMap',
  'Namespace',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'Pod',
  'PodDisruptionBudget',
  'ResourceQuota',
  'Secret',
  'Service',
  'StatefulSet',
  'StorageClass',
]

export const coreTypes = readTypes(`
Affinity nodeAffinity:NodeAffinity podAffinity:PodAffinity podAntiAffinity:PodAntiAffinity
ConfigMap apiVersion:s kind:s metadata:ObjectMeta data:{s binaryData:{y immutable:b
ConfigMapEnvSource name:s optional:b
ConfigMapKeySelector key:s name:s optional:b
Container name:s image:s imagePullPolicy:s command:[s args:[s ports:[ContainerPort env:[EnvVar envFrom:[EnvFromSource resources:ResourceRequirements volumeMounts:[VolumeMount readinessProbe:Probe livenessProbe:Probe startupProbe:Probe lifecycle:Lifecycle restartPolicy:s terminationMessagePath:s terminationMessagePolicy:s
ContainerPort name:s containerPort:i protocol:s
ControllerRevision apiVersion:s kind:s metadata:ObjectMeta data:a revision:l
EndpointSlice apiVersion:s kind:s metadata:ObjectMeta
EnvFromSource prefix:s configMapRef:ConfigMapEnvSource secretRef:SecretEnvSource
EnvVar name:s value:s valueFrom:EnvVarSource
EnvVarSource configMapKeyRef:ConfigMapKeySelector fieldRef:ObjectFieldSelector secretKeyRef:SecretKeySelector
Event apiVersion:s kind:s metadata:ObjectMeta
ExecAction command:[s
HTTPGetAction path:s port:o scheme:s
HostPathVolumeSource path:s type:s
Lifecycle postStart:LifecycleHandler preStop:LifecycleHandler
LifecycleHandler exec:ExecAction httpGet:HTTPGetAction sleep:SleepAction tcpSocket:TCPSocketAction
LabelSelector matchLabels:{s matchExpressions:[LabelSelectorRequirement
LabelSelectorRequirement key:s operator:s values:[s
LocalVolumeSource fsType:s path:s
Namespace apiVersion:s kind:s metadata:ObjectMeta spec:a status:a
Node apiVersion:s kind:s metadata:ObjectMeta spec:NodeSpec status:a
NodeAffinity preferredDuringSchedulingIgnoredDuringExecution:[PreferredSchedulingTerm requiredDuringSchedulingIgnoredDuringExecution:NodeSelector
NodeSelector nodeSelectorTerms:[NodeSelectorTerm
NodeSelectorRequirement key:s operator:s values:[s
NodeSelectorTerm matchExpressions:[NodeSelectorRequirement matchFields:[NodeSelectorRequirement
NodeSpec podCIDR:s podCIDRs:[s taints:[Taint unschedulable:b
ObjectFieldSelector apiVersion:s fieldPath:s
ObjectMeta name:s namespace:s uid:s resourceVersion:s generation:l creationTimestamp:t deletionTimestamp:t deletionGracePeriodSeconds:l labels:{s annotations:{s ownerReferences:[OwnerReference finalizers:[s
ObjectReference apiVersion:s kind:s namespace:s name:s uid:s
OwnerReference apiVersion:s kind:s name:s uid:s controller:b blockOwnerDeletion:b
PersistentVolume apiVersion:s kind:s metadata:ObjectMeta spec:PersistentVolumeSpec status:a
PersistentVolumeClaim apiVersion:s kind:s metadata:ObjectMeta spec:PersistentVolumeClaimSpec status:a
PersistentVolumeClaimSpec accessModes:[s resources:VolumeResourceRequirements selector:LabelSelector storageClassName:s volumeName:s volumeMode:s
PersistentVolumeClaimVolumeSource claimName:s readOnly:b
PersistentVolumeSpec capacity:{q accessModes:[s persistentVolumeReclaimPolicy:s storageClassName:s claimRef:ObjectReference volumeMode:s hostPath:HostPathVolumeSource local:LocalVolumeSource nodeAffinity:VolumeNodeAffinity
Pod apiVersion:s kind:s metadata:ObjectMeta spec:PodSpec status:a
PodAffinity preferredDuringSchedulingIgnoredDuringExecution:[WeightedPodAffinityTerm requiredDuringSchedulingIgnoredDuringExecution:[PodAffinityTerm
PodAffinityTerm labelSelector:LabelSelector matchLabelKeys:[s mismatchLabelKeys:[s namespaceSelector:LabelSelector namespaces:[s topologyKey:s
PodAntiAffinity preferredDuringSchedulingIgnoredDuringExecution:[WeightedPodAffinityTerm requiredDuringSchedulingIgnoredDuringExecution:[PodAffinityTerm
PodDisruptionBudget apiVersion:s kind:s metadata:ObjectMeta spec:PodDisruptionBudgetSpec status:a
PodDisruptionBudgetSpec minAvailable:o maxUnavailable:o selector:LabelSelector unhealthyPodEvictionPolicy:s
PodSpec hostname:s subdomain:s nodeName:s containers:[Container initContainers:[Container volumes:[Volume restartPolicy:s terminationGracePeriodSeconds:l nodeSelector:{s affinity:Affinity topologySpreadConstraints:[TopologySpreadConstraint tolerations:[Toleration serviceAccountName:s dnsPolicy:s schedulerName:s
PodTemplateSpec metadata:ObjectMeta spec:PodSpec
PreferredSchedulingTerm preference:NodeSelectorTerm weight:i
Probe initialDelaySeconds:i timeoutSeconds:i periodSeconds:i successThreshold:i failureThreshold:i terminationGracePeriodSeconds:l exec:ExecAction httpGet:HTTPGetAction tcpSocket:TCPSocketAction
ResourceQuota apiVersion:s kind:s metadata:ObjectMeta spec:ResourceQuotaSpec status:a
ResourceQuotaSpec hard:{q scopes:[s scopeSelector:ScopeSelector
ResourceRequirements limits:{q requests:{q
RollingUpdateStatefulSetStrategy maxUnavailable:o partition:i
ScopeSelector matchExpressions:[ScopedResourceSelectorRequirement
ScopedResourceSelectorRequirement scopeName:s operator:s values:[s
Secret apiVersion:s kind:s metadata:ObjectMeta data:{y stringData:{s type:s immutable:b
SecretEnvSource name:s optional:b
SecretKeySelector key:s name:s optional:b
Service apiVersion:s kind:s metadata:ObjectMeta spec:ServiceSpec status:a
ServicePort name:s port:i targetPort:o protocol:s nodePort:i
ServiceSpec clusterIP:s clusterIPs:[s ipFamilies:[s ipFamilyPolicy:s type:s selector:{s ports:[ServicePort publishNotReadyAddresses:b
SleepAction seconds:l
StatefulSet apiVersion:s kind:s metadata:ObjectMeta spec:StatefulSetSpec status:a
StatefulSetOrdinals start:i
StatefulSetPersistentVolumeClaimRetentionPolicy whenDeleted:s whenScaled:s
StatefulSetSpec replicas:i serviceName:s selector:LabelSelector template:PodTemplateSpec volumeClaimTemplates:[PersistentVolumeClaim podManagementPolicy:s updateStrategy:StatefulSetUpdateStrategy revisionHistoryLimit:i minReadySeconds:i ordinals:StatefulSetOrdinals persistentVolumeClaimRetentionPolicy:StatefulSetPersistentVolumeClaimRetentionPolicy
StatefulSetUpdateStrategy type:s rollingUpdate:RollingUpdateStatefulSetStrategy
StorageClass apiVersion:s kind:s metadata:ObjectMeta provisioner:s reclaimPolicy:s volumeBindingMode:s allowVolumeExpansion:b allowedTopologies:[TopologySelectorTerm
TCPSocketAction port:o
Taint key:s value:s effect:s timeAdded:t
Toleration key:s operator:s value:s effect:s tolerationSeconds:l
TopologySelectorLabelRequirement key:s values:[s
TopologySelectorTerm matchLabelExpressions:[TopologySelectorLabelRequirement
TopologySpreadConstraint labelSelector:LabelSelector matchLabelKeys:[s maxSkew:i minDomains:i nodeAffinityPolicy:s nodeTaintsPolicy:s topologyKey:s whenUnsatisfiable:s
Volume name:s persistentVolumeClaim:PersistentVolumeClaimVolumeSource
VolumeMount name:s mountPath:s readOnly:b
VolumeNodeAffinity required:NodeSelector
VolumeResourceRequirements requests:{q
WeightedPodAffinityTerm podAffinityTerm:PodAffinityTerm weight:i
`)
