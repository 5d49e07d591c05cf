/**
 * What a new cluster holds before anybody acts: the namespace `default`, the nodes of its settings, and the default class.
 * A node takes 500 pods with an address range of its own (a /23), as large clusters are set up, so that a set of a thousand
 * replicas fits; the usual default of 110 would not show anything about StatefulSets. Leaves out the control plane's node.
 */
import { DEFAULT_CLASS_ANNOTATION } from '../api/defaultsStorage.ts'
import { joined } from '../api/fill.ts'
import type { ClusterSettings, NodeSettings } from '../api/strategy.ts'
import { releaseOf } from '../api/switches.ts'
import { timestampAt } from '../api/time.ts'
import type { Condition, Namespace, Node, StorageClass, Timestamp } from '../api/types.ts'
import type { Draft } from '../kernel/types.ts'
import { ZONE_LABEL } from './taints.ts'

/** Who makes volumes for the classes of this cluster. */
export const PROVISIONER = 'disk.csi.example.com'
export const DEFAULT_CLASS = 'standard'

const USUAL_NODES: readonly NodeSettings[] = [{ name: 'node-1' }, { name: 'node-2' }, { name: 'node-3' }]

/** What each node says of the machine that it is. */
const MACHINE = {
  architecture: 'amd64',
  containerRuntimeVersion: 'containerd://2.1.3',
  kernelVersion: '6.8.0-45-generic',
  operatingSystem: 'linux',
  osImage: 'Debian GNU/Linux 12 (bookworm)',
}

const condition = (type: string, status: Condition['status'], reason: string, message: string): Condition => ({
  type,
  status,
  reason,
  message,
})

const HEALTHY: readonly Condition[] = [
  condition('MemoryPressure', 'False', 'KubeletHasSufficientMemory', 'kubelet has sufficient memory available'),
  condition('DiskPressure', 'False', 'KubeletHasNoDiskPressure', 'kubelet has no disk pressure'),
  condition('PIDPressure', 'False', 'KubeletHasSufficientPID', 'kubelet has sufficient PID available'),
  condition('Ready', 'True', 'KubeletReady', 'kubelet is posting ready status'),
]

/** The conditions of a node that is well, as its kubelet posts them. A time moves only where a status flips. */
export const healthyConditions = (old: readonly Condition[], timestamp: Timestamp): readonly Condition[] =>
  HEALTHY.map((wanted) => {
    const known = old.find(({ type }) => type === wanted.type)
    const kept = known?.status === wanted.status ? known.lastTransitionTime : undefined
    return joined(wanted, { lastTransitionTime: kept ?? timestamp })
  })

/**
 * A node as its kubelet registers it, well from the start. Its pods get addresses from 10.244.2n.0/23, and from
 * fd00:10:244:n::/64 where there are both families, so two nodes must not have the same number.
 */
export function nodeDraft(
  { name, zone, cpu = '4', memory = '16Gi', pods = '500', labels, taints }: NodeSettings,
  n: number,
  { kubernetes, dualStack }: ClusterSettings,
  timestamp: Timestamp,
): Draft<Node> {
  const podCIDR = `10.244.${2 * n}.0/23`
  const hex = n.toString(16)
  const resources = { cpu, 'ephemeral-storage': '100Gi', memory, pods }
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: {
        'kubernetes.io/arch': 'amd64',
        'kubernetes.io/hostname': name,
        'kubernetes.io/os': 'linux',
        ...(zone !== undefined && { [ZONE_LABEL]: zone }),
        ...labels,
      },
    },
    spec: {
      podCIDR,
      ...(dualStack && { podCIDRs: [podCIDR, `fd00:10:244:${hex}::/64`] }),
      ...(taints && { taints }),
    },
    status: {
      capacity: resources,
      allocatable: resources,
      conditions: healthyConditions([], timestamp),
      addresses: [
        { type: 'InternalIP', address: `172.18.0.${n + 1}` },
        ...(dualStack ? [{ type: 'InternalIP', address: `fd00:172:18::${(n + 1).toString(16)}` }] : []),
        { type: 'Hostname', address: name },
      ],
      nodeInfo: { ...MACHINE, kubeletVersion: releaseOf(kubernetes) },
    },
  }
}

/** The smallest number that no node has. */
export function freeNumber(nodes: readonly Node[]): number {
  const taken = new Set(nodes.map(({ spec }) => spec.podCIDR))
  let n = 1
  while (taken.has(`10.244.${2 * n}.0/23`)) n += 1
  return n
}

/** A class whose claims are provisioned at once and whose volumes go with their claims. */
export const storageClassDraft = (
  name: string,
  annotations?: Readonly<Record<string, string>>,
): Draft<StorageClass> => ({
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: { name, ...(annotations && { annotations }) },
  provisioner: PROVISIONER,
  reclaimPolicy: 'Delete',
  volumeBindingMode: 'Immediate',
})

const namespace: Draft<Namespace> = {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'default' },
  status: { phase: 'Active' },
}

/** In the order in which they are created. */
export const bootstrapObjects = (settings: ClusterSettings): readonly Draft[] => [
  namespace,
  storageClassDraft(DEFAULT_CLASS, { [DEFAULT_CLASS_ANNOTATION]: 'true' }),
  ...(settings.nodes ?? USUAL_NODES).map((node, index) => nodeDraft(node, index + 1, settings, timestampAt(0))),
]
