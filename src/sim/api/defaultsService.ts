/**
 * What the API server fills into a Service, and the addresses and node ports that it gives out.
 * Addresses of each family and ports are given out in order, the lowest free one first.
 * Models: pkg/apis/core/v1/defaults.go, pkg/registry/core/service/storage/alloc.go, v1.36.
 */
import type { IpFamily } from './addresses.ts'
import { canonicalAddress, familiesOf, familyOf } from './addresses.ts'
import { invalid } from './fieldErrors.ts'
import { fill, mapSame, put, withoutZeros } from './fill.ts'
import { FAMILIES, isHeadless, withFamilies } from './serviceFamilies.ts'
import type { FieldError, StrategyContext } from './strategy.ts'
import type { Service, ServicePort } from './types.ts'

type ServiceSpec = Service['spec']

const FIRST_NODE_PORT = 30_000
const LAST_NODE_PORT = 32_767
/** The API server's and that of cluster DNS. */
const RESERVED: readonly string[] = ['10.96.0.1', '10.96.0.10']
const RANGES: Readonly<Record<IpFamily, string>> = { IPv4: '10.96.0.0/12', IPv6: 'fd00:10:96::/112' }
const IN_RANGE: Readonly<Record<IpFamily, RegExp>> = {
  IPv4: /^10\.(9[6-9]|10\d|11[01])\./,
  IPv6: /^fd00:10:96::[\da-f]{1,4}$/,
}
const FIRST_ADDRESS = 100

/** Services of this type are reached at a port of every node. */
export const hasNodePorts = ({ type }: ServiceSpec): boolean => type === 'NodePort' || type === 'LoadBalancer'

const addressAt: Readonly<Record<IpFamily, (index: number) => string>> = {
  IPv4: (index) => `10.96.${index >> 8}.${index & 255}`,
  IPv6: (index) => `fd00:10:96::${index.toString(16)}`,
}

const ownAddresses = ({ clusterIPs = [] }: ServiceSpec): readonly string[] =>
  clusterIPs.map((ip) => canonicalAddress(ip) ?? ip)

function freeAddress(context: StrategyContext, family: IpFamily): string {
  const taken = new Set(context.list('Service').flatMap(({ spec }) => ownAddresses(spec)))
  const at = addressAt[family]
  let index = FIRST_ADDRESS
  while (taken.has(at(index))) index += 1
  return at(index)
}

/** With an address of each of its families; a headless one has none, nor has one of a family that does not exist. */
function withAddresses(spec: ServiceSpec, context: StrategyContext): ServiceSpec {
  const { clusterIPs = [], ipFamilies = [] } = spec
  if (isHeadless(spec) || clusterIPs.length >= ipFamilies.length) return spec
  if (!ipFamilies.every((family) => FAMILIES.includes(family))) return spec
  const missing = ipFamilies.slice(clusterIPs.length).map((family) => freeAddress(context, family))
  const all = [...clusterIPs, ...missing]
  return put(put(spec, 'clusterIP', all[0] as string), 'clusterIPs', all)
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
  const spec = fill(withoutZeros(given, ['publishNotReadyAddresses']), { type: 'ClusterIP', sessionAffinity: 'None' })
  return spec.ports ? put(spec, 'ports', mapSame(spec.ports, defaultPort)) : spec
}

/** The spec with everything that the server chooses. `before` keeps what an earlier version was given. */
export function allocate(given: ServiceSpec, before: ServiceSpec | undefined, context: StrategyContext): ServiceSpec {
  if (given.type === 'ExternalName') return given
  // One that is no longer reached at its nodes gives their ports back.
  const isClosed = given.ports && before && hasNodePorts(before) && !hasNodePorts(given)
  const kept = isClosed ? { ...given, ports: given.ports.map(({ nodePort: _freed, ...port }) => port) } : given
  const settled = withAddresses(withFamilies(kept, before, familiesOf(context.settings)), context)
  const spec = fill(settled, { internalTrafficPolicy: 'Cluster' })
  if (!hasNodePorts(spec) || !spec.ports) return spec
  return put(fill(spec, { externalTrafficPolicy: 'Cluster' }), 'ports', withNodePorts(spec.ports, context))
}

/** Addresses that are outside of their range, or somebody else's. */
function addressErrors({ clusterIPs = [] }: ServiceSpec, others: readonly Service[]): FieldError[] {
  const taken = new Set([...RESERVED, ...others.flatMap(({ spec }) => ownAddresses(spec))])
  return clusterIPs.flatMap((given) => {
    const address = canonicalAddress(given)
    const family = familyOf(given)
    if (address === undefined || (IN_RANGE[family].test(address) && !taken.has(address))) return []
    const why = taken.has(address)
      ? 'provided IP is already allocated'
      : `the provided IP (${given}) is not in the valid range. The range of valid IPs is ${RANGES[family]}`
    return [invalid('spec.clusterIPs', clusterIPs, `failed to allocate IP ${given}: ${why}`)]
  })
}

/** Why an address or a port that a client chose cannot be given to this Service. */
export function allocationErrors(service: Service, context: StrategyContext): FieldError[] {
  const { spec, metadata } = service
  const others = context
    .list('Service')
    .filter((other) => other.metadata.name !== metadata.name || other.metadata.namespace !== metadata.namespace)
  const errors = spec.type === 'ExternalName' ? [] : addressErrors(spec, others)
  const ports = new Set(others.flatMap((other) => other.spec.ports?.map(({ nodePort }) => nodePort) ?? []))
  for (const [index, { nodePort }] of (spec.ports ?? []).entries()) {
    if (nodePort === undefined) continue
    const field = `spec.ports[${index}].nodePort`
    if (nodePort < FIRST_NODE_PORT || nodePort > LAST_NODE_PORT) {
      const range = `${FIRST_NODE_PORT}-${LAST_NODE_PORT}`
      errors.push(
        invalid(field, nodePort, `provided port is not in the valid range. The range of valid ports is ${range}`),
      )
    } else if (ports.has(nodePort)) errors.push(invalid(field, nodePort, 'provided port is already allocated'))
  }
  return errors
}
