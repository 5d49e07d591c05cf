/**
 * Stored objects are built in one way, with their fields in one order, whoever sent them: engines read objects of one
 * layout several times faster, and every controller reads all that is stored. Absent fields stay absent; an object with a
 * field that is not known here is copied as it came.
 */
import { joined } from '../api/fill.ts'
import type { AnyObject, EndpointSlice, ObjectMeta } from '../api/types.ts'
import type { Draft } from './types.ts'

/** The server's own until it is stored. */
export type OwnMetadata = { -readonly [K in keyof ObjectMeta]: ObjectMeta[K] }

/** What the server says, whatever was sent. */
export interface ServerPart extends Pick<ObjectMeta, 'uid' | 'resourceVersion' | 'creationTimestamp'> {
  /** Undefined for cluster-scoped kinds. */
  readonly namespace: string | undefined
}

function countFields(object: object): number {
  let count = 0
  for (const _field in object) count++
  return count
}

/** How many of the fields that the server overrules were sent. */
function overruled({ namespace, uid, resourceVersion, creationTimestamp }: Draft['metadata']): number {
  let count = 1
  if (namespace !== undefined) count++
  if (uid !== undefined) count++
  if (resourceVersion !== undefined) count++
  if (creationTimestamp !== undefined) count++
  return count
}

/** The metadata as sent, but for what the server says. */
export function metadataWith(sent: Draft['metadata'], server: ServerPart): OwnMetadata {
  const { namespace, uid, resourceVersion, creationTimestamp } = server
  const { name } = sent
  const made: OwnMetadata =
    namespace === undefined
      ? { name, uid, resourceVersion, creationTimestamp }
      : { name, namespace, uid, resourceVersion, creationTimestamp }
  const left = countFields(sent) - overruled(sent) - addKnown(made, sent)
  return left === 0 ? made : withUnknown(made, sent)
}

/** The next version of stored metadata. */
export const revised = (metadata: ObjectMeta, resourceVersion: string): OwnMetadata =>
  metadataWith(metadata, {
    namespace: metadata.namespace,
    uid: metadata.uid,
    resourceVersion,
    creationTimestamp: metadata.creationTimestamp,
  })

/** Copies the known fields that are there; returns how many. */
function addKnown(made: OwnMetadata, sent: Draft['metadata']): number {
  const { generation, labels, annotations, ownerReferences, finalizers } = sent
  const { deletionTimestamp, deletionGracePeriodSeconds } = sent
  let count = 0
  if (labels !== undefined) {
    made.labels = labels
    count++
  }
  if (ownerReferences !== undefined) {
    made.ownerReferences = ownerReferences
    count++
  }
  if (finalizers !== undefined) {
    made.finalizers = finalizers
    count++
  }
  if (generation !== undefined) {
    made.generation = generation
    count++
  }
  if (annotations !== undefined) {
    made.annotations = annotations
    count++
  }
  if (deletionTimestamp !== undefined) {
    made.deletionTimestamp = deletionTimestamp
    count++
  }
  if (deletionGracePeriodSeconds !== undefined) {
    made.deletionGracePeriodSeconds = deletionGracePeriodSeconds
    count++
  }
  return count
}

/** With the fields that are not known here as well. */
function withUnknown(made: OwnMetadata, sent: Draft['metadata']): OwnMetadata {
  const { namespace: _overruled, ...others } = sent
  return { ...others, ...made }
}

type Common = AnyObject & { readonly spec?: unknown; readonly status?: unknown }

/** The object with this metadata. */
export function objectWith(object: AnyObject, metadata: ObjectMeta): AnyObject {
  const { apiVersion, kind, spec, status } = object as Common
  const fields = countFields(object)
  if (fields === 5 && spec !== undefined && status !== undefined)
    return { apiVersion, kind, metadata, spec, status } as AnyObject
  if (fields === 6 && kind === 'EndpointSlice') {
    const { addressType, endpoints, ports } = object as EndpointSlice
    if (endpoints !== undefined && ports !== undefined && addressType !== undefined)
      return { apiVersion, kind, metadata, addressType, endpoints, ports } as AnyObject
  }
  return joined(object, { metadata }) as AnyObject
}

/**
 * A part as it is stored, copied field by field unless it is the stored one already: copies made by spreading have a
 * layout of their own for each place in the code that made them.
 */
function laidOut(part: unknown, before: unknown): unknown {
  if (part === before || typeof part !== 'object' || part === null || Array.isArray(part)) return part
  const made: Record<string, unknown> = {}
  for (const field in part) made[field] = (part as Readonly<Record<string, unknown>>)[field]
  return made
}

/**
 * The next version of an object with its own metadata, in the layout in which objects are stored. What has neither spec
 * nor status and was made with this very metadata is stored as it is.
 */
export function nextVersion(given: AnyObject, metadata: ObjectMeta, before: AnyObject | undefined): AnyObject {
  const sent = given as Common
  if (given.metadata === metadata && sent.spec === undefined && sent.status === undefined) return given
  const object = objectWith(given, metadata) as { -readonly [K in keyof Common]: Common[K] }
  const { spec, status } = (before ?? {}) as Partial<Common>
  if (object.spec !== undefined) object.spec = laidOut(object.spec, spec)
  if (object.status !== undefined) object.status = laidOut(object.status, status)
  return object as AnyObject
}
