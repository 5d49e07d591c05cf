/**
 * Has XState take one step of a machine and writes down the way it went: which guards it asked and what they answered,
 * which notes, timers and effects there were, and where it arrived. `chart.ts` keeps these trails and follows them.
 * Leaves out whatever a trail could not tell for other contexts and events: a machine that has it is refused.
 */
import type { AnyMachineSnapshot, AnyStateMachine, AnyStateNode, EventObject, StateValue } from 'xstate'
import { assign, createActor } from 'xstate'

/** What guards, delays and notes look at. */
export interface Seen {
  context: object
  readonly event: EventObject
}

export type Guard = (seen: Seen) => boolean
/** In ms. */
export type Delay = (seen: Seen) => number
/** The whole context as it is after the note. */
export type Note = (seen: Seen) => object

export type Mark =
  | { readonly is: 'guard'; readonly guard: Guard; readonly yes: boolean }
  | { readonly is: 'note'; readonly note: Note }
  | { readonly is: 'timer'; readonly id: string; readonly delay: Delay }
  | { readonly is: 'cancel'; readonly id: string }
  | { readonly is: 'effect'; readonly name: string }

export interface Trail {
  readonly marks: readonly Mark[]
  readonly value: StateValue
  /** A final state was reached. */
  readonly done: boolean
  /** False when XState took no transition, or one that does nothing. */
  readonly changed: boolean
}

interface State {
  readonly value: StateValue
  readonly context: object
}

export interface Trails {
  /** The context and the event with which the machine starts. */
  beginning(input: unknown): { readonly state: State; readonly event: EventObject }
  start(input: unknown): Trail
  send(state: State, event: EventObject): Trail
}

interface TakenAction {
  readonly type: string
  readonly params?: { readonly id?: string; readonly sendId?: string; readonly delay?: number }
}

type Assignment = ((seen: Seen) => object) | Readonly<Record<string, unknown>>

/** The assignment of an action that was made by `assign`; undefined for all others. */
const assignmentOf = (action: unknown): Assignment | undefined =>
  (action as { readonly assignment?: Assignment } | undefined)?.assignment

function noteOf(assignment: Assignment): Note {
  if (typeof assignment === 'function') return (seen) => Object.assign({ ...seen.context }, assignment(seen))
  const parts = Object.entries(assignment)
  return (seen) => {
    const context = { ...seen.context } as Record<string, unknown>
    for (const [key, part] of parts) context[key] = typeof part === 'function' ? part(seen) : part
    return context
  }
}

const mapped = <T>(from: Readonly<Record<string, unknown>>, change: (part: unknown) => T) =>
  Object.fromEntries(Object.entries(from).map(([name, part]) => [name, change(part)]))

/** Stands by name, or is what `after` makes of a named delay. */
const isNamed = (action: unknown): boolean => {
  const { id, sendId } = action as { readonly id?: string; readonly sendId?: string }
  return typeof action === 'string' || (id ?? sendId)?.startsWith('xstate.after.') === true
}

/** Throws when a trail through this state would not tell everything. */
function demandNames(node: AnyStateNode): void {
  const transitions = [...[...node.transitions.values()].flat(), ...(node.always ?? [])]
  const actions = [...node.entry, ...node.exit, ...transitions.flatMap((transition) => transition.actions)]
  const guards = transitions.flatMap(({ guard }) => guard ?? [])
  if (!actions.every(isNamed) || guards.some((guard) => typeof guard !== 'string'))
    throw new Error(`guards and actions of the chart stand by name and without params; not so at ${node.id}`)
  if (node.type === 'final' && node.parent?.parent)
    throw new Error(`the end of a region raises an event, which a chart does not take: ${node.id}`)
  for (const child of Object.values(node.states)) demandNames(child as AnyStateNode)
}

/** Readies a machine for writing its ways down. Throws when its guards or actions do not stand by name. */
export function trailsOf(machine: AnyStateMachine): Trails {
  demandNames(machine.root)
  let marks: Mark[] = []
  let delay: Delay | undefined
  const { guards, delays, actions } = machine.implementations
  const marking = machine.provide({
    guards: mapped(guards, (guard) => (seen: Seen) => {
      const yes = (guard as Guard)(seen)
      marks.push({ is: 'guard', guard: guard as Guard, yes })
      return yes
    }),
    delays: mapped(delays, (given) => (seen: Seen) => {
      delay = typeof given === 'function' ? (given as Delay) : () => given as number
      return delay(seen)
    }),
    actions: mapped(actions, (action) => {
      const assignment = assignmentOf(action)
      if (!assignment) return action
      const note = noteOf(assignment)
      return assign((seen: Seen) => {
        marks.push({ is: 'note', note })
        return note(seen)
      })
    }),
  } as never) as AnyStateMachine
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
    actionExecutor: ({ type, params = {} }: TakenAction) => {
      if (type === 'xstate.cancel') marks.push({ is: 'cancel', id: params.sendId as string })
      else if (type === 'xstate.raise') {
        const { id, delay: ms } = params
        marks.push({ is: 'timer', id: id as string, delay: delay ?? (() => ms as number) })
        delay = undefined
      } else marks.push({ is: 'effect', name: type })
    },
  } as never

  function trail(go: () => AnyMachineSnapshot, before?: AnyMachineSnapshot): Trail {
    marks = []
    const after = go()
    if (after.status === 'error') throw after.error
    const taken = marks.some(({ is }) => is !== 'guard')
    return { marks, value: after.value, done: after.status === 'done', changed: after !== before || taken }
  }

  const { context } = machine.config
  return {
    beginning: (input) => ({
      state: { value: {}, context: typeof context === 'function' ? context({ input } as never) : (context ?? {}) },
      event: { type: 'xstate.init', input } as EventObject,
    }),
    start: (input) => trail(() => marking.getInitialSnapshot(scope, input as never)),
    send(state, event) {
      const before = marking.resolveState(state as never) as AnyMachineSnapshot
      return trail(() => marking.transition(before as never, event, scope) as AnyMachineSnapshot, before)
    },
  }
}
