/**
 * The kernel: virtual time, a queue of wake-ups, two verbs. It names no kind and takes no decision about the cluster;
 * deciders, strategies, rules and the names of facts are handed in. Same world and commands, same bytes, however real
 * time is sliced: advancing to 5 s and then to 9 s equals advancing to 9 s.
 */
import type { ClusterSettings } from '../api/strategy.ts'
import type { SimTime } from '../api/types.ts'
import { isDueSince } from './agenda.ts'
import { emptyTables } from './apiServer.ts'
import type { Command } from './command.ts'
import { seeded } from './random.ts'
import { first } from './sorted.ts'
import { Turn } from './turn.ts'
import type { Kernel, Laws, Tally, Transition, Violation, World } from './types.ts'
import { watchersOf } from './watchers.ts'

const PERSON = { name: 'user', component: 'kubectl', key: '' }

export function makeKernel(laws: Laws): Kernel {
  const deciders = new Map(laws.deciders.map((decider) => [decider.name, decider]))
  const watchers = watchersOf(laws.deciders)

  /** Checks every rule over one step and adds to the tallies. */
  function judged(before: World, turn: Turn, turns: number): Transition {
    const world = turn.world()
    const violations: Violation[] = []
    let tallies: Record<string, Tally> | undefined
    if (turn.changes.length > 0 || turn.facts.length > 0) {
      const step = { before, after: world, changes: turn.changes, facts: turn.facts }
      for (const rule of laws.rules) {
        const result = rule.check(step)
        if (!result) continue
        tallies ??= { ...world.tallies }
        const old = tallies[rule.id] ?? { checks: 0, violations: 0 }
        const found = result.violations.length
        const firstViolationAt = old.firstViolationAt ?? (found > 0 ? world.now : undefined)
        const checks = old.checks + result.checks
        tallies[rule.id] =
          firstViolationAt === undefined
            ? { checks, violations: 0 }
            : { checks, violations: old.violations + found, firstViolationAt }
        for (const violation of result.violations) violations.push({ ...violation, rule: rule.id, at: world.now })
      }
    }
    if (tallies) world.tallies = tallies
    return { world, facts: turn.facts, violations, turns }
  }

  function next(world: World): Transition | undefined {
    const item = first(world.queue)
    if (!item) return undefined
    const decider = deciders.get(item.decider)
    if (!decider) throw new Error(`the queue names an unknown decider: ${item.decider}`)
    const speaker = { name: decider.name, component: decider.component, key: item.key }
    const turn = new Turn(laws, watchers, world, Math.max(world.now, item.at), speaker)
    turn.take(item)
    const due = item.signal ? { id: item.id, signal: item.signal } : { id: item.id }
    const steps = decider.decide(turn.view(), item.key, due)
    let step = steps.next()
    while (!step.done) step = steps.next(turn.do(step.value))
    turn.finish(step.value)
    return judged(world, turn, 1)
  }

  function dispatch(world: World, command: Command): Transition {
    const turn = new Turn(laws, watchers, world, world.now, PERSON)
    const steps = laws.act(turn.view(), command)
    let step = steps.next()
    while (!step.done) step = steps.next(turn.do(step.value))
    if (step.value) return { world, facts: [], violations: [], turns: 0, refusal: step.value }
    const acted = judged(world, turn, 0)
    return isDueSince(acted.world, world.sequence) ? followed(acted) : acted
  }

  /** With all that is due at the same moment. */
  function followed({ world, facts, violations }: Transition): Transition {
    const rest = advance(world, world.now)
    return { ...rest, facts: [...facts, ...rest.facts], violations: [...violations, ...rest.violations] }
  }

  const nextDue = (world: World): SimTime | undefined => first(world.queue)?.at

  function advance(world: World, until: SimTime): Transition {
    const facts = []
    const violations = []
    let current = world
    let turns = 0
    for (let due = nextDue(current); due !== undefined && due <= until; due = nextDue(current)) {
      const transition = next(current) as Transition
      current = transition.world
      facts.push(...transition.facts)
      violations.push(...transition.violations)
      turns += 1
    }
    return { world: current.now < until ? { ...current, now: until } : current, facts, violations, turns }
  }

  function create(seed: number, settings: ClusterSettings): World {
    const empty: World = {
      now: 0,
      sequence: 0,
      revision: 0,
      factCount: 0,
      random: seeded(seed),
      settings,
      objects: emptyTables(),
      queue: [],
      wakes: [],
      failures: [],
      waiting: [],
      memories: [],
      disks: [],
      tallies: {},
    }
    const turn = new Turn(laws, watchers, empty, 0, { ...PERSON, name: 'bootstrap' })
    for (const object of laws.bootstrap(settings)) {
      const answer = turn.do({ do: 'create', object })
      if (!answer.ok) throw new Error(`the cluster cannot be set up: ${answer.refusal.message}`)
    }
    return { ...turn.world(), factCount: 0 }
  }

  return { create, dispatch, advance, next, nextDue }
}
