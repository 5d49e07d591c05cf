/**
 * What one object uses of what a ResourceQuota limits, and which quotas count it at all: pods by number and by what they
 * ask for, claims by number and size, Services by number and ports, everything else by number. Leaves out what
 * nothing here has: priority classes, affinity to other namespaces, classes of attributes; Services that want no node ports
 * for their load balancer; what a claim that grows was promised before (`status.allocatedResources`).
 * Models: pkg/quota/v1/evaluator/core/{pods,persistent_volume_claims,services}.go,
 * staging/src/k8s.io/apiserver/pkg/quota/v1/generic/evaluator.go, v1.36.
 */
import { qosClassOf } from './defaultsPod.ts'
import { classNameOf } from './defaultsStorage.ts'
import { KINDS, resourceOf } from './kinds.ts'
import { podResources } from './podResources.ts'
import { isTerminal } from './predicates.ts'
import type { ResourceList } from './resourceList.ts'
import { timeOf } from './time.ts'
import type { AnyObject, Kind, PersistentVolumeClaim, Pod, PodSpec, ResourceQuota, Service, SimTime } from './types.ts'

/** A resource of one storage class: its name stands before this. */
const OF_CLASS = '.storageclass.storage.k8s.io/'
const isOfClass = (resource: string): boolean =>
  ['persistentvolumeclaims', 'requests.storage'].some((each) => resource.endsWith(OF_CLASS + each))

/** Kinds whose number has a name from before `count/…`. */
const FORMER_NAMES: { readonly [K in Kind]?: string } = {
  ConfigMap: 'configmaps',
  PersistentVolumeClaim: 'persistentvolumeclaims',
  ResourceQuota: 'resourcequotas',
  Secret: 'secrets',
  Service: 'services',
}

const POD_RESOURCES =
  /^(?:pods|cpu|memory|ephemeral-storage|(?:requests|limits)\.(?:cpu|memory|ephemeral-storage)|(?:requests\.)?hugepages-.+|requests\.[^/]+\/.+)$/

const countName = (kind: Kind): string => `count/${resourceOf(kind)}`

/** Whether objects of this kind are counted at all: Events never are. */
export const isCounted = (kind: Kind): boolean => KINDS[kind].namespaced && kind !== 'Event'

/** Whether a resource of a quota says anything of objects of a kind that is counted. */
function countsKind(kind: Kind, resource: string): boolean {
  if (resource === countName(kind) || resource === FORMER_NAMES[kind]) return true
  switch (kind) {
    case 'Pod':
      return POD_RESOURCES.test(resource) && !isOfClass(resource)
    case 'PersistentVolumeClaim':
      return resource === 'requests.storage' || isOfClass(resource)
    case 'Service':
      return resource === 'services.nodeports' || resource === 'services.loadbalancers'
    default:
      return false
  }
}

/** Those of the resources that say something of objects of this kind. */
export const resourcesOfKind = (kind: Kind, list: ResourceList): string[] =>
  Object.keys(list).filter((resource) => countsKind(kind, resource))

/** The deadline itself has no effect here. */
const hasDeadline = (spec: PodSpec & { readonly activeDeadlineSeconds?: number | null }): boolean =>
  (spec.activeDeadlineSeconds ?? -1) >= 0

const SCOPES: Readonly<Record<string, (pod: Pod) => boolean>> = {
  Terminating: ({ spec }) => hasDeadline(spec),
  NotTerminating: ({ spec }) => !hasDeadline(spec),
  BestEffort: (pod) => qosClassOf(pod) === 'BestEffort',
  NotBestEffort: (pod) => qosClassOf(pod) !== 'BestEffort',
}

const CLASSES_OF_ATTRIBUTES = 'VolumeAttributesClass'

/** Whether a scope with this operator is true of an object. Of what nothing here has, only its absence is true. */
function isInScope(object: AnyObject, scope: string, operator: string): boolean {
  const lacks = operator === 'NotIn' || operator === 'DoesNotExist'
  if (object.kind === 'PersistentVolumeClaim') return scope === CLASSES_OF_ATTRIBUTES && lacks
  if (object.kind !== 'Pod' || scope === CLASSES_OF_ATTRIBUTES) return false
  return SCOPES[scope]?.(object) ?? lacks
}

/** Whether the object is one of those that the quota's scopes are about, which are pods or claims. */
export function isInScopes({ spec: { scopes = [], scopeSelector } }: ResourceQuota, object: AnyObject): boolean {
  return (
    scopes.every((scope) => isInScope(object, scope, 'Exists')) &&
    (scopeSelector?.matchExpressions ?? []).every(({ scopeName, operator }) => isInScope(object, scopeName, operator))
  )
}

/** When a pod that is being deleted no longer counts, whether it is gone or not; undefined while nobody deletes it. */
export function uncountedAt({ metadata }: Pod): SimTime | undefined {
  const { deletionTimestamp, deletionGracePeriodSeconds } = metadata
  return deletionTimestamp === undefined || deletionGracePeriodSeconds === undefined
    ? undefined
    : timeOf(deletionTimestamp) + deletionGracePeriodSeconds * 1000
}

/** Names under which a compute resource is counted, by what it is called in a container. */
function computeUsage(requests: ResourceList, limits: ResourceList): Record<string, string> {
  const used: Record<string, string> = {}
  for (const resource in requests) {
    const amount = requests[resource] as string
    const isPlain = resource === 'cpu' || resource === 'memory' || resource === 'ephemeral-storage'
    if (isPlain || resource.startsWith('hugepages-')) used[resource] = amount
    used[`requests.${resource}`] = amount
  }
  for (const resource in limits) used[`limits.${resource}`] = limits[resource] as string
  return used
}

function podUsage(pod: Pod): ResourceList {
  if (isTerminal(pod)) return {}
  return { pods: '1', ...computeUsage(podResources(pod.spec, 'requests'), podResources(pod.spec, 'limits')) }
}

function claimUsage(claim: PersistentVolumeClaim): ResourceList {
  const storage = claim.spec.resources?.requests?.storage
  const ofClass = classNameOf(claim)
  return {
    ...(storage !== undefined && { 'requests.storage': storage }),
    ...(ofClass && { [`${ofClass}${OF_CLASS}persistentvolumeclaims`]: '1' }),
    ...(ofClass && storage !== undefined && { [`${ofClass}${OF_CLASS}requests.storage`]: storage }),
  }
}

function serviceUsage({ spec: { type, ports = [] } }: Service): ResourceList {
  const opens = type === 'NodePort' || type === 'LoadBalancer'
  return {
    'services.nodeports': opens ? String(ports.length) : '0',
    'services.loadbalancers': type === 'LoadBalancer' ? '1' : '0',
  }
}

/** That it is there, by the names under which objects of its kind are numbered: it counts as long as it is stored. */
export function numberOf({ kind }: AnyObject): ResourceList {
  const former = FORMER_NAMES[kind]
  return { [countName(kind)]: '1', ...(former !== undefined && { [former]: '1' }) }
}

function usageBesides(object: AnyObject): ResourceList {
  switch (object.kind) {
    case 'Pod':
      return podUsage(object)
    case 'PersistentVolumeClaim':
      return claimUsage(object)
    case 'Service':
      return serviceUsage(object)
    default:
      return {}
  }
}

const usages = new WeakMap<AnyObject, ResourceList>()

/** What the object uses, by resource. A pod that is overdue to be gone uses no more than its number. */
export function usageOf(object: AnyObject): ResourceList {
  const known = usages.get(object)
  if (known) return known
  const usage = { ...numberOf(object), ...usageBesides(object) }
  usages.set(object, usage)
  return usage
}

const MUST_BE_SAID = /^(?:(?:requests\.|limits\.)?(?:cpu|memory))$/

/**
 * What a pod must say and does not: `must specify cpu for: a,b; memory for: b`. Where processors or memory are limited,
 * each container has to ask for them. Undefined when nothing is missing.
 */
export function unsaid({ spec }: Pod, resources: readonly string[]): string | undefined {
  const said = [...spec.containers, ...(spec.initContainers ?? [])].map(({ name, resources: own }) => ({
    name,
    usage: computeUsage(own?.requests ?? {}, own?.limits ?? {}),
  }))
  const missing = resources
    .filter((resource) => MUST_BE_SAID.test(resource))
    .sort()
    .flatMap((resource) => {
      const silent = said.filter(({ usage }) => usage[resource] === undefined).map(({ name }) => name)
      return silent.length > 0 ? [`${resource} for: ${[...new Set(silent)].sort().join(',')}`] : []
    })
  return missing.length > 0 ? `must specify ${missing.join('; ')}` : undefined
}
