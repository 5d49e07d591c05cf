/** The same set in the namespace foo: the namespace is part of every name. */
import type { Scenario } from '../../sim/index.ts'
import { webComponents } from '../manifests/webComponents.ts'

export const dnsNamespaceFoo: Scenario = {
  id: 'dns-namespace-foo',
  manifests: webComponents,
  namespace: 'foo',
  seed: 14,
  beats: [
    {
      name: 'appear',
      steps: [
        { untilQuietWithinMs: 300_000 },
        { expect: { pods: { 'web-0': '1/1 Running 0.8', 'web-1': '1/1 Running 0.8', 'web-2': '1/1 Running 0.8' } } },
        {
          expect: {
            names: {
              'web-0.nginx.foo.svc.cluster.local': ['web-0'],
              'web-2.nginx.foo.svc.cluster.local': ['web-2'],
              'nginx.foo.svc.cluster.local': ['web-0', 'web-1', 'web-2'],
              'web-0.nginx.default.svc.cluster.local': [],
            },
          },
        },
      ],
    },
  ],
}
