/**
 * Names a write: what it meant, judged from the object before and after alone. One write has one name, the weightiest that
 * fits; what else it did stands in the detail where a reader would miss it. Runs on every write: only identities and the
 * few fields that matter are compared.
 */
import type { FactType, NameChange, NamedChange } from './changes.ts'
import { REVISION_LABEL } from './identity.ts'
import { namePodChange } from './namePodChange.ts'
import { timesSeen } from './seenEvent.ts'
import { sameSemantically } from './semanticEquality.ts'
import type {
  AnyObject,
  ControllerRevision,
  EndpointSlice,
  Event,
  Node,
  ObjectMeta,
  PersistentVolume,
  PersistentVolumeClaim,
  Pod,
  PodDisruptionBudget,
  ResourceQuota,
  StatefulSet,
  StatefulSetSpec,
  Taint,
} from './types.ts'

const named = (type: FactType, detail: NamedChange['detail'] = {}): NamedChange => ({ type, detail })

/** Deletion has begun with this write. */
const beganEnding = (before: ObjectMeta, after: ObjectMeta): boolean =>
  before.deletionTimestamp === undefined && after.deletionTimestamp !== undefined

const META_PARTS = ['labels', 'annotations', 'ownerReferences', 'finalizers'] as const

/** The parts of the metadata that differ: `labels,ownerReferences`; '' for none. */
function changedMeta(before: ObjectMeta, after: ObjectMeta): string {
  if (before === after) return ''
  return META_PARTS.filter((part) => before[part] !== after[part] && !sameSemantically(before[part], after[part])).join(
    ',',
  )
}

function changedFields(before: StatefulSetSpec, after: StatefulSetSpec): string[] {
  if (before === after) return []
  const fields = Object.keys({ ...before, ...after }) as (keyof StatefulSetSpec)[]
  return fields.filter((field) => before[field] !== after[field] && !sameSemantically(before[field], after[field]))
}

function nameSetChange(before: StatefulSet, after: StatefulSet): NamedChange | null {
  if (beganEnding(before.metadata, after.metadata)) return named('setTerminating')
  const fields = changedFields(before.spec, after.spec)
  const scale = fields.includes('replicas') ? { from: before.spec.replicas, to: after.spec.replicas } : undefined
  if (scale && fields.length === 1) return named('setScaled', scale)
  const meta = changedMeta(before.metadata, after.metadata)
  const all = meta === '' ? fields : [...fields, ...meta.split(',')]
  if (all.length > 0) return named('setUpdated', { fields: all.join(','), ...scale })
  if (before.status === after.status) return null
  const { status } = after
  return named('setStatusWritten', {
    replicas: status.replicas,
    ready: status.readyReplicas ?? 0,
    available: status.availableReplicas ?? 0,
    current: status.currentReplicas ?? 0,
    updated: status.updatedReplicas ?? 0,
    currentRevision: status.currentRevision ?? '',
    updateRevision: status.updateRevision ?? '',
  })
}

function nameRevisionChange(before: ControllerRevision, after: ControllerRevision): NamedChange | null {
  if (before.revision !== after.revision)
    return named('revisionRenumbered', { from: before.revision, to: after.revision })
  return nameOtherChange(before, after)
}

function nameClaimChange(before: PersistentVolumeClaim, after: PersistentVolumeClaim): NamedChange | null {
  if (beganEnding(before.metadata, after.metadata)) return named('claimTerminating')
  const { phase } = after.status
  if (phase !== before.status.phase)
    return phase === 'Bound'
      ? named('claimBound', { volume: after.spec.volumeName ?? '' })
      : named('claimUpdated', { phase })
  const asks = after.spec.resources?.requests?.storage
  if (asks !== before.spec.resources?.requests?.storage) return named('claimUpdated', { asks: asks ?? '' })
  const size = after.status.capacity?.storage
  if (size !== before.status.capacity?.storage) return named('claimUpdated', { size: size ?? '' })
  const fields = changedMeta(before.metadata, after.metadata)
  return fields === '' ? null : named('claimUpdated', { fields })
}

const claimNameOfVolume = (volume: PersistentVolume): string => volume.spec.claimRef?.name ?? ''

function nameVolumeChange(before: PersistentVolume, after: PersistentVolume): NamedChange | null {
  if (beganEnding(before.metadata, after.metadata)) return named('objectTerminating')
  const { phase } = after.status
  const claim = claimNameOfVolume(after)
  const size = after.spec.capacity?.storage
  if (phase === before.status.phase) {
    if (claim !== claimNameOfVolume(before)) return named('volumeUpdated', { claim })
    return size === before.spec.capacity?.storage ? null : named('volumeUpdated', { size: size ?? '' })
  }
  if (phase === 'Bound') return named('volumeBound', { claim })
  if (phase === 'Released') return named('volumeReleased', { claim })
  return named('volumeUpdated', { phase })
}

function nameBudgetChange(before: PodDisruptionBudget, after: PodDisruptionBudget): NamedChange | null {
  if (before.status === after.status) return nameOtherChange(before, after)
  const { disruptionsAllowed, currentHealthy, desiredHealthy, expectedPods } = after.status
  return named('budgetStatusWritten', {
    allowed: disruptionsAllowed,
    healthy: currentHealthy,
    desired: desiredHealthy,
    expected: expectedPods,
  })
}

/** What is used of what there may be, by resource. */
function nameQuotaChange(before: ResourceQuota, after: ResourceQuota): NamedChange | null {
  const { hard = {}, used = {} } = after.status
  if (before.status === after.status) return nameOtherChange(before, after)
  const counts = Object.keys(hard).map((resource) => [resource, `${used[resource] ?? '?'}/${hard[resource]}`])
  return named('quotaStatusWritten', Object.fromEntries(counts))
}

function nameNodeChange(before: Node, after: Node): NamedChange | null {
  const closed = after.spec.unschedulable === true
  if (closed !== (before.spec.unschedulable === true)) return named(closed ? 'nodeCordoned' : 'nodeUncordoned')
  const ready = readyStatus(after)
  if (ready !== readyStatus(before)) return named(ready === 'True' ? 'nodeReady' : 'nodeNotReady', { ready })
  if (!sameSemantically(before.spec.taints, after.spec.taints))
    return named('nodeTaintsChanged', { taints: (after.spec.taints ?? []).map(taintText).join(' ') })
  return nameOtherChange(before, after)
}

const readyStatus = ({ status }: Node): string =>
  status.conditions?.find(({ type }) => type === 'Ready')?.status ?? 'Unknown'

/** As kubectl writes a taint: `key=value:effect`. */
const taintText = ({ key, value, effect }: Taint): string => `${key}${value ? `=${value}` : ''}:${effect}`

function nameEndpoints(after: EndpointSlice): NamedChange {
  const ready = after.endpoints.filter(({ conditions }) => conditions.ready).length
  return named('endpointsChanged', { ready, endpoints: after.endpoints.length })
}

const nameEvent = (event: Event): NamedChange => {
  const { type, reason, message, involvedObject } = event
  return named('eventRecorded', {
    type,
    reason,
    message,
    about: `${involvedObject.kind}/${involvedObject.namespace ?? ''}/${involvedObject.name}`,
    count: timesSeen(event),
  })
}

/** Kinds without words of their own. */
function nameOtherChange(before: AnyObject, after: AnyObject): NamedChange | null {
  if (beganEnding(before.metadata, after.metadata)) return named('objectTerminating')
  const fields = changedMeta(before.metadata, after.metadata)
  const { metadata: _before, ...rest } = before
  const { metadata: _after, ...others } = after
  if (fields === '' && sameSemantically(rest, others)) return null
  return named('objectUpdated', fields === '' ? {} : { fields })
}

function nameUpdate(before: AnyObject, after: AnyObject): NamedChange | null {
  switch (after.kind) {
    case 'Pod':
      return namePodChange(before as Pod, after)
    case 'StatefulSet':
      return nameSetChange(before as StatefulSet, after)
    case 'ControllerRevision':
      return nameRevisionChange(before as ControllerRevision, after)
    case 'PersistentVolumeClaim':
      return nameClaimChange(before as PersistentVolumeClaim, after)
    case 'PersistentVolume':
      return nameVolumeChange(before as PersistentVolume, after)
    case 'EndpointSlice':
      return sameSemantically((before as EndpointSlice).endpoints, after.endpoints) ? null : nameEndpoints(after)
    case 'Event':
      return nameEvent(after)
    case 'Node':
      return nameNodeChange(before as Node, after)
    case 'PodDisruptionBudget':
      return nameBudgetChange(before as PodDisruptionBudget, after)
    case 'ResourceQuota':
      return nameQuotaChange(before as ResourceQuota, after)
    case 'ConfigMap':
    case 'Namespace':
    case 'Secret':
    case 'Service':
    case 'StorageClass':
      return nameOtherChange(before, after)
  }
}

function nameCreate(after: AnyObject): NamedChange {
  switch (after.kind) {
    case 'Pod':
      return named('podCreated', {
        revision: after.metadata.labels?.[REVISION_LABEL] ?? '',
        image: after.spec.containers[0]?.image ?? '',
      })
    case 'StatefulSet':
      return named('setCreated', { replicas: after.spec.replicas })
    case 'ControllerRevision':
      return named('revisionCreated', { revision: after.revision })
    case 'PersistentVolumeClaim':
      return named('claimCreated', { storageClass: after.spec.storageClassName ?? '' })
    case 'PersistentVolume':
      return named('volumeCreated', { claim: claimNameOfVolume(after) })
    case 'EndpointSlice':
      return after.endpoints.length > 0 ? nameEndpoints(after) : named('objectCreated')
    case 'Event':
      return nameEvent(after)
    case 'ConfigMap':
    case 'Namespace':
    case 'Node':
    case 'PodDisruptionBudget':
    case 'ResourceQuota':
    case 'Secret':
    case 'Service':
    case 'StorageClass':
      return named('objectCreated')
  }
}

function nameRemoval(before: AnyObject): NamedChange | null {
  switch (before.kind) {
    case 'Pod':
      return named('podDeleted', { revision: before.metadata.labels?.[REVISION_LABEL] ?? '' })
    case 'StatefulSet':
      return named('setDeleted')
    case 'ControllerRevision':
      return named('revisionDeleted', { revision: before.revision })
    case 'PersistentVolumeClaim':
      return named('claimDeleted')
    case 'PersistentVolume':
      return named('volumeDeleted')
    // An event that expires says nothing.
    case 'Event':
      return null
    case 'ConfigMap':
    case 'EndpointSlice':
    case 'Namespace':
    case 'Node':
    case 'PodDisruptionBudget':
    case 'ResourceQuota':
    case 'Secret':
    case 'Service':
    case 'StorageClass':
      return named('objectDeleted')
  }
}

export const nameChange: NameChange = (before, after) =>
  after === undefined
    ? before === undefined
      ? null
      : nameRemoval(before)
    : before === undefined
      ? nameCreate(after)
      : nameUpdate(before, after)
