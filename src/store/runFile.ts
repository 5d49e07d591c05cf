/**
 * A run as text: a seed, what it began with, every act with its moment, and where it ended. Replaying that gives the same
 * bytes (`replay.ts`). Written here, since a run can be saved at any moment, also when something goes wrong early.
 */
import type { World } from '../sim/index.ts'
import { fnv1a } from '../sim/index.ts'
import type { RunFile } from './replay.ts'
import type { Run } from './run.ts'
import type { Telling } from './story.ts'

export const FORMAT = 'ordinal-run'
export const FORMAT_VERSION = 1

/** What two worlds can hardly share by chance: how much happened, and where every random stream stands. */
export const digestOf = ({ sequence, revision, factCount, random }: World): string =>
  fnv1a(JSON.stringify([sequence, revision, factCount, random]))
    .toString(16)
    .padStart(8, '0')

/** The run as text. Written in full: what lies after the moment shown belongs to it too. */
export function writeRun(run: Run, telling: Telling | undefined, engine: string): string {
  const { seed, settings, scenario, commands } = run.opening
  const { world, turn } = run.newest
  const acts = run.history
    .all()
    .flatMap(({ at, turn, turns, given }) => (given ? [{ at, turn: turn - turns, command: given.command }] : []))
  const file: RunFile = {
    format: FORMAT,
    formatVersion: FORMAT_VERSION,
    engine,
    seed,
    settings,
    ...(scenario !== undefined && { scenario }),
    opening: [...commands],
    acts,
    ...(telling && { told: telling.told.map((beat) => ({ ...beat })), pending: telling.pending }),
    shown: { ...run.here },
    end: { at: Math.max(run.end.now, run.now, world.now), turn, digest: digestOf(world) },
  }
  return JSON.stringify(file)
}
