/** Clusters with a mistake planted: each must be found by the rule that forbids it. */
import { describe, expect, it } from 'vitest'
import { makeSim } from '../sim/index.ts'
import { MUTANTS } from './mutants.ts'
import type { Mutant } from './planting.ts'
import { swarmRun } from './run.ts'

const ACTS = 60
const MOST_SEEDS = 60

/** The first seed whose run breaks the rule. */
function seedThatFinds({ change, rule, from = 1 }: Mutant): number | undefined {
  const kernel = makeSim({ change })
  for (let seed = from; seed < from + MOST_SEEDS; seed++)
    if (swarmRun(kernel, seed, ACTS, { only: rule }).violation) return seed
  return undefined
}

describe('a cluster that', () => {
  it.each(MUTANTS.map((mutant) => [mutant.name, mutant.rule, mutant] as const))(
    '%s is found by %s',
    (_name, _rule, mutant) => {
      expect(seedThatFinds(mutant)).toBeDefined()
    },
  )
})
