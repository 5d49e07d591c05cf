/**
 * What the API server fills into a pod or a pod template that leaves it out, and what admission adds to a new pod.
 * Leaves out: the projected service account volume, LimitRanges, priority classes, host network.
 * Models: pkg/apis/core/v1/defaults.go, plugin/pkg/admission/{defaulttolerationseconds,serviceaccount,priority}, v1.36.
 */
import { fill, mapSame, put, withoutZeros } from './fill.ts'
import { canonicalList } from './quantity.ts'
import type {
  Container,
  ContainerPort,
  EnvVar,
  Labels,
  LifecycleHandler,
  Pod,
  PodSpec,
  PodTemplateSpec,
  Probe,
  Volume,
  VolumeMount,
} from './types.ts'

type Fields = Readonly<Record<string, unknown>>

const defaultPort = (port: ContainerPort): ContainerPort => fill(port, { protocol: 'TCP' })

const defaultHandler = <H extends LifecycleHandler>(handler: H): H =>
  handler.httpGet ? put(handler, 'httpGet', fill(handler.httpGet, { path: '/', scheme: 'HTTP' })) : handler

const defaultMount = (mount: VolumeMount): VolumeMount => withoutZeros(mount, ['readOnly'])

const defaultProbe = (probe: Probe): Probe =>
  defaultHandler(
    fill(withoutZeros(probe, ['initialDelaySeconds']), {
      timeoutSeconds: 1,
      periodSeconds: 10,
      successThreshold: 1,
      failureThreshold: 3,
    }),
  )

function defaultLifecycle(lifecycle: NonNullable<Container['lifecycle']>): NonNullable<Container['lifecycle']> {
  let next = lifecycle
  for (const hook of ['postStart', 'preStop'] as const) {
    const given = next[hook]
    if (given) next = put(next, hook, defaultHandler(given))
  }
  return next
}

/** `Always` for the tag `latest` or none; a digest or any other tag is pulled once. */
export function pullPolicyOf(image: string): 'Always' | 'IfNotPresent' {
  if (image.includes('@')) return 'IfNotPresent'
  const name = image.slice(image.lastIndexOf('/') + 1)
  const colon = name.indexOf(':')
  return colon < 0 || name.slice(colon + 1) === 'latest' ? 'Always' : 'IfNotPresent'
}

function defaultResources(resources: NonNullable<Container['resources']>): NonNullable<Container['resources']> {
  let next = resources
  if (next.requests) next = put(next, 'requests', canonicalList(next.requests))
  if (next.limits) next = put(next, 'limits', canonicalList(next.limits))
  return next
}

function defaultEnv(variable: EnvVar): EnvVar {
  const { valueFrom } = variable
  if (!valueFrom?.fieldRef) return variable
  return put(variable, 'valueFrom', put(valueFrom, 'fieldRef', fill(valueFrom.fieldRef, { apiVersion: 'v1' })))
}

function defaultContainer(container: Container): Container {
  let next = fill(container, {
    resources: {},
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
    imagePullPolicy: pullPolicyOf(container.image ?? ''),
  })
  if (next.resources) next = put(next, 'resources', defaultResources(next.resources))
  if (next.ports) next = put(next, 'ports', mapSame(next.ports, defaultPort))
  if (next.volumeMounts) next = put(next, 'volumeMounts', mapSame(next.volumeMounts, defaultMount))
  if (next.env) next = put(next, 'env', mapSame(next.env, defaultEnv))
  if (next.lifecycle) next = put(next, 'lifecycle', defaultLifecycle(next.lifecycle))
  for (const probe of ['readinessProbe', 'livenessProbe', 'startupProbe'] as const) {
    const given = next[probe]
    if (given) next = put(next, probe, defaultProbe(given))
  }
  return next
}

/** Lists of containers are shared by all pods of a template: each is looked at once. */
const knownContainers = new WeakMap<readonly Container[], readonly Container[]>()

function defaultContainers(containers: readonly Container[]): readonly Container[] {
  const known = knownContainers.get(containers)
  if (known) return known
  const filled = mapSame(containers, defaultContainer)
  knownContainers.set(containers, filled)
  knownContainers.set(filled, filled)
  return filled
}

const FILE_VOLUMES = ['configMap', 'secret', 'projected', 'downwardAPI'] as const

function defaultVolume(volume: Volume): Volume {
  const fields = volume as Volume & Fields
  for (const source of FILE_VOLUMES) {
    const given = fields[source]
    if (given) return put(fields, source, fill(given as object, { defaultMode: 420 }))
  }
  if (fields.hostPath) return put(fields, 'hostPath', fill(fields.hostPath as object, { type: '' }))
  return Object.keys(volume).length > 1 ? volume : fill(volume, { emptyDir: {} })
}

export function defaultPodSpec(spec: PodSpec): PodSpec {
  let next = fill(spec, {
    restartPolicy: 'Always',
    terminationGracePeriodSeconds: 30,
    dnsPolicy: 'ClusterFirst',
    securityContext: {},
    schedulerName: 'default-scheduler',
  })
  if (next.containers) next = put(next, 'containers', defaultContainers(next.containers))
  if (next.initContainers) next = put(next, 'initContainers', defaultContainers(next.initContainers))
  if (next.volumes) next = put(next, 'volumes', mapSame(next.volumes, defaultVolume))
  return next
}

/** Fills a template; a missing spec stays for validation to complain about. */
export const defaultPodTemplate = (template: PodTemplateSpec): PodTemplateSpec =>
  put(template, 'spec', defaultPodSpec(template.spec ?? {}))

type Tolerations = NonNullable<PodSpec['tolerations']>

const FIVE_MINUTES: Tolerations = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'].map((key) => ({
  key,
  operator: 'Exists',
  effect: 'NoExecute',
  tolerationSeconds: 300,
}))

/** Adds the two tolerations of 300 s, each unless the pod already tolerates that taint. */
function withDefaultTolerations(tolerations: Tolerations = []): Tolerations {
  const missing = FIVE_MINUTES.filter(
    ({ key }) =>
      !tolerations.some(
        (toleration) =>
          (toleration.key === key || !toleration.key) && (toleration.effect === 'NoExecute' || !toleration.effect),
      ),
  )
  return missing.length === 0 ? tolerations : tolerations.length === 0 ? missing : [...tolerations, ...missing]
}

/** A limit without a request is the request too. Pods only, never templates. */
function requestsFromLimits(container: Container): Container {
  const { limits, requests } = container.resources ?? {}
  if (!limits || Object.keys(limits).every((name) => requests?.[name] !== undefined)) return container
  return { ...container, resources: { ...container.resources, requests: { ...limits, ...requests } } }
}

const requestedContainers = new WeakMap<readonly Container[], readonly Container[]>()

function withRequests(containers: readonly Container[]): readonly Container[] {
  const known = requestedContainers.get(containers) ?? mapSame(containers, requestsFromLimits)
  requestedContainers.set(containers, known)
  return known
}

/** The spec of a new pod as it is stored: defaults, then what admission adds. */
export function admitPodSpec(given: PodSpec): PodSpec {
  const spec = fill(defaultPodSpec(given), {
    serviceAccountName: 'default',
    serviceAccount: (given as PodSpec & Fields).serviceAccountName ?? 'default',
    priority: 0,
    preemptionPolicy: 'PreemptLowerPriority',
    enableServiceLinks: true,
  })
  const tolerant = put(spec, 'tolerations', withDefaultTolerations(spec.tolerations))
  const asking = tolerant.containers ? put(tolerant, 'containers', withRequests(tolerant.containers)) : tolerant
  return asking.initContainers ? put(asking, 'initContainers', withRequests(asking.initContainers)) : asking
}

/** The spec of a pod that is changed: the tolerations are added again when a client leaves them out. */
export function admitUpdatedSpec(given: PodSpec): PodSpec {
  const spec = defaultPodSpec(given)
  return put(spec, 'tolerations', withDefaultTolerations(spec.tolerations))
}

const isFull = (container: Container): boolean => {
  const { requests, limits } = container.resources ?? {}
  return ['cpu', 'memory'].every((name) => limits?.[name] !== undefined && requests?.[name] === limits[name])
}

const asks = (list: Labels | undefined): boolean => list?.cpu !== undefined || list?.memory !== undefined

const knownClasses = new WeakMap<readonly Container[], string>()

/** `Guaranteed`, `Burstable` or `BestEffort`. */
export function qosClassOf(pod: Pod): string {
  const { containers = [], initContainers = [] } = pod.spec
  const known = initContainers.length === 0 ? knownClasses.get(containers) : undefined
  if (known) return known
  const all = [...containers, ...initContainers]
  const qos = !all.some(({ resources }) => asks(resources?.requests) || asks(resources?.limits))
    ? 'BestEffort'
    : all.every(isFull)
      ? 'Guaranteed'
      : 'Burstable'
  if (initContainers.length === 0) knownClasses.set(containers, qos)
  return qos
}
