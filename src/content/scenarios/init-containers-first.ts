/** Init containers prepare each pod in order; while one of them fails its pod does not start, and the set waits. */
import type { Scenario } from '../../sim/index.ts'
import { webInit } from '../manifests/webInit.ts'

const named = { namespace: 'default', name: 'web' } as const

/** A patch of the first init container's image; the others are as they were. */
const permissions = (image: string) => ({
  spec: { template: { spec: { initContainers: [{ name: 'permissions', image }] } } },
})

export const initContainersFirst: Scenario = {
  id: 'init-containers-first',
  manifests: webInit,
  seed: 44,
  beats: [
    {
      name: 'first',
      steps: [
        { runMs: 6_000 },
        { expect: { pods: { 'web-0': '0/1 Init:0/2 v1' } } },
        { expect: { waits: 'StatefulSet/default/web', because: ['podNotReady', 'initRunning'] } },
        { runMs: 5_000 },
        { expect: { pods: { 'web-0': '0/1 Init:1/2 v1' } } },
        { until: 'web-0', is: 'Ready', withinMs: 60_000 },
        { expect: { neverHappened: ['podCreated web-1'] } },
      ],
    },
    {
      name: 'next',
      steps: [
        { untilQuietWithinMs: 300_000 },
        { expect: { happened: ['podCreated web-1', 'podReady web-1', 'podCreated web-2', 'podReady web-2'] } },
      ],
    },
    {
      name: 'broken',
      steps: [
        { do: { type: 'patchObject', ...named, kind: 'statefulsets', patch: permissions('busybox:crash') } },
        { until: 'web-2', is: 'Gone', withinMs: 60_000 },
        { runMs: 120_000 },
        {
          expect: {
            pods: { 'web-0': '1/1 Running v1', 'web-1': '1/1 Running v1', 'web-2': '0/1 Init:CrashLoopBackOff v1' },
          },
        },
        { expect: { waits: 'StatefulSet/default/web', because: ['podNotReady', 'containerCrashed'] } },
        { expect: { kept: ['Pod/default/web-0', 'Pod/default/web-1'] } },
      ],
    },
    {
      name: 'repaired',
      steps: [
        { do: { type: 'patchObject', ...named, kind: 'statefulsets', patch: permissions('busybox:v2') } },
        { do: { type: 'deletePod', namespace: 'default', name: 'web-2' } },
        { untilQuietWithinMs: 300_000 },
        { expect: { happened: ['podReady web-2', 'podReady web-1', 'podReady web-0'] } },
        {
          expect: { set: 'web', status: { readyReplicas: 3, updatedReplicas: 3, rolling: false } },
        },
      ],
    },
  ],
}
