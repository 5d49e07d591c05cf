/** A pod that is lost in the middle of a rollout comes back updated, before its turn, unless the partition keeps it. */
import type { Scenario } from '../../sim/index.ts'
import { webV1 } from '../manifests/webV1.ts'

export const deletedMidRolloutComesBackNew: Scenario = {
  id: 'deleted-mid-rollout-comes-back-new',
  manifests: webV1,
  seed: 38,
  beats: [
    { name: 'start', steps: [{ untilQuietWithinMs: 300_000 }] },
    {
      name: 'stuck',
      steps: [
        {
          do: { type: 'setImage', namespace: 'default', name: 'web', image: 'registry.k8s.io/nginx-slim:never-ready' },
        },
        { until: 'web-2', is: 'Gone', withinMs: 60_000 },
        { until: 'web-2', is: 'Running', withinMs: 60_000 },
        {
          expect: {
            pods: { 'web-0': '1/1 Running v1', 'web-1': '1/1 Running v1', 'web-2': '0/1 Running never-ready' },
          },
        },
      ],
    },
    {
      name: 'deleted',
      steps: [
        { do: { type: 'deletePod', namespace: 'default', name: 'web-0' } },
        { until: 'web-0', is: 'Gone', withinMs: 60_000 },
        { until: 'web-0', is: 'Running', withinMs: 60_000 },
        {
          expect: {
            pods: {
              'web-0': '0/1 Running never-ready',
              'web-1': '1/1 Running v1',
              'web-2': '0/1 Running never-ready',
            },
          },
        },
      ],
    },
    {
      name: 'keptByPartition',
      steps: [
        { do: { type: 'setPartition', namespace: 'default', name: 'web', partition: 2 } },
        { do: { type: 'deletePod', namespace: 'default', name: 'web-0' } },
        { until: 'web-0', is: 'Gone', withinMs: 60_000 },
        { until: 'web-0', is: 'Ready', withinMs: 60_000 },
        {
          expect: {
            pods: { 'web-0': '1/1 Running v1', 'web-1': '1/1 Running v1', 'web-2': '0/1 Running never-ready' },
          },
        },
      ],
    },
  ],
}
