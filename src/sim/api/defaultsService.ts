/**
 * What the API server fills into a Service, and the addresses and node ports that it gives out.
 * Leaves out: IPv6 and dual stack. Addresses and ports are given out in order, the lowest free one first.
 * Models: pkg/apis/core/v1/defaults.go, pkg/registry/core/service/storage/alloc.go, v1.36.
 */
import { invalid } from './fieldErrors.ts'
import { fill, mapSame, put } from './fill.ts'
import type { FieldError, StrategyContext } from './strategy.ts'
import type { Service, ServicePort } from './types.ts'

type ServiceSpec = Service['spec'] & {
  readonly clusterIPs?: readonly string[]
  readonly ipFamilies?: readonly string[]
  readonly ipFamilyPolicy?: string
}

const FIRST_NODE_PORT = 30_000
const LAST_NODE_PORT = 32_767
/** The API server's and that of cluster DNS. */
const RESERVED: readonly string[] = ['10.96.0.1', '10.96.0.10']
const RANGE = '10.96.0.0/12'
const FIRST_ADDRESS = 100

const isInRange = (address: string): boolean => {
  const [first, second] = address.split('.').map(Number)
  return first === 10 && second !== undefined && second >= 96 && second < 112
}

/** Services of this type are reached at a port of every node. */
export const hasNodePorts = ({ type }: ServiceSpec): boolean => type === 'NodePort' || type === 'LoadBalancer'

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
  // One that is no longer reached at its nodes gives their ports back.
  if (given.ports && before && hasNodePorts(before) && !hasNodePorts(given))
    return allocate(
      put(
        given,
        'ports',
        given.ports.map(({ nodePort: _freed, ...port }) => port),
      ),
      undefined,
      context,
    )
  const clusterIP = given.clusterIP || before?.clusterIP || freeAddress(context)
  const spec = fill(put(given, 'clusterIP', clusterIP), {
    clusterIPs: before?.clusterIP === clusterIP && before.clusterIPs ? before.clusterIPs : [clusterIP],
    ipFamilies: ['IPv4'],
    ipFamilyPolicy: 'SingleStack',
    internalTrafficPolicy: 'Cluster',
  })
  if (!hasNodePorts(spec) || !spec.ports) return spec
  return put(fill(spec, { externalTrafficPolicy: 'Cluster' }), 'ports', withNodePorts(spec.ports, context))
}

/** This cluster has addresses of one family. */
function familyErrors({ ipFamilies = [], ipFamilyPolicy }: ServiceSpec): FieldError[] {
  const others = ipFamilies.flatMap((family, index) =>
    family === 'IPv4' ? [] : [invalid(`spec.ipFamilies[${index}]`, family, 'not configured on this cluster')],
  )
  return ipFamilyPolicy === 'RequireDualStack'
    ? [
        invalid('spec.ipFamilyPolicy', ipFamilyPolicy, 'this cluster is not configured for dual-stack services'),
        ...others,
      ]
    : others
}

/** Why an address or a port that a client chose cannot be given to this Service. */
export function allocationErrors(service: Service, context: StrategyContext): FieldError[] {
  const { spec, metadata } = service
  const others = context
    .list('Service')
    .filter((other) => other.metadata.name !== metadata.name || other.metadata.namespace !== metadata.namespace)
  const errors = familyErrors(spec)
  const { clusterIP = 'None' } = spec
  const taken = RESERVED.includes(clusterIP) || others.some((other) => other.spec.clusterIP === clusterIP)
  const why = !isInRange(clusterIP)
    ? `the provided IP (${clusterIP}) is not in the valid range. The range of valid IPs is ${RANGE}`
    : 'provided IP is already allocated'
  if (clusterIP !== 'None' && spec.type !== 'ExternalName' && (taken || !isInRange(clusterIP)))
    errors.push(invalid('spec.clusterIPs', [clusterIP], `failed to allocate IP ${clusterIP}: ${why}`))
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
