/** Pods are created in order and never again lined up: web-0 may be the last one to be Ready. */
import type { Scenario } from '../../sim/index.ts'
import { webV1 } from '../manifests/webV1.ts'

export const readyOutOfOrder: Scenario = {
  id: 'ready-out-of-order',
  manifests: webV1,
  seed: 31,
  beats: [
    { name: 'start', steps: [{ untilQuietWithinMs: 300_000 }] },
    {
      name: 'notReady',
      steps: [
        { do: { type: 'setReadiness', namespace: 'default', name: 'web-0', ready: false } },
        { runMs: 60_000 },
        { expect: { pods: { 'web-0': '0/1 Running v1', 'web-1': '1/1 Running v1', 'web-2': '1/1 Running v1' } } },
        { expect: { neverHappened: ['podNotReady web-1', 'podNotReady web-2', 'podTerminating'] } },
      ],
    },
    {
      name: 'createdLast',
      steps: [
        { do: { type: 'deletePod', namespace: 'default', name: 'web-0' } },
        { until: 'web-0', is: 'Gone', withinMs: 60_000 },
        { expect: { pods: { 'web-1': '1/1 Running v1', 'web-2': '1/1 Running v1' } } },
        { untilQuietWithinMs: 300_000 },
        { expect: { happened: ['podDeleted web-0', 'podCreated web-0', 'podReady web-0'] } },
        { expect: { kept: ['Pod/default/web-1', 'Pod/default/web-2'] } },
      ],
    },
  ],
}
