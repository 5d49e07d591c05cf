/**
 * Which nodes a selector of nodes means, and how well a node suits what a pod would like of it.
 * Models: component-helpers/scheduling/corev1/nodeaffinity, pkg/scheduler/framework/plugins/nodeaffinity, v1.36.
 */
import type { NodeSelector, NodeSelectorRequirement, NodeSelectorTerm } from '../api/placementTypes.ts'
import type { Node, Pod } from '../api/types.ts'

const whole = (text: string | undefined): bigint | undefined =>
  text !== undefined && /^[+-]?\d+$/.test(text) ? BigInt(text.replace('+', '')) : undefined

/** A greater or smaller whole number; anything else than a number does not compare. */
function compares(value: string | undefined, wanted: string | undefined, sign: 1 | -1): boolean {
  const [left, right] = [whole(value), whole(wanted)]
  return left !== undefined && right !== undefined && (sign > 0 ? left > right : left < right)
}

function holds({ operator, values = [] }: NodeSelectorRequirement, value: string | undefined): boolean {
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value)
    case 'NotIn':
      return value === undefined || !values.includes(value)
    case 'Exists':
      return value !== undefined
    case 'DoesNotExist':
      return value === undefined
    case 'Gt':
      return compares(value, values[0], 1)
    case 'Lt':
      return compares(value, values[0], -1)
  }
}

/** A term that says nothing fits no node; nor does one that is left out. */
export function matchesNodeTerm(term: NodeSelectorTerm | undefined, { metadata: { name, labels } }: Node): boolean {
  const { matchExpressions = [], matchFields = [] } = term ?? {}
  return (
    matchExpressions.length + matchFields.length > 0 &&
    matchExpressions.every((requirement) => holds(requirement, labels?.[requirement.key])) &&
    matchFields.every((requirement) => holds(requirement, requirement.key === 'metadata.name' ? name : undefined))
  )
}

/** No selector means every node, one without terms none. */
export const matchesNodeSelector = (selector: Partial<NodeSelector> | undefined, node: Node): boolean =>
  selector === undefined || (selector.nodeSelectorTerms ?? []).some((term) => matchesNodeTerm(term, node))

/** The node is one that the pod asks for, by its node selector and its required affinity. */
export function wantsNode({ spec: { nodeSelector, affinity } }: Pod, node: Node): boolean {
  const { labels } = node.metadata
  for (const key in nodeSelector) if (labels?.[key] !== nodeSelector[key]) return false
  return matchesNodeSelector(affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution, node)
}

/** The weights of all that the pod would like of its node and this one has, added up. */
export function likingOfNode({ spec: { affinity } }: Pod, node: Node): number {
  let sum = 0
  for (const { weight, preference } of affinity?.nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? [])
    if (matchesNodeTerm(preference, node)) sum += weight
  return sum
}
