/** What is said about an object, as a card shows it: the most telling reason, and what counts down by itself. */
import type { ObjectKey } from '../api/kinds.ts'
import type { Reason } from '../api/reasons.ts'
import { reasonsAbout } from '../guarantees/why.ts'
import type { World } from '../kernel/types.ts'
import type { Countdown } from './types.ts'

const NOTHING: readonly Reason[] = []

/** All reasons about an object but those about its name, which has a card of its own. */
export function reasonsOf(world: World, key: ObjectKey): readonly Reason[] {
  const reasons = reasonsAbout(world, key)
  if (reasons.length === 0) return NOTHING
  return reasons.some(({ reason }) => reason === 'notPublished')
    ? reasons.filter(({ reason }) => reason !== 'notPublished')
    : reasons
}

/** The first reason that names the moment at which it passes; undefined when none does. */
export function countdownOf(reasons: readonly Reason[]): Countdown | undefined {
  const reason = reasons.find(({ until }) => until !== undefined)
  return reason?.until === undefined ? undefined : { reason, from: reason.since, until: reason.until }
}
