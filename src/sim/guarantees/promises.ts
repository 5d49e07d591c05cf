/**
 * The promises of progress (LIV-1 … LIV-9): what a moment of the cluster still owes, and for each debt whether it is
 * being seen to, what holds it up, or that it is overdue. Asked of one world at a time, so it holds for every moment of a
 * history. A debt is seen to while somebody whose work it is will look at it; one that nobody will look at, and that no
 * obstacle in the state explains, is overdue. Each obstacle is a thing of its own with debts of its own.
 */

import { listObjects } from '../kernel/apiServer.ts'
import type { Violation, World } from '../kernel/types.ts'
import type { Debt } from './promiseScene.ts'
import { Scene } from './promiseScene.ts'
import { claimDebts, nameDebts, orphanedPodDebts, setEndDebts } from './promisesOfRest.ts'
import { setDebts } from './promisesOfSet.ts'

export const PROMISES = ['LIV-1', 'LIV-2', 'LIV-3', 'LIV-4', 'LIV-5', 'LIV-6', 'LIV-7', 'LIV-8', 'LIV-9'] as const

/**
 * Everything that is promised and not so yet; empty when all is as it should be. A sync that will be tried again counts as
 * being seen to, unless retries are not trusted: that asks for a time at which the longest back-off has passed.
 */
export function debtsOf(world: World, trustsRetries = true): readonly Debt[] {
  const scene = new Scene(world, trustsRetries)
  const sets = listObjects(world.objects, 'StatefulSet')
  return [
    ...sets.flatMap((set) =>
      set.metadata.deletionTimestamp === undefined ? setDebts(scene, set) : setEndDebts(scene, set),
    ),
    ...orphanedPodDebts(scene),
    ...claimDebts(scene),
    ...sets.flatMap((set) => nameDebts(scene, set)),
  ]
}

/** The debts that nothing explains, told like broken rules. */
export const overdue = (world: World, trustsRetries = true): readonly Violation[] =>
  debtsOf(world, trustsRetries)
    .filter(({ state }) => state === 'overdue')
    .map(({ promise, subject, owed }) => ({
      rule: promise,
      at: world.now,
      subject,
      message: `${owed}: nothing holds it up and nobody will look at it`,
    }))
