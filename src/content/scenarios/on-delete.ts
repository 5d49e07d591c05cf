/** The manifest of 2017 asks for no update strategy and thereby for OnDelete: a new image waits for your deletes. */
import type { Scenario } from '../../sim/index.ts'
import { webComponents } from '../manifests/webComponents.ts'

export const onDelete: Scenario = {
  id: 'on-delete',
  manifests: webComponents,
  seed: 9,
  beats: [
    { name: 'start', steps: [{ untilQuietWithinMs: 300_000 }] },
    {
      name: 'nothingRolls',
      steps: [
        {
          do: {
            type: 'setImage',
            namespace: 'default',
            name: 'web',
            image: 'gcr.io/google_containers/nginx-slim:0.7',
          },
        },
        { runMs: 600_000 },
        { expect: { neverHappened: ['podTerminating', 'podDeleted'] } },
        { expect: { waits: 'Pod/default/web-1', because: ['onDeleteHolds'] } },
        { expect: { set: 'web', status: { currentReplicas: 3, updatedReplicas: 0, rolling: true } } },
      ],
    },
    {
      name: 'oneByHand',
      steps: [
        { do: { type: 'deletePod', namespace: 'default', name: 'web-1' } },
        { untilQuietWithinMs: 120_000 },
        { expect: { pods: { 'web-0': '1/1 Running 0.8', 'web-1': '1/1 Running 0.7', 'web-2': '1/1 Running 0.8' } } },
        { expect: { set: 'web', status: { currentReplicas: 2, updatedReplicas: 1, rolling: true } } },
      ],
    },
    {
      name: 'allByHand',
      steps: [
        { do: { type: 'deletePod', namespace: 'default', name: 'web-0' } },
        { do: { type: 'deletePod', namespace: 'default', name: 'web-2' } },
        { untilQuietWithinMs: 120_000 },
        { expect: { pods: { 'web-0': '1/1 Running 0.7', 'web-1': '1/1 Running 0.7', 'web-2': '1/1 Running 0.7' } } },
        { expect: { set: 'web', status: { currentReplicas: 0, updatedReplicas: 3, rolling: true } } },
      ],
    },
  ],
}
