/**
 * The admission of ResourceQuota: whether the quotas of a namespace let a write be, and what it adds to their counts. It
 * goes by what the quotas' status says, which the controller brings up to date later. Leaves out limits that hold without
 * a quota (the plugin's configuration), and the count that a real server leaves behind when the name proves to be taken.
 * Models: staging/src/k8s.io/apiserver/pkg/admission/plugin/resourcequota/controller.go, v1.36.
 */
import { keyOfObject, resourceOf } from './kinds.ts'
import { compareQuantities, subtractQuantities } from './quantity.ts'
import { isCounted, isInScopes, resourcesOfKind, unsaid, usageOf } from './quotaUsage.ts'
import type { ResourceList } from './resourceList.ts'
import { addLists, masked } from './resourceList.ts'
import type { Admit, Refusal } from './strategy.ts'
import type { AnyObject, ResourceQuota } from './types.ts'

/** `pods=1,requests.cpu=500m` */
const printList = (list: ResourceList): string =>
  Object.keys(list)
    .sort()
    .map((resource) => `${resource}=${list[resource]}`)
    .join(',')

/** What the write adds: for an update what it uses more than before. What comes free is left to the controller. */
function added(object: AnyObject, previous: AnyObject | undefined): ResourceList {
  const before = previous ? usageOf(previous) : {}
  return Object.fromEntries(
    Object.entries(usageOf(object))
      .map(([resource, amount]) => [resource, subtractQuantities(amount, before[resource] ?? '0')] as const)
      .filter(([, more]) => compareQuantities(more, '0') > 0),
  )
}

/** What stands against counting the object at all. */
function unfit(quota: ResourceQuota, object: AnyObject, resources: readonly string[]): string | undefined {
  const { name } = quota.metadata
  const missing = object.kind === 'Pod' ? unsaid(object, resources) : undefined
  if (missing !== undefined) return `failed quota: ${name}: ${missing}`
  const { used = {} } = quota.status
  if (resources.every((resource) => used[resource] !== undefined)) return undefined
  return `status unknown for quota: ${name}, resources: ${[...resources].sort().join(',')}`
}

interface Count {
  readonly quota: ResourceQuota
  readonly used: ResourceList
  readonly requested: ResourceList
}

/** What does not fit, in the words of the server; undefined when everything does. */
function excess({ quota, used, requested }: Count): Omit<Refusal, 'reason'> | undefined {
  const { hard = {} } = quota.status
  const over = Object.keys(requested).filter(
    (resource) => compareQuantities(used[resource] ?? '0', hard[resource] ?? '0') > 0,
  )
  if (over.length === 0) return undefined
  const limited = printList(masked(hard, over))
  const before = printList(masked(quota.status.used ?? {}, over))
  const message = `exceeded quota: ${quota.metadata.name}, requested: ${printList(masked(requested, over))}, used: ${before}, limited: ${limited}`
  return { message, quota: { key: keyOfObject(quota), exceeded: { limited, needed: printList(masked(used, over)) } } }
}

/** The quotas of the object's namespace that count it, with the resources that they count it by. */
const quotasFor = (quotas: readonly ResourceQuota[], object: AnyObject) =>
  quotas.flatMap((quota) => {
    const resources = resourcesOfKind(object.kind, quota.status.hard ?? {})
    return resources.length > 0 && isInScopes(quota, object) ? [{ quota, resources }] : []
  })

/** Pods cannot come to ask for more: only claims that grow and Services that change their ports are counted again. */
const isCountedAgain = ({ kind }: AnyObject): boolean => kind === 'PersistentVolumeClaim' || kind === 'Service'

const NOTHING: readonly AnyObject[] = []

export const admitByQuota: Admit = (object, previous, context) => {
  const { kind, metadata } = object
  if (!isCounted(kind) || (previous && !isCountedAgain(object))) return NOTHING
  const quotas = context.list('ResourceQuota', metadata.namespace)
  if (quotas.length === 0) return NOTHING
  const forbidden = ({ message, ...more }: Omit<Refusal, 'reason'>): Refusal => ({
    reason: 'Forbidden',
    message: `${resourceOf(kind)} "${metadata.name}" is forbidden: ${message}`,
    ...more,
  })
  const counting = quotasFor(quotas, object)
  for (const { quota, resources } of counting) {
    const message = unfit(quota, object, resources)
    if (message !== undefined) return forbidden({ message, quota: { key: keyOfObject(quota) } })
  }
  const delta = added(object, previous)
  const counted: ResourceQuota[] = []
  for (const { quota } of counting) {
    const { hard = {}, used: before = {} } = quota.status
    const requested = masked(delta, Object.keys(hard))
    if (Object.keys(requested).length === 0) continue
    const used = addLists(before, requested)
    const refused = excess({ quota, used, requested })
    if (refused) return forbidden(refused)
    counted.push({ ...quota, status: { hard, used } })
  }
  return counted
}
