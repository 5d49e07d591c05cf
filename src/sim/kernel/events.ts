/**
 * The event recorder: an Event is written about an object, and an equal one is counted up. Leaves out the limits on how
 * many a component may write, and the aggregation of similar ones.
 * Models: staging/src/k8s.io/client-go/tools/record (event.go, events_cache.go), v1.36.
 */
import type { StrategyContext } from '../api/strategy.ts'
import { timestampAt } from '../api/time.ts'
import type { AnyObject, Event } from '../api/types.ts'
import type { ServerRoom } from './apiServer.ts'
import { createObject, readObject, updateObject } from './apiServer.ts'
import { fnv1a } from './random.ts'
import type { Answer, Decision, Draft } from './types.ts'

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

function draftOf(recording: Recording, component: string, metadata: Draft<Event>['metadata'], time: string) {
  const { about, type, reason, message, fieldPath } = recording
  const event: Draft<Event> = {
    apiVersion: 'v1',
    kind: 'Event',
    metadata,
    involvedObject: { ...referenceTo(about), ...(fieldPath !== undefined && { fieldPath }) },
    type,
    reason,
    message,
    source: { component },
    firstTimestamp: time,
    lastTimestamp: time,
    count: 1,
  }
  return event
}

/** Records an event; `speaker` says so where the decision names nobody else. */
export function recordEvent(room: ServerRoom, context: StrategyContext, recording: Recording, speaker: string): Answer {
  const { about, component = speaker } = recording
  const { namespace = 'default' } = about.metadata
  const name = nameOf(recording, component)
  const known = readObject(room.objects, 'Event', namespace, name)
  const time = timestampAt(room.now)
  return known
    ? updateObject(room, context, { ...known, count: known.count + 1, lastTimestamp: time }, 'spec')
    : createObject(room, context, draftOf(recording, component, { name, namespace }, time))
}
