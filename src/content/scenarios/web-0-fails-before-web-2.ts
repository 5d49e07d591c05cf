/** web-0 crashes after web-1 is Ready and before web-2 exists: web-2 waits until web-0 is back. */
import type { Scenario } from '../../sim/index.ts'
import { webV1 } from '../manifests/webV1.ts'

export const web0FailsBeforeWeb2: Scenario = {
  id: 'web-0-fails-before-web-2',
  manifests: webV1,
  seed: 4,
  beats: [
    {
      name: 'start',
      steps: [{ until: 'web-1', is: 'Ready', withinMs: 120_000 }, { expect: { neverHappened: ['podCreated web-2'] } }],
    },
    {
      name: 'fails',
      steps: [
        { do: { type: 'crashContainer', namespace: 'default', name: 'web-0' } },
        { runMs: 500 },
        { expect: { pods: { 'web-0': '0/1 Error v1', 'web-1': '1/1 Running v1' } } },
        { expect: { waits: 'Pod/default/web-2', because: ['predecessorBlocks', 'containerCrashed'] } },
        { until: 'web-0', is: 'Ready', withinMs: 60_000 },
        { expect: { neverHappened: ['podCreated web-2'] } },
        { expect: { kept: ['Pod/default/web-0', 'Pod/default/web-1'] } },
      ],
    },
    {
      name: 'goesOn',
      steps: [
        { until: 'web-2', is: 'Ready', withinMs: 120_000 },
        { untilQuietWithinMs: 60_000 },
        { expect: { pods: { 'web-0': '1/1 Running v1', 'web-1': '1/1 Running v1', 'web-2': '1/1 Running v1' } } },
      ],
    },
  ],
}
