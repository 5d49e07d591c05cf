/**
 * PDB-1: evictions keep the budget. Held against what the server could know: the budget as it stood when the eviction was
 * decided. That the budget itself counts right is checked whenever its controller writes.
 * Models: pkg/registry/core/pod/storage/eviction.go, pkg/controller/disruption/disruption.go, v1.36.
 */
import { keyOfObject } from '../api/kinds.ts'
import { conditionOf, isReady, isTerminating } from '../api/predicates.ts'
import type { Pod, PodDisruptionBudget } from '../api/types.ts'
import { isHealthy, isUnder } from '../controllers/budgets.ts'
import { listObjects } from '../kernel/apiServer.ts'
import type { Change, Rule, Step } from '../kernel/types.ts'
import type { Findings } from './findings.ts'
import { stepRule } from './findings.ts'

const isTarget = (pod: Pod): boolean => conditionOf(pod, 'DisruptionTarget')?.reason === 'EvictionByEvictionAPI'

/** The pod as it was when this write evicted it; undefined when the write did something else. */
function evictedBy({ before, after }: Change): Pod | undefined {
  const evicted = before?.kind === 'Pod' && after?.kind === 'Pod' && isTarget(after) && !isTarget(before)
  return evicted ? before : undefined
}

/** The budget before and after what the step did to it until then, for the pod; undefined when it is under none. */
const chargeOf = (step: Step, pod: Pod): { before: PodDisruptionBudget; after: PodDisruptionBudget } | undefined => {
  const before = listObjects(step.before.objects, 'PodDisruptionBudget').find((budget) => isUnder(budget, pod))
  const after = listObjects(step.after.objects, 'PodDisruptionBudget').find((budget) => isUnder(budget, pod))
  return before && after && { before, after }
}

/** Only a pod that counts as healthy takes something away from its budget. */
const isCounted = (pod: Pod): boolean => pod.status.phase === 'Running' && isReady(pod) && !isTerminating(pod)

function evictionsAreCharged(step: Step, findings: Findings): void {
  const evicted = step.changes.map(evictedBy).filter((pod) => pod !== undefined)
  for (const pod of evicted) {
    const charge = isCounted(pod) ? chargeOf(step, pod) : undefined
    if (!charge) continue
    const { before, after } = charge
    const charged = evicted.filter((other) => isCounted(other) && isUnder(before, other)).length
    const { name } = pod.metadata
    findings.expect(
      before.status.disruptionsAllowed >= charged,
      keyOfObject(before),
      () => `${name} was evicted although ${before.status.disruptionsAllowed} disruptions were allowed`,
    )
    findings.expect(
      after.status.disruptedPods?.[name] !== undefined,
      keyOfObject(before),
      () => `${name} was evicted without being charged to the budget`,
    )
  }
}

function budgetsCountRight({ changes, before: observed }: Step, findings: Findings): void {
  for (const { before, after, by } of changes) {
    if (after?.kind !== 'PodDisruptionBudget' || by !== 'disruption') continue
    const { disruptionsAllowed, desiredHealthy, expectedPods, disruptedPods } = after.status
    const healthy = listObjects(observed.objects, 'Pod', after.metadata.namespace).filter(
      (pod) => isUnder(after, pod) && isHealthy(pod, disruptedPods),
    ).length
    findings.expect(
      disruptionsAllowed <= Math.max(0, healthy - desiredHealthy) && (expectedPods > 0 || disruptionsAllowed === 0),
      keyOfObject(before ?? after),
      () => `${disruptionsAllowed} disruptions allowed with ${healthy} of ${desiredHealthy} pods healthy`,
    )
  }
}

const evictionsKeepBudget = stepRule('PDB-1', (step, findings) => {
  evictionsAreCharged(step, findings)
  budgetsCountRight(step, findings)
})

export const BUDGETS: readonly Rule[] = [evictionsKeepBudget]
