/**
 * All that a pod, its volumes and the pods that are there say about where it goes, besides the node's own word and its room:
 * a no for one node in upstream's words, and which of the possible nodes are liked best.
 * Models: pkg/scheduler/framework/plugins (default filters after NodeResourcesFit, default scores and their weights), v1.36.
 */
import { isTerminal } from '../api/predicates.ts'
import type { PlacementRule } from '../api/reasons.ts'
import { switchesOf } from '../api/switches.ts'
import type { Node, PersistentVolumeClaim, Pod, Taint } from '../api/types.ts'
import type { ClusterView } from '../kernel/types.ts'
import { follower } from './follower.ts'
import { likingOfNode } from './nodeAffinity.ts'
import { hasNeighbourRules, Neighbours } from './podAffinity.ts'
import type { Binding } from './schedulerVolumes.ts'
import { PodVolumes } from './schedulerVolumes.ts'
import { tolerates } from './taints.ts'
import { Spread } from './topologySpread.ts'

/** A no. */
export interface Refused {
  readonly why: readonly string[]
  readonly rules: readonly PlacementRule[]
  /** Moving other pods away might help. */
  readonly byRoom: boolean
}

export const no = (rule: PlacementRule, text: string, byRoom = false): Refused => ({
  why: [text],
  rules: [rule],
  byRoom,
})

const SPREAD = "node(s) didn't match pod topology spread constraints"
const IN_USE = no(
  'volumeInUse',
  'node has pod using PersistentVolumeClaim with the same name and ReadWriteOncePod access mode',
  true,
)
const NO_VOLUME = no('noVolume', "node(s) didn't find available persistent volumes to bind")
const UNREACHABLE = no('volumeAffinity', "node(s) didn't match PersistentVolume's node affinity")
/** The same in earlier words. */
const CONFLICT = no('volumeAffinity', 'node(s) had volume node affinity conflict')

const BY_SPREAD: Readonly<Record<'label' | 'skew', Refused>> = {
  label: no('spread', `${SPREAD} (missing required label)`),
  skew: no('spread', SPREAD, true),
}

const BY_NEIGHBOURS: Readonly<Record<'affinity' | 'antiAffinity' | 'othersAntiAffinity', Refused>> = {
  affinity: no('podAffinity', "node(s) didn't match pod affinity rules"),
  antiAffinity: no('podAntiAffinity', "node(s) didn't match pod anti-affinity rules", true),
  othersAntiAffinity: no('othersAntiAffinity', "node(s) didn't satisfy existing pods anti-affinity rules", true),
}

/** How much each score counts, as the scheduler's default profile has it. */
const WEIGHTS = { taints: 3, node: 2, spread: 2, neighbours: 2 } as const

/** Each node's share of the way from the worst to the best, 0 to 100. */
function shares(values: readonly number[], worst: number, best: number): readonly number[] {
  return values.map((value) => (best === worst ? 0 : Math.floor((100 * (value - worst)) / (best - worst))))
}

const isDislike = (pod: Pod, taint: Taint): boolean => taint.effect === 'PreferNoSchedule' && !tolerates(pod, taint)

/** Pods that are on nodes and have not ended, and those of them that care who is near. */
interface Groups {
  readonly placed: Set<Pod>
  readonly asking: Set<Pod>
}

const grouped = follower<Pod, Groups>({ placed: new Set(), asking: new Set() }, ({ placed, asking }, pod, sign) => {
  if (pod.spec.nodeName === undefined || isTerminal(pod)) return
  for (const group of hasNeighbourRules(pod) ? [placed, asking] : [placed])
    if (sign > 0) group.add(pod)
    else group.delete(pod)
})

export class Placement {
  private readonly pod: Pod
  private readonly volumes: PodVolumes
  private readonly spread: Spread | undefined
  private readonly neighbours: Neighbours
  private readonly saysMatch: boolean
  private readonly isDisliked: boolean

  /** `unbound` are the pod's claims that wait for their first consumer; all others are bound. */
  constructor(view: ClusterView, pod: Pod, unbound: readonly PersistentVolumeClaim[]) {
    const nodes = view.list('Node')
    const { placed, asking } = grouped(view.list('Pod'))
    this.pod = pod
    this.volumes = new PodVolumes(view, pod, unbound)
    this.spread = pod.spec.topologySpreadConstraints?.length ? new Spread(pod, nodes, placed) : undefined
    this.neighbours = new Neighbours(
      pod,
      nodes,
      hasNeighbourRules(pod) ? placed : asking,
      (namespace) => view.get('Namespace', undefined, namespace)?.metadata.labels,
    )
    this.saysMatch = switchesOf(view.settings).saysVolumeAffinityUnmatched
    this.isDisliked = nodes.some(({ spec }) => spec.taints?.some((taint) => isDislike(pod, taint)))
  }

  /** Why the node does not do; undefined when it does. */
  refusal(node: Node): Refused | undefined {
    if (this.volumes.isInUse) return IN_USE
    const byVolumes = this.volumes.refusal(node)
    if (byVolumes === 'none') return NO_VOLUME
    if (byVolumes) return this.saysMatch ? UNREACHABLE : CONFLICT
    const bySpread = this.spread?.refusal(node)
    if (bySpread) return BY_SPREAD[bySpread]
    const byNeighbours = this.neighbours.refusal(node)
    return byNeighbours && BY_NEIGHBOURS[byNeighbours]
  }

  bindingsOn(node: Node): readonly Binding[] {
    return this.volumes.bindingsOn(node) ?? []
  }

  /** Some of the possible nodes may be liked better than others. */
  get hasWishes(): boolean {
    const { preferredDuringSchedulingIgnoredDuringExecution: ofNode } = this.pod.spec.affinity?.nodeAffinity ?? {}
    return Boolean(ofNode?.length || this.isDisliked || this.spread?.hasWishes || this.neighbours.hasWishes)
  }

  /** How well each of the possible nodes is liked. */
  wishes(nodes: readonly Node[]): ReadonlyMap<Node, number> {
    const liked = nodes.map((node) => likingOfNode(this.pod, node))
    const near = nodes.map((node) => this.neighbours.liked(node))
    const taints = nodes.map(({ spec }) => (spec.taints ?? []).filter((taint) => isDislike(this.pod, taint)).length)
    const crowds = nodes.map((node) => this.spread?.crowd(node))
    const most = Math.max(0, ...crowds.map((crowd) => crowd ?? 0))
    const scores = {
      node: shares(liked, 0, Math.max(0, ...liked)),
      neighbours: shares(near, Math.min(...near), Math.max(...near)),
      taints: shares(taints, Math.max(...taints), 0),
      // A node without the labels is as bad as the fullest.
      spread: shares(
        crowds.map((crowd) => crowd ?? most),
        most,
        Math.min(most, ...crowds.map((crowd) => crowd ?? most)),
      ),
    }
    const names = Object.keys(WEIGHTS) as readonly (keyof typeof WEIGHTS)[]
    return new Map(
      nodes.map((node, index) => [
        node,
        names.reduce((sum, name) => sum + WEIGHTS[name] * (scores[name][index] ?? 0), 0),
      ]),
    )
  }
}
