/** The partition lets one pod through, then two, then all; the current revision moves only with the last. */
import type { Scenario } from '../../sim/index.ts'
import { webV1 } from '../manifests/webV1.ts'

export const partitionCanary: Scenario = {
  id: 'partition-canary',
  manifests: webV1,
  seed: 6,
  beats: [
    { name: 'start', steps: [{ untilQuietWithinMs: 300_000 }] },
    {
      name: 'two',
      steps: [
        { do: { type: 'setPartition', namespace: 'default', name: 'web', partition: 2 } },
        { do: { type: 'setImage', namespace: 'default', name: 'web', image: 'registry.k8s.io/nginx-slim:v2' } },
        { untilQuietWithinMs: 300_000 },
        { expect: { pods: { 'web-0': '1/1 Running v1', 'web-1': '1/1 Running v1', 'web-2': '1/1 Running v2' } } },
        { expect: { set: 'web', status: { currentReplicas: 2, updatedReplicas: 1, rolling: true } } },
        { expect: { waits: 'Pod/default/web-1', because: ['partitionHolds'] } },
      ],
    },
    {
      name: 'one',
      steps: [
        { do: { type: 'setPartition', namespace: 'default', name: 'web', partition: 1 } },
        { untilQuietWithinMs: 300_000 },
        { expect: { pods: { 'web-0': '1/1 Running v1', 'web-1': '1/1 Running v2', 'web-2': '1/1 Running v2' } } },
        { expect: { neverHappened: ['revisionCreated', 'podTerminating web-2', 'podTerminating web-0'] } },
        { expect: { set: 'web', status: { currentReplicas: 1, updatedReplicas: 2, rolling: true } } },
      ],
    },
    {
      name: 'zero',
      steps: [
        { do: { type: 'setPartition', namespace: 'default', name: 'web', partition: 0 } },
        { untilQuietWithinMs: 300_000 },
        { expect: { pods: { 'web-0': '1/1 Running v2', 'web-1': '1/1 Running v2', 'web-2': '1/1 Running v2' } } },
        { expect: { set: 'web', status: { currentReplicas: 3, updatedReplicas: 3, rolling: false } } },
      ],
    },
  ],
}
