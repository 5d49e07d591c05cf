/**
 * How far the scenario has been told: which beats were played and where in the history they lie. Pressing on plays the
 * next beat step by step at the chosen speed; in the past it goes along what was played. Moves nothing itself.
 */
import type { Command, Scenario, SimTime, Step } from '../sim/index.ts'
import { podHas, scenarioNamespace } from '../sim/index.ts'
import type { Goal } from './playback.ts'
import type { Place, Run } from './run.ts'

interface Told {
  readonly name: string
  readonly start: Place
  /** Undefined while it is being told, and when an act of somebody's cut it off. */
  readonly end?: Place
}

/** How far the story has come; a value, so that a fork can keep it. */
export interface Telling {
  readonly told: readonly Told[]
  /** The step of the last beat told that comes next, and until when it waits, once it waits. */
  readonly pending?: { readonly step: number; readonly until?: SimTime }
}

export const UNTOLD: Telling = { told: [] }

export interface StoryHooks {
  run(): Run
  give(command: Command): void
  apply(manifests: string): void
  /** Goes to a goal at the chosen speed. */
  stroll(goal: Goal): void
  paused(): void
}

const after = (a: Place, b: Place): boolean => a.cursor > b.cursor || (a.cursor === b.cursor && a.now > b.now)

/** How far a waiting step goes at most; undefined for one that waits for nothing. */
function waitMs(step: Step): number | undefined {
  if ('runMs' in step) return step.runMs
  if ('withinMs' in step) return step.withinMs
  return 'untilQuietWithinMs' in step ? step.untilQuietWithinMs : undefined
}

export class Story {
  telling: Telling = UNTOLD
  private readonly scenario: Scenario
  private readonly hooks: StoryHooks

  constructor(scenario: Scenario, hooks: StoryHooks) {
    this.scenario = scenario
    this.hooks = hooks
  }

  /** The name of the beat that would begin next. */
  get upcoming(): string | undefined {
    return this.scenario.beats[this.telling.told.length]?.name
  }

  /** Goes on: along a beat already told, with the one begun, or with the next. */
  next(): void {
    const run = this.hooks.run()
    const { told, pending } = this.telling
    const known = told.find(({ end }) => end && after(end, run.here))
    if (known?.end) this.along(known.end)
    else if (!pending) this.begin()
    else if (run.atTip) this.proceed()
    else this.along(run.end, () => this.proceed())
  }

  private begin(): void {
    const { here } = this.hooks.run()
    // A beat that was cut off after here is told anew.
    const before = this.telling.told.filter(({ start, end }) => end || after(here, start))
    const beat = this.scenario.beats[before.length]
    if (!beat) return
    this.telling = { told: [...before, { name: beat.name, start: here }], pending: { step: 0 } }
    this.proceed()
  }

  /** Where the beat begins that was being told here, or the one before; the very start when there is none. */
  previous(): Place {
    const { here } = this.hooks.run()
    return this.telling.told.findLast(({ start }) => after(here, start))?.start ?? { cursor: 0, now: 0 }
  }

  /** Forgets what lay in moments that were taken off, all from `length` on; a beat that was being told ends. */
  cut(length: number): void {
    const told = this.telling.told
      .filter(({ start }) => start.cursor < length - 1)
      .map(({ name, start, end }) => ({ name, start, ...(end && end.cursor < length && { end }) }))
    this.telling = { told }
  }

  private along(end: Place, done = () => this.hooks.paused()): void {
    const run = this.hooks.run()
    this.hooks.stroll({
      kind: 'beat',
      until: end.now,
      rests: true,
      watchful: true,
      enough: () => run.cursor >= end.cursor,
      done: () => {
        run.stand(end)
        done()
      },
    })
  }

  /** Does the steps of the beat until one has to wait. */
  private proceed(): void {
    const beat = this.scenario.beats[this.telling.told.length - 1]
    for (;;) {
      const at = this.telling.pending
      const step = at && beat?.steps[at.step]
      const wait = step && waitMs(step)
      if (!at || !step) break
      if (wait !== undefined) {
        this.waitFor(step, at.until ?? this.hooks.run().now + wait)
        return
      }
      this.take(step, at.step)
    }
    this.finish()
  }

  private take(step: Step, index: number): void {
    this.pass(index)
    const { telling } = this
    if ('do' in step) this.hooks.give(step.do)
    else if ('apply' in step) this.hooks.apply(step.apply)
    // Acting in the past cuts beats off, but not the one that acts.
    this.telling = telling
  }

  private waitFor(step: Step, until: SimTime): void {
    const at = this.telling.pending?.step ?? 0
    this.telling = { ...this.telling, pending: { step: at, until } }
    this.hooks.stroll({
      kind: 'beat',
      until,
      rests: 'runMs' in step,
      watchful: true,
      enough: () => this.holds(step),
      done: () => {
        this.pass(at)
        this.proceed()
      },
    })
  }

  private holds(step: Step): boolean {
    const run = this.hooks.run()
    if ('until' in step) return podHas(run.world, scenarioNamespace(this.scenario), step.until, step.is)
    return 'untilQuietWithinMs' in step && run.atTip && run.nextDue === undefined
  }

  private pass(step: number): void {
    this.telling = { ...this.telling, pending: { step: step + 1 } }
  }

  private finish(): void {
    const { told } = this.telling
    const end = this.hooks.run().here
    this.telling = { told: told.map((beat, index) => (index === told.length - 1 ? { ...beat, end } : beat)) }
    this.hooks.paused()
  }
}
