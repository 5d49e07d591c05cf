/**
 * Holds the moment: the open run behind, the state in front that the view reads, and the rule when the one becomes the
 * other. While time runs the clock is told with every frame, everything else at most ten times a second; after a verb at once.
 */
import type { StoreApi } from 'zustand/vanilla'
import { createStore } from 'zustand/vanilla'
import type { Command, Lamp, ObjectKey, Refusal, Scenario, World } from '../sim/index.ts'
import { isDecision, objectsOf, refusalOf, setOf } from '../sim/index.ts'
import { commandLine } from './commandLine.ts'
import type { Environment } from './environment.ts'
import type { Entry } from './history.ts'
import type { Loaded, Shelf } from './loading.ts'
import { openingOfAddress } from './loading.ts'
import { Notices } from './notices.ts'
import type { ParameterFault, Parameters } from './parameters.ts'
import { Keeper } from './persist.ts'
import type { Preferences } from './preferences.ts'
import type { Place } from './run.ts'
import { Run } from './run.ts'
import { writeRun } from './runFile.ts'
import { Runs } from './runs.ts'
import { Session } from './session.ts'
import type { ShownSource } from './shown.ts'
import { pictureState } from './shown.ts'
import type { Ordinal, OrdinalState } from './types.ts'
import { verbsOf } from './verbs.ts'
import { engineVersion } from './version.ts'

/** Real milliseconds between two pictures while time runs; a great set is drawn less often, for the sake of even motion. */
const PICTURE_MS = 100
const GREAT_PICTURE_MS = 300
const GREAT_SET = 24
/** A run that has become this long stops playing by itself. */
const LONG_RUN = 50_000

/** The terminal with the interpreter of kubectl: the largest part of the store, loaded after the first picture. */
export const loadTerminal = () => import('./terminal/pageTerminal.ts')
export const loadDesk = () => import('./manifest/pageDesk.ts')

/** Makes something when it is first asked for; what could not be made is tried anew by the next who asks. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => {
    made ??= make()
    made.catch(() => {
      made = undefined
    })
    return made
  }
}

export interface Parts extends Shelf {
  readonly environment: Environment
  readonly parameters: Parameters
  readonly faults: readonly ParameterFault[]
  readonly preferences: Preferences
}

export interface ScriptEvents {
  readonly change: { readonly now: number; readonly cursor: number; readonly length: number }
  readonly fact: Entry['facts'][number]
  readonly violation: Entry['violations'][number]
}
type Listener = (event: keyof ScriptEvents, detail: ScriptEvents[keyof ScriptEvents]) => void

export class Holder implements ShownSource {
  readonly parts: Parts
  readonly notices = new Notices()
  readonly session: Session
  readonly runs = new Runs(this)
  readonly store: StoreApi<Ordinal>
  readonly keeper: Keeper
  readonly openTerminal = once(() => loadTerminal().then(({ PageTerminal }) => new PageTerminal(this)))
  readonly openManifests = once(() => loadDesk().then(({ PageDesk }) => new PageDesk(this)))
  focus: ObjectKey | undefined
  lamps: readonly Lamp[] = []
  private readonly listeners = new Set<Listener>()
  private shownLast: Place = { cursor: 0, now: 0 }
  private lastPicture = Number.NEGATIVE_INFINITY

  constructor(parts: Parts, fixed: Partial<OrdinalState>) {
    this.parts = parts
    const { environment, parameters, faults, preferences } = parts
    for (const fault of faults) this.fault(fault)
    const { opening, scenario, notices } = openingOfAddress(parts, parameters, (fault) => this.fault(fault))
    const first = Run.begin(parts.kernel, opening)
    if (!(first instanceof Run)) throw new Error(`the first run cannot begin: ${first.message}`)
    this.session = new Session(parts.kernel, environment, fixed.manualClock ?? false, this.hooks(), first, scenario)
    this.session.playback.speed = fixed.speed ?? 1
    this.tell(notices)
    this.keeper = new Keeper(environment, () => (this.untouched || fixed.embedded ? undefined : this.exportRun()))
    this.store = createStore<Ordinal>()(() => ({
      ready: false,
      manualClock: false,
      embedded: false,
      selected: undefined,
      crash: undefined,
      stories: parts.stories.groups,
      ...preferences,
      ...fixed,
      ...pictureState(this),
      verbs: verbsOf(this, this.runs),
    }))
    if (parameters.t) this.session.seek(parameters.t)
    this.publish()
  }

  get state(): Ordinal {
    return this.store.getState()
  }

  get untouched(): boolean {
    const { run } = this.session
    return run.history.length === 1 && run.now === 0
  }

  private hooks() {
    return {
      moved: (fine: boolean) => this.publish(fine),
      happened: (entry: Entry, index: number) => this.happened(entry, index),
      stopsAt: (entry: Entry) => this.stopsAt(entry),
      forked: (dropped: number) => this.notices.add({ kind: 'forked', params: { dropped }, action: 'undoFork' }),
      refused: (refusal: Refusal, command: string) => void this.refuse(refusal, command),
      crashed: (error: unknown) => this.crashed(error),
      lineOf: (world: World, command: Command) => commandLine(world, command),
      read: (manifests: string, namespace: string) => this.read(manifests, namespace),
    }
  }

  /** A text as the command that applies it now, with notices about how it is taken; or why it cannot be. */
  private read(manifests: string, namespace: string): Command | Refusal {
    const { world } = this.session.run
    const storageClasses = objectsOf(world, 'StorageClass').map(({ metadata }) => metadata.name)
    const found = this.parts.reader.read(manifests, { namespace, settings: world.settings, storageClasses })
    const refusal = refusalOf(found.problems)
    if (refusal) return refusal
    this.tell(found.notices)
    return { type: 'applyObjects', objects: found.objects, source: 'manifests.yaml' }
  }

  /** Tells a refusal, and gives it back. */
  refuse(refusal: Refusal, command = ''): Refusal {
    const { message, line = 0, column = 0 } = refusal
    this.notices.add({ kind: 'refused', params: { message, command, line, column } })
    return refusal
  }

  /** A parameter of the address that cannot be used. */
  fault(fault: ParameterFault): void {
    this.notices.add({ kind: 'parameter', params: { ...fault } })
  }

  /** How a manifest is taken where that is not as it is written. */
  tell(notices: Loaded['notices']): void {
    for (const { code, params, line } of notices)
      this.notices.add({ kind: 'notice', params: { ...params, code, ...(line !== undefined && { line }) } })
  }

  private happened({ facts, violations }: Entry, moment: number): void {
    for (const fact of facts) this.emit('fact', fact)
    for (const violation of violations) {
      const { rule, message, subject, at } = violation
      this.notices.add({ kind: 'violation', params: { rule, message, subject, at, moment }, action: 'showViolation' })
      this.emit('violation', violation)
    }
  }

  private stopsAt({ facts, violations }: Entry): boolean {
    const { pauseOn } = this.state
    const paused = (why: string, params: Record<string, string> = {}) => {
      this.notices.add({ kind: 'paused', params: { why, ...params } })
      return true
    }
    if (this.session.run.history.length >= LONG_RUN) return paused('long')
    if (pauseOn.violation && violations.length > 0) return paused('violation', { rule: violations[0]?.rule ?? '' })
    const decision = pauseOn.decision ? facts.find(isDecision) : undefined
    return decision ? paused('decision', { fact: decision.type, name: decision.name }) : false
  }

  private crashed(error: unknown): void {
    const { message, stack = '' } = error instanceof Error ? error : new Error(String(error))
    const { now: at } = this.session.run
    this.store.setState({ crash: { message, stack, at, run: this.exportRun() }, playing: false, busy: undefined })
  }

  /** Shows what there is now. `fine`: within a frame, when the heavy parts may wait. */
  publish(fine = false): void {
    const { playback, run } = this.session
    const moving = playback.playing || playback.busy !== undefined
    const time = this.parts.environment.now()
    const { columns } = this.store.getState().picture.set ?? {}
    const pause = (columns?.length ?? 0) > GREAT_SET ? GREAT_PICTURE_MS : PICTURE_MS
    if (fine && moving && time - this.lastPicture < pause) {
      this.store.setState({ now: run.now })
      return
    }
    this.lastPicture = time
    if (!this.session.canRejoin) this.notices.withdraw('undoFork')
    const shown = this.session.guard(() => pictureState(this))
    if (!shown) {
      // What cannot be drawn cannot be stood at.
      if (this.shownLast.cursor < run.history.length) run.stand(this.shownLast)
      return
    }
    this.shownLast = run.here
    this.store.setState(shown)
    this.emit('change', { now: run.now, cursor: run.cursor, length: run.history.length })
    this.keeper.touch()
  }

  /** Does a verb's work and shows what came of it. */
  do<T>(work: () => T): T | undefined {
    const result = this.session.guard(work)
    this.publish()
    return result
  }

  listen(listener: Listener): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  private emit<E extends keyof ScriptEvents>(event: E, detail: ScriptEvents[E]): void {
    for (const listener of this.listeners) listener(event, detail)
  }

  /** Another run takes the place of this one. */
  open(run: Run, scenario: Scenario | undefined): void {
    this.focus = undefined
    this.session.open(run, scenario)
    this.store.setState({ selected: undefined, crash: undefined })
  }

  /** Pictures are about the set that this object belongs to, where it belongs to one. */
  focusOn(key: ObjectKey | undefined): void {
    this.focus = (key && setOf(this.session.run.world, key)) ?? this.focus
  }

  exportRun(): string {
    return writeRun(this.session.run, this.session.story?.telling, engineVersion)
  }
}
