/**
 * Which pods want to be near which others, and which far from them: what the new pod asks, and what those that are there
 * ask of it. Near means: on nodes with the same value of the term's topology key.
 * Models: pkg/scheduler/framework/plugins/interpodaffinity (filtering, scoring), v1.36.
 */
import { selects } from '../api/labels.ts'
import type { PodAffinityTerm, WeightedPodAffinityTerm } from '../api/placementTypes.ts'
import type { Labels, Node, Pod } from '../api/types.ts'

type Term = PodAffinityTerm
type LabelsOfNamespace = (namespace: string) => Labels | undefined

const agrees = (
  keys: readonly string[] | undefined,
  own: Labels | undefined,
  other: Labels | undefined,
  same: boolean,
) => keys?.every((key) => own?.[key] === undefined || (own[key] === other?.[key]) === same) ?? true

/** The term of `owner` speaks of the other pod. */
function means(term: Term, owner: Pod, other: Pod, labelsOf: LabelsOfNamespace): boolean {
  const { namespaces = [], namespaceSelector, labelSelector, matchLabelKeys, mismatchLabelKeys } = term
  const { namespace = '', labels } = other.metadata
  const isThere =
    namespaces.length === 0 && !namespaceSelector
      ? namespace === owner.metadata.namespace
      : namespaces.includes(namespace) || (namespaceSelector && selects(namespaceSelector, labelsOf(namespace)))
  return (
    isThere === true &&
    selects(labelSelector, labels) &&
    agrees(matchLabelKeys, owner.metadata.labels, labels, true) &&
    agrees(mismatchLabelKeys, owner.metadata.labels, labels, false)
  )
}

const required = (pod: Pod, kind: 'podAffinity' | 'podAntiAffinity'): readonly Term[] =>
  pod.spec.affinity?.[kind]?.requiredDuringSchedulingIgnoredDuringExecution ?? []

const preferred = (pod: Pod, kind: 'podAffinity' | 'podAntiAffinity'): readonly WeightedPodAffinityTerm[] =>
  pod.spec.affinity?.[kind]?.preferredDuringSchedulingIgnoredDuringExecution ?? []

/** Numbers by topology key and value. */
class Tally {
  private readonly numbers = new Map<string, Map<string, number>>()

  add({ topologyKey }: Term, { metadata: { labels } }: Node, amount: number): void {
    const value = labels?.[topologyKey]
    if (value === undefined) return
    const byValue = this.numbers.get(topologyKey) ?? new Map<string, number>()
    this.numbers.set(topologyKey, byValue)
    byValue.set(value, (byValue.get(value) ?? 0) + amount)
  }

  get isEmpty(): boolean {
    return this.numbers.size === 0
  }

  at(key: string, { metadata: { labels } }: Node): number {
    return this.numbers.get(key)?.get(labels?.[key] ?? '') ?? 0
  }

  /** All numbers of the node's domains together. */
  sum(node: Node): number {
    let sum = 0
    for (const key of this.numbers.keys()) sum += this.at(key, node)
    return sum
  }
}

/** What a required affinity of a pod that is there weighs for the new one. */
const SYMMETRIC_WEIGHT = 1

/** The pod cares who is near it. */
export const hasNeighbourRules = ({ spec: { affinity } }: Pod): boolean =>
  (affinity?.podAffinity ?? affinity?.podAntiAffinity) !== undefined

export class Neighbours {
  private readonly pod: Pod
  private readonly labelsOf: LabelsOfNamespace
  private readonly near = new Tally()
  private readonly far = new Tally()
  private readonly unwelcome = new Tally()
  private readonly liking = new Tally()

  /** `pods` are on nodes and have not ended; where the new one has no rules, those that have are enough. */
  constructor(pod: Pod, nodes: readonly Node[], pods: Iterable<Pod>, labelsOf: LabelsOfNamespace) {
    this.pod = pod
    this.labelsOf = labelsOf
    const byName = new Map(nodes.map((node) => [node.metadata.name, node]))
    for (const other of pods) {
      const node = byName.get(other.spec.nodeName ?? '')
      if (!node) continue
      if (hasNeighbourRules(pod)) this.ask(other, node)
      if (hasNeighbourRules(other)) this.hear(other, node)
    }
  }

  /** What the new pod asks of one that is there. */
  private ask(other: Pod, node: Node): void {
    const { pod, labelsOf } = this
    const near = required(pod, 'podAffinity')
    if (near.every((term) => means(term, pod, other, labelsOf))) for (const term of near) this.near.add(term, node, 1)
    for (const term of required(pod, 'podAntiAffinity'))
      if (means(term, pod, other, labelsOf)) this.far.add(term, node, 1)
    this.weigh(pod, other, node)
  }

  /** What one that is there asks of the new pod. */
  private hear(other: Pod, node: Node): void {
    const { pod, labelsOf } = this
    for (const term of required(other, 'podAntiAffinity'))
      if (means(term, other, pod, labelsOf)) this.unwelcome.add(term, node, 1)
    for (const term of required(other, 'podAffinity'))
      if (means(term, other, pod, labelsOf)) this.liking.add(term, node, SYMMETRIC_WEIGHT)
    this.weigh(other, pod, node)
  }

  /** What `owner` would like, of the domains of a node that one of the two is on. */
  private weigh(owner: Pod, other: Pod, node: Node): void {
    for (const [kind, sign] of [
      ['podAffinity', 1],
      ['podAntiAffinity', -1],
    ] as const)
      for (const { weight, podAffinityTerm: term } of preferred(owner, kind))
        if (means(term, owner, other, this.labelsOf)) this.liking.add(term, node, sign * weight)
  }

  /** Why the node will not do; undefined when it will. The first pod of a group that wants to be together may begin anywhere. */
  refusal(node: Node): 'affinity' | 'antiAffinity' | 'othersAntiAffinity' | undefined {
    const { pod, labelsOf } = this
    const { labels } = node.metadata
    const near = required(pod, 'podAffinity')
    if (near.some(({ topologyKey }) => labels?.[topologyKey] === undefined)) return 'affinity'
    if (near.some(({ topologyKey }) => this.near.at(topologyKey, node) === 0)) {
      const isFirst = this.near.isEmpty && near.every((term) => means(term, pod, pod, labelsOf))
      if (!isFirst) return 'affinity'
    }
    if (required(pod, 'podAntiAffinity').some(({ topologyKey }) => this.far.at(topologyKey, node) > 0))
      return 'antiAffinity'
    return this.unwelcome.sum(node) > 0 ? 'othersAntiAffinity' : undefined
  }

  /** Greater is better; may be below 0. */
  liked(node: Node): number {
    return this.liking.sum(node)
  }

  get hasWishes(): boolean {
    return !this.liking.isEmpty
  }
}
