/**
 * What runs, as a client would have written it: one text that `kubectl apply` takes in any cluster. Only what somebody
 * wrote is in it, not what controllers made of it; defaults stay, as they are what runs. A field that the server fills is
 * kept where the last apply had it, because an apply without it would take it away.
 * Models: the advice of `kubectl get -o yaml`, with the fields left out that only a server sets.
 */
import { controllerOf, SERVER_FIELDS } from '../api/kinds.ts'
import type { AnyObject, Kind, PersistentVolumeClaim, StatefulSet } from '../api/types.ts'
import { DEFAULT_CLASS } from '../controllers/nodes.ts'
import { toYaml } from '../manifest/toYaml.ts'
import { LAST_APPLIED, lastApplied } from './lastApplied.ts'

type Fields = Readonly<Record<string, unknown>>

/** Kinds that are exported, in the order in which a cluster needs them. */
const ORDER: readonly Kind[] = [
  'Namespace',
  'StorageClass',
  'PersistentVolume',
  'ConfigMap',
  'Secret',
  'ResourceQuota',
  'PersistentVolumeClaim',
  'Service',
  'PodDisruptionBudget',
  'Pod',
  'StatefulSet',
]

/** Fields that components of the cluster fill, by kind. */
const FILLED: Readonly<Partial<Record<Kind, readonly (readonly string[])[]>>> = {
  Namespace: [['spec'], ['metadata', 'labels', 'kubernetes.io/metadata.name']],
  PersistentVolume: [
    ['spec', 'claimRef', 'uid'],
    ['spec', 'claimRef', 'resourceVersion'],
    ['metadata', 'annotations', 'pv.kubernetes.io/bound-by-controller'],
  ],
  PersistentVolumeClaim: [
    ['spec', 'volumeName'],
    ['metadata', 'annotations', 'pv.kubernetes.io/bind-completed'],
    ['metadata', 'annotations', 'pv.kubernetes.io/bound-by-controller'],
    ['metadata', 'annotations', 'volume.beta.kubernetes.io/storage-provisioner'],
    ['metadata', 'annotations', 'volume.kubernetes.io/storage-provisioner'],
    ['metadata', 'annotations', 'volume.kubernetes.io/selected-node'],
  ],
  Pod: [['spec', 'nodeName']],
  Service: [
    ['spec', 'clusterIP'],
    ['spec', 'clusterIPs'],
  ],
}

/** Of every kind. */
const FILLED_META = ['ownerReferences', 'finalizers'].map((field) => ['metadata', field])

const BOUND_BY_CONTROLLER = 'pv.kubernetes.io/bound-by-controller'
const PROVISIONED_BY = 'pv.kubernetes.io/provisioned-by'

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const at = (value: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((part, step) => (isFields(part) ? part[step] : undefined), value)

/** Without what stands at the path, nor the parts around it that are empty then. */
function without(value: Fields, [first = '', ...rest]: readonly string[]): Fields {
  const { [first]: part, ...others } = value
  if (part === undefined || rest.length === 0) return others
  const less = isFields(part) ? without(part, rest) : part
  return isFields(less) && Object.keys(less).length === 0 ? others : { ...value, [first]: less }
}

/** Without the status that the server writes into each template of claims. */
function plainTemplates(set: Fields): Fields {
  const templates = at(set, ['spec', 'volumeClaimTemplates'])
  if (!Array.isArray(templates)) return set
  const plain = (templates as readonly Fields[]).map((template) => without(template, ['status']))
  return { ...set, spec: { ...(set.spec as Fields), volumeClaimTemplates: plain } }
}

/** The fields to be left out of one object. */
function filledIn(object: AnyObject): readonly (readonly string[])[] {
  const { kind, metadata } = object
  const headless = object.kind === 'Service' && object.spec.clusterIP === 'None'
  const reserved = kind === 'PersistentVolume' && metadata.annotations?.[BOUND_BY_CONTROLLER] === undefined
  const own = kind === 'PersistentVolume' && !reserved ? [['spec', 'claimRef']] : []
  return [...FILLED_META, ...(headless ? [] : (FILLED[kind] ?? [])), ...own]
}

/** One object as a client would send it. */
export function exportedObject(object: AnyObject): object {
  const applied = lastApplied(object)
  const server = [
    ['status'],
    ...SERVER_FIELDS.map((field) => ['metadata', field]),
    ['metadata', 'annotations', LAST_APPLIED],
  ]
  const filled = filledIn(object).filter((path) => at(applied, path) === undefined)
  const plain = [...server, ...filled].reduce<Fields>(without, object as unknown as Fields)
  return object.kind === 'StatefulSet' ? plainTemplates(plain) : plain
}

/** `data-web-0` of the set `web` with the template `data`. */
const isOfTemplate = ({ metadata }: PersistentVolumeClaim, { metadata: of, spec }: StatefulSet): boolean =>
  metadata.namespace === of.namespace &&
  (spec.volumeClaimTemplates ?? []).some(({ metadata: { name } }) => {
    const start = `${name}-${of.name}-`
    return metadata.name.startsWith(start) && /^\d+$/.test(metadata.name.slice(start.length))
  })

/** Written by a client, and not on its way out; what a new cluster has by itself is not. */
function isWritten(object: AnyObject, sets: readonly StatefulSet[]): boolean {
  const { kind, metadata } = object
  if (metadata.deletionTimestamp !== undefined || controllerOf(metadata)) return false
  switch (kind) {
    case 'Namespace':
      return metadata.name !== 'default' && !metadata.name.startsWith('kube-')
    case 'StorageClass':
      return metadata.name !== DEFAULT_CLASS
    case 'PersistentVolume':
      return metadata.annotations?.[PROVISIONED_BY] === undefined
    case 'PersistentVolumeClaim':
      return !sets.some((set) => isOfTemplate(object as PersistentVolumeClaim, set))
    default:
      return true
  }
}

/** Those of the objects of a cluster that somebody wrote, in the order in which they can be applied. */
export function writtenObjects(all: readonly AnyObject[]): readonly AnyObject[] {
  const sets = all.filter((object): object is StatefulSet => object.kind === 'StatefulSet')
  return ORDER.flatMap((kind) => all.filter((object) => object.kind === kind && isWritten(object, sets)))
}

/** Several objects as one text, a document each. */
export const exportedText = (objects: readonly object[]): string =>
  objects.map((object) => toYaml(object)).join('---\n')
