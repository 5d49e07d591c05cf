/**
 * STO: that a pod finds the claims of its own ordinal, that the controller never takes a claim away, and that a volume is
 * given to one claim only.
 * Models: pkg/controller/statefulset/stateful_pod_control.go (createPersistentVolumeClaims, UpdatePodClaimForRetentionPolicy),
 * pkg/controller/volume/persistentvolume/pv_controller.go (syncVolume), v1.36.
 */
import { claimNameOf } from '../api/identity.ts'
import { keyOf } from '../api/kinds.ts'
import type { Pod } from '../api/types.ts'
import { readObject } from '../kernel/apiServer.ts'
import { same } from '../kernel/equality.ts'
import type { Rule } from '../kernel/types.ts'
import { actionRule, stepRule } from './findings.ts'
import { CONTROLLER } from './sync.ts'

const claimOf = (pod: Pod, volume: string): string | undefined =>
  pod.spec.volumes?.find(({ name }) => name === volume)?.persistentVolumeClaim?.claimName

const ownClaims = actionRule('STO-1', ({ kind, pod, ordinal, key }, { set, step }, findings) => {
  if (kind !== 'create') return
  const { namespace, name } = pod.metadata
  for (const template of set.spec.volumeClaimTemplates ?? []) {
    const claim = claimNameOf(template.metadata.name, set.metadata.name, ordinal)
    const observed = readObject(step.before.objects, 'PersistentVolumeClaim', namespace, claim)
    findings.expect(
      claimOf(pod, template.metadata.name) === claim,
      key,
      () => `${name} mounts ${claimOf(pod, template.metadata.name) ?? 'nothing'} instead of ${claim}`,
    )
    findings.expect(
      observed?.metadata.deletionTimestamp === undefined &&
        readObject(step.after.objects, 'PersistentVolumeClaim', namespace, claim) !== undefined,
      key,
      () => `${name} was created without its claim ${claim}, or while it was being deleted`,
    )
  }
})

const claimsStay = stepRule('STO-2', ({ changes }, findings) => {
  for (const { before, after, by } of changes) {
    if (before?.kind !== 'PersistentVolumeClaim') continue
    const { namespace, name, deletionTimestamp, ownerReferences = [] } = before.metadata
    const key = keyOf('PersistentVolumeClaim', namespace, name)
    const goes = !after || (after.metadata.deletionTimestamp !== undefined && deletionTimestamp === undefined)
    if (by === CONTROLLER)
      findings.expect(
        !goes && after?.kind === 'PersistentVolumeClaim' && same(after.spec, before.spec),
        key,
        () => `the controller deleted ${name} or changed what it asks for`,
      )
    else if (by === 'garbageCollector' && goes && deletionTimestamp === undefined)
      findings.expect(ownerReferences.length > 0, key, () => `${name} was collected although nothing owned it`)
  }
})

const volumesStay = stepRule('STO-3', ({ changes }, findings) => {
  for (const { before, after, by } of changes) {
    if (before?.kind !== 'PersistentVolume' || after?.kind !== before.kind || by === 'user') continue
    const owner = before.spec.claimRef?.uid
    if (owner === undefined) continue
    const { name } = before.metadata
    findings.expect(
      after.spec.claimRef?.uid === owner,
      keyOf('PersistentVolume', undefined, name),
      () => `${name} was taken from ${before.spec.claimRef?.name ?? 'its claim'}`,
    )
  }
})

export const STORAGE: readonly Rule[] = [ownClaims, claimsStay, volumesStay]
