/** A cut-off node, and a pod deleted by force: two processes of one name, until the old one's kubelet is heard again. */
import type { Scenario } from '../../sim/index.ts'
import { webV1 } from '../manifests/webV1.ts'

const node = { namespace: 'default', name: 'node-2' } as const
const web1 = { namespace: 'default', name: 'web-1' } as const

export const splitBrain: Scenario = {
  id: 'split-brain',
  manifests: webV1,
  seed: 42,
  beats: [
    { name: 'start', steps: [{ until: 'web-2', is: 'Ready', withinMs: 300_000 }, { runMs: 1000 }] },
    {
      name: 'cutOff',
      steps: [
        { do: { type: 'cutOffNode', ...node } },
        { runMs: 60_000 },
        { expect: { happened: ['nodeNotReady node-2', 'podNotReady web-1'] } },
        { expect: { runsOn: { 'web-1': ['node-2'] } } },
        { expect: { pods: { 'web-0': '1/1 Running v1', 'web-1': '1/1 Running v1', 'web-2': '1/1 Running v1' } } },
      ],
    },
    {
      name: 'forced',
      steps: [
        { do: { type: 'deletePod', ...web1, force: true } },
        { until: 'web-1', is: 'Created', withinMs: 5000 },
        { runMs: 5000 },
        { expect: { runsOn: { 'web-1': ['node-2'] } } },
        {
          expect: {
            pods: { 'web-0': '1/1 Running v1', 'web-1': '0/1 ContainerCreating v1', 'web-2': '1/1 Running v1' },
          },
        },
        { expect: { waits: 'StatefulSet/default/web', because: ['podNotReady', 'volumeHeld', 'nodeLost'] } },
      ],
    },
    {
      name: 'twoRun',
      steps: [
        { until: 'web-1', is: 'Ready', withinMs: 400_000 },
        { runMs: 1000 },
        { expect: { runsOn: { 'web-1': ['node-1', 'node-2'] } } },
        { expect: { names: { 'web-1.nginx.default.svc.cluster.local': ['web-1'] } } },
      ],
    },
    {
      name: 'reconnected',
      steps: [
        { do: { type: 'reconnectNode', ...node } },
        { runMs: 15_000 },
        { expect: { runsOn: { 'web-1': ['node-1'] } } },
        { expect: { kept: ['Pod/default/web-1'] } },
        { untilQuietWithinMs: 60_000 },
      ],
    },
  ],
}
