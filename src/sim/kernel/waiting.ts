/**
 * Reasons kept over time: one that is given again holds since it was first given. A rollout gives dozens at every sync,
 * so former ones are looked for where they stood before.
 */
import type { GivenReason, Reason } from '../api/reasons.ts'
import type { SimTime } from '../api/types.ts'
import { same } from './equality.ts'

const NONE: readonly Reason[] = []

const isAbout = (reason: GivenReason, given: GivenReason): boolean =>
  reason.subject === given.subject && reason.reason === given.reason && reason.on === given.on

/** What was said before. */
class Former {
  private readonly reasons: readonly Reason[]
  /** By how many places the last one that was found stood further on. */
  private shift = 0

  constructor(reasons: readonly Reason[]) {
    this.reasons = reasons
  }

  /** The same reason as this one; its subject mostly stands at the same place, or as far from it as the one before. */
  find(given: GivenReason, index: number): Reason | undefined {
    for (let place = index + this.shift; place <= index + this.shift + 1; place++) {
      if (this.reasons[place]?.subject !== given.subject) continue
      this.shift = place - index
      return this.near(place, given)
    }
    const place = this.reasons.findIndex((reason) => isAbout(reason, given))
    if (place >= 0) this.shift = place - index
    return this.reasons[place]
  }

  /** All that is said about one subject stands together. */
  private near(place: number, given: GivenReason): Reason | undefined {
    const { reasons } = this
    let first = place
    while (reasons[first - 1]?.subject === given.subject) first--
    for (let at = first; reasons[at]?.subject === given.subject; at++)
      if (isAbout(reasons[at] as Reason, given)) return reasons[at]
    return undefined
  }
}

/** Absent parts stay absent. Written out, because it runs for every reason of every sync. */
function reasonSince({ reason, subject, on, rule, until, detail }: GivenReason, since: SimTime): Reason {
  const told: { -readonly [K in keyof Reason]: Reason[K] } = { reason, subject, since }
  if (on !== undefined) told.on = on
  if (rule !== undefined) told.rule = rule
  if (until !== undefined) told.until = until
  if (detail !== undefined) told.detail = detail
  return told
}

const saysTheSame = (old: GivenReason, given: GivenReason): boolean =>
  old.rule === given.rule &&
  old.until === given.until &&
  (old.detail === given.detail || same(old.detail, given.detail))

/** Whether the same was said before. */
export function isNoNews(given: readonly GivenReason[], before: readonly GivenReason[]): boolean {
  if (given.length !== before.length) return false
  for (let index = 0; index < given.length; index++) {
    const old = before[index] as GivenReason
    const next = given[index] as GivenReason
    if (!isAbout(old, next) || !saysTheSame(old, next)) return false
  }
  return true
}

/**
 * What is given now, each reason with the moment since when it has held; undefined when nothing is given. The very list
 * of before when nothing is new.
 */
export function stillWaiting(
  given: readonly GivenReason[],
  before: readonly Reason[] | undefined,
  now: SimTime,
): readonly Reason[] | undefined {
  if (given.length === 0) return undefined
  if (before && isNoNews(given, before)) return before
  const former = new Former(before ?? NONE)
  return given.map((next, index) => {
    const old = former.find(next, index)
    return old && saysTheSame(old, next) ? old : reasonSince(next, old?.since ?? now)
  })
}
