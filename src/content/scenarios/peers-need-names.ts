/** Peers that find each other by name before they are Ready: no name is published until one of them is, unless told so. */
import type { Scenario } from '../../sim/index.ts'
import { webPeers } from '../manifests/webPeers.ts'

export const peersNeedNames: Scenario = {
  id: 'peers-need-names',
  manifests: webPeers,
  seed: 44,
  beats: [
    {
      name: 'stuck',
      steps: [
        { runMs: 120_000 },
        { expect: { pods: { 'web-0': '0/1 Running v1', 'web-1': '0/1 Running v1', 'web-2': '0/1 Running v1' } } },
        { expect: { names: { 'web-0.nginx.default.svc.cluster.local': [], 'nginx.default.svc.cluster.local': [] } } },
        { expect: { waits: 'Pod/default/web-0', because: ['peerNotFound'] } },
        { expect: { neverHappened: ['podReady', 'namePublished'] } },
      ],
    },
    {
      name: 'published',
      steps: [
        {
          do: {
            type: 'patchObject',
            namespace: 'default',
            kind: 'services',
            name: 'nginx',
            patch: { spec: { publishNotReadyAddresses: true } },
          },
        },
        { runMs: 1000 },
        { expect: { names: { 'web-2.nginx.default.svc.cluster.local': ['web-2'] } } },
        { expect: { waits: 'Pod/default/web-0', because: ['absenceCached'] } },
        { runMs: 60_000 },
        { expect: { pods: { 'web-0': '1/1 Running v1', 'web-1': '1/1 Running v1', 'web-2': '1/1 Running v1' } } },
        { expect: { happened: ['namePublished web-0', 'podReady web-0'] } },
        { expect: { waits: 'Pod/default/web-0', because: [] } },
      ],
    },
  ],
}
