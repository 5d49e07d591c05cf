/** The rows of the timeline, and what lies under a point of one. */
import type { ColumnPicture, Lane, LaneSpan } from '../../sim/index.ts'

/** All lanes of the run and, for slots that have no history yet, an empty lane: in the order of ordinals. */
export function rowsOf(lanes: readonly Lane[], columns: readonly ColumnPicture[]): readonly Lane[] {
  const known = new Set(lanes.map(({ ordinal }) => ordinal))
  const missing = columns.filter(({ ordinal }) => !known.has(ordinal))
  if (missing.length === 0) return lanes
  const empty = missing.map(
    ({ ordinal, pod }): Lane => ({ podName: pod.name, ordinal, spans: [], claim: [], name: [] }),
  )
  return [...lanes, ...empty].sort((a, b) => a.ordinal - b.ordinal)
}

/** The span of a lane that covers a moment; undefined in a gap. */
export const spanAt = ({ spans }: Lane, at: number): LaneSpan | undefined =>
  spans.find(({ from, to }) => from <= at && (to === undefined || at < to))

/**
 * The spans of a lane that carry the badge of their incarnation: its longest Ready span, where the words have room, or the
 * last span it has while it was never Ready.
 */
export function badged({ spans }: Lane): ReadonlySet<LaneSpan> {
  const chosen = new Map<string, LaneSpan>()
  for (const span of spans) {
    const before = chosen.get(span.uid)
    if (!before || weightOf(span) >= weightOf(before)) chosen.set(span.uid, span)
  }
  return new Set(chosen.values())
}

/** Length of a Ready span, endless while it lasts; below every length for any other span. */
function weightOf({ state, from, to }: LaneSpan): number {
  if (state !== 'ready' && state !== 'readyNotAvailable') return -1
  return to === undefined ? Number.POSITIVE_INFINITY : to - from
}
