/**
 * How real time moves the run: frames push a virtual clock at the chosen speed, and longer ways (until quiet, a far seek)
 * are gone in slices, so that the page stays alive and anybody can stop them. Which moment means what is not known here.
 */
import type { SimTime } from '../sim/index.ts'
import type { Environment } from './environment.ts'
import type { Entry } from './history.ts'
import type { Run } from './run.ts'
import type { Busy, Speed } from './types.ts'

/** A way to go: to a moment that is enough, or to `until` at the latest. */
export interface Goal {
  readonly kind: Busy['kind']
  readonly until: SimTime
  /** Asked before the first step and after each moment. */
  enough(): boolean
  /** Lets time pass to `until` in the end; else it stays at the last thing done. */
  readonly rests: boolean
  /** Stops at a decision or a violation, when the person asked for that. */
  readonly watchful: boolean
  /** Called once when it is reached, or when nothing more is due before `until`. */
  done?(): void
}

export interface PlaybackHooks {
  /** The run that is shown now. */
  run(): Run
  /** Told of every moment passed while playing or watchfully under way; true stops. */
  stopsAt(entry: Entry): boolean
  /** When somebody who waits wants to be asked at the latest; undefined when nobody does. */
  alarm(): SimTime | undefined
  /** The run stands at a moment, or at the alarm: whoever waits is asked, and may act. */
  passed(): void
  /** After every frame that moved something. */
  moved(): void
  /** Runs what may throw; a throw ends everything that moves. */
  guard(work: () => void): void
}

/** Real milliseconds of simulation in one frame. */
const SLICE_MS = 8
/** A longer gap between two frames is dropped, not caught up. */
const GAP_MS = 500

const never = () => false

export class Playback {
  playing = false
  speed: Speed = 1
  private readonly environment: Environment
  private readonly hooks: PlaybackHooks
  private readonly manual: boolean
  private goal: { readonly goal: Goal; readonly paced: boolean; readonly from: SimTime } | undefined
  private framed = false
  private lastFrame: number | undefined
  /** The virtual clock; runs ahead of the run's time by less than a millisecond. */
  private clock = 0

  constructor(environment: Environment, manual: boolean, hooks: PlaybackHooks) {
    this.environment = environment
    this.manual = manual
    this.hooks = hooks
    environment.onHidden(() => {
      if (!this.playing && !this.goal) return
      this.pause()
      hooks.moved()
    })
  }

  /** What is under way, with how far it has come; undefined when nothing is. */
  get busy(): Busy | undefined {
    return this.goal && { kind: this.goal.goal.kind, from: this.goal.from, until: this.goal.goal.until }
  }

  play(): void {
    this.goal = undefined
    this.playing = true
    this.clock = this.hooks.run().now
    this.lastFrame = undefined
    this.ask()
  }

  /** Stops whatever moves, where it is. */
  pause(): void {
    this.playing = false
    this.goal = undefined
  }

  /** Goes a way: at once as far as one slice goes, then with the frames; all of it at once when no clock runs. */
  travel(goal: Goal): void {
    this.pause()
    this.goal = { goal, paced: false, from: this.hooks.run().now }
    this.go(goal, goal.until, this.manual ? never : this.slice())
    this.ask()
  }

  /** Goes a way at the chosen speed, as playing does. */
  stroll(goal: Goal): void {
    if (this.manual || this.speed === 'max') {
      this.travel(goal)
      return
    }
    this.pause()
    this.playing = true
    this.goal = { goal, paced: true, from: this.hooks.run().now }
    this.clock = this.hooks.run().now
    this.lastFrame = undefined
    this.ask()
  }

  /** Goes the rest of a stroll at once. */
  hurry(): void {
    const under = this.goal
    if (under) this.travel(under.goal)
  }

  /** Goes all of a way at once. */
  leap(goal: Goal): void {
    this.pause()
    this.goal = { goal, paced: false, from: this.hooks.run().now }
    this.go(goal, goal.until, never)
  }

  private slice(): () => boolean {
    const end = this.environment.now() + SLICE_MS
    return () => this.environment.now() >= end
  }

  private ask(): void {
    if (this.framed || this.manual || !(this.playing || this.goal)) return
    this.framed = true
    this.environment.nextFrame(() => {
      this.framed = false
      if (!this.playing && !this.goal) return
      this.hooks.guard(() => this.frame())
      this.hooks.moved()
      this.ask()
    })
  }

  private frame(): void {
    const run = this.hooks.run()
    const passed = this.passed()
    const goal = this.goal?.goal
    const limit = this.limitAfter(passed)
    this.go(goal, limit, this.slice())
    if (run.now < limit) this.clock = run.now
  }

  /** How far this frame may go: as far as the clock has come, or as far as there is time for. */
  private limitAfter(passed: number): SimTime {
    const { now } = this.hooks.run()
    const until = this.goal?.goal.until ?? Number.POSITIVE_INFINITY
    if (this.speed === 'max' || (this.goal && !this.goal.paced)) return until
    if (now < Math.floor(this.clock) || now > this.clock) this.clock = now
    this.clock += passed * this.speed
    return Math.min(Math.floor(this.clock), until)
  }

  /** Real milliseconds since the frame before; a first frame and a gap count for nothing. */
  private passed(): number {
    const now = this.environment.now()
    const gap = this.lastFrame === undefined ? 0 : now - this.lastFrame
    this.lastFrame = now
    return gap > GAP_MS ? 0 : gap
  }

  /** Goes forward to `limit` until it is enough or time is over. */
  private go(goal: Goal | undefined, limit: SimTime, over: () => boolean): void {
    const ended = this.forward(goal, limit, over)
    if (ended === 'enough') this.arrive(goal)
    else if (ended === 'limit') this.atLimit(goal, limit)
    else if (ended === 'stopped') this.pause()
  }

  private forward(
    goal: Goal | undefined,
    limit: SimTime,
    over: () => boolean,
  ): 'enough' | 'limit' | 'stopped' | 'unfinished' {
    const run = this.hooks.run()
    if (goal?.enough()) return 'enough'
    for (;;) {
      const alarm = this.hooks.alarm()
      const rings = alarm !== undefined && alarm <= limit
      const step = run.forward(rings ? alarm : limit)
      if (step.reached === 'limit' && !rings) return 'limit'
      if (step.reached === 'limit' && rings) run.rest(alarm)
      if (step.reached !== 'unfinished') {
        this.hooks.passed()
        if (goal?.enough()) return 'enough'
      }
      if (step.reached === 'moment') {
        if ((goal?.watchful ?? true) && this.hooks.stopsAt(step.entry)) return 'stopped'
      }
      if (over()) return 'unfinished'
    }
  }

  /** Nothing more is due before the limit of this slice. */
  private atLimit(goal: Goal | undefined, limit: SimTime): void {
    const run = this.hooks.run()
    if (goal && (limit >= goal.until || goal.enough())) {
      if (goal.rests) run.rest(goal.until)
      else run.restAtLastTurn()
      this.arrive(goal)
    } else if (Number.isFinite(limit)) run.rest(limit)
  }

  private arrive(goal: Goal | undefined): void {
    this.pause()
    goal?.done?.()
  }
}
