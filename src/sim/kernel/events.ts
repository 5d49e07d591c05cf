/**
 * The event recorder: an Event is written about an object, and an equal one is counted up. Leaves out the limits on how
 * many a component may write, and the aggregation of similar ones.
 * Models: staging/src/k8s.io/client-go/tools/record (event.go, events_cache.go), v1.36.
 */
import type { StrategyContext } from '../api/strategy.ts'
import { timestampAt } from '../api/time.ts'
import type { AnyObject, Event, Timestamp } from '../api/types.ts'
import type { ServerRoom } from './apiServer.ts'
import { namespaceMissing, readObject, store } from './apiServer.ts'
import { fnv1a } from './random.ts'
import type { Answer, Decision } from './types.ts'

type Recording = Extract<Decision, { do: 'record' }>

const hex = (hash: number): string => hash.toString(16).padStart(8, '0')

/** The same name for the same event about the same object. */
function nameOf({ about, type, reason, message }: Recording, component: string): string {
  const { name, uid } = about.metadata
  const text = `${uid}|${type}|${reason}|${message}|${component}`
  return `${name}.${hex(fnv1a(text))}${hex(fnv1a(text, 0x9747b28c))}`
}

function referenceTo({ apiVersion, kind, metadata: { namespace, name, uid } }: AnyObject): Event['involvedObject'] {
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

/** Records an event; `speaker` says so where the decision names nobody else. */
export function recordEvent(room: ServerRoom, context: StrategyContext, recording: Recording, speaker: string): Answer {
  const { about, component = speaker } = recording
  const { namespace = 'default' } = about.metadata
  const name = nameOf(recording, component)
  const time = timestampAt(room.now)
  const known = readObject(room.objects, 'Event', namespace, name)
  if (known) return store(room, { ...known, count: known.count + 1, lastTimestamp: time }, known)
  const homeless = namespaceMissing(context, namespace)
  return homeless ?? store(room, newEvent(room, recording, { name, namespace, time, component }), undefined)
}
