/** The promises of progress at one moment, one row each, told by the debt that says most: overdue, held up, seen to. */
import type { ObjectKey } from '../api/kinds.ts'
import type { Debt, Obstacle } from '../guarantees/promiseScene.ts'
import { debtsOf, PROMISES } from '../guarantees/promises.ts'
import type { World } from '../kernel/types.ts'

export interface PromiseRow {
  /** `LIV-1`. */
  readonly id: (typeof PROMISES)[number]
  readonly state: 'kept' | Debt['state']
  /** Whom the telling debt is owed to; undefined when nothing is owed. */
  readonly subject?: ObjectKey
  readonly obstacle?: Obstacle
}

const WEIGHT = { seenTo: 0, heldUp: 1, overdue: 2 } as const

function rowOf(id: PromiseRow['id'], debts: readonly Debt[]): PromiseRow {
  let telling: Debt | undefined
  for (const debt of debts)
    if (debt.promise === id && (!telling || WEIGHT[debt.state] > WEIGHT[telling.state])) telling = debt
  if (!telling) return { id, state: 'kept' }
  const { state, subject, obstacle } = telling
  return { id, state, subject, ...(obstacle && { obstacle }) }
}

/** One row for each promise, as they are numbered, over all sets of the cluster. */
export function promisesOf(world: World): readonly PromiseRow[] {
  const debts = debtsOf(world)
  return PROMISES.map((id) => rowOf(id, debts))
}
