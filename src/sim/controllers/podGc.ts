/**
 * Removes pods that nobody else can: those of nodes whose objects are gone, after a quarantine, and terminating ones of nodes
 * that a person has put out of service. Comes every 20 s, here only while there is something to do. Leaves out the limit of
 * terminated pods (12,500) and terminating pods without a node, which the API server removes at once.
 * Models: pkg/controller/podgc/gc_controller.go, v1.36.
 */
import { keyOfObject } from '../api/kinds.ts'
import { isTerminal, isTerminating } from '../api/predicates.ts'
import type { GivenReason } from '../api/reasons.ts'
import type { Node, Pod, SimTime } from '../api/types.ts'
import type { Answer, Change, ClusterView, Decider, Decision, Outcome } from '../kernel/types.ts'
import { WATCH_DELAYS } from './delays.ts'
import { withTarget } from './disruptionTarget.ts'
import { isNodeReady, isOutOfService } from './taints.ts'

type Steps<T = void> = Generator<Decision, T, Answer>

const PERIOD_MS = 20_000
const QUARANTINE_MS = 40_000

const nextRound = (now: SimTime): SimTime => (Math.floor(now / PERIOD_MS) + 1) * PERIOD_MS

/** Node → the round at which its absence is believed. */
type Quarantine = Readonly<Record<string, SimTime>>

const isOrphan = (view: Pick<ClusterView, 'get'>, { spec }: Pod): boolean =>
  spec.nodeName !== undefined && view.get('Node', undefined, spec.nodeName) === undefined

/** Terminating, and its node is out of service by a person's word. */
function isAbandoned(view: Pick<ClusterView, 'get'>, pod: Pod): boolean {
  const node = isTerminating(pod) ? view.get('Node', undefined, pod.spec.nodeName ?? '') : undefined
  return node !== undefined && !isNodeReady(node) && isOutOfService(node)
}

function* remove(pod: Pod, marked: Pod): Steps {
  const status = { ...marked.status, ...(!isTerminal(pod) && { phase: 'Failed' as const }) }
  yield { do: 'updateStatus', object: { ...pod, status } }
  const { namespace = '', name, uid } = pod.metadata
  yield { do: 'delete', kind: 'Pod', namespace, name, options: { graceSeconds: 0, uid } }
}

const orphaned = (view: ClusterView, pod: Pod): Pod =>
  withTarget(pod, 'DeletionByPodGC', 'PodGC: node no longer exists', view.timestamp)

/** One round. Gives the quarantine after it, and what is left. */
function* round(view: ClusterView, orphans: readonly Pod[], abandoned: readonly Pod[]): Steps<Quarantine> {
  const before = (view.recall() ?? {}) as Quarantine
  const after: Record<string, SimTime> = {}
  for (const pod of abandoned) yield* remove(pod, pod)
  for (const pod of orphans) {
    const node = pod.spec.nodeName as string
    const believed = before[node] ?? view.now + QUARANTINE_MS
    if (believed <= view.now) yield* remove(pod, orphaned(view, pod))
    else after[node] = believed
  }
  return after
}

/** When the pods of a node that is gone are removed: the quarantine begins with the round that misses it. */
const removedAt = (quarantine: Quarantine, pod: Pod, now: SimTime): SimTime =>
  quarantine[pod.spec.nodeName as string] ?? nextRound(now) + QUARANTINE_MS

const reasonOf = (pod: Pod, until: SimTime): GivenReason => ({
  reason: 'awaitsPodGc',
  subject: keyOfObject(pod),
  until,
  detail: { node: pod.spec.nodeName ?? '' },
})

function* decide(view: ClusterView, _key: string, due: { readonly id: string }): Steps<Outcome> {
  const pods = view.list('Pod')
  const orphans = pods.filter((pod) => isOrphan(view, pod))
  const abandoned = pods.filter((pod) => isAbandoned(view, pod))
  const isRound = due.id === 'round'
  const quarantine = isRound ? yield* round(view, orphans, abandoned) : ((view.recall() ?? {}) as Quarantine)
  const gone = (pod: Pod) => isRound && quarantine[pod.spec.nodeName as string] === undefined
  const left = [...orphans.filter((pod) => !gone(pod)), ...(isRound ? [] : abandoned)]
  if (left.length === 0) {
    yield { do: 'remember', memory: undefined }
    yield { do: 'cancelWake', id: 'round' }
    yield { do: 'explain', reasons: [] }
    return undefined
  }
  yield { do: 'remember', memory: quarantine }
  yield { do: 'wake', id: 'round', afterMs: nextRound(view.now) - view.now }
  const waits = (pod: Pod) => (isOrphan(view, pod) ? removedAt(quarantine, pod, view.now) : nextRound(view.now))
  yield { do: 'explain', reasons: left.map((pod) => reasonOf(pod, waits(pod))) }
  return undefined
}

const COLLECTOR = 'pods'

type View = Pick<ClusterView, 'get'>

/** A pod comes to a node that is not there, or begins to end on one that is given up. */
function podWakes({ before, after }: Change, view: View): readonly string[] {
  const pod = after as Pod | undefined
  const old = before as Pod | undefined
  if (!pod?.spec.nodeName) return []
  const same =
    old?.spec.nodeName === pod.spec.nodeName && old.metadata.deletionTimestamp === pod.metadata.deletionTimestamp
  return !same && (isOrphan(view, pod) || isAbandoned(view, pod)) ? [COLLECTOR] : []
}

/** A node is gone, put out of service, or comes while pods of its name are there. */
function nodeWakes({ before, after }: Change, view: Pick<ClusterView, 'list'>): readonly string[] {
  const node = after as Node | undefined
  const isDoubted = !node || (isOutOfService(node) && !isNodeReady(node))
  const isAwaited = () => !before && view.list('Pod').some(({ spec }) => spec.nodeName === node?.metadata.name)
  return isDoubted || isAwaited() ? [COLLECTOR] : []
}

export const podGc: Decider = {
  name: 'podGc',
  component: 'pod-garbage-collector-controller',
  delayMs: WATCH_DELAYS.podGc,
  watches: [
    { kind: 'Pod', wakes: podWakes },
    { kind: 'Node', wakes: nodeWakes },
  ],
  decide,
}
