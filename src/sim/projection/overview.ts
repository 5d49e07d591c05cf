/**
 * The lines of the inspector's first look at an object: what kubectl describe would tell, shortened, as codes and values.
 * Rows for pods, sets and storage lie in overviewRows.ts; what every kind has is added here.
 */
import type { ObjectKey } from '../api/kinds.ts'
import { KINDS, keyOf, partsOfKey } from '../api/kinds.ts'
import { timeOf } from '../api/time.ts'
import type { AnyObject, Kind } from '../api/types.ts'
import { readObject } from '../kernel/apiServer.ts'
import type { World } from '../kernel/types.ts'
import { ofClaim, ofPod, ofRevision, ofSet, ofVolume } from './overviewRows.ts'
import {
  ofBudget,
  ofClass,
  ofEvent,
  ofNamespace,
  ofNode,
  ofPlain,
  ofQuota,
  ofService,
  ofSlice,
} from './overviewRowsOfGround.ts'
import type { OverviewRow } from './types.ts'

function ownRows(world: World, object: AnyObject): readonly OverviewRow[] {
  switch (object.kind) {
    case 'Pod':
      return ofPod(world, object)
    case 'StatefulSet':
      return ofSet(object)
    case 'PersistentVolumeClaim':
      return ofClaim(world, object)
    case 'PersistentVolume':
      return ofVolume(world, object)
    case 'ControllerRevision':
      return ofRevision(object)
    case 'Service':
      return ofService(world, object)
    case 'EndpointSlice':
      return ofSlice(object)
    case 'Node':
      return ofNode(world, object)
    case 'StorageClass':
      return ofClass(world, object)
    case 'Namespace':
      return ofNamespace(object)
    case 'Event':
      return ofEvent(object)
    case 'PodDisruptionBudget':
      return ofBudget(object)
    case 'ResourceQuota':
      return ofQuota(object)
    case 'ConfigMap':
    case 'Secret':
      return ofPlain(object)
  }
}

/** What the metadata of any object tells. */
function commonRows({ metadata }: AnyObject): readonly OverviewRow[] {
  const { namespace, uid, creationTimestamp, deletionTimestamp, finalizers = [], ownerReferences = [] } = metadata
  const time = (code: 'created' | 'deletion', value: string): OverviewRow => ({ code, value, at: timeOf(value) })
  return [
    ...ownerReferences.map(({ kind, name }): OverviewRow => {
      const value = `${kind.toLowerCase()}/${name}`
      return Object.hasOwn(KINDS, kind)
        ? { code: 'owner', value, key: keyOf(kind as Kind, namespace, name) }
        : { code: 'owner', value }
    }),
    ...(finalizers.length > 0 ? [{ code: 'finalizers', value: finalizers.join(', ') } as const] : []),
    time('created', creationTimestamp),
    ...(deletionTimestamp === undefined ? [] : [time('deletion', deletionTimestamp)]),
    { code: 'uid', value: uid },
  ]
}

/** The rows about an object, or none when there is no such object now. */
export function overviewOf(world: World, key: ObjectKey): readonly OverviewRow[] {
  const { kind, namespace, name } = partsOfKey(key)
  const object = readObject(world.objects, kind, namespace, name) as AnyObject | undefined
  return object ? [...ownRows(world, object), ...commonRows(object)] : []
}
