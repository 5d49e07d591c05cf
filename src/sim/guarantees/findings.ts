/** How a rule is written: what it looked at is counted, what it found wrong is named. */
import type { ObjectKey } from '../api/kinds.ts'
import type { Rule, RuleResult, Step } from '../kernel/types.ts'
import type { Action, Sync } from './sync.ts'
import { syncOf } from './sync.ts'

export class Findings implements RuleResult {
  checks = 0
  readonly violations: { subject: ObjectKey; message: string }[] = []

  /** Counts one check; when it does not hold, keeps whom it is about and what was done. */
  expect(holds: boolean, subject: ObjectKey, message: () => string): void {
    this.checks += 1
    if (!holds) this.violations.push({ subject, message: message() })
  }
}

/** A rule over any step. */
export function stepRule(id: string, examine: (step: Step, findings: Findings) => void): Rule {
  // Most steps are none of a rule's business: what found nothing is at hand for the next.
  let unused = new Findings()
  return {
    id,
    check(step) {
      if (unused.checks > 0) unused = new Findings()
      examine(step, unused)
      return unused.checks > 0 ? unused : undefined
    },
  }
}

/** A rule over the syncs of the StatefulSet controller. */
export const syncRule = (id: string, examine: (sync: Sync, findings: Findings) => void): Rule =>
  stepRule(id, (step, findings) => {
    const sync = syncOf(step)
    if (sync) examine(sync, findings)
  })

/** A rule over each pod that a sync creates or deletes. */
export const actionRule = (id: string, examine: (action: Action, sync: Sync, findings: Findings) => void): Rule =>
  syncRule(id, (sync, findings) => {
    for (const action of sync.actions) examine(action, sync, findings)
  })
