/** What the controller notes down after a sync: where it looked and how far it came, for whoever draws its attention. */
import { endOrdinal, startOrdinal } from '../api/identity.ts'
import type { SimTime, StatefulSet } from '../api/types.ts'
import type { Asked, Phase, Verdict } from '../machines/ordering.ts'
import { walk } from '../machines/ordering.ts'
import type { Step } from './statefulSetPhases.ts'

export interface SyncNotes {
  /** Syncs of this set so far. */
  readonly syncs: number
  /** When the last one ran. */
  readonly at: SimTime
  readonly phase: Phase
  /** Where the walk through the ordering chart came to rest. */
  readonly verdict: Verdict
  /** Ordinal of the slot that was looked at there; absent when it was the set as a whole. */
  readonly stoppedAt?: number
  /** Wanted ordinals that the phase had nothing against: from the first up to, not including, the second. */
  readonly accepted: readonly [from: number, to: number]
  /** The questions that led to the verdict. */
  readonly path: readonly Asked[]
  /** Failed syncs in a row. */
  readonly failures: number
  readonly error?: string
  /** When the controller looks again by itself; before 1.36 a time that is set is not set anew until it has come. */
  readonly againAt?: SimTime
}

/** The range of wanted ordinals that was passed before the sync came to rest. */
function acceptedOf(set: StatefulSet, { walk: { phase }, slot }: Step): SyncNotes['accepted'] {
  const start = startOrdinal(set)
  const end = endOrdinal(set)
  switch (phase) {
    case 'createInOrder':
      return [start, slot?.ordinal ?? start]
    case 'update':
      return [slot ? slot.ordinal + 1 : start, end]
    case 'scaleDown':
    case 'settled':
      return [start, end]
    case 'deleting':
      return [start, start]
  }
}

/** The notes with what need not be there. */
function withExtras(
  notes: { -readonly [K in keyof SyncNotes]: SyncNotes[K] },
  stoppedAt: number | undefined,
  error: string | undefined,
  againAt: SimTime | undefined,
): SyncNotes {
  if (stoppedAt !== undefined) notes.stoppedAt = stoppedAt
  if (error !== undefined) notes.error = error
  if (againAt !== undefined) notes.againAt = againAt
  return notes
}

/** The notes after a sync. Without a step it failed before any slot was looked at. */
export function notesAfter(
  before: SyncNotes | undefined,
  set: StatefulSet,
  at: SimTime,
  step: Step | undefined,
  error: string | undefined,
  againAt: SimTime | undefined,
): SyncNotes {
  const start = startOrdinal(set)
  const { phase, verdict, path } = step?.walk ?? before ?? walk('end')
  const accepted = step ? acceptedOf(set, step) : ([start, start] as const)
  const same = before?.accepted[0] === accepted[0] && before.accepted[1] === accepted[1]
  const notes = {
    syncs: (before?.syncs ?? 0) + 1,
    at,
    phase,
    verdict,
    accepted: same ? before.accepted : accepted,
    path,
    failures: error === undefined ? 0 : (before?.failures ?? 0) + 1,
  }
  return withExtras(notes, step?.slot?.ordinal, error, againAt)
}

/** The notes after a sync that found what the one before it found. */
export function notesAgain(before: SyncNotes, at: SimTime): SyncNotes {
  const { syncs, phase, verdict, accepted, path, failures, stoppedAt, error, againAt } = before
  return withExtras({ syncs: syncs + 1, at, phase, verdict, accepted, path, failures }, stoppedAt, error, againAt)
}
