/** `chartOf` against XState's own `transition()`, on random sequences of events and timers of several machines. */
import { describe, expect, it } from 'vitest'
import type { AnyMachineSnapshot, AnyStateMachine, EventObject } from 'xstate'
import { assign, initialTransition, raise, setup, transition } from 'xstate'
import { drawFrom } from '../kernel/random.ts'
import type { Chart, ChartState, Reached } from './chart.ts'
import { chartOf } from './chart.ts'
import { containerLifecycle } from './containerLifecycle.ts'
import type { ContainerPlan } from './containerPlan.ts'
import { podLifecycle } from './podLifecycle.ts'

type AnyEvent = EventObject & { readonly at: number; readonly [key: string]: unknown }
type AnyChart = Chart<object, AnyEvent>
type Random = (below: number) => number

interface Taken {
  readonly type: string
  readonly params?: { readonly id?: string; readonly sendId?: string; readonly delay?: number }
}

/** What the public function says, in the shape of `Reached`: the last word about each timer counts. */
function publicly(
  machine: AnyStateMachine,
  before: AnyMachineSnapshot | undefined,
  give: object,
): {
  snapshot: AnyMachineSnapshot
  said: Omit<Reached<object>, 'state' | 'changed'> & { value: unknown; context: unknown }
} {
  const [snapshot, actions] = (
    before ? transition(machine, before, give as EventObject) : initialTransition(machine, give as never)
  ) as [AnyMachineSnapshot, readonly Taken[]]
  const set = new Map<string, { id: string; afterMs: number }>()
  const cancelled = new Set<string>()
  const effects: string[] = []
  for (const { type, params } of actions) {
    if (type === 'xstate.raise' && params?.delay !== undefined) {
      const id = params.id as string
      set.delete(id)
      set.set(id, { id, afterMs: params.delay })
      cancelled.delete(id)
    } else if (type === 'xstate.cancel') {
      set.delete(params?.sendId as string)
      cancelled.add(params?.sendId as string)
    } else if (type !== 'xstate.raise') effects.push(type)
  }
  const { value, context, status } = snapshot
  return {
    snapshot,
    said: { value, context, set: [...set.values()], cancelled: [...cancelled], effects, done: status === 'done' },
  }
}

const saidBy = ({ state, set, cancelled, effects, done }: Reached<object>) => ({
  ...state,
  set,
  cancelled,
  effects,
  done,
})

function randomOf(seed: number): Random {
  const streams: Record<string, number> = {}
  return (below) => {
    return Math.floor(drawFrom(seed, streams, 'chart') * below)
  }
}

/** Walks both side by side; on the way the chart's state goes through JSON now and then. Returns how many steps moved. */
function compare(chart: AnyChart, input: object, events: readonly object[], seed: number, steps: number): number {
  const random = randomOf(seed)
  let at = 0
  let moved = 0
  let { snapshot, said } = publicly(chart.machine, undefined, input)
  let reached = chart.start(input)
  let timers = new Map<string, number>()
  const keep = ({ set, cancelled }: Reached<object>) => {
    timers = new Map(timers)
    for (const id of cancelled) timers.delete(id)
    for (const { id, afterMs } of set) timers.set(id, at + afterMs)
  }
  keep(reached)
  expect(saidBy(reached)).toEqual(said)
  for (let step = 0; step < steps; step++) {
    const due = [...timers].sort((a, b) => a[1] - b[1])
    const timer = due.length > 0 && random(2) === 0 ? due[random(due.length)] : undefined
    if (timer) timers.delete(timer[0])
    at = timer ? Math.max(at, timer[1]) : at + random(4000)
    const event = { ...(timer ? { type: timer[0] } : events[random(events.length)]), at } as AnyEvent
    const state: ChartState<object> = random(3) === 0 ? JSON.parse(JSON.stringify(reached.state)) : reached.state
    const before = snapshot
    ;({ snapshot, said } = publicly(chart.machine, snapshot, event))
    reached = chart.send(state, event)
    expect(saidBy(reached), `step ${step}: ${JSON.stringify(event)}`).toEqual(said)
    if (snapshot !== before) moved += 1
    if (!reached.changed) expect(said).toMatchObject({ set: [], cancelled: [], effects: [] })
    keep(reached)
  }
  return moved
}

const toy = setup({
  types: {} as { context: { count: number; last: number }; events: AnyEvent },
  delays: { wait: ({ context, event }) => 10 * context.count + ((event.at || 0) % 7), brief: 25 },
  guards: { odd: ({ context }) => context.count % 2 === 1, many: ({ context }) => context.count > 5 },
  actions: {
    tell: () => {},
    tellAll: () => {},
    count: assign({ count: ({ context }) => context.count + 1, last: 0 }),
    date: assign(({ event }) => ({ last: event.at })),
    restart: assign({ count: 0 }),
  },
}).createMachine({
  id: 'toy',
  context: { count: 0, last: 0 },
  type: 'parallel',
  states: {
    a: {
      initial: 'one',
      on: { count: { actions: ['count', 'date'] } },
      states: {
        one: {
          after: { wait: { target: 'two', actions: 'count' } },
          on: { again: { target: 'one', reenter: true } },
        },
        two: { entry: 'tell', exit: 'tellAll', after: { brief: 'one', 900: 'one' }, on: { back: 'one' } },
      },
    },
    b: {
      initial: 'low',
      states: {
        low: { always: { guard: 'odd', target: 'passing' }, on: { count: {} } },
        // Entered and left within one step: its timer never runs.
        passing: { after: { wait: 'low' }, always: { guard: 'many', target: 'high' } },
        high: { on: { again: { target: 'low', actions: 'restart' } } },
      },
    },
  },
})

const plan: ContainerPlan = {
  restartPolicy: 'Always',
  pullable: true,
  pullMs: 1800,
  startMs: 600,
  readyMs: 200,
  stopMs: 900,
  preStopMs: 700,
  killMs: 80,
  crashAfterMs: null,
  crashExitCode: 1,
  crashOutOfMemory: false,
  resyncMs: 1000,
  configAgainMs: 12_000,
  needsNames: false,
  probe: null,
  startup: null,
  liveness: null,
  liveMs: 9000,
}
const probe = {
  anchor: 0,
  initialDelayMs: 3000,
  periodMs: 5000,
  failureThreshold: 3,
  successThreshold: 2,
  graceMs: 2000,
}

const threeProbes = { ...plan, probe, startup: probe, liveness: { ...probe, periodMs: 3000 } }
const hang = { type: 'hang' }

const containerEvents = [
  { type: 'start', pullMs: 1800 },
  { type: 'start', pullMs: null },
  { type: 'exit', exitCode: 3 },
  { type: 'configured', config: { error: 'not found', on: 'ConfigMap/default/a' } },
  { type: 'configured', config: { env: {} } },
  { type: 'named' },
  { type: 'hold' },
  { type: 'hold' },
  { type: 'release' },
  { type: 'nothing of the kind' },
]
const stop = { type: 'stop', graceMs: 2000 }

const podEvents = [
  { type: 'bound' },
  { type: 'claimsBound' },
  { type: 'volumeBusy' },
  { type: 'volumeFree' },
  { type: 'containers', started: true, ready: true, ended: false, over: false, next: false },
  { type: 'containers', started: true, ready: false, ended: false, over: true, next: true },
  { type: 'initPassed' },
  { type: 'containers', started: true, ready: false, ended: true, over: true, next: false },
]
const ends = [
  { type: 'delete', graceMs: 10_000 },
  { type: 'evict', reason: 'Evicted', graceMs: 2000 },
]

describe('a chart says what XState’s own transition says', () => {
  const cases: readonly (readonly [string, AnyChart, object, readonly object[]])[] = [
    ['toy', chartOf<object, AnyEvent>(toy), {}, ['count', 'count', 'again', 'back', 'other'].map((type) => ({ type }))],
    ['container', containerLifecycle as never, plan, containerEvents],
    ['container with a probe', containerLifecycle as never, { ...plan, probe }, containerEvents],
    ['container that stops', containerLifecycle as never, { ...plan, probe }, [...containerEvents, stop]],
    ['container with three probes', containerLifecycle as never, threeProbes, [...containerEvents, hang, stop]],
    ['container that a probe ends', containerLifecycle as never, { ...threeProbes, liveMs: null }, containerEvents],
    ['crashing container', containerLifecycle as never, { ...plan, crashAfterMs: 1200 }, containerEvents],
    ['container of a bad image', containerLifecycle as never, { ...plan, pullable: false }, containerEvents],
    ['pod', podLifecycle as never, { attachMs: 800, unmountMs: 200, graceMs: 30_000 }, podEvents],
    [
      'pod that ends',
      podLifecycle as never,
      { attachMs: 800, unmountMs: 200, graceMs: 30_000 },
      [...podEvents, ...ends],
    ],
  ]
  it.each(cases)('%s', (_name, chart, input, events) => {
    let moved = 0
    for (let seed = 1; seed <= 12; seed++) moved += compare(chart, input, events, seed, 40)
    expect(moved).toBeGreaterThan(30)
  })
})

describe('timers of one step', () => {
  const chart = chartOf<{ count: number; last: number }, AnyEvent>(toy)
  const start = chart.start()

  it('a timer that is set anew counts as set, not as cancelled, and as a change', () => {
    const { set, cancelled, changed } = chart.send(start.state, { type: 'again', at: 3 })
    expect(set).toEqual([{ id: 'xstate.after.wait.toy.a.one', afterMs: 3 }])
    expect([cancelled, changed]).toEqual([[], true])
  })

  it('a timer of a state that is entered and left at once never runs', () => {
    const state = { value: start.state.value, context: { count: 6, last: 0 } }
    const { set, state: after } = chart.send(state, { type: 'count', at: 0 })
    expect(after.value).toEqual({ a: 'one', b: 'high' })
    expect(set).toEqual([])
  })

  it('an event that means nothing changes nothing', () => {
    expect(chart.send(start.state, { type: 'other', at: 0 })).toMatchObject({ changed: false, set: [], effects: [] })
  })
})

describe('a chart follows trails', () => {
  it('XState goes a way once, and again only where a guard answers otherwise', () => {
    let asked = 0
    const counting = toy.provide({
      guards: {
        odd: ({ context }) => {
          asked += 1
          return context.count % 2 === 1
        },
      },
    })
    const chart = chartOf<{ count: number; last: number }, AnyEvent>(counting)
    const asks = (count: number): number => {
      const { value } = chart.start().state
      asked = 0
      chart.send({ value, context: { count, last: 0 } }, { type: 'other', at: 0 })
      return asked
    }
    const first = asks(0)
    expect(asks(2)).toBeLessThan(first)
    expect(asks(1)).toBeGreaterThan(asks(3))
  })

  it('gives equal states the very same value', () => {
    const chart = chartOf<{ count: number; last: number }, AnyEvent>(toy)
    const once = chart.send(chart.start().state, { type: 'count', at: 1 })
    const again = chart.send(JSON.parse(JSON.stringify(chart.start().state)), { type: 'count', at: 8 })
    expect(again.state.value).toBe(once.state.value)
    expect(again.state.context).toEqual({ count: 1, last: 8 })
  })
})

describe('a machine of which trails would not tell everything is refused', () => {
  const named = setup({ actions: { tell: (_, _params: { n: number }) => {} }, guards: { yes: () => true } })
  const cases: readonly (readonly [string, AnyStateMachine])[] = [
    ['an action without a name', named.createMachine({ id: 'odd', entry: () => {} })],
    ['an action with params', named.createMachine({ id: 'odd', entry: { type: 'tell', params: { n: 1 } } })],
    ['a guard without a name', named.createMachine({ id: 'odd', on: { go: { guard: () => true } } })],
    ['an event that is raised', named.createMachine({ id: 'odd', on: { go: { actions: raise({ type: 'on' }) } } })],
    [
      'a region that ends',
      named.createMachine({
        id: 'odd',
        type: 'parallel',
        states: { region: { initial: 'end', states: { end: { type: 'final' } } } },
      }),
    ],
  ]
  it.each(cases)('%s', (_name, machine) => {
    expect(() => chartOf(machine)).toThrow(/^(guards and actions of the chart|the end of a region).*odd/)
  })
})
