/**
 * Who owns a claim of a StatefulSet, so that garbage collection takes it when its retention policy says so.
 * Leaves out the claims themselves: which there are, and when they are written, is `statefulSetClaims`.
 * Models: pkg/controller/statefulset/stateful_set_utils.go (isClaimOwnerUpToDate, updateClaimOwnerRefForSetAndPod,
 * hasStaleOwnerRef, hasUnexpectedController), v1.36.
 */
import { inRange } from '../api/identity.ts'
import type { OwnerReference, StatefulSet, Uid } from '../api/types.ts'

/** A slot of the set with the pod in it; uid is '' while there is none. */
export interface Tenant {
  readonly ordinal: number
  readonly name: string
  readonly uid: Uid
}

export interface RetentionPolicy {
  readonly whenDeleted: 'Retain' | 'Delete'
  readonly whenScaled: 'Retain' | 'Delete'
}

const RETAIN: RetentionPolicy = { whenDeleted: 'Retain', whenScaled: 'Retain' }

export const retentionPolicyOf = (set: StatefulSet): RetentionPolicy =>
  set.spec.persistentVolumeClaimRetentionPolicy ?? RETAIN

export const retainsAlways = ({ whenDeleted, whenScaled }: RetentionPolicy): boolean =>
  whenDeleted === 'Retain' && whenScaled === 'Retain'

type References = readonly OwnerReference[]

const namesSet = (reference: OwnerReference, set: StatefulSet): boolean =>
  reference.apiVersion === 'apps/v1' && reference.kind === 'StatefulSet' && reference.name === set.metadata.name

const namesPod = (reference: OwnerReference, pod: Tenant): boolean =>
  reference.apiVersion === 'v1' && reference.kind === 'Pod' && reference.name === pod.name

const owns = (references: References, uid: Uid): boolean => references.some((reference) => reference.uid === uid)

/** The claim still names an earlier pod of this name. */
export function belongsToEarlierPod(references: References, pod: Tenant): boolean {
  const named = references.find((reference) => namesPod(reference, pod))
  return named !== undefined && named.uid !== pod.uid
}

function belongsToEarlierSet(references: References, set: StatefulSet): boolean {
  const named = references.find((reference) => namesSet(reference, set))
  return named !== undefined && named.uid !== set.metadata.uid
}

/** Somebody else controls the claim; no matter as long as everything is retained. */
export function hasUnexpectedController(references: References, set: StatefulSet, pod: Tenant): boolean {
  if (retainsAlways(retentionPolicyOf(set))) return false
  return references.some((reference) => {
    if (namesSet(reference, set)) return reference.uid !== set.metadata.uid
    if (namesPod(reference, pod)) return reference.uid !== pod.uid
    return reference.controller === true
  })
}

const isMerelyOwned = (references: References, set: StatefulSet, pod: Tenant): boolean =>
  references.some(({ uid, controller }) => (uid === set.metadata.uid || uid === pod.uid) && controller !== true)

/** Whose reference the policy asks for: the set's until the pod is scaled away, then the pod's. */
function ownersWanted(set: StatefulSet, pod: Tenant): { readonly set: boolean; readonly pod: boolean } {
  const { whenDeleted, whenScaled } = retentionPolicyOf(set)
  const scaledAway = whenScaled === 'Delete' && !inRange(set, pod.ordinal)
  return { set: whenDeleted === 'Delete' && !scaledAway, pod: scaledAway }
}

/** True when there is nothing to write: the owners are right, or they are not ours to touch. */
export function areOwnersUpToDate(references: References, set: StatefulSet, pod: Tenant): boolean {
  if (belongsToEarlierSet(references, set) || belongsToEarlierPod(references, pod)) return true
  const ownedBySet = owns(references, set.metadata.uid)
  const ownedByPod = owns(references, pod.uid)
  if (hasUnexpectedController(references, set, pod)) return !ownedBySet && !ownedByPod
  if (isMerelyOwned(references, set, pod)) return false
  const wanted = ownersWanted(set, pod)
  return ownedBySet === wanted.set && ownedByPod === wanted.pod
}

const controllerReference = (apiVersion: string, kind: string, name: string, uid: Uid): OwnerReference => ({
  apiVersion,
  kind,
  name,
  uid,
  controller: true,
  blockOwnerDeletion: true,
})

export const referenceToSet = ({ metadata: { name, uid } }: StatefulSet): OwnerReference =>
  controllerReference('apps/v1', 'StatefulSet', name, uid)

/** The whole list as it is to be written. Under a foreign controller ours go and none comes. */
export function ownersWithPolicy(references: References, set: StatefulSet, pod: Tenant): References {
  const others = references.filter((reference) => !namesSet(reference, set) && !namesPod(reference, pod))
  if (hasUnexpectedController(references, set, pod)) return others
  const wanted = ownersWanted(set, pod)
  if (wanted.set) return [...others, referenceToSet(set)]
  return wanted.pod ? [...others, controllerReference('v1', 'Pod', pod.name, pod.uid)] : others
}
