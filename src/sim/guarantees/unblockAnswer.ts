/** What the answers to "what would end this wait" are made of: an act, the time, and whose wait it is. */
import { parentAndOrdinal } from '../api/identity.ts'
import type { ObjectKey } from '../api/kinds.ts'
import { controllerOf, partsOfKey } from '../api/kinds.ts'
import type { Reason } from '../api/reasons.ts'
import type { StatefulSet } from '../api/types.ts'
import { readObject } from '../kernel/apiServer.ts'
import type { Command } from '../kernel/command.ts'
import type { World } from '../kernel/types.ts'
import type { Unblock, UnblockCode } from './types.ts'

export type Answer = (world: World, reason: Reason) => readonly Unblock[]

export const act = (code: UnblockCode, subject: ObjectKey, command?: Command): Unblock => ({
  code,
  subject,
  ...(command && { command }),
})

/** Time alone, until the moment that the reason names. */
export const wait =
  (code: UnblockCode): Answer =>
  (_world, { subject, until }) => [until === undefined ? act('runOn', subject) : { code, subject, runUntil: until }]

/** The set whose slot this is, whether the pod exists or not. */
export function setAt(world: World, key: ObjectKey): StatefulSet | undefined {
  const { kind, namespace, name } = partsOfKey(key)
  if (kind === 'StatefulSet') return readObject(world.objects, 'StatefulSet', namespace, name)
  const pod = readObject(world.objects, 'Pod', namespace, name)
  const owner = (pod && controllerOf(pod.metadata)?.name) ?? parentAndOrdinal(name).parent
  return readObject(world.objects, 'StatefulSet', namespace, owner)
}
