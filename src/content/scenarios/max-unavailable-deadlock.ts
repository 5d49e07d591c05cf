/** Kubernetes 1.35.0 to 1.35.3: a broken pod uses up the budget for unavailable pods, so the mended image never reaches it. */
import type { Scenario } from '../../sim/index.ts'
import { webBudgeted } from '../manifests/webBudgeted.ts'

const POD = '1/1 Running v1'
const NEW = '1/1 Running v2'

export const maxUnavailableDeadlock: Scenario = {
  id: 'max-unavailable-deadlock',
  manifests: webBudgeted,
  seed: 21,
  settings: { kubernetes: '1.35.0' },
  beats: [
    { name: 'start', steps: [{ untilQuietWithinMs: 300_000 }] },
    {
      name: 'broken',
      steps: [
        { do: { type: 'setImage', namespace: 'default', name: 'web', image: 'registry.k8s.io/nginx-slim:bad' } },
        { runMs: 60_000 },
        { expect: { pods: { 'web-0': POD, 'web-1': POD, 'web-2': POD, 'web-3': '0/1 ImagePullBackOff bad' } } },
      ],
    },
    {
      name: 'mended',
      steps: [
        { do: { type: 'setImage', namespace: 'default', name: 'web', image: 'registry.k8s.io/nginx-slim:v2' } },
        { runMs: 600_000 },
        { expect: { neverHappened: ['podTerminating', 'podDeleted'] } },
        { expect: { waits: 'StatefulSet/default/web', because: ['updateWaits', 'imageCannotBePulled'] } },
      ],
    },
    {
      name: 'byHand',
      steps: [
        { do: { type: 'deletePod', namespace: 'default', name: 'web-3' } },
        { untilQuietWithinMs: 300_000 },
        { expect: { pods: { 'web-0': NEW, 'web-1': NEW, 'web-2': NEW, 'web-3': NEW } } },
        { expect: { set: 'web', status: { updatedReplicas: 4, readyReplicas: 4, rolling: false } } },
      ],
    },
  ],
}
