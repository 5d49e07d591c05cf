/**
 * Everything about the run that is open: where it stands, what is told of it, its story, and what the last act took off.
 * The verbs that move and act are here; what they come to is told through hooks. Knows no state of the view.
 */
import type { Command, Fact, Kernel, Refusal, Scenario, SimTime, World } from '../sim/index.ts'
import { Chronicle } from './chronicle.ts'
import type { Environment } from './environment.ts'
import type { Entry } from './history.ts'
import type { Goal } from './playback.ts'
import { Playback } from './playback.ts'
import type { Fork, Opening, Place } from './run.ts'
import { Run } from './run.ts'
import type { Telling } from './story.ts'
import { Story, UNTOLD } from './story.ts'
import type { GivenAct } from './types.ts'

export interface SessionHooks {
  /** Something is to be shown. `fine` says that only time and place within one frame have changed. */
  moved(fine: boolean): void
  /** A moment that has never been before. */
  happened(entry: Entry, index: number): void
  /** A moment is passed while playing: true stops there. */
  stopsAt(entry: Entry, index: number): boolean
  /** An act took later moments off. */
  forked(dropped: number): void
  refused(refusal: Refusal, line: string): void
  /** Our own mistake. */
  crashed(error: unknown): void
  lineOf(world: World, command: Command): string
  /** What applying this text would be, or why it cannot be. */
  read(manifests: string, namespace: string): Command | Refusal
}

/** Somebody who waits for virtual time: a command in a terminal. */
export interface Waiter {
  /** When it wants to be asked again at the latest; undefined when only something that happens matters. */
  alarm(): SimTime | undefined
  /** The run stands at the next moment, or at the alarm. It may act there. */
  passed(): void
}

/** What can be taken back: moments cut off, or a whole run that was replaced. */
type Lost =
  | { readonly kind: 'moments'; readonly fork: Fork; readonly telling: Telling }
  | { readonly kind: 'run'; readonly opened: Opened }

interface Opened {
  readonly run: Run
  readonly chronicle: Chronicle
  readonly scenario: Scenario | undefined
  readonly story: Story | undefined
}

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
export const QUIET_LIMIT_MS = 30 * MINUTE

const isCommand = (given: Command | Refusal): given is Command => 'type' in given

export class Session {
  readonly playback: Playback
  waiter: Waiter | undefined
  private readonly kernel: Kernel
  private readonly hooks: SessionHooks
  private opened: Opened
  private lost: Lost | undefined
  private hurrying = false

  constructor(
    kernel: Kernel,
    environment: Environment,
    manual: boolean,
    hooks: SessionHooks,
    first: Run,
    scenario?: Scenario,
  ) {
    this.kernel = kernel
    this.hooks = hooks
    this.playback = new Playback(environment, manual, {
      run: () => this.run,
      stopsAt: (entry) => hooks.stopsAt(entry, this.run.cursor),
      alarm: () => this.waiter?.alarm(),
      passed: () => this.waiter?.passed(),
      moved: () => hooks.moved(true),
      guard: (work) => this.guard(work),
    })
    this.opened = this.around(first, scenario)
  }

  get run(): Run {
    return this.opened.run
  }

  get chronicle(): Chronicle {
    return this.opened.chronicle
  }

  get scenario(): Scenario | undefined {
    return this.opened.scenario
  }

  get story(): Story | undefined {
    return this.opened.story
  }

  /** True while `undoFork` has something to bring back. */
  get canRejoin(): boolean {
    return this.lost !== undefined
  }

  /** Runs what may throw. A throw stops everything; the run stands at the last thing that went well. */
  guard<T>(work: () => T): T | undefined {
    try {
      return work()
    } catch (error) {
      this.playback.pause()
      this.hooks.crashed(error)
      return undefined
    }
  }

  /** Another run takes the place of this one, which can be brought back if anything was done in it. */
  open(run: Run, scenario?: Scenario): void {
    this.playback.pause()
    const touched = this.run.history.length > 1
    this.lost = touched ? { kind: 'run', opened: this.opened } : undefined
    this.opened = this.around(run, scenario)
    this.hooks.moved(false)
  }

  /** A run from its opening, not shown yet. */
  begin(opening: Opening): Run | Refusal {
    return Run.begin(this.kernel, opening)
  }

  private around(run: Run, scenario?: Scenario): Opened {
    run.onMoment = (entry, index) => this.hooks.happened(entry, index)
    const story = scenario && new Story(scenario, this.storyHooks(scenario))
    const [first] = run.opening.commands
    const line = first && this.hooks.lineOf(run.world, first)
    return { run, scenario, story, chronicle: new Chronicle(run.history, line) }
  }

  private storyHooks({ namespace = 'default' }: Scenario) {
    return {
      run: () => this.run,
      give: (command: Command) => void this.give(command),
      apply: (manifests: string) => void this.apply(manifests, namespace),
      stroll: (goal: Goal) => (this.hurrying ? this.playback.travel(goal) : this.playback.stroll(goal)),
      paused: () => this.playback.pause(),
    }
  }

  // — Moving —

  /** To the next moment, known or simulated. Its facts; none when nothing is due within a day. */
  step(): readonly Fact[] {
    const from = this.run.cursor
    const enough = () => this.run.cursor > from
    this.playback.leap({ kind: 'step', until: this.run.now + DAY, rests: false, watchful: false, enough })
    return enough() ? this.run.history.entry(this.run.cursor).facts : []
  }

  /** To the moment before the one shown. */
  stepBack(): void {
    this.playback.pause()
    this.run.standAtMoment(Math.max(0, this.run.cursor - 1))
  }

  stand(place: Place): void {
    this.playback.pause()
    this.run.stand(place)
  }

  seekMoment(index: number): void {
    this.playback.pause()
    this.run.standAtMoment(Math.min(Math.max(0, Math.round(index)), this.run.history.last))
  }

  /** To a time; what is not known yet is simulated, in slices unless `atOnce`. */
  seek(time: SimTime, atOnce = false): void {
    const { run, playback } = this
    const at = Math.max(0, Math.round(time))
    playback.pause()
    run.stand({ cursor: run.history.lastAt(at), now: Math.min(at, Math.max(run.end.now, run.now)) })
    const goal = { kind: 'seek', until: at, rests: true, watchful: false, enough: () => false } as const
    if (atOnce) playback.leap(goal)
    else playback.travel(goal)
  }

  /** Until nothing is due any more, at most `limitMs` further. */
  untilQuiet(limitMs = QUIET_LIMIT_MS, atOnce = false): void {
    const { run, playback } = this
    const enough = () => run.atTip && run.nextDue === undefined
    const goal = { kind: 'quiet', until: run.now + limitMs, rests: false, watchful: !atOnce, enough } as const
    if (atOnce) playback.leap(goal)
    else playback.travel(goal)
  }

  /** Until a world is as wanted, at most `withinMs` further: whether it is then. */
  untilWorld(wanted: (world: World) => boolean, withinMs: number): boolean {
    const { run } = this
    const enough = () => wanted(run.world)
    this.playback.leap({ kind: 'seek', until: run.now + withinMs, rests: false, watchful: false, enough })
    return enough()
  }

  /** Begins the next beat, or goes the rest of the one that is being told at once. */
  nextBeat(): void {
    this.hurrying = this.playback.busy?.kind === 'beat'
    if (this.hurrying) this.playback.hurry()
    else this.story?.next()
  }

  previousBeat(): void {
    this.playback.pause()
    if (this.story) this.run.stand(this.story.previous())
    else this.run.standAtMoment(0)
  }

  // — Acting —

  /** Gives a command at what is shown; a refusal is told. */
  give(command: Command): Refusal | undefined {
    const refusal = this.act(command)
    if (refusal) this.hooks.refused(refusal, this.hooks.lineOf(this.run.world, command))
    return refusal
  }

  /** Gives a command at what is shown. */
  act(command: Command): Refusal | undefined {
    const line = this.hooks.lineOf(this.run.world, command)
    const { refusal, fork } = this.run.act({ command, line })
    if (refusal) return refusal
    this.lost = undefined
    if (fork) {
      this.cut(fork)
      this.hooks.forked(fork.branch.entries.length)
    }
    return undefined
  }

  apply(manifests: string, namespace = 'default'): Refusal | undefined {
    const command = this.hooks.read(manifests, namespace)
    if (isCommand(command)) return this.give(command)
    this.hooks.refused(command, 'kubectl apply -f -')
    return command
  }

  /** Applies the manifests that the run began with once more. */
  applyAgain(): Refusal | undefined {
    for (const command of this.run.opening.commands) {
      const refusal = command.type === 'applyObjects' ? this.give(command) : undefined
      if (refusal) return refusal
    }
    return undefined
  }

  private cut(fork: Fork): void {
    const telling = this.story?.telling ?? UNTOLD
    this.lost = { kind: 'moments', fork, telling }
    this.chronicle.cut(fork.branch.from)
    this.story?.cut(fork.branch.from)
  }

  /** Takes back the last act at or before what is shown: the act, or undefined when nobody has acted. */
  undo(): GivenAct | undefined {
    const wasPlaying = this.playback.playing && !this.playback.busy
    this.playback.pause()
    const undone = this.run.undo()
    if (!undone) return undefined
    this.cut(undone.fork)
    if (wasPlaying) this.playback.play()
    return undone.act
  }

  /** Brings back what the last act, undo, or load took away. */
  rejoin(): void {
    const { lost } = this
    if (!lost) return
    this.playback.pause()
    this.lost = undefined
    if (lost.kind === 'run') {
      this.opened = lost.opened
      return
    }
    this.chronicle.cut(lost.fork.branch.from)
    this.run.rejoin(lost.fork)
    if (this.story) this.story.telling = lost.telling
  }
}
