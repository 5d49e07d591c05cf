/** Plays a scenario over a kernel, one beat at a time, and judges what each beat expects. */
import type { ClusterSettings } from '../api/strategy.ts'
import type { World } from '../kernel/types.ts'
import { judge } from './expectations.ts'
import type { Entry, Stage } from './steps.ts'
import { checked, namespaceOf, openingSteps, taken } from './steps.ts'
import type { Beat, Scenario } from './types.ts'

export interface PlayedBeat {
  readonly beat: Beat
  readonly entries: readonly Entry[]
  readonly after: World
}

const openingBeat = (scenario: Scenario): Beat => ({ name: 'opening', steps: openingSteps(scenario) })

/** Plays one beat from this world on. */
export function playBeat(stage: Stage, scenario: Scenario, beat: Beat, start: World): PlayedBeat {
  const entries: Entry[] = []
  let after = start
  for (const entry of played(stage, scenario, beat, start)) {
    entries.push(entry)
    if (entry.kind === 'moment') after = entry.transition.world
  }
  return { beat, entries, after }
}

/** The opening, then beat after beat, in a cluster of these settings (see `settingsOf`). */
export function* play(stage: Stage, scenario: Scenario, settings: ClusterSettings): Generator<PlayedBeat, void, void> {
  let last = playBeat(stage, scenario, openingBeat(scenario), stage.kernel.create(scenario.seed, settings))
  yield last
  for (const beat of scenario.beats) {
    last = playBeat(stage, scenario, beat, last.after)
    yield last
  }
}

/** All entries of a story one by one, its opening first: for whoever wants to pause in the middle of a beat. */
export function* entriesOf(stage: Stage, scenario: Scenario, settings: ClusterSettings): Generator<Entry, void, void> {
  let world = stage.kernel.create(scenario.seed, settings)
  for (const beat of [openingBeat(scenario), ...scenario.beats])
    for (const entry of played(stage, scenario, beat, world)) {
      if (entry.kind === 'moment') world = entry.transition.world
      yield entry
    }
}

function* played(stage: Stage, scenario: Scenario, beat: Beat, start: World): Generator<Entry, void, void> {
  const facts = []
  let world = start
  for (const step of beat.steps) {
    for (const entry of taken(stage, scenario, step, world)) {
      if (entry.kind === 'moment') {
        world = entry.transition.world
        facts.push(...entry.transition.facts)
      }
      yield entry
    }
    if ('expect' in step) {
      const { holds, found } = judge({ world, start, facts, namespace: namespaceOf(scenario) }, step.expect)
      yield checked(world, step, holds, found)
    }
  }
}
