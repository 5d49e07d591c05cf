/**
 * Which pods are the set's: those it controls, orphans that it adopts, and not those whose labels or name no longer fit,
 * which it lets go. Then each in its place: wanted slots by ordinal, condemned pods from the highest ordinal down.
 * Models: pkg/controller/controller_ref_manager.go (ClaimPods, RecheckDeletionTimestamp),
 * pkg/controller/statefulset/stateful_set.go (getPodsForStatefulSet, canAdoptFunc), v1.36.
 */
import { startOrdinal } from '../api/identity.ts'
import type { Pod, StatefulSet } from '../api/types.ts'
import { referenceToSet } from './claimOwners.ts'
import type { Failure } from './failure.ts'
import { failed, refused, together } from './failure.ts'
import type { PodFacts } from './podFacts.ts'
import { factsOf } from './podFacts.ts'
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

/** The set's pods in the order of their names, after adopting and releasing. */
export function* claimPods(sync: Sync): Doing<readonly PodFacts[] | Failure> {
  const { set, view, namespace } = sync
  const { uid } = set.metadata
  const deleting = set.metadata.deletionTimestamp !== undefined
  const claimed: PodFacts[] = []
  const failures: Failure[] = []
  const adoption = new Adoption()
  for (const pod of view.list('Pod', namespace)) {
    const facts = factsOf(pod)
    if (facts.controller !== undefined && facts.controller !== uid) continue
    const member = facts.isMemberOf(set)
    if (facts.controller === uid) {
      if (member) claimed.push(facts)
      else if (!deleting) {
        const failure = yield* release(sync, facts)
        if (failure) failures.push(failure)
      }
    } else if (member && !deleting && pod.metadata.deletionTimestamp === undefined) {
      const adopted = yield* adoption.adopt(sync, facts)
      if (adopted === true) claimed.push(facts)
      else if (adopted) failures.push(adopted)
    }
  }
  return together(failures) ?? claimed
}

export interface Places {
  /** By index from the start ordinal; undefined where no pod is. */
  readonly replicas: readonly (PodFacts | undefined)[]
  /** Outside the wanted range, highest ordinal first. */
  readonly condemned: readonly PodFacts[]
}

/** Puts each pod in its place. A pod whose name is no member's is in none. */
export function placesOf(set: StatefulSet, pods: readonly PodFacts[]): Places {
  const start = startOrdinal(set)
  const { replicas: size } = set.spec
  const replicas = new Array<PodFacts | undefined>(size).fill(undefined)
  const condemned: PodFacts[] = []
  for (const pod of pods) {
    const index = pod.ordinal - start
    if (index >= 0 && index < size) replicas[index] = pod
    else if (pod.ordinal >= 0) condemned.push(pod)
  }
  condemned.sort((a, b) => b.ordinal - a.ordinal)
  return { replicas, condemned }
}
