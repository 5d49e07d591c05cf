/** Scale-down stops when a pod that stays fails: web-1 is not touched until web-0 is back. */
import type { Scenario } from '../../sim/index.ts'
import { webV1 } from '../manifests/webV1.ts'

export const scaleTo1Web0Fails: Scenario = {
  id: 'scale-to-1-web-0-fails',
  manifests: webV1,
  seed: 3,
  beats: [
    { name: 'start', steps: [{ untilQuietWithinMs: 300_000 }] },
    {
      name: 'down',
      steps: [
        { do: { type: 'scaleStatefulSet', namespace: 'default', name: 'web', replicas: 1 } },
        { until: 'web-2', is: 'Gone', withinMs: 60_000 },
        { expect: { neverHappened: ['podTerminating web-1'] } },
      ],
    },
    {
      name: 'fails',
      steps: [
        { do: { type: 'crashContainer', namespace: 'default', name: 'web-0' } },
        { runMs: 500 },
        { expect: { pods: { 'web-0': '0/1 Error v1', 'web-1': '1/1 Running v1' } } },
        { expect: { waits: 'StatefulSet/default/web', because: ['podNotReady', 'containerCrashed'] } },
        { until: 'web-0', is: 'Ready', withinMs: 60_000 },
        { expect: { neverHappened: ['podTerminating web-1'] } },
        { expect: { kept: ['Pod/default/web-0', 'Pod/default/web-1'] } },
      ],
    },
    {
      name: 'goesOn',
      steps: [
        { untilQuietWithinMs: 120_000 },
        { expect: { happened: ['podTerminating web-1', 'podDeleted web-1'] } },
        { expect: { pods: { 'web-0': '1/1 Running v1' } } },
      ],
    },
  ],
}
