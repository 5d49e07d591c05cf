/**
 * How evenly pods lie over the domains of a topology, and whether one more on a node would be too many.
 * Leaves out the cluster's default constraints: the scheduler's own order spreads the pods of an owner.
 * Models: pkg/scheduler/framework/plugins/podtopologyspread (filtering, scoring), v1.36.
 */
import { selects } from '../api/labels.ts'
import type { TopologySpreadConstraint } from '../api/placementTypes.ts'
import type { Node, Pod } from '../api/types.ts'
import { wantsNode } from './nodeAffinity.ts'
import { repels } from './taints.ts'

/** Selected, and like the new pod in the labels that are to be the same: a revision's hash, for one. */
function counts(constraint: TopologySpreadConstraint, pod: Pod, other: Pod): boolean {
  const { labelSelector, matchLabelKeys = [] } = constraint
  const { labels } = other.metadata
  return (
    selects(labelSelector, labels) &&
    matchLabelKeys.every((key) => {
      const value = pod.metadata.labels?.[key]
      return value === undefined || labels?.[key] === value
    })
  )
}

/** How many counted pods each domain has. Only domains of nodes that count are there at all. */
function countsOf(
  constraint: TopologySpreadConstraint,
  pod: Pod,
  nodes: readonly Node[],
  pods: Iterable<Pod>,
): ReadonlyMap<string, number> {
  const { topologyKey, nodeAffinityPolicy, nodeTaintsPolicy } = constraint
  const domains = new Map<string, string>()
  const found = new Map<string, number>()
  for (const node of nodes) {
    const value = node.metadata.labels?.[topologyKey]
    if (value === undefined) continue
    if (nodeAffinityPolicy !== 'Ignore' && !wantsNode(pod, node)) continue
    if (nodeTaintsPolicy === 'Honor' && repels(node, pod)) continue
    domains.set(node.metadata.name, value)
    if (!found.has(value)) found.set(value, 0)
  }
  for (const other of pods) {
    const { namespace, deletionTimestamp } = other.metadata
    if (namespace !== pod.metadata.namespace || deletionTimestamp !== undefined) continue
    const value = domains.get(other.spec.nodeName ?? '')
    if (value !== undefined && counts(constraint, pod, other)) found.set(value, (found.get(value) ?? 0) + 1)
  }
  return found
}

export class Spread {
  private readonly hard: readonly {
    readonly key: string
    readonly most: number
    readonly counts: ReadonlyMap<string, number>
  }[]
  private readonly soft: readonly { readonly key: string; readonly counts: ReadonlyMap<string, number> }[]

  /** `pods` are those that are on nodes and have not ended. */
  constructor(pod: Pod, nodes: readonly Node[], pods: Iterable<Pod>) {
    const all = pod.spec.topologySpreadConstraints ?? []
    const ofKind = (kind: TopologySpreadConstraint['whenUnsatisfiable']) => {
      const constraints = all.filter(({ whenUnsatisfiable }) => whenUnsatisfiable === kind)
      // A node that lacks the key of one constraint counts for none.
      const known = nodes.filter(({ metadata: { labels } }) =>
        constraints.every(({ topologyKey }) => labels?.[topologyKey] !== undefined),
      )
      return constraints.map((constraint) => ({ constraint, counts: countsOf(constraint, pod, known, pods) }))
    }
    this.hard = ofKind('DoNotSchedule').map(({ constraint, counts: found }) => {
      const { topologyKey: key, maxSkew, minDomains = 1 } = constraint
      const least = found.size < minDomains ? 0 : Math.min(...found.values())
      return { key, most: maxSkew + least - (counts(constraint, pod, pod) ? 1 : 0), counts: found }
    })
    this.soft = ofKind('ScheduleAnyway').map(({ constraint, counts: found }) => ({
      key: constraint.topologyKey,
      counts: found,
    }))
  }

  /** Why the node will not do; undefined when it will. */
  refusal({ metadata: { labels } }: Node): 'label' | 'skew' | undefined {
    if (this.hard.some(({ key }) => labels?.[key] === undefined)) return 'label'
    return this.hard.some(({ key, most, counts: found }) => (found.get(labels?.[key] ?? '') ?? 0) > most)
      ? 'skew'
      : undefined
  }

  /** How many counted pods the domains of the node have already: fewer is better. Undefined where a label is missing. */
  crowd({ metadata: { labels } }: Node): number | undefined {
    let sum = 0
    for (const { key, counts: found } of this.soft) {
      const value = labels?.[key]
      if (value === undefined) return undefined
      sum += found.get(value) ?? 0
    }
    return sum
  }

  get hasWishes(): boolean {
    return this.soft.length > 0
  }
}
