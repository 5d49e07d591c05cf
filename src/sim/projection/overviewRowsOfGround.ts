/** What the inspector tells of the ground that a set stands on: Services, endpoints, nodes, classes, and plain objects. */

import { classNameOf, defaultClassOf } from '../api/defaultsStorage.ts'
import { keyOf, keyOfObject } from '../api/kinds.ts'
import { printSelector } from '../api/labels.ts'
import { timesSeen } from '../api/seenEvent.ts'
import type {
  ConfigMap,
  Endpoint,
  EndpointSlice,
  Event,
  Kind,
  Namespace,
  Node,
  PodDisruptionBudget,
  ResourceQuota,
  Secret,
  Service,
  StorageClass,
} from '../api/types.ts'
import { slicesOf } from '../controllers/endpoints.ts'
import { hostIPsOf } from '../controllers/kubeletConfig.ts'
import { outsideOf } from '../controllers/traffic.ts'
import { listObjects } from '../kernel/apiServer.ts'
import type { World } from '../kernel/types.ts'
import { conditionRows, row } from './overviewRows.ts'
import type { OverviewRow } from './types.ts'

export function ofService(world: World, service: Service): readonly OverviewRow[] {
  const { metadata, spec } = service
  const ports = (spec.ports ?? []).map(
    ({ name, port, nodePort, protocol = 'TCP' }) =>
      `${name ? `${name} ` : ''}${port}${nodePort ? `:${nodePort}` : ''}/${protocol}`,
  )
  const selector = Object.entries(spec.selector ?? {}).map(([label, value]) => `${label}=${value}`)
  return [
    ...row('type', spec.type ?? 'ClusterIP'),
    ...row('type', spec.ipFamilies && `${spec.ipFamilies.join(', ')} (${spec.ipFamilyPolicy})`),
    ...row('clusterIP', spec.clusterIPs?.join(', ')),
    ...row('ports', ports.join(', ')),
    ...row('selector', selector.join(',')),
    ...row('publishNotReady', spec.publishNotReadyAddresses ? 'true' : undefined),
    ...row('address', outsideOf(world, service).join(', ')),
    ...slicesOf(listObjects(world.objects, 'EndpointSlice', metadata.namespace), metadata.name).flatMap((slice) =>
      slice.endpoints.flatMap(endpointRow),
    ),
  ]
}

function endpointText({ addresses, conditions }: Endpoint): string {
  const state = [
    conditions.ready ? 'ready' : 'not ready',
    ...(conditions.terminating ? [conditions.serving ? 'terminating, serving' : 'terminating'] : []),
  ].join(', ')
  return `${addresses.join(',')} (${state})`
}

function endpointRow(endpoint: Endpoint): readonly OverviewRow[] {
  const { targetRef } = endpoint
  return row('endpoint', endpointText(endpoint), targetRef && keyOf('Pod', targetRef.namespace, targetRef.name))
}

export const ofSlice = ({ endpoints, ports }: EndpointSlice): readonly OverviewRow[] => [
  ...row('ports', ports.map(({ name, port, protocol }) => `${name ? `${name} ` : ''}${port}/${protocol}`).join(', ')),
  ...endpoints.flatMap(endpointRow),
]

export function ofNode(world: World, node: Node): readonly OverviewRow[] {
  const { metadata, spec, status } = node
  const pods = listObjects(world.objects, 'Pod').filter((pod) => pod.spec.nodeName === metadata.name)
  const capacity = Object.entries(status.capacity ?? {}).map(([resource, amount]) => `${resource}=${amount}`)
  return [
    ...row('address', hostIPsOf(node).join(', ')),
    ...row('capacity', capacity.join(', ')),
    ...row('count', pods.length === 0 ? undefined : pods.length),
    ...pods.flatMap(({ metadata: pod }) => row('pods', pod.name, keyOf('Pod', pod.namespace, pod.name))),
    ...row('ip', spec.podCIDRs?.join(', ') ?? spec.podCIDR),
    ...conditionRows(status.conditions),
  ]
}

export function ofClass(world: World, { metadata, ...storageClass }: StorageClass): readonly OverviewRow[] {
  const { provisioner, reclaimPolicy, volumeBindingMode } = storageClass
  const usual = defaultClassOf(listObjects(world.objects, 'StorageClass'))?.metadata.name
  const claims = listObjects(world.objects, 'PersistentVolumeClaim').filter(
    (claim) => classNameOf(claim) === metadata.name,
  )
  return [
    ...row('provisioner', provisioner),
    ...row('reclaimPolicy', reclaimPolicy),
    ...row('type', volumeBindingMode),
    ...row('type', usual === metadata.name ? 'default' : undefined),
    ...claims.flatMap((claim) => row('claim', claim.metadata.name, keyOfObject(claim))),
  ]
}

export function ofBudget({ spec, status }: PodDisruptionBudget): readonly OverviewRow[] {
  const { minAvailable, maxUnavailable, selector, unhealthyPodEvictionPolicy } = spec
  const { currentHealthy, desiredHealthy, expectedPods, disruptionsAllowed } = status
  const counts = { currentHealthy, desiredHealthy, expectedPods, disruptionsAllowed }
  return [
    ...row('type', minAvailable === undefined ? undefined : `minAvailable ${minAvailable}`),
    ...row('type', maxUnavailable === undefined ? undefined : `maxUnavailable ${maxUnavailable}`),
    ...row('type', unhealthyPodEvictionPolicy),
    ...row('selector', printSelector(selector)),
    ...row(
      'count',
      Object.entries(counts)
        .map(([name, count]) => `${name}=${count}`)
        .join(', '),
    ),
    ...conditionRows(status.conditions),
  ]
}

/** What is used of what there may be, by resource; unknown until it is counted. */
export const ofQuota = ({
  spec: { scopes = [] },
  status: { hard = {}, used = {} },
}: ResourceQuota): readonly OverviewRow[] => [
  ...row('appliesTo', scopes.length > 0 ? scopes.join(', ') : undefined),
  ...Object.keys(hard)
    .sort()
    .flatMap((resource) => row('count', `${resource}: ${used[resource] ?? '?'}/${hard[resource]}`)),
]

export const ofNamespace = ({ status }: Namespace): readonly OverviewRow[] => row('status', status.phase)

export const ofEvent = (event: Event): readonly OverviewRow[] => {
  const { type, reason, message, involvedObject } = event
  return [
    ...row('type', type),
    ...row('reason', reason),
    ...row('message', message),
    ...row('count', timesSeen(event)),
    ...row(
      'appliesTo',
      `${involvedObject.kind.toLowerCase()}/${involvedObject.name}`,
      keyOf(involvedObject.kind as Kind, involvedObject.namespace, involvedObject.name),
    ),
  ]
}

export const ofPlain = ({ data = {} }: ConfigMap | Secret): readonly OverviewRow[] =>
  Object.keys(data).flatMap((name) => row('entry', name))
