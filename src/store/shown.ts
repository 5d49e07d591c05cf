/** The open run as the state that the view reads. Parts that did not change keep their identity. */
import type { Lamp, LaneBook, Lanes, ObjectKey, World } from '../sim/index.ts'
import { lamps, pictureOf } from '../sim/index.ts'
import type { Notices } from './notices.ts'
import type { Opening, Run } from './run.ts'
import type { Session } from './session.ts'
import type { Telling } from './story.ts'
import type { GivenAct, OrdinalState, RunInfo } from './types.ts'

export type Shown = Pick<
  OrdinalState,
  | 'run'
  | 'playing'
  | 'speed'
  | 'busy'
  | 'now'
  | 'cursor'
  | 'length'
  | 'end'
  | 'more'
  | 'world'
  | 'picture'
  | 'order'
  | 'lanes'
  | 'lamps'
  | 'untouched'
  | 'lastAct'
  | 'facts'
  | 'beats'
  | 'upcoming'
  | 'notices'
>

/** Remembers by one object what was made of it. */
function once<K extends object, V>(make: (key: K) => V): (key: K) => V {
  const known = new WeakMap<K, V>()
  return (key) => {
    const before = known.get(key)
    if (before !== undefined) return before
    const value = make(key)
    known.set(key, value)
    return value
  }
}

const runInfo = once(
  ({ scenario, seed, settings }: Opening): RunInfo => ({
    seed,
    kubernetes: settings.kubernetes,
    ...(scenario !== undefined && { scenario }),
  }),
)

const beatsOf = once((told: Telling['told']) => told.map(({ name, start }) => ({ at: start.now, title: name })))
const NO_BEATS: OrdinalState['beats'] = []

const lanesBySet = once<LaneBook, Map<ObjectKey | undefined, Lanes>>(() => new Map())

/** The lanes of one set. */
function lanesOf(book: LaneBook, set: ObjectKey | undefined): Lanes {
  const known = lanesBySet(book).get(set)
  if (known) return known
  const lanes = book.lanes.filter((lane) => lane.set === set)
  const shown = lanes.length === book.lanes.length ? book : { ...book, lanes }
  lanesBySet(book).set(set, shown)
  return shown
}

function lastActOf({ history, cursor }: Run): GivenAct | undefined {
  const index = history.lastActAt(cursor)
  return index === undefined ? undefined : history.entry(index).given
}

export interface ShownSource {
  readonly session: Session
  readonly notices: Notices
  /** Nothing was played yet. */
  readonly untouched: boolean
  /** The set that the pictures are about, even when it is gone. */
  focus: ObjectKey | undefined
  /** As last shown. */
  lamps: readonly Lamp[]
}

/** The lamps as last shown, if none has changed. */
function lampsOf(source: ShownSource, world: World): readonly Lamp[] {
  const now = lamps(world, source.focus)
  const unchanged = now.length === source.lamps.length && now.every((lamp, index) => lamp === source.lamps[index])
  if (!unchanged) source.lamps = now
  return source.lamps
}

export function pictureState(source: ShownSource): Shown {
  const { session, notices, untouched } = source
  const { run, chronicle, story, playback } = session
  chronicle.read()
  const { world } = run
  const { order } = chronicle
  const { focus } = source
  const picture = pictureOf(world, { order, ...(focus && { focus }) })
  source.focus = picture.set?.key ?? focus
  return {
    run: runInfo(run.opening),
    playing: playback.playing,
    speed: playback.speed,
    busy: playback.busy,
    now: run.now,
    cursor: run.cursor,
    length: run.history.length,
    end: run.end.now,
    more: !run.atTip || run.nextDue !== undefined,
    world,
    picture,
    order,
    lanes: lanesOf(chronicle.lanes, source.focus),
    lamps: lampsOf(source, world),
    untouched,
    lastAct: lastActOf(run),
    facts: run.history.entry(run.cursor).facts,
    beats: story ? beatsOf(story.telling.told) : NO_BEATS,
    upcoming: story?.upcoming,
    notices: notices.list,
  }
}
