/** A volume with the policy Retain outlives its claim and waits for an administrator; a claim of the same name gets another. */
import type { Scenario, Step } from '../../sim/index.ts'
import { webOnDisks } from '../manifests/webOnDisks.ts'

const web = { namespace: 'default', name: 'web' } as const
const settled: Step = { untilQuietWithinMs: 300_000 }
const FILE = '/usr/share/nginx/html/index.html'
const TEXT = 'written on disk-1'

const claimGone: readonly Step[] = [
  { do: { type: 'scaleStatefulSet', ...web, replicas: 0 } },
  settled,
  { do: { type: 'deleteClaim', namespace: 'default', name: 'www-web-0' } },
  settled,
  { expect: { claims: {} } },
]
const back: readonly Step[] = [{ do: { type: 'scaleStatefulSet', ...web, replicas: 1 } }, settled]

export const retainNotRebound: Scenario = {
  id: 'retain-not-rebound',
  manifests: webOnDisks,
  seed: 53,
  beats: [
    {
      name: 'start',
      steps: [
        settled,
        { expect: { happened: ['volumeBound disk-1', 'claimBound www-web-0', 'podReady web-0'] } },
        { do: { type: 'writeFile', namespace: 'default', name: 'web-0', path: FILE, text: TEXT } },
      ],
    },
    {
      name: 'released',
      steps: [
        ...claimGone,
        { expect: { happened: ['claimDeleted www-web-0', 'volumeReleased disk-1'] } },
        { expect: { neverHappened: ['volumeDeleted'] } },
      ],
    },
    {
      name: 'another',
      steps: [
        ...back,
        { expect: { happened: ['claimCreated www-web-0', 'volumeBound disk-2', 'podReady web-0'] } },
        { expect: { neverHappened: ['volumeBound disk-1'] } },
      ],
    },
    {
      name: 'freed',
      steps: [
        {
          do: {
            type: 'patchObject',
            kind: 'persistentvolumes',
            namespace: 'default',
            name: 'disk-1',
            patch: { spec: { claimRef: null } },
          },
        },
        settled,
        ...claimGone,
        ...back,
        { expect: { happened: ['volumeReleased disk-2', 'claimCreated www-web-0', 'volumeBound disk-1'] } },
        { expect: { claim: 'www-web-0', path: 'index.html', holds: TEXT } },
      ],
    },
  ],
}
