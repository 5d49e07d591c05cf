/**
 * How acts are drawn: each type of act has its draws, each with its weight. A draw may look at the world to name what is
 * there, and is then a command like any other. The table has every type there is: a new act must say how it is drawn.
 */
import { listObjects } from '../sim/kernel/apiServer.ts'
import type { Command, CommandType } from '../sim/kernel/command.ts'
import type { World } from '../sim/kernel/types.ts'
import type { Dice } from './dice.ts'
import type { Ground } from './ground.ts'
import { HOME } from './objects.ts'

export type Draw<C extends Command = Command> = (dice: Dice, world: World, ground: Ground) => C
export type Of<T extends CommandType> = Extract<Command, { type: T }>

/** The draws of some types of acts. */
export type DrawsOf<T extends CommandType> = { readonly [K in T]: readonly (readonly [weight: number, Draw<Of<K>>])[] }

/** Names beyond these do not occur. */
export const MOST_REPLICAS = 4

/** Mostly a pod that exists. */
export function podName(dice: Dice, world: World): string {
  const names = listObjects(world.objects, 'Pod', HOME).map(({ metadata }) => metadata.name)
  return names.length === 0 || dice.once(12) ? `web-${dice.upTo(MOST_REPLICAS)}` : dice.oneOf(names)
}

export const pod = (dice: Dice, world: World) => ({ namespace: HOME, name: podName(dice, world) })

/** Mostly a pod whose containers run: what befalls a process needs one. */
export function livePod(dice: Dice, world: World) {
  const running = listObjects(world.objects, 'Pod', HOME).filter(
    ({ status }) => status.containerStatuses?.[0]?.state.running !== undefined,
  )
  return running.length === 0 ? pod(dice, world) : { namespace: HOME, name: dice.oneOf(running).metadata.name }
}

/** Mostly a node that exists, else one that may join. */
export function node(dice: Dice, world: World) {
  const names = listObjects(world.objects, 'Node').map(({ metadata }) => metadata.name)
  const name = names.length === 0 || dice.once(8) ? `node-${1 + dice.upTo(4)}` : dice.oneOf(names)
  return { namespace: HOME, name }
}
