/**
 * The columns of each type in `kubectl get`, as the API server prints them. A type that is not named here has a name and
 * an age. Models: pkg/printers/internalversion/printers.go, v1.36.
 */
import { withPort } from '../../api/addresses.ts'
import { controllerOf } from '../../api/kinds.ts'
import { switchesOf } from '../../api/switches.ts'
import type {
  ControllerRevision,
  EndpointSlice,
  PersistentVolumeClaim,
  Pod,
  Service,
  StatefulSet,
} from '../../api/types.ts'
import type { World } from '../../kernel/types.ts'
import { podCells, readyCell, restartsCell } from '../podStatus.ts'
import type { Column } from './cells.ts'
import { age, column, labelsText, NONE, name, orNone, UNSET } from './cells.ts'
import type { WithData } from './columnsOfGround.ts'
import { budgets, claims, data, events, nodes, quotas, storageClasses, volumes } from './columnsOfGround.ts'

const cellsOf = (pod: Pod, { settings }: World) => podCells(pod, switchesOf(settings))

const pods: readonly Column[] = [
  name,
  column<Pod>('READY', (pod, world) => readyCell(cellsOf(pod, world))),
  column<Pod>('STATUS', (pod, world) => cellsOf(pod, world).status),
  column<Pod>('RESTARTS', (pod, world) => restartsCell(cellsOf(pod, world), world.now)),
  age,
  column<Pod>('IP', ({ status }) => orNone(status.podIP), true),
  column<Pod>('NODE', ({ spec }) => orNone(spec.nodeName), true),
  column<Pod>('NOMINATED NODE', ({ status }) => orNone(status.nominatedNodeName), true),
  column<Pod>('READINESS GATES', () => NONE, true),
]

type Templated = { readonly spec: { readonly template: { readonly spec: StatefulSet['spec']['template']['spec'] } } }

const containerNames = column<Templated>(
  'CONTAINERS',
  ({ spec }) => spec.template.spec.containers.map((container) => container.name).join(','),
  true,
)
const containerImages = column<Templated>(
  'IMAGES',
  ({ spec }) => spec.template.spec.containers.map(({ image }) => image).join(','),
  true,
)

const statefulSets: readonly Column[] = [
  name,
  column<StatefulSet>('READY', ({ spec, status }) => `${status.readyReplicas ?? 0}/${spec.replicas}`),
  age,
  containerNames,
  containerImages,
]

function ownerText({ metadata }: ControllerRevision): string {
  const owner = controllerOf(metadata)
  if (!owner) return NONE
  const group = owner.apiVersion.includes('/') ? `.${owner.apiVersion.split('/')[0]}` : ''
  return `${owner.kind.toLowerCase()}${group}/${owner.name}`
}

const revisions: readonly Column[] = [
  name,
  column<ControllerRevision>('CONTROLLER', ownerText),
  column<ControllerRevision>('REVISION', ({ revision }) => String(revision)),
  age,
]

function externalAddress({ spec }: Service): string {
  if (spec.type === 'LoadBalancer') return '<pending>'
  const { externalName } = spec as { readonly externalName?: string }
  return spec.type === 'ExternalName' ? orNone(externalName) : NONE
}

const servicePorts = ({ spec }: Service): string =>
  orNone(
    (spec.ports ?? [])
      .map(({ port, nodePort, protocol = 'TCP' }) => `${port}${nodePort ? `:${nodePort}` : ''}/${protocol}`)
      .join(','),
  )

const services: readonly Column[] = [
  name,
  column<Service>('TYPE', ({ spec }) => spec.type ?? 'ClusterIP'),
  column<Service>('CLUSTER-IP', ({ spec }) => orNone(spec.clusterIP)),
  column<Service>('EXTERNAL-IP', externalAddress),
  column<Service>('PORT(S)', servicePorts),
  age,
  column<Service>('SELECTOR', ({ spec }) => labelsText(spec.selector), true),
]

/** The first three, and how many more there are. */
const firstThree = (list: readonly string[]): string =>
  list.length > 3 ? `${list.slice(0, 3).join(',')} + ${list.length - 3} more...` : list.join(',')

interface Endpoints {
  readonly subsets: readonly {
    readonly addresses?: readonly { readonly ip: string }[]
    readonly ports: readonly { readonly port?: number }[]
  }[]
}

/** `10.244.1.2:80,10.244.2.2:80`. */
export const endpointsText = ({ subsets }: Endpoints): string =>
  orNone(
    firstThree(
      subsets.flatMap(({ addresses = [], ports }) =>
        ports.length === 0
          ? addresses.map(({ ip }) => ip)
          : ports.flatMap(({ port }) => addresses.map(({ ip }) => withPort(ip, port))),
      ),
    ),
  )

const endpoints: readonly Column[] = [name, column<Endpoints>('ENDPOINTS', endpointsText), age]

const endpointSlices: readonly Column[] = [
  name,
  column<EndpointSlice>('ADDRESSTYPE', ({ addressType }) => addressType),
  column<EndpointSlice>('PORTS', ({ ports }) => firstThree(ports.map(({ port }) => String(port ?? '*'))) || UNSET),
  column<EndpointSlice>(
    'ENDPOINTS',
    ({ endpoints: list }) => firstThree(list.flatMap(({ addresses }) => addresses)) || UNSET,
  ),
  age,
]

const COLUMNS: Readonly<Record<string, readonly Column[]>> = {
  ConfigMap: [name, data, age],
  ControllerRevision: revisions,
  EndpointSlice: endpointSlices,
  Endpoints: endpoints,
  Event: events,
  Namespace: [name, column<PersistentVolumeClaim>('STATUS', ({ status }) => status.phase), age],
  Node: nodes,
  PersistentVolume: volumes,
  PersistentVolumeClaim: claims,
  Pod: pods,
  PodDisruptionBudget: budgets,
  ResourceQuota: quotas,
  Secret: [name, column<WithData>('TYPE', ({ type = 'Opaque' }) => type), data, age],
  Service: services,
  StatefulSet: statefulSets,
  StorageClass: storageClasses,
}

export const columnsOf = (kind: string, wide: boolean): readonly Column[] =>
  (Object.hasOwn(COLUMNS, kind) ? (COLUMNS[kind] as readonly Column[]) : [name, age]).filter(
    (each) => wide || !each.wide,
  )
