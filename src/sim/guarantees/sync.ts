/**
 * What one step was, seen as a sync of the StatefulSet controller: which set, what it observed, which pods it created
 * and deleted and why. Rules about actions read this and are held against the observed state, never against the live one.
 * Leaves out everything that other deciders do.
 */
import { inRange, ordinalOf, parentAndOrdinal } from '../api/identity.ts'
import type { ObjectKey } from '../api/kinds.ts'
import { controllerOf, keyOf } from '../api/kinds.ts'
import { isTerminal } from '../api/predicates.ts'
import type { AnyObject, ControllerRevision, Pod, StatefulSet } from '../api/types.ts'
import { listObjects, readObject, rowOf } from '../kernel/apiServer.ts'
import { set as setRow } from '../kernel/sorted.ts'
import type { Change, Step } from '../kernel/types.ts'
import { Census } from './census.ts'

/** The StatefulSet controller's name among the deciders. */
export const CONTROLLER = 'statefulSet'

/** `scaleDown` and `update` tell deletes apart by the observed set: out of range, or in range and not terminal. */
export type ActionKind = 'create' | 'replaceTerminal' | 'scaleDown' | 'update'

export interface Action {
  readonly kind: ActionKind
  /** As it was made, or as it was just before the delete. */
  readonly pod: Pod
  readonly ordinal: number
  readonly key: ObjectKey
}

export class Sync {
  readonly step: Step
  /** As observed. */
  readonly set: StatefulSet
  readonly actions: readonly Action[]
  private counted: Census | undefined
  private rolledTo: string | undefined

  constructor(step: Step, set: StatefulSet) {
    this.step = step
    this.set = set
    const actions: Action[] = []
    for (const change of step.changes) {
      const action = actionOf(change, set)
      if (action) actions.push(action)
    }
    this.actions = actions
  }

  get key(): ObjectKey {
    return keyOf('StatefulSet', this.set.metadata.namespace, this.set.metadata.name)
  }

  get ordered(): boolean {
    return this.set.spec.podManagementPolicy !== 'Parallel'
  }

  /** The set's pods as observed, claimed and released pods of this very sync included. Counted when it is first asked for. */
  get census(): Census {
    this.counted ??= new Census(observedPods(this.step), this.set, this.step.after.now)
    return this.counted
  }

  /** The revision that the sync rolled towards; '' when the set has none. */
  get updateRevision(): string {
    this.rolledTo ??= updateRevisionOf(this.step, this.set)
    return this.rolledTo
  }
}

let latest: { step: Step; sync: Sync | undefined } | undefined

/** The step as a sync, or undefined when it was somebody else's turn or nothing of a set was touched. */
export function syncOf(step: Step): Sync | undefined {
  if (latest?.step !== step) {
    const set = step.changes[0]?.by === CONTROLLER ? setOf(step) : undefined
    latest = { step, sync: set && new Sync(step, set) }
  }
  return latest.sync
}

/** The set that a turn of the controller was about: every turn is about one. */
function setOf(step: Step): StatefulSet | undefined {
  for (const { before, after } of step.changes) {
    const object = (before ?? after) as AnyObject
    const found = named(step, object) ?? (after && named(step, after))
    if (found) return found
  }
  return undefined
}

function named(step: Step, object: AnyObject): StatefulSet | undefined {
  const find = (name: string) => readObject(step.before.objects, 'StatefulSet', object.metadata.namespace, name)
  if (object.kind === 'StatefulSet') return find(object.metadata.name)
  if (object.kind === 'Event')
    return object.involvedObject.kind === 'StatefulSet' ? find(object.involvedObject.name) : undefined
  const owner = controllerOf(object.metadata)
  if (owner?.kind === 'StatefulSet') return find(owner.name)
  return object.kind === 'Pod' ? find(parentAndOrdinal(object.metadata.name).parent) : undefined
}

/** The write by which it begins to go: it may be gone at once, or be marked first. */
const goes = ({ before, after }: Change): boolean =>
  before?.metadata.deletionTimestamp === undefined && (!after || after.metadata.deletionTimestamp !== undefined)

function actionOf(change: Change, set: StatefulSet): Action | undefined {
  const { before, after } = change
  const pod = before ?? after
  if (pod?.kind !== 'Pod' || (before && !goes(change))) return undefined
  const ordinal = ordinalOf(pod.metadata.name)
  const key = keyOf('Pod', pod.metadata.namespace, pod.metadata.name)
  if (!before) return { kind: 'create', pod, ordinal, key }
  const kind = !inRange(set, ordinal) ? 'scaleDown' : isTerminal(pod) ? 'replaceTerminal' : 'update'
  return { kind, pod, ordinal, key }
}

/** Pods adopted or released in this sync count as the controller counted them: with their new owner. */
function observedPods(step: Step) {
  let pods = step.before.objects.Pod
  for (const { before, after } of step.changes) {
    if (before?.kind !== 'Pod' || after?.kind !== 'Pod') continue
    if (controllerOf(before.metadata)?.uid === controllerOf(after.metadata)?.uid) continue
    const { namespace, name } = before.metadata
    const { ownerReferences = [] } = after.metadata
    const claimed = { ...before, metadata: { ...before.metadata, ownerReferences } }
    pods = setRow(pods, rowOf('Pod', namespace, name), claimed)
  }
  return pods
}

/** The revisions that a set controls, as they are after the step. */
export const revisionsOf = (step: Step, set: StatefulSet): readonly ControllerRevision[] =>
  listObjects(step.after.objects, 'ControllerRevision', set.metadata.namespace).filter(
    (revision) => controllerOf(revision.metadata)?.uid === set.metadata.uid,
  )

/** True when the revision was there for the set: its own, or nobody's. One that a former set of the name left is not. */
export function hadRevision(step: Step, { metadata }: StatefulSet, name: string): boolean {
  const revision = readObject(step.before.objects, 'ControllerRevision', metadata.namespace, name)
  const owner = revision && controllerOf(revision.metadata)
  return revision !== undefined && (owner === undefined || owner.uid === metadata.uid)
}

/** What the sync says in the status it wrote; when it wrote none, the newest revision, which is the same one. */
function updateRevisionOf(step: Step, set: StatefulSet): string {
  for (const { before, after } of step.changes)
    if (after?.kind === 'StatefulSet' && before) return after.status.updateRevision ?? ''
  let newest: ControllerRevision | undefined
  for (const revision of revisionsOf(step, set)) if (!newest || revision.revision > newest.revision) newest = revision
  return newest?.metadata.name ?? set.status.updateRevision ?? ''
}

/** The revision that a created pod below the rollout gets: the current one if it is still there, else the update revision. */
export function currentRevisionOf({ step, set, updateRevision }: Sync): string {
  const name = set.status.currentRevision ?? ''
  return hadRevision(step, set, name) ? name : updateRevision
}
