/**
 * EndpointSlices: which addresses stand behind a Service, and in what condition. A change of one pod touches one slice, so
 * it is looked at under a key of its own (`Service/ns/svc#pod`); a change of the Service looks at all its pods.
 * Each family of a Service's addresses has slices of its own. Leaves out topology hints, and Services without a selector, whose slices somebody else writes.
 * Models: staging/src/k8s.io/endpointslice (reconciler.go, utils.go), pkg/controller/endpointslice, v1.36.
 */
import type { IpFamily } from '../api/addresses.ts'
import { familyOf } from '../api/addresses.ts'
import type { ObjectKey } from '../api/kinds.ts'
import { keyOfObject, partsOfKey } from '../api/kinds.ts'
import { matchesLabels } from '../api/labels.ts'
import { isReady, isTerminal, isTerminating } from '../api/predicates.ts'
import { isHeadless } from '../api/serviceFamilies.ts'
import type { Endpoint, EndpointSlice, Pod, Service, ServicePort } from '../api/types.ts'
import { same } from '../kernel/equality.ts'
import type { Answer, Change, ClusterView, Decider, Decision, Draft, Outcome } from '../kernel/types.ts'
import { WATCH_DELAYS } from './delays.ts'

type Steps<T = Outcome> = Generator<Decision, T, Answer>

export const SERVICE_LABEL = 'kubernetes.io/service-name'
const HEADLESS_LABEL = 'service.kubernetes.io/headless'
const MANAGED_BY = { 'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io' }

/** Endpoints that one slice holds at most. */
export const MOST_ENDPOINTS = 100

const FIRST_FAMILY: readonly IpFamily[] = ['IPv4']
const familiesIn = ({ spec }: Service): readonly IpFamily[] => spec.ipFamilies ?? FIRST_FAMILY

/** The pod's address of a family, once it has one. */
export function podAddress({ status: { podIP, podIPs } }: Pod, family: IpFamily): string | undefined {
  if (podIP !== undefined && familyOf(podIP) === family) return podIP
  return podIPs?.find(({ ip }) => familyOf(ip) === family)?.ip
}

/** The pod belongs to the Service and leads somewhere. */
const isBehind = (service: Service, pod: Pod): boolean =>
  !isTerminal(pod) && matchesLabels(service.spec.selector, pod.metadata.labels)

/** How a pod stands behind a Service with its address of a family; undefined while it does not. */
export function endpointOf(service: Service, pod: Pod, family: IpFamily): Endpoint | undefined {
  const address = podAddress(pod, family)
  if (address === undefined || !isBehind(service, pod)) return undefined
  const { namespace = '', name, uid } = pod.metadata
  const { hostname, subdomain, nodeName } = pod.spec
  const serving = isReady(pod)
  const terminating = isTerminating(pod)
  const ready = service.spec.publishNotReadyAddresses === true || (serving && !terminating)
  return {
    addresses: [address],
    conditions: { ready, serving, terminating },
    ...(hostname && subdomain === service.metadata.name && { hostname }),
    targetRef: { kind: 'Pod', namespace, name, uid },
    ...(nodeName !== undefined && { nodeName }),
  }
}

/** The number of a port whose target may be the name of a container's port. */
function targetOf(port: ServicePort, pod: Pod | undefined): number | undefined {
  const { targetPort = port.port } = port
  if (typeof targetPort === 'number') return targetPort
  const ports = pod?.spec.containers.flatMap(({ ports = [] }) => ports) ?? []
  return ports.find(({ name }) => name === targetPort)?.containerPort
}

type Ports = EndpointSlice['ports']

/** The ports of a slice, as its pods have them. Pods of one Service are taken to agree on the numbers of named ports. */
function portsOf(service: Service, pod: Pod | undefined): Ports {
  const ports: Ports[number][] = []
  for (const given of service.spec.ports ?? []) {
    const port = targetOf(given, pod)
    if (port !== undefined) ports.push({ name: given.name ?? '', protocol: given.protocol ?? 'TCP', port })
  }
  return ports
}

/** The endpoints of a list by the names of their pods: made once, and from then on handed from version to version. */
function byPod(endpoints: readonly Endpoint[]): Map<string, Endpoint> {
  const known = byPodName.get(endpoints)
  if (known) return known
  const found = new Map(endpoints.map((endpoint) => [endpoint.targetRef?.name ?? '', endpoint]))
  byPodName.set(endpoints, found)
  return found
}
const byPodName = new WeakMap<readonly Endpoint[], Map<string, Endpoint>>()

/** The endpoint of a pod by its name. */
export const endpointNamed = (endpoints: readonly Endpoint[], pod: string): Endpoint | undefined =>
  byPod(endpoints).get(pod)

/** The list with a pod's endpoint replaced, added at the end, or left out; the very same list where that changes nothing. */
function withEndpoint(endpoints: readonly Endpoint[], pod: string, wanted: Endpoint | undefined): readonly Endpoint[] {
  const known = byPod(endpoints)
  const old = known.get(pod)
  if (same(old, wanted)) return endpoints
  const at = old ? endpoints.indexOf(old) : endpoints.length
  const next = endpoints.slice()
  if (wanted) next[at] = wanted
  else next.splice(at, 1)
  // The map goes with the newer list; whoever comes back to the older one has it made again.
  byPodName.delete(endpoints)
  byPodName.set(next, known)
  if (wanted) known.set(pod, wanted)
  else known.delete(pod)
  return next
}

/** A Service with one of its families. */
interface Side {
  readonly service: Service
  readonly family: IpFamily
}

/** Those of a namespace's slices that are a Service's, of all families. */
export const slicesOf = (slices: readonly EndpointSlice[], service: string): readonly EndpointSlice[] =>
  slices.filter(({ metadata }) => metadata.labels?.[SERVICE_LABEL] === service)

const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789'

/** `nginx-x7k2p`: five characters as Kubernetes' own generator chooses them. */
function sliceName(view: ClusterView, service: Service): string {
  let suffix = ''
  for (let i = 0; i < 5; i++) suffix += ALPHABET[Math.floor(view.draw('endpoints:name') * ALPHABET.length)]
  return `${service.metadata.name}-${suffix}`
}

function sliceDraft(
  view: ClusterView,
  { service, family }: Side,
  endpoints: readonly Endpoint[],
  ports: Ports,
): Draft<EndpointSlice> {
  const { apiVersion, kind, metadata } = service
  const labels = {
    ...metadata.labels,
    ...MANAGED_BY,
    [SERVICE_LABEL]: metadata.name,
    ...(isHeadless(service.spec) && { [HEADLESS_LABEL]: '' }),
  }
  const owner = { apiVersion, kind, name: metadata.name, uid: metadata.uid, controller: true, blockOwnerDeletion: true }
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      name: sliceName(view, service),
      ...(metadata.namespace !== undefined && { namespace: metadata.namespace }),
      labels,
      ownerReferences: [owner],
    },
    addressType: family,
    endpoints,
    ports,
  }
}

const failed = (answer: Answer): Outcome => (answer.ok ? undefined : { error: answer.refusal.message })

/** The write of a slice with other endpoints, if they are others. */
function rewrite(slice: EndpointSlice, endpoints: readonly Endpoint[], ports: Ports): Decision | undefined {
  const settled = endpoints.length > 0 && ports.length > 0 ? ports : slice.ports
  if (same(endpoints, slice.endpoints) && same(settled, slice.ports)) return undefined
  return { do: 'update', object: { ...slice, endpoints, ports: settled } }
}

const fullestWithRoom = (slices: readonly EndpointSlice[]): EndpointSlice | undefined =>
  slices
    .filter(({ endpoints }) => endpoints.length < MOST_ENDPOINTS)
    .reduce<EndpointSlice | undefined>(
      (best, slice) => (best && best.endpoints.length >= slice.endpoints.length ? best : slice),
      undefined,
    )

/** Puts one pod's endpoint where it belongs: in the slice that has it, else the fullest that has room, else a new one. */
function placePod(view: ClusterView, side: Side, slices: readonly EndpointSlice[], name: string): Decision | undefined {
  const { service, family } = side
  const pod = view.get('Pod', service.metadata.namespace, name)
  const wanted = pod && endpointOf(service, pod, family)
  const holder = slices.find(({ endpoints }) => byPod(endpoints).has(name))
  if (holder) return rewrite(holder, withEndpoint(holder.endpoints, name, wanted), portsOf(service, pod))
  if (!wanted) return undefined
  const ports = portsOf(service, pod)
  const roomy = fullestWithRoom(slices)
  if (roomy) return rewrite(roomy, withEndpoint(roomy.endpoints, name, wanted), ports)
  return { do: 'create', object: sliceDraft(view, side, [wanted], ports) }
}

/** Brings all slices of one family up to date: endpoints stay where they are, new ones fill the slices up. */
function* placeAll(view: ClusterView, side: Side, slices: readonly EndpointSlice[]): Steps {
  const { service, family } = side
  const wanted = new Map<string, Endpoint>()
  let first: Pod | undefined
  for (const pod of view.list('Pod', service.metadata.namespace)) {
    const endpoint = endpointOf(service, pod, family)
    if (!endpoint) continue
    first ??= pod
    wanted.set(pod.metadata.name, endpoint)
  }
  const kept = slices.map(({ endpoints }) =>
    endpoints.flatMap(({ targetRef }) => {
      const endpoint = wanted.get(targetRef?.name ?? '')
      wanted.delete(targetRef?.name ?? '')
      return endpoint ?? []
    }),
  )
  const fresh = [...wanted.values()]
  const ports = portsOf(service, first)
  for (const [index, slice] of slices.entries()) {
    const own = kept[index] as Endpoint[]
    const write = rewrite(slice, [...own, ...fresh.splice(0, MOST_ENDPOINTS - own.length)], ports)
    const outcome = write && failed(yield write)
    if (outcome) return outcome
  }
  // Even a Service without a pod has a slice.
  for (let none = slices.length === 0; none || fresh.length > 0; none = false) {
    const draft = sliceDraft(view, side, fresh.splice(0, MOST_ENDPOINTS), ports)
    const outcome = failed(yield { do: 'create', object: draft })
    if (outcome) return outcome
  }
  return undefined
}

/** A family that the Service has no more takes its slices along. */
function* dropOthers(service: Service, slices: readonly EndpointSlice[]): Steps {
  for (const { addressType, metadata } of slices) {
    if (familiesIn(service).includes(addressType)) continue
    const { namespace = '', name, uid } = metadata
    const outcome = failed(yield { do: 'delete', kind: 'EndpointSlice', namespace, name, options: { uid } })
    if (outcome) return outcome
  }
  return undefined
}

function* decide(view: ClusterView, key: string): Steps {
  const hash = key.indexOf('#')
  const { namespace, name } = partsOfKey((hash < 0 ? key : key.slice(0, hash)) as ObjectKey)
  const service = view.get('Service', namespace, name)
  if (!service?.spec.selector || service.spec.type === 'ExternalName') return undefined
  const slices = slicesOf(view.list('EndpointSlice', namespace), name)
  for (const family of familiesIn(service)) {
    const side = { service, family }
    const own = slices.filter(({ addressType }) => addressType === family)
    const write = hash < 0 ? undefined : placePod(view, side, own, key.slice(hash + 1))
    const outcome = hash < 0 ? yield* placeAll(view, side, own) : write && failed(yield write)
    if (outcome) return outcome
  }
  return hash < 0 ? yield* dropOthers(service, slices) : undefined
}

type View = Parameters<Decider['watches'][number]['wakes']>[1]

/** A slice shows the same of both. */
const showSame = (a: Pod, b: Pod): boolean =>
  a.status.podIP === b.status.podIP &&
  a.metadata.uid === b.metadata.uid &&
  isReady(a) === isReady(b) &&
  isTerminating(a) === isTerminating(b) &&
  isTerminal(a) === isTerminal(b)

function podWakes({ before, after }: Change, view: View): readonly string[] {
  const old = before as Pod | undefined
  const pod = after as Pod | undefined
  const { metadata } = (pod ?? old) as Pod
  if (old?.status.podIP === undefined && pod?.status.podIP === undefined) return []
  if (old && pod && old.metadata.labels === pod.metadata.labels && showSame(old, pod)) return []
  return view
    .list('Service', metadata.namespace)
    .filter(({ spec }) => [old, pod].some((one) => one && matchesLabels(spec.selector, one.metadata.labels)))
    .map((service) => `${keyOfObject(service)}#${metadata.name}`)
}

export const endpoints: Decider = {
  name: 'endpoints',
  component: 'endpoint-slice-controller',
  delayMs: WATCH_DELAYS.endpoints,
  watches: [
    { kind: 'Pod', wakes: podWakes },
    {
      kind: 'Service',
      wakes: ({ before, after }) =>
        after?.kind === 'Service' && (before as Service | undefined)?.spec !== after.spec ? [keyOfObject(after)] : [],
    },
    {
      kind: 'EndpointSlice',
      // Somebody deleted one of ours.
      wakes: ({ before, after }) => {
        const { namespace, labels } = (before ?? after)?.metadata ?? {}
        const service = labels?.[SERVICE_LABEL]
        return after || service === undefined ? [] : [`Service/${namespace}/${service}`]
      },
    },
  ],
  decide,
}
