/**
 * What may befall a set: every act that there is, with names that often exist, at moments close to each other or a little
 * apart, and now and then so far apart that what is lost is missed.
 */
import { readObject } from '../sim/kernel/apiServer.ts'
import type { Command, CommandType } from '../sim/kernel/command.ts'
import type { World } from '../sim/kernel/types.ts'
import { ACTS_ON_NODES } from './actsOnNodes.ts'
import { ACTS_ON_OBJECTS } from './actsOnObjects.ts'
import { ACTS_ON_PODS } from './actsOnPods.ts'
import { ACTS_ON_SET } from './actsOnSet.ts'
import type { Dice } from './dice.ts'
import type { Draw, DrawsOf } from './draws.ts'
import type { Ground } from './ground.ts'
import { opening } from './ground.ts'
import { HOME, SET } from './objects.ts'

export interface SwarmAct {
  /** Virtual ms that pass first. */
  readonly afterMs: number
  readonly command: Command
}

/** The draws of every act that there is. */
export const BY_TYPE: DrawsOf<CommandType> = { ...ACTS_ON_SET, ...ACTS_ON_PODS, ...ACTS_ON_NODES, ...ACTS_ON_OBJECTS }

/** Each with its weight. */
const DRAWS: readonly (readonly [weight: number, draw: Draw])[] = Object.values(BY_TYPE).flat()

const WEIGHT = DRAWS.reduce((sum, [weight]) => sum + weight, 0)

function drawOf(dice: Dice): Draw {
  let left = dice.upTo(WEIGHT - 1)
  for (const [weight, draw] of DRAWS) {
    if (left < weight) return draw
    left -= weight
  }
  throw new RangeError('the weights do not add up')
}

/** So long that a lost node is noticed, its pods are driven away, and its volumes taken from it. */
const LONG_MS = [10_000, 60_000, 400_000] as const

/** Mostly at once or within a few turns, now and then when the last act has had its effect, seldom much later. */
const pauseMs = (dice: Dice): number =>
  dice.once(30) ? dice.oneOf(LONG_MS) : dice.upTo(dice.oneOf([0, 0, 5, 20, 60, 200, 1000]))

export function drawAct(dice: Dice, world: World, ground: Ground): SwarmAct {
  const afterMs = pauseMs(dice)
  const gone = !readObject(world.objects, 'StatefulSet', HOME, SET.name)
  return { afterMs, command: gone && dice.once(2) ? opening(ground) : drawOf(dice)(dice, world, ground) }
}
