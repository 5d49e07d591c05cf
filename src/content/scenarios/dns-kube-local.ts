/** A cluster whose domain is kube.local: the last part of every name is the cluster's own. */
import type { Scenario } from '../../sim/index.ts'
import { webComponents } from '../manifests/webComponents.ts'

export const dnsKubeLocal: Scenario = {
  id: 'dns-kube-local',
  manifests: webComponents,
  namespace: 'foo',
  settings: { clusterDomain: 'kube.local' },
  seed: 15,
  beats: [
    {
      name: 'appear',
      steps: [
        { untilQuietWithinMs: 300_000 },
        {
          expect: {
            names: {
              'web-0.nginx.foo.svc.kube.local': ['web-0'],
              'web-2.nginx.foo.svc.kube.local': ['web-2'],
              'nginx.foo.svc.kube.local': ['web-0', 'web-1', 'web-2'],
              'web-0.nginx.foo.svc.cluster.local': [],
            },
          },
        },
      ],
    },
  ],
}
