/**
 * Claims, volumes, classes, Services and budgets described.
 * Models: staging/src/k8s.io/kubectl/pkg/describe/describe.go, v1.36.
 */
import { withPort } from '../../api/addresses.ts'
import { DEFAULT_CLASS_ANNOTATION } from '../../api/defaultsStorage.ts'
import type { EndpointSlice, PersistentVolume, PersistentVolumeClaim, Service, StorageClass } from '../../api/types.ts'
import { listObjects } from '../../kernel/apiServer.ts'
import type { World } from '../../kernel/types.ts'
import type { Thing } from '../call.ts'
import { phaseWord, shortAccessModes } from '../podStatus.ts'
import { annotations, labels, NONE, selectorText, sortedEntries, UNSET } from './parts.ts'
import type { DescribeWriter } from './tabs.ts'

const list = (values: readonly string[] | undefined): string => `[${(values ?? []).join(' ')}]`

export function claim(out: DescribeWriter, given: PersistentVolumeClaim, world: World): void {
  const { metadata, spec, status } = given
  const bound = spec.volumeName !== undefined && spec.volumeName !== ''
  const users = listObjects(world.objects, 'Pod', metadata.namespace).filter(({ spec: pod }) =>
    pod.volumes?.some(({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName === metadata.name),
  )
  out.line(0, `Name:\t${metadata.name}`).line(0, `Namespace:\t${metadata.namespace}`)
  out.line(0, `StorageClass:\t${spec.storageClassName ?? ''}`)
  out.line(
    0,
    metadata.deletionTimestamp === undefined ? `Status:\t${phaseWord(given)}` : `Status:\tTerminating (lasts ${UNSET})`,
  )
  out.line(0, `Volume:\t${spec.volumeName ?? ''}`)
  labels(out, 'Labels', metadata.labels)
  annotations(out, 'Annotations', metadata.annotations)
  out.line(0, `Finalizers:\t${list(metadata.finalizers)}`)
  out.line(0, `Capacity:\t${bound ? (status.capacity?.storage ?? '') : ''}`)
  out.line(0, `Access Modes:\t${bound ? shortAccessModes(status.accessModes) : ''}`)
  out.line(0, `VolumeMode:\t${spec.volumeMode ?? 'Filesystem'}`)
  if (users.length === 0) out.line(0, `Used By:\t${NONE}`)
  for (const [index, user] of users.entries()) out.line(0, `${index === 0 ? 'Used By:' : ''}\t${user.metadata.name}`)
}

interface Source {
  readonly csi?: {
    readonly driver: string
    readonly volumeHandle: string
    readonly fsType?: string
    readonly readOnly?: boolean
  }
}

function sourceLines(out: DescribeWriter, { csi, hostPath, local }: PersistentVolume['spec'] & Source): void {
  out.line(0, 'Source:')
  if (csi) {
    out.line(2, 'Type:\tCSI (a Container Storage Interface (CSI) volume source)').line(2, `Driver:\t${csi.driver}`)
    out.line(2, `FSType:\t${csi.fsType ?? ''}`).line(2, `VolumeHandle:\t${csi.volumeHandle}`)
    out.line(2, `ReadOnly:\t${csi.readOnly ?? false}`)
  } else if (hostPath) {
    out.line(2, 'Type:\tHostPath (bare host directory volume)').line(2, `Path:\t${hostPath.path}`)
    out.line(2, `HostPathType:\t${hostPath.type ?? ''}`)
  } else if (local)
    out
      .line(2, 'Type:\tLocalVolume (a persistent volume backed by local storage on a node)')
      .line(2, `Path:\t${local.path}`)
  else out.line(2, 'Type:\t<unknown>')
}

function reachLines(out: DescribeWriter, { nodeAffinity }: PersistentVolume['spec']): void {
  const terms = nodeAffinity?.required?.nodeSelectorTerms
  out.line(0, `Node Affinity:\t${terms ? '' : NONE}`)
  if (!terms) return
  out.line(1, 'Required Terms:\t')
  for (const [number, { matchExpressions = [] }] of terms.entries()) {
    if (matchExpressions.length === 0) out.line(2, `Term ${number}:\t${NONE}`)
    for (const [index, { key, operator, values = [] }] of matchExpressions.entries()) {
      const asked = `${key} ${operator.toLowerCase()}${values.length > 0 ? ` [${values.join(', ')}]` : ''}`
      out.line(2, `${index === 0 ? `Term ${number}:` : ''}\t${asked}`)
    }
  }
}

export function volume(out: DescribeWriter, given: PersistentVolume): void {
  const { metadata, spec, status } = given
  out.line(0, `Name:\t${metadata.name}`)
  labels(out, 'Labels', metadata.labels)
  annotations(out, 'Annotations', metadata.annotations)
  out.line(0, `Finalizers:\t${list(metadata.finalizers)}`)
  out.line(0, `StorageClass:\t${spec.storageClassName ?? ''}`)
  out.line(
    0,
    metadata.deletionTimestamp === undefined ? `Status:\t${phaseWord(given)}` : `Status:\tTerminating (lasts ${UNSET})`,
  )
  out.line(0, `Claim:\t${spec.claimRef ? `${spec.claimRef.namespace}/${spec.claimRef.name}` : ''}`)
  out.line(0, `Reclaim Policy:\t${spec.persistentVolumeReclaimPolicy ?? ''}`)
  out.line(0, `Access Modes:\t${shortAccessModes(spec.accessModes)}`)
  out.line(0, `VolumeMode:\t${spec.volumeMode ?? 'Filesystem'}`)
  out.line(0, `Capacity:\t${spec.capacity.storage}`)
  reachLines(out, spec)
  out.line(0, `Message:\t${(status as { readonly message?: string }).message ?? ''}`)
  sourceLines(out, spec)
}

type Class = StorageClass & {
  readonly parameters?: Readonly<Record<string, string>>
}

export function storageClass(out: DescribeWriter, given: Class): void {
  const { metadata, provisioner, parameters, reclaimPolicy, volumeBindingMode } = given
  out.line(0, `Name:\t${metadata.name}`)
  out.line(0, `IsDefaultClass:\t${metadata.annotations?.[DEFAULT_CLASS_ANNOTATION] === 'true' ? 'Yes' : 'No'}`)
  out.line(
    0,
    `Annotations:\t${
      sortedEntries(metadata.annotations)
        .map(([key, value]) => `${key}=${value}`)
        .join(',') || NONE
    }`,
  )
  out.line(0, `Provisioner:\t${provisioner}`)
  out.line(
    0,
    `Parameters:\t${
      sortedEntries(parameters)
        .map(([key, value]) => `${key}=${value}`)
        .join(',') || NONE
    }`,
  )
  out.line(
    0,
    `AllowVolumeExpansion:\t${given.allowVolumeExpansion === undefined ? UNSET : given.allowVolumeExpansion ? 'True' : 'False'}`,
  )
  out.line(0, `MountOptions:\t${NONE}`)
  out.line(0, `ReclaimPolicy:\t${reclaimPolicy ?? ''}`)
  out.line(0, `VolumeBindingMode:\t${volumeBindingMode ?? ''}`)
}

interface MoreOfService {
  readonly sessionAffinity?: string
  readonly internalTrafficPolicy?: string
  readonly externalTrafficPolicy?: string
}

const SERVICE_NAME = 'kubernetes.io/service-name'

/** Ready addresses behind one port, three at most. */
function endpointsOf(world: World, { metadata }: Service, portName: string): string {
  const slices: readonly EndpointSlice[] = listObjects(world.objects, 'EndpointSlice', metadata.namespace)
  const addresses = slices
    .filter((slice) => slice.metadata.labels?.[SERVICE_NAME] === metadata.name)
    .flatMap(({ endpoints, ports }) =>
      endpoints
        .filter(({ conditions }) => conditions.ready)
        .flatMap(({ addresses: own }) =>
          ports
            .filter(({ name }) => name === portName)
            .flatMap(({ port }) => own.map((address) => withPort(address, port))),
        ),
    )
  const more = addresses.length > 3 ? ` + ${addresses.length - 3} more...` : ''
  return addresses.slice(0, 3).join(',') + more
}

export function service(out: DescribeWriter, given: Service, world: World): void {
  const { metadata, spec } = given
  const more = spec as MoreOfService
  out.line(0, `Name:\t${metadata.name}`).line(0, `Namespace:\t${metadata.namespace}`)
  labels(out, 'Labels', metadata.labels)
  annotations(out, 'Annotations', metadata.annotations)
  out.line(
    0,
    `Selector:\t${
      sortedEntries(spec.selector)
        .map(([key, value]) => `${key}=${value}`)
        .join(',') || NONE
    }`,
  )
  out.line(0, `Type:\t${spec.type ?? 'ClusterIP'}`)
  if (spec.ipFamilyPolicy) out.line(0, `IP Family Policy:\t${spec.ipFamilyPolicy}`)
  if (spec.ipFamilies) out.line(0, `IP Families:\t${spec.ipFamilies.join(',')}`)
  out.line(0, `IP:\t${spec.clusterIP ?? ''}`)
  if (spec.clusterIPs) out.line(0, `IPs:\t${spec.clusterIPs.join(',')}`)
  for (const { name = '', port, protocol = 'TCP', targetPort, nodePort } of spec.ports ?? []) {
    const shown = name === '' ? UNSET : name
    out.line(0, `Port:\t${shown}\t${port}/${protocol}`)
    if (targetPort !== undefined) out.line(0, `TargetPort:\t${targetPort}/${protocol}`)
    if (nodePort) out.line(0, `NodePort:\t${shown}\t${nodePort}/${protocol}`)
    out.line(0, `Endpoints:\t${endpointsOf(world, given, name)}`)
  }
  out.line(0, `Session Affinity:\t${more.sessionAffinity ?? 'None'}`)
  if (more.externalTrafficPolicy) out.line(0, `External Traffic Policy:\t${more.externalTrafficPolicy}`)
  if (more.internalTrafficPolicy) out.line(0, `Internal Traffic Policy:\t${more.internalTrafficPolicy}`)
}

interface Budget {
  readonly metadata: Thing['metadata']
  readonly spec: {
    readonly minAvailable?: number | string
    readonly maxUnavailable?: number | string
    readonly selector?: Parameters<typeof selectorText>[0]
  }
  readonly status?: {
    readonly disruptionsAllowed?: number
    readonly currentHealthy?: number
    readonly desiredHealthy?: number
    readonly expectedPods?: number
  }
}

export function budget(out: DescribeWriter, { metadata, spec, status = {} }: Budget): void {
  out.line(0, `Name:\t${metadata.name}`).line(0, `Namespace:\t${metadata.namespace}`)
  if (spec.minAvailable !== undefined) out.line(0, `Min available:\t${spec.minAvailable}`)
  else if (spec.maxUnavailable !== undefined) out.line(0, `Max unavailable:\t${spec.maxUnavailable}`)
  out.line(0, `Selector:\t${spec.selector ? selectorText(spec.selector) : UNSET}`)
  out.line(0, 'Status:').line(2, `Allowed disruptions:\t${status.disruptionsAllowed ?? 0}`)
  out.line(2, `Current:\t${status.currentHealthy ?? 0}`).line(2, `Desired:\t${status.desiredHealthy ?? 0}`)
  out.line(2, `Total:\t${status.expectedPods ?? 0}`)
}
