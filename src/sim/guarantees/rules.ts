/**
 * All that must hold, in the order in which it is told. `docs/guarantees.md` says each rule in words; the kernel checks
 * every one of these after every step that wrote something.
 */
import type { Rule } from '../kernel/types.ts'
import { BUDGETS } from './budgets.ts'
import { CLUSTER } from './cluster.ts'
import { IDENTITY } from './identity.ts'
import { ORDERING } from './ordering.ts'
import { REVISIONS } from './revisions.ts'
import { STORAGE } from './storage.ts'
import { UPDATING } from './updating.ts'

export const RULES: readonly Rule[] = [
  ...IDENTITY,
  ...ORDERING,
  ...UPDATING,
  ...STORAGE,
  ...REVISIONS,
  ...CLUSTER,
  ...BUDGETS,
]

/** The ids of all guarantees, in code-unit order. */
export const GUARANTEES: readonly string[] = RULES.map(({ id }) => id).sort()
