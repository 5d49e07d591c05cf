/**
 * The cluster that the transcripts were captured on, as far as it differs from a usual one here: its nodes, its storage
 * class, the Service of the API server, and a kube-proxy on every node where a case has one. How it behaved is in
 * `captured.ts`.
 */
import { DEFAULT_CLASS_ANNOTATION } from '../../api/defaultsStorage.ts'
import type { ClusterSettings, Strategies } from '../../api/strategy.ts'
import { timestampAt } from '../../api/time.ts'
import { DEFAULT_SETTINGS, makeSim } from '../../index.ts'
import type { Draft, Kernel, World } from '../../kernel/types.ts'
import { asCaptured } from './captured.ts'

const NODES = 3
const RESOURCES = { cpu: '2', 'ephemeral-storage': '50620216Ki', memory: '4026036Ki', pods: '110' }

const condition = (type: string, status: string, reason: string, message: string) => ({
  type,
  status,
  reason,
  message,
  lastHeartbeatTime: timestampAt(0),
  lastTransitionTime: timestampAt(0),
})

const CONDITIONS = [
  condition('MemoryPressure', 'False', 'KubeletHasSufficientMemory', 'kubelet has sufficient memory available'),
  condition('DiskPressure', 'False', 'KubeletHasNoDiskPressure', 'kubelet has no disk pressure'),
  condition('PIDPressure', 'False', 'KubeletHasSufficientPID', 'kubelet has sufficient PID available'),
  condition('Ready', 'True', 'KubeletReady', 'kubelet is posting ready status'),
]

const namespace = (name: string) => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name },
  status: { phase: 'Active' },
})

function node(n: number) {
  const name = `node-${n}`
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: {
        'beta.kubernetes.io/arch': 'amd64',
        'beta.kubernetes.io/os': 'linux',
        'kubernetes.io/arch': 'amd64',
        'kubernetes.io/hostname': name,
        'kubernetes.io/os': 'linux',
      },
      annotations: { 'node.alpha.kubernetes.io/ttl': '0' },
    },
    spec: { podCIDR: `10.244.${n}.0/24`, podCIDRs: [`10.244.${n}.0/24`] },
    status: {
      capacity: RESOURCES,
      allocatable: RESOURCES,
      conditions: CONDITIONS,
      addresses: [
        { type: 'InternalIP', address: `172.18.0.${n + 2}` },
        { type: 'Hostname', address: name },
      ],
      nodeInfo: {
        architecture: 'amd64',
        bootID: '5f0c7d52-3a43-4d4f-a6a1-2f9a1f0c0b11',
        containerRuntimeVersion: 'containerd://2.1.3',
        kernelVersion: '6.8.0-45-generic',
        kubeletVersion: 'v1.36.2',
        machineID: '5b6a7c8d9e0f11223344556677889900',
        operatingSystem: 'linux',
        osImage: 'Debian GNU/Linux 12 (bookworm)',
        systemUUID: '5b6a7c8d-9e0f-1122-3344-556677889900',
      },
    },
  }
}

const storageClass = {
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: { name: 'standard', annotations: { [DEFAULT_CLASS_ANNOTATION]: 'true' } },
  provisioner: 'kubernetes.io/host-path',
  reclaimPolicy: 'Delete',
  volumeBindingMode: 'Immediate',
  allowVolumeExpansion: true,
}

const apiServer = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: {
    name: 'kubernetes',
    namespace: 'default',
    labels: { component: 'apiserver', provider: 'kubernetes' },
  },
  spec: {
    clusterIP: '10.96.0.1',
    clusterIPs: ['10.96.0.1'],
    internalTrafficPolicy: 'Cluster',
    ipFamilies: ['IPv4'],
    ipFamilyPolicy: 'SingleStack',
    ports: [{ name: 'https', port: 443, protocol: 'TCP', targetPort: 6443 }],
    sessionAffinity: 'None',
    type: 'ClusterIP',
  },
  status: { loadBalancer: {} },
}

/** A pod of the DaemonSet on a node. Who owns it is all that anybody asks of the DaemonSet here. */
function proxy(n: number) {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: `kube-proxy-${['x7k2p', 'q4m9t', 'b8z5w'][n - 1]}`,
      namespace: 'kube-system',
      labels: { 'k8s-app': 'kube-proxy' },
      ownerReferences: [
        {
          apiVersion: 'apps/v1',
          kind: 'DaemonSet',
          name: 'kube-proxy',
          uid: '0d5a2c4e-8a2b-4f7e-9c11-3b6d7e8f9a01',
          controller: true,
          blockOwnerDeletion: true,
        },
      ],
    },
    spec: {
      nodeName: `node-${n}`,
      tolerations: [{ operator: 'Exists' }],
      containers: [{ name: 'kube-proxy', image: 'registry.k8s.io/kube-proxy:v1.36.2' }],
    },
  }
}

/** The Service of the API server has an address that nobody else may ask for. */
const withApiServer = (strategies: Strategies): Strategies => {
  const { Service } = strategies
  const isOurs = ({ metadata }: { readonly metadata: { readonly name?: string } }) => metadata.name === 'kubernetes'
  return {
    ...strategies,
    Service: {
      ...Service,
      prepareForCreate: (given, context) => (isOurs(given) ? given : Service.prepareForCreate(given, context)),
      validateCreate: (given, ...rest) => (isOurs(given) ? [] : Service.validateCreate(given, ...rest)),
    },
  }
}

const numbers = Array.from({ length: NODES }, (_, index) => index + 1)

/** A kernel whose new cluster is the captured one. */
export function rigKernel({ withProxies }: { readonly withProxies: boolean }): Kernel {
  const objects = [
    namespace('default'),
    namespace('kube-system'),
    storageClass,
    ...numbers.map(node),
    apiServer,
    ...(withProxies ? numbers.map(proxy) : []),
  ]
  const bootstrap = () => objects as unknown as readonly Draft[]
  return makeSim({
    change: (laws) => ({
      ...laws,
      bootstrap,
      strategies: withApiServer(laws.strategies),
      deciders: laws.deciders.map(asCaptured),
    }),
  })
}

const SETTINGS: ClusterSettings = { ...DEFAULT_SETTINGS, kubernetes: '1.36' }

export const rigWorld = (kernel: Kernel): World => kernel.create(20, SETTINGS)
