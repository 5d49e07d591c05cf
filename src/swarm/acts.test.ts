/** That every act there is has a draw; that each also goes through is seen to where the swarm runs. */
import { expect, it } from 'vitest'
import { makeSim } from '../sim/index.ts'
import type { CommandType } from '../sim/kernel/command.ts'
import { BY_TYPE } from './acts.ts'
import { Dice } from './dice.ts'
import { groundOf } from './ground.ts'

const { seed, settings } = groundOf(1)
const world = makeSim().create(seed, settings)

it.each(Object.keys(BY_TYPE) as CommandType[])('draws %s, and nothing else under its name', (type) => {
  expect(BY_TYPE[type].length).toBeGreaterThan(0)
  for (const [weight, draw] of BY_TYPE[type]) {
    expect(weight).toBeGreaterThan(0)
    expect(draw(new Dice(1), world, groundOf(1)).type).toBe(type)
  }
})
