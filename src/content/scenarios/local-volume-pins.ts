/** A disk of one machine holds its pod there: with the machine off it finds no other node, however many there are. */
import type { Scenario } from '../../sim/index.ts'
import { webLocal } from '../manifests/webLocal.ts'

const web1 = { namespace: 'default', name: 'web-1' } as const
const node2 = { namespace: 'default', name: 'node-2' } as const
const FILE = '/usr/share/nginx/html/index.html'
const TEXT = 'written on the disk of node-2'

export const localVolumePins: Scenario = {
  id: 'local-volume-pins',
  manifests: webLocal,
  seed: 54,
  beats: [
    {
      name: 'start',
      steps: [
        { until: 'web-1', is: 'Ready', withinMs: 300_000 },
        { runMs: 1000 },
        { expect: { happened: ['podScheduled web-0', 'podScheduled web-1'] } },
        { expect: { runsOn: { 'web-0': ['node-1'], 'web-1': ['node-2'] } } },
        { do: { type: 'writeFile', ...web1, path: FILE, text: TEXT } },
      ],
    },
    {
      name: 'off',
      steps: [
        { do: { type: 'powerOffNode', ...node2 } },
        { until: 'web-1', is: 'Terminating', withinMs: 400_000 },
        { do: { type: 'deletePod', ...web1, force: true, graceSeconds: 0 } },
        { runMs: 60_000 },
        { expect: { pods: { 'web-0': '1/1 Running v1', 'web-1': '0/1 Pending v1' } } },
        { expect: { waits: 'Pod/default/web-1', because: ['unschedulable'] } },
      ],
    },
    {
      name: 'more',
      steps: [
        { do: { type: 'addNode', namespace: 'default', name: 'node-4' } },
        { runMs: 600_000 },
        { expect: { pods: { 'web-0': '1/1 Running v1', 'web-1': '0/1 Pending v1' } } },
        { expect: { neverHappened: ['podScheduled web-1'] } },
      ],
    },
    {
      name: 'on',
      steps: [
        { do: { type: 'powerOnNode', ...node2 } },
        { until: 'web-1', is: 'Ready', withinMs: 120_000 },
        { expect: { runsOn: { 'web-1': ['node-2'] } } },
        { expect: { claim: 'www-web-1', path: 'index.html', holds: TEXT } },
      ],
    },
  ],
}
