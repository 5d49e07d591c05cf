/**
 * Keeps what is in use: a claim that is being deleted goes only when no scheduled pod mentions it, a volume only when it is
 * not bound. Keys are claims and volumes.
 * Models: pkg/controller/volume/{pvcprotection,pvprotection}, v1.36.
 */
import { CLAIM_PROTECTION, VOLUME_PROTECTION } from '../api/defaultsStorage.ts'
import type { ObjectKey } from '../api/kinds.ts'
import { keyOf, keyOfObject, partsOfKey } from '../api/kinds.ts'
import type { AnyObject, PersistentVolume, PersistentVolumeClaim, Pod } from '../api/types.ts'
import type { Answer, Change, ClusterView, Decider, Decision, Outcome } from '../kernel/types.ts'
import { WATCH_DELAYS } from './delays.ts'
import { claimNames } from './kubeletNode.ts'

type Steps = Generator<Decision, Outcome, Answer>

const isProtected = ({ metadata }: AnyObject, finalizer: string): boolean =>
  metadata.deletionTimestamp !== undefined && (metadata.finalizers?.includes(finalizer) ?? false)

function* letGo(object: PersistentVolume | PersistentVolumeClaim, finalizer: string): Steps {
  const finalizers = object.metadata.finalizers?.filter((other) => other !== finalizer) ?? []
  const metadata = { ...object.metadata, finalizers }
  const answer = yield { do: 'update', object: { ...object, metadata } as AnyObject }
  return answer.ok ? undefined : { error: answer.refusal.message }
}

/** The first pod on a node that mentions the claim, whatever became of it. Pods without a node protect nothing. */
const userOf = (view: ClusterView, { metadata: { namespace, name } }: PersistentVolumeClaim): Pod | undefined =>
  view.list('Pod', namespace).find((pod) => pod.spec.nodeName !== undefined && claimNames(pod).includes(name))

function* claimTurn(view: ClusterView, claim: PersistentVolumeClaim | undefined): Steps {
  if (!claim || !isProtected(claim, CLAIM_PROTECTION)) {
    yield { do: 'explain', reasons: [] }
    return undefined
  }
  const user = userOf(view, claim)
  const reasons = user ? [{ reason: 'claimInUse' as const, subject: keyOfObject(claim), on: keyOfObject(user) }] : []
  yield { do: 'explain', reasons }
  return user ? undefined : yield* letGo(claim, CLAIM_PROTECTION)
}

function* decide(view: ClusterView, key: string): Steps {
  const { kind, namespace, name } = partsOfKey(key as ObjectKey)
  if (kind === 'PersistentVolumeClaim') return yield* claimTurn(view, view.get(kind, namespace, name))
  const volume = view.get('PersistentVolume', undefined, name)
  if (!volume || !isProtected(volume, VOLUME_PROTECTION) || volume.status.phase === 'Bound') return undefined
  return yield* letGo(volume, VOLUME_PROTECTION)
}

type View = Parameters<Decider['watches'][number]['wakes']>[1]

/** A pod that is gone frees its claims; one that comes to a node is looked at for the reason that is told. */
function podWakes({ before, after }: Change, view: View): readonly string[] {
  const pod = (after ?? before) as Pod
  if (after && (before as Pod | undefined)?.spec.nodeName === pod.spec.nodeName) return []
  const { namespace } = pod.metadata
  return claimNames(pod).flatMap((name) =>
    view.get('PersistentVolumeClaim', namespace, name)?.metadata.deletionTimestamp === undefined
      ? []
      : keyOf('PersistentVolumeClaim', namespace, name),
  )
}

/** An object whose deletion has begun, or that is gone since. */
const dying = ({ before, after }: Change): readonly string[] => {
  const object = (after ?? before) as AnyObject
  return object.metadata.deletionTimestamp === undefined ? [] : [keyOfObject(object)]
}

export const volumeProtection: Decider = {
  name: 'volumeProtection',
  component: 'pvc-protection-controller',
  delayMs: WATCH_DELAYS.volumeProtection,
  watches: [
    { kind: 'PersistentVolumeClaim', wakes: dying },
    { kind: 'PersistentVolume', wakes: dying },
    { kind: 'Pod', wakes: podWakes },
  ],
  decide,
}
