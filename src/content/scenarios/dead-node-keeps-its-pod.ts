/** A pod on a node that is gone stays Terminating for ever: nobody can say that its process has ended. */
import type { Scenario } from '../../sim/index.ts'
import { webV1 } from '../manifests/webV1.ts'

export const deadNodeKeepsItsPod: Scenario = {
  id: 'dead-node-keeps-its-pod',
  manifests: webV1,
  seed: 34,
  beats: [
    { name: 'start', steps: [{ until: 'web-2', is: 'Ready', withinMs: 300_000 }] },
    {
      name: 'lost',
      steps: [
        { do: { type: 'powerOffNode', namespace: 'default', name: 'node-2' } },
        { runMs: 60_000 },
        { expect: { neverHappened: ['podTerminating', 'podDeleted'] } },
      ],
    },
    {
      name: 'stillThere',
      steps: [
        { runMs: 1_800_000 },
        { expect: { kept: ['Pod/default/web-1'] } },
        { expect: { happened: ['podTerminating web-1'] } },
        { expect: { neverHappened: ['podDeleted', 'podCreated'] } },
      ],
    },
    {
      name: 'back',
      steps: [
        { do: { type: 'powerOnNode', namespace: 'default', name: 'node-2' } },
        { until: 'web-1', is: 'Gone', withinMs: 300_000 },
        { until: 'web-1', is: 'Ready', withinMs: 300_000 },
        { expect: { replaced: ['Pod/default/web-1'] } },
      ],
    },
  ],
}
