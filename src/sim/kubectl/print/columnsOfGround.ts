/**
 * The columns of what pods stand on: claims, volumes, classes, nodes, budgets, configuration; and of events.
 * Models: pkg/printers/internalversion/printers.go, v1.36.
 */
import { DEFAULT_CLASS_ANNOTATION } from '../../api/defaultsStorage.ts'
import { firstSeen, lastSeen, reporterOf, reporterPlaceOf, timesSeen } from '../../api/seenEvent.ts'
import type { Event, Node, PersistentVolume, PersistentVolumeClaim, ResourceQuota } from '../../api/types.ts'
import type { Thing } from '../call.ts'
import { phaseWord, shortAccessModes } from '../podStatus.ts'
import type { Column } from './cells.ts'
import { age, ageSince, column, name, orNone, UNKNOWN, UNSET } from './cells.ts'

const attributesClass = column<{ readonly spec: { readonly volumeAttributesClassName?: string } }>(
  'VOLUMEATTRIBUTESCLASS',
  ({ spec }) => spec.volumeAttributesClassName ?? UNSET,
)
const volumeMode = column<PersistentVolumeClaim>('VOLUMEMODE', ({ spec }) => spec.volumeMode ?? UNSET, true)

export const claims: readonly Column[] = [
  name,
  column<PersistentVolumeClaim>('STATUS', phaseWord),
  column<PersistentVolumeClaim>('VOLUME', ({ spec }) => spec.volumeName ?? ''),
  column<PersistentVolumeClaim>('CAPACITY', ({ spec, status }) =>
    spec.volumeName ? (status.capacity?.storage ?? '') : '',
  ),
  column<PersistentVolumeClaim>('ACCESS MODES', ({ spec, status }) =>
    spec.volumeName ? shortAccessModes(status.accessModes) : '',
  ),
  column<PersistentVolumeClaim>('STORAGECLASS', ({ spec }) => spec.storageClassName ?? ''),
  attributesClass,
  age,
  volumeMode,
]

export const volumes: readonly Column[] = [
  name,
  column<PersistentVolume>('CAPACITY', ({ spec }) => spec.capacity.storage),
  column<PersistentVolume>('ACCESS MODES', ({ spec }) => shortAccessModes(spec.accessModes)),
  column<PersistentVolume>('RECLAIM POLICY', ({ spec }) => spec.persistentVolumeReclaimPolicy ?? ''),
  column<PersistentVolume>('STATUS', phaseWord),
  column<PersistentVolume>('CLAIM', ({ spec }) =>
    spec.claimRef ? `${spec.claimRef.namespace}/${spec.claimRef.name}` : '',
  ),
  column<PersistentVolume>('STORAGECLASS', ({ spec }) => spec.storageClassName ?? ''),
  attributesClass,
  column<{ readonly status: { readonly reason?: string } }>('REASON', ({ status }) => status.reason ?? ''),
  age,
  volumeMode,
]

/** `pods: 1/2`; what containers may take at most has a column of its own. */
const quotaCells =
  (limits: boolean) =>
  ({ status: { hard = {}, used = {} } }: ResourceQuota): string =>
    Object.keys(hard)
      .sort()
      .filter((resource) => resource.startsWith('limits.') === limits)
      .map((resource) => `${resource}: ${used[resource] ?? '0'}/${hard[resource]}`)
      .join(', ')

export const quotas: readonly Column[] = [
  name,
  column<ResourceQuota>('REQUEST', quotaCells(false)),
  column<ResourceQuota>('LIMIT', quotaCells(true)),
  age,
]

const isDefault = ({ metadata }: Thing): boolean => metadata.annotations?.[DEFAULT_CLASS_ANNOTATION] === 'true'

interface Class {
  readonly provisioner: string
  readonly reclaimPolicy?: string
  readonly volumeBindingMode?: string
  readonly allowVolumeExpansion?: boolean
}

export const storageClasses: readonly Column[] = [
  { name: 'NAME', cell: (object) => `${object.metadata.name}${isDefault(object) ? ' (default)' : ''}` },
  column<Class>('PROVISIONER', ({ provisioner }) => provisioner),
  column<Class>('RECLAIMPOLICY', ({ reclaimPolicy = 'Delete' }) => reclaimPolicy),
  column<Class>('VOLUMEBINDINGMODE', ({ volumeBindingMode = 'Immediate' }) => volumeBindingMode),
  column<Class>('ALLOWVOLUMEEXPANSION', ({ allowVolumeExpansion = false }) => String(allowVolumeExpansion)),
  age,
]

export interface NodeInfo {
  readonly kubeletVersion?: string
  readonly osImage?: string
  readonly kernelVersion?: string
  readonly architecture?: string
  readonly containerRuntimeVersion?: string
  readonly operatingSystem?: string
  readonly machineID?: string
  readonly systemUUID?: string
  readonly bootID?: string
}

export const nodeInfoOf = ({ status }: Node): NodeInfo => (status as { readonly nodeInfo?: NodeInfo }).nodeInfo ?? {}

function nodeStatus({ spec, status }: Node): string {
  const ready = status.conditions?.find(({ type }) => type === 'Ready')
  const word = ready === undefined ? 'Unknown' : ready.status === 'True' ? 'Ready' : 'NotReady'
  return spec.unschedulable ? `${word},SchedulingDisabled` : word
}

const ROLE = 'node-role.kubernetes.io/'

/** `control-plane`, sorted. */
export const nodeRoles = ({ metadata }: Pick<Thing, 'metadata'>): string =>
  orNone(
    Object.keys(metadata.labels ?? {})
      .filter((key) => key.startsWith(ROLE))
      .map((key) => key.slice(ROLE.length))
      .sort()
      .join(','),
  )

const addressOf = ({ status }: Node, wanted: string): string =>
  orNone(status.addresses?.find(({ type }) => type === wanted)?.address)

function kernelText(node: Node): string {
  const { kernelVersion = UNKNOWN, architecture } = nodeInfoOf(node)
  return kernelVersion === UNKNOWN || architecture === undefined ? kernelVersion : `${kernelVersion} (${architecture})`
}

export const nodes: readonly Column[] = [
  name,
  column<Node>('STATUS', nodeStatus),
  column<Node>('ROLES', nodeRoles),
  age,
  column<Node>('VERSION', (node) => nodeInfoOf(node).kubeletVersion ?? ''),
  column<Node>('INTERNAL-IP', (node) => addressOf(node, 'InternalIP'), true),
  column<Node>('EXTERNAL-IP', (node) => addressOf(node, 'ExternalIP'), true),
  column<Node>('OS-IMAGE', (node) => nodeInfoOf(node).osImage ?? UNKNOWN, true),
  column<Node>('KERNEL-VERSION', kernelText, true),
  column<Node>('CONTAINER-RUNTIME', (node) => nodeInfoOf(node).containerRuntimeVersion ?? UNKNOWN, true),
]

/** `pod/web-0`. */
const aboutText = ({ involvedObject }: Event): string => `${involvedObject.kind.toLowerCase()}/${involvedObject.name}`

export const events: readonly Column[] = [
  column<Event>('LAST SEEN', (event, { now }) => ageSince(lastSeen(event), now)),
  column<Event>('TYPE', ({ type }) => type),
  column<Event>('REASON', ({ reason }) => reason),
  column<Event>('OBJECT', aboutText),
  column<Event>('SUBOBJECT', ({ involvedObject }) => involvedObject.fieldPath ?? '', true),
  column<Event>('SOURCE', (event) => [reporterOf(event), reporterPlaceOf(event)].filter(Boolean).join(', '), true),
  column<Event>('MESSAGE', ({ message }) => message.trim()),
  column<Event>('FIRST SEEN', (event, { now }) => ageSince(firstSeen(event), now), true),
  column<Event>('COUNT', (event) => String(timesSeen(event)), true),
  { ...name, wide: true },
]

export interface WithData {
  readonly type?: string
  readonly data?: Readonly<Record<string, string>>
  readonly binaryData?: Readonly<Record<string, string>>
}

export const data = column<WithData>('DATA', (object) =>
  String(Object.keys({ ...object.data, ...object.binaryData }).length),
)

interface Budget {
  readonly spec: { readonly minAvailable?: number | string; readonly maxUnavailable?: number | string }
  readonly status?: { readonly disruptionsAllowed?: number }
}

export const budgets: readonly Column[] = [
  name,
  column<Budget>('MIN AVAILABLE', ({ spec }) => String(spec.minAvailable ?? 'N/A')),
  column<Budget>('MAX UNAVAILABLE', ({ spec }) => String(spec.maxUnavailable ?? 'N/A')),
  column<Budget>('ALLOWED DISRUPTIONS', ({ status }) => String(status?.disruptionsAllowed ?? 0)),
  age,
]
