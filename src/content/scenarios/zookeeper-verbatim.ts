/** The ensemble of 2017 as it was printed: it runs, its budget counts, and two of its lines do not do what they say. */
import type { Scenario } from '../../sim/index.ts'
import { zookeeper } from '../manifests/zookeeper.ts'

export const zookeeperVerbatim: Scenario = {
  id: 'zookeeper-verbatim',
  manifests: zookeeper,
  seed: 46,
  beats: [
    {
      name: 'start',
      steps: [
        { untilQuietWithinMs: 300_000 },
        { expect: { pods: { 'zk-0': '1/1 Running v1', 'zk-1': '1/1 Running v1', 'zk-2': '1/1 Running v1' } } },
        { expect: { names: { 'zk-0.zk-headless.default.svc.cluster.local': ['zk-0'] } } },
        { expect: { happened: ['podReady zk-0', 'podCreated zk-1', 'podReady zk-1', 'podCreated zk-2'] } },
      ],
    },
    {
      name: 'shares',
      steps: [
        { do: { type: 'drainNode', namespace: 'default', name: 'node-1' } },
        { until: 'zk-0', is: 'Terminating', withinMs: 5000 },
        { until: 'zk-0', is: 'Ready', withinMs: 120_000 },
        { expect: { happened: ['podEvicted zk-0', 'podScheduled zk-0', 'nodeDrained node-1', 'podReady zk-0'] } },
      ],
    },
    {
      name: 'nothingRolls',
      steps: [
        { do: { type: 'setImage', namespace: 'default', name: 'zk', image: 'gcr.io/google_samples/k8szk:v2' } },
        { runMs: 120_000 },
        { expect: { happened: ['revisionCreated'] } },
        { expect: { neverHappened: ['podTerminating', 'podDeleted'] } },
        { expect: { waits: 'Pod/default/zk-0', because: ['onDeleteHolds'] } },
      ],
    },
  ],
}
