/** Names in the default namespace: each Ready pod has its own, the Service's name answers with all of them. */
import type { Scenario } from '../../sim/index.ts'
import { webComponents } from '../manifests/webComponents.ts'

export const dnsClusterLocal: Scenario = {
  id: 'dns-cluster-local',
  manifests: webComponents,
  seed: 13,
  beats: [
    {
      name: 'appear',
      steps: [
        { until: 'web-0', is: 'Running', withinMs: 60_000 },
        { expect: { names: { 'web-1.nginx.default.svc.cluster.local': [] } } },
        { untilQuietWithinMs: 300_000 },
        {
          expect: {
            names: {
              'web-0.nginx.default.svc.cluster.local': ['web-0'],
              'web-1.nginx.default.svc.cluster.local': ['web-1'],
              'web-2.nginx.default.svc.cluster.local': ['web-2'],
              'nginx.default.svc.cluster.local': ['web-0', 'web-1', 'web-2'],
              'web-3.nginx.default.svc.cluster.local': [],
              'web-0.nginx.default.svc.kube.local': [],
            },
          },
        },
      ],
    },
    {
      name: 'notReady',
      steps: [
        { do: { type: 'setReadiness', namespace: 'default', name: 'web-1', ready: false } },
        { untilQuietWithinMs: 120_000 },
        {
          expect: {
            names: {
              'web-1.nginx.default.svc.cluster.local': [],
              'nginx.default.svc.cluster.local': ['web-0', 'web-2'],
            },
          },
        },
        { do: { type: 'setReadiness', namespace: 'default', name: 'web-1', ready: true } },
        { untilQuietWithinMs: 120_000 },
        { expect: { names: { 'web-1.nginx.default.svc.cluster.local': ['web-1'] } } },
      ],
    },
  ],
}
