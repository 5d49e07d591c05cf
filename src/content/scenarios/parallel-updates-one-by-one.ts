/** Parallel creates and removes at once; an update still replaces one pod at a time, from the top. */
import type { Scenario } from '../../sim/index.ts'
import { webParallel } from '../manifests/webParallel.ts'

export const parallelUpdatesOneByOne: Scenario = {
  id: 'parallel-updates-one-by-one',
  manifests: webParallel,
  seed: 32,
  beats: [
    {
      name: 'start',
      steps: [
        { runMs: 100 },
        {
          expect: {
            happened: ['podCreated web-0', 'podCreated web-1', 'podCreated web-2', 'podCreated web-3', 'podScheduled'],
          },
        },
        { untilQuietWithinMs: 300_000 },
      ],
    },
    {
      name: 'top',
      steps: [
        { do: { type: 'setImage', namespace: 'default', name: 'web', image: 'registry.k8s.io/nginx-slim:v2' } },
        { until: 'web-3', is: 'Gone', withinMs: 60_000 },
        { expect: { neverHappened: ['podTerminating web-2', 'podTerminating web-1', 'podTerminating web-0'] } },
      ],
    },
    {
      name: 'rest',
      steps: [
        { untilQuietWithinMs: 300_000 },
        {
          expect: {
            happened: [
              'podReady web-3',
              'podTerminating web-2',
              'podReady web-2',
              'podTerminating web-1',
              'podReady web-1',
              'podTerminating web-0',
              'podReady web-0',
            ],
          },
        },
      ],
    },
    {
      name: 'down',
      steps: [
        { do: { type: 'scaleStatefulSet', namespace: 'default', name: 'web', replicas: 1 } },
        { runMs: 100 },
        { expect: { happened: ['podTerminating web-3', 'podTerminating web-2', 'podTerminating web-1'] } },
        { untilQuietWithinMs: 300_000 },
        { expect: { pods: { 'web-0': '1/1 Running v2' } } },
      ],
    },
  ],
}
