/**
 * What a new cluster holds before anybody acts: the namespace `default`, three nodes, and the default storage class.
 * A node takes 500 pods with an address range of its own (a /23), as large clusters are set up, so that a set of a thousand
 * replicas fits; the usual default of 110 would not show anything about StatefulSets. Leaves out the control plane's node.
 */
import { DEFAULT_CLASS_ANNOTATION } from '../api/defaultsStorage.ts'
import type { ClusterSettings } from '../api/strategy.ts'
import { releaseOf } from '../api/switches.ts'
import { timestampAt } from '../api/time.ts'
import type { Condition, Namespace, Node, StorageClass } from '../api/types.ts'
import type { Draft } from '../kernel/types.ts'

const NODE_COUNT = 3

/** Who makes volumes for the classes of this cluster. */
export const PROVISIONER = 'disk.csi.example.com'
export const DEFAULT_CLASS = 'standard'

const RESOURCES = { cpu: '4', 'ephemeral-storage': '100Gi', memory: '16Gi', pods: '500' }

const healthy = (type: string, status: Condition['status'], reason: string, message: string): Condition => ({
  type,
  status,
  reason,
  message,
  lastTransitionTime: timestampAt(0),
})

const CONDITIONS: readonly Condition[] = [
  healthy('MemoryPressure', 'False', 'KubeletHasSufficientMemory', 'kubelet has sufficient memory available'),
  healthy('DiskPressure', 'False', 'KubeletHasNoDiskPressure', 'kubelet has no disk pressure'),
  healthy('PIDPressure', 'False', 'KubeletHasSufficientPID', 'kubelet has sufficient PID available'),
  healthy('Ready', 'True', 'KubeletReady', 'kubelet is posting ready status'),
]

/** The n-th node, from 1. Its pods get addresses from 10.244.2n.0/23. */
function nodeDraft(n: number, { kubernetes }: ClusterSettings): Draft<Node> {
  const name = `node-${n}`
  const podCIDR = `10.244.${2 * n}.0/23`
  const nodeInfo = { kubeletVersion: releaseOf(kubernetes), operatingSystem: 'linux', architecture: 'amd64' }
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: { 'kubernetes.io/arch': 'amd64', 'kubernetes.io/hostname': name, 'kubernetes.io/os': 'linux' },
    },
    spec: { podCIDR },
    status: {
      capacity: RESOURCES,
      allocatable: RESOURCES,
      conditions: CONDITIONS,
      addresses: [
        { type: 'InternalIP', address: `172.18.0.${n + 1}` },
        { type: 'Hostname', address: name },
      ],
      nodeInfo,
    },
  }
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
  ...Array.from({ length: NODE_COUNT }, (_, index) => nodeDraft(index + 1, settings)),
]
