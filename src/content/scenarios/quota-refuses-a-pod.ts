/** A quota leaves no room for the third pod: the set waits and tries again, and a rollout needs no room to spare. */
import type { Scenario } from '../../sim/index.ts'
import { twoPods } from '../manifests/twoPods.ts'
import { webV1 } from '../manifests/webV1.ts'

export const quotaRefusesAPod: Scenario = {
  id: 'quota-refuses-a-pod',
  manifests: `${twoPods}---\n${webV1}`,
  seed: 44,
  beats: [
    {
      name: 'start',
      steps: [
        { runMs: 40_000 },
        { expect: { pods: { 'web-0': '1/1 Running v1', 'web-1': '1/1 Running v1' } } },
        { expect: { waits: 'Pod/default/web-2', because: ['quotaExceeded'] } },
      ],
    },
    {
      name: 'raise',
      steps: [
        {
          do: {
            type: 'patchObject',
            kind: 'resourcequotas',
            namespace: 'default',
            name: 'two-pods',
            patch: { spec: { hard: { pods: '3' } } },
          },
        },
        { runMs: 1_000 },
        { expect: { happened: ['quotaStatusWritten two-pods'], neverHappened: ['podCreated'] } },
        { untilQuietWithinMs: 120_000 },
        { expect: { happened: ['podCreated web-2', 'podReady web-2'] } },
      ],
    },
    {
      name: 'rollout',
      steps: [
        { do: { type: 'setImage', namespace: 'default', name: 'web', image: 'registry.k8s.io/nginx-slim:v2' } },
        { untilQuietWithinMs: 300_000 },
        { expect: { pods: { 'web-0': '1/1 Running v2', 'web-1': '1/1 Running v2', 'web-2': '1/1 Running v2' } } },
      ],
    },
  ],
}
