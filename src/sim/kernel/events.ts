/**
 * The event recorder of core/v1: an Event is written about an object, and an equal one is counted up; when there are many
 * that differ only in their message, those that follow are combined. Leaves out the limits on how many a component may
 * write. What is told through events.k8s.io/v1 is in `eventSeries.ts`.
 * Models: staging/src/k8s.io/client-go/tools/record (event.go, events_cache.go), v1.36.
 */
import { joined } from '../api/fill.ts'
import { timesSeen } from '../api/seenEvent.ts'
import type { StrategyContext } from '../api/strategy.ts'
import { timestampAt } from '../api/time.ts'
import type { Event } from '../api/types.ts'
import type { ServerRoom } from './apiServer.ts'
import { namespaceMissing, readObject, storeAs } from './apiServer.ts'
import type { Place, Recording } from './eventParts.ts'
import { eventMetadata, referenceTo, storeEvent } from './eventParts.ts'
import type { Acted } from './eventSeries.ts'
import { recordInSeries } from './eventSeries.ts'
import { revised } from './oneShape.ts'
import { fnv1a, hexOf } from './random.ts'
import { hasWithPrefix } from './sorted.ts'
import type { Answer } from './types.ts'

/** The same name for the same event about the same part of the same object. */
function nameOf({ about, type, reason, message, fieldPath = '' }: Recording, component: string): string {
  const { name, uid } = about.metadata
  const text = `${uid}|${fieldPath}|${type}|${reason}|${message}|${component}`
  return `${name}.${hexOf(fnv1a(text))}${hexOf(fnv1a(text, 0x9747b28c))}`
}

/** An event is found again by its name. */
interface Named extends Place {
  readonly name: string
}

function storeNew(room: ServerRoom, recording: Recording, place: Named): Answer {
  const { type, reason, message, host } = recording
  const time = timestampAt(room.now)
  return storeEvent(room, {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: eventMetadata(room, place, place.name),
    involvedObject: referenceTo(recording),
    type,
    reason,
    message,
    source: host === undefined ? { component: place.component } : { component: place.component, host },
    firstTimestamp: time,
    lastTimestamp: time,
    count: 1,
    eventTime: null,
    reportingComponent: place.component,
    reportingInstance: host ?? '',
  })
}

function countUp(room: ServerRoom, known: Event, message: string): Answer {
  const metadata = revised(known.metadata, room.nextVersion())
  const again = { lastTimestamp: timestampAt(room.now), count: timesSeen(known) + 1 }
  return storeAs(room, joined(known, { metadata, message }, again), metadata, known)
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
    event.lastTimestamp !== null &&
    event.lastTimestamp >= since &&
    (event.involvedObject.uid ?? '') === uid &&
    event.type === type &&
    event.source.component === component &&
    !event.message.startsWith(COMBINED)
  return hasWithPrefix(room.objects.Event, `${namespace}/${name}.`, MOST_SIMILAR - 1, isSimilar)
}

/** One event stands for all that are combined, with the message of the last. */
function combine(room: ServerRoom, recording: Recording, place: Named): Answer {
  const message = COMBINED + recording.message
  const { about, type, reason } = recording
  const name = nameOf({ do: 'record', about, type, reason, message: COMBINED }, place.component)
  const known = readObject(room.objects, 'Event', place.namespace, name)
  if (known) return countUp(room, known, message)
  return storeNew(room, { ...recording, message }, { ...place, name })
}

function recordCounted(room: ServerRoom, recording: Recording, place: Named): Answer {
  const known = readObject(room.objects, 'Event', place.namespace, place.name)
  if (known) return countUp(room, known, known.message)
  return isOneTooMany(room, recording, place) ? combine(room, recording, place) : storeNew(room, recording, place)
}

const isActed = (recording: Recording): recording is Acted => recording.action !== undefined

/** Records an event; `speaker` says so where the decision names nobody else. */
export function recordEvent(room: ServerRoom, context: StrategyContext, recording: Recording, speaker: string): Answer {
  const { about, component = speaker } = recording
  const { namespace = 'default' } = about.metadata
  const homeless = namespaceMissing(context, namespace)
  if (homeless) return homeless
  if (isActed(recording)) return recordInSeries(room, recording, { namespace, component })
  return recordCounted(room, recording, { namespace, component, name: nameOf(recording, component) })
}
