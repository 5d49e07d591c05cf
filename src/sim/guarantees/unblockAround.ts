/** What around a set would end a wait: its Service put right, a budget loosened, a quota raised. */
import { partsOfKey } from '../api/kinds.ts'
import { compareQuantities } from '../api/quantity.ts'
import type { AnyObject, Service } from '../api/types.ts'
import { listObjects, readObject } from '../kernel/apiServer.ts'
import type { Draft } from '../kernel/types.ts'
import type { Answer } from './unblockAnswer.ts'
import { act, setAt } from './unblockAnswer.ts'

export const createService: Answer = (world, { subject }) => {
  const { kind, namespace, name } = partsOfKey(subject)
  const set =
    kind === 'Service'
      ? listObjects(world.objects, 'StatefulSet', namespace).find(({ spec }) => spec.serviceName === name)
      : setAt(world, subject)
  if (!set) return []
  const service: Draft<Service> = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: set.spec.serviceName, namespace },
    spec: { clusterIP: 'None', selector: set.spec.selector.matchLabels ?? {} },
  }
  return [act('createService', subject, { type: 'applyObjects', objects: [service as unknown as AnyObject] })]
}

/** A budget that asks for every pod is made to do without one. */
export const loosenBudget: Answer = (world, { subject }) => {
  const { namespace, name } = partsOfKey(subject)
  const budget = readObject(world.objects, 'PodDisruptionBudget', namespace, name)
  if (!budget) return []
  const spec =
    budget.spec.maxUnavailable === undefined
      ? { minAvailable: budget.status.desiredHealthy - 1 }
      : { maxUnavailable: 1 }
  return [
    act('loosenBudget', subject, {
      type: 'patchObject',
      kind: 'poddisruptionbudgets',
      namespace,
      name,
      patch: { spec },
    }),
  ]
}

/** A quota is made to allow what is asked for next: `detail.needed` has it as `pods=3,requests.cpu=500m`. */
export const raiseQuota: Answer = (world, { on, detail }) => {
  if (!on) return []
  const { namespace, name } = partsOfKey(on)
  const needed = String(detail?.needed ?? '')
    .split(',')
    .map((amount) => amount.split('=') as [string, string])
  const hard = readObject(world.objects, 'ResourceQuota', namespace, name)?.spec.hard ?? {}
  const missing = needed.filter(([resource, amount]) => compareQuantities(amount, hard[resource] ?? amount) > 0)
  if (missing.length === 0) return []
  const patch = { spec: { hard: Object.fromEntries(missing) } }
  return [act('raiseQuota', on, { type: 'patchObject', kind: 'resourcequotas', namespace, name, patch })]
}

/** Names of pods that are not Ready yet are published too. */
export const publishNotReady: Answer = (world, { subject, on = subject }) => {
  const { namespace, name } = partsOfKey(on)
  const service = readObject(world.objects, 'Service', namespace, name)
  if (!service || service.spec.publishNotReadyAddresses) return [act('runOn', subject)]
  const patch = { spec: { publishNotReadyAddresses: true } }
  return [act('publishNotReady', on, { type: 'patchObject', kind: 'services', namespace, name, patch })]
}

/** The Service is made to select the pods of the set that names it. */
export const selectMembers: Answer = (world, { subject, on }) => {
  const labels = on && setAt(world, on)?.spec.selector.matchLabels
  if (!labels) return []
  const { namespace, name } = partsOfKey(subject)
  const old = readObject(world.objects, 'Service', namespace, name)?.spec.selector ?? {}
  const gone = Object.fromEntries(Object.keys(old).map((label) => [label, null]))
  const patch = { spec: { selector: { ...gone, ...labels } } }
  return [act('selectMembers', subject, { type: 'patchObject', kind: 'services', namespace, name, patch })]
}
