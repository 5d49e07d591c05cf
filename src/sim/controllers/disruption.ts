/**
 * The disruption controller: keeps the arithmetic of every PodDisruptionBudget in its status, where evictions look it up.
 * It watches budgets and pods, not the owners of the pods, and it prevents nothing itself.
 * Leaves out the event about a pod under several budgets (the first by name is woken), and the condition DisruptionTarget
 * that is taken back when nothing comes of it.
 * Models: pkg/controller/disruption/disruption.go, v1.36.
 */
import { joined } from '../api/fill.ts'
import type { ObjectKey } from '../api/kinds.ts'
import { keyOf, keyOfObject, partsOfKey } from '../api/kinds.ts'
import { printSelector } from '../api/labels.ts'
import { isReady, isTerminating } from '../api/predicates.ts'
import type { GivenReason } from '../api/reasons.ts'
import type { Condition, Pod, PodDisruptionBudget, PodDisruptionBudgetStatus } from '../api/types.ts'
import { same } from '../kernel/equality.ts'
import type { Answer, ClusterView, Decider, Decision, Outcome } from '../kernel/types.ts'
import { budgetsOf, isHealthy, isUnder, needsOf, stillDisrupted } from './budgets.ts'
import { WATCH_DELAYS } from './delays.ts'

type Steps<T = Outcome> = Generator<Decision, T, Answer>

const CONDITION = 'DisruptionAllowed'

/** The condition that goes with the number of allowed disruptions. Its time moves only when it flips. */
export function withCondition(
  status: PodDisruptionBudgetStatus,
  timestamp: string,
  failure?: string,
): PodDisruptionBudgetStatus {
  const truth = status.disruptionsAllowed > 0 ? 'True' : 'False'
  const others = status.conditions?.filter(({ type }) => type !== CONDITION) ?? []
  const old = status.conditions?.find(({ type }) => type === CONDITION)
  const reason = failure !== undefined ? 'SyncFailed' : truth === 'True' ? 'SufficientPods' : 'InsufficientPods'
  const condition: Condition = {
    type: CONDITION,
    status: truth,
    ...(status.observedGeneration !== undefined && { observedGeneration: status.observedGeneration }),
    lastTransitionTime: old?.status === truth && old.lastTransitionTime ? old.lastTransitionTime : timestamp,
    reason,
    message: failure ?? '',
  }
  return joined(status, { conditions: [...others, condition] })
}

/** Whom a budget without room waits for: the first pod that should be healthy and is not. */
function reasonsOf(
  budget: PodDisruptionBudget,
  { disruptionsAllowed, currentHealthy, desiredHealthy, expectedPods, disruptedPods }: PodDisruptionBudgetStatus,
  pods: readonly Pod[],
): GivenReason[] {
  if (disruptionsAllowed > 0 || pods.length === 0) return []
  const subject = keyOfObject(budget)
  const detail = { healthy: currentHealthy, desired: desiredHealthy, expected: expectedPods }
  const weak = pods.find((pod) => !isHealthy(pod, disruptedPods))
  return weak
    ? [{ reason: 'tooFewHealthy', subject, on: keyOfObject(weak), detail }]
    : [{ reason: 'budgetFull', subject, detail }]
}

function* tell(budget: PodDisruptionBudget, pods: readonly Pod[], unmanaged: readonly Pod[]): Steps<void> {
  if (pods.length === 0)
    yield { do: 'record', about: budget, type: 'Normal', reason: 'NoPods', message: 'No matching pods found' }
  if (unmanaged.length === 0) return
  const message = `Pods selected by this PodDisruptionBudget (selector: ${printSelector(budget.spec.selector)}) were found to be unmanaged. As a result, the status of the PDB cannot be calculated correctly, which may result in undefined behavior. To account for these pods please set ".spec.minAvailable" field of the PDB to an integer value.`
  yield { do: 'record', about: budget, type: 'Warning', reason: 'UnmanagedPods', message }
}

function* write(budget: PodDisruptionBudget, status: PodDisruptionBudgetStatus): Steps {
  if (same(status, budget.status)) return undefined
  const answer = yield { do: 'updateStatus', object: { ...budget, status } }
  return answer.ok ? undefined : { error: answer.refusal.message }
}

/** Nothing is allowed while the arithmetic cannot be done. */
function* failSafe(view: ClusterView, budget: PodDisruptionBudget, error: string): Steps {
  const message = `Failed to calculate the number of expected pods: ${error}`
  yield { do: 'record', about: budget, type: 'Warning', reason: 'CalculateExpectedPodCountFailed', message }
  const status = { ...budget.status, disruptionsAllowed: 0 }
  yield* write(budget, withCondition(status, view.timestamp, error))
  return { error }
}

function* sync(view: ClusterView, budget: PodDisruptionBudget): Steps {
  const { namespace = '', generation } = budget.metadata
  const pods = view.list('Pod', namespace).filter((pod) => isUnder(budget, pod))
  const needs = needsOf(view, budget, pods)
  yield* tell(budget, pods, 'error' in needs ? [] : needs.unmanaged)
  if ('error' in needs) return yield* failSafe(view, budget, needs.error)
  const { pods: disruptedPods, overdue, until } = stillDisrupted(pods, budget.status.disruptedPods ?? {}, view.now)
  for (const about of overdue) {
    // Upstream's text names the namespace twice and the budget never.
    const message = `Pod was expected by PDB ${namespace}/${namespace} to be deleted but it wasn't`
    yield { do: 'record', about, type: 'Warning', reason: 'NotDeleted', message }
  }
  const { expected, desired } = needs
  const currentHealthy = pods.filter((pod) => isHealthy(pod, disruptedPods)).length
  const status: PodDisruptionBudgetStatus = {
    ...(generation !== undefined && { observedGeneration: generation }),
    ...(Object.keys(disruptedPods).length > 0 && { disruptedPods }),
    disruptionsAllowed: expected <= 0 ? 0 : Math.max(0, currentHealthy - desired),
    currentHealthy,
    desiredHealthy: desired,
    expectedPods: expected,
    ...(budget.status.conditions && { conditions: budget.status.conditions }),
  }
  const failed = yield* write(budget, withCondition(status, view.timestamp))
  if (failed) return failed
  if (until !== undefined) yield { do: 'wake', id: 'recheck', afterMs: until + 1000 - view.now }
  yield { do: 'explain', reasons: reasonsOf(budget, status, pods) }
  return undefined
}

function* decide(view: ClusterView, key: string): Steps {
  const { namespace, name } = partsOfKey(key as ObjectKey)
  const budget = view.get('PodDisruptionBudget', namespace, name)
  if (budget) return yield* sync(view, budget)
  yield { do: 'explain', reasons: [] }
  return undefined
}

/** A budget counts both alike. */
const countTheSame = (a: Pod, b: Pod): boolean => isReady(a) === isReady(b) && isTerminating(a) === isTerminating(b)

export const disruption: Decider = {
  name: 'disruption',
  component: 'controllermanager',
  delayMs: WATCH_DELAYS.disruption,
  watches: [
    {
      kind: 'PodDisruptionBudget',
      wakes: ({ before, after }) => {
        const { namespace, name } = (after ?? before)?.metadata ?? { name: '' }
        return [keyOf('PodDisruptionBudget', namespace, name)]
      },
    },
    {
      kind: 'Pod',
      wakes: ({ before, after }, view) => {
        const pod = (after ?? before) as Pod
        const old = before as Pod | undefined
        if (old && after && old.metadata.labels === pod.metadata.labels && countTheSame(old, pod)) return []
        const [first] = budgetsOf(view, pod)
        return first ? [keyOfObject(first)] : []
      },
    },
  ],
  decide,
}
