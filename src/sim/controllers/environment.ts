/**
 * The environment of a container: its variables put together from literals, ConfigMaps, Secrets and fields of the pod, at
 * the moment at which the container is made. What a ConfigMap says later reaches no process that runs already.
 * Leaves out the variables of Services, resource fields, files of variables, and names that are no names of variables.
 * Models: pkg/kubelet/kubelet_pods.go (makeEnvironmentVariables), third_party/forked/golang/expansion, v1.36.
 */
import { textOfBase64 } from '../api/base64.ts'
import type { ObjectKey } from '../api/kinds.ts'
import { keyOf } from '../api/kinds.ts'
import type { StrategyContext } from '../api/strategy.ts'
import type { Container, EnvVar, EnvVarSource, Labels, Pod } from '../api/types.ts'
import { fieldPathParts } from '../api/validationEnv.ts'
import type { World } from '../kernel/types.ts'
import type { Config } from '../machines/containerPlan.ts'
import { lifeIn } from './lives.ts'

/** What the container's node knows of the pod. */
export interface Place {
  readonly podIPs: readonly string[]
  readonly hostIPs: readonly string[]
}

type View = Pick<StrategyContext, 'get'>
type Failure = { readonly error: string; readonly on: ObjectKey }
type Source = 'ConfigMap' | 'Secret'

/** Something in it must be looked up; else it can be read off the spec. */
export const needsConfig = ({ env, envFrom }: Container): boolean =>
  (envFrom?.length ?? 0) > 0 || (env?.some(({ valueFrom }) => valueFrom) ?? false)

/** The data of an object, readable; undefined when there is no such object. */
function dataOf(view: View, kind: Source, namespace: string, name: string): Labels | undefined {
  const object = view.get(kind, namespace, name)
  if (!object) return undefined
  const { data = {} } = object
  if (kind === 'ConfigMap') return data
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, textOfBase64(value)]))
}

const missing = (kind: Source, namespace: string, name: string): Failure => ({
  error: `${kind.toLowerCase()} "${name}" not found`,
  on: keyOf(kind, namespace, name),
})

/** The value under a key; null when it may be missing and is. */
function keyed(
  view: View,
  kind: Source,
  namespace: string,
  { name = '', key, optional = false }: NonNullable<EnvVarSource['configMapKeyRef']>,
): string | null | Failure {
  const data = dataOf(view, kind, namespace, name)
  const value = data?.[key]
  if (value !== undefined) return value
  if (optional) return null
  if (!data) return missing(kind, namespace, name)
  return { error: `couldn't find key ${key} in ${kind} ${namespace}/${name}`, on: keyOf(kind, namespace, name) }
}

function fieldOf({ metadata, spec }: Pod, path: string, { podIPs, hostIPs }: Place): string {
  const [field, subscript = ''] = fieldPathParts(path)
  switch (field) {
    case 'metadata.name':
      return metadata.name
    case 'metadata.namespace':
      return metadata.namespace ?? ''
    case 'metadata.uid':
      return metadata.uid
    case 'metadata.labels':
      return metadata.labels?.[subscript] ?? ''
    case 'metadata.annotations':
      return metadata.annotations?.[subscript] ?? ''
    case 'spec.nodeName':
      return spec.nodeName ?? ''
    case 'spec.serviceAccountName':
      return spec.serviceAccountName ?? ''
    case 'status.hostIP':
      return hostIPs[0] ?? ''
    case 'status.hostIPs':
      return hostIPs.join(',')
    case 'status.podIP':
      return podIPs[0] ?? ''
    case 'status.podIPs':
      return podIPs.join(',')
    default:
      return ''
  }
}

/** `$(NAME)` stands for a variable that was named before; `$$` is one dollar; what is not known stays as it is. */
function expanded(value: string, known: Labels): string {
  return value.replaceAll(/\$\$|\$\(([^)]*)\)/g, (whole, name: string | undefined) =>
    name === undefined ? '$' : (known[name] ?? whole),
  )
}

function lookedUp(view: View, pod: Pod, place: Place, { value = '', valueFrom }: EnvVar, known: Labels) {
  const { namespace = 'default' } = pod.metadata
  if (valueFrom?.configMapKeyRef) return keyed(view, 'ConfigMap', namespace, valueFrom.configMapKeyRef)
  if (valueFrom?.secretKeyRef) return keyed(view, 'Secret', namespace, valueFrom.secretKeyRef)
  return valueFrom?.fieldRef ? fieldOf(pod, valueFrom.fieldRef.fieldPath, place) : expanded(value, known)
}

/** Every entry of a ConfigMap or Secret is a variable. */
function fromSources(view: View, { metadata: { namespace = 'default' } }: Pod, { envFrom = [] }: Container) {
  const all: Record<string, string> = {}
  for (const { prefix = '', configMapRef, secretRef } of envFrom) {
    const kind: Source = configMapRef ? 'ConfigMap' : 'Secret'
    const { name = '', optional = false } = configMapRef ?? secretRef ?? {}
    const data = dataOf(view, kind, namespace, name)
    if (!data && !optional) return missing(kind, namespace, name)
    for (const key in data) all[`${prefix}${key}`] = data[key] as string
  }
  return { env: all }
}

/** The whole environment as it would be if the container were made now, or why it cannot be put together. */
export function resolveEnv(view: View, pod: Pod, container: Container, place: Place): Config {
  const sources = fromSources(view, pod, container)
  if ('error' in sources) return sources
  const own: Record<string, string> = {}
  for (const variable of container.env ?? []) {
    const value = lookedUp(view, pod, place, variable, own)
    if (typeof value === 'object' && value !== null) return value
    if (value !== null) own[variable.name] = value
  }
  return { env: { ...sources.env, ...own } }
}

const NOWHERE: Place = { podIPs: [], hostIPs: [] }

/** The variables of a container that runs, as its process got them; undefined when the node has no such container. */
export function environmentOf(world: World, pod: Pod, container: string): Labels | undefined {
  const life = lifeIn(world, pod)
  const index = pod.spec.containers.findIndex((known) => known.name === container)
  const config = life?.containers[index]?.context.config
  const spec = pod.spec.containers[index]
  if (!life || !spec) return undefined
  const made = config ?? resolveEnv({ get: () => undefined }, pod, spec, NOWHERE)
  return 'env' in made ? made.env : undefined
}
