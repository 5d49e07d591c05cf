/**
 * The run at hand in two versions of Kubernetes: the story of its scenario or, where it has none, what was done in it. Works
 * on a kernel of its own, so nothing of the run changes. Loaded with the part of the view that shows it.
 */
import { scenarios } from '../content/scenarios/index.ts'
import type { ClusterSettings, Refusal, Scenario, Step } from '../sim/index.ts'
import { makeSim, settingsProblem } from '../sim/index.ts'
import { readManifests } from '../sim/manifest/index.ts'
import type { Comparison } from '../sim/scenario/comparison.ts'
import { compared, storyPlayer } from '../sim/scenario/comparison.ts'
import type { RunFile } from './replay.ts'
import { readRunFile } from './replay.ts'
import { QUIET_LIMIT_MS } from './session.ts'

export type { Comparison, CourseLine, SwitchChange } from '../sim/scenario/comparison.ts'

/** What was done in a run, as a story: every act at its moment, then until nothing more happens. */
function storyOfActs({ seed, opening, acts }: RunFile): Scenario {
  let now = 0
  const steps = acts.flatMap(({ at, command }): Step[] => {
    const pause = at - now
    now = at
    return [...(pause > 0 ? [{ runMs: pause }] : []), { do: command }]
  })
  const beat = { name: 'acts', steps: [...steps, { untilQuietWithinMs: QUIET_LIMIT_MS }] }
  return { id: 'run', manifests: '', openingActs: opening, seed, beats: [beat] }
}

/** The cluster of a run in another version; gates that cannot be set there are as that version has them. */
function settingsIn(kubernetes: string, { settings }: RunFile): ClusterSettings {
  const gates = Object.entries(settings.gates as ClusterSettings['gates']).filter(
    ([name, on]) => settingsProblem({ kubernetes, gates: { [name]: on } }) === undefined,
  )
  return { ...settings, kubernetes, gates: Object.fromEntries(gates) }
}

/**
 * Compares a run, as `exportRun` writes it, in two versions. Yields how much is done, from 0 to 1; go on when there is time.
 */
export function comparing(run: string, from: string, to: string): Generator<number, Comparison, void> | Refusal {
  const file = readRunFile(run)
  if ('reason' in file) return file
  const scenario = scenarios.find(({ id }) => id === file.scenario)
  const story: Scenario = scenario ? { ...scenario, seed: file.seed } : storyOfActs(file)
  const player = storyPlayer({ kernel: makeSim(), read: readManifests }, story)
  return compared(player, settingsIn(from, file), settingsIn(to, file))
}
