/**
 * Which pods answer at an address: what every node's proxy makes of Services and slices. Nothing is sent; a connection would
 * go to any of them. Leaves out load balancers, session affinity, topology, and who may talk to whom.
 * Models: pkg/proxy/{endpoint,topology,serviceport}.go, v1.36.
 */

import type { ObjectKey } from '../api/kinds.ts'
import { keyOf } from '../api/kinds.ts'
import type { Endpoint, EndpointSlice, Node, Service, ServicePort } from '../api/types.ts'
import { listObjects } from '../kernel/apiServer.ts'
import type { World } from '../kernel/types.ts'
import { SERVICE_LABEL } from './endpoints.ts'
import { hostIPOf } from './kubeletConfig.ts'

interface Port {
  readonly service: Service
  readonly port: ServicePort
  /** Where the connection came in, when that was a node. */
  readonly node?: Node
}

const isAtNodes = ({ type }: Service['spec']): boolean => type === 'NodePort' || type === 'LoadBalancer'

/** The port of a Service that an address and a number lead to. */
function portAt({ objects }: World, address: string, number: number): Port | undefined {
  const node = listObjects(objects, 'Node').find((known) => hostIPOf(known) === address)
  for (const service of listObjects(objects, 'Service'))
    for (const port of service.spec.ports ?? []) {
      if (service.spec.clusterIP === address && port.port === number) return { service, port }
      if (node && isAtNodes(service.spec) && port.nodePort === number) return { service, port, node }
    }
  return undefined
}

const slicesOf = ({ objects }: World, { metadata: { namespace, name } }: Service): readonly EndpointSlice[] =>
  listObjects(objects, 'EndpointSlice', namespace).filter((slice) => slice.metadata.labels?.[SERVICE_LABEL] === name)

/** Ready ones; while there is none, those that still serve although they are on their way out. */
function usable(endpoints: readonly Endpoint[]): readonly Endpoint[] {
  const ready = endpoints.filter(({ conditions }) => conditions.ready)
  return ready.length > 0 ? ready : endpoints.filter(({ conditions }) => conditions.serving && conditions.terminating)
}

type Policy = { readonly externalTrafficPolicy?: string }

/** The pods behind `10.96.0.100:80`, `172.18.0.2:30000` or a pod's own address, by key; none: the connection fails. */
export function answering(world: World, at: string): readonly ObjectKey[] {
  const [address = '', digits = ''] = at.split(':')
  const found = portAt(world, address, Number(digits))
  if (!found) {
    const pod = listObjects(world.objects, 'Pod').find(
      ({ status }) => status.podIP === address && status.phase === 'Running',
    )
    return pod ? [keyOf('Pod', pod.metadata.namespace, pod.metadata.name)] : []
  }
  const { service, port, node } = found
  const isLocal = node && (service.spec as Policy).externalTrafficPolicy === 'Local'
  const endpoints = slicesOf(world, service)
    .filter(({ ports }) => ports.some(({ name }) => name === (port.name ?? '')))
    .flatMap((slice) => slice.endpoints)
    .filter(({ nodeName }) => !isLocal || nodeName === node?.metadata.name)
  return usable(endpoints).flatMap(({ targetRef }) =>
    targetRef ? keyOf('Pod', targetRef.namespace, targetRef.name) : [],
  )
}
