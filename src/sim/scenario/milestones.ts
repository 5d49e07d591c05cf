/** How far a pod has come, in the words of stories and of the scripting object. */
import { isFailed, isRunningAndReady, isTerminating } from '../api/predicates.ts'
import { readObject } from '../kernel/apiServer.ts'
import type { World } from '../kernel/types.ts'
import type { PodMilestone } from './types.ts'

/** True when the pod is there now. A terminating pod is neither Running nor Ready. */
export function podHas(world: World, namespace: string, name: string, milestone: PodMilestone): boolean {
  const pod = readObject(world.objects, 'Pod', namespace, name)
  switch (milestone) {
    case 'Created':
      return pod !== undefined
    case 'Running':
      return pod !== undefined && pod.status.phase === 'Running' && !isTerminating(pod)
    case 'Ready':
      return pod !== undefined && isRunningAndReady(pod) && !isTerminating(pod)
    case 'Terminating':
      return pod !== undefined && isTerminating(pod)
    case 'Failed':
      return pod !== undefined && isFailed(pod)
    case 'Gone':
      return pod === undefined
  }
}
