/**
 * The condition DisruptionTarget: who ends a pod that would have gone on by itself. Its time moves only when it is new.
 * Models: pkg/api/v1/pod/util.go (UpdatePodCondition), as used by eviction, taint eviction and pod garbage collection, v1.36.
 */
import type { Condition, Pod, Timestamp } from '../api/types.ts'

const TARGET = 'DisruptionTarget'

/** The pod with the condition set to True for this reason. */
export function withTarget(pod: Pod, reason: string, message: string, timestamp: Timestamp): Pod {
  const { conditions = [] } = pod.status
  const old = conditions.find(({ type }) => type === TARGET)
  const condition: Condition = {
    type: TARGET,
    ...(pod.metadata.generation !== undefined && { observedGeneration: pod.metadata.generation }),
    status: 'True',
    lastProbeTime: null,
    lastTransitionTime: (old?.status === 'True' && old.lastTransitionTime) || timestamp,
    reason,
    message,
  }
  return {
    ...pod,
    status: { ...pod.status, conditions: [...conditions.filter(({ type }) => type !== TARGET), condition] },
  }
}
