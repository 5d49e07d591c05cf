/** A disruption budget is asked by evictions alone: a rollout takes pods away below it. */
import type { Scenario } from '../../sim/index.ts'
import { strictBudget } from '../manifests/strictBudget.ts'
import { webV1 } from '../manifests/webV1.ts'

export const budgetDoesNotStopARollout: Scenario = {
  id: 'budget-does-not-stop-a-rollout',
  manifests: webV1,
  seed: 35,
  beats: [
    { name: 'start', steps: [{ untilQuietWithinMs: 300_000 }] },
    {
      name: 'budget',
      steps: [
        { apply: strictBudget },
        { runMs: 5_000 },
        { do: { type: 'drainNode', namespace: 'default', name: 'node-2', timeoutSeconds: 30 } },
        { runMs: 60_000 },
        { expect: { neverHappened: ['podTerminating', 'podDeleted'] } },
        { do: { type: 'uncordonNode', namespace: 'default', name: 'node-2' } },
      ],
    },
    {
      name: 'rollout',
      steps: [
        { do: { type: 'setImage', namespace: 'default', name: 'web', image: 'registry.k8s.io/nginx-slim:v2' } },
        { untilQuietWithinMs: 300_000 },
        { expect: { happened: ['podTerminating web-2', 'podTerminating web-1', 'podTerminating web-0'] } },
        { expect: { pods: { 'web-0': '1/1 Running v2', 'web-1': '1/1 Running v2', 'web-2': '1/1 Running v2' } } },
      ],
    },
  ],
}
