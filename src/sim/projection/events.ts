/** The Events of the API as a list to read: the newest first, all of them or those about an object and what is near it. */
import { claimNameOf, ordinalOf, parentAndOrdinal } from '../api/identity.ts'
import type { ObjectKey } from '../api/kinds.ts'
import { controllerOf, KINDS, keyOf, partsOfKey } from '../api/kinds.ts'
import { lastSeen, reporterOf, timesSeen } from '../api/seenEvent.ts'
import { timeOf } from '../api/time.ts'
import type { Event, Kind, SimTime } from '../api/types.ts'
import { follower } from '../controllers/follower.ts'
import { listObjects, readObject } from '../kernel/apiServer.ts'
import type { World } from '../kernel/types.ts'
import type { EventLine } from './types.ts'

const lines = new WeakMap<Event, EventLine>()

/** Most events know no more of their time than this. */
const secondOf = (time: SimTime): SimTime => Math.floor(time / 1000) * 1000

function lineOf(event: Event): EventLine {
  const known = lines.get(event)
  if (known) return known
  const { involvedObject, type, reason, message } = event
  const line: EventLine = {
    uid: event.metadata.uid,
    at: secondOf(timeOf(lastSeen(event))),
    type,
    reason,
    message,
    object: `${involvedObject.kind.toLowerCase()}/${involvedObject.name}`,
    key: keyOf(involvedObject.kind as Kind, involvedObject.namespace, involvedObject.name),
    from: reporterOf(event),
    count: timesSeen(event),
  }
  lines.set(event, line)
  return line
}

/** Later writes have higher versions: the order within one second. */
const newestFirst = (a: Event, b: Event): number =>
  lineOf(b).at - lineOf(a).at || Number(b.metadata.resourceVersion) - Number(a.metadata.resourceVersion)

/** It is about an object of a kind that is kept here. */
const isShown = ({ involvedObject }: Event): boolean => Object.hasOwn(KINDS, involvedObject.kind)

const counted = follower<Event, { count: number }>({ count: 0 }, (shown, event, sign) => {
  if (isShown(event)) shown.count += sign
})

/** How many events there are, without putting them in order. */
export const eventCountOf = ({ objects }: World): number => counted(listObjects(objects, 'Event')).count

const lists = new WeakMap<object, readonly EventLine[]>()

/** All events of the cluster, the newest first; the same list as long as there are no new ones. */
function allLines({ objects }: World): readonly EventLine[] {
  const known = lists.get(objects.Event)
  if (known) return known
  const list = listObjects(objects, 'Event').filter(isShown).sort(newestFirst).map(lineOf)
  lists.set(objects.Event, list)
  return list
}

type Near = (line: EventLine) => boolean

/** The set itself, its pods, and the claims of its templates. */
function nearSet({ objects }: World, key: ObjectKey): Near {
  const { namespace, name } = partsOfKey(key)
  const templates = readObject(objects, 'StatefulSet', namespace, name)?.spec.volumeClaimTemplates ?? []
  return (line) => {
    const other = partsOfKey(line.key)
    if (line.key === key || other.namespace !== namespace) return line.key === key
    if (other.kind === 'Pod') return parentAndOrdinal(other.name).parent === name
    if (other.kind !== 'PersistentVolumeClaim') return false
    const ordinal = ordinalOf(other.name)
    return templates.some(({ metadata }) => claimNameOf(metadata.name, name, ordinal) === other.name)
  }
}

/** The pod, its claims, and what the set's controller says about it by name. */
function nearPod({ objects }: World, key: ObjectKey): Near {
  const { namespace, name } = partsOfKey(key)
  const pod = readObject(objects, 'Pod', namespace, name)
  const { parent, ordinal } = parentAndOrdinal(name)
  const owner = (pod && controllerOf(pod.metadata)?.name) ?? parent
  const templates = readObject(objects, 'StatefulSet', namespace, owner)?.spec.volumeClaimTemplates ?? []
  const claims = [
    ...(pod?.spec.volumes ?? []).map(({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName),
    ...templates.map(({ metadata }) => claimNameOf(metadata.name, owner, ordinal)),
  ]
  const near = new Set(claims.map((claim) => claim && keyOf('PersistentVolumeClaim', namespace, claim)))
  const set = keyOf('StatefulSet', namespace, owner)
  const says = ({ message }: EventLine) => message.split(/[\s"]/).includes(name)
  return (line) => line.key === key || near.has(line.key) || (line.key === set && says(line))
}

/** The claim and its volume. */
function nearClaim({ objects }: World, key: ObjectKey): Near {
  const { namespace, name } = partsOfKey(key)
  const volume = readObject(objects, 'PersistentVolumeClaim', namespace, name)?.spec.volumeName
  const near = volume && keyOf('PersistentVolume', undefined, volume)
  return (line) => line.key === key || line.key === near
}

function nearOf(world: World, key: ObjectKey): Near {
  const { kind } = partsOfKey(key)
  if (kind === 'StatefulSet') return nearSet(world, key)
  if (kind === 'Pod') return nearPod(world, key)
  return kind === 'PersistentVolumeClaim' ? nearClaim(world, key) : (line) => line.key === key
}

/** The events about an object and what belongs to it, the newest first; without one, all of them. */
export const eventsOf = (world: World, near?: ObjectKey): readonly EventLine[] =>
  near === undefined ? allLines(world) : allLines(world).filter(nearOf(world, near))
