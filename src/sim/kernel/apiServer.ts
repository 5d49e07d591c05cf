/**
 * The API server without kinds: names, uids, versions, admission, graceful deletion, finalizers. What differs by kind
 * comes in as a strategy. Leaves out: admission webhooks, generateName, server-side apply, watch bookmarks.
 * Models: staging/src/k8s.io/apiserver/pkg/registry/{generic/registry/store.go,rest/{create,update,delete}.go}, v1.36.
 */
import { ALL_KINDS, groupKindOf, KINDS, resourceOf } from '../api/kinds.ts'
import type { Admit, FieldError, Refusal, Strategies, Strategy, StrategyContext } from '../api/strategy.ts'
import { timestampAt } from '../api/time.ts'
import type { AnyObject, Kind, ObjectMeta, ObjectOf, SimTime, Uid } from '../api/types.ts'
import { same } from './equality.ts'
import { metadataWith, nextVersion, objectWith, revised } from './oneShape.ts'
import type { Table } from './sorted.ts'
import { get, set, unset } from './sorted.ts'
import type { Answer, DeleteOptions, Draft, ObjectTables } from './types.ts'
import { Lists } from './versions.ts'

/** What the server needs from whoever runs it. */
export interface ServerRoom {
  readonly now: SimTime
  readonly strategies: Strategies
  readonly admit: Admit | undefined
  readonly objects: ObjectTables
  /** Puts a new version of a kind's table in the place of the old one. */
  replace<K extends Kind>(kind: K, table: ObjectTables[K]): void
  nextUid(): Uid
  nextVersion(): string
  /** Told of every write, in order. */
  changed(before: AnyObject | undefined, after: AnyObject | undefined): void
}

export const emptyTables = (): ObjectTables =>
  Object.fromEntries(ALL_KINDS.map((kind) => [kind, []])) as unknown as ObjectTables

/** Where an object stands in its kind's table. */
export const rowOf = (kind: Kind, namespace: string | undefined, name: string): string =>
  `${KINDS[kind].namespaced ? (namespace ?? 'default') : ''}/${name}`

export const readObject = <K extends Kind>(
  tables: ObjectTables,
  kind: K,
  namespace: string | undefined,
  name: string,
) => get(tables[kind], rowOf(kind, namespace, name)) as ObjectOf<K> | undefined

const lists = Object.fromEntries(ALL_KINDS.map((kind) => [kind, new Lists()])) as { [K in Kind]: Lists<ObjectOf<K>> }

/** The objects of a kind by namespace and name; mostly the same array as long as nothing of that kind was written. */
export const listObjects = <K extends Kind>(tables: ObjectTables, kind: K, namespace?: string) => {
  const table = tables[kind] as Table<ObjectOf<K>>
  return namespace === undefined || !KINDS[kind].namespaced
    ? lists[kind].of(table)
    : lists[kind].withPrefix(table, `${namespace}/`)
}

const refuse = (refusal: Refusal): Answer => ({ ok: false, refusal })

export const notFound = (kind: Kind, name: string): Answer =>
  refuse({ reason: 'NotFound', message: `${resourceOf(kind)} "${name}" not found` })

const conflict = (kind: Kind, name: string, why: string): Answer =>
  refuse({ reason: 'Conflict', message: `Operation cannot be fulfilled on ${resourceOf(kind)} "${name}": ${why}` })

/** `Pod "web-0" is invalid: spec.x: …`, several errors in brackets, as apimachinery's NewInvalid aggregates them. */
export function invalid(kind: Kind, name: string, errors: readonly FieldError[]): Refusal {
  const texts = [...new Set(errors.map((error) => `${error.field}: ${error.message}`))]
  const text = texts.length === 1 ? texts[0] : `[${texts.join(', ')}]`
  return { reason: 'Invalid', message: `${groupKindOf(kind)} "${name}" is invalid: ${text}`, fields: errors }
}

/** The strategy of a kind, seen without its own type: one place where the table of types is opened. */
const strategyOf = (room: ServerRoom, kind: Kind) => room.strategies[kind] as unknown as Strategy<AnyObject>

/** Stores the object as its next version. */
export function store(room: ServerRoom, given: AnyObject, before: AnyObject | undefined): Answer {
  return storeAs(room, given, revised(given.metadata, room.nextVersion()), before)
}

/** Stores the object with this metadata, its version included. */
export function storeAs(
  room: ServerRoom,
  given: AnyObject,
  metadata: ObjectMeta,
  before: AnyObject | undefined,
): Answer {
  const object = nextVersion(given, metadata, before)
  const { kind } = object
  const table = room.objects[kind] as Table<AnyObject>
  room.replace(kind, set(table, rowOf(kind, metadata.namespace, metadata.name), object) as ObjectTables[Kind])
  room.changed(before, object)
  return { ok: true, object }
}

function discard(room: ServerRoom, object: AnyObject): Answer {
  const { kind, metadata } = object
  const table = room.objects[kind] as Table<AnyObject>
  room.replace(kind, unset(table, rowOf(kind, metadata.namespace, metadata.name)) as ObjectTables[Kind])
  room.changed(object, undefined)
  return { ok: true, object, gone: true }
}

/** Refused with NotFound when the namespace of a new object is not there. */
export const namespaceMissing = (context: StrategyContext, namespace: string): Answer | undefined =>
  context.get('Namespace', undefined, namespace)
    ? undefined
    : refuse({ reason: 'NotFound', message: `namespaces "${namespace}" not found` })

/** The refusal of admission; else what it writes with the object is stored, and the object may follow. */
function admitted(
  room: ServerRoom,
  context: StrategyContext,
  object: AnyObject,
  previous: AnyObject | undefined,
): Answer | undefined {
  const said = room.admit?.(object, previous, context) ?? []
  if ('reason' in said) return refuse(said)
  for (const counted of said)
    store(room, counted, readObject(room.objects, counted.kind, counted.metadata.namespace, counted.metadata.name))
  return undefined
}

export function createObject(room: ServerRoom, context: StrategyContext, draft: Draft): Answer {
  const { kind } = draft
  const { name } = draft.metadata
  const namespace = KINDS[kind].namespaced ? (draft.metadata.namespace ?? 'default') : undefined
  const homeless = namespace === undefined ? undefined : namespaceMissing(context, namespace)
  if (homeless) return homeless
  const strategy = strategyOf(room, kind)
  const server = { namespace, uid: room.nextUid(), resourceVersion: '', creationTimestamp: timestampAt(room.now) }
  const metadata = metadataWith(draft.metadata, server)
  const prepared = strategy.prepareForCreate(objectWith(draft as AnyObject, metadata), context)
  const errors = strategy.validateCreate(prepared, context)
  if (errors.length > 0) return refuse(invalid(kind, name, errors))
  if (readObject(room.objects, kind, namespace, name))
    return refuse({ reason: 'AlreadyExists', message: `${resourceOf(kind)} "${name}" already exists` })
  return admitted(room, context, prepared, undefined) ?? store(room, prepared, undefined)
}

/** What a write of the spec may say in the metadata: all but what the server owns. */
function keptMetadata(sent: ObjectMeta, stored: ObjectMeta): ObjectMeta {
  if (sent === stored) return stored
  const { uid, resourceVersion, creationTimestamp } = stored
  const metadata = metadataWith(sent, { namespace: sent.namespace, uid, resourceVersion, creationTimestamp })
  const { generation, deletionTimestamp, deletionGracePeriodSeconds } = stored
  if (generation !== undefined) metadata.generation = generation
  if (deletionTimestamp !== undefined) metadata.deletionTimestamp = deletionTimestamp
  if (deletionGracePeriodSeconds !== undefined) metadata.deletionGracePeriodSeconds = deletionGracePeriodSeconds
  return metadata
}

export function updateObject(
  room: ServerRoom,
  context: StrategyContext,
  sent: AnyObject,
  part: 'spec' | 'status',
): Answer {
  const { kind } = sent
  const { name, namespace, resourceVersion } = sent.metadata
  const stored = readObject(room.objects, kind, namespace, name)
  if (!stored) return notFound(kind, name)
  if (sent.metadata.uid && sent.metadata.uid !== stored.metadata.uid)
    return conflict(
      kind,
      name,
      `Precondition failed: UID in precondition: ${sent.metadata.uid}, UID in object meta: ${stored.metadata.uid}`,
    )
  if (resourceVersion && resourceVersion !== stored.metadata.resourceVersion)
    return conflict(
      kind,
      name,
      'the object has been modified; please apply your changes to the latest version and try again',
    )
  const strategy = strategyOf(room, kind)
  const metadata = part === 'status' ? stored.metadata : keptMetadata(sent.metadata, stored.metadata)
  const given = metadata === sent.metadata ? sent : objectWith(sent, metadata)
  const prepared = strategy.prepareForUpdate(given, stored, part, context)
  const forbidden = part === 'spec' ? strategy.forbidsUpdate?.(prepared, stored, context) : undefined
  if (forbidden !== undefined)
    return refuse({ reason: 'Forbidden', message: `${resourceOf(kind)} "${name}" is forbidden: ${forbidden}` })
  const errors = strategy.validateUpdate(prepared, stored, part, context)
  if (errors.length > 0) return refuse(invalid(kind, name, errors))
  if (same(prepared, stored)) return { ok: true, object: stored }
  const unadmitted = part === 'spec' ? admitted(room, context, prepared, stored) : undefined
  if (unadmitted) return unadmitted
  if (!mayGo(prepared)) return store(room, prepared, stored)
  room.nextVersion()
  return discard(room, stored)
}

/** Deletion has begun, nothing holds the object any longer. */
const mayGo = ({ metadata }: AnyObject): boolean =>
  metadata.deletionTimestamp !== undefined &&
  (metadata.deletionGracePeriodSeconds ?? 0) === 0 &&
  (metadata.finalizers?.length ?? 0) === 0

const PROPAGATION_FINALIZER = { Background: undefined, Foreground: 'foregroundDeletion', Orphan: 'orphan' } as const

export function deleteObject(
  room: ServerRoom,
  kind: Kind,
  namespace: string | undefined,
  name: string,
  options: DeleteOptions = {},
): Answer {
  const stored = readObject(room.objects, kind, namespace, name)
  if (!stored) return notFound(kind, name)
  if (options.uid !== undefined && options.uid !== stored.metadata.uid)
    return conflict(
      kind,
      name,
      `Precondition failed: UID in precondition: ${options.uid}, UID in object meta: ${stored.metadata.uid}`,
    )
  const finalizer = PROPAGATION_FINALIZER[options.propagation ?? 'Background']
  const finalizers = stored.metadata.finalizers ?? []
  const held = finalizer && !finalizers.includes(finalizer) ? [...finalizers, finalizer] : finalizers
  const { graceSeconds } = strategyOf(room, kind)
  const grace = graceSeconds?.(stored, options.graceSeconds) ?? 0
  const before = stored.metadata.deletionGracePeriodSeconds
  // A second delete may only shorten the period.
  if (stored.metadata.deletionTimestamp !== undefined && before !== undefined && grace >= before && held === finalizers)
    return { ok: true, object: stored }
  const goesNow = grace === 0 && held.length === 0
  if (goesNow && (graceSeconds === undefined || stored.metadata.deletionTimestamp !== undefined))
    return discard(room, stored)
  const metadata = revised(stored.metadata, room.nextVersion())
  metadata.deletionTimestamp = timestampAt(room.now + grace * 1000)
  metadata.deletionGracePeriodSeconds = grace
  if (held.length > 0) metadata.finalizers = held
  if (metadata.generation !== undefined && before === undefined) metadata.generation += 1
  const marked = storeAs(room, stored, metadata, stored)
  // What can be deleted gracefully is marked first, even where it goes at once: watchers hear of both.
  return goesNow && marked.ok ? discard(room, marked.object as AnyObject) : marked
}
