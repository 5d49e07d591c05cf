/**
 * Who wakes the StatefulSet controller: a set itself, a pod that it controls, and an orphan that it might adopt. Claims,
 * revisions, services, nodes and volumes wake nobody.
 * Models: pkg/controller/statefulset/stateful_set.go (addPod, updatePod, deletePod, getStatefulSetsForPod), v1.36.
 */
import type { ObjectKey } from '../api/kinds.ts'
import { controllerOf, keyOf, keyOfObject } from '../api/kinds.ts'
import { selects } from '../api/labels.ts'
import type { StrategyContext } from '../api/strategy.ts'
import type { AnyObject, Labels } from '../api/types.ts'
import type { Change, Watch } from '../kernel/types.ts'

/** The set that controls the object, if it is still the same one. */
function owningSet(object: AnyObject | undefined, view: StrategyContext): ObjectKey | undefined {
  const owner = object && controllerOf(object.metadata)
  if (!object || owner?.kind !== 'StatefulSet') return undefined
  const { namespace } = object.metadata
  const set = view.get('StatefulSet', namespace, owner.name)
  return set?.metadata.uid === owner.uid ? keyOf('StatefulSet', namespace, owner.name) : undefined
}

const isEmpty = (labels: Labels | undefined): boolean => !labels || Object.keys(labels).length === 0

function setsThatSelect({ metadata }: AnyObject, view: StrategyContext): readonly ObjectKey[] {
  if (isEmpty(metadata.labels)) return []
  return view
    .list('StatefulSet', metadata.namespace)
    .filter(({ spec }) => selects(spec.selector, metadata.labels))
    .map(keyOfObject)
}

function sameLabels(a: Labels = {}, b: Labels = {}): boolean {
  if (a === b) return true
  const keys = Object.keys(a)
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key])
}

function wakesByPod({ before, after }: Change, view: StrategyContext): readonly ObjectKey[] {
  const earlier = before && controllerOf(before.metadata)
  const later = after && controllerOf(after.metadata)
  const ownerChanged = before !== undefined && after !== undefined && earlier?.uid !== later?.uid
  const keys: ObjectKey[] = []
  const owner = owningSet(after ?? before, view)
  if (owner !== undefined) keys.push(owner)
  const former = ownerChanged ? owningSet(before, view) : undefined
  if (former !== undefined) keys.push(former)
  if (!after || later) return keys
  const worthALook = !before || ownerChanged || !sameLabels(before.metadata.labels, after.metadata.labels)
  return worthALook ? [...keys, ...setsThatSelect(after, view)] : keys
}

export const statefulSetWatches: readonly Watch[] = [
  { kind: 'StatefulSet', wakes: ({ before, after }) => [keyOfObject((after ?? before) as AnyObject)] },
  { kind: 'Pod', wakes: wakesByPod },
]
