/**
 * Lanes while they are being written: those that a batch of moments touches are copied once, the others stay the very same
 * objects. Knows spans and lives, not what the facts mean.
 */
import type { ObjectKey } from '../api/kinds.ts'
import type { SimTime } from '../api/types.ts'
import type { Lane, LaneSpan, Lanes, Marker, NameState } from './types.ts'

/** A lane with what is needed to go on with it. */
export interface SetLane extends Lane {
  readonly set: ObjectKey
  readonly namespace: string
  /** The claim whose life is drawn: the first that the pod had. */
  readonly firstClaim?: string
}

export interface LaneBook extends Lanes {
  readonly lanes: readonly SetLane[]
}

export const emptyLaneBook: LaneBook = { lanes: [], markers: [], end: 0 }

type Life = { readonly from: SimTime; readonly to?: SimTime }

/** Ends the life that is still open; one that began in this very moment leaves no trace. */
function closed<T extends Life>(lives: readonly T[], at: SimTime): T[] {
  const last = lives.at(-1)
  if (!last || last.to !== undefined) return [...lives]
  const before = lives.slice(0, -1)
  return last.from === at ? before : [...before, { ...last, to: at }]
}

const openOf = <T extends Life>(lives: readonly T[]): T | undefined => {
  const last = lives.at(-1)
  return last && last.to === undefined ? last : undefined
}

export class LaneDraft {
  readonly markers: Marker[] = []
  end: SimTime
  private readonly book: LaneBook
  private readonly lanes = new Map<string, SetLane>()
  private readonly byClaim = new Map<string, string>()
  private added = false

  constructor(book: LaneBook) {
    this.book = book
    this.end = book.end
    for (const lane of book.lanes) this.put(lane)
  }

  find(namespace: string, podName: string): SetLane | undefined {
    return this.lanes.get(`${namespace}/${podName}`)
  }

  findByClaim(namespace: string, claim: string): SetLane | undefined {
    const slot = this.byClaim.get(`${namespace}/${claim}`)
    return slot === undefined ? undefined : this.lanes.get(slot)
  }

  /** The lanes of a set whose last span is in this state. */
  resting(set: ObjectKey, state: LaneSpan['state']): readonly SetLane[] {
    return [...this.lanes.values()].filter((lane) => lane.set === set && openOf(lane.spans)?.state === state)
  }

  add(lane: Pick<SetLane, 'set' | 'namespace' | 'podName' | 'ordinal'>): SetLane {
    this.added = true
    return this.put({ ...lane, spans: [], claim: [], name: [] })
  }

  /** Goes on in this span from its `from` on; nothing changes when the open one says the same. */
  live(lane: SetLane, span: Omit<LaneSpan, 'first' | 'to'>): void {
    const open = openOf(lane.spans)
    if (open && open.uid === span.uid && open.state === span.state && open.node === span.node) {
      if (open.revision === span.revision) return
    }
    const spans = closed(lane.spans, span.from)
    const first = !spans.some(({ uid }) => uid === span.uid)
    this.put({ ...lane, spans: [...spans, { ...span, first }] })
  }

  endPod(lane: SetLane, at: SimTime): void {
    this.put({ ...lane, spans: closed(lane.spans, at) })
  }

  beginClaim(lane: SetLane, claim: string, at: SimTime): void {
    if (lane.firstClaim !== undefined && lane.firstClaim !== claim) return
    this.put({ ...lane, firstClaim: claim, claim: [...closed(lane.claim, at), { from: at }] })
  }

  endClaim(lane: SetLane, at: SimTime): void {
    this.put({ ...lane, claim: closed(lane.claim, at) })
  }

  name(lane: SetLane, state: NameState, at: SimTime): void {
    if (openOf(lane.name)?.state === state) return
    const lives = closed(lane.name, at)
    this.put({ ...lane, name: state === 'absent' ? lives : [...lives, { from: at, state }] })
  }

  done(): LaneBook {
    const lanes = [...this.lanes.values()]
    if (this.added) lanes.sort((a, b) => (a.set < b.set ? -1 : a.set > b.set ? 1 : a.ordinal - b.ordinal))
    const unchanged = lanes.length === this.book.lanes.length && lanes.every((lane, at) => lane === this.book.lanes[at])
    return {
      lanes: unchanged ? this.book.lanes : lanes,
      markers: this.markers.length > 0 ? [...this.book.markers, ...this.markers] : this.book.markers,
      end: this.end,
    }
  }

  private put(lane: SetLane): SetLane {
    const slot = `${lane.namespace}/${lane.podName}`
    this.lanes.set(slot, lane)
    if (lane.firstClaim !== undefined) this.byClaim.set(`${lane.namespace}/${lane.firstClaim}`, slot)
    return lane
  }
}
