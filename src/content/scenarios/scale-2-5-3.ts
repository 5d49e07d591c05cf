/** Up in ascending order, down in descending order; the claims of the removed pods stay. */
import type { Scenario } from '../../sim/index.ts'
import { web } from '../manifests/web.ts'

export const scale253: Scenario = {
  id: 'scale-2-5-3',
  manifests: web,
  seed: 2,
  beats: [
    {
      name: 'start',
      steps: [
        { untilQuietWithinMs: 120_000 },
        { expect: { pods: { 'web-0': '1/1 Running 0.8', 'web-1': '1/1 Running 0.8' } } },
      ],
    },
    {
      name: 'up',
      steps: [
        { do: { type: 'scaleStatefulSet', namespace: 'default', name: 'web', replicas: 5 } },
        { until: 'web-4', is: 'Ready', withinMs: 300_000 },
        {
          expect: {
            happened: [
              'setScaled web',
              'podCreated web-2',
              'podReady web-2',
              'podCreated web-3',
              'podReady web-3',
              'podCreated web-4',
              'podReady web-4',
            ],
          },
        },
        { untilQuietWithinMs: 60_000 },
      ],
    },
    {
      name: 'down',
      steps: [
        { do: { type: 'scaleStatefulSet', namespace: 'default', name: 'web', replicas: 3 } },
        { until: 'web-4', is: 'Terminating', withinMs: 5_000 },
        { until: 'web-4', is: 'Gone', withinMs: 60_000 },
        { expect: { neverHappened: ['podTerminating web-3'] } },
        { untilQuietWithinMs: 120_000 },
        { expect: { happened: ['podDeleted web-4', 'podTerminating web-3', 'podDeleted web-3'] } },
        { expect: { pods: { 'web-0': '1/1 Running 0.8', 'web-1': '1/1 Running 0.8', 'web-2': '1/1 Running 0.8' } } },
        {
          expect: {
            claims: {
              'www-web-0': 'Bound',
              'www-web-1': 'Bound',
              'www-web-2': 'Bound',
              'www-web-3': 'Bound',
              'www-web-4': 'Bound',
            },
          },
        },
      ],
    },
  ],
}
