/**
 * What the recorders of both event APIs share: whom an Event is about, where it is kept, and how it is stored.
 * Models: staging/src/k8s.io/client-go/tools/reference/ref.go, v1.36.
 */
import { timestampAt } from '../api/time.ts'
import type { Event } from '../api/types.ts'
import type { ServerRoom } from './apiServer.ts'
import { storeAs } from './apiServer.ts'
import type { Answer, Decision } from './types.ts'

export type Recording = Extract<Decision, { do: 'record' }>

/** In which namespace an event is written, and who says so. */
export interface Place {
  readonly namespace: string
  readonly component: string
}

type Reference = Event['involvedObject']

/** Some components know an object by its name alone: their uid is '', and it and the version are left out. */
export function referenceTo({ about: { apiVersion, kind, metadata }, fieldPath }: Recording): Reference {
  const { namespace, name, uid, resourceVersion } = metadata
  const reference: { -readonly [K in keyof Reference]: Reference[K] } =
    namespace === undefined ? { apiVersion, kind, name } : { apiVersion, kind, namespace, name }
  if (uid !== '') reference.uid = uid
  if (uid !== '' && resourceVersion) reference.resourceVersion = resourceVersion
  if (fieldPath !== undefined) reference.fieldPath = fieldPath
  return reference
}

/** The metadata of a new event. */
export const eventMetadata = (room: ServerRoom, { namespace }: Place, name: string): Event['metadata'] => ({
  name,
  namespace,
  uid: room.nextUid(),
  resourceVersion: room.nextVersion(),
  creationTimestamp: timestampAt(room.now),
})

/** Stores a new event. Events are written by components only: nothing is filled in, and none is refused. */
export const storeEvent = (room: ServerRoom, event: Event): Answer => storeAs(room, event, event.metadata, undefined)
