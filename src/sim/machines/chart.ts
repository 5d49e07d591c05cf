/**
 * XState charts as pure functions: a state and an event go in, the next state and the asked-for effects come out.
 * No actor ever runs: delays are returned as timers for the kernel's own queue, effects as data.
 * One inert scope per machine is reused, which is several times faster than the public `transition()`;
 * `chart.test.ts` holds both against each other on random events.
 */
import type { AnyMachineSnapshot, AnyStateMachine, EventObject, StateValue } from 'xstate'
import { createActor } from 'xstate'

/** Plain data: survives JSON and structuredClone. Snapshots themselves hold the machine and do not. */
export interface ChartState<C> {
  readonly value: StateValue
  readonly context: C
}

export interface Timer {
  readonly id: string
  readonly afterMs: number
  readonly event: EventObject
}

/** An effect that a chart asks for: an action declared with evaluated params, never executed by XState. */
export interface Effect {
  readonly type: string
  readonly params: unknown
}

export interface Reached<C> {
  readonly state: ChartState<C>
  /** Timers that run from now on. One of an earlier id replaces it. */
  readonly set: readonly Timer[]
  /** Timers that run no longer, if they did; never one that is in `set`. */
  readonly cancelled: readonly string[]
  readonly effects: readonly Effect[]
  /** The chart reached a final state. */
  readonly done: boolean
  /** False when the event changed nothing at all. */
  readonly changed: boolean
}

interface TakenAction {
  readonly type: string
  readonly params: Record<string, unknown> | undefined
}

export interface Chart<C, E extends EventObject> {
  readonly machine: AnyStateMachine
  start(input?: unknown): Reached<C>
  send(state: ChartState<C>, event: E): Reached<C>
}

/** Wraps a machine. Context factories must tolerate an undefined input and draw nothing random. */
export function chartOf<C, E extends EventObject>(machine: AnyStateMachine): Chart<C, E> {
  let taken: TakenAction[] = []
  const actor = createActor(machine)
  const nothing = () => {}
  const scope = {
    self: actor,
    id: '',
    sessionId: '',
    logger: nothing,
    defer: nothing,
    stopChild: nothing,
    emit: nothing,
    system: actor.system,
    actionExecutor: (action: TakenAction) => taken.push(action),
  } as never
  /** A cache only: what is not in it is rehydrated from value and context. */
  const snapshots = new WeakMap<object, AnyMachineSnapshot>()

  function reached(snapshot: AnyMachineSnapshot, before: AnyMachineSnapshot | undefined): Reached<C> {
    const set = new Map<string, Timer>()
    const cancelled = new Set<string>()
    const effects: Effect[] = []
    // In order: a state may be left and entered again, or entered and left, within one step.
    for (const { type, params } of taken) {
      if (type === 'xstate.cancel') {
        set.delete(params?.sendId as string)
        cancelled.add(params?.sendId as string)
      } else if (type !== 'xstate.raise') effects.push({ type, params })
      // An undelayed raise is listed although it was already taken within this step.
      else if (params?.delay !== undefined) {
        const id = params.id as string
        cancelled.delete(id)
        set.set(id, { id, afterMs: params.delay as number, event: params.event as EventObject })
      }
    }
    const state: ChartState<C> = { value: snapshot.value, context: snapshot.context as C }
    snapshots.set(state, snapshot)
    return {
      state,
      set: [...set.values()],
      cancelled: [...cancelled],
      effects,
      done: snapshot.status === 'done',
      changed: snapshot !== before || taken.length > 0,
    }
  }

  return {
    machine,
    start(input) {
      taken = []
      return reached(machine.getInitialSnapshot(scope, input) as AnyMachineSnapshot, undefined)
    },
    send(state, event) {
      const before = snapshots.get(state) ?? (machine.resolveState(state as never) as AnyMachineSnapshot)
      taken = []
      return reached(machine.transition(before as never, event, scope) as AnyMachineSnapshot, before)
    },
  }
}
