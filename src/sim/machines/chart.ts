/**
 * XState charts as pure functions: a state and an event go in, the next state and the asked-for effects come out.
 * No actor ever runs: delays are returned as timers for the kernel's own queue, effects as their names.
 * XState goes each way through a chart once (`chartTrail.ts`); whoever comes the same way again, by the same answers to
 * the same guards, follows the trail. `chart.test.ts` holds that against XState on random events.
 */
import type { AnyStateMachine, EventObject, StateValue } from 'xstate'
import type { Delay, Guard, Mark, Note, Trail } from './chartTrail.ts'
import { trailsOf } from './chartTrail.ts'

/** Plain data: survives JSON and structuredClone. */
export interface ChartState<C> {
  readonly value: StateValue
  readonly context: C
}

export interface Timer {
  readonly id: string
  readonly afterMs: number
}

export interface Reached<C> {
  readonly state: ChartState<C>
  /** Timers that run from now on, each to be sent as an event of its id. One of an earlier id replaces it. */
  readonly set: readonly Timer[]
  /** Timers that run no longer, if they did; never one that is in `set`. */
  readonly cancelled: readonly string[]
  /** The actions that the chart names and nobody executes here, in order. */
  readonly effects: readonly string[]
  /** The chart reached a final state. */
  readonly done: boolean
  /** False when the event changed nothing at all. */
  readonly changed: boolean
}

export interface Chart<C, E extends EventObject> {
  readonly machine: AnyStateMachine
  start(input?: unknown): Reached<C>
  send(state: ChartState<C>, event: E): Reached<C>
}

/** What is reckoned on the way between two guards: a note changes the context, a delay is for a timer set at the end. */
type Reckoning = { readonly note: Note } | { readonly note: undefined; readonly delay: Delay }

/** Where a trail ends. The timers that are set take the reckoned delays by their place. */
interface End {
  readonly value: StateValue
  readonly timers: readonly { readonly id: string; readonly delay: number }[]
  readonly cancelled: readonly string[]
  readonly effects: readonly string[]
  readonly done: boolean
  readonly changed: boolean
}

/** A piece of trail: reckonings, and then the end or a guard with what is known behind either answer. */
interface Piece {
  readonly reckonings: readonly Reckoning[]
  readonly end?: End
  readonly guard?: Guard
  readonly yes?: Piece | undefined
  readonly no?: Piece | undefined
}

/** The trails that start at one state, by the type of the event. `value` stands for all equal ones. */
interface Place {
  readonly value: StateValue
  readonly trails: Map<string, Piece>
}

const NONE: readonly never[] = []

/** Adds what one trail says, from one of its marks on, to what is known of all that start alike. */
function grown(known: Piece | undefined, trail: Trail, end: End, from = 0): Piece {
  const reckonings: Reckoning[] = []
  for (let at = from; at < trail.marks.length; at++) {
    const mark = trail.marks[at] as Mark
    if (mark.is === 'note') reckonings.push({ note: mark.note })
    else if (mark.is === 'timer') reckonings.push({ note: undefined, delay: mark.delay })
    else if (mark.is === 'guard') {
      const { guard, yes } = mark
      const next = grown(yes ? known?.yes : known?.no, trail, end, at + 1)
      return { reckonings, guard, yes: yes ? next : known?.yes, no: yes ? known?.no : next }
    }
  }
  return { reckonings, end }
}

/** Sums up a trail, in order: a state may be left and entered again, or entered and left, within one step. */
function endOf({ marks, done, changed }: Trail, value: StateValue): End {
  const timers = new Map<string, number>()
  const cancelled = new Set<string>()
  const effects: string[] = []
  let delays = 0
  for (const mark of marks) {
    if (mark.is === 'effect') effects.push(mark.name)
    if (mark.is === 'cancel') {
      timers.delete(mark.id)
      cancelled.add(mark.id)
    }
    if (mark.is === 'timer') {
      cancelled.delete(mark.id)
      timers.set(mark.id, delays++)
    }
  }
  return {
    value,
    timers: [...timers].map(([id, delay]) => ({ id, delay })),
    cancelled: [...cancelled],
    effects,
    done,
    changed,
  }
}

/** Follows the known trail; undefined where nobody went before. */
function follow<C>(first: Piece | undefined, state: ChartState<C>, event: EventObject): Reached<C> | undefined {
  const seen = { context: state.context as object, event }
  const delays: number[] = []
  for (let piece = first; piece; piece = (piece.guard as Guard)(seen) ? piece.yes : piece.no) {
    for (const reckoning of piece.reckonings) {
      if (reckoning.note) seen.context = reckoning.note(seen)
      else delays.push(reckoning.delay(seen))
    }
    if (!piece.end) continue
    const { value, timers, cancelled, effects, done, changed } = piece.end
    return {
      state: changed ? { value, context: seen.context as C } : state,
      set: timers.length === 0 ? NONE : timers.map(({ id, delay }) => ({ id, afterMs: delays[delay] as number })),
      cancelled,
      effects,
      done,
      changed,
    }
  }
  return undefined
}

/**
 * Wraps a machine whose guards, delays and actions all stand by name in its setup, without params; no event is raised.
 * Guards, delays and notes (named `assign`s) must be pure; context factories tolerate an undefined input.
 */
export function chartOf<C extends object, E extends EventObject>(machine: AnyStateMachine): Chart<C, E> {
  const trails = trailsOf(machine)
  const places = new Map<string, Place>()
  const placesOfValues = new WeakMap<object, Place>()

  function placeOf(value: StateValue): Place {
    const known = typeof value === 'string' ? places.get(value) : placesOfValues.get(value)
    if (known) return known
    const name = typeof value === 'string' ? value : JSON.stringify(value)
    const place = places.get(name) ?? { value, trails: new Map() }
    places.set(name, place)
    if (typeof value !== 'string') placesOfValues.set(value, place)
    return place
  }

  function reach(place: Place, state: ChartState<C>, event: EventObject, trail: () => Trail): Reached<C> {
    const known = place.trails.get(event.type)
    const reached = follow(known, state, event)
    if (reached) return reached
    const found = trail()
    place.trails.set(event.type, grown(known, found, endOf(found, placeOf(found.value).value)))
    return follow(place.trails.get(event.type), state, event) as Reached<C>
  }

  const beginning: Place = { value: {}, trails: new Map() }
  return {
    machine,
    start(input) {
      const { state, event } = trails.beginning(input)
      return reach(beginning, state as ChartState<C>, event, () => trails.start(input))
    },
    send: (state, event) => reach(placeOf(state.value), state, event, () => trails.send(state, event)),
  }
}
