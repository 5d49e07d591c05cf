/**
 * What must be true of a Service, and what may change in it.
 * Leaves out: families of addresses (serviceFamilies.ts), load balancer fields, external addresses, session affinity timeouts.
 * Models: pkg/apis/core/validation/validation.go (ValidateService), v1.36.
 */
import { duplicate, forbidden, invalid, notSupported, required } from './fieldErrors.ts'
import type { FieldError } from './strategy.ts'
import type { Service, ServicePort } from './types.ts'
import { dns1035Label, dnsLabel, portName, portNumber } from './validationFormats.ts'
import { checked, duplicates, validateLabels, validateMeta, validateMetaUpdate } from './validationMeta.ts'

type Errors = readonly FieldError[]

const TYPES = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort']
const PROTOCOLS = ['SCTP', 'TCP', 'UDP']

function validatePort(port: ServicePort, field: string, alone: boolean): FieldError[] {
  const { targetPort } = port
  return [
    ...(port.name
      ? checked(`${field}.name`, port.name, dnsLabel(port.name))
      : alone
        ? []
        : [required(`${field}.name`)]),
    ...portNumber(port.port).map((text) => invalid(`${field}.port`, port.port ?? 0, text)),
    ...(PROTOCOLS.includes(port.protocol ?? '') ? [] : [notSupported(`${field}.protocol`, port.protocol, PROTOCOLS)]),
    ...(typeof targetPort === 'string'
      ? checked(`${field}.targetPort`, targetPort, portName(targetPort))
      : portNumber(targetPort ?? 0).map((text) => invalid(`${field}.targetPort`, targetPort ?? 0, text))),
  ]
}

function validateNodePorts(type: string | undefined, ports: readonly ServicePort[]): FieldError[] {
  const numbers = ports.map(({ protocol, nodePort }) =>
    nodePort === undefined ? undefined : `${protocol} ${nodePort}`,
  )
  return ports.flatMap(({ nodePort }, index) => {
    const field = `spec.ports[${index}].nodePort`
    if (nodePort === undefined) return []
    if (type === 'ClusterIP') return [forbidden(field, "may not be used when `type` is 'ClusterIP'")]
    return numbers.indexOf(numbers[index]) < index ? [duplicate(field, nodePort)] : []
  })
}

/** Two ports may share a number only under different protocols. The server shows its internal fields here. */
function validateDistinct(ports: readonly ServicePort[]): FieldError[] {
  const pairs = ports.map(({ protocol, port }) => `${protocol} ${port}`)
  return ports.flatMap(({ protocol, port }, index) =>
    pairs.indexOf(pairs[index] as string) < index
      ? [
          {
            field: `spec.ports[${index}]`,
            type: 'Duplicate' as const,
            message: `Duplicate value: {"Name":"","Protocol":${JSON.stringify(protocol)},"AppProtocol":null,"Port":${port},"TargetPort":0,"NodePort":0}`,
          },
        ]
      : [],
  )
}

function validateSpec({ spec }: Service): FieldError[] {
  const ports = spec.ports ?? []
  const errors: FieldError[] = []
  const type = spec.type ?? ''
  if (!TYPES.includes(type)) errors.push(notSupported('spec.type', type, TYPES))
  const headless = spec.clusterIP === 'None'
  if (ports.length === 0 && !headless && type !== 'ExternalName') errors.push(required('spec.ports'))
  if (headless && (type === 'NodePort' || type === 'LoadBalancer'))
    errors.push(invalid('spec.clusterIPs[0]', spec.clusterIP, `may not be set to 'None' for ${type} services`))
  errors.push(...validateLabels(spec.selector, 'spec.selector'))
  for (const [index, port] of ports.entries())
    errors.push(...validatePort(port, `spec.ports[${index}]`, ports.length === 1))
  errors.push(
    ...duplicates(
      ports.map(({ name }) => name),
      (index) => `spec.ports[${index}].name`,
    ),
    ...validateNodePorts(spec.type, ports),
    ...validateDistinct(ports),
  )
  if (type === 'ExternalName' && !(spec as { readonly externalName?: string }).externalName)
    errors.push(required('spec.externalName'))
  return errors
}

export const validateService = (service: Service): Errors => [
  ...validateMeta(service, dns1035Label),
  ...validateSpec(service),
]

/** An address stays; only a second one may come and go. */
function addressChanges(spec: Service['spec'], before: Service['spec']): FieldError[] {
  if (spec.type === 'ExternalName' || before.type === 'ExternalName') return []
  const { clusterIPs = [] } = spec
  const kept = Math.min(clusterIPs.length, before.clusterIPs?.length ?? 0)
  return Array.from({ length: kept }, (_, index) => index)
    .filter((index) => clusterIPs[index] !== before.clusterIPs?.[index])
    .map((index) => invalid(`spec.clusterIPs[${index}]`, clusterIPs, 'may not change once set'))
}

export function validateServiceUpdate(service: Service, previous: Service): Errors {
  const errors = validateMetaUpdate(service.metadata, previous.metadata)
  if (service.spec === previous.spec) return errors
  return [...errors, ...addressChanges(service.spec, previous.spec), ...validateSpec(service)]
}
