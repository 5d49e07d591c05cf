/**
 * Drives pods from nodes with NoExecute taints: at once, or when the time runs out for which they tolerate them. Says for
 * every pod of a node that is not Ready what comes next, and that a deletion stays unconfirmed while nobody hears the node.
 * Models: pkg/controller/tainteviction/taint_eviction.go, v1.36.
 */
import type { ObjectKey } from '../api/kinds.ts'
import { keyOf, keyOfObject, partsOfKey } from '../api/kinds.ts'
import { isTerminating } from '../api/predicates.ts'
import type { GivenReason } from '../api/reasons.ts'
import type { Node, Pod, SimTime, Taint, Uid } from '../api/types.ts'
import type { Answer, Change, ClusterView, Decider, Decision, Outcome } from '../kernel/types.ts'
import { WATCH_DELAYS } from './delays.ts'
import { withTarget } from './disruptionTarget.ts'
import { bearing, isNodeReady, readyStatus, taintsOf, tolerates } from './taints.ts'

type Steps<T = void> = Generator<Decision, T, Answer>

/** Kept about a pod: when it is to go, or the taints for which it was told to. */
interface Notes {
  readonly uid: Uid
  readonly at?: SimTime
  readonly evictedFor?: string
}

const nameOf = ({ metadata: { namespace, name } }: Pod): string => `${namespace}/${name}`

/** Upstream names the pod without its uid, so events of pods of one name are counted together. */
const tell = (pod: Pod, message: string): Decision => ({
  do: 'record',
  about: { ...pod, metadata: { ...pod.metadata, uid: '' } },
  type: 'Normal',
  reason: 'TaintManagerEviction',
  message: `${message} Pod ${nameOf(pod)}`,
})

function* evict(view: ClusterView, pod: Pod): Steps {
  yield tell(pod, 'Marking for deletion')
  const message = 'Taint manager: deleting due to NoExecute taint'
  const marked = withTarget(pod, 'DeletionByTaintManager', message, view.timestamp)
  yield { do: 'updateStatus', object: marked }
  const { namespace = '', name, uid } = pod.metadata
  yield { do: 'delete', kind: 'Pod', namespace, name, options: { uid } }
}

/** For how long a pod that bears all of these taints does so, in ms; Infinity: for ever, or there are none. */
function bornMs(pod: Pod, taints: readonly Taint[]): number {
  const seconds = taints.flatMap((taint) => bearing(pod, taint)).map(({ tolerationSeconds }) => tolerationSeconds)
  return (
    Math.max(0, Math.min(Number.POSITIVE_INFINITY, ...seconds.map((limit) => limit ?? Number.POSITIVE_INFINITY))) * 1000
  )
}

/** The pod is not driven away any more, or has nobody who would. */
function* letBe(pod: Pod, notes: Notes | undefined): Steps {
  if (!notes) return
  yield { do: 'cancelWake', id: 'evict' }
  yield { do: 'remember', memory: undefined }
  if (notes.at !== undefined) yield tell(pod, 'Cancelling deletion of')
}

/** Follows the taints of the pod's node. Gives the time at which it is to go. */
function* follow(view: ClusterView, pod: Pod, taints: readonly Taint[], isDue: boolean): Steps<SimTime | undefined> {
  const { uid } = pod.metadata
  const kept = view.recall() as Notes | undefined
  const notes = kept?.uid === uid ? kept : undefined
  const forMs = taints.every((taint) => tolerates(pod, taint)) ? bornMs(pod, taints) : 0
  if (forMs === Number.POSITIVE_INFINITY) {
    yield* letBe(pod, notes)
    return undefined
  }
  if (isDue || forMs === 0) {
    const keys = taints.map(({ key }) => key).join()
    if (notes?.evictedFor === keys) return undefined
    if (!isDue) yield* letBe(pod, notes)
    yield* evict(view, pod)
    yield { do: 'remember', memory: { uid, evictedFor: keys } satisfies Notes }
    return undefined
  }
  if (notes || isTerminating(pod)) return notes?.at
  const at = view.now + forMs
  yield { do: 'remember', memory: { uid, at } satisfies Notes }
  yield { do: 'wake', id: 'evict', afterMs: forMs }
  return at
}

function reasonsOf(pod: Pod, node: Node, until: SimTime | undefined): readonly GivenReason[] {
  if (isNodeReady(node)) return []
  const on = keyOfObject(node)
  const subject = keyOfObject(pod)
  // A node that says itself that it goes still ends its pods.
  if (isTerminating(pod)) return readyStatus(node) === 'Unknown' ? [{ reason: 'deletionUnconfirmed', subject, on }] : []
  return [{ reason: 'podOnLostNode', subject, on, ...(until !== undefined && { until }) }]
}

function* decide(view: ClusterView, key: string, due: { readonly id: string }): Steps<Outcome> {
  const { namespace, name } = partsOfKey(key as ObjectKey)
  const pod = view.get('Pod', namespace, name)
  const node = pod && view.get('Node', undefined, pod.spec.nodeName ?? '')
  if (!pod || !node) {
    yield { do: 'cancelWake', id: 'evict' }
    yield { do: 'remember', memory: undefined }
    yield { do: 'explain', reasons: [] }
    return undefined
  }
  const until = yield* follow(view, pod, taintsOf(node, 'NoExecute'), due.id === 'evict')
  yield { do: 'explain', reasons: reasonsOf(pod, node, until) }
  return undefined
}

type View = Pick<ClusterView, 'get' | 'list'>

const concerns = (node: Node | undefined): boolean =>
  node !== undefined && (!isNodeReady(node) || taintsOf(node, 'NoExecute').length > 0)

/** Pods of healthy nodes are none of its business. */
function podWakes({ before, after }: Change, view: View): readonly string[] {
  const pod = (after ?? before) as Pod
  const old = before as Pod | undefined
  if (!pod.spec.nodeName) return []
  const same =
    old &&
    after &&
    old.spec.nodeName === pod.spec.nodeName &&
    old.spec.tolerations === pod.spec.tolerations &&
    old.metadata.deletionTimestamp === pod.metadata.deletionTimestamp
  return !same && concerns(view.get('Node', undefined, pod.spec.nodeName)) ? [keyOfObject(pod)] : []
}

function nodeWakes({ before, after }: Change, view: View): readonly string[] {
  const old = before as Node | undefined
  const node = after as Node | undefined
  if (!concerns(old) && !concerns(node)) return []
  if (old && node && old.spec.taints === node.spec.taints && readyStatus(old) === readyStatus(node)) return []
  const name = ((after ?? before) as Node).metadata.name
  return view
    .list('Pod')
    .filter(({ spec }) => spec.nodeName === name)
    .map(({ metadata }) => keyOf('Pod', metadata.namespace, metadata.name))
}

export const taintEviction: Decider = {
  name: 'taintEviction',
  component: 'taint-eviction-controller',
  delayMs: WATCH_DELAYS.taintEviction,
  watches: [
    { kind: 'Pod', wakes: podWakes },
    { kind: 'Node', wakes: nodeWakes },
  ],
  decide,
}
