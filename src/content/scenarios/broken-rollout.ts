/** An image that cannot be pulled: the rollout sticks, going back does not free it, deleting the pod by hand does. */
import type { Scenario } from '../../sim/index.ts'
import { webV1 } from '../manifests/webV1.ts'

export const brokenRollout: Scenario = {
  id: 'broken-rollout',
  manifests: webV1,
  seed: 10,
  beats: [
    { name: 'start', steps: [{ untilQuietWithinMs: 300_000 }] },
    {
      name: 'stuck',
      steps: [
        { do: { type: 'setImage', namespace: 'default', name: 'web', image: 'registry.k8s.io/nginx-slim:bad' } },
        { until: 'web-2', is: 'Gone', withinMs: 60_000 },
        { runMs: 300_000 },
        { expect: { neverHappened: ['podTerminating web-1', 'podTerminating web-0'] } },
        {
          expect: {
            pods: { 'web-0': '1/1 Running v1', 'web-1': '1/1 Running v1', 'web-2': '0/1 ImagePullBackOff bad' },
          },
        },
        {
          expect: {
            set: 'web',
            status: { replicas: 3, readyReplicas: 2, currentReplicas: 2, updatedReplicas: 1, rolling: true },
          },
        },
        { expect: { waits: 'StatefulSet/default/web', because: ['podNotReady', 'imageCannotBePulled'] } },
      ],
    },
    {
      name: 'stillStuck',
      steps: [
        { do: { type: 'setImage', namespace: 'default', name: 'web', image: 'registry.k8s.io/nginx-slim:v1' } },
        { runMs: 600_000 },
        { expect: { happened: ['revisionRenumbered'] } },
        { expect: { neverHappened: ['podTerminating', 'podDeleted', 'revisionCreated'] } },
        { expect: { kept: ['Pod/default/web-2'] } },
        {
          expect: {
            set: 'web',
            status: { replicas: 3, readyReplicas: 2, currentReplicas: 2, updatedReplicas: 2, rolling: false },
          },
        },
      ],
    },
    {
      name: 'freed',
      steps: [
        { do: { type: 'deletePod', namespace: 'default', name: 'web-2' } },
        { untilQuietWithinMs: 120_000 },
        { expect: { pods: { 'web-0': '1/1 Running v1', 'web-1': '1/1 Running v1', 'web-2': '1/1 Running v1' } } },
        {
          expect: { set: 'web', status: { readyReplicas: 3, currentReplicas: 3, updatedReplicas: 3, rolling: false } },
        },
      ],
    },
  ],
}
