/** ZooKeeper on three nodes, one server on each: the first drain leaves a server without a place, the second is refused. */
import type { Scenario } from '../../sim/index.ts'
import { zookeeperV1 } from '../manifests/zookeeperV1.ts'

/** Room for one server of the ensemble. */
const SMALL = { cpu: '2', memory: '6Gi' }

export const drainThreeNodes: Scenario = {
  id: 'drain-three-nodes',
  manifests: zookeeperV1,
  settings: {
    nodes: [
      { name: 'node-1', ...SMALL },
      { name: 'node-2', ...SMALL },
      { name: 'node-3', ...SMALL },
    ],
  },
  seed: 41,
  beats: [
    {
      name: 'start',
      steps: [
        { untilQuietWithinMs: 300_000 },
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
      name: 'first',
      steps: [
        { do: { type: 'drainNode', namespace: 'default', name: 'node-1' } },
        { runMs: 20_000 },
        {
          expect: {
            happened: [
              'nodeCordoned node-1',
              'podEvicted zk-0',
              'podDeleted zk-0',
              'podCreated zk-0',
              'nodeDrained node-1',
            ],
          },
        },
        {
          expect: {
            pods: {
              'zk-0': '0/1 Pending 1.0-3.4.10',
              'zk-1': '1/1 Running 1.0-3.4.10',
              'zk-2': '1/1 Running 1.0-3.4.10',
            },
          },
        },
        { expect: { waits: 'PodDisruptionBudget/default/zk-budget', because: ['tooFewHealthy', 'unschedulable'] } },
      ],
    },
    {
      name: 'second',
      steps: [
        { do: { type: 'drainNode', namespace: 'default', name: 'node-2' } },
        { runMs: 60_000 },
        { expect: { happened: ['nodeCordoned node-2', 'evictionRefused zk-1', 'evictionRefused zk-1'] } },
        { expect: { neverHappened: ['podEvicted', 'podTerminating', 'nodeDrained'] } },
        { expect: { waits: 'Node//node-2', because: ['budgetHolds', 'tooFewHealthy', 'unschedulable'] } },
      ],
    },
    {
      name: 'uncordoned',
      steps: [
        { do: { type: 'uncordonNode', namespace: 'default', name: 'node-1' } },
        { until: 'zk-0', is: 'Ready', withinMs: 60_000 },
        { runMs: 20_000 },
        { expect: { happened: ['podScheduled zk-0', 'podReady zk-0', 'podEvicted zk-1', 'nodeDrained node-2'] } },
        { expect: { waits: 'Node//node-2', because: [] } },
      ],
    },
  ],
}
