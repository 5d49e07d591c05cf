/**
 * What changes in a story when its cluster has another version: the story is really played in both, and once more for every
 * switch that differs, with only that one turned. A door of its own beside `sim/index.ts`, because it is wanted rarely.
 * Leaves out how a difference is told.
 */
import type { ClusterSettings } from '../api/strategy.ts'
import type { Switches, SwitchName } from '../api/switches.ts'
import { BEHAVIOURS, GATES, SWITCH_NAMES, switchesOf } from '../api/switches.ts'
import { same } from '../kernel/equality.ts'
import { entriesOf } from './play.ts'
import type { Entry, Stage } from './steps.ts'
import type { Difference } from './tale.ts'
import { Tale } from './tale.ts'
import type { Scenario } from './types.ts'

export type { CourseLine } from './tale.ts'

/** Plays one and the same story in a cluster of these settings. */
export type Player = (settings: ClusterSettings) => Iterable<Entry>

/** The player of a scenario. */
export const storyPlayer =
  (stage: Stage, scenario: Scenario): Player =>
  (settings) =>
    entriesOf(stage, scenario, settings)

export interface SwitchChange extends Difference {
  readonly name: SwitchName
  readonly source: string
  readonly from: boolean | number
  readonly to: boolean | number
}

export interface Comparison extends Difference {
  readonly switches: readonly SwitchChange[]
}

/** Entries between two breaths. */
const BREATH = 32

/** How much is done, from 0 to 1. */
type Progress = number

const sourceOf = (name: SwitchName): string => ({ ...GATES, ...BEHAVIOURS })[name].source

function* told(player: Player, settings: ClusterSettings, done: Progress): Generator<Progress, Tale, void> {
  const tale = new Tale(switchesOf(settings))
  let entries = 0
  for (const entry of player(settings)) {
    tale.add(entry)
    entries += 1
    if (entries % BREATH === 0) yield done
  }
  yield done
  return tale
}

/** The settings with one switch as another cluster has it. */
function turned(settings: ClusterSettings, name: SwitchName, other: Switches): ClusterSettings {
  return { ...settings, overrides: { ...settings.overrides, [name]: other[name] } }
}

/** The switches that differ between two clusters. */
export function changedSwitches(from: ClusterSettings, to: ClusterSettings): readonly SwitchName[] {
  const [before, after] = [switchesOf(from), switchesOf(to)]
  return SWITCH_NAMES.filter((name) => !same(before[name], after[name]))
}

/**
 * Compares a story in two clusters. Yields how much is done, and pauses there so that whoever waits may draw; a switch
 * matters when turning it alone makes another story of it.
 */
export function* compared(
  player: Player,
  from: ClusterSettings,
  to: ClusterSettings,
): Generator<Progress, Comparison, void> {
  const names = changedSwitches(from, to)
  const total = 2 + names.length
  const [before, after] = [switchesOf(from), switchesOf(to)]
  const first = yield* told(player, from, 0)
  const second = yield* told(player, to, 1 / total)
  const whole = first.differenceTo(second)
  const differs = whole.course !== undefined || whole.wording !== undefined
  const switches: SwitchChange[] = []
  for (const [index, name] of names.entries()) {
    const done = (2 + index) / total
    const alone = differs ? (yield* told(player, turned(to, name, before), done)).differenceTo(second) : {}
    switches.push({ name, source: sourceOf(name), from: before[name], to: after[name], ...alone })
  }
  // Where no switch alone takes the difference back, one alone may bring it.
  if (whole.course && !switches.some(({ course }) => course))
    for (const [index, change] of switches.entries()) {
      const alone = first.differenceTo(yield* told(player, turned(from, change.name, after), 1))
      if (alone.course) switches[index] = { ...change, ...alone }
    }
  return { ...whole, switches }
}
