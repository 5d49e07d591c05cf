/**
 * An ensemble decides only while more than half of its members serve. How many do at a moment, and how long too few did
 * since it could first decide, is read off the lanes; which sets are ensembles, off their image.
 */

import type { SimTime } from '../api/types.ts'
import { isEnsemble } from '../controllers/imageBehaviour.ts'
import type { Lane, PodState, SetPicture } from './types.ts'

export interface Quorum {
  readonly serving: number
  readonly members: number
  /** The majority. */
  readonly needed: number
  /** Since when too few have served; absent while enough do, and before they first did. */
  readonly lostSince?: SimTime
  /** How long, in ms, too few served in all: this time and before. */
  readonly lostMs: number
}

const SERVES: ReadonlySet<PodState> = new Set(['ready', 'readyNotAvailable'])

/** By how many the serving members change, at each moment up to `now` when they do, in order. */
function steps(lanes: readonly Lane[], now: SimTime): readonly (readonly [at: SimTime, by: number])[] {
  const changes = new Map<SimTime, number>()
  const change = (at: SimTime, by: number) => changes.set(at, (changes.get(at) ?? 0) + by)
  for (const { spans } of lanes)
    for (const { from, to, state } of spans) {
      if (from > now || !SERVES.has(state)) continue
      change(from, 1)
      if (to !== undefined && to <= now) change(to, -1)
    }
  return [...changes].filter(([, by]) => by !== 0).sort(([a], [b]) => a - b)
}

/** The quorum of a set's ensemble at a moment; undefined for a set that is none. `lanes` are the set's own. */
export function quorumOf(set: SetPicture, lanes: readonly Lane[], now: SimTime): Quorum | undefined {
  if (!isEnsemble(set.image) || set.desired === 0) return undefined
  const needed = Math.floor(set.desired / 2) + 1
  let serving = 0
  let formed = false
  let lostSince: SimTime | undefined
  let lostMs = 0
  for (const [at, by] of steps(lanes, now)) {
    serving += by
    if (serving >= needed) {
      if (lostSince !== undefined) lostMs += at - lostSince
      formed = true
      lostSince = undefined
    } else if (formed) lostSince ??= at
  }
  if (lostSince !== undefined) lostMs += now - lostSince
  return { serving, members: set.desired, needed, lostMs, ...(lostSince !== undefined && { lostSince }) }
}
