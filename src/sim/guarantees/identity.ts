/**
 * IDN, OWN, DEL and API: who is who. A name is held by one object and one process, a pod keeps the name it was born with,
 * the controller touches only its own, leaves a dying set alone, and nobody changes what is fixed for a set's life.
 * Models: pkg/controller/statefulset/stateful_set_utils.go (initIdentity, identityMatches),
 * pkg/controller/controller_ref_manager.go, pkg/apis/apps/validation (ValidateStatefulSetUpdate), v1.36.
 */
import { POD_INDEX_LABEL, POD_NAME_LABEL, parentAndOrdinal, podNameOf } from '../api/identity.ts'
import { controllerOf, keyOfObject } from '../api/kinds.ts'
import { switchesOf } from '../api/switches.ts'
import type { Pod, StatefulSet } from '../api/types.ts'
import { readObject } from '../kernel/apiServer.ts'
import { same } from '../kernel/equality.ts'
import type { Rule } from '../kernel/types.ts'
import { stepRule, syncRule } from './findings.ts'
import type { Sync } from './sync.ts'
import { syncOf } from './sync.ts'

const uniqueObject = stepRule('IDN-1', ({ before, changes }, findings) => {
  for (const change of changes) {
    const pod = change.after
    if (pod?.kind !== 'Pod' || change.before) continue
    const { namespace, name } = pod.metadata
    const removed = changes.some((other) => other.before?.metadata.name === name && !other.after)
    findings.expect(
      removed || !readObject(before.objects, 'Pod', namespace, name),
      keyOfObject(pod),
      () => `a second object named ${name} was stored`,
    )
  }
})

const ownName = stepRule('IDN-3', (step, findings) => {
  const sync = syncOf(step)
  for (const { kind, pod, ordinal, key } of sync?.actions ?? []) {
    if (kind !== 'create') continue
    const { set } = sync as Sync
    const { PodIndexLabel } = switchesOf(step.before.settings)
    findings.expect(
      bornAs(pod, set, ordinal, PodIndexLabel),
      key,
      () => `${pod.metadata.name} was created with another identity`,
    )
  }
  for (const { before, after } of step.changes) {
    if (before?.kind !== 'Pod' || after?.kind !== 'Pod' || before.spec === after.spec) continue
    findings.expect(
      before.spec.hostname === after.spec.hostname && before.spec.subdomain === after.spec.subdomain,
      keyOfObject(after),
      () => `${after.metadata.name} changed its hostname or subdomain`,
    )
  }
})

/** The pod carries the names, labels and owner of this ordinal of the set. */
function bornAs({ metadata, spec }: Pod, set: StatefulSet, ordinal: number, isIndexed: boolean): boolean {
  const { name, labels = {} } = metadata
  return (
    name === podNameOf(set.metadata.name, ordinal) &&
    labels[POD_NAME_LABEL] === name &&
    (!isIndexed || labels[POD_INDEX_LABEL] === String(ordinal)) &&
    spec.hostname === name &&
    (spec.subdomain ?? '') === set.spec.serviceName &&
    controllerOf(metadata)?.uid === set.metadata.uid
  )
}

const onlyItsOwn = syncRule('OWN-1', ({ set, step, key }, findings) => {
  for (const { before } of step.changes) {
    if (before?.kind !== 'Pod') continue
    const owner = controllerOf(before.metadata)
    const orphan = !owner && parentAndOrdinal(before.metadata.name).parent === set.metadata.name
    findings.expect(
      orphan || owner?.uid === set.metadata.uid,
      keyOfObject(before),
      () => `${key} changed ${before.metadata.name}, which is not its own`,
    )
  }
})

const dyingSetRests = syncRule('DEL-1', ({ set, step, actions, key }, findings) => {
  if (set.metadata.deletionTimestamp === undefined) return
  const adopted = step.changes.some(
    ({ before, after }) =>
      before?.kind === 'Pod' && after && !controllerOf(before.metadata) && controllerOf(after.metadata),
  )
  const claimed = step.changes.some(({ before, after }) => !before && after?.kind === 'PersistentVolumeClaim')
  findings.expect(
    actions.length === 0 && !adopted && !claimed,
    key,
    () => `${set.metadata.name} is being deleted and still created, deleted or adopted`,
  )
})

const fixedForLife = stepRule('API-1', ({ changes }, findings) => {
  for (const { before, after } of changes) {
    if (before?.kind !== 'StatefulSet' || after?.kind !== 'StatefulSet' || before.spec === after.spec) continue
    const fixed = ['selector', 'serviceName', 'podManagementPolicy', 'volumeClaimTemplates'] as const
    const moved = fixed.filter((field) => !same(before.spec[field], after.spec[field]))
    findings.expect(moved.length === 0, keyOfObject(after), () => `${after.metadata.name} changed ${moved.join(', ')}`)
  }
})

export const IDENTITY: readonly Rule[] = [uniqueObject, ownName, onlyItsOwn, dyingSetRests, fixedForLife]
