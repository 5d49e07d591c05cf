/**
 * Which revision a set is at and which it rolls towards: chosen, created, renumbered, adopted, and forgotten when there
 * are too many.
 * Models: pkg/controller/statefulset/stateful_set_control.go (getStatefulSetRevisions, truncateHistory),
 * pkg/controller/history/controller_history.go, v1.36.
 */
import { defaultPodTemplate } from '../api/defaultsPod.ts'
import { REVISION_HASH_LABEL } from '../api/identity.ts'
import { controllerOf } from '../api/kinds.ts'
import { selects } from '../api/labels.ts'
import type { ControllerRevision, LabelSelector, PodTemplateSpec, StatefulSet, Uid } from '../api/types.ts'
import { byCodeUnit } from '../kernel/sorted.ts'
import type { Draft } from '../kernel/types.ts'
import { referenceToSet } from './claimOwners.ts'
import type { Failure } from './failure.ts'
import { failed, refused } from './failure.ts'
import { dataOfTemplate, hashOfData, revisionNameOf, templateOfData, textOfData } from './revisionData.ts'
import type { Members } from './roster.ts'
import { recheckSet } from './statefulSetMembers.ts'
import type { Doing, Sync } from './statefulSetSync.ts'
import { BACKOFF_TRIES, retryOnConflict } from './statefulSetSync.ts'

/** The order of history: by number, then by age, then by name. */
export const compareRevisions = (a: ControllerRevision, b: ControllerRevision): number =>
  a.revision - b.revision ||
  byCodeUnit(a.metadata.creationTimestamp, b.metadata.creationTimestamp) ||
  byCodeUnit(a.metadata.name, b.metadata.name)

/** Pods of this revision are made from this template. */
export const templateOf = (revision: ControllerRevision): PodTemplateSpec => templateOfData(revision.data)

interface Listed {
  readonly uid: Uid
  readonly selector: LabelSelector
  readonly revisions: readonly ControllerRevision[]
}

/** Revisions change seldom: what a list came to is remembered with it. */
const known = new WeakMap<readonly ControllerRevision[], Listed>()

/** The set's revisions and those that nobody controls and its selector selects, oldest number first. */
export function listRevisions({ view, set, namespace }: Sync): readonly ControllerRevision[] {
  const { uid } = set.metadata
  const { selector } = set.spec
  const all = view.list('ControllerRevision', namespace)
  const before = known.get(all)
  if (before?.uid === uid && before.selector === selector) return before.revisions
  const revisions = all
    .filter(({ metadata }) => {
      const owner = controllerOf(metadata)
      return (!owner || owner.uid === uid) && selects(selector, metadata.labels)
    })
    .sort(compareRevisions)
  known.set(all, { uid, selector, revisions })
  return revisions
}

export interface Revisions {
  readonly current: ControllerRevision
  readonly update: ControllerRevision
  readonly collisionCount: number
}

const sameData = (a: ControllerRevision['data'], b: ControllerRevision['data']): boolean =>
  a === b || textOfData(a) === textOfData(b)

/** What a template came to in a list of revisions without a write. */
interface Chosen {
  readonly template: PodTemplateSpec
  readonly update: ControllerRevision
}

const chosen = new WeakMap<readonly ControllerRevision[], Chosen>()

/** The newest revision, if it says what the template says. Asked at every sync, so it is remembered with the list. */
function newestIfEqual(
  listed: readonly ControllerRevision[],
  template: PodTemplateSpec,
): ControllerRevision | undefined {
  const known = chosen.get(listed)
  if (known?.template === template) return known.update
  const newest = listed.at(-1)
  if (!newest || !sameData(newest.data, dataOfTemplate(template))) return undefined
  chosen.set(listed, { template, update: newest })
  return newest
}

/** The revisions when the newest says what the template says, and nothing is to be written. */
export function revisionsAsBefore(sync: Sync, listed: readonly ControllerRevision[]): Revisions | undefined {
  const { spec, status } = sync.set
  const same = newestIfEqual(listed, spec.template)
  return same && revisionsOf(sync, listed, same, status.collisionCount ?? 0)
}

/** The revision of the template, made or numbered anew where it must be. */
export function* chooseRevisions(sync: Sync, listed: readonly ControllerRevision[]): Doing<Revisions | Failure> {
  const { set } = sync
  const data = dataOfTemplate(set.spec.template)
  const newest = listed.at(-1)
  const equal = listed.findLast((revision) => sameData(revision.data, data))
  const next = (newest?.revision ?? 0) + 1
  let collisionCount = set.status.collisionCount ?? 0
  let update: ControllerRevision | undefined
  if (equal) {
    const renumbered = yield* renumber(sync, equal, next)
    if ('messages' in renumbered) return renumbered
    update = renumbered
  } else if (newest && meansTheSame(newest, data)) update = newest
  else {
    const created = yield* createRevision(sync, next, collisionCount)
    if ('messages' in created) return created
    update = created.revision
    collisionCount = created.collisionCount
  }
  return revisionsOf(sync, listed, update, collisionCount)
}

/** The revision that the status names as current, or the update revision when there is no such one any more. */
function revisionsOf(
  { set }: Sync,
  listed: readonly ControllerRevision[],
  update: ControllerRevision,
  collisionCount: number,
): Revisions {
  const current = listed.find(({ metadata }) => metadata.name === set.status.currentRevision) ?? update
  return { current, update, collisionCount }
}

/** Filled in as the API server fills templates in today, the stored template is the wanted one. */
const meansTheSame = (revision: ControllerRevision, data: ControllerRevision['data']): boolean =>
  sameData(dataOfTemplate(defaultPodTemplate(templateOf(revision))), data)

/** A rollback: the old object stays, its number becomes the highest. */
function* renumber(sync: Sync, old: ControllerRevision, next: number): Doing<ControllerRevision | Failure> {
  let revision = old
  const failure = yield* retryOnConflict(BACKOFF_TRIES, function* (): Doing<Failure | undefined> {
    if (revision.revision === next) return undefined
    const answer = yield { do: 'update', object: { ...revision, revision: next } }
    if (answer.ok) {
      revision = answer.object as ControllerRevision
      return undefined
    }
    if (answer.refusal.reason === 'Conflict')
      revision = (yield* sync.readAgain('ControllerRevision', old.metadata.name)) ?? revision
    return refused(answer.refusal)
  })
  return failure ?? revision
}

function revisionDraft(set: StatefulSet, revision: number, collisionCount: number): Draft<ControllerRevision> {
  const { name, namespace, annotations } = set.metadata
  const data = dataOfTemplate(set.spec.template)
  const hash = hashOfData(data, collisionCount)
  return {
    apiVersion: 'apps/v1',
    kind: 'ControllerRevision',
    metadata: {
      name: revisionNameOf(name, hash),
      ...(namespace !== undefined && { namespace }),
      labels: { ...set.spec.template.metadata?.labels, [REVISION_HASH_LABEL]: hash },
      ...(annotations && { annotations }),
      ownerReferences: [referenceToSet(set)],
    },
    revision,
    data,
  }
}

interface Created {
  readonly revision: ControllerRevision
  readonly collisionCount: number
}

/** Creates the revision of the set's template; a name that other data took gives way to the next collision count. */
function* createRevision(sync: Sync, number: number, collisions: number): Doing<Created | Failure> {
  const draft = revisionDraft(sync.set, number, collisions)
  for (let collisionCount = collisions; ; collisionCount++) {
    const name = revisionNameOf(sync.name, hashOfData(draft.data, collisionCount))
    const answer = yield { do: 'create', object: { ...draft, metadata: { ...draft.metadata, name } } }
    if (answer.ok) return { revision: answer.object as ControllerRevision, collisionCount }
    if (answer.refusal.reason !== 'AlreadyExists') return refused(answer.refusal)
    const there = yield { do: 'read', kind: 'ControllerRevision', namespace: sync.namespace, name }
    if (!there.ok) return refused(there.refusal)
    const taken = there.object as ControllerRevision
    if (sameData(taken.data, draft.data)) return { revision: taken, collisionCount }
  }
}

/** Those that nobody controls. */
export const orphansAmong = (listed: readonly ControllerRevision[]): readonly ControllerRevision[] =>
  listed.filter(({ metadata }) => !controllerOf(metadata))

/** Makes revisions that nobody controls the set's own, unless the set has just been deleted. */
export function* adoptRevisions(sync: Sync, orphans: readonly ControllerRevision[]): Doing<Failure | undefined> {
  const gone = yield* recheckSet(sync)
  if (gone) return failed(`can't adopt ControllerRevisions: ${gone}`)
  for (const { metadata, ...revision } of orphans) {
    const ownerReferences = [referenceToSet(sync.set), ...(metadata.ownerReferences ?? [])]
    const object = { ...revision, metadata: { ...metadata, ownerReferences, resourceVersion: '' } }
    const answer = yield { do: 'update', object }
    if (!answer.ok) return refused(answer.refusal)
  }
  return undefined
}

const historyLimit = ({ set }: Sync): number => set.spec.revisionHistoryLimit ?? 10

/** There are more revisions than the set wants to keep. */
export function hasLongHistory(sync: Sync, listed: readonly ControllerRevision[]): boolean {
  const limit = historyLimit(sync)
  return limit >= 0 && listed.length > limit
}

/** Deletes the oldest revisions beyond the limit that neither a pod nor the set is at. */
export function* truncateHistory(
  sync: Sync,
  listed: readonly ControllerRevision[],
  chosen: Revisions | undefined,
  members: Members,
): Doing<Failure | undefined> {
  const live = new Set(members.pods().map(({ revision }) => revision))
  if (chosen) live.add(chosen.current.metadata.name).add(chosen.update.metadata.name)
  const old = listed.filter(({ metadata }) => !live.has(metadata.name))
  for (const { metadata } of old.slice(0, Math.max(0, old.length - historyLimit(sync)))) {
    const { namespace, name } = metadata
    const answer = yield {
      do: 'delete',
      kind: 'ControllerRevision',
      ...(namespace !== undefined && { namespace }),
      name,
    }
    if (!answer.ok) return refused(answer.refusal)
  }
  return undefined
}
