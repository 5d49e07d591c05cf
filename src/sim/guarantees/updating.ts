/**
 * UPD and HLT: which pods an update may delete, which revision a new pod gets, and that nothing else is ever replaced.
 * Models: pkg/controller/statefulset/stateful_set_control.go (rolling update phase), stateful_set_utils.go
 * (newVersionedStatefulSetPod, getStatefulSetMaxUnavailable), v1.36. (1.37: kubernetes/kubernetes#137666)
 */
import { countOf } from '../api/countOrPercent.ts'
import { endOrdinal, inRange, partitionOf, podNameOf, startOrdinal } from '../api/identity.ts'
import { keyOfObject } from '../api/kinds.ts'
import { isTerminal } from '../api/predicates.ts'
import { switchesOf } from '../api/switches.ts'
import type { Pod, StatefulSet } from '../api/types.ts'
import { readObject } from '../kernel/apiServer.ts'
import type { Rule } from '../kernel/types.ts'
import { revisionOf } from './census.ts'
import { actionRule, syncRule } from './findings.ts'
import type { Sync } from './sync.ts'
import { currentRevisionOf } from './sync.ts'

const gateOn = ({ step }: Sync): boolean => switchesOf(step.before.settings).MaxUnavailableStatefulSet

/** From 1.37 on, in Parallel, pods that were not available anyway are deleted whatever the budget. */
const isFree = ({ step, ordered, census }: Sync, pod: Pod): boolean =>
  !ordered && switchesOf(step.before.settings).replacesBrokenPodsBeyondBudget && !census.isSound(pod)

const fromTheTop = syncRule('UPD-1', (sync, findings) => {
  const updates = sync.actions.filter(({ kind }) => kind === 'update')
  if (updates.length === 0 || gateOn(sync)) return
  const { census, set, updateRevision } = sync
  for (const { pod, ordinal, key } of updates) {
    const { name } = pod.metadata
    findings.expect(
      revisionOf(pod) !== updateRevision,
      key,
      () => `${name} was deleted although it is at the update revision`,
    )
    findings.expect(
      census.highestNotAt(updateRevision) <= ordinal && census.clear(ordinal + 1, endOrdinal(set)),
      key,
      () => `${name} was deleted before every higher ordinal was updated and available`,
    )
  }
  findings.expect(updates.length === 1, sync.key, () => `one sync deleted ${updates.length} pods for an update`)
})

/** How many pods may be unavailable at once: a percentage is rounded down, and at least one is always allowed. */
export function maxUnavailable({ spec }: StatefulSet): number {
  const given = spec.updateStrategy.rollingUpdate?.maxUnavailable ?? 1
  return Math.max(1, countOf(given, spec.replicas, Math.floor))
}

const withinBudget = syncRule('UPD-2', (sync, findings) => {
  const updates = sync.actions.filter(({ kind, pod }) => kind === 'update' && !isFree(sync, pod))
  if (updates.length === 0 || !gateOn(sync)) return
  const { census, set, key } = sync
  const unavailable = set.spec.replicas - census.sound(startOrdinal(set), endOrdinal(set))
  const allowed = Math.max(0, maxUnavailable(set) - unavailable)
  findings.expect(
    updates.length <= allowed,
    key,
    () => `${updates.length} pods were deleted for an update where ${allowed} were allowed`,
  )
})

/** The revision that a new pod must get. */
function wantedRevision(sync: Sync, ordinal: number): string {
  const { set, updateRevision } = sync
  const { type, rollingUpdate } = set.spec.updateStrategy
  const kept = rollingUpdate ? partitionOf(set) : (set.status.currentReplicas ?? 0)
  const old = type === 'RollingUpdate' && ordinal < startOrdinal(set) + kept
  return old ? currentRevisionOf(sync) : updateRevision
}

const partition = actionRule('UPD-3', ({ kind, pod, ordinal, key }, sync, findings) => {
  const { name } = pod.metadata
  if (kind === 'create')
    findings.expect(
      revisionOf(pod) === wantedRevision(sync, ordinal),
      key,
      () => `${name} was created at ${revisionOf(pod)} instead of ${wantedRevision(sync, ordinal)}`,
    )
  if (kind === 'update')
    findings.expect(
      ordinal - startOrdinal(sync.set) >= partitionOf(sync.set),
      key,
      () => `${name} lies below the partition and was deleted for an update`,
    )
})

const onDelete = actionRule('UPD-4', ({ kind, pod, key }, { set }, findings) => {
  if (set.spec.updateStrategy.type !== 'OnDelete' || kind === 'create') return
  findings.expect(kind !== 'update', key, () => `${pod.metadata.name} was deleted for an update under OnDelete`)
})

const noSurge = actionRule('UPD-5', ({ kind, pod, ordinal, key }, { step, set }, findings) => {
  if (kind !== 'create') return
  const { namespace, name } = pod.metadata
  // Up to 1.30 a pod that has ended is removed by the very sync that creates it anew.
  const isReplaced = step.changes.some(
    ({ before, after }) => before?.kind === 'Pod' && !after && keyOfObject(before) === key && isTerminal(before),
  )
  const old = readObject(step.before.objects, 'Pod', namespace, podNameOf(set.metadata.name, ordinal))
  findings.expect(
    inRange(set, ordinal) && (!old || isReplaced),
    key,
    () => `${name} was created beyond the set's size or before the old one was gone`,
  )
})

const neverForHealth = actionRule('HLT-1', ({ kind, pod, key }, { set, updateRevision }, findings) => {
  if (kind !== 'replaceTerminal' && kind !== 'update') return
  const rolled = set.spec.updateStrategy.type === 'RollingUpdate' && revisionOf(pod) !== updateRevision
  findings.expect(
    kind === 'replaceTerminal' || rolled,
    key,
    () => `${pod.metadata.name} was deleted although it had not ended and no update reached it`,
  )
})

export const UPDATING: readonly Rule[] = [fromTheTop, withinBudget, partition, onDelete, noSurge, neverForHealth]
