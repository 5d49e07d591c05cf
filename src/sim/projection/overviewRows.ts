/** What the inspector tells of a set and of what it makes: pods, claims, volumes, revisions. */
import { partitionOf, REVISION_LABEL } from '../api/identity.ts'
import type { ObjectKey } from '../api/kinds.ts'
import { keyOf } from '../api/kinds.ts'
import { printSelector } from '../api/labels.ts'
import { switchesOf } from '../api/switches.ts'
import { timeOf } from '../api/time.ts'
import type {
  ControllerRevision,
  PersistentVolume,
  PersistentVolumeClaim,
  Pod,
  StatefulSet,
  StatefulSetSpec,
} from '../api/types.ts'
import { listObjects } from '../kernel/apiServer.ts'
import { get } from '../kernel/sorted.ts'
import type { World } from '../kernel/types.ts'
import { phaseWord, podCells, readyCell, restartsCell, shortAccessModes } from '../kubectl/podStatus.ts'
import type { OverviewCode, OverviewRow } from './types.ts'

export const row = (code: OverviewCode, value: string | number | undefined, key?: ObjectKey): readonly OverviewRow[] =>
  value === undefined || value === '' ? [] : [{ code, value: String(value), ...(key && { key }) }]

export const conditionRows = (
  conditions: readonly { type: string; status: string; reason?: string; lastTransitionTime?: string }[] = [],
): readonly OverviewRow[] =>
  conditions.map(({ type, status, reason, lastTransitionTime }) => ({
    code: 'condition',
    value: `${type}=${status}${reason ? ` (${reason})` : ''}`,
    ...(lastTransitionTime !== undefined && { at: timeOf(lastTransitionTime) }),
  }))

export function ofPod(world: World, pod: Pod): readonly OverviewRow[] {
  const { metadata, spec, status } = pod
  const cells = podCells(pod, switchesOf(world.settings))
  const claims = (spec.volumes ?? []).flatMap(({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName ?? [])
  return [
    ...row('status', cells.status),
    ...row('ready', readyCell(cells)),
    ...row('restarts', restartsCell(cells, world.now)),
    ...row('reason', status.reason),
    ...row('message', status.message),
    ...row('node', spec.nodeName, keyOf('Node', undefined, spec.nodeName ?? '')),
    ...row('ip', status.podIPs?.map(({ ip }) => ip).join(', ')),
    ...row('host', spec.hostname && (spec.subdomain ? `${spec.hostname}.${spec.subdomain}` : spec.hostname)),
    ...revisionRow('revision', metadata.namespace, metadata.labels?.[REVISION_LABEL]),
    ...(spec.initContainers ?? []).flatMap(({ name, image }) => [
      ...row('initContainer', name),
      ...row('image', image),
    ]),
    ...spec.containers.flatMap(({ name, image }) => [...row('container', name), ...row('image', image)]),
    ...claims.flatMap((claim) => row('claim', claim, keyOf('PersistentVolumeClaim', metadata.namespace, claim))),
    ...row('gracePeriod', `${spec.terminationGracePeriodSeconds ?? 30}s`),
    ...conditionRows(status.conditions),
  ]
}

const revisionRow = (code: OverviewCode, namespace: string | undefined, name: string | undefined) =>
  row(code, name, keyOf('ControllerRevision', namespace, name ?? ''))

function strategyText({ updateStrategy }: StatefulSetSpec): string {
  const unavailable = updateStrategy.rollingUpdate?.maxUnavailable
  return unavailable === undefined ? updateStrategy.type : `${updateStrategy.type} (maxUnavailable ${unavailable})`
}

export function ofSet(set: StatefulSet): readonly OverviewRow[] {
  const { metadata, spec, status } = set
  const { replicas, readyReplicas = 0, availableReplicas = 0, updatedReplicas = 0 } = status
  const retention = spec.persistentVolumeClaimRetentionPolicy
  return [
    ...row('replicas', `${replicas}/${spec.replicas}`),
    ...row('ready', `${readyReplicas}/${spec.replicas}`),
    ...row('count', `available=${availableReplicas}, updated=${updatedReplicas}`),
    ...row('podManagement', spec.podManagementPolicy),
    ...row('strategy', strategyText(spec)),
    ...(spec.updateStrategy.type === 'RollingUpdate' ? row('partition', partitionOf(set)) : []),
    ...row('minReadySeconds', spec.minReadySeconds ?? 0),
    ...row('service', spec.serviceName, keyOf('Service', metadata.namespace, spec.serviceName)),
    ...row('selector', printSelector(spec.selector)),
    ...revisionRow('currentRevision', metadata.namespace, status.currentRevision),
    ...revisionRow('updateRevision', metadata.namespace, status.updateRevision),
    ...spec.template.spec.containers.flatMap(({ name, image }) => [...row('container', name), ...row('image', image)]),
    ...row('retention', retention && `whenDeleted=${retention.whenDeleted}, whenScaled=${retention.whenScaled}`),
  ]
}

export function ofClaim(world: World, claim: PersistentVolumeClaim): readonly OverviewRow[] {
  const { metadata, spec, status } = claim
  const users = listObjects(world.objects, 'Pod', metadata.namespace).filter(({ spec: { volumes = [] } }) =>
    volumes.some(({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName === metadata.name),
  )
  const volume = spec.volumeName
  const className = spec.storageClassName
  return [
    ...row('status', phaseWord(claim)),
    ...row('volume', volume, keyOf('PersistentVolume', undefined, volume ?? '')),
    ...row('capacity', status.capacity?.storage ?? spec.resources?.requests?.storage),
    ...row('accessModes', shortAccessModes(status.accessModes ?? spec.accessModes)),
    ...row('class', className, keyOf('StorageClass', undefined, className ?? '')),
    ...users.flatMap((pod) => row('usedBy', pod.metadata.name, keyOf('Pod', metadata.namespace, pod.metadata.name))),
    ...fileRows(world, volume),
  ]
}

/** Of a long file its beginning. */
const begun = (text: string): string => (text.length > MOST_TEXT ? `${text.slice(0, MOST_TEXT)}…` : text)
const MOST_TEXT = 400

const fileRows = (world: World, volume: string | undefined): readonly OverviewRow[] =>
  volume === undefined
    ? []
    : Object.entries(get(world.disks, volume) ?? {}).flatMap(([path, text]) => row('file', `${path}: ${begun(text)}`))

export function ofVolume(world: World, volume: PersistentVolume): readonly OverviewRow[] {
  const { metadata, spec } = volume
  const { claimRef } = spec
  return [
    ...row('status', phaseWord(volume)),
    ...row('claim', claimRef?.name, keyOf('PersistentVolumeClaim', claimRef?.namespace, claimRef?.name ?? '')),
    ...row('capacity', spec.capacity.storage),
    ...row('accessModes', shortAccessModes(spec.accessModes)),
    ...row('reclaimPolicy', spec.persistentVolumeReclaimPolicy),
    ...row('class', spec.storageClassName, keyOf('StorageClass', undefined, spec.storageClassName ?? '')),
    ...fileRows(world, metadata.name),
  ]
}

export const ofRevision = ({ revision, data }: ControllerRevision): readonly OverviewRow[] => [
  ...row('revision', revision),
  ...data.spec.template.spec.containers.flatMap(({ name, image }) => [
    ...row('container', name),
    ...row('image', image),
  ]),
]
