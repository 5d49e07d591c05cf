/**
 * The claims of a slot: created before its pod, created again under a Pending pod, owned as the retention policy says.
 * An existing claim of the right name is taken as it is; claims are never deleted and never resized here.
 * Models: pkg/controller/statefulset/stateful_pod_control.go (createPersistentVolumeClaims, createMissing…,
 * UpdatePodClaimForRetentionPolicy, ClaimsMatchRetentionPolicy, PodClaimIsStale), v1.36.
 */
import { joined } from '../api/fill.ts'
import { claimNameOf } from '../api/identity.ts'
import type { ClaimTemplate, Labels, PersistentVolumeClaim, StatefulSet } from '../api/types.ts'
import type { Draft } from '../kernel/types.ts'
import type { Tenant } from './claimOwners.ts'
import {
  areOwnersUpToDate,
  belongsToEarlierPod,
  hasUnexpectedController,
  ownersWithPolicy,
  retainsAlways,
  retentionPolicyOf,
} from './claimOwners.ts'
import type { Failure } from './failure.ts'
import { failed, refused, together } from './failure.ts'
import type { Doing, Sync } from './statefulSetSync.ts'

const templatesOf = (set: StatefulSet): readonly ClaimTemplate[] => set.spec.volumeClaimTemplates ?? []

/** The names of a slot's claims, by template. */
export const claimNamesOf = (set: StatefulSet, ordinal: number): readonly string[] =>
  templatesOf(set).map(({ metadata }) => claimNameOf(metadata.name, set.metadata.name, ordinal))

const ownersOf = ({ metadata }: PersistentVolumeClaim) => metadata.ownerReferences ?? []

/** The claim of a template that a slot gets. */
export function claimDraft(set: StatefulSet, template: ClaimTemplate, name: string): Draft<PersistentVolumeClaim> {
  const { namespace } = set.metadata
  const { annotations } = template.metadata
  const labels: Labels = joined(template.metadata.labels ?? {}, set.spec.selector.matchLabels)
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name, ...(namespace !== undefined && { namespace }), labels, ...(annotations && { annotations }) },
    spec: template.spec,
  }
}

function* createClaim(sync: Sync, template: ClaimTemplate, name: string, pod: string): Doing<Failure | undefined> {
  const answer = yield { do: 'create', object: claimDraft(sync.set, template, name) }
  if (answer.ok) {
    const message = `${sync.verb('Create')} Claim ${name} Pod ${pod} in StatefulSet ${sync.name} success`
    yield sync.event('Normal', 'SuccessfulCreate', message)
    return undefined
  }
  if (answer.refusal.reason !== 'AlreadyExists') {
    const failed = `failed error: ${answer.refusal.message}`
    const message = `${sync.verb('Create')} Claim ${name} for Pod ${pod} in StatefulSet ${sync.name} ${failed}`
    yield sync.event('Warning', 'FailedCreate', message)
  }
  const { quota } = answer.refusal
  return failed(`failed to create PVC ${name}: ${answer.refusal.message}`, quota && { quota })
}

/** Creates the claims that the slot misses. Fails when one is being deleted or cannot be created. */
export function* createClaims(sync: Sync, { ordinal, name: pod }: Tenant): Doing<Failure | undefined> {
  const failures: (Failure | undefined)[] = []
  for (const template of templatesOf(sync.set)) {
    const name = claimNameOf(template.metadata.name, sync.name, ordinal)
    const claim = sync.get('PersistentVolumeClaim', name)
    if (!claim) failures.push(yield* createClaim(sync, template, name, pod))
    else if (claim.metadata.deletionTimestamp !== undefined) {
      failures.push(failed(`pvc ${name} is being deleted`))
      sync.hint('claimBeingDeleted', pod, { on: sync.keyOf('PersistentVolumeClaim', name), rule: 'STO-1' }) // STO-1
    }
  }
  return together(failures)
}

/** Writes the owners that the retention policy asks for on the slot's claims that exist. */
export function* keepOwners(sync: Sync, tenant: Tenant): Doing<Failure | undefined> {
  const { set } = sync
  for (const name of claimNamesOf(set, tenant.ordinal)) {
    const claim = sync.get('PersistentVolumeClaim', name)
    if (!claim) continue
    if (hasUnexpectedController(ownersOf(claim), set, tenant)) {
      const message = `PersistentVolumeClaim ${name} has a conflicting OwnerReference that acts as a manging controller, the retention policy is ignored for this claim`
      yield sync.event('Warning', 'ConflictingController', message)
    }
    if (areOwnersUpToDate(ownersOf(claim), set, tenant)) continue
    const ownerReferences = ownersWithPolicy(ownersOf(claim), set, tenant)
    const answer = yield { do: 'update', object: { ...claim, metadata: { ...claim.metadata, ownerReferences } } }
    if (answer.ok) continue
    if (answer.refusal.reason === 'Conflict') yield* sync.readAgain('PersistentVolumeClaim', name)
    return refused(answer.refusal, `could not update claim ${name} for delete policy ownerRefs: `)
  }
  return undefined
}

/** Gives a Pending pod the claims that it misses, with their owners. */
export function* provideClaims(sync: Sync, tenant: Tenant): Doing<Failure | undefined> {
  const missing = yield* createClaims(sync, tenant)
  if (missing) return missing
  const unowned = yield* keepOwners(sync, tenant)
  if (unowned) yield sync.podEvent('Update', tenant.name, unowned)
  return unowned
}

/** True when the owners of the slot's claims are what the policy asks for; a claim that is not there counts as right. */
export function claimsMatch(sync: Sync, tenant: Tenant): boolean {
  return claimNamesOf(sync.set, tenant.ordinal).every((name) => {
    const claim = sync.get('PersistentVolumeClaim', name)
    return !claim || areOwnersUpToDate(ownersOf(claim), sync.set, tenant)
  })
}

/** The first claim of an empty slot that still waits for the removal of an earlier pod's; undefined when none does. */
export function staleClaim(sync: Sync, tenant: Tenant): string | undefined {
  if (retentionPolicyOf(sync.set).whenScaled === 'Retain') return undefined
  return claimNamesOf(sync.set, tenant.ordinal).find((name) => {
    const claim = sync.get('PersistentVolumeClaim', name)
    return claim !== undefined && belongsToEarlierPod(ownersOf(claim), tenant)
  })
}

const ownedSomewhere = new WeakMap<readonly PersistentVolumeClaim[], boolean>()

/** True when no claim's owners can be wrong: all are to be retained, and none has an owner. Spares a look at each. */
export function needNoOwners({ set, view, namespace }: Sync): boolean {
  if (templatesOf(set).length === 0) return true
  if (!retainsAlways(retentionPolicyOf(set))) return false
  const claims = view.list('PersistentVolumeClaim', namespace)
  let owned = ownedSomewhere.get(claims)
  if (owned === undefined) {
    owned = claims.some((claim) => ownersOf(claim).length > 0)
    ownedSomewhere.set(claims, owned)
  }
  return !owned
}
