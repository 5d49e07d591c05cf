/**
 * Which pods are the set's: those it controls, orphans that it adopts, and not those whose labels or name no longer fit,
 * which it lets go.
 * Models: pkg/controller/controller_ref_manager.go (ClaimPods, RecheckDeletionTimestamp),
 * pkg/controller/statefulset/stateful_set.go (getPodsForStatefulSet, canAdoptFunc), v1.36.
 */
import type { Pod, StatefulSet } from '../api/types.ts'
import { byCodeUnit } from '../kernel/sorted.ts'
import { YES } from '../machines/ordering.ts'
import { referenceToSet } from './claimOwners.ts'
import type { Failure } from './failure.ts'
import { failed, refused, together } from './failure.ts'
import type { PodFacts } from './podFacts.ts'
import type { Members, Roster } from './roster.ts'
import { membersOf } from './roster.ts'
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

/** There is somebody to adopt or to release. A set that is being deleted does neither. */
export const claimsOrReleases = ({ set }: Sync, { strays }: Roster): boolean =>
  strays.length > 0 && set.metadata.deletionTimestamp === undefined

/** The set's pods after adopting and releasing. */
export function* claimPods(sync: Sync, roster: Roster): Doing<Members | Failure> {
  const { set } = sync
  const pods = [...roster.pods()]
  const failures: (Failure | undefined)[] = []
  const adoption = new Adoption()
  for (const stray of roster.strays) {
    if (stray.controller !== undefined) failures.push(yield* release(sync, stray))
    else if (!stray.is(YES.isTerminating)) {
      const adopted = yield* adoption.adopt(sync, stray)
      if (adopted === true) pods.push(stray)
      else if (adopted) failures.push(adopted)
    }
  }
  return (
    together(failures) ??
    membersOf(
      set,
      pods.sort((a, b) => byCodeUnit(a.name, b.name)),
    )
  )
}
