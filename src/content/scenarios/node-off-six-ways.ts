/** A node loses its power, and what brings its pod back: six ways, each from the beginning. */
import type { Scenario, Step } from '../../sim/index.ts'
import { webV1 } from '../manifests/webV1.ts'

const home = 'default'
const node = { namespace: home, name: 'node-2' } as const
const web1 = { namespace: home, name: 'web-1' } as const
const outOfService = { key: 'node.kubernetes.io/out-of-service', value: 'nodeshutdown', effect: 'NoExecute' } as const

/** Off for so long that web-1 was told to go, and cannot. */
const offForLong: readonly Step[] = [
  { do: { type: 'powerOffNode', ...node } },
  { until: 'web-1', is: 'Terminating', withinMs: 400_000 },
  { runMs: 60_000 },
  { expect: { neverHappened: ['podDeleted', 'podCreated'] } },
]

/** web-1 is moved back to node-2, which is empty. */
const backToNode2: readonly Step[] = [
  { do: { type: 'deletePod', ...web1 } },
  { until: 'web-1', is: 'Gone', withinMs: 60_000 },
  { until: 'web-1', is: 'Ready', withinMs: 60_000 },
  { expect: { runsOn: { 'web-1': ['node-2'] } } },
]

export const nodeOffSixWays: Scenario = {
  id: 'node-off-six-ways',
  manifests: webV1,
  seed: 41,
  beats: [
    { name: 'start', steps: [{ until: 'web-2', is: 'Ready', withinMs: 300_000 }, { runMs: 1000 }] },
    {
      name: 'off',
      steps: [
        { expect: { runsOn: { 'web-1': ['node-2'] } } },
        { do: { type: 'powerOffNode', ...node } },
        { expect: { runsOn: { 'web-1': [] } } },
        { runMs: 30_000 },
        { expect: { neverHappened: ['podNotReady'] } },
        { runMs: 30_000 },
        { expect: { happened: ['nodeNotReady node-2', 'podNotReady web-1', 'nodeTaintsChanged node-2'] } },
        { expect: { pods: { 'web-0': '1/1 Running v1', 'web-1': '1/1 Running v1', 'web-2': '1/1 Running v1' } } },
        { expect: { waits: 'StatefulSet/default/web', because: ['podNotReady', 'podOnLostNode', 'nodeLost'] } },
      ],
    },
    {
      name: 'backInTime',
      steps: [
        { do: { type: 'powerOnNode', ...node } },
        { until: 'web-1', is: 'Ready', withinMs: 60_000 },
        { expect: { kept: ['Pod/default/web-1'] } },
        { expect: { happened: ['nodeReady node-2', 'containerRestarted web-1', 'podReady web-1'] } },
        { untilQuietWithinMs: 60_000 },
      ],
    },
    {
      name: 'backLate',
      steps: [
        ...offForLong,
        {
          expect: { waits: 'StatefulSet/default/web', because: ['podTerminating', 'deletionUnconfirmed', 'nodeLost'] },
        },
        { do: { type: 'powerOnNode', ...node } },
        { until: 'web-1', is: 'Gone', withinMs: 60_000 },
        { until: 'web-1', is: 'Ready', withinMs: 60_000 },
        { expect: { replaced: ['Pod/default/web-1'] } },
        { untilQuietWithinMs: 60_000 },
      ],
    },
    {
      name: 'nodeDeleted',
      steps: [
        ...offForLong,
        { do: { type: 'deleteObject', kind: 'nodes', ...node } },
        { runMs: 1000 },
        { expect: { waits: 'Pod/default/web-1', because: ['awaitsPodGc'] } },
        { until: 'web-1', is: 'Gone', withinMs: 60_000 },
        { runMs: 5000 },
        { expect: { waits: 'Pod/default/web-1', because: ['volumeHeld'] } },
        { until: 'web-1', is: 'Ready', withinMs: 400_000 },
        { do: { type: 'addNode', ...node } },
        { untilQuietWithinMs: 60_000 },
        ...backToNode2,
        { untilQuietWithinMs: 60_000 },
      ],
    },
    {
      name: 'forced',
      steps: [
        ...offForLong,
        { do: { type: 'deletePod', ...web1, force: true } },
        { runMs: 5000 },
        { expect: { waits: 'Pod/default/web-1', because: ['volumeHeld', 'nodeLost'] } },
        { until: 'web-1', is: 'Ready', withinMs: 400_000 },
        { do: { type: 'powerOnNode', ...node } },
        { untilQuietWithinMs: 60_000 },
        ...backToNode2,
        { untilQuietWithinMs: 60_000 },
      ],
    },
    {
      name: 'outOfService',
      steps: [
        ...offForLong,
        { do: { type: 'taintNode', ...node, ...outOfService } },
        { until: 'web-1', is: 'Gone', withinMs: 60_000 },
        { until: 'web-1', is: 'Ready', withinMs: 60_000 },
        { do: { type: 'untaintNode', ...node, key: outOfService.key } },
        { do: { type: 'powerOnNode', ...node } },
        { untilQuietWithinMs: 60_000 },
        ...backToNode2,
        { untilQuietWithinMs: 60_000 },
      ],
    },
    {
      name: 'inGoodOrder',
      steps: [
        { do: { type: 'shutDownNode', ...node } },
        { until: 'web-1', is: 'Failed', withinMs: 60_000 },
        { until: 'web-1', is: 'Ready', withinMs: 60_000 },
        { expect: { happened: ['nodeNotReady node-2', 'podFailed web-1', 'podDeleted web-1', 'podReady web-1'] } },
        { untilQuietWithinMs: 120_000 },
      ],
    },
  ],
}
