/**
 * How a kind is called: plural, short names, version, scope; and how one object is named across the simulation.
 * Leaves out kinds that the cluster does not keep; the manifest reader knows those by name.
 */
import type { AnyObject, Kind, ObjectMeta, OwnerReference } from './types.ts'

export interface KindInfo {
  readonly kind: Kind
  readonly apiVersion: string
  /** As kubectl takes and prints it: `statefulsets`. */
  readonly plural: string
  readonly singular: string
  readonly shortNames: readonly string[]
  readonly namespaced: boolean
}

const info = (
  kind: Kind,
  apiVersion: string,
  plural: string,
  shortNames: readonly string[],
  namespaced = true,
): KindInfo => ({ kind, apiVersion, plural, singular: kind.toLowerCase(), shortNames, namespaced })

export const KINDS: Readonly<Record<Kind, KindInfo>> = {
  ConfigMap: info('ConfigMap', 'v1', 'configmaps', ['cm']),
  ControllerRevision: info('ControllerRevision', 'apps/v1', 'controllerrevisions', []),
  EndpointSlice: info('EndpointSlice', 'discovery.k8s.io/v1', 'endpointslices', []),
  Event: info('Event', 'v1', 'events', ['ev']),
  Namespace: info('Namespace', 'v1', 'namespaces', ['ns'], false),
  Node: info('Node', 'v1', 'nodes', ['no'], false),
  PersistentVolume: info('PersistentVolume', 'v1', 'persistentvolumes', ['pv'], false),
  PersistentVolumeClaim: info('PersistentVolumeClaim', 'v1', 'persistentvolumeclaims', ['pvc']),
  Pod: info('Pod', 'v1', 'pods', ['po']),
  PodDisruptionBudget: info('PodDisruptionBudget', 'policy/v1', 'poddisruptionbudgets', ['pdb']),
  ResourceQuota: info('ResourceQuota', 'v1', 'resourcequotas', ['quota']),
  Secret: info('Secret', 'v1', 'secrets', []),
  Service: info('Service', 'v1', 'services', ['svc']),
  StatefulSet: info('StatefulSet', 'apps/v1', 'statefulsets', ['sts']),
  StorageClass: info('StorageClass', 'storage.k8s.io/v1', 'storageclasses', ['sc'], false),
}

/** All kinds in code-unit order. */
export const ALL_KINDS = Object.keys(KINDS) as readonly Kind[]

/** The kind that a word names (plural, singular, short name or the kind itself, any case), or undefined. */
export function kindNamed(word: string): Kind | undefined {
  const wanted = word.toLowerCase()
  return ALL_KINDS.find((kind) => {
    const k = KINDS[kind]
    return k.plural === wanted || k.singular === wanted || k.shortNames.includes(wanted)
  })
}

/** `Kind/namespace/name`; the namespace is empty for cluster-scoped kinds. Sorts by kind, namespace, name. */
export type ObjectKey = `${Kind}/${string}/${string}`

export const keyOf = (kind: Kind, namespace: string | undefined, name: string): ObjectKey =>
  `${kind}/${KINDS[kind].namespaced ? (namespace ?? 'default') : ''}/${name}`

export const keyOfObject = (object: AnyObject): ObjectKey =>
  keyOf(object.kind, object.metadata.namespace, object.metadata.name)

/** The parts of a key. Names never contain a slash, so the text splits without loss. */
export function partsOfKey(key: ObjectKey): { kind: Kind; namespace: string; name: string } {
  const first = key.indexOf('/')
  const second = key.indexOf('/', first + 1)
  return { kind: key.slice(0, first) as Kind, namespace: key.slice(first + 1, second), name: key.slice(second + 1) }
}

/** The resource as API errors name it: `statefulsets.apps`, `pods`. */
export function resourceOf(kind: Kind): string {
  const { apiVersion, plural } = KINDS[kind]
  const slash = apiVersion.indexOf('/')
  return slash < 0 ? plural : `${plural}.${apiVersion.slice(0, slash)}`
}

/** The kind with its group, as refusals of a whole object name it: `StatefulSet.apps`. */
export function groupKindOf(kind: Kind): string {
  const { apiVersion } = KINDS[kind]
  const slash = apiVersion.indexOf('/')
  return slash < 0 ? kind : `${kind}.${apiVersion.slice(0, slash)}`
}

/** The one owner that controls an object, or undefined. */
export function controllerOf({ ownerReferences }: Pick<ObjectMeta, 'ownerReferences'>): OwnerReference | undefined {
  if (ownerReferences) for (const reference of ownerReferences) if (reference.controller === true) return reference
  return undefined
}

/** Fields of the metadata that only the server sets; a client's object, or a dump of a live one, may carry them in vain. */
export const SERVER_FIELDS: readonly string[] = [
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'managedFields',
  'selfLink',
]
