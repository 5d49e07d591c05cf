/** A pod below the partition comes back at the old revision when it is deleted; one above at the new. */
import type { Scenario } from '../../sim/index.ts'
import { webV1 } from '../manifests/webV1.ts'

export const podBelowPartitionDeleted: Scenario = {
  id: 'pod-below-partition-deleted',
  manifests: webV1,
  seed: 8,
  beats: [
    {
      name: 'start',
      steps: [
        { untilQuietWithinMs: 300_000 },
        { do: { type: 'setPartition', namespace: 'default', name: 'web', partition: 2 } },
        { do: { type: 'setImage', namespace: 'default', name: 'web', image: 'registry.k8s.io/nginx-slim:v2' } },
        { untilQuietWithinMs: 300_000 },
        { expect: { pods: { 'web-0': '1/1 Running v1', 'web-1': '1/1 Running v1', 'web-2': '1/1 Running v2' } } },
      ],
    },
    {
      name: 'below',
      steps: [
        { do: { type: 'deletePod', namespace: 'default', name: 'web-0' } },
        { untilQuietWithinMs: 120_000 },
        { expect: { replaced: ['Pod/default/web-0'] } },
        { expect: { kept: ['Pod/default/web-1', 'Pod/default/web-2'] } },
        { expect: { pods: { 'web-0': '1/1 Running v1', 'web-1': '1/1 Running v1', 'web-2': '1/1 Running v2' } } },
      ],
    },
    {
      name: 'above',
      steps: [
        { do: { type: 'deletePod', namespace: 'default', name: 'web-2' } },
        { untilQuietWithinMs: 120_000 },
        { expect: { replaced: ['Pod/default/web-2'] } },
        { expect: { pods: { 'web-0': '1/1 Running v1', 'web-1': '1/1 Running v1', 'web-2': '1/1 Running v2' } } },
      ],
    },
  ],
}
