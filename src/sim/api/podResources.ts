/**
 * What a pod asks for or may take of each resource at its hungriest moment: while an init container has its turn, or once
 * the main ones run. Leaves out the overhead of runtimes and resources that are given to a pod as a whole.
 * Models: staging/src/k8s.io/component-helpers/resource/helpers.go (PodRequests, PodLimits), v1.36.
 */
import { isSidecar } from './predicates.ts'
import { compareQuantities } from './quantity.ts'
import type { ResourceList } from './resourceList.ts'
import { addLists, amountOf } from './resourceList.ts'
import type { Container, PodSpec } from './types.ts'

type Side = 'requests' | 'limits'

function greatestOf(lists: readonly ResourceList[]): ResourceList {
  const most: Record<string, string> = {}
  for (const list of lists)
    for (const resource in list) {
      const amount = list[resource] as string
      const known = amountOf(most, resource)
      if (known === undefined || compareQuantities(amount, known) > 0) most[resource] = amount
    }
  return most
}

const sumOf = (containers: readonly Container[], side: Side): ResourceList =>
  containers.reduce<ResourceList>((sum, { resources }) => addLists(sum, resources?.[side] ?? {}), {})

/** What runs together at some time: each init container in its turn, beside the sidecars before it; the main ones at last. */
function momentsOf({ containers, initContainers = [] }: PodSpec): readonly (readonly Container[])[] {
  const turns = initContainers.map((container, turn) => [...initContainers.slice(0, turn).filter(isSidecar), container])
  return [[...containers, ...initContainers.filter(isSidecar)], ...turns]
}

interface Known {
  readonly initContainers: PodSpec['initContainers']
  readonly requests: ResourceList
  readonly limits: ResourceList
}

const known = new WeakMap<PodSpec['containers'], Known>()

/** Lists of containers are shared by the pods of a template and never change: each is read once. */
export function podResources(spec: PodSpec, side: Side): ResourceList {
  const { containers, initContainers } = spec
  const before = known.get(containers)
  if (before && before.initContainers === initContainers) return before[side]
  const moments = momentsOf(spec)
  const most = (which: Side) => greatestOf(moments.map((running) => sumOf(running, which)))
  const all: Known = { initContainers, requests: most('requests'), limits: most('limits') }
  known.set(containers, all)
  return all[side]
}
