/**
 * One run of the cluster: its history, the place in it that is shown, and the newest world. Going forward plays what is
 * known and then simulates; acting in the past takes the later moments off. Knows no real time and tells nobody; what
 * throws in the kernel leaves everything here as it was.
 */
import type { ClusterSettings, Command, Fact, Kernel, Refusal, SimTime, Transition, World } from '../sim/index.ts'
import type { Branch, Entry } from './history.ts'
import { History } from './history.ts'
import type { GivenAct } from './types.ts'

/** What a run begins with: replaying needs nothing else besides the acts given later. */
export interface Opening {
  readonly seed: number
  readonly settings: ClusterSettings
  /** Given one after the other at time 0. */
  readonly commands: readonly Command[]
  readonly scenario?: string
}

/** A world with the number of due items done before it. */
interface Standing {
  readonly world: World
  readonly turn: number
}

/** A place in the history: a moment, and a time at or after it. */
export interface Place {
  readonly cursor: number
  readonly now: SimTime
}

/** What an act took off, with all that is needed to go back to it. */
export interface Fork {
  readonly branch: Branch
  readonly tip: Standing
  readonly place: Place
}

/** How a step forward ended: at a moment, at the limit with nothing more due before it, or not done yet: call again. */
export type Forward =
  | { readonly reached: 'moment'; readonly entry: Entry }
  | { readonly reached: 'limit' | 'unfinished' }

const LIMIT: Forward = { reached: 'limit' }
const UNFINISHED: Forward = { reached: 'unfinished' }

/** Turns without any effect that are done in one go. */
const QUIET_TURNS = 64

/** A transition that a person could see something of. */
const changesSomething = (before: World, { world, facts, violations }: Transition): boolean =>
  facts.length > 0 ||
  violations.length > 0 ||
  world.waiting !== before.waiting ||
  world.objects !== before.objects ||
  world.disks !== before.disks

export class Run {
  readonly opening: Opening
  readonly history: History
  /** Called with every new moment, in order. */
  onMoment: (entry: Entry, index: number) => void = () => {}
  private readonly kernel: Kernel
  private tip: Standing
  private place: Place = { cursor: 0, now: 0 }

  private constructor(
    kernel: Kernel,
    opening: Opening,
    world: World,
    facts: readonly Fact[],
    violations: Entry['violations'],
  ) {
    this.kernel = kernel
    this.opening = opening
    this.tip = { world, turn: 0 }
    this.history = new History(kernel, { at: 0, turn: 0, turns: 0, facts, violations }, world)
  }

  /** A new run that stands at 0 after its opening, or why the opening was refused. */
  static begin(kernel: Kernel, opening: Opening): Run | Refusal {
    let world = kernel.create(opening.seed, opening.settings)
    const facts: Fact[] = []
    const violations: Entry['violations'][number][] = []
    for (const command of opening.commands) {
      const transition = kernel.dispatch(world, command)
      if (transition.refusal) return transition.refusal
      world = transition.world
      facts.push(...transition.facts)
      violations.push(...transition.violations)
    }
    return new Run(kernel, opening, world, facts, violations)
  }

  get cursor(): number {
    return this.place.cursor
  }

  get now(): SimTime {
    return this.place.now
  }

  get atTip(): boolean {
    return this.cursor === this.history.last
  }

  /** The newest world, and the due items done up to it. */
  get newest(): { readonly world: World; readonly turn: number } {
    return this.tip
  }

  /** When the next thing happens that is not in the history yet. */
  get nextDue(): SimTime | undefined {
    return this.kernel.nextDue(this.tip.world)
  }

  /** The world shown; its own `now` may lie before ours when nothing has happened since. */
  get world(): World {
    return this.atTip && this.tip.world.now <= this.now ? this.tip.world : this.history.world(this.cursor)
  }

  get here(): Place {
    return this.place
  }

  /** The newest place that is known. */
  get end(): Place {
    const { last } = this.history
    return { cursor: last, now: this.history.entry(last).at }
  }

  /** Goes to a place that is known already. */
  stand(place: Place): void {
    this.place = place
  }

  standAtMoment(cursor: number): void {
    this.place = { cursor, now: this.history.entry(cursor).at }
  }

  /** At the newest moment: lets time pass to the last thing that was done, shown or not. */
  restAtLastTurn(): void {
    if (this.atTip) this.rest(this.tip.world.now)
  }

  /** To the next moment at or before `limit`: a known one, else simulated. Time stays where it is when there is none. */
  forward(limit: SimTime): Forward {
    if (!this.atTip) {
      const next = this.history.entry(this.cursor + 1)
      if (next.at > limit) return LIMIT
      this.standAtMoment(this.cursor + 1)
      return { reached: 'moment', entry: next }
    }
    for (let turns = 0; turns < QUIET_TURNS; turns++) {
      const due = this.nextDue
      if (due === undefined || due > limit) return LIMIT
      const entry = this.simulate()
      if (entry) return { reached: 'moment', entry }
    }
    return UNFINISHED
  }

  /** Lets time pass to `until`, when everything due before it is done. */
  rest(until: SimTime): void {
    if (until > this.now) this.place = { ...this.place, now: until }
  }

  private simulate(): Entry | undefined {
    const { world, turn } = this.tip
    const transition = this.kernel.next(world)
    if (!transition) return undefined
    this.tip = { world: transition.world, turn: turn + transition.turns }
    if (!changesSomething(world, transition)) return undefined
    return this.append(transition)
  }

  private append({ world, facts, violations, turns }: Transition, given?: GivenAct): Entry {
    const entry: Entry = { at: world.now, turn: this.tip.turn, turns, facts, violations, ...(given && { given }) }
    this.history.append(entry, world)
    this.standAtMoment(this.history.last)
    this.onMoment(entry, this.history.last)
    return entry
  }

  /** Does the next due item at the newest world, and stands there; false when nothing is due. For replaying. */
  turnOnce(): boolean {
    if (this.nextDue === undefined) return false
    this.simulate()
    return true
  }

  /** Acts on what is shown. In the past this takes the later moments off and gives them back as a fork. */
  act(given: GivenAct): { readonly refusal?: Refusal; readonly fork?: Fork; readonly entry?: Entry } {
    const standing = this.standing()
    const transition = this.kernel.dispatch(standing.world, given.command)
    if (transition.refusal) return { refusal: transition.refusal }
    const fork = this.atTip ? undefined : this.cutAfter(this.cursor)
    this.tip = { world: transition.world, turn: standing.turn + transition.turns }
    return { entry: this.append(transition, given), ...(fork && { fork }) }
  }

  /** Takes off the last act shown and what followed, and stands just before it; undefined when nobody has acted. */
  undo(): { readonly fork: Fork; readonly act: GivenAct } | undefined {
    const index = this.history.lastActAt(this.cursor)
    if (index === undefined) return undefined
    const { given, at } = this.history.entry(index)
    const before = { cursor: index - 1, now: at }
    const standing = this.standing(before)
    const fork = this.cutAfter(index - 1)
    this.tip = standing
    this.place = before
    return { fork, act: given as GivenAct }
  }

  /** Puts back what a fork took off. */
  rejoin({ branch, tip, place }: Fork): void {
    this.history.join(branch)
    this.tip = tip
    this.place = place
  }

  private cutAfter(index: number): Fork {
    const { tip, place } = this
    return { branch: this.history.cut(index + 1), tip, place }
  }

  /** The world at a place with its time set, and everything done that was due until then and showed nothing. */
  private standing(place: Place = this.place): Standing {
    const { cursor, now } = place
    const { at, turn } = this.history.entry(cursor)
    if (cursor === this.history.last && this.tip.world.now <= now) return this.timed(this.tip, now)
    return this.timed(now > at ? this.settled(cursor, now) : { world: this.history.world(cursor), turn }, now)
  }

  private timed({ world, turn }: Standing, now: SimTime): Standing {
    return { world: world.now < now ? this.kernel.advance(world, now).world : world, turn }
  }

  /** What follows a moment up to a time, but for the next moment itself. */
  private settled(cursor: number, now: SimTime): Standing {
    let world = this.history.world(cursor)
    let { turn } = this.history.entry(cursor)
    const next = cursor < this.history.last ? this.history.entry(cursor + 1) : undefined
    const last = next ? next.turn - next.turns : this.tip.turn
    for (let due = this.kernel.nextDue(world); due !== undefined && due <= now && turn < last; turn++) {
      world = (this.kernel.next(world) as Transition).world
      due = this.kernel.nextDue(world)
    }
    return { world, turn }
  }
}
