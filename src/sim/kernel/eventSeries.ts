/**
 * The recorder of events.k8s.io/v1: each event has a row of its own, and becomes a series when it comes again about the same
 * version of the same object, whatever its note says then. Leaves out that the recorder keeps the counts after the first
 * repeat to itself for up to half an hour: here each is written at once.
 * Models: staging/src/k8s.io/client-go/tools/events/{event_recorder,event_broadcaster}.go, v1.36.
 */
import { joined } from '../api/fill.ts'
import { lastSeen, timesSeen } from '../api/seenEvent.ts'
import { microTimestampAt, timeOf, unixNanoseconds } from '../api/time.ts'
import type { Event } from '../api/types.ts'
import type { ServerRoom } from './apiServer.ts'
import { storeAs } from './apiServer.ts'
import type { Place, Recording } from './eventParts.ts'
import { eventMetadata, referenceTo, storeEvent } from './eventParts.ts'
import { revised } from './oneShape.ts'
import { lastWithPrefix } from './sorted.ts'
import type { Answer } from './types.ts'

/** An event of this API. */
export type Acted = Recording & { readonly action: string }

/** How often the recorder goes through what it remembers, and how long it does so at least (`finishTime`). */
const FINISH_MS = 360_000

/** Where every component of the control plane runs. */
const HOST = 'control-plane'

/** Whether the recorder had forgotten an event when it last went through them. */
function isFinished(event: Event, now: number): boolean {
  const lastRound = Math.floor(now / FINISH_MS) * FINISH_MS
  return timeOf(lastSeen(event)) < lastRound - FINISH_MS
}

/** The event that this one repeats, if the recorder still knows it. */
function repeated(
  room: ServerRoom,
  { about, type, reason, action }: Acted,
  { namespace, component }: Place,
): Event | undefined {
  const { name, uid, resourceVersion } = about.metadata
  const isSame = (event: Event) =>
    event.type === type &&
    event.reason === reason &&
    event.action === action &&
    event.reportingComponent === component &&
    event.involvedObject.uid === uid &&
    event.involvedObject.resourceVersion === resourceVersion
  const known = lastWithPrefix(room.objects.Event, `${namespace}/${name}.`, isSame)
  return known && !isFinished(known, room.now) ? known : undefined
}

/** Writes an event, or that one comes again. */
export function recordInSeries(room: ServerRoom, recording: Acted, place: Place): Answer {
  const { about, action, type, reason, message } = recording
  const eventTime = microTimestampAt(room.now)
  const known = repeated(room, recording, place)
  if (known) {
    const metadata = revised(known.metadata, room.nextVersion())
    const series = { count: timesSeen(known) + 1, lastObservedTime: eventTime }
    return storeAs(room, joined(known, { metadata, series }), metadata, known)
  }
  const { name, resourceVersion } = about.metadata
  // Virtual time knows no nanoseconds: the version tells apart what falls into one millisecond.
  const moment = unixNanoseconds(room.now) + BigInt(resourceVersion || 0)
  return storeEvent(room, {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: eventMetadata(room, place, `${name}.${moment.toString(16)}`),
    involvedObject: referenceTo(recording),
    type,
    reason,
    message,
    source: {},
    firstTimestamp: null,
    lastTimestamp: null,
    eventTime,
    action,
    reportingComponent: place.component,
    reportingInstance: `${place.component}-${HOST}`,
  })
}
