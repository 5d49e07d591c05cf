/**
 * What is done to one pod of a set: made from a revision's template with its identity and storage, repaired, deleted.
 * Leaves out when: that is the ordering chart's verdict.
 * Models: pkg/controller/statefulset/stateful_pod_control.go (CreateStatefulPod, UpdateStatefulPod, DeleteStatefulPod),
 * stateful_set_utils.go (newStatefulSetPod, initIdentity, updateStorage), v1.36.
 */
import { joined } from '../api/fill.ts'
import { claimNameOf, POD_INDEX_LABEL, POD_NAME_LABEL, podNameOf, REVISION_LABEL } from '../api/identity.ts'
import type { Switches } from '../api/switches.ts'
import type { ControllerRevision, Pod, PodSpec, StatefulSet, Volume } from '../api/types.ts'
import { referenceToSet } from './claimOwners.ts'
import type { Failure } from './failure.ts'
import { refused, textOf } from './failure.ts'
import { PodFacts } from './podFacts.ts'
import { claimsMatch, createClaims, keepOwners } from './statefulSetClaims.ts'
import { templateOf } from './statefulSetRevisions.ts'
import type { Doing, Sync } from './statefulSetSync.ts'
import { BACKOFF_TRIES, retryOnConflict } from './statefulSetSync.ts'

/** The spec's volumes with those of the claim templates put first, each replacing one of the same name. */
function volumesOf(set: StatefulSet, ordinal: number, { volumes = [] }: PodSpec): readonly Volume[] {
  const templates = set.spec.volumeClaimTemplates ?? []
  const claimed = templates.map(({ metadata: { name } }) => ({
    name,
    persistentVolumeClaim: { claimName: claimNameOf(name, set.metadata.name, ordinal) },
  }))
  return [...claimed, ...volumes.filter(({ name }) => !templates.some(({ metadata }) => metadata.name === name))]
}

const identityLabels = (name: string, ordinal: number, { PodIndexLabel }: Switches) => ({
  [POD_NAME_LABEL]: name,
  ...(PodIndexLabel && { [POD_INDEX_LABEL]: String(ordinal) }),
})

/** The pod that an empty slot is to get, not created yet: no uid, no phase. */
export function placeholderOf({ set, switches }: Sync, revision: ControllerRevision, ordinal: number): Pod {
  const { metadata = {}, spec } = templateOf(revision)
  const name = podNameOf(set.metadata.name, ordinal)
  const { namespace } = set.metadata
  const volumes = volumesOf(set, ordinal, spec)
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      ...(namespace !== undefined && { namespace }),
      uid: '',
      resourceVersion: '',
      creationTimestamp: '',
      labels: joined(metadata.labels ?? {}, identityLabels(name, ordinal, switches), {
        [REVISION_LABEL]: revision.metadata.name,
      }),
      ...(metadata.annotations && { annotations: metadata.annotations }),
      ...(metadata.finalizers && { finalizers: metadata.finalizers }),
      ownerReferences: [referenceToSet(set)],
    },
    spec: joined(
      spec,
      { hostname: name, subdomain: set.spec.serviceName },
      volumes.length > 0 ? { volumes } : undefined,
    ),
    status: {},
  }
}

/** Creates the claims of an empty slot, then its pod. A name that is taken fails without an event. */
export function* createPod(sync: Sync, pod: Pod): Doing<Failure | undefined> {
  const slot = new PodFacts(pod)
  const missing = yield* createClaims(sync, slot)
  if (missing) return yield* uncreated(sync, slot.name, missing)
  const answer = yield { do: 'create', object: pod }
  const failure = answer.ok ? undefined : refused(answer.refusal)
  if (failure?.reason === 'AlreadyExists') {
    sync.hint('nameTaken', slot.name, { on: sync.keyOf('Pod', slot.name) })
    return failure
  }
  const unowned = yield* keepOwners(sync, slot)
  if (unowned) {
    yield sync.podEvent('Update', slot.name, unowned)
    return unowned
  }
  if (failure) return yield* uncreated(sync, slot.name, failure)
  yield sync.podEvent('Create', slot.name)
  return undefined
}

function* uncreated(sync: Sync, name: string, failure: Failure): Doing<Failure> {
  const { quota } = failure
  if (quota?.exceeded) sync.hint('quotaExceeded', name, { on: quota.key, detail: quota.exceeded })
  else if (quota) sync.hint('resourcesUnsaid', name, { on: quota.key })
  else sync.hint('syncFailed', name, { detail: { error: textOf(failure) } })
  yield sync.podEvent('Create', name, failure)
  return failure
}

function withIdentity({ set, switches }: Sync, pod: Pod): Pod {
  const { ordinal } = new PodFacts(pod)
  const name = podNameOf(set.metadata.name, ordinal)
  const labels = { ...pod.metadata.labels, ...identityLabels(name, ordinal, switches) }
  return { ...pod, metadata: { ...pod.metadata, name, labels } }
}

/** Brings a pod's labels, volumes and the owners of its claims back to what they should be. */
export function* repairPod(sync: Sync, given: Pod): Doing<Failure | undefined> {
  const { set } = sync
  let pod = given
  let written = false
  const failure = yield* retryOnConflict(BACKOFF_TRIES, function* (): Doing<Failure | undefined> {
    let consistent = true
    if (!new PodFacts(pod).identityMatches) {
      pod = withIdentity(sync, pod)
      consistent = false
    }
    const facts = new PodFacts(pod)
    if (!facts.storageMatches(set)) {
      pod = { ...pod, spec: { ...pod.spec, volumes: volumesOf(set, facts.ordinal, pod.spec) } }
      consistent = false
      const missing = yield* createClaims(sync, facts)
      if (missing) return yield* unrepaired(sync, pod, missing)
    }
    if (!claimsMatch(sync, facts)) {
      const unowned = yield* keepOwners(sync, facts)
      if (unowned) return yield* unrepaired(sync, pod, unowned)
      consistent = false
    }
    if (consistent) return undefined
    written = true
    const answer = yield { do: 'update', object: pod }
    if (answer.ok) return undefined
    if (answer.refusal.reason === 'Conflict') pod = (yield* sync.readAgain('Pod', pod.metadata.name)) ?? pod
    return refused(answer.refusal)
  })
  if (written) yield sync.podEvent('Update', pod.metadata.name, failure)
  return failure
}

function* unrepaired(sync: Sync, pod: Pod, failure: Failure): Doing<Failure> {
  yield sync.podEvent('Update', pod.metadata.name, failure)
  return failure
}

/** Deletes a pod by its name. One that is gone already counts as deleted. */
export function* deletePod(sync: Sync, name: string): Doing<Failure | undefined> {
  const answer = yield {
    do: 'delete',
    kind: 'Pod',
    ...(sync.namespace !== undefined && { namespace: sync.namespace }),
    name,
  }
  const failure = answer.ok || answer.refusal.reason === 'NotFound' ? undefined : refused(answer.refusal)
  yield sync.podEvent('Delete', name, failure)
  if (failure) sync.hint('syncFailed', name, { detail: { error: textOf(failure) } })
  return failure
}
