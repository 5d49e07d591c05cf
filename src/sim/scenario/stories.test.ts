/**
 * Plays every scenario of the page and holds its transcript against the golden one beside it. What a story does must not
 * depend on how time is sliced, on a trip through JSON, or on anything but its seed; and no guarantee may break in it.
 * `npm run story -- --update` rewrites the transcripts: the difference is the review.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { scenarios } from '../../content/scenarios/index.ts'
import type { SimTime } from '../api/types.ts'
import { DEFAULT_SETTINGS, kubectlLine, makeSim } from '../index.ts'
import type { Command } from '../kernel/command.ts'
import type { World } from '../kernel/types.ts'
import { readManifests } from '../manifest/index.ts'
import type { PlayedBeat } from './play.ts'
import { play } from './play.ts'
import { settingsOf } from './steps.ts'
import { beatLines } from './transcript.ts'
import type { Scenario } from './types.ts'

const kernel = makeSim({ freeze: true })
const stage = { kernel, read: readManifests }
const rewrite = process.env.ORDINAL_STORY_UPDATE === '1'

const bytes = (world: World): string => JSON.stringify(world)
const goldenFile = ({ id }: Scenario): string =>
  fileURLToPath(new URL(`../../content/scenarios/${id}.story.txt`, import.meta.url))

const played = (scenario: Scenario): readonly PlayedBeat[] => [
  ...play(stage, scenario, settingsOf(scenario, DEFAULT_SETTINGS)),
]
const lastOf = (beats: readonly PlayedBeat[]): World => (beats.at(-1) as PlayedBeat).after

const transcript = (scenario: Scenario, beats: readonly PlayedBeat[]): string =>
  [`${scenario.id} · seed ${scenario.seed}`, '', ...beats.flatMap((beat) => beatLines(beat, kubectlLine))].join('\n')

interface Given {
  readonly at: SimTime
  readonly command: Command
}

/** The commands of a played story with their moments. */
const commandsOf = (beats: readonly PlayedBeat[]): readonly Given[] =>
  beats.flatMap(({ entries }) =>
    entries.flatMap((entry) =>
      entry.kind === 'moment' && entry.command ? [{ at: entry.transition.world.now, command: entry.command }] : [],
    ),
  )

/** The same commands at the same moments, time between them cut into odd slices; with `json` every slice goes through JSON. */
function replayed(scenario: Scenario, given: readonly Given[], end: SimTime, json: boolean): World {
  let world = kernel.create(scenario.seed, settingsOf(scenario, DEFAULT_SETTINGS))
  const advance = (until: SimTime) => {
    for (let slice = 997; world.now < until; slice = (slice * 7) % 4099) {
      world = kernel.advance(world, Math.min(until, world.now + slice)).world
      if (json && slice % 3 === 0) world = JSON.parse(bytes(world)) as World
    }
  }
  for (const { at, command } of given) {
    advance(at)
    world = kernel.dispatch(world, command).world
  }
  advance(end)
  return world
}

describe.each(scenarios.map((scenario) => [scenario.id, scenario] as const))('%s', (_id, scenario) => {
  const beats = played(scenario)

  it('goes as its golden transcript says', () => {
    const text = transcript(scenario, beats)
    const file = goldenFile(scenario)
    if (rewrite) writeFileSync(file, text)
    expect(text).toBe(readFileSync(file, 'utf8'))
  })

  it('meets everything that it expects', () => {
    const failed = beats.flatMap(({ beat, entries }) =>
      entries.flatMap((entry) =>
        entry.kind === 'check' && !entry.check.holds ? [{ beat: beat.name, ...entry.check }] : [],
      ),
    )
    expect(failed).toEqual([])
  })

  it('breaks no guarantee', () => {
    const violations = beats.flatMap(({ entries }) =>
      entries.flatMap((entry) => (entry.kind === 'moment' ? entry.transition.violations : [])),
    )
    expect(violations).toEqual([])
    expect(Object.values(lastOf(beats).tallies).reduce((sum, { checks }) => sum + checks, 0)).toBeGreaterThan(20)
  })

  it('is the same bytes again, however time is sliced, and through JSON', () => {
    const end = lastOf(beats)
    const given = commandsOf(beats)
    expect(bytes(replayed(scenario, given, end.now, false))).toBe(bytes(end))
    expect(bytes(replayed(scenario, given, end.now, true))).toBe(bytes(end))
  })

  it('is another run with another seed', () => {
    const other = played({ ...scenario, seed: scenario.seed + 1000 })
    expect(bytes(lastOf(other))).not.toBe(bytes(lastOf(beats)))
  })
})
