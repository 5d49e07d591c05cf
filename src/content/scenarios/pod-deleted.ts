/** A pod is deleted: the name, the claim and the data stay; the object and its address are new. */
import type { Scenario } from '../../sim/index.ts'
import { webV1 } from '../manifests/webV1.ts'

export const podDeleted: Scenario = {
  id: 'pod-deleted',
  manifests: webV1,
  seed: 11,
  beats: [
    {
      name: 'start',
      steps: [
        { untilQuietWithinMs: 300_000 },
        {
          do: {
            type: 'writeFile',
            namespace: 'default',
            name: 'web-1',
            path: '/usr/share/nginx/html/index.html',
            text: 'I am web-1',
          },
        },
        { expect: { claim: 'www-web-1', path: 'index.html', holds: 'I am web-1' } },
      ],
    },
    {
      name: 'deleted',
      steps: [
        { do: { type: 'deletePod', namespace: 'default', name: 'web-1' } },
        { until: 'web-1', is: 'Gone', withinMs: 60_000 },
        { until: 'web-1', is: 'Ready', withinMs: 120_000 },
        { untilQuietWithinMs: 60_000 },
        { expect: { replaced: ['Pod/default/web-1'] } },
        {
          expect: {
            kept: ['Pod/default/web-0', 'Pod/default/web-2', 'PersistentVolumeClaim/default/www-web-1'],
          },
        },
        { expect: { claim: 'www-web-1', path: 'index.html', holds: 'I am web-1' } },
        { expect: { names: { 'web-1.nginx.default.svc.cluster.local': ['web-1'] } } },
      ],
    },
  ],
}
