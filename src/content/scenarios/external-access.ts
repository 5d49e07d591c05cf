/** From outside: a NodePort Service for each pod, reached at any node's address, also when the pod comes back elsewhere. */
import type { Scenario } from '../../sim/index.ts'
import { zookeeperOutside } from '../manifests/zookeeperOutside.ts'
import { zookeeperV1 } from '../manifests/zookeeperV1.ts'

export const externalAccess: Scenario = {
  id: 'external-access',
  manifests: zookeeperV1,
  seed: 45,
  beats: [
    {
      name: 'start',
      steps: [
        { untilQuietWithinMs: 300_000 },
        { expect: { reaches: { '172.18.0.2:31690': [], '172.18.0.3:31691': [] } } },
      ],
    },
    {
      name: 'exposed',
      steps: [
        { apply: zookeeperOutside },
        { untilQuietWithinMs: 60_000 },
        {
          expect: {
            reaches: {
              '172.18.0.2:31690': ['zk-0'],
              '172.18.0.3:31690': ['zk-0'],
              '172.18.0.4:31690': ['zk-0'],
              '172.18.0.2:31691': ['zk-1'],
              '172.18.0.2:31692': [],
            },
          },
        },
        { expect: { names: { 'zk-0.zk-headless.default.svc.cluster.local': ['zk-0'] } } },
      ],
    },
    {
      name: 'moved',
      steps: [
        { do: { type: 'deletePod', namespace: 'default', name: 'zk-0' } },
        { until: 'zk-0', is: 'Terminating', withinMs: 5000 },
        { until: 'zk-0', is: 'Running', withinMs: 60_000 },
        { expect: { reaches: { '172.18.0.4:31690': [] } } },
        { until: 'zk-0', is: 'Ready', withinMs: 60_000 },
        { runMs: 1000 },
        { expect: { reaches: { '172.18.0.4:31690': ['zk-0'], '172.18.0.4:31691': ['zk-1'] } } },
        { expect: { replaced: ['Pod/default/zk-0'] } },
      ],
    },
  ],
}
