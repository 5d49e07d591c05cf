/** A container that fails again and again leaves its pod Running; Failed is what a node makes of a pod that it gives up. */
import type { Scenario } from '../../sim/index.ts'
import { webV1 } from '../manifests/webV1.ts'

export const crashingIsNotFailed: Scenario = {
  id: 'crashing-is-not-failed',
  manifests: webV1,
  seed: 40,
  beats: [
    { name: 'start', steps: [{ untilQuietWithinMs: 300_000 }] },
    {
      name: 'crashing',
      steps: [
        { do: { type: 'setImage', namespace: 'default', name: 'web', image: 'registry.k8s.io/nginx-slim:crash' } },
        { until: 'web-2', is: 'Gone', withinMs: 60_000 },
        { runMs: 600_000 },
        {
          expect: {
            pods: { 'web-0': '1/1 Running v1', 'web-1': '1/1 Running v1', 'web-2': '0/1 CrashLoopBackOff crash' },
          },
        },
        { expect: { happened: ['containerRestarted web-2', 'containerRestarted web-2', 'containerRestarted web-2'] } },
        { expect: { neverHappened: ['podFailed', 'podTerminating web-1'] } },
      ],
    },
    {
      name: 'failed',
      steps: [
        { do: { type: 'failPod', namespace: 'default', name: 'web-1' } },
        { until: 'web-1', is: 'Failed', withinMs: 60_000 },
        { runMs: 30_000 },
        { expect: { happened: ['podFailed web-1', 'podDeleted web-1', 'podCreated web-1'] } },
      ],
    },
  ],
}
