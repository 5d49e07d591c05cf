/**
 * Which pods are the set's: those it controls, orphans that it adopts, and not those whose labels or name no longer fit,
 * which it lets go. Then each in its place: wanted slots by ordinal, condemned pods from the highest ordinal down.
 * Models: pkg/controller/controller_ref_manager.go (ClaimPods, RecheckDeletionTimestamp),
 * pkg/controller/statefulset/stateful_set.go (getPodsForStatefulSet, canAdoptFunc), v1.36.
 */
import { startOrdinal } from '../api/identity.ts'
import type { LabelSelector, Pod, StatefulSet, Uid } from '../api/types.ts'
import { byCodeUnit } from '../kernel/sorted.ts'
import { YES } from '../machines/ordering.ts'
import { referenceToSet } from './claimOwners.ts'
import type { Failure } from './failure.ts'
import { failed, refused, together } from './failure.ts'
import type { PodFacts } from './podFacts.ts'
import { factsOfAll } from './podFacts.ts'
import type { Doing, Sync } from './statefulSetSync.ts'

/** Looks at the live set before anything is adopted. Returns upstream's words for why nothing may be; undefined if all may. */
export function* recheckSet({ set, namespace }: Sync): Doing<string | undefined> {
  const { name, uid } = set.metadata
  const live = yield { do: 'read', kind: 'StatefulSet', namespace, name }
  if (!live.ok) return `can't recheck DeletionTimestamp: ${live.refusal.message}`
  const { metadata } = live.object as StatefulSet
  if (metadata.uid !== uid)
    return `can't recheck DeletionTimestamp: original StatefulSet ${namespace}/${name} is gone: got uid ${metadata.uid}, wanted ${uid}`
  if (metadata.deletionTimestamp === undefined) return undefined
  const at = metadata.deletionTimestamp.replace('T', ' ').replace('Z', ' +0000 UTC')
  return `${namespace}/${name} has just been deleted at ${at}`
}

/** A patch of the owners: whatever the version of the pod, but only of this very pod. */
function* patchOwners(
  { metadata, ...pod }: Pod,
  ownerReferences: Pod['metadata']['ownerReferences'],
): Doing<Failure | undefined> {
  const owned = { ...metadata, ownerReferences: ownerReferences ?? [], resourceVersion: '' }
  const answer = yield { do: 'update', object: { ...pod, metadata: owned } }
  return answer.ok ? undefined : refused(answer.refusal)
}

/** Takes the set's reference off. A pod that is gone, or may not be written, is let go all the same. */
function* release({ set }: Sync, { pod }: PodFacts): Doing<Failure | undefined> {
  const others = pod.metadata.ownerReferences?.filter(({ uid }) => uid !== set.metadata.uid)
  const failure = yield* patchOwners(pod, others)
  return failure?.reason === 'NotFound' || failure?.reason === 'Invalid' ? undefined : failure
}

class Adoption {
  private asked = false
  private refusal: string | undefined;

  /** True when the pod is the set's now; false when it has gone in the meantime. */
  *adopt(sync: Sync, { pod, name, uid }: PodFacts): Doing<boolean | Failure> {
    if (!this.asked) this.refusal = yield* recheckSet(sync)
    this.asked = true
    if (this.refusal) return failed(`can't adopt Pod ${pod.metadata.namespace}/${name} (${uid}): ${this.refusal}`)
    const failure = yield* patchOwners(pod, [referenceToSet(sync.set), ...(pod.metadata.ownerReferences ?? [])])
    return failure ? failure.reason !== 'NotFound' && failure : true
  }
}

interface Claimed {
  readonly set: Uid
  readonly selector: LabelSelector
  readonly pods: readonly PodFacts[]
}

/** What a list came to where nothing was adopted or released: the same again as long as set and list are the same. */
const settled = new WeakMap<readonly PodFacts[], Claimed>()

/** The set's pods in the order of their names, after adopting and releasing. */
export function* claimPods(sync: Sync): Doing<readonly PodFacts[] | Failure> {
  const { set, view, namespace } = sync
  const { uid } = set.metadata
  const { selector } = set.spec
  const all = factsOfAll(namespace, view.list('Pod', namespace))
  const known = settled.get(all)
  if (known?.set === uid && known.selector === selector) return known.pods
  const pods: PodFacts[] = []
  const strays: PodFacts[] = []
  for (const pod of all) {
    if (pod.controller === uid && pod.isMemberOf(set)) pods.push(pod)
    else if (pod.controller === uid || (pod.controller === undefined && pod.isMemberOf(set))) strays.push(pod)
  }
  if (strays.length > 0) return yield* claimStrays(sync, pods, strays)
  settled.set(all, { set: uid, selector, pods })
  return pods
}

/** Releases what no longer fits, adopts what does. A set that is being deleted does neither. */
function* claimStrays(sync: Sync, pods: PodFacts[], strays: readonly PodFacts[]): Doing<readonly PodFacts[] | Failure> {
  if (sync.set.metadata.deletionTimestamp !== undefined) return pods
  const failures: (Failure | undefined)[] = []
  const adoption = new Adoption()
  for (const stray of strays) {
    if (stray.controller !== undefined) failures.push(yield* release(sync, stray))
    else if (!stray.is(YES.isTerminating)) {
      const adopted = yield* adoption.adopt(sync, stray)
      if (adopted === true) pods.push(stray)
      else if (adopted) failures.push(adopted)
    }
  }
  return together(failures) ?? pods.sort((a, b) => byCodeUnit(a.name, b.name))
}

export interface Places {
  /** By index from the start ordinal; undefined where no pod is. */
  readonly replicas: readonly (PodFacts | undefined)[]
  /** Outside the wanted range, highest ordinal first. */
  readonly condemned: readonly PodFacts[]
}

const known = new WeakMap<readonly PodFacts[], { readonly start: number; readonly places: Places }>()

/** Puts each pod in its place. A pod whose name is no member's is in none. */
export function placesOf(set: StatefulSet, pods: readonly PodFacts[]): Places {
  const start = startOrdinal(set)
  const { replicas: size } = set.spec
  const before = known.get(pods)
  if (before?.start === start && before.places.replicas.length === size) return before.places
  const replicas = new Array<PodFacts | undefined>(size).fill(undefined)
  const condemned: PodFacts[] = []
  for (const pod of pods) {
    const index = pod.ordinal - start
    if (index >= 0 && index < size) replicas[index] = pod
    else if (pod.ordinal >= 0) condemned.push(pod)
  }
  condemned.sort((a, b) => b.ordinal - a.ordinal)
  const places = { replicas, condemned }
  known.set(pods, { start, places })
  return places
}
