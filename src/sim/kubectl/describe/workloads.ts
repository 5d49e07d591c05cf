/**
 * Pods and StatefulSets described.
 * Models: staging/src/k8s.io/kubectl/pkg/describe/describe.go (PodDescriber, StatefulSetDescriber), v1.36.
 */
import { controllerOf } from '../../api/kinds.ts'
import { isTerminal } from '../../api/predicates.ts'
import { timeOf } from '../../api/time.ts'
import type { ClaimTemplate, Pod, StatefulSet } from '../../api/types.ts'
import { listObjects } from '../../kernel/apiServer.ts'
import type { World } from '../../kernel/types.ts'
import { humanDuration } from '../duration.ts'
import { containers, podTemplate } from './containers.ts'
import { annotations, labels, longTime, NONE, selectorText, tolerations } from './parts.ts'
import type { DescribeWriter } from './tabs.ts'
import { volumes } from './volumes.ts'

/** What a field path of the downward API says of a pod. */
function fieldOf(pod: Pod, path: string): string {
  const { metadata, spec, status } = pod
  const { serviceAccountName = 'default' } = spec as { readonly serviceAccountName?: string }
  const values: Readonly<Record<string, string | undefined>> = {
    'metadata.name': metadata.name,
    'metadata.namespace': metadata.namespace,
    'metadata.uid': metadata.uid,
    'spec.nodeName': spec.nodeName,
    'spec.serviceAccountName': serviceAccountName,
    'status.hostIP': status.hostIP,
    'status.podIP': status.podIP,
  }
  const key = /^metadata\.(labels|annotations)\['(.+)'\]$/.exec(path)
  return (key ? metadata[key[1] as 'labels' | 'annotations']?.[key[2] as string] : values[path]) ?? ''
}

function placeOf({ spec, status }: Pod): string {
  if (!spec.nodeName) return NONE
  return `${spec.nodeName}/${status.hostIP ?? ''}`
}

function statusLines(out: DescribeWriter, pod: Pod, world: World): void {
  const { metadata, status } = pod
  if (metadata.deletionTimestamp !== undefined && !isTerminal(pod)) {
    out.line(0, `Status:\tTerminating (lasts ${humanDuration(world.now - timeOf(metadata.deletionTimestamp))})`)
    out.line(0, `Termination Grace Period:\t${metadata.deletionGracePeriodSeconds ?? 0}s`)
  } else out.line(0, `Status:\t${status.phase ?? ''}`)
  if (status.reason) out.line(0, `Reason:\t${status.reason}`)
  if (status.message) out.line(0, `Message:\t${status.message}`)
}

function conditions(out: DescribeWriter, { status }: Pod): void {
  if ((status.conditions ?? []).length === 0) return
  out.line(0, 'Conditions:\n  Type\tStatus')
  for (const { type, status: value } of status.conditions ?? []) out.line(1, `${type} \t${value} `)
}

interface MoreOfSpec {
  readonly priority?: number
  readonly priorityClassName?: string
  readonly serviceAccountName?: string
}

export function pod(out: DescribeWriter, given: Pod, world: World): void {
  const { metadata, spec, status } = given
  const { priority = 0, priorityClassName, serviceAccountName = 'default' } = spec as MoreOfSpec
  out.line(0, `Name:\t${metadata.name}`).line(0, `Namespace:\t${metadata.namespace}`)
  out.line(0, `Priority:\t${priority}`)
  if (priorityClassName) out.line(0, `Priority Class Name:\t${priorityClassName}`)
  out.line(0, `Service Account:\t${serviceAccountName}`).line(0, `Node:\t${placeOf(given)}`)
  if (status.startTime) out.line(0, `Start Time:\t${longTime(status.startTime)}`)
  labels(out, 'Labels', metadata.labels)
  annotations(out, 'Annotations', metadata.annotations)
  statusLines(out, given, world)
  out.line(0, `IP:\t${status.podIP ?? ''}`)
  if ((status.podIPs ?? []).length === 0) out.line(0, `IPs:\t${NONE}`)
  else out.line(0, 'IPs:')
  for (const { ip } of status.podIPs ?? []) out.line(1, `IP:\t${ip}`)
  const owner = controllerOf(metadata)
  if (owner) out.line(0, `Controlled By:\t${owner.kind}/${owner.name}`)
  const field = (path: string) => fieldOf(given, path)
  if (spec.initContainers && spec.initContainers.length > 0)
    containers(out, 'Init Containers', spec.initContainers, status.initContainerStatuses ?? [], '', field)
  containers(out, 'Containers', spec.containers, status.containerStatuses ?? [], '', field)
  conditions(out, given)
  volumes(out, spec.volumes ?? [], '')
  if (status.qosClass) out.line(0, `QoS Class:\t${status.qosClass}`)
  labels(out, 'Node-Selectors', spec.nodeSelector)
  tolerations(out, 'Tolerations', spec.tolerations)
}

/** Pods of a set by phase: running, waiting, succeeded, failed. */
function podCounts(world: World, set: StatefulSet): readonly number[] {
  const own = listObjects(world.objects, 'Pod', set.metadata.namespace).filter(
    ({ metadata }) => controllerOf(metadata)?.uid === set.metadata.uid,
  )
  return ['Running', 'Pending', 'Succeeded', 'Failed'].map(
    (phase) => own.filter(({ status }) => status.phase === phase).length,
  )
}

function claimTemplates(out: DescribeWriter, templates: readonly ClaimTemplate[]): void {
  if (templates.length === 0) {
    out.line(0, `Volume Claims:\t${NONE}`)
    return
  }
  out.line(0, 'Volume Claims:')
  for (const { metadata, spec } of templates) {
    out.line(1, `Name:\t${metadata.name}`)
    out.line(
      1,
      `StorageClass:\t${spec.storageClassName ?? metadata.annotations?.['volume.beta.kubernetes.io/storage-class'] ?? ''}`,
    )
    labels(out, '  Labels', metadata.labels)
    annotations(out, '  Annotations', metadata.annotations)
    out.line(1, `Capacity:\t${spec.resources?.requests?.storage ?? '<default>'}`)
    out.line(1, `Access Modes:\t[${(spec.accessModes ?? []).join(' ')}]`)
  }
}

export function statefulSet(out: DescribeWriter, set: StatefulSet, world: World): void {
  const { metadata, spec, status } = set
  const [running, waiting, succeeded, failed] = podCounts(world, set)
  out.line(0, `Name:\t${metadata.name}`).line(0, `Namespace:\t${metadata.namespace}`)
  out.line(0, `CreationTimestamp:\t${longTime(metadata.creationTimestamp)}`)
  out.line(0, `Selector:\t${selectorText(spec.selector)}`)
  labels(out, 'Labels', metadata.labels)
  annotations(out, 'Annotations', metadata.annotations)
  out.line(0, `Replicas:\t${spec.replicas} desired | ${status.replicas} total`)
  out.line(0, `Update Strategy:\t${spec.updateStrategy.type}`)
  const { rollingUpdate } = spec.updateStrategy
  if (rollingUpdate?.partition !== undefined) out.line(1, `Partition:\t${rollingUpdate.partition}`)
  if (rollingUpdate?.maxUnavailable !== undefined) out.line(1, `MaxUnavailable:\t${rollingUpdate.maxUnavailable}`)
  out.line(0, `Pods Status:\t${running} Running / ${waiting} Waiting / ${succeeded} Succeeded / ${failed} Failed`)
  podTemplate(out, spec.template)
  claimTemplates(out, spec.volumeClaimTemplates ?? [])
}
