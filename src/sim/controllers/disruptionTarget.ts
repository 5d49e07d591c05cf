/**
 * The condition DisruptionTarget: who ends a pod that would have gone on by itself. Its time moves only when it is new.
 * Models: pkg/api/v1/pod/util.go (UpdatePodCondition), as used by eviction, taint eviction and pod garbage collection, v1.36.
 */
import type { Condition, Pod, Timestamp } from '../api/types.ts'

const TARGET = 'DisruptionTarget'

/** The pod with the condition set to True for this reason. The API server itself does not say which generation it saw. */
export function withTarget(
  pod: Pod,
  reason: string,
  message: string,
  timestamp: Timestamp,
  generation: number | undefined = pod.metadata.generation,
): Pod {
  const { conditions = [] } = pod.status
  const old = conditions.find(({ type }) => type === TARGET)
  const condition: Condition = {
    type: TARGET,
    ...(generation !== undefined && generation > 0 && { observedGeneration: generation }),
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
