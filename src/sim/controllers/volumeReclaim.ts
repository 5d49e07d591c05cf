/**
 * What becomes of a volume: a new one is made available, one whose claim is gone is released and, by its policy, erased
 * with all that is on it or kept. The part of the volume binder whose keys are volumes.
 * Models: pkg/controller/volume/persistentvolume/pv_controller.go (syncVolume, reclaimVolume), v1.36.
 */
import { keyOf, keyOfObject } from '../api/kinds.ts'
import type { PersistentVolume, PersistentVolumeClaim } from '../api/types.ts'
import type { Answer, Change, ClusterView, Decision, Outcome } from '../kernel/types.ts'
import { drawDelay } from './delays.ts'

type Steps = Generator<Decision, Outcome, Answer>

/** The claim that a volume belongs to is there, and is still the same one. */
function hasClaim(view: ClusterView, { spec: { claimRef } }: PersistentVolume): boolean {
  const claim = claimRef && view.get('PersistentVolumeClaim', claimRef.namespace, claimRef.name)
  return claim !== undefined && (claimRef?.uid === undefined || claimRef.uid === claim.metadata.uid)
}

function* setPhase(volume: PersistentVolume, phase: PersistentVolume['status']['phase']): Steps {
  if (volume.status.phase === phase) return undefined
  const answer = yield { do: 'updateStatus', object: { ...volume, status: { ...volume.status, phase } } }
  return answer.ok ? undefined : { error: answer.refusal.message }
}

function* erase(volume: PersistentVolume): Steps {
  const { name } = volume.metadata
  const answer = yield { do: 'delete', kind: 'PersistentVolume', name }
  if (!answer.ok) return { error: answer.refusal.message }
  yield { do: 'writeDisk', volume: name, files: null }
  return undefined
}

/** One look at a volume. `id` is `reclaim` when the time to erase it has come. */
export function* volumeTurn(view: ClusterView, name: string, id: string): Steps {
  const volume = view.get('PersistentVolume', undefined, name)
  if (!volume) return undefined
  const { claimRef, persistentVolumeReclaimPolicy } = volume.spec
  if (volume.metadata.deletionTimestamp !== undefined) {
    if (volume.status.phase !== 'Bound' || hasClaim(view, volume)) return undefined
    if (persistentVolumeReclaimPolicy === 'Delete') yield { do: 'writeDisk', volume: name, files: null }
    return yield* setPhase(volume, 'Released')
  }
  // Without a claim it may be bound to any; with one that has no uid it waits for the claim of that name.
  if (claimRef?.uid === undefined) return yield* setPhase(volume, 'Available')
  if (hasClaim(view, volume)) return undefined
  if (persistentVolumeReclaimPolicy === 'Delete' && id === 'reclaim') return yield* erase(volume)
  const failed = yield* setPhase(volume, 'Released')
  if (!failed && persistentVolumeReclaimPolicy === 'Delete')
    yield { do: 'wake', id: 'reclaim', afterMs: drawDelay(view, 'reclaim') }
  return failed
}

/** Volumes that are new or were given to another claim. */
export const volumeKeys = ({ before, after }: Change): readonly string[] =>
  after?.kind === 'PersistentVolume' && (before as PersistentVolume | undefined)?.spec !== after.spec
    ? [keyOfObject(after)]
    : []

/** The volume of a claim that is gone. */
export function leftVolumeKeys({ before, after }: Change): readonly string[] {
  const { volumeName } = after ? {} : (before as PersistentVolumeClaim).spec
  return volumeName === undefined ? [] : [keyOf('PersistentVolume', undefined, volumeName)]
}
