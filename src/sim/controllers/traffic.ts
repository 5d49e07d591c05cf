/**
 * Which pods answer at an address: what every node's proxy makes of Services and slices. Nothing is sent; a connection would
 * go to any of them. Leaves out load balancers, session affinity, topology, and who may talk to whom.
 * Models: pkg/proxy/{endpoint,topology,serviceport}.go, v1.36.
 */

import { familyOf, withPort } from '../api/addresses.ts'
import { hasNodePorts } from '../api/defaultsService.ts'
import type { ObjectKey } from '../api/kinds.ts'
import { keyOf, keyOfObject } from '../api/kinds.ts'
import type { Endpoint, EndpointSlice, Node, Service, ServicePort } from '../api/types.ts'
import { listObjects } from '../kernel/apiServer.ts'
import type { World } from '../kernel/types.ts'
import { slicesOf } from './endpoints.ts'
import { hostIPsOf } from './kubeletConfig.ts'

interface Port {
  readonly service: Service
  readonly port: ServicePort
  /** Where the connection came in, when that was a node. */
  readonly node?: Node
}

/** The port of a Service that an address and a number lead to. */
function portAt({ objects }: World, address: string, number: number): Port | undefined {
  const family = familyOf(address)
  const node = listObjects(objects, 'Node').find((known) => hostIPsOf(known).includes(address))
  for (const service of listObjects(objects, 'Service'))
    for (const port of service.spec.ports ?? []) {
      if (service.spec.clusterIPs?.includes(address) && port.port === number) return { service, port }
      const isMeant = port.nodePort === number && service.spec.ipFamilies?.includes(family)
      if (node && hasNodePorts(service.spec) && isMeant) return { service, port, node }
    }
  return undefined
}

const slicesBehind = ({ objects }: World, { metadata: { namespace, name } }: Service): readonly EndpointSlice[] =>
  slicesOf(listObjects(objects, 'EndpointSlice', namespace), name)

interface Place {
  readonly endpoint: Endpoint
  readonly port: number
}

/** Ready ones; while there is none, those that still serve although they are on their way out. */
function usable(places: readonly Place[]): readonly Place[] {
  const ready = places.filter(({ endpoint }) => endpoint.conditions.ready)
  return ready.length > 0
    ? ready
    : places.filter(({ endpoint: { conditions } }) => conditions.serving && conditions.terminating)
}

/** Where a Service is reached at machines: every address of every one of them that is of its families. */
export function outsideOf({ objects }: World, { spec }: Service): readonly string[] {
  if (!hasNodePorts(spec)) return []
  const machines = listObjects(objects, 'Node').flatMap(hostIPsOf)
  const own = machines.filter((address) => spec.ipFamilies?.includes(familyOf(address)))
  return (spec.ports ?? []).flatMap(({ nodePort }) =>
    nodePort ? own.map((address) => withPort(address, nodePort)) : [],
  )
}

type Policy = { readonly externalTrafficPolicy?: string }

/** A pod that answers, and the port at which it does. */
export interface Destination {
  readonly pod: ObjectKey
  readonly port: number
}

/** Where a connection to an address may end: a Service's own, a node's, a pod's. Nowhere: it fails. */
export function destinationsOf(world: World, address: string, number: number): readonly Destination[] {
  const found = portAt(world, address, number)
  if (!found) {
    const pod = listObjects(world.objects, 'Pod').find(
      ({ status }) => status.podIPs?.some(({ ip }) => ip === address) && status.phase === 'Running',
    )
    return pod ? [{ pod: keyOfObject(pod), port: number }] : []
  }
  const { service, port, node } = found
  const isLocal = node && (service.spec as Policy).externalTrafficPolicy === 'Local'
  const places = slicesBehind(world, service).flatMap(({ addressType, endpoints, ports }) => {
    const target =
      addressType === familyOf(address) ? ports.find(({ name }) => name === (port.name ?? ''))?.port : undefined
    return target === undefined ? [] : endpoints.map((endpoint) => ({ endpoint, port: target }))
  })
  const near = places.filter(({ endpoint }) => !isLocal || endpoint.nodeName === node?.metadata.name)
  return usable(near).flatMap(({ endpoint: { targetRef }, port: target }) =>
    targetRef ? [{ pod: keyOf('Pod', targetRef.namespace, targetRef.name), port: target }] : [],
  )
}

/** The pods behind `10.96.0.100:80`, `[fd00:172:18::2]:30000` or a pod's own address, by key. */
export function answering(world: World, at: string): readonly ObjectKey[] {
  const [, address = '', digits = ''] = /^\[?([^[\]]*)\]?:(\d+)$/.exec(at) ?? []
  return destinationsOf(world, address, Number(digits)).map(({ pod }) => pod)
}
