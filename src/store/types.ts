/**
 * The moment we hold: what the store keeps and the verbs that move it. Only the store remembers which moment is shown,
 * and only it knows that real time passes. React never appears here.
 */
import type { ScenarioGroup } from '../content/scenarios/index.ts'
import type {
  AnyObject,
  Command,
  Fact,
  Lamp,
  Lanes,
  ObjectKey,
  Picture,
  Refusal,
  RevisionOrder,
  SimTime,
  Why,
  World,
} from '../sim/index.ts'
import type { ManifestDesk } from './manifest/types.ts'
import type { Draft, Terminal } from './terminal/types.ts'

export interface GivenAct {
  readonly command: Command
  /** The equivalent kubectl line. */
  readonly line: string
}

export type Speed = 0.25 | 0.5 | 1 | 2 | 4 | 8 | 16 | 32 | 64 | 'max'
export const SPEEDS: readonly Speed[] = [0.25, 0.5, 1, 2, 4, 8, 16, 32, 64, 'max']

export type Theme = 'light' | 'dark' | 'projector'
export const THEMES: readonly Theme[] = ['light', 'dark', 'projector']

/** `pseudo` shows which words come from the texts: for tests and translators. */
export type Language = 'en' | 'zh-CN' | 'pseudo'
export const LANGUAGES: readonly Language[] = ['en', 'zh-CN', 'pseudo']

export type DockTab = 'timeline' | 'events' | 'terminal' | 'guarantees' | 'manifest'
export type InspectorTab = 'why' | 'overview' | 'yaml' | 'events'

/** Something to be told to the person, as data; the view's texts say it. Nothing blocks. */
export interface Notice {
  readonly id: number
  readonly kind:
    | 'forked'
    | 'refused'
    | 'paused'
    | 'violation'
    | 'loaded'
    | 'parameter'
    | 'undone'
    | 'restored'
    | 'notice'
    | 'copied'
  readonly params: Readonly<Record<string, string | number>>
  /** What the button beside it does, if it has one. */
  readonly action?: 'undoFork' | 'showViolation' | 'why' | 'discardRun'
}

/** Our own mistake: playback stopped; the run can be saved and reported. */
export interface Crash {
  readonly message: string
  readonly stack: string
  readonly at: SimTime
  /** `exportRun()` at the time. */
  readonly run: string
}

export interface RunInfo {
  readonly scenario?: string
  readonly seed: number
  readonly kubernetes: string
}

export interface Forecast {
  readonly facts: readonly Fact[]
  /** True when nothing more will happen by itself after these. */
  readonly quiet: boolean
}

/** A longer way that is being gone; `pause` ends it where it is. */
export interface Busy {
  readonly kind: 'step' | 'quiet' | 'seek' | 'beat' | 'restore'
  /** Virtual time at which it began, and at which it ends at the latest (may be endless): with `now` the progress. */
  readonly from: SimTime
  readonly until: SimTime
}

/** Parts of the screen that a link may hide: `?hide=inspector,dock`. */
export type Panel = 'top' | 'acts' | 'inspector' | 'dock' | 'time'

export interface OrdinalState {
  readonly run: RunInfo
  /** The stories that can be opened, as the page offers them; the first alone until the others are loaded. */
  readonly stories: readonly ScenarioGroup[]
  /** True once manifests can be read, every story can be opened, and every lazily loaded part is here. */
  readonly ready: boolean
  readonly playing: boolean
  readonly speed: Speed
  /** Real time never moves the run; only `advance`, `step` … do. */
  readonly manualClock: boolean

  /** Virtual time shown by the clock; runs on between moments. */
  readonly now: SimTime
  /** Index of the moment shown. */
  readonly cursor: number
  /** How many moments the run has. */
  readonly length: number
  /** Time of the last moment known. */
  readonly end: SimTime
  /** False once nothing is due after the last moment. */
  readonly more: boolean
  readonly world: World
  readonly picture: Picture
  readonly order: RevisionOrder
  readonly lanes: Lanes
  readonly lamps: readonly Lamp[]
  /** True before anything was played: the first-visit sentence is shown. */
  readonly untouched: boolean
  /** The last act at or before the cursor. */
  readonly lastAct: GivenAct | undefined
  /** What happened in the moment shown. */
  readonly facts: readonly Fact[]
  /** The beats played so far; `title` is the beat's name, told by the text `scenario.<id>.beats.<name>`. */
  readonly beats: readonly { readonly at: SimTime; readonly title: string }[]
  /** The name of the beat that `nextBeat` begins; absent after the last, and outside a scenario. */
  readonly upcoming?: string | undefined
  /** What is being gone through in slices; absent when nothing is. */
  readonly busy?: Busy | undefined

  readonly selected: ObjectKey | undefined
  readonly dockTab: DockTab
  readonly inspectorTab: InspectorTab
  readonly theme: Theme
  readonly language: Language
  readonly singleKeys: boolean
  readonly embedded: boolean
  readonly hidden?: readonly Panel[]
  readonly pauseOn: { readonly decision: boolean; readonly violation: boolean }
  readonly notices: readonly Notice[]
  /** What a running command of the terminal wants edited: `openTerminal()` takes the answer. */
  readonly editing?: Draft | undefined
  readonly crash: Crash | undefined
}

export interface OrdinalVerbs {
  play(): void
  pause(): void
  toggle(): void
  setSpeed(speed: Speed): void
  /** To the next write to the API; returns its facts. */
  step(): readonly Fact[]
  stepBack(): void
  /** Until nothing is due any more, at most `limitMs` of virtual time (default 30 minutes). */
  untilQuiet(limitMs?: number): void
  /** To a virtual time: back into the history, or forward by simulating. */
  seek(at: SimTime): void
  seekMoment(index: number): void
  advance(ms: number): void
  nextBeat(): void
  previousBeat(): void
  reset(): void
  load(run: { scenario?: string; manifests?: string; seed?: number; kubernetes?: string }): Refusal | undefined
  /** Begins the run anew in a cluster of another version; what was done in it can be brought back. */
  setKubernetes(version: string): Refusal | undefined
  apply(manifests: string): Refusal | undefined
  dispatch(command: Command): Refusal | undefined
  /** Takes back the last act and what followed from it. */
  undo(): void
  undoFork(): void
  /** Applies the manifests that the run began with once more. */
  applyAgain(): Refusal | undefined
  select(key: ObjectKey | undefined): void
  set(
    preferences: Partial<
      Pick<OrdinalState, 'dockTab' | 'inspectorTab' | 'theme' | 'language' | 'singleKeys' | 'pauseOn'>
    >,
  ): void
  dismiss(notice: number): void
  dismissCrash(): void
  /** The kubectl line that a command equals, for showing before it is given. */
  lineOf(command: Command): string
  why(subject?: ObjectKey): Why
  /** What will happen next if nobody acts, found by simulating ahead; nothing of the run changes. */
  forecast(): Forecast
  /** The object before the write that made the version shown; undefined when that write created it. */
  previous(key: ObjectKey): AnyObject | undefined
  /** The object as `kubectl get -o yaml` prints it; undefined until `ready`. */
  toYaml(object: object): string | undefined
  exportRun(): string
  importRun(text: string): Refusal | undefined
  discardRun(): void
  /** The one terminal of the page. Rejects when its part cannot be loaded. */
  openTerminal(): Promise<Terminal>
  /** The one place of the page where manifests are written and tried. Rejects when its part cannot be loaded. */
  openManifests(): Promise<ManifestDesk>
}

export type Ordinal = OrdinalState & { readonly verbs: OrdinalVerbs }
