/** A pod that is not Ready stays as long as it likes; one whose node gave it up is replaced. */
import type { Scenario } from '../../sim/index.ts'
import { webV1 } from '../manifests/webV1.ts'

export const notReadyIsKept: Scenario = {
  id: 'not-ready-is-kept',
  manifests: webV1,
  seed: 33,
  beats: [
    { name: 'start', steps: [{ untilQuietWithinMs: 300_000 }] },
    {
      name: 'kept',
      steps: [
        { do: { type: 'setReadiness', namespace: 'default', name: 'web-1', ready: false } },
        { runMs: 1_800_000 },
        { expect: { kept: ['Pod/default/web-1'] } },
        { expect: { neverHappened: ['podTerminating', 'podDeleted', 'podCreated'] } },
        { expect: { pods: { 'web-0': '1/1 Running v1', 'web-1': '0/1 Running v1', 'web-2': '1/1 Running v1' } } },
      ],
    },
    {
      name: 'failed',
      steps: [
        { do: { type: 'failPod', namespace: 'default', name: 'web-1' } },
        { until: 'web-1', is: 'Failed', withinMs: 60_000 },
        { untilQuietWithinMs: 300_000 },
        { expect: { happened: ['podFailed web-1', 'podDeleted web-1', 'podCreated web-1', 'podReady web-1'] } },
        { expect: { replaced: ['Pod/default/web-1'] } },
      ],
    },
  ],
}
