/**
 * Names a write to a pod: from the end of its life to the details, the weightiest change first. Leaves out what nobody
 * waits for: addresses, start times, conditions other than Ready and PodScheduled.
 */
import type { FactType, NamedChange } from './changes.ts'
import { controllerOf } from './kinds.ts'
import { conditionOf } from './predicates.ts'
import { sameSemantically } from './semanticEquality.ts'
import type { ContainerState, ContainerStatus, Pod } from './types.ts'

const named = (type: FactType, detail: NamedChange['detail'] = {}): NamedChange => ({ type, detail })

const restartsOf = (pod: Pod): number =>
  (pod.status.containerStatuses ?? []).reduce((sum, { restartCount }) => sum + restartCount, 0)

const reasonOf = ({ waiting, terminated }: ContainerState): string | undefined => waiting?.reason ?? terminated?.reason

/** Why a pod is not ready: what holds a container, else what the condition says. */
function unreadyReason(pod: Pod): string {
  for (const { ready, state } of pod.status.containerStatuses ?? []) {
    const reason = ready ? undefined : reasonOf(state)
    if (reason !== undefined) return reason
  }
  return conditionOf(pod, 'Ready')?.reason ?? ''
}

function nameContainerChange(
  before: readonly ContainerStatus[],
  after: readonly ContainerStatus[],
): NamedChange | null {
  for (const { name, state, restartCount } of after) {
    const old = before.find((status) => status.name === name)
    if (restartCount > (old?.restartCount ?? 0))
      return named('containerRestarted', { container: name, count: restartCount })
    const reason = state.waiting?.reason
    if (reason !== undefined && reason !== old?.state.waiting?.reason)
      return named('containerWaiting', { container: name, reason })
    const ended = state.terminated
    if (ended && !old?.state.terminated)
      return named('podUpdated', { container: name, reason: ended.reason, exitCode: ended.exitCode })
  }
  return null
}

const statusesOf = ({ status: { initContainerStatuses = [], containerStatuses = [] } }: Pod) =>
  initContainerStatuses.length === 0 ? containerStatuses : [...initContainerStatuses, ...containerStatuses]

/** The move of a pod from owner to owner, or undefined when it stays. */
function ownership(before: Pod, after: Pod): string | undefined {
  const old = controllerOf(before.metadata)?.uid
  const now = controllerOf(after.metadata)?.uid
  return old === now ? undefined : old === undefined ? 'adopted' : now === undefined ? 'released' : 'ownerReferences'
}

function nameMetaChange(before: Pod, after: Pod): NamedChange | null {
  const grace = after.metadata.deletionGracePeriodSeconds
  if (grace !== undefined && grace !== before.metadata.deletionGracePeriodSeconds)
    return named('podTerminating', { grace })
  const owner = ownership(before, after)
  if (owner) return named('podUpdated', { fields: owner })
  for (const field of ['labels', 'annotations', 'finalizers'] as const)
    if (!sameSemantically(before.metadata[field], after.metadata[field])) return named('podUpdated', { fields: field })
  return null
}

function namePhaseChange(before: Pod, after: Pod): NamedChange | null {
  const { phase, reason } = after.status
  if (phase === before.status.phase) return null
  if (phase === 'Failed') return named('podFailed', { reason: reason ?? unreadyReason(after) })
  return phase === 'Succeeded' ? named('podSucceeded') : null
}

function nameReadiness(before: Pod, after: Pod): NamedChange | null {
  const old = conditionOf(before, 'Ready')?.status ?? 'False'
  const now = conditionOf(after, 'Ready')?.status ?? 'False'
  if (old === now) return null
  return now === 'True'
    ? named('podReady', { restarts: restartsOf(after) })
    : old === 'True'
      ? named('podNotReady', { reason: unreadyReason(after) })
      : null
}

function nameStatusChange(before: Pod, after: Pod): NamedChange | null {
  const weighty = namePhaseChange(before, after) ?? nameReadiness(before, after)
  if (weighty) return weighty
  const container = nameContainerChange(statusesOf(before), statusesOf(after))
  if (container) return container
  if (after.status.phase === 'Running' && before.status.phase !== 'Running') return named('podRunning')
  const scheduled = conditionOf(after, 'PodScheduled')
  if (scheduled?.status === 'False' && scheduled.message !== conditionOf(before, 'PodScheduled')?.message)
    return named('podUpdated', { reason: scheduled.reason ?? '', message: scheduled.message ?? '' })
  return null
}

export function namePodChange(before: Pod, after: Pod): NamedChange | null {
  const node = after.spec.nodeName
  if (node && !before.spec.nodeName) return named('podScheduled', { node })
  if (before.metadata !== after.metadata) {
    const meta = nameMetaChange(before, after)
    if (meta) return meta
  }
  if (before.status !== after.status) {
    const status = nameStatusChange(before, after)
    if (status) return status
  }
  return before.spec === after.spec || sameSemantically(before.spec, after.spec)
    ? null
    : named('podUpdated', { fields: 'spec' })
}
