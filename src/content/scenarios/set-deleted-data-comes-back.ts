/** The set goes and its pods with it, the claims stay; a set of the same name finds the data again. */
import type { Scenario } from '../../sim/index.ts'
import { webV1 } from '../manifests/webV1.ts'

export const setDeletedDataComesBack: Scenario = {
  id: 'set-deleted-data-comes-back',
  manifests: webV1,
  seed: 16,
  beats: [
    {
      name: 'start',
      steps: [
        { untilQuietWithinMs: 300_000 },
        {
          do: {
            type: 'writeFile',
            namespace: 'default',
            name: 'web-0',
            path: '/usr/share/nginx/html/index.html',
            text: 'written before the set was deleted',
          },
        },
      ],
    },
    {
      name: 'deleted',
      steps: [
        { do: { type: 'deleteStatefulSet', namespace: 'default', name: 'web', cascade: 'background' } },
        { untilQuietWithinMs: 120_000 },
        { expect: { pods: {} } },
        { expect: { claims: { 'www-web-0': 'Bound', 'www-web-1': 'Bound', 'www-web-2': 'Bound' } } },
        { expect: { neverHappened: ['claimTerminating', 'claimDeleted', 'volumeDeleted'] } },
        { expect: { names: { 'web-0.nginx.default.svc.cluster.local': [] } } },
      ],
    },
    {
      name: 'back',
      steps: [
        { apply: webV1 },
        { untilQuietWithinMs: 300_000 },
        { expect: { pods: { 'web-0': '1/1 Running v1', 'web-1': '1/1 Running v1', 'web-2': '1/1 Running v1' } } },
        { expect: { kept: ['PersistentVolumeClaim/default/www-web-0', 'PersistentVolumeClaim/default/www-web-2'] } },
        {
          expect: {
            claim: 'www-web-0',
            path: 'index.html',
            holds: 'written before the set was deleted',
          },
        },
      ],
    },
  ],
}
