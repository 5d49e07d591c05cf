/**
 * What has happened so far, moment by moment, and the world after each. Worlds share what did not change; far behind the
 * newest moments only every sixteenth is kept, and those between are made again by replaying from the one before, which
 * gives the same bytes. Which moment is shown is not known here.
 */
import type { Fact, Kernel, SimTime, Transition, Violation, World } from '../sim/index.ts'
import type { GivenAct } from './types.ts'

/** One step of the run that changed something. */
export interface Entry {
  readonly at: SimTime
  /** Due items done in the run up to here; tells apart what happens within one millisecond. */
  readonly turn: number
  /** Due items among them that belong to the moment itself: one, or as many as an act had done at once. */
  readonly turns: number
  readonly facts: readonly Fact[]
  readonly violations: readonly Violation[]
  /** Set when a person's act made this moment. */
  readonly given?: GivenAct
}

/** The later part of a history, taken off. */
export interface Branch {
  readonly from: number
  readonly entries: readonly Entry[]
  readonly worlds: readonly (World | undefined)[]
}

/** Every n-th world is kept for ever. */
const STRIDE = 16
/** So many of the newest worlds are all kept. */
const DENSE = 2048
/** So many worlds that were made again are remembered. */
const REMADE = 64

export class History {
  private readonly kernel: Kernel
  private readonly entries: Entry[] = []
  private readonly worlds: (World | undefined)[] = []
  private readonly remade = new Map<number, World>()
  /** Indices of the entries that a person's act made, ascending. */
  private readonly acts: number[] = []

  constructor(kernel: Kernel, opening: Entry, world: World) {
    this.kernel = kernel
    this.append(opening, world)
  }

  get length(): number {
    return this.entries.length
  }

  get last(): number {
    return this.entries.length - 1
  }

  /** Throws outside the history: an index that was never given out is a mistake of ours. */
  entry(index: number): Entry {
    const entry = this.entries[index]
    if (!entry) throw new RangeError(`no moment ${index} in a history of ${this.entries.length}`)
    return entry
  }

  /** All entries, oldest first; the list grows, it is not a copy. */
  all(): readonly Entry[] {
    return this.entries
  }

  append(entry: Entry, world: World): void {
    const index = this.entries.push(entry) - 1
    this.worlds.push(world)
    if (entry.given) this.acts.push(index)
    const old = index - DENSE
    if (old > 0 && old % STRIDE !== 0) this.worlds[old] = undefined
  }

  /** The world right after a moment. */
  world(index: number): World {
    const known = this.worlds[index] ?? this.remade.get(index)
    if (known) return known
    let from = index - 1
    while (from > 0 && !this.worlds[from]) from--
    let world = this.world(from)
    for (let at = from + 1; at <= index; at++) {
      world = this.replayed(world, this.entry(at - 1).turn, this.entry(at))
      this.remember(at, world)
    }
    return world
  }

  /** Index of the last moment at or before a time; the opening stands before every time. */
  lastAt(time: SimTime): number {
    let low = 1
    let high = this.entries.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.entry(middle).at <= time) low = middle + 1
      else high = middle
    }
    return low - 1
  }

  /** Index of the last act at or before a moment, or undefined. */
  lastActAt(index: number): number | undefined {
    for (let i = this.acts.length - 1; i >= 0; i--) if ((this.acts[i] as number) <= index) return this.acts[i]
    return undefined
  }

  /** Takes off everything from `length` on. */
  cut(length: number): Branch {
    const entries = this.entries.splice(length)
    const worlds = this.worlds.splice(length)
    for (const index of this.remade.keys()) if (index >= length) this.remade.delete(index)
    while ((this.acts.at(-1) ?? -1) >= length) this.acts.pop()
    return { from: length, entries, worlds }
  }

  /** Puts a branch back where it was taken off; what grew there since is dropped. */
  join({ from, entries, worlds }: Branch): void {
    this.cut(from)
    entries.forEach((entry, index) => {
      this.entries.push(entry)
      this.worlds.push(worlds[index])
      if (entry.given) this.acts.push(from + index)
    })
  }

  private remember(index: number, world: World): void {
    this.remade.delete(index)
    this.remade.set(index, world)
    const oldest = this.remade.keys().next()
    if (this.remade.size > REMADE && !oldest.done) this.remade.delete(oldest.value)
  }

  private replayed(before: World, turnsBefore: number, { at, turn, turns, given }: Entry): World {
    let world = before
    const due = given ? turn - turns : turn
    for (let done = turnsBefore; done < due; done++) world = (this.kernel.next(world) as Transition).world
    if (!given) return world
    return this.kernel.dispatch(world.now < at ? this.kernel.advance(world, at).world : world, given.command).world
  }
}
