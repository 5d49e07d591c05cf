/**
 * How a PodDisruptionBudget is stored: what is refused, and when its generation moves.
 * Models: pkg/registry/policy/poddisruptionbudget/strategy.go and pkg/apis/policy/validation, v1.36.
 */
import { validateCountOrPercent } from './countOrPercent.ts'
import { invalidShown, notSupported, sortedJson } from './fieldErrors.ts'
import { put } from './fill.ts'
import { sameSemantically } from './semanticEquality.ts'
import type { FieldError, Strategy } from './strategy.ts'
import type { PodDisruptionBudget, PodDisruptionBudgetSpec } from './types.ts'
import { dnsSubdomain } from './validationFormats.ts'
import { validateMeta, validateMetaUpdate, validateSelector } from './validationMeta.ts'

const POLICIES = ['AlwaysAllow', 'IfHealthyBudget']

/** The server shows its internal fields here, not those of the API. */
function shownSpec(spec: PodDisruptionBudgetSpec): string {
  const { minAvailable, selector, maxUnavailable, unhealthyPodEvictionPolicy } = spec
  const fields = {
    MinAvailable: minAvailable,
    Selector: selector,
    MaxUnavailable: maxUnavailable,
    UnhealthyPodEvictionPolicy: unhealthyPodEvictionPolicy,
  }
  return `{${Object.entries(fields)
    .map(([name, value]) => `"${name}":${sortedJson(value)}`)
    .join(',')}}`
}

function validateSpec(spec: PodDisruptionBudgetSpec): FieldError[] {
  const { minAvailable, maxUnavailable, selector, unhealthyPodEvictionPolicy: policy } = spec
  return [
    ...(minAvailable !== undefined && maxUnavailable !== undefined
      ? [invalidShown('spec', shownSpec(spec), 'minAvailable and maxUnavailable cannot be both set')]
      : []),
    ...(minAvailable === undefined ? [] : validateCountOrPercent(minAvailable, 'spec.minAvailable')),
    ...(maxUnavailable === undefined ? [] : validateCountOrPercent(maxUnavailable, 'spec.maxUnavailable')),
    ...(selector ? validateSelector(selector, 'spec.selector') : []),
    ...(policy === undefined || POLICIES.includes(policy)
      ? []
      : [notSupported('spec.unhealthyPodEvictionPolicy', policy, POLICIES)]),
  ]
}

const withGeneration = (budget: PodDisruptionBudget, generation: number): PodDisruptionBudget => ({
  ...budget,
  metadata: { ...budget.metadata, generation },
})

export const budgetStrategy: Strategy<PodDisruptionBudget> = {
  prepareForCreate: (given) => ({
    ...withGeneration(put(given, 'spec', given.spec ?? {}), 1),
    status: { disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 0, expectedPods: 0 },
  }),
  validateCreate: (budget) => [...validateMeta(budget, dnsSubdomain), ...validateSpec(budget.spec)],
  prepareForUpdate(given, previous, part) {
    if (part === 'status') return { ...previous, status: given.status }
    const kept: PodDisruptionBudget = { ...given, status: previous.status }
    return sameSemantically(given.spec, previous.spec)
      ? put(kept, 'spec', previous.spec)
      : withGeneration(kept, (previous.metadata.generation ?? 0) + 1)
  },
  validateUpdate: (budget, previous, part) =>
    part === 'status' ? [] : [...validateMetaUpdate(budget.metadata, previous.metadata), ...validateSpec(budget.spec)],
}
