/** A new image reaches the pods from the highest ordinal down, each waiting for the one above. */
import type { Scenario } from '../../sim/index.ts'
import { webV1 } from '../manifests/webV1.ts'

export const rollingUpdate: Scenario = {
  id: 'rolling-update',
  manifests: webV1,
  seed: 5,
  beats: [
    { name: 'start', steps: [{ untilQuietWithinMs: 300_000 }] },
    {
      name: 'top',
      steps: [
        { do: { type: 'setImage', namespace: 'default', name: 'web', image: 'registry.k8s.io/nginx-slim:v2' } },
        { until: 'web-2', is: 'Terminating', withinMs: 5_000 },
        { until: 'web-2', is: 'Gone', withinMs: 60_000 },
        { until: 'web-2', is: 'Ready', withinMs: 120_000 },
        { expect: { happened: ['revisionCreated', 'podTerminating web-2', 'podCreated web-2', 'podReady web-2'] } },
        { expect: { neverHappened: ['podTerminating web-1', 'podTerminating web-0'] } },
        { expect: { pods: { 'web-0': '1/1 Running v1', 'web-1': '1/1 Running v1', 'web-2': '1/1 Running v2' } } },
      ],
    },
    {
      name: 'rest',
      steps: [
        { untilQuietWithinMs: 300_000 },
        {
          expect: {
            happened: [
              'podTerminating web-1',
              'podDeleted web-1',
              'podCreated web-1',
              'podReady web-1',
              'podTerminating web-0',
              'podDeleted web-0',
              'podCreated web-0',
              'podReady web-0',
            ],
          },
        },
        { expect: { pods: { 'web-0': '1/1 Running v2', 'web-1': '1/1 Running v2', 'web-2': '1/1 Running v2' } } },
        {
          expect: {
            set: 'web',
            status: { replicas: 3, readyReplicas: 3, currentReplicas: 3, updatedReplicas: 3, rolling: false },
          },
        },
        { expect: { kept: ['PersistentVolumeClaim/default/www-web-0', 'PersistentVolumeClaim/default/www-web-1'] } },
      ],
    },
  ],
}
