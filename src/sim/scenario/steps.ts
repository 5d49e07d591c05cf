/**
 * How a story begins, and what one of its steps makes happen: every single transition of the cluster handed out in order, so
 * that a history can keep each as its own moment. Judges no expectation. Reads no YAML itself: the reader of manifests is
 * passed in, because it is loaded later than the rest.
 */
import type { ClusterSettings, Refusal } from '../api/strategy.ts'
import type { AnyObject, SimTime } from '../api/types.ts'
import { readObject } from '../kernel/apiServer.ts'
import type { Command } from '../kernel/command.ts'
import type { Kernel, Transition, World } from '../kernel/types.ts'
import type { ReadManifests } from '../manifest/remarks.ts'
import { refusalOf } from '../manifest/remarks.ts'
import { podHas } from './milestones.ts'
import type { Check, Scenario, Step } from './types.ts'

/** The manifest room's reader, which brings the YAML library with it. */
export type Reader = (
  text: string,
  options: { readonly namespace: string; readonly settings: ClusterSettings },
) => ReadManifests

export interface Stage {
  readonly kernel: Kernel
  readonly read: Reader
}

/** One transition of the cluster, with the command that made it if a person acted; or one thing checked. */
export type Entry =
  | { readonly kind: 'moment'; readonly transition: Transition; readonly command?: Command }
  | { readonly kind: 'check'; readonly check: Check }

export const namespaceOf = ({ namespace = 'default' }: Scenario): string => namespace

/** What a scenario applies at first or later: its manifests, and its namespace where that does not exist yet. */
function applied(world: World, scenario: Scenario, text: string, read: Reader): Command | Refusal {
  const namespace = namespaceOf(scenario)
  const { objects, problems } = read(text, { namespace, settings: world.settings })
  const refusal = refusalOf(problems)
  if (refusal) return refusal
  if (readObject(world.objects, 'Namespace', undefined, namespace)) return { type: 'applyObjects', objects }
  const home = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } } as unknown as AnyObject
  return { type: 'applyObjects', objects: [home, ...objects] }
}

/** The cluster that a scenario is told in: the usual one, with what the scenario says of it, and what is asked for. */
export const settingsOf = (
  scenario: Scenario | undefined,
  usual: ClusterSettings,
  asked: Partial<ClusterSettings> = {},
): ClusterSettings => ({ ...usual, ...scenario?.settings, ...asked })

/** The cluster at time 0 with the scenario's manifests applied. A scenario that cannot be applied is our own mistake. */
export function opening(stage: Stage, scenario: Scenario, settings: ClusterSettings): readonly Entry[] {
  const entries: Entry[] = []
  let world = stage.kernel.create(scenario.seed, settings)
  for (const step of openingSteps(scenario))
    for (const entry of taken(stage, scenario, step, world)) {
      entries.push(entry)
      if (entry.kind === 'moment') world = entry.transition.world
    }
  return entries
}

/** What a story does before its first beat. */
export function openingSteps({ manifests, openingActs = [] }: Scenario): readonly Step[] {
  const apply: readonly Step[] = manifests === '' ? [] : [{ apply: manifests }]
  return [...apply, ...openingActs.map((command): Step => ({ do: command }))]
}

export const checked = (world: World, step: Step, holds: boolean, found: string): Entry => ({
  kind: 'check',
  check: { at: world.now, step, holds, found },
})

/** What a step makes happen. Expectations make nothing happen. */
export function* taken(stage: Stage, scenario: Scenario, step: Step, world: World): Generator<Entry, void, void> {
  const { kernel, read } = stage
  if ('do' in step) yield* given(kernel, world, step, step.do)
  else if ('apply' in step) yield* given(kernel, world, step, applied(world, scenario, step.apply, read))
  else if ('runMs' in step) yield* run(kernel, world, world.now + step.runMs, () => false, true)
  else if ('untilQuietWithinMs' in step) {
    const end = yield* run(kernel, world, world.now + step.untilQuietWithinMs, () => false, false)
    const due = kernel.nextDue(end)
    yield checked(end, step, due === undefined, due === undefined ? 'quiet' : `next thing due at ${due} ms`)
  } else if ('until' in step) {
    const reached = (at: World) => podHas(at, namespaceOf(scenario), step.until, step.is)
    const end = yield* run(kernel, world, world.now + step.withinMs, reached, false)
    yield checked(end, step, reached(end), `${step.until} ${reached(end) ? 'is' : 'is not'} ${step.is}`)
  }
}

function* given(kernel: Kernel, world: World, step: Step, act: Command | Refusal): Generator<Entry, void, void> {
  if (!('type' in act)) return yield checked(world, step, false, act.message)
  const transition = kernel.dispatch(world, act)
  yield { kind: 'moment', transition, command: act }
  if (transition.refusal) yield checked(world, step, false, transition.refusal.message)
}

/**
 * Does everything due up to `end`, or to the end of the instant that is `enough`: a command given then stands after all
 * that happened at its moment, so seed, commands and moments tell the whole run. With `stand` time moves on to `end` itself.
 */
function* run(
  kernel: Kernel,
  start: World,
  end: SimTime,
  enough: (world: World) => boolean,
  stand: boolean,
): Generator<Entry, World, void> {
  let world = start
  let last = enough(world) ? world.now : end
  for (let due = kernel.nextDue(world); due !== undefined && due <= last; due = kernel.nextDue(world)) {
    const transition = kernel.next(world) as Transition
    world = transition.world
    yield { kind: 'moment', transition }
    if (last === end && enough(world)) last = world.now
  }
  if (!stand || world.now >= end) return world
  const transition = kernel.advance(world, end)
  yield { kind: 'moment', transition }
  return transition.world
}
