/**
 * What stands around a set, for the parts of the view that draw it: how each pod stands in the slices of its Service, other
 * Services that lead to its pods, and the classes that its claims name. Apart from the picture, because a page is usable
 * before it is drawn. Leaves out Services of other namespaces, and load balancers' own addresses.
 */
import { hasNodePorts } from '../api/defaultsService.ts'
import { classNameOf, defaultClassOf } from '../api/defaultsStorage.ts'
import { ordinalOf, POD_NAME_LABEL } from '../api/identity.ts'
import type { ObjectKey } from '../api/kinds.ts'
import { keyOf, keyOfObject, partsOfKey } from '../api/kinds.ts'
import { matchesLabels } from '../api/labels.ts'
import type { Endpoint, EndpointSlice, Service, StatefulSet } from '../api/types.ts'
import { slicesOf } from '../controllers/endpoints.ts'
import { outsideOf } from '../controllers/traffic.ts'
import { listObjects, readObject } from '../kernel/apiServer.ts'
import { same } from '../kernel/equality.ts'
import type { World } from '../kernel/types.ts'
import { Kept } from './kept.ts'
import type { SetPicture } from './types.ts'

/**
 * The three conditions of an endpoint as one word. Only the first two get traffic as a rule; `serving` is on its way out and
 * still answers.
 */
export type EndpointState = 'ready' | 'published' | 'serving' | 'terminating' | 'notReady'

export interface EndpointPicture {
  /** The slice; of several families the first. */
  readonly key: ObjectKey
  readonly state: EndpointState
  readonly addresses: readonly string[]
}

/** A Service besides the governing one that leads to pods of the set. */
export interface DoorPicture {
  readonly key: ObjectKey
  readonly name: string
  readonly type: string
  /** Those whose pods it leads to. */
  readonly ordinals: readonly number[]
  /** Its own addresses; none where it is headless. */
  readonly addresses: readonly string[]
  readonly ports: readonly number[]
  /** Ports of every node, and all addresses at which they are reached from outside. */
  readonly nodePorts: readonly number[]
  readonly outside: readonly string[]
  readonly ready: number
  readonly endpoints: number
}

export interface ClassPicture {
  readonly key: ObjectKey
  readonly name: string
  readonly exists: boolean
  readonly isDefault: boolean
  readonly provisioner?: string
  readonly bindingMode?: string
  readonly reclaimPolicy?: string
  /** Ordinals whose claims are of it. */
  readonly ordinals: readonly number[]
}

type Endpoints = Readonly<Record<number, EndpointPicture>>

export interface AroundPicture {
  /** By ordinal. */
  readonly endpoints: Endpoints
  readonly doors: readonly DoorPicture[]
  readonly classes: readonly ClassPicture[]
}

function stateOf({ conditions: { ready, serving, terminating } }: Endpoint): EndpointState {
  if (terminating) return serving ? 'serving' : 'terminating'
  if (!ready) return 'notReady'
  return serving ? 'ready' : 'published'
}

const slicesIn = (world: World, namespace: string, service: string): readonly EndpointSlice[] =>
  slicesOf(listObjects(world.objects, 'EndpointSlice', namespace), service)

/** A pod's addresses of both families stand together. Entries that say the same as before are the very same. */
function endpointsOf(world: World, { namespace, name, service }: SetPicture, before: Endpoints): Endpoints {
  const found: Record<number, EndpointPicture> = {}
  for (const slice of slicesIn(world, namespace, service.name))
    for (const endpoint of slice.endpoints) {
      const pod = endpoint.targetRef?.name ?? ''
      const ordinal = pod.startsWith(`${name}-`) ? ordinalOf(pod) : -1
      if (ordinal < 0) continue
      const known = found[ordinal]
      const isFirst = !known || slice.addressType === 'IPv4'
      const addresses = known ? [...known.addresses] : []
      if (isFirst) addresses.unshift(...endpoint.addresses)
      else addresses.push(...endpoint.addresses)
      const next = { key: isFirst ? keyOfObject(slice) : known.key, state: stateOf(endpoint), addresses }
      const last = before[ordinal]
      found[ordinal] = last && same(last, next) ? last : next
    }
  return found
}

/** The ordinals of the set whose pods have, or would have, the labels that the Service selects. */
function ordinalsBehind({ spec }: Service, set: StatefulSet, { name, columns }: SetPicture): readonly number[] {
  const labels = set.spec.template.metadata?.labels
  return columns
    .filter(({ place }) => place === 'wanted')
    .map(({ ordinal }) => ordinal)
    .filter((ordinal) => matchesLabels(spec.selector, { ...labels, [POD_NAME_LABEL]: `${name}-${ordinal}` }))
}

function doorOf(world: World, service: Service, ordinals: readonly number[]): DoorPicture {
  const { metadata, spec } = service
  const own = slicesIn(world, metadata.namespace ?? '', metadata.name)
  const endpoints = own
    .filter(({ addressType }) => addressType === own[0]?.addressType)
    .flatMap((slice) => slice.endpoints)
  const nodePorts = hasNodePorts(spec) ? (spec.ports ?? []).flatMap(({ nodePort }) => nodePort ?? []) : []
  return {
    key: keyOfObject(service),
    name: metadata.name,
    type: spec.type ?? 'ClusterIP',
    ordinals,
    addresses: (spec.clusterIPs ?? []).filter((address) => address !== 'None'),
    ports: (spec.ports ?? []).map(({ port }) => port),
    nodePorts,
    outside: outsideOf(world, service),
    ready: endpoints.filter(({ conditions }) => conditions.ready).length,
    endpoints: endpoints.length,
  }
}

function doorsOf(world: World, picture: SetPicture): readonly DoorPicture[] {
  const { namespace, name, service: governing } = picture
  const set = readObject(world.objects, 'StatefulSet', namespace, name)
  if (!set) return []
  return listObjects(world.objects, 'Service', namespace).flatMap((service) => {
    if (service.metadata.name === governing.name || !service.spec.selector) return []
    const ordinals = ordinalsBehind(service, set, picture)
    return ordinals.length === 0 ? [] : [doorOf(world, service, ordinals)]
  })
}

const usualClass = (world: World): string | undefined =>
  defaultClassOf(listObjects(world.objects, 'StorageClass'))?.metadata.name

/** Class name → the ordinals whose claims are of it. Without a claim yet, the template says what its claim will be. */
function classesNamed(world: World, { namespace, name, columns }: SetPicture): ReadonlyMap<string, readonly number[]> {
  const set = readObject(world.objects, 'StatefulSet', namespace, name)
  const usual = usualClass(world)
  const named = new Map<string, number[]>()
  const note = (of: string | undefined, ordinal?: number) => {
    if (!of) return
    const ordinals = named.get(of) ?? []
    if (ordinal !== undefined && ordinals.at(-1) !== ordinal) ordinals.push(ordinal)
    named.set(of, ordinals)
  }
  for (const template of set?.spec.volumeClaimTemplates ?? []) note(classNameOf(template) ?? usual)
  for (const { ordinal, claims } of columns)
    for (const { key } of claims) {
      const claim = readObject(world.objects, 'PersistentVolumeClaim', namespace, partsOfKey(key).name)
      if (claim) note(classNameOf(claim), ordinal)
    }
  return named
}

function classesOf(world: World, picture: SetPicture): readonly ClassPicture[] {
  const usual = usualClass(world)
  return [...classesNamed(world, picture)].map(([name, ordinals]) => {
    const found = readObject(world.objects, 'StorageClass', undefined, name)
    const { provisioner, volumeBindingMode, reclaimPolicy } = found ?? {}
    return {
      key: keyOf('StorageClass', undefined, name),
      name,
      exists: found !== undefined,
      isDefault: name === usual,
      ...(provisioner !== undefined && { provisioner }),
      ...(volumeBindingMode !== undefined && { bindingMode: volumeBindingMode }),
      ...(reclaimPolicy !== undefined && { reclaimPolicy }),
      ordinals,
    }
  })
}

/** What is kept of one run: parts in which nothing changed stay the very same. */
class AroundShelf {
  readonly whole = new Kept<AroundPicture>()
  readonly endpoints = new Kept<Endpoints>()
  last: Endpoints = {}
  readonly doors = new Kept<readonly DoorPicture[]>()
  readonly classes = new Kept<readonly ClassPicture[]>()
}

const shelves = new WeakMap<World['settings'], AroundShelf>()

const NOTHING: AroundPicture = { endpoints: {}, doors: [], classes: [] }

/** What stands around the set in focus; nothing without one. */
export function aroundOf(world: World, set: SetPicture | undefined): AroundPicture {
  if (!set) return NOTHING
  const { EndpointSlice, Service, StatefulSet, StorageClass, PersistentVolumeClaim, Node } = world.objects
  const shelf = shelves.get(world.settings) ?? new AroundShelf()
  shelves.set(world.settings, shelf)
  const { key, columns } = set
  const endpoints = shelf.endpoints.by([EndpointSlice, key, set.service.name], () =>
    endpointsOf(world, set, shelf.last),
  )
  shelf.last = endpoints
  const doors = shelf.doors.by([EndpointSlice, Service, StatefulSet, Node, key, columns], () => doorsOf(world, set))
  const classes = shelf.classes.by([StorageClass, StatefulSet, PersistentVolumeClaim, key, columns], () =>
    classesOf(world, set),
  )
  return shelf.whole.by([endpoints, doors, classes], () => ({ endpoints, doors, classes }))
}
