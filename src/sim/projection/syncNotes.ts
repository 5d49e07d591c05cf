/**
 * Where the StatefulSet controller's attention is: its own notes on the last sync, read for the rail under the slots and for
 * its card. Nothing is decided again here.
 */
import type { ObjectKey } from '../api/kinds.ts'
import type { SyncNotes } from '../controllers/statefulSetNotes.ts'
import { reasonsAbout } from '../guarantees/why.ts'
import { get } from '../kernel/sorted.ts'
import type { World } from '../kernel/types.ts'
import type { ControllerPicture, RailVerdict } from './types.ts'

export type Looks = SyncNotes

/** The notes on the last sync of a set; undefined before the first, and once the set is gone. */
export const looksOf = ({ memories }: World, set: ObjectKey): Looks | undefined =>
  get(memories, `statefulSet|${set}`) as Looks | undefined

/** The resting state of the ordering chart after the last sync. */
export const restingStateOf = (world: World, set: ObjectKey): string | undefined => looksOf(world, set)?.verdict

/** What came of the slot at which the sync came to rest. A slot that is left as it is on purpose stops nobody. */
const AT_REST: Readonly<Record<Looks['verdict'], RailVerdict>> = {
  leaveAlone: 'none',
  recreateTerminal: 'created',
  replaceTerminal: 'deleted',
  waitForReplacement: 'stop',
  waitForStaleClaim: 'stop',
  createNext: 'created',
  waitForTermination: 'stop',
  waitForReady: 'stop',
  waitForAvailable: 'stop',
  checkIdentity: 'accepted',
  repair: 'accepted',
  waitForCondemned: 'stop',
  waitForFirstUnavailable: 'stop',
  deleteHighest: 'deleted',
  waitForManualDelete: 'accepted',
  heldByPartition: 'accepted',
  waitForBudget: 'stop',
  replaceForUpdate: 'deleted',
  waitForUpdated: 'stop',
  pass: 'accepted',
  settled: 'accepted',
}

/** Nothing more is done until somebody acts: what is old is meant to stay so. */
const leavesAsIs = ({ verdict }: Looks): boolean => verdict === 'heldByPartition' || verdict === 'waitForManualDelete'

/** What the last look said about one ordinal. */
export function verdictOn(looks: Looks | undefined, ordinal: number): RailVerdict {
  if (!looks) return 'none'
  const { phase, verdict, stoppedAt, accepted, error } = looks
  if (ordinal === stoppedAt) return error === undefined ? AT_REST[verdict] : 'stop'
  if (ordinal >= accepted[0] && ordinal < accepted[1]) return 'accepted'
  if (phase === 'deleting') return 'none'
  if (leavesAsIs(looks)) return 'accepted'
  return phase === 'settled' ? 'none' : 'notReached'
}

export function controllerPictureOf(world: World, set: ObjectKey, looks: Looks | undefined): ControllerPicture {
  if (!looks) return { syncs: 0, phase: 'idle', verdict: '' }
  const { syncs, at, phase, verdict, stoppedAt } = looks
  const settled = leavesAsIs(looks)
  const [reason] = reasonsAbout(world, set)
  return {
    syncs,
    lastSyncAt: at,
    phase: settled ? 'settled' : phase,
    verdict,
    ...(stoppedAt !== undefined && !settled && { stoppedAt }),
    ...(reason && { reason }),
  }
}
