/** Without a readiness probe a container counts as Ready as soon as it runs, so a rollout passes over one that crashes. */
import type { Scenario } from '../../sim/index.ts'
import { webUnprobed, webUnprobedPatient } from '../manifests/webUnprobed.ts'

const named = { namespace: 'default', name: 'web' } as const
const image = (tag: string) => `registry.k8s.io/nginx-slim:${tag}`

export const crashLoopPassesForReady: Scenario = {
  id: 'crash-loop-passes-for-ready',
  manifests: webUnprobed,
  seed: 45,
  beats: [
    { name: 'start', steps: [{ untilQuietWithinMs: 300_000 }] },
    {
      name: 'broken',
      steps: [
        { do: { type: 'setImage', ...named, image: image('crash') } },
        { runMs: 90_000 },
        { expect: { happened: ['podReady web-2', 'podReady web-1', 'podReady web-0'] } },
        { expect: { replaced: ['Pod/default/web-0', 'Pod/default/web-1', 'Pod/default/web-2'] } },
      ],
    },
    {
      name: 'undone',
      steps: [
        { do: { type: 'setImage', ...named, image: image('v1') } },
        { runMs: 25_000 },
        { expect: { kept: ['Pod/default/web-0', 'Pod/default/web-1', 'Pod/default/web-2'] } },
      ],
    },
    {
      name: 'guarded',
      steps: [
        { do: { type: 'deleteStatefulSet', ...named, cascade: 'background' } },
        { until: 'web-0', is: 'Gone', withinMs: 60_000 },
        { until: 'web-1', is: 'Gone', withinMs: 60_000 },
        { until: 'web-2', is: 'Gone', withinMs: 60_000 },
        { apply: webUnprobedPatient },
        { untilQuietWithinMs: 300_000 },
        { expect: { set: 'web', status: { availableReplicas: 3 } } },
      ],
    },
    {
      name: 'closed',
      steps: [
        { do: { type: 'setImage', ...named, image: image('crash') } },
        { runMs: 120_000 },
        { expect: { happened: ['podReady web-2', 'podNotReady web-2', 'podReady web-2', 'containerWaiting web-2'] } },
        { expect: { kept: ['Pod/default/web-0', 'Pod/default/web-1'] } },
        {
          expect: {
            pods: { 'web-0': '1/1 Running v1', 'web-1': '1/1 Running v1', 'web-2': '0/1 CrashLoopBackOff crash' },
          },
        },
      ],
    },
  ],
}
