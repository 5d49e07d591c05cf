/**
 * Drains: somebody's `kubectl drain` at work, which takes its time. The node is cordoned already; every pod on it is
 * evicted, asked for again every 5 s while its budget refuses, and waited for until its object is gone. Keys are nodes.
 * What happens is told by facts, so that a terminal can print it: `podEvicted`, `evictionRefused`, `nodeDrained`,
 * `drainStopped`. Leaves out DaemonSets and mirror pods, which do not exist here.
 * Models: staging/src/k8s.io/kubectl/pkg/drain/{drain,filters}.go, v1.37.
 */
import type { ObjectKey } from '../api/kinds.ts'
import { keyOf, keyOfObject, partsOfKey } from '../api/kinds.ts'
import type { GivenReason } from '../api/reasons.ts'
import type { Refusal } from '../api/strategy.ts'
import type { Node, SimTime, Uid } from '../api/types.ts'
import type { Answer, ClusterView, Decider, Decision, Outcome, Signal } from '../kernel/types.ts'
import { budgetsOf } from './budgets.ts'
import type { Leave } from './drainRules.ts'
import { asOne, objections, RETRY_MS, whenEvicting } from './drainRules.ts'
import { evict } from './eviction.ts'
import { goDuration } from './kubeletTexts.ts'

type Steps<T = Outcome> = Generator<Decision, T, Answer>

/** Between two looks whether a pod is gone. */
const POLL_MS = 1000

/** What the person asked for; signals carry it, so it is flat. */
export interface DrainOptions extends Leave {
  readonly graceSeconds?: number
  readonly timeoutSeconds?: number
  /** Deletes instead of evicting: budgets are not asked. */
  readonly disableEviction?: boolean
}

interface Target {
  readonly namespace: string
  readonly name: string
  readonly uid: Uid
  /** When it is asked for next; null once it was deleted. */
  readonly tryAt: SimTime | null
}

/** Notes under a node's key while it is drained. */
export interface Drain {
  readonly options: DrainOptions
  readonly deadline: SimTime | null
  readonly targets: readonly Target[]
}

function told(
  type: 'nodeDrained' | 'drainStopped',
  { kind, metadata }: Node,
  detail: Record<string, string>,
): Decision {
  return { do: 'state', fact: { type, kind, namespace: '', name: metadata.name, uid: metadata.uid, detail } }
}

const FORGET: readonly Decision[] = [
  { do: 'remember', memory: undefined },
  { do: 'cancelWake', id: 'next' },
  { do: 'explain', reasons: [] },
]

/** Ends the work; `errors` say why it did not reach its end. */
function* end(node: Node | undefined, errors: readonly string[]): Steps<undefined> {
  if (node)
    yield errors.length === 0 ? told('nodeDrained', node, {}) : told('drainStopped', node, { message: asOne(errors) })
  yield* FORGET
}

function* begin(view: ClusterView, node: Node, options: DrainOptions): Steps<Drain | undefined> {
  const pods = view.list('Pod').filter(({ spec }) => spec.nodeName === node.metadata.name)
  const errors = objections(pods, options)
  if (errors.length > 0) return yield* end(node, errors)
  const { timeoutSeconds = 0 } = options
  const deadline = timeoutSeconds > 0 ? view.now + timeoutSeconds * 1000 : null
  const targets = pods.map(
    ({ metadata: { namespace = '', name, uid } }): Target => ({ namespace, name, uid, tryAt: view.now }),
  )
  return { options, deadline, targets }
}

const isThere = (view: ClusterView, { namespace, name, uid }: Target): boolean =>
  view.get('Pod', namespace, name)?.metadata.uid === uid

const failure = (target: Target, why: string): string => `${whenEvicting(target)}: ${why}`

/** Asks for one pod. Returns what is left to do about it, or the error that ends everything. */
function* ask(view: ClusterView, target: Target, options: DrainOptions): Steps<Target | { readonly error: string }> {
  const { namespace, name, uid } = target
  const { graceSeconds, disableEviction } = options
  const grace = graceSeconds === undefined ? {} : { graceSeconds }
  const refusal: Refusal | undefined = disableEviction
    ? refusalOf(yield { do: 'delete', kind: 'Pod', namespace, name, options: { uid, ...grace } })
    : yield* evict(view, { namespace, name, ...grace })
  if (!refusal || refusal.reason === 'NotFound') return { ...target, tryAt: null }
  if (refusal.reason !== 'TooManyRequests') return { error: failure(target, refusal.message) }
  const detail = { message: refusal.message, cause: refusal.cause ?? '' }
  yield { do: 'state', fact: { type: 'evictionRefused', kind: 'Pod', namespace, name, uid, detail } }
  return { ...target, tryAt: view.now + RETRY_MS }
}

const refusalOf = (answer: Answer): Refusal | undefined => (answer.ok ? undefined : answer.refusal)

const timeoutText = (target: Target, options: DrainOptions): string => {
  const why = `global timeout reached: ${goDuration((options.timeoutSeconds ?? 0) * 1000)}`
  const { namespace, name, tryAt } = target
  return tryAt === null
    ? `error when waiting for pod "${name}" in namespace "${namespace}" to terminate: ${why}`
    : failure(target, why)
}

/** Asks for every pod whose turn it is, and lets go of those that are gone. */
function* work(view: ClusterView, { options, targets }: Drain): Steps<{ left: Target[]; errors: string[] }> {
  const left: Target[] = []
  const errors: string[] = []
  for (const target of targets) {
    if (!isThere(view, target)) continue
    const due = target.tryAt !== null && target.tryAt <= view.now
    const after = due ? yield* ask(view, target, options) : target
    if ('error' in after) errors.push(after.error)
    else left.push(after)
  }
  return { left, errors }
}

/** What a drain waits for: the budget of a pod that it may not have, and pods that have not yet gone. */
const reasonsOf = (view: ClusterView, subject: ObjectKey, targets: readonly Target[]): GivenReason[] =>
  targets.map(({ namespace, name, tryAt }) => {
    const pod = view.get('Pod', namespace, name)
    const budget = tryAt !== null && pod ? budgetsOf(view, pod)[0] : undefined
    return budget && tryAt !== null
      ? { reason: 'budgetHolds', subject, on: keyOfObject(budget), until: tryAt, detail: { pod: name } }
      : { reason: 'drainWaits', subject, on: keyOf('Pod', namespace, name) }
  })

function* go(view: ClusterView, key: ObjectKey, node: Node, drain: Drain): Steps<undefined> {
  const { options, deadline } = drain
  const { left, errors } = yield* work(view, drain)
  if (errors.length > 0 || left.length === 0) return yield* end(node, errors)
  if (deadline !== null && deadline <= view.now)
    return yield* end(
      node,
      left.map((target) => timeoutText(target, options)),
    )
  yield { do: 'remember', memory: { ...drain, targets: left } satisfies Drain }
  const next = Math.min(...left.map(({ tryAt }) => tryAt ?? view.now + POLL_MS), deadline ?? Number.POSITIVE_INFINITY)
  yield { do: 'wake', id: 'next', afterMs: next - view.now }
  yield { do: 'explain', reasons: reasonsOf(view, key, left) }
}

function* decide(view: ClusterView, key: string, { signal }: { readonly signal?: Signal }): Steps {
  const { name } = partsOfKey(key as ObjectKey)
  const node = view.get('Node', undefined, name)
  const known = view.recall() as Drain | undefined
  if (!node) return yield* end(undefined, [])
  if (signal?.type === 'stop') return known ? yield* end(node, ['interrupted']) : undefined
  const drain = signal?.type === 'start' ? yield* begin(view, node, (signal.detail ?? {}) as DrainOptions) : known
  return drain ? yield* go(view, key as ObjectKey, node, drain) : undefined
}

export const drain: Decider = {
  name: 'drain',
  component: 'kubectl',
  watches: [],
  delayMs: [0, 0],
  decide,
}
