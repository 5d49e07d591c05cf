/** Three pods, one after the other: the first thing that a visitor sees. */
import type { Scenario } from '../../sim/index.ts'
import { web } from '../manifests/web.ts'

export const orderedStart: Scenario = {
  id: 'ordered-start',
  manifests: web,
  openingActs: [{ type: 'scaleStatefulSet', namespace: 'default', name: 'web', replicas: 3 }],
  seed: 1,
  beats: [
    {
      name: 'first',
      steps: [
        { until: 'web-0', is: 'Created', withinMs: 5_000 },
        { expect: { happened: ['claimCreated www-web-0', 'podCreated web-0'] } },
        { until: 'web-0', is: 'Running', withinMs: 60_000 },
        { expect: { neverHappened: ['podCreated web-1', 'podCreated web-2'] } },
      ],
    },
    {
      name: 'second',
      steps: [
        { until: 'web-1', is: 'Created', withinMs: 60_000 },
        { expect: { neverHappened: ['podCreated web-2'] } },
        { until: 'web-1', is: 'Ready', withinMs: 60_000 },
        { expect: { happened: ['podCreated web-1', 'podReady web-1'] } },
      ],
    },
    {
      name: 'third',
      steps: [
        { until: 'web-2', is: 'Ready', withinMs: 60_000 },
        { untilQuietWithinMs: 60_000 },
        { expect: { pods: { 'web-0': '1/1 Running 0.8', 'web-1': '1/1 Running 0.8', 'web-2': '1/1 Running 0.8' } } },
        { expect: { claims: { 'www-web-0': 'Bound', 'www-web-1': 'Bound', 'www-web-2': 'Bound' } } },
        { expect: { set: 'web', status: { replicas: 3, readyReplicas: 3, updatedReplicas: 3, rolling: false } } },
        { expect: { names: { 'web-2.nginx.default.svc.cluster.local': ['web-2'] } } },
      ],
    },
  ],
}
