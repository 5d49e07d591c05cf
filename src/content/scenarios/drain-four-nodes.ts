/** ZooKeeper on four nodes: one node may go, at the second a server stays without a place, the third drain is refused. */
import type { Scenario } from '../../sim/index.ts'
import { zookeeperV1 } from '../manifests/zookeeperV1.ts'

/** Room for one server of the ensemble. */
const SMALL = { cpu: '2', memory: '6Gi' }

export const drainFourNodes: Scenario = {
  id: 'drain-four-nodes',
  manifests: zookeeperV1,
  settings: {
    nodes: [
      { name: 'node-1', ...SMALL },
      { name: 'node-2', ...SMALL },
      { name: 'node-3', ...SMALL },
      { name: 'node-4', ...SMALL },
    ],
  },
  seed: 42,
  beats: [
    { name: 'start', steps: [{ untilQuietWithinMs: 300_000 }] },
    {
      name: 'first',
      steps: [
        { do: { type: 'drainNode', namespace: 'default', name: 'node-1' } },
        { untilQuietWithinMs: 120_000 },
        { expect: { happened: ['podEvicted zk-0', 'podScheduled zk-0', 'nodeDrained node-1', 'podReady zk-0'] } },
        {
          expect: {
            pods: {
              'zk-0': '1/1 Running 1.0-3.4.10',
              'zk-1': '1/1 Running 1.0-3.4.10',
              'zk-2': '1/1 Running 1.0-3.4.10',
            },
          },
        },
      ],
    },
    {
      name: 'second',
      steps: [
        { do: { type: 'drainNode', namespace: 'default', name: 'node-2' } },
        { untilQuietWithinMs: 120_000 },
        { expect: { happened: ['podEvicted zk-1', 'podCreated zk-1', 'nodeDrained node-2'] } },
        { expect: { neverHappened: ['podScheduled'] } },
        { expect: { waits: 'PodDisruptionBudget/default/zk-budget', because: ['tooFewHealthy', 'unschedulable'] } },
      ],
    },
    {
      name: 'third',
      steps: [
        { do: { type: 'drainNode', namespace: 'default', name: 'node-3', timeoutSeconds: 30 } },
        { untilQuietWithinMs: 60_000 },
        { expect: { happened: ['nodeCordoned node-3', 'evictionRefused zk-2', 'drainStopped node-3'] } },
        { expect: { neverHappened: ['podEvicted', 'nodeDrained'] } },
        { expect: { set: 'zk', status: { replicas: 3, readyReplicas: 2 } } },
      ],
    },
  ],
}
