/**
 * What goes when its owner goes. Objects whose owners are all gone are deleted, in no particular order; an owner that is
 * deleted in the foreground stays until its blocking dependents are gone; one that is deleted as an orphan-maker first
 * lets its dependents go. Leaves out the graph's own cache and its absent-owner memory: owners are looked up as they are.
 * Models: pkg/controller/garbagecollector/{garbagecollector.go,graph_builder.go}, v1.36.
 */
import type { ObjectKey } from '../api/kinds.ts'
import { KINDS, keyOf, keyOfObject, kindNamed, partsOfKey } from '../api/kinds.ts'
import type { StrategyContext } from '../api/strategy.ts'
import type { AnyObject, Kind, OwnerReference, Uid } from '../api/types.ts'
import { byCodeUnit } from '../kernel/sorted.ts'
import type { Answer, Change, Decider, Decision, Outcome } from '../kernel/types.ts'

/** The kinds that can belong to another object in this cluster. */
const OWNED: readonly Kind[] = ['ControllerRevision', 'EndpointSlice', 'PersistentVolumeClaim', 'Pod']

const FOREGROUND = 'foregroundDeletion'
const ORPHAN = 'orphan'

type Turn<T = void> = Generator<Decision, T, Answer>

/** An owner as the collector names it: where it stands, and which one it is. */
const ownerKey = (key: ObjectKey, uid: Uid): string => `${key}#${uid}`

const refersTo = (object: AnyObject, uid: Uid): boolean =>
  object.metadata.ownerReferences?.some((reference) => reference.uid === uid) ?? false

const without = (object: AnyObject, uid: Uid): AnyObject =>
  ({
    ...object,
    metadata: {
      ...object.metadata,
      ownerReferences: object.metadata.ownerReferences?.filter((reference) => reference.uid !== uid) ?? [],
    },
  }) as AnyObject

/** In the order of their uids, which means nothing: upstream promises no order either. */
function dependentsOf(view: StrategyContext, namespace: string, uid: Uid): readonly AnyObject[] {
  return OWNED.flatMap((kind): readonly AnyObject[] => view.list(kind, namespace))
    .filter((object) => refersTo(object, uid))
    .sort((a, b) => byCodeUnit(a.metadata.uid, b.metadata.uid))
}

function exists(view: StrategyContext, dependent: AnyObject, { kind, name, uid }: OwnerReference): boolean {
  const known = kindNamed(kind)
  return known !== undefined && view.get(known, dependent.metadata.namespace, name)?.metadata.uid === uid
}

const remove = (object: AnyObject): Decision => ({
  do: 'delete',
  kind: object.kind,
  ...(object.metadata.namespace !== undefined && { namespace: object.metadata.namespace }),
  name: object.metadata.name,
  options: { uid: object.metadata.uid, propagation: 'Background' },
})

const isGone = (answer: Answer): boolean => !answer.ok && answer.refusal.reason === 'NotFound'

/** The owner is gone: each dependent goes too, unless another owner is still there, which then keeps it. */
function* collect(view: StrategyContext, namespace: string, uid: Uid): Turn<Outcome> {
  for (const dependent of dependentsOf(view, namespace, uid)) {
    const kept = dependent.metadata.ownerReferences?.some((reference) => exists(view, dependent, reference))
    if (!kept && dependent.metadata.deletionTimestamp !== undefined) continue
    const answer = yield kept ? { do: 'update', object: without(dependent, uid) } : remove(dependent)
    if (!answer.ok && !isGone(answer)) return { error: answer.refusal.message }
  }
  return undefined
}

function* dropFinalizer(owner: AnyObject, finalizer: string): Turn<Outcome> {
  const finalizers = owner.metadata.finalizers?.filter((held) => held !== finalizer) ?? []
  const answer = yield { do: 'update', object: { ...owner, metadata: { ...owner.metadata, finalizers } } as AnyObject }
  return answer.ok || isGone(answer) ? undefined : { error: answer.refusal.message }
}

function* orphan(view: StrategyContext, owner: AnyObject): Turn<Outcome> {
  const { namespace = '', uid } = owner.metadata
  for (const dependent of dependentsOf(view, namespace, uid)) {
    const answer = yield { do: 'update', object: without(dependent, uid) }
    if (!answer.ok && !isGone(answer)) return { error: answer.refusal.message }
  }
  return yield* dropFinalizer(owner, ORPHAN)
}

function* deleteInForeground(view: StrategyContext, owner: AnyObject): Turn<Outcome> {
  const { namespace = '', uid } = owner.metadata
  const dependents = dependentsOf(view, namespace, uid)
  for (const dependent of dependents) {
    if (dependent.metadata.deletionTimestamp !== undefined) continue
    const answer = yield remove(dependent)
    if (!answer.ok && !isGone(answer)) return { error: answer.refusal.message }
  }
  const blocks = ({ uid: owned, blockOwnerDeletion }: OwnerReference) => owned === uid && blockOwnerDeletion === true
  const blocked = dependents.some((dependent) => dependent.metadata.ownerReferences?.some(blocks))
  return blocked ? undefined : yield* dropFinalizer(owner, FOREGROUND)
}

const HELD_BY_COLLECTOR = [FOREGROUND, ORPHAN]

const waitsForCollector = ({ metadata }: AnyObject): boolean =>
  metadata.deletionTimestamp !== undefined && (metadata.finalizers?.some((f) => HELD_BY_COLLECTOR.includes(f)) ?? false)

/** Whom a change concerns: what is gone or waits for its dependents, and the owners that what came or went may concern. */
function wakes({ before, after }: Change, view: StrategyContext): readonly string[] {
  const object = (after ?? before) as AnyObject
  const keys: string[] = []
  if (!after || waitsForCollector(after)) keys.push(ownerKey(keyOfObject(object), object.metadata.uid))
  if (before && after) return keys
  for (const { kind, name, uid } of object.metadata.ownerReferences ?? []) {
    const known = kindNamed(kind)
    if (!known) continue
    const { namespace } = object.metadata
    const owner = view.get(known, namespace, name)
    // A healthy owner has no interest in the collector.
    if (owner?.metadata.uid === uid && !waitsForCollector(owner)) continue
    keys.push(ownerKey(keyOf(known, namespace, name), uid))
  }
  return keys
}

export const garbageCollector: Decider = {
  name: 'garbageCollector',
  component: 'garbage-collector-controller',
  delayMs: [20, 120],
  watches: (Object.keys(KINDS) as Kind[]).filter((kind) => kind !== 'Event').map((kind) => ({ kind, wakes })),
  *decide(view, key) {
    const [place, uid] = key.split('#') as [ObjectKey, Uid]
    const { kind, namespace, name } = partsOfKey(place)
    const owner = view.get(kind, namespace, name)
    if (!owner || owner.metadata.uid !== uid) return yield* collect(view, namespace, uid)
    if (owner.metadata.deletionTimestamp === undefined) return undefined
    if (owner.metadata.finalizers?.includes(ORPHAN)) return yield* orphan(view, owner)
    if (owner.metadata.finalizers?.includes(FOREGROUND)) return yield* deleteInForeground(view, owner)
    return undefined
  },
}
