/**
 * What the API server fills into a Service, and the addresses and node ports that it gives out.
 * Leaves out: IPv6 and dual stack. Addresses are given out in order, the lowest free one first.
 * Models: pkg/apis/core/v1/defaults.go, pkg/registry/core/service/storage/alloc.go, v1.36.
 */
import { fill, mapSame, put } from './fill.ts'
import type { StrategyContext } from './strategy.ts'
import type { Service, ServicePort } from './types.ts'

type ServiceSpec = Service['spec'] & { readonly clusterIPs?: readonly string[] }

const FIRST_NODE_PORT = 30_000
/** 10.96.0.1 is the API server's, 10.96.0.10 that of cluster DNS. */
const FIRST_ADDRESS = 100

const addressAt = (index: number): string => `10.96.${index >> 8}.${index & 255}`

function freeAddress(context: StrategyContext): string {
  const taken = new Set(context.list('Service').map(({ spec }) => spec.clusterIP))
  let index = FIRST_ADDRESS
  while (taken.has(addressAt(index))) index += 1
  return addressAt(index)
}

function withNodePorts(ports: readonly ServicePort[], context: StrategyContext): readonly ServicePort[] {
  const taken = new Set(
    context.list('Service').flatMap(({ spec }) => spec.ports?.map(({ nodePort }) => nodePort) ?? []),
  )
  for (const { nodePort } of ports) taken.add(nodePort)
  return mapSame(ports, (port) => {
    if (port.nodePort !== undefined) return port
    let free = FIRST_NODE_PORT
    while (taken.has(free)) free += 1
    taken.add(free)
    return { ...port, nodePort: free }
  })
}

const defaultPort = (port: ServicePort): ServicePort => fill(port, { protocol: 'TCP', targetPort: port.port })

export function defaultServiceSpec(given: ServiceSpec): ServiceSpec {
  const spec = fill(given, { type: 'ClusterIP', sessionAffinity: 'None' })
  return spec.ports ? put(spec, 'ports', mapSame(spec.ports, defaultPort)) : spec
}

/** The spec with everything that the server chooses. `before` keeps what an earlier version was given. */
export function allocate(given: ServiceSpec, before: ServiceSpec | undefined, context: StrategyContext): ServiceSpec {
  if (given.type === 'ExternalName') return given
  const clusterIP = given.clusterIP || before?.clusterIP || freeAddress(context)
  const spec = fill(put(given, 'clusterIP', clusterIP), {
    clusterIPs: before?.clusterIP === clusterIP && before.clusterIPs ? before.clusterIPs : [clusterIP],
    ipFamilies: ['IPv4'],
    ipFamilyPolicy: 'SingleStack',
    internalTrafficPolicy: 'Cluster',
  })
  if ((spec.type !== 'NodePort' && spec.type !== 'LoadBalancer') || !spec.ports) return spec
  return put(fill(spec, { externalTrafficPolicy: 'Cluster' }), 'ports', withNodePorts(spec.ports, context))
}
