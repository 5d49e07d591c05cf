/**
 * One sync of one StatefulSet: what its steps share. Reads come from the view as it was when the turn began; only what
 * was refused as a conflict is read anew. What a step leaves undone it says as a reason, at the place where it turns back.
 */
import type { ObjectKey } from '../api/kinds.ts'
import { keyOf } from '../api/kinds.ts'
import type { GivenReason, ReasonName } from '../api/reasons.ts'
import type { Switches } from '../api/switches.ts'
import { switchesOf } from '../api/switches.ts'
import type { Kind, ObjectOf, SimTime, StatefulSet } from '../api/types.ts'
import type { Answer, ClusterView, Decision } from '../kernel/types.ts'
import type { Failure } from './failure.ts'
import { textOf } from './failure.ts'

/** A step that yields decisions and returns a result. */
export type Doing<T> = Generator<Decision, T, Answer>

export class Sync {
  readonly view: ClusterView
  readonly set: StatefulSet
  readonly switches: Switches
  /** Why single slots wait, as the steps said it. */
  readonly hints: GivenReason[] = []
  private readonly reread = new Map<ObjectKey, unknown>()

  constructor(view: ClusterView, set: StatefulSet) {
    this.view = view
    this.set = set
    this.switches = switchesOf(view.settings)
  }

  get name(): string {
    return this.set.metadata.name
  }

  get namespace(): string | undefined {
    return this.set.metadata.namespace
  }

  get minReadySeconds(): number {
    return this.set.spec.minReadySeconds ?? 0
  }

  /** A Ready pod is available when its minReadySeconds were over at this time: before 1.36 that had to be before now. */
  get availabilityTime(): SimTime {
    return this.switches.countsAvailabilityExactly ? this.view.now : this.view.now - 1
  }

  keyOf(kind: Kind, name: string): ObjectKey {
    return keyOf(kind, this.namespace, name)
  }

  /** The object in the set's namespace as this sync knows it. */
  get<K extends Kind>(kind: K, name: string): ObjectOf<K> | undefined {
    const again = this.reread.size > 0 && (this.reread.get(this.keyOf(kind, name)) as ObjectOf<K> | undefined)
    return again || this.view.get(kind, this.namespace, name)
  }

  /** Asks the API server for the object as it stands now, and goes by that from here on. */
  *readAgain<K extends Kind>(kind: K, name: string): Doing<ObjectOf<K> | undefined> {
    const answer = yield { do: 'read', kind, namespace: this.namespace, name }
    if (!answer.ok) return undefined
    this.reread.set(this.keyOf(kind, name), answer.object)
    return answer.object as ObjectOf<K>
  }

  /** Says why a slot waits. Whatever is said first about a slot stands. */
  hint(reason: ReasonName, pod: string, more: Omit<GivenReason, 'reason' | 'subject'> = {}): void {
    const subject = this.keyOf('Pod', pod)
    if (!this.hints.some((hint) => hint.subject === subject)) this.hints.push({ reason, subject, ...more })
  }

  /** Says what became of a write to a pod. */
  podEvent(verb: 'Create' | 'Update' | 'Delete', pod: string, failure?: Failure): Decision {
    const done = `${this.verb(verb)} Pod ${pod} in StatefulSet ${this.name}`
    return failure
      ? this.event('Warning', `Failed${verb}`, `${done} failed error: ${textOf(failure)}`)
      : this.event('Normal', `Successful${verb}`, `${done} successful`)
  }

  /** A verb as the messages of events begin with it; their reasons are capitalised in any case. */
  verb(verb: 'Create' | 'Update' | 'Delete'): string {
    return this.switches.capitalisesEventVerbs ? verb : verb.toLowerCase()
  }

  event(type: 'Normal' | 'Warning', reason: string, message: string): Decision {
    return { do: 'record', about: this.set, type, reason, message }
  }
}

/**
 * Tries again while the API refuses for a conflict, at most `tries` times. No time passes between the tries. What most syncs
 * try calls a generator of its module: a generator function made at each call gives engines another kind of object each time.
 */
export function* retryOnConflict(tries: number, attempt: () => Doing<Failure | undefined>): Doing<Failure | undefined> {
  for (let left = tries; ; left--) {
    const failure = yield* attempt()
    if (failure?.reason !== 'Conflict' || left <= 1) return failure
  }
}

/** Tries of `retry.DefaultBackoff` and of `retry.DefaultRetry`. */
export const BACKOFF_TRIES = 4
export const RETRY_TRIES = 5
