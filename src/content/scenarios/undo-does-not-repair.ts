/** Going back to the old template frees nothing: the pod that is stuck has to be deleted by hand. */
import type { Scenario } from '../../sim/index.ts'
import { webV1 } from '../manifests/webV1.ts'

export const undoDoesNotRepair: Scenario = {
  id: 'undo-does-not-repair',
  manifests: webV1,
  seed: 37,
  beats: [
    { name: 'start', steps: [{ untilQuietWithinMs: 300_000 }] },
    {
      name: 'stuck',
      steps: [
        {
          do: { type: 'setImage', namespace: 'default', name: 'web', image: 'registry.k8s.io/nginx-slim:never-ready' },
        },
        { until: 'web-2', is: 'Gone', withinMs: 60_000 },
        { runMs: 120_000 },
        {
          expect: {
            pods: { 'web-0': '1/1 Running v1', 'web-1': '1/1 Running v1', 'web-2': '0/1 Running never-ready' },
          },
        },
      ],
    },
    {
      name: 'undone',
      steps: [
        { do: { type: 'setImage', namespace: 'default', name: 'web', image: 'registry.k8s.io/nginx-slim:v1' } },
        { runMs: 1_800_000 },
        { expect: { kept: ['Pod/default/web-2'] } },
        { expect: { neverHappened: ['podTerminating', 'podDeleted'] } },
        { expect: { waits: 'StatefulSet/default/web', because: ['podNotReady', 'probeFailing'] } },
      ],
    },
    {
      name: 'byHand',
      steps: [
        { do: { type: 'deletePod', namespace: 'default', name: 'web-2' } },
        { untilQuietWithinMs: 120_000 },
        { expect: { pods: { 'web-0': '1/1 Running v1', 'web-1': '1/1 Running v1', 'web-2': '1/1 Running v1' } } },
      ],
    },
  ],
}
