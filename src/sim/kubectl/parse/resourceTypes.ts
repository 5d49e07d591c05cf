/**
 * The resource types that an API server of 1.36 serves, with the words that name them. Types that the cluster does not
 * keep are known too: it has none of them, as a cluster where nobody made one.
 */
import { KINDS } from '../../api/kinds.ts'
import type { Kind } from '../../api/types.ts'

export interface ResourceType {
  readonly plural: string
  readonly singular: string
  readonly kind: string
  readonly apiVersion: string
  /** Empty for the core group. */
  readonly group: string
  readonly namespaced: boolean
  readonly shortNames: readonly string[]
  /** The kind when the cluster keeps such objects. */
  readonly kept?: Kind
}

/** `plural Kind apiVersion namespaced short,names`, in the server's order. */
const TYPES = `
bindings Binding v1 y -
componentstatuses ComponentStatus v1 n cs
configmaps ConfigMap v1 y cm
endpoints Endpoints v1 y ep
events Event v1 y ev
limitranges LimitRange v1 y limits
namespaces Namespace v1 n ns
nodes Node v1 n no
persistentvolumeclaims PersistentVolumeClaim v1 y pvc
persistentvolumes PersistentVolume v1 n pv
pods Pod v1 y po
podtemplates PodTemplate v1 y -
replicationcontrollers ReplicationController v1 y rc
resourcequotas ResourceQuota v1 y quota
secrets Secret v1 y -
serviceaccounts ServiceAccount v1 y sa
services Service v1 y svc
mutatingadmissionpolicies MutatingAdmissionPolicy admissionregistration.k8s.io/v1 n -
mutatingadmissionpolicybindings MutatingAdmissionPolicyBinding admissionregistration.k8s.io/v1 n -
mutatingwebhookconfigurations MutatingWebhookConfiguration admissionregistration.k8s.io/v1 n -
validatingadmissionpolicies ValidatingAdmissionPolicy admissionregistration.k8s.io/v1 n -
validatingadmissionpolicybindings ValidatingAdmissionPolicyBinding admissionregistration.k8s.io/v1 n -
validatingwebhookconfigurations ValidatingWebhookConfiguration admissionregistration.k8s.io/v1 n -
customresourcedefinitions CustomResourceDefinition apiextensions.k8s.io/v1 n crd,crds
apiservices APIService apiregistration.k8s.io/v1 n -
controllerrevisions ControllerRevision apps/v1 y -
daemonsets DaemonSet apps/v1 y ds
deployments Deployment apps/v1 y deploy
replicasets ReplicaSet apps/v1 y rs
statefulsets StatefulSet apps/v1 y sts
selfsubjectreviews SelfSubjectReview authentication.k8s.io/v1 n -
tokenreviews TokenReview authentication.k8s.io/v1 n -
localsubjectaccessreviews LocalSubjectAccessReview authorization.k8s.io/v1 y -
selfsubjectaccessreviews SelfSubjectAccessReview authorization.k8s.io/v1 n -
selfsubjectrulesreviews SelfSubjectRulesReview authorization.k8s.io/v1 n -
subjectaccessreviews SubjectAccessReview authorization.k8s.io/v1 n -
horizontalpodautoscalers HorizontalPodAutoscaler autoscaling/v2 y hpa
cronjobs CronJob batch/v1 y cj
jobs Job batch/v1 y -
certificatesigningrequests CertificateSigningRequest certificates.k8s.io/v1 n csr
leases Lease coordination.k8s.io/v1 y -
endpointslices EndpointSlice discovery.k8s.io/v1 y -
events Event events.k8s.io/v1 y ev
flowschemas FlowSchema flowcontrol.apiserver.k8s.io/v1 n -
prioritylevelconfigurations PriorityLevelConfiguration flowcontrol.apiserver.k8s.io/v1 n -
ingressclasses IngressClass networking.k8s.io/v1 n -
ingresses Ingress networking.k8s.io/v1 y ing
ipaddresses IPAddress networking.k8s.io/v1 n ip
networkpolicies NetworkPolicy networking.k8s.io/v1 y netpol
servicecidrs ServiceCIDR networking.k8s.io/v1 n -
runtimeclasses RuntimeClass node.k8s.io/v1 n -
poddisruptionbudgets PodDisruptionBudget policy/v1 y pdb
clusterrolebindings ClusterRoleBinding rbac.authorization.k8s.io/v1 n -
clusterroles ClusterRole rbac.authorization.k8s.io/v1 n -
rolebindings RoleBinding rbac.authorization.k8s.io/v1 y -
roles Role rbac.authorization.k8s.io/v1 y -
deviceclasses DeviceClass resource.k8s.io/v1 n -
resourceclaims ResourceClaim resource.k8s.io/v1 y -
resourceclaimtemplates ResourceClaimTemplate resource.k8s.io/v1 y -
resourceslices ResourceSlice resource.k8s.io/v1 n -
priorityclasses PriorityClass scheduling.k8s.io/v1 n pc
csidrivers CSIDriver storage.k8s.io/v1 n -
csinodes CSINode storage.k8s.io/v1 n -
csistoragecapacities CSIStorageCapacity storage.k8s.io/v1 y -
storageclasses StorageClass storage.k8s.io/v1 n sc
volumeattachments VolumeAttachment storage.k8s.io/v1 n -
volumeattributesclasses VolumeAttributesClass storage.k8s.io/v1 n vac
`

function typeOf(line: string): ResourceType {
  const [plural = '', kind = '', apiVersion = '', namespaced, short = '-'] = line.split(' ')
  const known = Object.hasOwn(KINDS, kind) ? KINDS[kind as Kind] : undefined
  return {
    plural,
    singular: kind.toLowerCase(),
    kind,
    apiVersion,
    group: apiVersion.includes('/') ? (apiVersion.split('/')[0] as string) : '',
    namespaced: namespaced === 'y',
    shortNames: short === '-' ? [] : short.split(','),
    ...(known?.apiVersion === apiVersion && { kept: known.kind }),
  }
}

export const RESOURCE_TYPES: readonly ResourceType[] = TYPES.trim().split('\n').map(typeOf)

/** What `all` stands for, in kubectl's order. */
const ALL: readonly string[] = [
  'pods',
  'replicationcontrollers',
  'services',
  'daemonsets',
  'deployments',
  'replicasets',
  'statefulsets',
  'horizontalpodautoscalers',
  'cronjobs',
  'jobs',
]

export const CATEGORY_ALL: readonly ResourceType[] = ALL.map(
  (plural) => RESOURCE_TYPES.find((type) => type.plural === plural) as ResourceType,
)

/** The type that a word names: `sts`, `StatefulSet`, `statefulsets.apps`, `statefulsets.v1.apps`; undefined for none. */
export function resourceTypeNamed(word: string): ResourceType | undefined {
  const [name = '', ...rest] = word.toLowerCase().split('.')
  const group = rest.join('.')
  return RESOURCE_TYPES.find(
    (type) =>
      (type.plural === name || type.singular === name || type.shortNames.includes(name)) &&
      (group === '' || group === type.group || group === `${type.apiVersion.split('/').at(-1)}.${type.group}`),
  )
}

export const resourceTypeOfKind = (kind: string, apiVersion?: string): ResourceType | undefined =>
  RESOURCE_TYPES.find((type) => type.kind === kind && (apiVersion === undefined || type.apiVersion === apiVersion))

/** `statefulsets.apps`, `pods`: as the server names it in its answers. */
export const resourceName = ({ plural, group }: ResourceType): string => (group === '' ? plural : `${plural}.${group}`)

/** `statefulset.apps/web`: as kubectl names one object. */
export const qualified = ({ singular, group }: ResourceType, name: string): string =>
  `${singular}${group === '' ? '' : `.${group}`}/${name}`
