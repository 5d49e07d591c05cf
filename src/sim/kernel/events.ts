/**
 * The event recorder: an Event is written about an object, and an equal one is counted up; when there are many that differ
 * only in their message, those that follow are combined. Leaves out the limits on how many a component may write.
 * Models: staging/src/k8s.io/client-go/tools/record (event.go, events_cache.go), v1.36.
 */
import type { StrategyContext } from '../api/strategy.ts'
import { timeOf, timestampAt } from '../api/time.ts'
import type { AnyObject, Event, Timestamp } from '../api/types.ts'
import type { ServerRoom } from './apiServer.ts'
import { namespaceMissing, readObject, store } from './apiServer.ts'
import { fnv1a } from './random.ts'
import { valuesWithPrefix } from './sorted.ts'
import type { Answer, Decision } from './types.ts'

type Recording = Extract<Decision, { do: 'record' }>

const hex = (hash: number): string => hash.toString(16).padStart(8, '0')

/** The same name for the same event about the same part of the same object. */
function nameOf({ about, type, reason, message, fieldPath = '' }: Recording, component: string): string {
  const { name, uid } = about.metadata
  const text = `${uid}|${fieldPath}|${type}|${reason}|${message}|${component}`
  return `${name}.${hex(fnv1a(text))}${hex(fnv1a(text, 0x9747b28c))}`
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

/** The event as it is stored first. Events are written by components only: nothing is filled in, and none is refused. */
function newEvent(room: ServerRoom, recording: Recording, { name, namespace, time, component }: Place): Event {
  const { about, type, reason, message, fieldPath } = recording
  const reference = referenceTo(about)
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name, namespace, uid: room.nextUid(), resourceVersion: '', creationTimestamp: time },
    involvedObject: fieldPath === undefined ? reference : { ...reference, fieldPath },
    type,
    reason,
    message,
    source: { component },
    firstTimestamp: time,
    lastTimestamp: time,
    count: 1,
  }
}

/** With the tenth message within ten minutes, what is otherwise equal is told as one. */
const MOST_SIMILAR = 10
const SIMILAR_FOR_MS = 600_000
const COMBINED = '(combined from similar events): '

/** Whether an event is one too many of its kind. */
function isOneTooMany(room: ServerRoom, { about, type, reason }: Recording, { namespace, component }: Place): boolean {
  const { name, uid } = about.metadata
  let similar = 0
  for (const event of valuesWithPrefix(room.objects.Event, `${namespace}/${name}.`))
    if (
      event.reason === reason &&
      (event.involvedObject.uid ?? '') === uid &&
      event.type === type &&
      event.source.component === component &&
      !event.message.startsWith(COMBINED) &&
      room.now - timeOf(event.lastTimestamp) <= SIMILAR_FOR_MS
    )
      similar += 1
  return similar >= MOST_SIMILAR - 1
}

/** One event stands for all that are combined, with the message of the last. */
function combine(room: ServerRoom, recording: Recording, place: Place): Answer {
  const message = COMBINED + recording.message
  const { about, type, reason } = recording
  const name = nameOf({ do: 'record', about, type, reason, message: COMBINED }, place.component)
  const known = readObject(room.objects, 'Event', place.namespace, name)
  if (known) return store(room, { ...known, message, count: known.count + 1, lastTimestamp: place.time }, known)
  return store(room, newEvent(room, { ...recording, message }, { ...place, name }), undefined)
}

/** Records an event; `speaker` says so where the decision names nobody else. */
export function recordEvent(room: ServerRoom, context: StrategyContext, recording: Recording, speaker: string): Answer {
  const { about, component = speaker } = recording
  const { namespace = 'default' } = about.metadata
  const name = nameOf(recording, component)
  const time = timestampAt(room.now)
  const known = readObject(room.objects, 'Event', namespace, name)
  if (known) return store(room, { ...known, count: known.count + 1, lastTimestamp: time }, known)
  const homeless = namespaceMissing(context, namespace)
  if (homeless) return homeless
  const place = { name, namespace, time, component }
  if (isOneTooMany(room, recording, place)) return combine(room, recording, place)
  return store(room, newEvent(room, recording, place), undefined)
}
