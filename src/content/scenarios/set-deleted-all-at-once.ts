/** Deleting a set ends all its pods at once; who wants an order scales to 0 first. */
import type { Scenario } from '../../sim/index.ts'
import { webV1 } from '../manifests/webV1.ts'

export const setDeletedAllAtOnce: Scenario = {
  id: 'set-deleted-all-at-once',
  manifests: webV1,
  seed: 36,
  beats: [
    { name: 'start', steps: [{ untilQuietWithinMs: 300_000 }] },
    {
      name: 'deleted',
      steps: [
        { do: { type: 'deleteStatefulSet', namespace: 'default', name: 'web', cascade: 'background' } },
        { runMs: 400 },
        { expect: { neverHappened: ['podDeleted'] } },
        {
          expect: {
            pods: { 'web-0': '1/1 Terminating v1', 'web-1': '1/1 Terminating v1', 'web-2': '1/1 Terminating v1' },
          },
        },
        { untilQuietWithinMs: 120_000 },
        { expect: { pods: {} } },
      ],
    },
    { name: 'again', steps: [{ apply: webV1 }, { untilQuietWithinMs: 300_000 }] },
    {
      name: 'inOrder',
      steps: [
        { do: { type: 'scaleStatefulSet', namespace: 'default', name: 'web', replicas: 0 } },
        { untilQuietWithinMs: 300_000 },
        {
          expect: {
            happened: [
              'podDeleted web-2',
              'podTerminating web-1',
              'podDeleted web-1',
              'podTerminating web-0',
              'podDeleted web-0',
            ],
          },
        },
        { do: { type: 'deleteStatefulSet', namespace: 'default', name: 'web', cascade: 'background' } },
        { untilQuietWithinMs: 120_000 },
      ],
    },
  ],
}
