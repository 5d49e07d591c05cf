/**
 * The arithmetic of PodDisruptionBudgets: which pods a budget is about, how many of them are healthy, how many must be.
 * Pure reckoning, shared by the disruption controller, by the eviction of a pod and by the guarantees.
 * Models: pkg/controller/disruption/disruption.go (getExpectedPodCount, countHealthyPods, buildDisruptedPodMap), v1.36.
 */
import { countOf } from '../api/countOrPercent.ts'
import { controllerOf } from '../api/kinds.ts'
import { selects } from '../api/labels.ts'
import { isReady, isTerminating } from '../api/predicates.ts'
import type { StrategyContext } from '../api/strategy.ts'
import { timeOf } from '../api/time.ts'
import type { Pod, PodDisruptionBudget, SimTime, Timestamp } from '../api/types.ts'

/** A pod whose eviction was granted counts as going for so long, even if nobody deletes it. */
export const DISRUPTION_TIMEOUT_MS = 120_000

type Disrupted = Readonly<Record<string, Timestamp>>

export const isUnder = ({ metadata, spec }: PodDisruptionBudget, pod: Pod): boolean =>
  metadata.namespace === pod.metadata.namespace && selects(spec.selector, pod.metadata.labels)

/** The budgets that a pod is under, by name. */
export const budgetsOf = (view: Pick<StrategyContext, 'list'>, pod: Pod): readonly PodDisruptionBudget[] =>
  view.list('PodDisruptionBudget', pod.metadata.namespace).filter((budget) => isUnder(budget, pod))

/** Neither on its way out nor promised to an eviction, and Ready. */
export const isHealthy = (pod: Pod, disrupted: Disrupted | undefined): boolean =>
  !isTerminating(pod) && disrupted?.[pod.metadata.name] === undefined && isReady(pod)

/** The granted evictions that are still believed in, and the moment at which the first of them no longer will be. */
export function stillDisrupted(
  pods: readonly Pod[],
  disrupted: Disrupted,
  now: SimTime,
): { readonly pods: Disrupted; readonly overdue: readonly Pod[]; readonly until: SimTime | undefined } {
  const kept: Record<string, Timestamp> = {}
  const overdue: Pod[] = []
  let until: SimTime | undefined
  for (const pod of pods) {
    const since = disrupted[pod.metadata.name]
    if (since === undefined || isTerminating(pod)) continue
    const end = timeOf(since) + DISRUPTION_TIMEOUT_MS
    if (end < now) overdue.push(pod)
    else {
      kept[pod.metadata.name] = since
      until = until === undefined ? end : Math.min(until, end)
    }
  }
  return { pods: kept, overdue, until }
}

/** What a budget comes to; the text of the error where it cannot be worked out. */
export type Needs =
  | { readonly expected: number; readonly desired: number; readonly unmanaged: readonly Pod[] }
  | { readonly error: string }

interface Scale {
  readonly size: number
  readonly unmanaged: readonly Pod[]
}

/** The replicas that the controllers of these pods want, each controller counted once. */
function scaleOf(view: Pick<StrategyContext, 'get'>, pods: readonly Pod[]): Scale | { readonly error: string } {
  const counted = new Set<string>()
  const unmanaged: Pod[] = []
  let size = 0
  for (const pod of pods) {
    const owner = controllerOf(pod.metadata)
    if (!owner) unmanaged.push(pod)
    else if (!counted.has(owner.uid)) {
      counted.add(owner.uid)
      const set = owner.kind === 'StatefulSet' && view.get('StatefulSet', pod.metadata.namespace, owner.name)
      if (!set || set.metadata.uid !== owner.uid)
        return { error: `found no controllers for pod "${pod.metadata.name}"` }
      size += set.spec.replicas
    }
  }
  return { size, unmanaged }
}

/**
 * A number for `minAvailable` is held against the pods that exist; a percentage, and `maxUnavailable`, against what their
 * controllers want. Percentages are rounded up.
 */
export function needsOf(
  view: Pick<StrategyContext, 'get'>,
  { spec }: PodDisruptionBudget,
  pods: readonly Pod[],
): Needs {
  const { minAvailable, maxUnavailable } = spec
  if (maxUnavailable === undefined && typeof minAvailable === 'number')
    return { expected: pods.length, desired: minAvailable, unmanaged: [] }
  if (maxUnavailable === undefined && minAvailable === undefined) return { expected: 0, desired: 0, unmanaged: [] }
  const scale = scaleOf(view, pods)
  if ('error' in scale) return scale
  const { size, unmanaged } = scale
  const desired =
    maxUnavailable === undefined
      ? countOf(minAvailable as string, size, Math.ceil)
      : Math.max(0, size - countOf(maxUnavailable, size, Math.ceil))
  return { expected: size, desired, unmanaged }
}
