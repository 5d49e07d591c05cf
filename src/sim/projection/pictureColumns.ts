/**
 * One column for each slot: its name, its pod, its claims and their volumes, and what the controller said about it. A column
 * whose objects, reasons and verdict are the same as before is the very same column, and costs no more than the comparison.
 */
import { partitionOf, startOrdinal } from '../api/identity.ts'
import type { Reason } from '../api/reasons.ts'
import { switchesOf } from '../api/switches.ts'
import type { PersistentVolume, PersistentVolumeClaim, Pod } from '../api/types.ts'
import type { DnsRecord } from '../controllers/dnsRecords.ts'
import type { World } from '../kernel/types.ts'
import { namedOrdinals, nameState, recordsByLabel } from './dns.ts'
import type { ClaimShelf, RunShelf, SetShelf, SlotShelf } from './kept.ts'
import { absentPod, podPictureOf, podStateOf } from './picturePod.ts'
import { reasonsOf } from './pictureReasons.ts'
import { absentClaim, claimPictureOf, volumePictureOf } from './pictureStorage.ts'
import type { Member } from './slots.ts'
import { slotsOf } from './slots.ts'
import type { Looks } from './syncNotes.ts'
import { verdictOn } from './syncNotes.ts'
import type {
  ClaimPicture,
  ColumnPicture,
  PodPicture,
  PodState,
  RailVerdict,
  RevisionOrder,
  VolumePicture,
} from './types.ts'

/** What all columns of a set share. */
export interface Ground {
  readonly world: World
  readonly member: Member
  /** The governing Service's name. */
  readonly service: string
  readonly order: RevisionOrder
  readonly looks: Looks | undefined
  /** What is kept of the run, and of this set. */
  readonly run: RunShelf
  readonly shelf: SetShelf
}

/** A claim's place in a slot, and what is in it. */
interface Stored {
  readonly shelf: ClaimShelf
  readonly claim: PersistentVolumeClaim | undefined
  readonly volume: PersistentVolume | undefined
  readonly files: Readonly<Record<string, string>> | undefined
  readonly reasons: readonly Reason[]
}

/** Everything that a column is made of. */
interface Found {
  readonly shelf: SlotShelf
  readonly place: ColumnPicture['place']
  readonly heldByPartition: boolean
  readonly verdict: RailVerdict
  readonly pod: Pod | undefined
  readonly state: PodState
  readonly reasons: readonly Reason[]
  readonly records: readonly DnsRecord[]
  /** A resolver may still hold one of the records. */
  readonly cached: boolean
  readonly stored: readonly Stored[]
}

type Place = Pick<Found, 'shelf' | 'place'>

const NO_RECORDS: readonly DnsRecord[] = []

function storedIn({ world, run }: Ground, slot: SlotShelf, template: string): Stored {
  const { objects, disks } = world
  const shelf = slot.claim(template)
  const claim = run.claims.of(objects.PersistentVolumeClaim).get(shelf.row)
  const name = claim?.spec.volumeName
  const volume = name ? run.volumes.of(objects.PersistentVolume).get(`/${name}`) : undefined
  return {
    shelf,
    claim,
    volume,
    files: name ? run.disks.of(disks).get(name) : undefined,
    reasons: reasonsOf(world, shelf.key),
  }
}

/** Below the partition of a rolling update, where that means something. */
function isHeld({ set }: Member, ordinal: number): boolean {
  if (set?.spec.updateStrategy.type !== 'RollingUpdate') return false
  return ordinal - startOrdinal(set) < partitionOf(set)
}

function findSlot(
  ground: Ground,
  { shelf, place }: Place,
  records: readonly DnsRecord[],
  templates: readonly string[],
): Found {
  const { world, member, looks, run } = ground
  const pod = run.pods.of(world.objects.Pod).get(shelf.row)
  return {
    shelf,
    place,
    heldByPartition: place === 'wanted' && isHeld(member, shelf.ordinal),
    verdict: verdictOn(looks, shelf.ordinal),
    pod,
    state: pod ? podStateOf(pod, world, member.set?.spec.minReadySeconds ?? 0) : 'absent',
    reasons: reasonsOf(world, shelf.key),
    records,
    cached: records.some(({ cachedUntil }) => cachedUntil !== undefined && cachedUntil > world.now),
    stored: templates.map((template) => storedIn(ground, shelf, template)),
  }
}

function podOf({ world, order }: Ground, { shelf, pod, state, reasons }: Found): PodPicture {
  if (!pod) return shelf.picture.by(reasons, () => absentPod(shelf.key, shelf.name, reasons))
  const switches = switchesOf(world.settings)
  return shelf.picture.by([pod, state, order, ...reasons], () => podPictureOf(pod, { state, reasons, order, switches }))
}

const claimOf = ({ shelf, claim, reasons }: Stored): ClaimPicture =>
  shelf.picture.by([claim, ...reasons], () =>
    claim ? claimPictureOf(claim, reasons) : absentClaim(shelf.key, shelf.name, reasons),
  )

const volumeOf = ({ shelf, volume, files }: Stored): VolumePicture | undefined =>
  volume && shelf.volume.by([volume, files], () => volumePictureOf(volume, files))

function made(ground: Ground, found: Found): ColumnPicture {
  const { shelf, place, heldByPartition, verdict, records, stored } = found
  return {
    ordinal: shelf.ordinal,
    place,
    heldByPartition,
    verdict,
    name: shelf.dns.as(nameState(ground.world, governingOf(ground), shelf.name, records)),
    pod: podOf(ground, found),
    claims: stored.map(claimOf),
    volumes: stored.map(volumeOf),
  }
}

function columnOf(ground: Ground, found: Found): ColumnPicture {
  const { shelf, place, heldByPartition, verdict, pod, state, reasons, records, cached, stored } = found
  const inputs: unknown[] = [pod, state, verdict, place, heldByPartition, records, cached, ground.order, ground.service]
  for (const reason of reasons) inputs.push(reason)
  for (const { claim, volume, files, reasons: waits } of stored) {
    inputs.push(claim, volume, files)
    for (const reason of waits) inputs.push(reason)
  }
  return shelf.column.by(inputs, () => made(ground, found))
}

const governingOf = ({ member, service }: Ground) => ({ namespace: member.namespace, service })

export function columnsOf(ground: Ground): readonly ColumnPicture[] {
  const { world, member, shelf } = ground
  const records = recordsByLabel(world, governingOf(ground))
  const { wanted, others, templates } = slotsOf(world, member, namedOrdinals(records, member.name))
  const column = (place: ColumnPicture['place']) => (ordinal: number) => {
    const slot = shelf.slot(ordinal)
    return columnOf(ground, findSlot(ground, { shelf: slot, place }, records.get(slot.name) ?? NO_RECORDS, templates))
  }
  const columns = [...wanted.map(column('wanted')), ...others.map(column('condemned'))]
  return shelf.columns.by(columns, () => columns)
}
