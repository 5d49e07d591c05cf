/**
 * What a pod asks for or may take of each resource at its hungriest moment: while an init container has its turn, or once
 * the main ones run. Leaves out the overhead of runtimes and resources that are given to a pod as a whole.
 * Models: staging/src/k8s.io/component-helpers/resource/helpers.go (PodRequests, PodLimits), v1.36.
 */
import { isSidecar } from './predicates.ts'
import { addQuantities, compareQuantities } from './quantity.ts'
import type { Container, PodSpec } from './types.ts'

/** Amounts by resource: `{ cpu: '250m' }`. */
export type ResourceList = Readonly<Record<string, string>>

type Side = 'requests' | 'limits'

/** Both lists together, resource by resource. */
export function addLists(a: ResourceList, b: ResourceList): ResourceList {
  const sum: Record<string, string> = { ...a }
  for (const resource in b) sum[resource] = addQuantities(sum[resource] ?? '0', b[resource] as string)
  return sum
}

function greatestOf(lists: readonly ResourceList[]): ResourceList {
  const most: Record<string, string> = {}
  for (const list of lists)
    for (const resource in list) {
      const amount = list[resource] as string
      const known = most[resource]
      if (known === undefined || compareQuantities(amount, known) > 0) most[resource] = amount
    }
  return most
}

const sumOf = (containers: readonly Container[], side: Side): ResourceList =>
  containers.reduce<ResourceList>((sum, { resources }) => addLists(sum, resources?.[side] ?? {}), {})

const known = { requests: new WeakMap<object, ResourceList>(), limits: new WeakMap<object, ResourceList>() }

/** Lists of containers are shared by the pods of a template and never change: each is read once. */
export function podResources({ containers, initContainers = [] }: PodSpec, side: Side): ResourceList {
  if (initContainers.length > 0) {
    const moments = initContainers.map((container, turn) => [
      ...initContainers.slice(0, turn).filter(isSidecar),
      container,
    ])
    const all = [[...containers, ...initContainers.filter(isSidecar)], ...moments]
    return greatestOf(all.map((running) => sumOf(running, side)))
  }
  const before = known[side].get(containers)
  if (before) return before
  const sum = sumOf(containers, side)
  known[side].set(containers, sum)
  return sum
}
