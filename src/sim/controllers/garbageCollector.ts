/**
 * The garbage collector: what nobody owns any more goes, and an owner that is deleted with its dependents, or without
 * them, goes when they are gone, or let go. Dependents are looked at one by one, in no order.
 * Leaves out owners of kinds that this cluster does not keep (they count as there), and cycles of owners.
 * Models: pkg/controller/garbagecollector/{garbagecollector,graph_builder}.go, v1.36, without its cached graph.
 */
import type { ObjectKey } from '../api/kinds.ts'
import { ALL_KINDS, KINDS, keyOfObject, partsOfKey } from '../api/kinds.ts'
import type { StrategyContext } from '../api/strategy.ts'
import type { AnyObject, Kind, ObjectMeta, OwnerReference, Uid } from '../api/types.ts'
import type { Answer, Change, ClusterView, Decider, Decision, Outcome } from '../kernel/types.ts'
import { drawWithin } from './delays.ts'
import { ownsIn } from './ownerIndex.ts'

const WITH_DEPENDENTS = 'foregroundDeletion'
const WITHOUT_DEPENDENTS = 'orphan'

/** Milliseconds until an object is looked at, each at its own moment. */
const LOOK_MS = [20, 120] as const

type Doing = Generator<Decision, Outcome, Answer>

/** Events own nothing and are owned by nobody. */
const KEPT: readonly Kind[] = ALL_KINDS.filter((kind) => kind !== 'Event')

const referencesOf = ({ metadata }: AnyObject): readonly OwnerReference[] => metadata.ownerReferences ?? []

const holds = ({ metadata }: AnyObject, finalizer: string): boolean => metadata.finalizers?.includes(finalizer) === true

const isBeingDeleted = ({ metadata }: AnyObject): boolean => metadata.deletionTimestamp !== undefined

const deletesItsDependents = (object: AnyObject): boolean => isBeingDeleted(object) && holds(object, WITH_DEPENDENTS)

function isOwnedBy({ metadata: { ownerReferences } }: AnyObject, uid: Uid): boolean {
  if (ownerReferences) for (const reference of ownerReferences) if (reference.uid === uid) return true
  return false
}

/** Everything that names this uid among its owners. Dependents live in the namespace of their owner. */
function dependentsOf(view: StrategyContext, { namespace, uid }: ObjectMeta): readonly AnyObject[] {
  const dependents: AnyObject[] = []
  for (const kind of KEPT) {
    if (!ownsIn(kind, view.list(kind), uid)) continue
    for (const object of view.list(kind, namespace)) if (isOwnedBy(object, uid)) dependents.push(object)
  }
  return dependents
}

/** The very owner that a reference means; undefined when it is gone; `unknown` when nobody can tell. */
function ownerOf(view: StrategyContext, { kind, name, uid }: OwnerReference, namespace: string | undefined) {
  if (!(kind in KINDS)) return 'unknown'
  const owner: AnyObject | undefined = view.get(kind as Kind, namespace, name)
  return owner?.metadata.uid === uid ? owner : undefined
}

/** Owners that wait for this object to be gone. */
const waitingOwners = (view: StrategyContext, object: AnyObject): readonly ObjectKey[] =>
  referencesOf(object).flatMap((reference) => {
    const owner = ownerOf(view, reference, object.metadata.namespace)
    return owner && owner !== 'unknown' && deletesItsDependents(owner) ? [keyOfObject(owner)] : []
  })

const NOBODY: readonly ObjectKey[] = []

function wakes({ before, after }: Change, view: StrategyContext): readonly ObjectKey[] {
  // Most writes: the same owners, and no end in sight.
  if (after && !isBeingDeleted(after) && after.metadata.ownerReferences === before?.metadata.ownerReferences)
    return NOBODY
  if (!after)
    return before ? [...dependentsOf(view, before.metadata).map(keyOfObject), ...waitingOwners(view, before)] : []
  const keys: ObjectKey[] = []
  if (isBeingDeleted(after) && (holds(after, WITH_DEPENDENTS) || holds(after, WITHOUT_DEPENDENTS)))
    keys.push(keyOfObject(after))
  if (after.metadata.ownerReferences === before?.metadata.ownerReferences) return keys
  const orphaned = referencesOf(after).some((reference) => !ownerOf(view, reference, after.metadata.namespace))
  return [...keys, ...(orphaned ? [keyOfObject(after)] : []), ...(before ? waitingOwners(view, before) : [])]
}

/** The object with some of its metadata changed, whatever its version has become in the meantime. */
const patched = (object: AnyObject, metadata: Partial<ObjectMeta>): AnyObject =>
  ({ ...object, metadata: { ...object.metadata, ...metadata, resourceVersion: '' } }) as AnyObject

/** An answer that leaves the work undone; what has gone in the meantime needs none. */
const undone = (answer: Answer): Outcome =>
  answer.ok || answer.refusal.reason === 'NotFound' ? undefined : { error: answer.refusal.message }

function* disown(object: AnyObject, gone: ReadonlySet<Uid>): Doing {
  const ownerReferences = referencesOf(object).filter(({ uid }) => !gone.has(uid))
  return undone(yield { do: 'update', object: patched(object, { ownerReferences }) })
}

function* letGo(object: AnyObject, finalizer: string): Doing {
  const finalizers = object.metadata.finalizers?.filter((name) => name !== finalizer) ?? []
  yield { do: 'explain', reasons: [] }
  return undone(yield { do: 'update', object: patched(object, { finalizers }) })
}

/** Takes the owner out of its dependents, then lets it go. */
function* orphanDependents(view: ClusterView, owner: AnyObject): Doing {
  for (const dependent of dependentsOf(view, owner.metadata)) {
    const outcome = yield* disown(dependent, new Set([owner.metadata.uid]))
    if (outcome) return outcome
  }
  return yield* letGo(owner, WITHOUT_DEPENDENTS)
}

/** Lets the owner go when no dependent that blocks it is left; else sees to those that are. */
function* deleteDependents(view: ClusterView, owner: AnyObject): Doing {
  const { uid } = owner.metadata
  const blocking = dependentsOf(view, owner.metadata).filter((dependent) =>
    referencesOf(dependent).some((reference) => reference.uid === uid && reference.blockOwnerDeletion === true),
  )
  const [first] = blocking
  if (!first) return yield* letGo(owner, WITH_DEPENDENTS)
  for (const dependent of blocking) {
    if (isBeingDeleted(dependent)) continue
    const afterMs = drawWithin(view, LOOK_MS, 'garbageCollector')
    yield { do: 'wake', id: 'dependent', key: keyOfObject(dependent), afterMs }
  }
  const subject = keyOfObject(owner)
  const detail = { finalizer: WITH_DEPENDENTS }
  yield { do: 'explain', reasons: [{ reason: 'finalizerHolds', subject, on: keyOfObject(first), detail }] }
  return undefined
}

/** As the finalizers that the object has already ask for. */
const propagationOf = (object: AnyObject) =>
  holds(object, WITHOUT_DEPENDENTS) ? 'Orphan' : holds(object, WITH_DEPENDENTS) ? 'Foreground' : 'Background'

/** Deletes an object none of whose owners is left. One that is left keeps it, and only the others are taken out. */
function* collect(view: ClusterView, object: AnyObject): Doing {
  const { namespace, name, uid } = object.metadata
  const gone = new Set<Uid>()
  let solid = false
  let waiting = false
  for (const reference of referencesOf(object)) {
    const owner = ownerOf(view, reference, namespace)
    const waits = owner !== undefined && owner !== 'unknown' && deletesItsDependents(owner)
    if (owner && !waits) solid = true
    else gone.add(reference.uid)
    waiting ||= waits
  }
  if (gone.size === 0) return undefined
  if (solid) return yield* disown(object, gone)
  const propagation = waiting && dependentsOf(view, object.metadata).length > 0 ? 'Foreground' : propagationOf(object)
  const where = { kind: object.kind, name, ...(namespace !== undefined && { namespace }) }
  return undone(yield { do: 'delete', ...where, options: { uid, propagation } })
}

export const garbageCollector: Decider = {
  name: 'garbageCollector',
  component: 'garbage-collector',
  watches: KEPT.map((kind) => ({ kind, wakes })),
  delayMs: LOOK_MS,
  *decide(view, key) {
    const { kind, namespace, name } = partsOfKey(key as ObjectKey)
    const object: AnyObject | undefined = view.get(kind, namespace, name)
    if (!object) return undefined
    if (!isBeingDeleted(object)) return yield* collect(view, object)
    if (holds(object, WITHOUT_DEPENDENTS)) return yield* orphanDependents(view, object)
    if (holds(object, WITH_DEPENDENTS)) return yield* deleteDependents(view, object)
    return undefined
  },
}
