/**
 * What happens when: the shapes that the kernel passes around. The kernel knows a queue, wake-ups and two verbs
 * (dispatch, advance) and names no kind; deciders, strategies and rules are handed to it by `sim/index.ts`.
 */
import type { Fact, NameChange } from '../api/changes.ts'
import type { ObjectKey } from '../api/kinds.ts'
import type { GivenReason, Reason } from '../api/reasons.ts'
import type { Admit, ClusterSettings, Refusal, Strategies, StrategyContext } from '../api/strategy.ts'
import type { AnyObject, Event, Kind, ObjectOf, SimTime, Timestamp, Uid } from '../api/types.ts'
import type { Command } from './command.ts'
import type { RandomState } from './random.ts'
import type { Sorted, Table } from './sorted.ts'

export type ObjectTables = { readonly [K in Kind]: Table<ObjectOf<K>> }

/** One thing that is due: a decider is to look at a key. */
export interface DueItem {
  readonly at: SimTime
  /** Ties at one instant are broken by this, so the order is total. */
  readonly sequence: number
  readonly decider: string
  readonly key: string
  /** Which of the decider's own timers this is; `watch` for a wake-up by a change. */
  readonly id: string
  readonly signal?: Signal
}

/** Something that happens to a machine rather than to the API: a crash, a failing probe. Plain data. */
export interface Signal {
  readonly type: string
  readonly detail?: Readonly<Record<string, string | number | boolean>>
}

export interface Tally {
  readonly checks: number
  readonly violations: number
  readonly firstViolationAt?: SimTime
}

/** The whole cluster at one instant: immutable plain data; survives JSON, freezing and structuredClone. */
export interface World {
  readonly now: SimTime
  /** Counts due items ever queued. */
  readonly sequence: number
  /** The last resourceVersion given out. */
  readonly revision: number
  readonly factCount: number
  readonly random: RandomState
  readonly settings: ClusterSettings
  readonly objects: ObjectTables
  readonly queue: Sorted<DueItem>
  /** `decider|key|id` → when and under which sequence that wake-up stands in the queue. */
  readonly wakes: Table<{ readonly at: SimTime; readonly sequence: number }>
  /** `decider|key` → how many syncs failed in a row. */
  readonly failures: Table<number>
  /** `decider|key` → why things wait, as that decider last said. */
  readonly waiting: Table<readonly Reason[]>
  /** `decider|key` → that decider's private notes. The kubelets' pod lives are kept here. */
  readonly memories: Table<unknown>
  /** Volume name → path → text: what is on the disks. */
  readonly disks: Table<Readonly<Record<string, string>>>
  readonly tallies: Readonly<Record<string, Tally>>
}

/** What a decider may see: API objects as they stood when its turn began, and its own notes. Nobody else's. */
export interface ClusterView extends StrategyContext {
  readonly now: SimTime
  /** `now` as the API writes it. */
  readonly timestamp: Timestamp
  /** This decider's notes under a key (its own key if none is given). */
  recall(key?: string): unknown
  /** All of this decider's notes whose keys begin so, by key. Walks them: for what befalls many at once. */
  recallAll(prefix: string): readonly (readonly [key: string, memory: unknown])[]
  /** A number in [0, 1) from the named stream; its state belongs to the world. */
  draw(stream: string): number
  /** The files on a volume. */
  disk(volume: string): Readonly<Record<string, string>>
}

/** An object as a client sends it: what the server owns (uid, resourceVersion, creationTimestamp, status) may be missing. */
export type Draft<T extends AnyObject = AnyObject> = T extends AnyObject
  ? Omit<T, 'metadata' | 'status'> & {
      readonly metadata: Omit<T['metadata'], 'uid' | 'resourceVersion' | 'creationTimestamp'> & {
        readonly uid?: Uid
        readonly resourceVersion?: string
        readonly creationTimestamp?: Timestamp
      }
      readonly status?: unknown
    }
  : never

export interface DeleteOptions {
  readonly graceSeconds?: number
  /** Precondition: refuse (Conflict) if the stored object has another uid. */
  readonly uid?: Uid
  readonly propagation?: 'Background' | 'Foreground' | 'Orphan'
}

/** One thing that a decider wants done. It is yielded; the kernel does it and hands the answer back. */
export type Decision =
  | { readonly do: 'create'; readonly object: Draft }
  /** The object's resourceVersion must be the stored one (else Conflict); an empty one overwrites. */
  | { readonly do: 'update'; readonly object: AnyObject }
  | { readonly do: 'updateStatus'; readonly object: AnyObject }
  | {
      readonly do: 'delete'
      readonly kind: Kind
      readonly namespace?: string
      readonly name: string
      readonly options?: DeleteOptions
    }
  /** Asks for an object as it stands in the middle of the turn (a live GET); refused with NotFound when there is none. */
  | { readonly do: 'read'; readonly kind: Kind; readonly namespace?: string | undefined; readonly name: string }
  /** Records an Event about an object; equal ones are counted up, or make a series. */
  | {
      readonly do: 'record'
      readonly about: AnyObject
      readonly type: Event['type']
      readonly reason: string
      readonly message: string
      /** Who says so, where it is not the decider itself: a part of it that is a program of its own in a real cluster. */
      readonly component?: string
      /** The node that it is told from. */
      readonly host?: string | undefined
      /** What was done or tried, which is told through events.k8s.io/v1 alone: without it the event is one of core/v1. */
      readonly action?: string
      /** The part of the object that it is about: `spec.containers{nginx}`. */
      readonly fieldPath?: string
    }
  /** Replaces all that this decider has said about why things wait under its key. */
  | { readonly do: 'explain'; readonly reasons: readonly GivenReason[] }
  /** Replaces this decider's notes under its key, or another key of its own (undefined forgets them). */
  | { readonly do: 'remember'; readonly memory: unknown; readonly key?: string }
  /** Wakes this decider (or another) after a delay; replaces the timer of the same id. */
  | {
      readonly do: 'wake'
      readonly id: string
      readonly afterMs: number
      readonly decider?: string
      readonly key?: string
      readonly signal?: Signal
    }
  | { readonly do: 'cancelWake'; readonly id: string }
  /** Writes files on a volume; `null` erases the whole disk. */
  | { readonly do: 'writeDisk'; readonly volume: string; readonly files: Readonly<Record<string, string>> | null }
  /** States a fact that is no write to the API (a name became resolvable). */
  | { readonly do: 'state'; readonly fact: Omit<Fact, 'at' | 'sequence' | 'by'> }

export type Answer =
  | { readonly ok: true; readonly object?: AnyObject; readonly gone?: boolean }
  | { readonly ok: false; readonly refusal: Refusal }

/** How a decider's turn ended: quietly, or with an error that is retried with back-off. */
export type Outcome = { readonly error: string } | undefined

export interface Change {
  readonly before: AnyObject | undefined
  readonly after: AnyObject | undefined
}

export interface Watch {
  readonly kind: Kind
  /** The keys to look at after this change. */
  wakes(change: Change, view: StrategyContext): readonly string[]
}

export interface Decider {
  readonly name: string
  /** Who tells of what it records. */
  readonly component: string
  readonly watches: readonly Watch[]
  /** How long a change takes to reach it: [least, most] in ms, drawn from the stream `watch:<name>`. */
  readonly delayMs: readonly [number, number]
  decide(view: ClusterView, key: string, due: { id: string; signal?: Signal }): Generator<Decision, Outcome, Answer>
}

/** A rule that must hold, checked after every step over what changed in it. */
export interface Rule {
  readonly id: string
  check(step: Step): RuleResult | undefined
}

export interface Step {
  readonly before: World
  readonly after: World
  /** The writes of this step, in order. */
  readonly changes: readonly (Change & { readonly by: string })[]
  readonly facts: readonly Fact[]
}

export interface RuleResult {
  readonly checks: number
  readonly violations: readonly { readonly subject: ObjectKey; readonly message: string }[]
}

export interface Violation {
  readonly rule: string
  readonly at: SimTime
  readonly subject: ObjectKey
  readonly message: string
}

export interface Transition {
  readonly world: World
  readonly facts: readonly Fact[]
  readonly violations: readonly Violation[]
  /** Due items that were done. */
  readonly turns: number
  /** Set only by `dispatch`: the world is then the very one that was given. */
  readonly refusal?: Refusal
}

/** What a command does, told in decisions; a returned refusal undoes all of them. */
export type Act = (view: ClusterView, command: Command) => Generator<Decision, Refusal | undefined, Answer>

export interface Laws {
  readonly deciders: readonly Decider[]
  readonly strategies: Strategies
  /** What admission says of a sound object before it is stored; undefined: nothing. */
  readonly admit?: Admit | undefined
  readonly rules: readonly Rule[]
  readonly act: Act
  readonly nameChange: NameChange
  /** What a new cluster holds before anybody acts: namespace, nodes, classes. */
  bootstrap(settings: ClusterSettings): readonly Draft[]
  /** Freeze every stored object deeply (development and tests). */
  readonly freeze?: boolean
}

export interface Kernel {
  /** A new cluster at time 0, holding what `bootstrap` says. */
  create(seed: number, settings: ClusterSettings): World
  /** Does a command now, with all that is due at this moment if the command itself has something due then. */
  dispatch(world: World, command: Command): Transition
  /** Does everything due up to and including `until`, and stands there. */
  advance(world: World, until: SimTime): Transition
  /** Does exactly the next due item, moving time to it; undefined when nothing is due ever. */
  next(world: World): Transition | undefined
  /** When the next thing is due. */
  nextDue(world: World): SimTime | undefined
}
