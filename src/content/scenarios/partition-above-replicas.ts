/** A partition larger than the number of replicas: a new template reaches no pod at all, not even a new one. */
import type { Scenario } from '../../sim/index.ts'
import { webV1 } from '../manifests/webV1.ts'

export const partitionAboveReplicas: Scenario = {
  id: 'partition-above-replicas',
  manifests: webV1,
  seed: 7,
  beats: [
    { name: 'start', steps: [{ untilQuietWithinMs: 300_000 }] },
    {
      name: 'nothingRolls',
      steps: [
        { do: { type: 'setPartition', namespace: 'default', name: 'web', partition: 5 } },
        { do: { type: 'setImage', namespace: 'default', name: 'web', image: 'registry.k8s.io/nginx-slim:v2' } },
        { runMs: 600_000 },
        { expect: { happened: ['revisionCreated'] } },
        { expect: { neverHappened: ['podTerminating', 'podCreated', 'podDeleted'] } },
        { expect: { kept: ['Pod/default/web-0', 'Pod/default/web-1', 'Pod/default/web-2'] } },
        { expect: { set: 'web', status: { replicas: 3, currentReplicas: 3, updatedReplicas: 0, rolling: true } } },
      ],
    },
    {
      name: 'bornOld',
      steps: [
        { do: { type: 'scaleStatefulSet', namespace: 'default', name: 'web', replicas: 4 } },
        { untilQuietWithinMs: 120_000 },
        {
          expect: {
            pods: {
              'web-0': '1/1 Running v1',
              'web-1': '1/1 Running v1',
              'web-2': '1/1 Running v1',
              'web-3': '1/1 Running v1',
            },
          },
        },
      ],
    },
  ],
}
