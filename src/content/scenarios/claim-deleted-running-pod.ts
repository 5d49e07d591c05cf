/** A claim is deleted under a pod that runs with it: nothing happens until the pod goes, and then the data is gone. */
import type { Scenario } from '../../sim/index.ts'
import { webV1 } from '../manifests/webV1.ts'

const web1 = { namespace: 'default', name: 'web-1' } as const
const written = { claim: 'www-web-1', path: 'index.html', holds: 'written before the claim was deleted' } as const

export const claimDeletedRunningPod: Scenario = {
  id: 'claim-deleted-running-pod',
  manifests: webV1,
  seed: 51,
  beats: [
    {
      name: 'start',
      steps: [
        { untilQuietWithinMs: 300_000 },
        { do: { type: 'writeFile', ...web1, path: '/usr/share/nginx/html/index.html', text: written.holds } },
      ],
    },
    {
      name: 'deleted',
      steps: [
        { do: { type: 'deleteClaim', namespace: 'default', name: 'www-web-1' } },
        { runMs: 60_000 },
        { expect: { claims: { 'www-web-0': 'Bound', 'www-web-1': 'Terminating', 'www-web-2': 'Bound' } } },
        { expect: { waits: 'PersistentVolumeClaim/default/www-web-1', because: ['claimInUse'] } },
        { expect: written },
        { expect: { neverHappened: ['podNotReady', 'podTerminating'] } },
      ],
    },
    {
      name: 'podDeleted',
      steps: [
        { do: { type: 'deletePod', ...web1 } },
        { untilQuietWithinMs: 120_000 },
        {
          expect: {
            happened: ['podDeleted web-1', 'claimDeleted www-web-1', 'claimCreated www-web-1', 'podReady web-1'],
          },
        },
        { expect: { happened: ['claimDeleted www-web-1', 'volumeReleased', 'volumeDeleted'] } },
        { expect: { replaced: ['PersistentVolumeClaim/default/www-web-1', 'Pod/default/web-1'] } },
      ],
    },
  ],
}
