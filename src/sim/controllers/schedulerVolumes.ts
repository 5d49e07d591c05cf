/**
 * Where the volumes of a pod let it go: a bound volume only to the nodes that reach it, a claim that waits for its first
 * consumer to where a volume suits it or can be made. Leaves out the space that drivers report and limits of attachments.
 * Models: pkg/scheduler/framework/plugins/{volumebinding,volumerestrictions}, v1.36.
 */
import { classNameOf } from '../api/defaultsStorage.ts'
import { isTerminal } from '../api/predicates.ts'
import type { Node, PersistentVolume, PersistentVolumeClaim, Pod, StorageClass } from '../api/types.ts'
import type { ClusterView } from '../kernel/types.ts'
import { claimNames } from './kubeletNode.ts'
import { matchesNodeSelector } from './nodeAffinity.ts'
import { SELECTED_NODE } from './selectedNode.ts'
import { bestVolume, NO_PROVISIONER } from './volumeMatching.ts'

/** What is done for one claim when the pod goes to a node: it gets a volume that is there, or one is made for it. */
export interface Binding {
  readonly claim: PersistentVolumeClaim
  readonly volume?: PersistentVolume
}

/** Some zone of the class's list has the node; a class without a list is for everywhere. */
const isAllowed = ({ allowedTopologies: terms }: StorageClass, { metadata: { labels } }: Node): boolean =>
  !terms?.length ||
  terms.some(({ matchLabelExpressions = [] }) =>
    matchLabelExpressions.every(({ key, values }) => values.includes(labels?.[key] ?? '')),
  )

export class PodVolumes {
  private readonly view: ClusterView
  private readonly unbound: readonly PersistentVolumeClaim[]
  /** Those of its volumes that not every node reaches. */
  private readonly pinned: readonly PersistentVolume[] = []
  /** A claim for one pod alone that another pod has. */
  readonly isInUse: boolean = false

  /** `unbound` are the claims that wait for their first consumer; all others are bound. */
  constructor(view: ClusterView, pod: Pod, unbound: readonly PersistentVolumeClaim[]) {
    this.view = view
    this.unbound = unbound
    const { namespace } = pod.metadata
    const claims = claimNames(pod).flatMap((name) => view.get('PersistentVolumeClaim', namespace, name) ?? [])
    if (claims.length === 0) return
    this.pinned = claims.flatMap(({ spec: { volumeName } }) => {
      const volume = volumeName === undefined ? undefined : view.get('PersistentVolume', undefined, volumeName)
      return volume?.spec.nodeAffinity?.required ? [volume] : []
    })
    const lonely = claims.filter(({ spec }) => spec.accessModes?.includes('ReadWriteOncePod'))
    this.isInUse = lonely.some(({ metadata: { name } }) =>
      view
        .list('Pod', namespace)
        .some((other) => other.spec.nodeName !== undefined && !isTerminal(other) && claimNames(other).includes(name)),
    )
  }

  /** Why the node will not do; undefined when it will. */
  refusal(node: Node): 'unreachable' | 'none' | undefined {
    if (this.pinned.some(({ spec }) => !matchesNodeSelector(spec.nodeAffinity?.required, node))) return 'unreachable'
    return this.unbound.length > 0 && !this.bindingsOn(node) ? 'none' : undefined
  }

  /** How each unbound claim gets its volume on the node; undefined when one of them would get none. */
  bindingsOn(node: Node): readonly Binding[] | undefined {
    const { view } = this
    const taken = new Set<string>()
    const bindings: Binding[] = []
    for (const claim of this.unbound) {
      const className = classNameOf(claim) ?? ''
      const selected = claim.metadata.annotations?.[SELECTED_NODE]
      if (selected !== undefined && selected !== node.metadata.name) return undefined
      const volume =
        selected === undefined
          ? bestVolume(view.list('PersistentVolume'), claim, className, { node, taken })
          : undefined
      const found = view.get('StorageClass', undefined, className)
      if (volume) taken.add(volume.metadata.name)
      else if (!found || found.provisioner === NO_PROVISIONER || !isAllowed(found, node)) return undefined
      bindings.push({ claim, ...(volume && { volume }) })
    }
    return bindings
  }
}
