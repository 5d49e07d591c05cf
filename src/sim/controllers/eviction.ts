/**
 * Eviction: a delete that asks the pod's PodDisruptionBudget first. The API server decides it; drains and people ask.
 * What a budget holds back is told with the very texts of the server; everything else that deletes pods passes it by.
 * Leaves out dry runs, and the check that no more than 2000 granted evictions are open.
 * Models: pkg/registry/core/pod/storage/eviction.go, v1.36.
 */
import { isReady, isTerminal, isTerminating } from '../api/predicates.ts'
import type { Refusal } from '../api/strategy.ts'
import type { Pod, PodDisruptionBudget } from '../api/types.ts'
import { notFound } from '../kernel/apiServer.ts'
import type { Answer, ClusterView, Decision, DeleteOptions } from '../kernel/types.ts'
import { budgetsOf } from './budgets.ts'
import { withCondition } from './disruption.ts'
import { withTarget } from './disruptionTarget.ts'

type Steps<T> = Generator<Decision, T, Answer>

export interface Eviction {
  readonly namespace: string
  readonly name: string
  readonly graceSeconds?: number
}

const WOULD_VIOLATE = "Cannot evict pod as it would violate the pod's disruption budget."

const SEVERAL: Refusal = {
  reason: 'InternalError',
  message: 'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.',
}

const tooMany = (cause: string, retryAfterSeconds: number): Refusal => ({
  reason: 'TooManyRequests',
  message: WOULD_VIOLATE,
  cause,
  retryAfterSeconds,
})

/** Evicting such a pod takes nothing away that a budget counts. */
const isBeyondBudgets = (pod: Pod): boolean => pod.status.phase === 'Pending' || isTerminal(pod) || isTerminating(pod)

/** A pod that is not Ready goes without being charged while the others suffice, or always where the budget says so. */
function goesFreely({ spec, status }: PodDisruptionBudget, pod: Pod): boolean {
  if (isReady(pod)) return false
  if (spec.unhealthyPodEvictionPolicy === 'AlwaysAllow') return true
  return status.currentHealthy >= status.desiredHealthy && status.desiredHealthy > 0
}

/** Why the budget says no; undefined when it has room. */
function refusalBy({ metadata, status }: PodDisruptionBudget): Refusal | undefined {
  const { name, generation = 0 } = metadata
  if ((status.observedGeneration ?? 0) < generation)
    return tooMany(`The disruption budget ${name} is still being processed by the server.`, 10)
  if (status.disruptionsAllowed > 0) return undefined
  const failed = status.conditions?.find(({ reason }) => reason === 'SyncFailed')
  return tooMany(
    failed
      ? `The disruption budget ${name} does not allow evicting pods currently because it failed sync: ${failed.message}`
      : `The disruption budget ${name} needs ${status.desiredHealthy} healthy pods and has ${status.currentHealthy} currently`,
    0,
  )
}

/** Takes one disruption off the budget and enters the pod's name in it. */
function* charge(view: ClusterView, budget: PodDisruptionBudget, pod: Pod): Steps<Refusal | undefined> {
  const { status } = budget
  const charged = {
    ...status,
    disruptedPods: { ...status.disruptedPods, [pod.metadata.name]: view.timestamp },
    disruptionsAllowed: status.disruptionsAllowed - 1,
  }
  const written = charged.disruptionsAllowed === 0 ? withCondition(charged, view.timestamp) : charged
  const answer = yield { do: 'updateStatus', object: { ...budget, status: written } }
  return answer.ok ? undefined : answer.refusal
}

/** Marks the pod as the target of a disruption and deletes it. */
function* remove(view: ClusterView, pod: Pod, budget: string, grace: number | undefined): Steps<Refusal | undefined> {
  const { namespace = '', name, uid } = pod.metadata
  const detail = budget === '' ? {} : { budget }
  yield { do: 'state', fact: { type: 'podEvicted', kind: 'Pod', namespace, name, uid, detail } }
  const target = withTarget(pod, 'EvictionByEvictionAPI', 'Eviction API: evicting', view.timestamp, 0)
  const marked = yield { do: 'updateStatus', object: target }
  if (!marked.ok) return marked.refusal
  const options: DeleteOptions = { uid, ...(grace !== undefined && { graceSeconds: grace }) }
  const answer = yield { do: 'delete', kind: 'Pod', namespace, name, options }
  return answer.ok ? undefined : answer.refusal
}

/** The pod as it stands now, in the middle of a turn. */
function* livePod({ namespace, name }: Eviction): Steps<Pod | undefined> {
  const answer = yield { do: 'read', kind: 'Pod', namespace, name }
  return answer.ok && answer.object?.kind === 'Pod' ? answer.object : undefined
}

/** Evicts a pod: undefined when it was deleted, else the server's refusal. Several in one turn see each other's charges. */
export function* evict(view: ClusterView, eviction: Eviction): Steps<Refusal | undefined> {
  const { namespace, name, graceSeconds } = eviction
  const pod = yield* livePod(eviction)
  if (!pod) {
    const missing = notFound('Pod', name)
    return missing.ok ? undefined : missing.refusal
  }
  const [known, ...more] = isBeyondBudgets(pod) ? [] : budgetsOf(view, pod)
  if (more.length > 0) return SEVERAL
  if (!known) return yield* remove(view, pod, '', graceSeconds)
  const read = yield { do: 'read', kind: 'PodDisruptionBudget', namespace, name: known.metadata.name }
  const budget = read.ok && read.object?.kind === 'PodDisruptionBudget' ? read.object : known
  if (!goesFreely(budget, pod)) {
    const refusal = refusalBy(budget) ?? (yield* charge(view, budget, pod))
    if (refusal) return refusal
  }
  return yield* remove(view, pod, budget.metadata.name, graceSeconds)
}
