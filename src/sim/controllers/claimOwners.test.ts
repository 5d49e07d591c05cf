// Who owns a claim, by policy (whenDeleted/whenScaled) and place of the pod: `-` nobody, S the set, P the pod, S? an earlier
// set, P? an earlier pod, X somebody else who controls, s the set as a mere owner.
import { describe, expect, it } from 'vitest'
import type { OwnerReference, StatefulSet } from '../api/types.ts'
import { areOwnersUpToDate, belongsToEarlierPod, hasUnexpectedController, ownersWithPolicy } from './claimOwners.ts'

type Policy = 'Retain/Retain' | 'Delete/Retain' | 'Retain/Delete' | 'Delete/Delete'

function setWith(policy: Policy | undefined): StatefulSet {
  const [whenDeleted, whenScaled] = (policy ?? '').split('/')
  return {
    metadata: { name: 'web', uid: 'set' },
    spec: { replicas: 2, ...(policy && { persistentVolumeClaimRetentionPolicy: { whenDeleted, whenScaled } }) },
  } as StatefulSet
}

const wanted = { ordinal: 1, name: 'web-1', uid: 'pod' }
const condemned = { ordinal: 2, name: 'web-2', uid: 'pod' }

const reference = (kind: string, name: string, uid: string, controller = true): OwnerReference => ({
  apiVersion: kind === 'StatefulSet' ? 'apps/v1' : kind === 'Pod' ? 'v1' : 'example.com/v1',
  kind,
  name,
  uid,
  controller,
  blockOwnerDeletion: true,
})

function owners(text: string, pod: { readonly name: string }): readonly OwnerReference[] {
  const words: Record<string, OwnerReference> = {
    S: reference('StatefulSet', 'web', 'set'),
    P: reference('Pod', pod.name, 'pod'),
    'S?': reference('StatefulSet', 'web', 'earlier'),
    'P?': reference('Pod', pod.name, 'earlier'),
    X: reference('Backup', 'nightly', 'x'),
    s: reference('StatefulSet', 'web', 'set', false),
  }
  return text.split(' ').flatMap((word) => words[word] ?? [])
}

/** `ok` where nothing is to be written, else what is. */
function verdict(policy: Policy | undefined, pod: typeof wanted, text: string): string {
  const set = setWith(policy)
  const given = owners(text, pod)
  if (areOwnersUpToDate(given, set, pod)) return 'ok'
  const letters = ownersWithPolicy(given, set, pod).map(({ kind }) => ({ StatefulSet: 'S', Pod: 'P' })[kind] ?? 'X')
  return letters.join(' ') || '-'
}

describe('the owners of a claim', () => {
  it.each([
    // policy, given, wanted pod, condemned pod
    ['Retain/Retain', '-', 'ok', 'ok'],
    ['Retain/Retain', 'S', '-', '-'],
    ['Retain/Retain', 'P', '-', '-'],
    ['Retain/Retain', 'X', 'ok', 'ok'],
    ['Retain/Retain', 'X S', 'X', 'X'],
    ['Retain/Retain', 'S? P', 'ok', 'ok'],
    ['Retain/Retain', 'P? S', 'ok', 'ok'],
    ['Delete/Retain', '-', 'S', 'S'],
    ['Delete/Retain', 'S', 'ok', 'ok'],
    ['Delete/Retain', 's', 'S', 'S'],
    ['Delete/Retain', 'P', 'S', 'S'],
    ['Delete/Retain', 'X', 'ok', 'ok'],
    ['Delete/Retain', 'X S', 'X', 'X'],
    ['Delete/Retain', 'S?', 'ok', 'ok'],
    ['Retain/Delete', '-', 'ok', 'P'],
    ['Retain/Delete', 'P', '-', 'ok'],
    ['Retain/Delete', 'S', '-', 'P'],
    ['Retain/Delete', 'P?', 'ok', 'ok'],
    ['Delete/Delete', '-', 'S', 'P'],
    ['Delete/Delete', 'S', 'ok', 'P'],
    ['Delete/Delete', 'P', 'S', 'ok'],
    ['Delete/Delete', 'S P', 'S', 'P'],
  ] as const)('%s, owned by %s: in range %s, condemned %s', (policy, given, inRange, outOfRange) => {
    expect(verdict(policy, wanted, given)).toBe(inRange)
    expect(verdict(policy, condemned, given)).toBe(outOfRange)
  })

  it('are none for a set that is older than the policy', () => {
    expect(verdict(undefined, wanted, '-')).toBe('ok')
    expect(verdict(undefined, condemned, 'S')).toBe('-')
  })

  it('conflict only where somebody else controls and something may be deleted', () => {
    const conflicts = (policy: Policy, text: string) =>
      hasUnexpectedController(owners(text, wanted), setWith(policy), wanted)
    expect(conflicts('Retain/Retain', 'X')).toBe(false)
    for (const text of ['X', 'S?', 'P?']) expect(conflicts('Delete/Retain', text)).toBe(true)
    for (const text of ['-', 'S', 'P', 'S P']) expect(conflicts('Delete/Retain', text)).toBe(false)
  })

  it('tell a claim that still belongs to an earlier pod, also where no pod is', () => {
    expect(belongsToEarlierPod(owners('P?', wanted), wanted)).toBe(true)
    expect(belongsToEarlierPod(owners('P', wanted), wanted)).toBe(false)
    expect(belongsToEarlierPod(owners('P', wanted), { ...wanted, uid: '' })).toBe(true)
    expect(belongsToEarlierPod(owners('S X', wanted), wanted)).toBe(false)
  })
})
