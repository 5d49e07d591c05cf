/**
 * The event recorder: an Event is written about an object, and an equal one is counted up; when there are many that differ
 * only in their message, those that follow are combined. Leaves out the limits on how many a component may write.
 * Models: staging/src/k8s.io/client-go/tools/record (event.go, events_cache.go), v1.36.
 */
import type { StrategyContext } from '../api/strategy.ts'
import { timestampAt } from '../api/time.ts'
import type { AnyObject, Event, Timestamp } from '../api/types.ts'
import type { ServerRoom } from './apiServer.ts'
import { namespaceMissing, readObject, storeAs } from './apiServer.ts'
import { revised } from './oneShape.ts'
import { fnv1a, hexOf } from './random.ts'
import { hasWithPrefix } from './sorted.ts'
import type { Answer, Decision } from './types.ts'

type Recording = Extract<Decision, { do: 'record' }>

/** The same name for the same event about the same part of the same object. */
function nameOf({ about, type, reason, message, fieldPath = '' }: Recording, component: string): string {
  const { name, uid } = about.metadata
  const text = `${uid}|${fieldPath}|${type}|${reason}|${message}|${component}`
  return `${name}.${hexOf(fnv1a(text))}${hexOf(fnv1a(text, 0x9747b28c))}`
}

/** Some components know an object by its name alone: their uid is '' and is left out. */
function referenceTo({ apiVersion, kind, metadata: { namespace, name, uid } }: AnyObject): Event['involvedObject'] {
  if (uid === '') return { apiVersion, kind, ...(namespace !== undefined && { namespace }), name }
  return namespace === undefined ? { apiVersion, kind, name, uid } : { apiVersion, kind, namespace, name, uid }
}

/** Where and when an event is written, and who says so. */
interface Place {
  readonly name: string
  readonly namespace: string
  readonly time: Timestamp
  readonly component: string
}

/** Stores an event. Events are written by components only: nothing is filled in, and none is refused. */
function storeNew(room: ServerRoom, recording: Recording, { name, namespace, time, component }: Place): Answer {
  const { about, type, reason, message, fieldPath } = recording
  const reference = referenceTo(about)
  const uid = room.nextUid()
  const event: Event = {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name, namespace, uid, resourceVersion: room.nextVersion(), creationTimestamp: time },
    involvedObject: fieldPath === undefined ? reference : { ...reference, fieldPath },
    type,
    reason,
    message,
    source: { component },
    firstTimestamp: time,
    lastTimestamp: time,
    count: 1,
  }
  return storeAs(room, event, event.metadata, undefined)
}

function countUp(room: ServerRoom, known: Event, message: string, lastTimestamp: Timestamp): Answer {
  const metadata = revised(known.metadata, room.nextVersion())
  return storeAs(room, { ...known, metadata, message, lastTimestamp, count: known.count + 1 }, metadata, known)
}

/** With the tenth message within ten minutes, what is otherwise equal is told as one. */
const MOST_SIMILAR = 10
const SIMILAR_FOR_MS = 600_000
const COMBINED = '(combined from similar events): '

/** Whether an event is one too many of its kind. */
function isOneTooMany(room: ServerRoom, { about, type, reason }: Recording, { namespace, component }: Place): boolean {
  const { name, uid } = about.metadata
  // What is too long ago is told by the text, which is cut to whole seconds: an object may have thousands of events.
  const since = timestampAt(Math.ceil((room.now - SIMILAR_FOR_MS) / 1000) * 1000)
  const isSimilar = (event: Event) =>
    event.reason === reason &&
    event.lastTimestamp >= since &&
    (event.involvedObject.uid ?? '') === uid &&
    event.type === type &&
    event.source.component === component &&
    !event.message.startsWith(COMBINED)
  return hasWithPrefix(room.objects.Event, `${namespace}/${name}.`, MOST_SIMILAR - 1, isSimilar)
}

/** One event stands for all that are combined, with the message of the last. */
function combine(room: ServerRoom, recording: Recording, place: Place): Answer {
  const message = COMBINED + recording.message
  const { about, type, reason } = recording
  const name = nameOf({ do: 'record', about, type, reason, message: COMBINED }, place.component)
  const known = readObject(room.objects, 'Event', place.namespace, name)
  if (known) return countUp(room, known, message, place.time)
  return storeNew(room, { ...recording, message }, { ...place, name })
}

/** Records an event; `speaker` says so where the decision names nobody else. */
export function recordEvent(room: ServerRoom, context: StrategyContext, recording: Recording, speaker: string): Answer {
  const { about, component = speaker } = recording
  const { namespace = 'default' } = about.metadata
  const name = nameOf(recording, component)
  const time = timestampAt(room.now)
  const known = readObject(room.objects, 'Event', namespace, name)
  if (known) return countUp(room, known, known.message, time)
  const homeless = namespaceMissing(context, namespace)
  if (homeless) return homeless
  const place = { name, namespace, time, component }
  if (isOneTooMany(room, recording, place)) return combine(room, recording, place)
  return storeNew(room, recording, place)
}
