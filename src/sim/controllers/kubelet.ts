/**
 * The kubelets of all nodes: one life for each pod object that is bound to a node. Keys are `Pod/namespace/name#uid`, so the
 * processes of an object that was deleted by force live on beside those of its successor until they have stopped. Other
 * keys are those of machines and of volumes. Leaves out static pods and leases. Nothing is due while nothing changes: see
 * `containerLifecycle.ts`.
 * Models: pkg/kubelet/{kubelet.go,pod_workers.go}, v1.36.
 */

import type { StrategyContext } from '../api/strategy.ts'
import type { Pod } from '../api/types.ts'
import type { Answer, Change, ClusterView, Decider, Decision, Outcome } from '../kernel/types.ts'
import { WATCH_DELAYS } from './delays.ts'
import { follower } from './follower.ts'
import { detachTurn } from './kubeletDetach.ts'
import { machineTurn } from './kubeletMachine.ts'
import { claimNames, VOLUMES } from './kubeletNode.ts'
import { podTurn } from './kubeletPod.ts'
import { lifeKey } from './lives.ts'
import { MACHINES, machineKey } from './machine.ts'
import { isOutOfService } from './taints.ts'

type Steps = Generator<Decision, Outcome, Answer>
type Due = Parameters<Decider['decide']>[2]

/** What concerns a kubelet: a pod comes to its node, is told to go, or is gone. It does not listen to its own statuses. */
function podWakes({ before, after }: Change): readonly string[] {
  const pod = (after ?? before) as Pod
  if (!pod.spec.nodeName) return []
  const old = before?.metadata
  const concerns =
    !after ||
    !old ||
    !(before as Pod).spec.nodeName ||
    old.deletionTimestamp !== after.metadata.deletionTimestamp ||
    old.finalizers !== after.metadata.finalizers
  return concerns ? [lifeKey(pod)] : []
}

/** A key names a pod's life, a machine, or a volume that is with one. */
function decide(view: ClusterView, key: string, due: Due): Steps {
  if (key.startsWith(MACHINES)) return machineTurn(view, key, due)
  return key.startsWith(VOLUMES) ? detachTurn(view) : podTurn(view, key, due)
}

/** The pods that are on a node, and without a network yet. */
const podsBeforeStart = follower<Pod, Set<Pod>>(new Set(), (pods, pod, sign) => {
  if (sign < 0) pods.delete(pod)
  else if (pod.spec.nodeName !== undefined && pod.status.podIP === undefined) pods.add(pod)
})

/** Pods come to their node with bound claims; one that was sent there by hand may have to wait. */
function claimWakes({ before, after }: Change, view: StrategyContext): readonly string[] {
  if (before?.kind !== 'PersistentVolumeClaim' || after?.kind !== before.kind) return []
  if (before.status.phase === 'Bound' || after.status.phase !== 'Bound') return []
  const { namespace, name } = after.metadata
  return [...podsBeforeStart(view.list('Pod'))]
    .filter((pod) => pod.metadata.namespace === namespace && claimNames(pod).includes(name))
    .map(lifeKey)
    .sort()
}

export const kubelet: Decider = {
  name: 'kubelet',
  component: 'kubelet',
  delayMs: WATCH_DELAYS.kubelet,
  watches: [
    { kind: 'Pod', wakes: podWakes },
    {
      kind: 'Node',
      wakes: ({ before, after }) =>
        before?.kind === 'Node' && after?.kind === 'Node' && !isOutOfService(before) && isOutOfService(after)
          ? [machineKey(after.metadata.name)]
          : [],
    },
    { kind: 'PersistentVolumeClaim', wakes: claimWakes },
  ],
  decide,
}
