/** The acts of a run, done again, come to the same acts and moments, also where time was cut short. */
import { expect, it } from 'vitest'
import { makeSim } from '../sim/index.ts'
import type { Kernel } from '../sim/kernel/types.ts'
import { groundOf } from './ground.ts'
import { rerun, swarmRun } from './run.ts'

const plain = makeSim()
/** Something is due in every millisecond, as where a sync undoes itself again and again. */
const spinning: Kernel = { ...plain, nextDue: (world) => Math.min(plain.nextDue(world) ?? Infinity, world.now + 1) }

it.each([
  ['at rest', plain],
  ['spinning', spinning],
])('in a cluster %s', (_, kernel) => {
  const seed = 3
  const first = swarmRun(kernel, seed, 45)
  const again = rerun(kernel, groundOf(seed), first.acts)
  expect(again.acts).toEqual(first.acts)
  expect(again.world.now).toBe(first.world.now)
  expect(again.world.sequence).toBe(first.world.sequence)
})
