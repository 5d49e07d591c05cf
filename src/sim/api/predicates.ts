/**
 * The questions that controllers ask about a pod, under the names that upstream gives them. Guards of the ordering chart,
 * controllers and guarantees use these and no others, so no rule is written twice.
 * Models: stateful_set_utils.go (isCreated, isTerminating, isRunningAndReady …), pkg/api/v1/pod/util.go (IsPodAvailable), v1.36.
 */
import { timeOf } from './time.ts'
import type { Condition, Container, Pod, SimTime } from './types.ts'

export function conditionOf({ status: { conditions } }: Pod, type: string): Condition | undefined {
  if (conditions) for (const condition of conditions) if (condition.type === type) return condition
  return undefined
}

/** The API server has it: its phase is not empty. */
export const isCreated = (pod: Pod): boolean => (pod.status.phase ?? '') !== ''
export const isPending = (pod: Pod): boolean => pod.status.phase === 'Pending'
export const isFailed = (pod: Pod): boolean => pod.status.phase === 'Failed'
export const isSucceeded = (pod: Pod): boolean => pod.status.phase === 'Succeeded'
export const isTerminal = (pod: Pod): boolean => isFailed(pod) || isSucceeded(pod)
/** Deletion has begun; the time in the timestamp does not matter. */
export const isTerminating = (pod: Pod): boolean => pod.metadata.deletionTimestamp !== undefined
/** The Ready condition is True, whatever the phase. */
export const isReady = (pod: Pod): boolean => conditionOf(pod, 'Ready')?.status === 'True'
export const isRunningAndReady = (pod: Pod): boolean => pod.status.phase === 'Running' && isReady(pod)

/** From when on a Ready pod counts as available, in virtual ms; undefined when it is not Ready. */
export function availableAt(pod: Pod, minReadySeconds: number): SimTime | undefined {
  const ready = conditionOf(pod, 'Ready')
  if (ready?.status !== 'True') return undefined
  if (minReadySeconds === 0) return Number.NEGATIVE_INFINITY
  return ready.lastTransitionTime === undefined ? undefined : timeOf(ready.lastTransitionTime) + minReadySeconds * 1000
}

/** Ready, and for minReadySeconds already (inclusive). The phase is not asked again. */
export function isAvailable(pod: Pod, minReadySeconds: number, now: SimTime): boolean {
  const at = availableAt(pod, minReadySeconds)
  return at !== undefined && at <= now
}

/** An init container that stays: the next one waits only for its start, and it ends after the main ones. */
export const isSidecar = ({ restartPolicy }: Pick<Container, 'restartPolicy'>): boolean => restartPolicy === 'Always'
