/** The governing Service does not exist: pods start and run, but no name leads to them until somebody makes it. */
import type { Scenario } from '../../sim/index.ts'
import { webService, webSet } from '../manifests/webInTwoFiles.ts'

export const serviceMissing: Scenario = {
  id: 'service-missing',
  manifests: webSet,
  seed: 43,
  beats: [
    {
      name: 'start',
      steps: [
        { untilQuietWithinMs: 300_000 },
        { expect: { pods: { 'web-0': '1/1 Running v1', 'web-1': '1/1 Running v1' } } },
        {
          expect: {
            names: { 'web-0.nginx.default.svc.cluster.local': [], 'nginx.default.svc.cluster.local': [] },
          },
        },
        { expect: { waits: 'Service/default/nginx', because: ['serviceMissing'] } },
      ],
    },
    {
      name: 'created',
      steps: [
        { apply: webService },
        { untilQuietWithinMs: 60_000 },
        {
          expect: {
            names: {
              'web-0.nginx.default.svc.cluster.local': ['web-0'],
              'nginx.default.svc.cluster.local': ['web-0', 'web-1'],
            },
          },
        },
        { expect: { kept: ['Pod/default/web-0', 'Pod/default/web-1'] } },
        { expect: { waits: 'Service/default/nginx', because: [] } },
      ],
    },
  ],
}
