/**
 * The StatefulSet controller: who wakes it, and one sync from the revisions to the history's end. What it decides is told
 * in the files beside it; what it leaves waiting it explains, and where it looked it notes down for whoever draws it.
 * Leaves out: the consistency check of 1.36 (caches are current when a turn begins), Recreate (1.37, alpha).
 * Models: pkg/controller/statefulset/stateful_set.go, v1.36.
 */
import type { ObjectKey } from '../api/kinds.ts'
import { partsOfKey } from '../api/kinds.ts'
import type { GivenReason } from '../api/reasons.ts'
import type { SimTime, StatefulSet } from '../api/types.ts'
import { retryDelayMs } from '../kernel/backOff.ts'
import type { Decider } from '../kernel/types.ts'
import { isNoNews } from '../kernel/waiting.ts'
import type { Failure } from './failure.ts'
import { textOf, together } from './failure.ts'
import type { Members } from './roster.ts'
import { rosterOf } from './roster.ts'
import { claimPods, claimsOrReleases } from './statefulSetMembers.ts'
import type { SyncNotes } from './statefulSetNotes.ts'
import { notesAfter, notesAgain } from './statefulSetNotes.ts'
import type { Scene } from './statefulSetObservation.ts'
import type { Progress } from './statefulSetPhases.ts'
import { runPhases } from './statefulSetPhases.ts'
import { reasonsOf } from './statefulSetReasons.ts'
import type { Rest } from './statefulSetRest.ts'
import { restAfter, setAfter, stillRests } from './statefulSetRest.ts'
import {
  adoptRevisions,
  chooseRevisions,
  hasLongHistory,
  listRevisions,
  orphansAmong,
  revisionsAsBefore,
  truncateHistory,
} from './statefulSetRevisions.ts'
import { nextAvailability, statusToWrite, writeStatus } from './statefulSetStatus.ts'
import type { Doing } from './statefulSetSync.ts'
import { Sync } from './statefulSetSync.ts'
import { statefulSetWatches } from './statefulSetWatches.ts'

interface Result {
  readonly members?: Members
  readonly scene?: Scene
  readonly progress?: Progress
  readonly failure?: Failure
}

const failure = (failure: Failure | undefined) => failure && { failure }

/** One sync. A step of which most syncs have nothing to do is begun only where there is something: each costs a generator. */
function* runSync(sync: Sync): Doing<Result> {
  const orphans = orphansAmong(listRevisions(sync))
  const unadopted = orphans.length > 0 ? yield* adoptRevisions(sync, orphans) : undefined
  if (unadopted) return { failure: unadopted }
  const roster = rosterOf(sync.set, sync.view.list('Pod', sync.namespace))
  const members = claimsOrReleases(sync, roster) ? yield* claimPods(sync, roster) : roster
  if ('messages' in members) return { failure: members }
  const listed = listRevisions(sync)
  const revisions = revisionsAsBefore(sync, listed) ?? (yield* chooseRevisions(sync, listed))
  const isLong = hasLongHistory(sync, listed)
  if ('messages' in revisions) {
    const untruncated = isLong ? yield* truncateHistory(sync, listed, undefined, members) : undefined
    return { members, ...failure(together([revisions, untruncated])) }
  }
  const scene: Scene = { sync, revisions, members }
  const progress = yield* runPhases(scene)
  const status = statusToWrite(sync, progress.status)
  const unwritten = status && (yield* writeStatus(sync, status))
  const untruncated = isLong ? yield* truncateHistory(sync, listed, revisions, members) : undefined
  return { members, scene, progress, ...failure(together([progress.failure ?? unwritten, untruncated])) }
}

interface Again {
  /** In how many ms a new look is wanted. */
  readonly afterMs?: number
  /** The look that is to come, noted where it must not be put off: before 1.36 a queue kept the earlier of two. */
  readonly at?: SimTime
}

/** When to look again although nothing happens: when a pod will be available. */
function lookAgain({ view, switches }: Sync, afterMs: number | undefined, before: SyncNotes | undefined): Again {
  if (switches.countsAvailabilityExactly) return afterMs === undefined ? {} : { afterMs }
  if (before?.againAt !== undefined && before.againAt > view.now) return { at: before.againAt }
  return afterMs === undefined ? {} : { afterMs, at: view.now + afterMs }
}

interface Kept {
  /** What it noted down: as long as that is what stands, it was the last one. */
  readonly notes: SyncNotes
  /** What was explained: it still stands where nothing new is to be said. */
  readonly said: readonly GivenReason[]
  /** What the sync read, if it decided nothing or nothing that the next one reads. */
  readonly rest: Rest | undefined
}

/** What is known of the last sync of each set. Where another one came after it, in another history, nothing is. */
const kept = new Map<string, Kept>()

export const statefulSet: Decider = {
  name: 'statefulSet',
  component: 'statefulset-controller',
  watches: statefulSetWatches,
  delayMs: [2, 12],
  *decide(view, key) {
    const { namespace, name } = partsOfKey(key as ObjectKey)
    const set = view.get('StatefulSet', namespace, name)
    const before = view.recall() as SyncNotes | undefined
    if (!set) {
      kept.delete(key)
      if (!before) return undefined
      yield { do: 'explain', reasons: [] }
      yield { do: 'remember', memory: undefined }
      return undefined
    }
    const last = kept.get(key)
    const known = last?.notes === before ? last : undefined
    if (known?.rest && stillRests(view, set, known.rest)) {
      const notes = notesAgain(known.notes, view.now)
      kept.set(key, { notes, said: known.said, rest: known.rest })
      yield { do: 'remember', memory: notes }
      return undefined
    }
    const sync = new Sync(view, set)
    const steps = runSync(sync)
    let step = steps.next()
    let after: StatefulSet | undefined = set
    while (!step.done) {
      const answer = yield step.value
      after = after === set ? setAfter(set, step.value, answer) : undefined
      step = steps.next(answer)
    }
    const result = step.value
    const error = result.failure && textOf(result.failure)
    const { members, progress } = result
    const soon = error === undefined && members && progress && nextAvailability(sync, progress.status, members)
    const again = lookAgain(sync, soon || undefined, before)
    const notes = notesAfter(before, set, view.now, result.progress?.step, error, again.at)
    const reasons = reasonsOf(sync, result, view.now + retryDelayMs(before?.failures ?? 0))
    const news = !known || !isNoNews(reasons, known.said)
    kept.set(key, { notes, said: news ? reasons : known.said, rest: after && restAfter(view, after, notes) })
    if (news) yield { do: 'explain', reasons }
    yield { do: 'remember', memory: notes }
    if (error !== undefined) return { error }
    if (again.afterMs !== undefined) yield { do: 'wake', id: 'availability', afterMs: again.afterMs }
    return undefined
  },
}
