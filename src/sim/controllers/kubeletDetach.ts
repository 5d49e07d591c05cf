/**
 * When a node that cannot be asked loses a volume: six minutes after nobody on it wants the volume any more, or at once on a
 * person's word that the machine is out of service. Until then a pod elsewhere waits, since the old process may still write.
 * Leaves out the VolumeAttachment objects and `--disable-force-detach-on-timeout`.
 * Models: pkg/controller/volume/attachdetach/reconciler/reconciler.go, v1.36.
 */
import { keyOf, keyOfObject } from '../api/kinds.ts'
import type { GivenReason } from '../api/reasons.ts'
import type { Pod } from '../api/types.ts'
import type { Answer, ClusterView, Decision } from '../kernel/types.ts'
import type { Life } from './kubeletLife.ts'
import type { VolumeNotes } from './kubeletNode.ts'
import { busyVolumes, volumeKey, volumesOf } from './kubeletNode.ts'
import { lifeParts } from './lives.ts'
import { isNodeReady, isOutOfService } from './taints.ts'

type Steps<T = void> = Generator<Decision, T, Answer>

/** How long the controller waits for a node to unmount (`maxWaitForUnmountDuration`). */
const FORCED_AFTER_MS = 360_000

/** The object of a pod that holds a volume is still there. */
function isWanted(view: ClusterView, key: string): boolean {
  const { namespace, name, uid } = lifeParts(key)
  return view.get('Pod', namespace, name)?.metadata.uid === uid
}

/** The object of a pod is gone and its node cannot let go of the volumes: the clock of the forced detach starts. */
export function* disownVolumes(view: ClusterView, { volumes }: Life): Steps {
  for (const volume of volumes) {
    const key = volumeKey(volume)
    const notes = view.recall(key) as VolumeNotes | undefined
    if (!notes || notes.unwantedSince !== undefined || notes.holders.some((holder) => isWanted(view, holder))) continue
    yield { do: 'remember', key, memory: { ...notes, unwantedSince: view.now } satisfies VolumeNotes }
    yield { do: 'wake', key, id: 'detach', afterMs: 0 }
  }
}

/** The turn of a volume that nobody on its node wants: it is taken from the node, or the time is set when it will be. */
export function* detachTurn(view: ClusterView): Steps<undefined> {
  const notes = view.recall() as VolumeNotes | undefined
  if (notes?.unwantedSince === undefined) return undefined
  const node = view.get('Node', undefined, notes.node)
  const forcedAt = notes.unwantedSince + FORCED_AFTER_MS
  const isForced = view.now >= forcedAt && !(node && isNodeReady(node))
  if (isForced || (node && isOutOfService(node))) {
    yield { do: 'remember', memory: undefined }
    yield { do: 'cancelWake', id: 'forced' }
  } else if (view.now < forcedAt) yield { do: 'wake', id: 'forced', afterMs: forcedAt - view.now }
  for (const waiting of notes.waiting) yield { do: 'wake', key: waiting, id: 'volumes', afterMs: 0 }
  return undefined
}

/** Why a pod waits for volumes of a node that cannot be asked; empty when that node merely has not let go yet. */
export function heldReasons(view: ClusterView, pod: Pod, node: string): GivenReason[] {
  return busyVolumes(view, volumesOf(view, pod), node).flatMap((volume): GivenReason[] => {
    const { node: holder, unwantedSince } = view.recall(volumeKey(volume)) as VolumeNotes
    if (unwantedSince === undefined) return []
    const on = keyOf('Node', undefined, holder)
    const until = unwantedSince + FORCED_AFTER_MS
    return [{ reason: 'volumeHeld', subject: keyOfObject(pod), on, until, detail: { volume } }]
  })
}
