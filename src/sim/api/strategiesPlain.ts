/**
 * How the kinds are stored that have few rules of their own: configuration, namespaces, nodes, endpoints, events.
 * Models: pkg/registry/{core,discovery}/<kind>/strategy.go, v1.36.
 */
import { base64 } from './base64.ts'
import type { Strategies, Strategy } from './strategy.ts'
import type { AnyObject, ConfigMap, EndpointSlice, Namespace, Node, Secret } from './types.ts'
import { validateConfig, validateConfigUpdate } from './validationConfig.ts'
import { dnsLabel, dnsSubdomain } from './validationFormats.ts'
import { validateMeta, validateMetaUpdate } from './validationMeta.ts'

/** Each door lets one part through: the spec's door keeps the stored status, the status's door everything else. */
export const withStatusDoor = <T extends AnyObject & { readonly status?: unknown }>(
  given: T,
  previous: T,
  part: 'spec' | 'status',
): T => (part === 'status' ? { ...previous, status: given.status } : { ...given, status: previous.status })

const unchanged = <T>(object: T): T => object

const metaUpdate = (object: AnyObject, previous: AnyObject) => validateMetaUpdate(object.metadata, previous.metadata)

const configMap: Strategy<ConfigMap> = {
  prepareForCreate: unchanged,
  validateCreate: validateConfig,
  prepareForUpdate: unchanged,
  validateUpdate: validateConfigUpdate,
}

type SecretFields = Secret & { readonly stringData?: Record<string, string> }

/** `stringData` is for writing only: it becomes data. */
function storedSecret(given: Secret): Secret {
  const { stringData, ...rest } = given as SecretFields
  const data: Record<string, string> = { ...rest.data }
  for (const key in stringData) data[key] = base64(stringData[key] as string)
  return { ...rest, ...(Object.keys(data).length > 0 && { data }), ...{ type: rest.type ?? 'Opaque' } }
}

const secret: Strategy<Secret> = {
  prepareForCreate: storedSecret,
  validateCreate: validateConfig,
  prepareForUpdate: storedSecret,
  validateUpdate: validateConfigUpdate,
}

const namespace: Strategy<Namespace> = {
  prepareForCreate: (given) => ({
    ...given,
    metadata: {
      ...given.metadata,
      labels: { ...given.metadata.labels, 'kubernetes.io/metadata.name': given.metadata.name ?? '' },
    },
    spec: { finalizers: ['kubernetes'] },
    status: { phase: 'Active' },
  }),
  validateCreate: (object) => validateMeta(object, dnsLabel),
  prepareForUpdate: withStatusDoor,
  validateUpdate: metaUpdate,
}

/** A node brings its status along: the kubelet registers it so. */
const node: Strategy<Node> = {
  prepareForCreate: (given) => ({ ...given, spec: given.spec ?? {}, status: given.status ?? {} }),
  validateCreate: (object) => validateMeta(object, dnsSubdomain),
  prepareForUpdate: withStatusDoor,
  validateUpdate: metaUpdate,
}

const withGeneration = (object: EndpointSlice, generation: number): EndpointSlice => ({
  ...object,
  metadata: { ...object.metadata, generation },
})

const endpointSlice: Strategy<EndpointSlice> = {
  prepareForCreate: (given) => withGeneration(given, 1),
  validateCreate: (object) => validateMeta(object, dnsSubdomain),
  prepareForUpdate: (given, previous) =>
    given.endpoints === previous.endpoints && given.ports === previous.ports
      ? given
      : withGeneration(given, (previous.metadata.generation ?? 0) + 1),
  validateUpdate: metaUpdate,
}

/** Events are written by components only; they are stored as they come. */
const event: Strategies['Event'] = {
  prepareForCreate: unchanged,
  validateCreate: () => [],
  prepareForUpdate: unchanged,
  validateUpdate: () => [],
}

export const plainStrategies = {
  ConfigMap: configMap,
  Secret: secret,
  Namespace: namespace,
  Node: node,
  EndpointSlice: endpointSlice,
  Event: event,
} as const
