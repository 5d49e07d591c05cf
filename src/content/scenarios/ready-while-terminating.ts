/** A pod on its way out is counted as Ready until its process ends: readyReplicas says 3, and one is leaving. */
import type { Scenario } from '../../sim/index.ts'
import { webV1 } from '../manifests/webV1.ts'

export const readyWhileTerminating: Scenario = {
  id: 'ready-while-terminating',
  manifests: webV1,
  seed: 39,
  openingActs: [
    {
      type: 'patchObject',
      kind: 'statefulsets',
      namespace: 'default',
      name: 'web',
      patch: { spec: { template: { metadata: { annotations: { 'ordinal.dev/stop-ms': '8000' } } } } },
    },
  ],
  beats: [
    { name: 'start', steps: [{ untilQuietWithinMs: 300_000 }] },
    {
      name: 'leaving',
      steps: [
        { do: { type: 'deletePod', namespace: 'default', name: 'web-1' } },
        { runMs: 5_000 },
        {
          expect: { pods: { 'web-0': '1/1 Running v1', 'web-1': '1/1 Terminating v1', 'web-2': '1/1 Running v1' } },
        },
        { expect: { set: 'web', status: { replicas: 3, readyReplicas: 3, availableReplicas: 3, currentReplicas: 2 } } },
        { expect: { names: { 'web-1.nginx.default.svc.cluster.local': [] } } },
      ],
    },
    {
      name: 'gone',
      steps: [
        { until: 'web-1', is: 'Gone', withinMs: 60_000 },
        { runMs: 100 },
        { expect: { set: 'web', status: { readyReplicas: 2 } } },
        { untilQuietWithinMs: 120_000 },
        { expect: { set: 'web', status: { replicas: 3, readyReplicas: 3 } } },
      ],
    },
  ],
}
