/**
 * Taints of nodes and who bears them: the keys that the cluster itself uses, and whether a pod tolerates one. Leaves out
 * PreferNoSchedule, which only weighs.
 * Models: staging/src/k8s.io/api/core/v1/{toleration,well_known_taints}.go, v1.36.
 */
import type { Node, Pod, Taint } from '../api/types.ts'

export const ZONE_LABEL = 'topology.kubernetes.io/zone'
export const NOT_READY = 'node.kubernetes.io/not-ready'
export const UNREACHABLE = 'node.kubernetes.io/unreachable'
export const UNSCHEDULABLE = 'node.kubernetes.io/unschedulable'
/** A person's word that the machine is off and stays off. */
export const OUT_OF_SERVICE = 'node.kubernetes.io/out-of-service'

type Toleration = NonNullable<Pod['spec']['tolerations']>[number]

const bears = ({ key, operator = 'Equal', value = '', effect }: Toleration, taint: Taint): boolean =>
  (!effect || effect === taint.effect) &&
  (!key || key === taint.key) &&
  (operator === 'Exists' || value === (taint.value ?? ''))

/** The tolerations of the pod that bear a taint. */
export const bearing = ({ spec }: Pod, taint: Taint): readonly Toleration[] =>
  (spec.tolerations ?? []).filter((toleration) => bears(toleration, taint))

export const tolerates = ({ spec }: Pod, taint: Taint): boolean =>
  spec.tolerations?.some((toleration) => bears(toleration, taint)) ?? false

/** A taint keeps new pods off the node that this one does not tolerate. */
export const repels = ({ spec }: Node, pod: Pod): boolean =>
  spec.taints?.some(
    (taint) => (taint.effect === 'NoSchedule' || taint.effect === 'NoExecute') && !tolerates(pod, taint),
  ) ?? false

export const taintsOf = (node: Node, effect: string): readonly Taint[] =>
  node.spec.taints?.filter((taint) => taint.effect === effect) ?? []

export const isOutOfService = ({ spec }: Node): boolean =>
  spec.taints?.some(({ key }) => key === OUT_OF_SERVICE) ?? false

/** What the node's condition Ready says; a node that never posted one counts as Unknown. */
export const readyStatus = ({ status }: Node): 'True' | 'False' | 'Unknown' =>
  status.conditions?.find(({ type }) => type === 'Ready')?.status ?? 'Unknown'

export const isNodeReady = (node: Node): boolean => readyStatus(node) === 'True'
