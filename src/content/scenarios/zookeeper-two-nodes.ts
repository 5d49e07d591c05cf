/** The ensemble as it is written today wants a node for each server: on two nodes the third waits, and quorum holds. */
import type { Scenario } from '../../sim/index.ts'
import { zookeeperV1 } from '../manifests/zookeeperV1.ts'

export const zookeeperTwoNodes: Scenario = {
  id: 'zookeeper-two-nodes',
  manifests: zookeeperV1,
  settings: { nodes: [{ name: 'node-1' }, { name: 'node-2' }] },
  seed: 55,
  beats: [
    {
      name: 'start',
      steps: [
        { until: 'zk-1', is: 'Ready', withinMs: 300_000 },
        { runMs: 60_000 },
        {
          expect: {
            pods: {
              'zk-0': '1/1 Running 1.0-3.4.10',
              'zk-1': '1/1 Running 1.0-3.4.10',
              'zk-2': '0/1 Pending 1.0-3.4.10',
            },
          },
        },
        { expect: { runsOn: { 'zk-0': ['node-1'], 'zk-1': ['node-2'] } } },
        { expect: { waits: 'Pod/default/zk-2', because: ['unschedulable'] } },
        { expect: { waits: 'StatefulSet/default/zk', because: ['podNotReady', 'unschedulable'] } },
      ],
    },
    {
      name: 'third',
      steps: [
        { do: { type: 'addNode', namespace: 'default', name: 'node-3' } },
        { until: 'zk-2', is: 'Ready', withinMs: 120_000 },
        { expect: { runsOn: { 'zk-2': ['node-3'] } } },
      ],
    },
  ],
}
