/**
 * One column for each slot: its name, its pod, its claims and their volumes, and what the controller said about it. A column
 * whose objects, reasons and verdict are the same as before is the very same column.
 */
import { claimNameOf, ordinalOf, partitionOf, podNameOf, startOrdinal } from '../api/identity.ts'
import { keyOf } from '../api/kinds.ts'
import type { PersistentVolume, PersistentVolumeClaim, StatefulSet } from '../api/types.ts'
import { fullName } from '../controllers/dnsRecords.ts'
import { readObject } from '../kernel/apiServer.ts'
import { get } from '../kernel/sorted.ts'
import type { World } from '../kernel/types.ts'
import { nameStates } from './dns.ts'
import { kept, keptBy } from './kept.ts'
import { absentPod, podPictureOf, podStateOf } from './picturePod.ts'
import { reasonsOf } from './pictureReasons.ts'
import { absentClaim, claimPictureOf, volumePictureOf } from './pictureStorage.ts'
import type { Member, Slots } from './slots.ts'
import { slotsOf } from './slots.ts'
import type { Looks } from './syncNotes.ts'
import { verdictOn } from './syncNotes.ts'
import type { ClaimPicture, ColumnPicture, NamePicture, PodPicture, RevisionOrder, VolumePicture } from './types.ts'

/** What all columns of a set share. */
export interface Ground {
  readonly world: World
  readonly member: Member
  /** The governing Service's name. */
  readonly service: string
  readonly order: RevisionOrder
  readonly looks: Looks | undefined
}

interface Slot {
  readonly ordinal: number
  readonly place: ColumnPicture['place']
  readonly name: NamePicture
}

interface Stored {
  readonly key: string
  readonly claim: PersistentVolumeClaim | undefined
  readonly volume: PersistentVolume | undefined
}

const slotName = ({ member }: Ground, ...parts: readonly (string | number)[]): string =>
  [member.namespace, member.name, ...parts].join('/')

function podOf(ground: Ground, name: string, slot: string): PodPicture {
  const { world, member, order } = ground
  const key = keyOf('Pod', member.namespace, name)
  const pod = readObject(world.objects, 'Pod', member.namespace, name)
  const reasons = reasonsOf(world, key)
  if (!pod) return keptBy(world, slot, [key, ...reasons], () => absentPod(key, name, reasons))
  const state = podStateOf(pod, world, member.set?.spec.minReadySeconds ?? 0)
  return keptBy(world, slot, [pod, state, order, ...reasons], () => podPictureOf(pod, { state, reasons, order }))
}

function storedOf({ world, member }: Ground, template: string, ordinal: number): Stored {
  const key = claimNameOf(template, member.name, ordinal)
  const claim = readObject(world.objects, 'PersistentVolumeClaim', member.namespace, key)
  const volume = claim?.spec.volumeName
  return { key, claim, volume: volume ? readObject(world.objects, 'PersistentVolume', undefined, volume) : undefined }
}

function claimOf({ world, member }: Ground, { key: name, claim }: Stored, slot: string): ClaimPicture {
  const key = keyOf('PersistentVolumeClaim', member.namespace, name)
  const reasons = reasonsOf(world, key)
  return keptBy(world, slot, [claim, ...reasons], () =>
    claim ? claimPictureOf(claim, reasons) : absentClaim(key, name, reasons),
  )
}

function volumeOf({ world }: Ground, { volume }: Stored, slot: string): VolumePicture | undefined {
  if (!volume) return undefined
  const files = get(world.disks, volume.metadata.name)
  return keptBy(world, slot, [volume, files], () => volumePictureOf(volume, files))
}

/** Below the partition of a rolling update, where that means something. */
function isHeld({ member: { set } }: Ground, { ordinal, place }: Slot): boolean {
  if (!set || place !== 'wanted' || set.spec.updateStrategy.type !== 'RollingUpdate') return false
  return ordinal - startOrdinal(set) < partitionOf(set)
}

function columnOf(ground: Ground, slot: Slot, templates: readonly string[]): ColumnPicture {
  const { world, member, looks } = ground
  const { ordinal, place } = slot
  const at = slotName(ground, ordinal)
  const pod = podOf(ground, podNameOf(member.name, ordinal), `${at}/pod`)
  const name = kept(world, `${at}/name`, slot.name)
  const stored = templates.map((template) => storedOf(ground, template, ordinal))
  const claims = stored.map((one) => claimOf(ground, one, `${at}/claim/${one.key}`))
  const volumes = stored.map((one) => volumeOf(ground, one, `${at}/volume/${one.key}`))
  const verdict = verdictOn(looks, ordinal)
  const heldByPartition = isHeld(ground, slot)
  return keptBy(world, at, [pod, name, verdict, place, heldByPartition, ...claims, ...volumes], () => ({
    ordinal,
    place,
    heldByPartition,
    verdict,
    name,
    pod,
    claims,
    volumes,
  }))
}

/** The names of the set's slots by ordinal. For a set that is gone: those that DNS still knows. */
function namesBySlot({ world, member, service }: Ground): ReadonlyMap<number, NamePicture> {
  const { namespace, name, set } = member
  const asked = set ?? goneSet(namespace, name, service)
  return new Map(nameStates(world, asked).map((state) => [ordinalOf(state.podName), state]))
}

/** What DNS is asked with for the names of a set that is gone; it reads no other field. */
const goneSet = (namespace: string, name: string, serviceName: string) =>
  ({ metadata: { namespace, name }, spec: { serviceName, replicas: 0 } }) as unknown as StatefulSet

export function columnsOf(ground: Ground): readonly ColumnPicture[] {
  const { world, member, service } = ground
  const names = namesBySlot(ground)
  const slots: Slots = slotsOf(world, member, [...names.keys()])
  const absentName = (ordinal: number): NamePicture => {
    const podName = podNameOf(member.name, ordinal)
    const name = fullName(podName, service, member.namespace, world.settings.clusterDomain)
    return { podName, name, state: 'absent' }
  }
  const column = (place: ColumnPicture['place']) => (ordinal: number) =>
    columnOf(ground, { ordinal, place, name: names.get(ordinal) ?? absentName(ordinal) }, slots.templates)
  const columns = [...slots.wanted.map(column('wanted')), ...slots.others.map(column('condemned'))]
  return keptBy(world, slotName(ground, 'columns'), columns, () => columns)
}
