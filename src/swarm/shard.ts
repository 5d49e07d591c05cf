/** A stretch of the swarm's seeds as tests: one for each seed, which is in its title. What fails is told short and kept as a file. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { BY_TYPE } from './acts.ts'
import { failureIn, makeSim } from './report.ts'
import { swarmRun } from './run.ts'

const ACTS = 200
const SHARDS = 4
const SEEDS_OF_A_SHARD = 125
const FOLDER = 'test-results/swarm'

/** Declares the tests of one shard, the first being 1. */
export function swarmShard(shard: number): void {
  const kernel = makeSim()
  const first = (shard - 1) * SEEDS_OF_A_SHARD + 1
  const seeds = Array.from({ length: SEEDS_OF_A_SHARD }, (_, index) => first + index)
  const done = new Set<string>()
  describe(`the swarm, part ${shard} of ${SHARDS}`, () => {
    it.each(seeds)(`holds every guarantee over ${ACTS} random acts: seed %i`, (seed) => {
      const run = swarmRun(kernel, seed, ACTS)
      for (const { command } of run.acts) done.add(command.type)
      const failure = failureIn(kernel, seed, run)
      if (!failure) return
      mkdirSync(FOLDER, { recursive: true })
      const file = resolve(join(FOLDER, `seed-${seed}.ordinal.json`))
      writeFileSync(file, failure.file)
      expect.fail(`${failure.text}\nplay it: open ${file} in the page`)
    })

    // One shard stands for all: they differ by their seeds alone.
    if (shard === 1)
      it('leaves out nothing that may befall a cluster: every act there is was done', () => {
        expect([...done].sort()).toEqual(Object.keys(BY_TYPE).sort())
      })
  })
}
