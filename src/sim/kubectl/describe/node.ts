/**
 * Nodes described.
 * Models: staging/src/k8s.io/kubectl/pkg/describe/describe.go (NodeDescriber), v1.36.
 */
import { podResources } from '../../api/podResources.ts'
import { isTerminal } from '../../api/predicates.ts'
import { parseQuantity } from '../../api/quantity.ts'
import type { Node, Pod } from '../../api/types.ts'
import { listObjects } from '../../kernel/apiServer.ts'
import type { World } from '../../kernel/types.ts'
import { ageSince } from '../print/cells.ts'
import { nodeInfoOf, nodeRoles } from '../print/columnsOfGround.ts'
import { annotations, labels, lines, longTime, sortedEntries } from './parts.ts'
import type { DescribeWriter } from './tabs.ts'

type Resource = 'cpu' | 'memory' | 'ephemeral-storage'
type Side = 'requests' | 'limits'

const RESOURCES: readonly Resource[] = ['cpu', 'memory', 'ephemeral-storage']

/** Thousandths. */
const amount = (text: string | undefined): number => Number((parseQuantity(text ?? '0')?.nanos ?? 0n) / 1_000_000n)

/** What pods ask for or may take, together. */
const sumOf = (pods: readonly Pod[], side: Side, resource: Resource): number =>
  pods.reduce((sum, { spec }) => sum + amount(podResources(spec, side)[resource]), 0)

const UNITS = ['Ki', 'Mi', 'Gi', 'Ti'] as const

/** `250m`, `1`, `512Mi`: from thousandths. */
function quantityText(thousandths: number, resource: Resource): string {
  if (resource === 'cpu') return thousandths % 1000 === 0 ? String(thousandths / 1000) : `${thousandths}m`
  let value = thousandths / 1000
  let unit = ''
  for (const next of UNITS) {
    if (value === 0 || value % 1024 !== 0) break
    value /= 1024
    unit = next
  }
  return `${value}${unit}`
}

function shareText(node: Node, pods: readonly Pod[], side: Side, resource: Resource): string {
  const sum = sumOf(pods, side, resource)
  const whole = amount(node.status.allocatable?.[resource])
  return `${quantityText(sum, resource)} (${whole === 0 ? 0 : Math.floor((sum / whole) * 100)}%)`
}

interface Taint {
  readonly key: string
  readonly value?: string
  readonly effect: string
}

const taintText = ({ key, value, effect }: Taint): string =>
  `${key}${value === undefined || value === '' ? '' : `=${value}`}:${effect}`

const EFFECTS: readonly string[] = ['NoExecute', 'NoSchedule', 'PreferNoSchedule']

function lease(out: DescribeWriter, { metadata }: Node, world: World): void {
  // The kubelet renews it every ten seconds; its own object is not kept.
  const renewed = listObjects(world.objects, 'Node').find(({ metadata: { name } }) => name === metadata.name)
  const heartbeat = renewed?.status.conditions?.find(({ type }) => type === 'Ready') as
    | { readonly lastHeartbeatTime?: string; readonly lastTransitionTime?: string }
    | undefined
  out.line(0, 'Lease:').line(1, `HolderIdentity:\t${metadata.name}`).line(1, 'AcquireTime:\t<unset>')
  out.line(1, `RenewTime:\t${longTime(heartbeat?.lastHeartbeatTime ?? heartbeat?.lastTransitionTime)}`)
}

function conditions(out: DescribeWriter, { status }: Node): void {
  out.line(0, 'Conditions:')
  out.line(1, 'Type\tStatus\tLastHeartbeatTime\tLastTransitionTime\tReason\tMessage')
  out.line(1, '----\t------\t-----------------\t------------------\t------\t-------')
  for (const { type, status: value, lastTransitionTime, reason = '', message = '', ...rest } of status.conditions ??
    []) {
    const { lastHeartbeatTime } = rest as { readonly lastHeartbeatTime?: string }
    const times = [longTime(lastHeartbeatTime ?? lastTransitionTime), longTime(lastTransitionTime)]
    out.line(1, `${type} \t${value} \t${times.join(' \t')} \t${reason} \t${message}`)
  }
}

function podsTable(out: DescribeWriter, node: Node, pods: readonly Pod[], world: World): void {
  out.line(0, `Non-terminated Pods:\t(${pods.length} in total)`)
  out.line(1, 'Namespace\tName\t\tCPU Requests\tCPU Limits\tMemory Requests\tMemory Limits\tAge')
  out.line(1, '---------\t----\t\t------------\t----------\t---------------\t-------------\t---')
  for (const pod of pods) {
    const share = (side: Side, resource: Resource) => shareText(node, [pod], side, resource)
    const { namespace, name, creationTimestamp } = pod.metadata
    const cells = [
      share('requests', 'cpu'),
      share('limits', 'cpu'),
      share('requests', 'memory'),
      share('limits', 'memory'),
    ]
    out.line(1, `${namespace}\t${name}\t\t${cells.join('\t')}\t${ageSince(creationTimestamp, world.now)}`)
  }
  out.line(0, 'Allocated resources:')
  out.line(1, '(Total limits may be over 100 percent, i.e., overcommitted.)')
  out.line(1, 'Resource\tRequests\tLimits').line(1, '--------\t--------\t------')
  for (const resource of RESOURCES)
    out.line(
      1,
      `${resource}\t${shareText(node, pods, 'requests', resource)}\t${shareText(node, pods, 'limits', resource)}`,
    )
}

function systemInfo(out: DescribeWriter, node: Node): void {
  const info = nodeInfoOf(node)
  const { podCIDR, podCIDRs = podCIDR === undefined ? [] : [podCIDR] } = node.spec
  out.line(0, 'System Info:')
  out.line(1, `Machine ID:\t${info.machineID ?? ''}`).line(1, `System UUID:\t${info.systemUUID ?? ''}`)
  out.line(1, `Boot ID:\t${info.bootID ?? ''}`).line(1, `Kernel Version:\t${info.kernelVersion ?? ''}`)
  out.line(1, `OS Image:\t${info.osImage ?? ''}`).line(1, `Operating System:\t${info.operatingSystem ?? ''}`)
  out.line(1, `Architecture:\t${info.architecture ?? ''}`)
  out.line(1, `Container Runtime Version:\t${info.containerRuntimeVersion ?? ''}`)
  out.line(1, `Kubelet Version:\t${info.kubeletVersion ?? ''}`)
  if (podCIDR) out.line(0, `PodCIDR:\t${podCIDR}`)
  if (podCIDRs.length > 0) out.line(0, `PodCIDRs:\t${podCIDRs.join(',')}`)
}

export function node(out: DescribeWriter, given: Node, world: World): void {
  const { metadata, spec, status } = given
  out.line(0, `Name:\t${metadata.name}`).line(0, `Roles:\t${nodeRoles(given)}`)
  labels(out, 'Labels', metadata.labels)
  annotations(out, 'Annotations', metadata.annotations)
  out.line(0, `CreationTimestamp:\t${longTime(metadata.creationTimestamp)}`)
  const taints = [...(spec.taints ?? [])].sort((a, b) => EFFECTS.indexOf(a.effect) - EFFECTS.indexOf(b.effect))
  lines(out, 'Taints', taints.map(taintText))
  out.line(0, `Unschedulable:\t${spec.unschedulable ?? false}`)
  lease(out, given, world)
  conditions(out, given)
  out.line(0, 'Addresses:')
  for (const { type, address } of status.addresses ?? []) out.line(1, `${type}:\t${address}`)
  for (const title of ['capacity', 'allocatable'] as const) {
    out.line(0, `${title === 'capacity' ? 'Capacity' : 'Allocatable'}:`)
    for (const [name, value] of sortedEntries(status[title])) out.line(1, `${name}:\t${value}`)
  }
  systemInfo(out, given)
  const pods = listObjects(world.objects, 'Pod').filter(
    (pod) => pod.spec.nodeName === metadata.name && !isTerminal(pod),
  )
  podsTable(out, given, pods, world)
}
