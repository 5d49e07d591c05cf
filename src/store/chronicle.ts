/**
 * What is told of the run as a whole: the timeline's lanes and the letters of the revisions. Grows with the history and is
 * cut with it; a copy is remembered every so often, so that a cut need not read the history from its beginning.
 */
import type { LaneBook, LaneMoment, RevisionOrder } from '../sim/index.ts'
import { emptyLaneBook, extendLanes, extendRevisionOrder } from '../sim/index.ts'
import type { Entry, History } from './history.ts'

interface Chapter {
  /** So many moments have been read. */
  readonly length: number
  readonly lanes: LaneBook
  readonly order: RevisionOrder
}

const EVERY = 128

export class Chronicle {
  private readonly history: History
  private readonly opening: string | undefined
  private readonly earlier: Chapter[] = []
  private latest: Chapter = { length: 0, lanes: emptyLaneBook, order: {} }

  /** `opening` is the line of the act that the run begins with. */
  constructor(history: History, opening: string | undefined) {
    this.history = history
    this.opening = opening
  }

  get lanes(): LaneBook {
    return this.latest.lanes
  }

  get order(): RevisionOrder {
    return this.latest.order
  }

  /** Reads the moments that are new. */
  read(): void {
    while (this.latest.length < this.history.length) {
      const from = this.latest.length
      const to = Math.min(this.history.length, from - (from % EVERY) + EVERY)
      const moments = this.history
        .all()
        .slice(from, to)
        .map((entry, index) => this.momentOf(entry, from + index))
      let { order } = this.latest
      for (const { facts } of moments) order = extendRevisionOrder(order, facts)
      this.latest = { length: to, lanes: extendLanes(this.latest.lanes, moments), order }
      if (to % EVERY === 0) this.earlier.push(this.latest)
    }
  }

  private momentOf(entry: Entry, index: number): LaneMoment {
    const given = index === 0 && this.opening !== undefined && { given: { line: this.opening } }
    return { ...entry, ...given, index, world: this.history.world(index) }
  }

  /** Forgets what was read of moments from `length` on. */
  cut(length: number): void {
    if (this.latest.length <= length) return
    while ((this.earlier.at(-1)?.length ?? 0) > length) this.earlier.pop()
    this.latest = this.earlier.at(-1) ?? { length: 0, lanes: emptyLaneBook, order: {} }
  }
}
