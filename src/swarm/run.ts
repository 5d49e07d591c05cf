/**
 * One run of the swarm: acts at their moments over a kernel, every guarantee after every step, and the promises of
 * progress whenever the cluster comes to rest. Ends at the first thing that is wrong. The same acts over the same ground
 * give the same end, so that a failing list can be made shorter.
 */
import type { SimTime } from '../sim/api/types.ts'
import { overdue } from '../sim/guarantees/promises.ts'
import { allReasons } from '../sim/guarantees/why.ts'
import type { Kernel, Transition, Violation, World } from '../sim/kernel/types.ts'
import type { SwarmAct } from './acts.ts'
import { drawAct } from './acts.ts'
import { Dice } from './dice.ts'
import type { Ground } from './ground.ts'
import { groundOf, opening } from './ground.ts'

/** Acts between two rests. */
const REST_EVERY = 40
/** Nothing due for so long is rest: only back-offs, and times to live, are further apart. */
const CALM_MS = 12_000
/** A cluster that does not come to rest is looked at all the same. */
const LONGEST_REST_MS = 120_000
/** Beyond the longest wait before a sync is tried again. */
const LONGEST_BACK_OFF_MS = 1_001_000

/** In one stretch of time. */
const MOST_MOMENTS = 10_000

export interface SwarmEnd {
  readonly world: World
  /** The acts that were done, in order; what the cluster refused is left out. */
  readonly acts: readonly SwarmAct[]
  /** The first thing that was wrong; undefined when nothing was. */
  readonly violation?: Violation
}

export interface SwarmOptions {
  /** Looks for what breaks this rule and for nothing else. */
  readonly only?: string
}

class SwarmRun {
  world: World
  readonly acts: SwarmAct[] = []
  violation: Violation | undefined
  private readonly kernel: Kernel
  private readonly only: string | undefined
  private waitedMs = 0

  constructor(kernel: Kernel, ground: Ground, { only }: SwarmOptions) {
    this.kernel = kernel
    this.only = only
    this.world = kernel.create(ground.seed, ground.settings)
    this.take(kernel.dispatch(this.world, opening(ground)))
  }

  private take({ world, violations }: Transition): void {
    this.world = world
    this.note(violations)
  }

  private note(violations: readonly Violation[]): void {
    const { only } = this
    this.violation ??= only === undefined ? violations[0] : violations.find(({ rule }) => rule === only)
  }

  /** Lets time pass: so much, or as much as there is in so many moments where a sync undoes itself again and again. */
  advance(ms: SimTime, most = MOST_MOMENTS): void {
    const { kernel } = this
    const begun = this.world.now
    const end = begun + ms
    for (let moments = 0; moments < most && !this.violation; moments++) {
      this.take(kernel.advance(this.world, Math.min(end, kernel.nextDue(this.world) ?? end)))
      if (this.world.now === end) break
    }
    this.waitedMs += this.world.now - begun
  }

  /** Lets time pass and acts; says nothing of an act that is refused but keeps the time that passed. */
  act({ afterMs, command }: SwarmAct, most = MOST_MOMENTS): void {
    this.advance(afterMs, most)
    if (this.violation) return
    const transition = this.kernel.dispatch(this.world, command)
    if (transition.refusal) return
    this.acts.push({ afterMs: this.waitedMs, command })
    this.waitedMs = 0
    this.take(transition)
  }

  /** Until nothing is due for a while; then all that is promised must be kept, on its way, or held up by something. */
  rest(): void {
    const end = this.world.now + LONGEST_REST_MS
    for (let due = this.kernel.nextDue(this.world); !this.violation; due = this.kernel.nextDue(this.world)) {
      if (due === undefined || due > end || due > this.world.now + CALM_MS) break
      this.advance(due - this.world.now)
    }
    if (this.violation) return
    allReasons(this.world)
    this.note(overdue(this.world))
  }

  /** Rests for longer than any back-off, so that a sync that still fails is one that will never come through. */
  end(): void {
    this.rest()
    if (!this.violation) this.advance(LONGEST_BACK_OFF_MS)
    if (!this.violation) this.note(overdue(this.world, false))
  }
}

/** Draws and does so many acts from a seed. */
export function swarmRun(kernel: Kernel, seed: number, acts: number, options: SwarmOptions = {}): SwarmEnd {
  const ground = groundOf(seed)
  const dice = new Dice(seed ^ 0x5a5a5a5a)
  const run = new SwarmRun(kernel, ground, options)
  for (let rested = 0; run.acts.length < acts && !run.violation; ) {
    run.act(drawAct(dice, run.world, ground))
    if (run.acts.length - rested < REST_EVERY) continue
    run.rest()
    rested = run.acts.length
  }
  run.end()
  const { world, violation } = run
  return { world, acts: run.acts, ...(violation && { violation }) }
}

/** The same acts again, as far as they are not refused, with a rest at the end: what is wrong shows during it or after. */
export function rerun(kernel: Kernel, ground: Ground, acts: readonly SwarmAct[], options: SwarmOptions = {}): SwarmEnd {
  const run = new SwarmRun(kernel, ground, options)
  for (const act of acts) {
    if (run.violation) break
    // So much time has passed before it.
    run.act(act, Number.POSITIVE_INFINITY)
  }
  run.end()
  const { world, violation } = run
  return { world, acts: run.acts, ...(violation && { violation }) }
}
