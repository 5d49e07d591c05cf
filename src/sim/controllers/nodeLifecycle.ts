/**
 * Finds nodes that are heard no more: after the grace their conditions become Unknown, their pods count as not Ready, and
 * taints keep new pods off and drive the others away, zone by zone. Looks only while something is amiss, at the ticks at which
 * upstream looks always. Leaves out taints for pressure, and nodes that a cloud has deleted.
 * Models: pkg/controller/nodelifecycle/node_lifecycle_controller.go, v1.36.
 */
import type { ObjectKey } from '../api/kinds.ts'
import { keyOf, keyOfObject, partsOfKey } from '../api/kinds.ts'
import { isReady } from '../api/predicates.ts'
import type { GivenReason } from '../api/reasons.ts'
import { switchesOf } from '../api/switches.ts'
import type { Condition, Node, Pod, SimTime, Taint } from '../api/types.ts'
import type { Answer, Change, ClusterView, Decider, Decision, Outcome } from '../kernel/types.ts'
import { drawDelay, WATCH_DELAYS } from './delays.ts'
import { evictionIntervalMs, zoneOf } from './nodeZones.ts'
import { isNodeReady, NOT_READY, readyStatus, taintsOf, UNREACHABLE, UNSCHEDULABLE } from './taints.ts'

type Steps<T = void> = Generator<Decision, T, Answer>

const MONITOR_MS = 5000

/** The tick at or after a moment. */
const tickFrom = (at: SimTime): SimTime => Math.ceil(at / MONITOR_MS) * MONITOR_MS

/** Kept while a node is silent. */
interface Silence {
  /** The last heartbeat that arrived. */
  readonly renewed: SimTime
}

/** A heartbeat counts from the tick that first sees it. */
const lostAt = (view: ClusterView, { renewed }: Silence): SimTime =>
  tickFrom(renewed) + switchesOf(view.settings).nodeMonitorGraceSeconds * 1000

/** Writes the node; gives it as it is then stored, or as it was if the write was refused. */
function* write(node: Node, part: 'update' | 'updateStatus'): Steps<Node> {
  const answer = yield { do: part, object: node }
  return answer.ok && answer.object?.kind === 'Node' ? answer.object : node
}

function* markUnknown(view: ClusterView, node: Node): Steps<Node> {
  const unknown = (condition: Condition): Condition => ({
    ...condition,
    status: 'Unknown',
    reason: 'NodeStatusUnknown',
    message: 'Kubelet stopped posting node status.',
    lastTransitionTime: view.timestamp,
  })
  const conditions = (node.status.conditions ?? []).map(unknown)
  const marked = yield* write({ ...node, status: { ...node.status, conditions } }, 'updateStatus')
  const { name } = node.metadata
  const message = `Node ${name} status is now: NodeNotReady`
  yield { do: 'record', about: node, type: 'Normal', reason: 'NodeNotReady', message }
  return marked
}

function* markPods(view: ClusterView, name: string): Steps {
  for (const pod of view.list('Pod')) {
    if (pod.spec.nodeName !== name || !isReady(pod)) continue
    const lost = ({ reason: _reason, message: _message, ...condition }: Condition): Condition => ({
      ...condition,
      status: 'False',
      lastTransitionTime: view.timestamp,
    })
    const conditions = pod.status.conditions?.map((known) => (known.type === 'Ready' ? lost(known) : known)) ?? []
    yield { do: 'updateStatus', object: { ...pod, status: { ...pod.status, conditions } } as Pod }
    yield { do: 'record', about: pod, type: 'Warning', reason: 'NodeNotReady', message: 'Node is not ready' }
  }
}

const taintFor = (node: Node): string | undefined => {
  const status = readyStatus(node)
  return status === 'True' ? undefined : status === 'Unknown' ? UNREACHABLE : NOT_READY
}

const OWN_KEYS: readonly string[] = [NOT_READY, UNREACHABLE, UNSCHEDULABLE]

/** Gives the node exactly these taints of ours with this effect; the others stay. */
function* setTaints(view: ClusterView, node: Node, effect: string, keys: readonly string[]): Steps<Node> {
  const has = taintsOf(node, effect).filter(({ key }) => OWN_KEYS.includes(key))
  if (has.length === keys.length && has.every(({ key }) => keys.includes(key))) return node
  const kept = (node.spec.taints ?? []).filter(
    (taint) => taint.effect !== effect || !OWN_KEYS.includes(taint.key) || keys.includes(taint.key),
  )
  const fresh = keys
    .filter((key) => !has.some((taint) => taint.key === key))
    .map((key): Taint => ({ key, effect, timeAdded: view.timestamp }))
  const { taints: _before, ...spec } = node.spec
  const taints = [...kept, ...fresh]
  return yield* write({ ...node, spec: { ...spec, ...(taints.length > 0 && { taints }) } }, 'update')
}

const isDrivenAway = (node: Node): boolean =>
  taintsOf(node, 'NoExecute').some(({ key }) => key === NOT_READY || key === UNREACHABLE)

/** The node's pods are to go; a zone has its own pace. */
function* driveAway(view: ClusterView, node: Node): Steps<Node> {
  const key = taintFor(node)
  const zone = zoneOf(node)
  const interval = evictionIntervalMs(view.list('Node'), zone)
  if (key === undefined || typeof interval === 'string') return node
  const next = (view.recall(`zone/${zone}`) as SimTime | undefined) ?? 0
  if (view.now < next) {
    yield { do: 'wake', id: 'evict', afterMs: next - view.now }
    return node
  }
  yield { do: 'remember', key: `zone/${zone}`, memory: view.now + interval }
  return yield* setTaints(view, node, 'NoExecute', [key])
}

/** What upstream does at each tick, for one node. */
function* monitor(view: ClusterView, node: Node, silence: Silence | undefined): Steps<Node> {
  const isLost = silence !== undefined && view.now >= lostAt(view, silence) && readyStatus(node) !== 'Unknown'
  const seen = isLost ? yield* markUnknown(view, node) : node
  if (isNodeReady(seen)) return yield* setTaints(view, seen, 'NoExecute', [])
  yield* markPods(view, node.metadata.name)
  if (isDrivenAway(seen)) return yield* setTaints(view, seen, 'NoExecute', [taintFor(seen) as string])
  yield { do: 'wake', id: 'evict', afterMs: drawDelay(view, 'evictionPass') }
  return seen
}

/** What is amiss at the next tick: a silence that may become too long, or taints that do not fit. */
function* watchOn(view: ClusterView, node: Node, silence: Silence | undefined): Steps {
  const ready = isNodeReady(node)
  const waits = silence && readyStatus(node) !== 'Unknown' ? lostAt(view, silence) : undefined
  const key = taintFor(node)
  const fits = key === undefined ? !isDrivenAway(node) : taintsOf(node, 'NoExecute').some((taint) => taint.key === key)
  const canAct = ready || typeof evictionIntervalMs(view.list('Node'), zoneOf(node)) === 'number'
  const at = !fits && canAct ? tickFrom(view.now + 1) : waits
  if (at === undefined) yield { do: 'cancelWake', id: 'monitor' }
  else yield { do: 'wake', id: 'monitor', afterMs: Math.max(tickFrom(view.now + 1), at) - view.now }
}

function reasonsOf(view: ClusterView, node: Node, silence: Silence | undefined): readonly GivenReason[] {
  const subject = keyOfObject(node)
  switch (readyStatus(node)) {
    case 'Unknown':
      return [{ reason: 'nodeLost', subject }]
    case 'False':
      return [{ reason: 'nodeLeaving', subject }]
    case 'True':
      return silence ? [{ reason: 'nodeSilent', subject, until: lostAt(view, silence) }] : []
  }
}

/** The node is gone, or new: said at a tick. */
function* tellOf(name: string, reason: 'RegisteredNode' | 'RemovingNode', node: Node | undefined): Steps {
  const what =
    reason === 'RegisteredNode' ? `Registered Node ${name} in Controller` : `Removing Node ${name} from Controller`
  const about = node ?? ({ apiVersion: 'v1', kind: 'Node', metadata: { name, uid: name } } as unknown as Node)
  yield { do: 'record', about, type: 'Normal', reason, message: `Node ${name} event: ${what}` }
}

type Due = Parameters<Decider['decide']>[2]

/** What is known of the node's heartbeats after this turn's news. */
function* heard(view: ClusterView, { signal }: Due): Steps<Silence | undefined> {
  if (!signal) return view.recall() as Silence | undefined
  const { renewed, registers } = signal.detail ?? {}
  const silence = signal.type === 'silent' ? { renewed: Number(renewed) } : undefined
  yield { do: 'remember', memory: silence }
  if (registers) yield { do: 'wake', id: 'tell', afterMs: tickFrom(view.now + 1) - view.now }
  return silence
}

function* decide(view: ClusterView, key: string, due: Due): Steps<Outcome> {
  const { name } = partsOfKey(key as ObjectKey)
  const silence = yield* heard(view, due)
  const stored = view.get('Node', undefined, name)
  if (due.id === 'tell') yield* tellOf(name, stored ? 'RegisteredNode' : 'RemovingNode', stored)
  if (!stored) {
    if (due.id === 'watch') yield { do: 'wake', id: 'tell', afterMs: tickFrom(view.now + 1) - view.now }
    for (const id of ['monitor', 'evict']) yield { do: 'cancelWake', id }
    yield { do: 'explain', reasons: [] }
    return undefined
  }
  let node = stored
  if (due.id === 'watch') {
    const keys = [taintFor(node), node.spec.unschedulable ? UNSCHEDULABLE : undefined]
    node = yield* setTaints(
      view,
      node,
      'NoSchedule',
      keys.filter((taint) => taint !== undefined),
    )
    if (evictionIntervalMs(view.list('Node'), zoneOf(node)) === 'allLost')
      node = yield* setTaints(view, node, 'NoExecute', [])
  }
  if (due.id === 'monitor') node = yield* monitor(view, node, silence)
  if (due.id === 'evict' && !isDrivenAway(node)) node = yield* driveAway(view, node)
  yield* watchOn(view, node, silence)
  yield { do: 'explain', reasons: reasonsOf(view, node, silence) }
  return undefined
}

/** A new node concerns it only when something is amiss; where readiness changes, the pace of all others may. */
function wakes({ before, after }: Change, view: Pick<ClusterView, 'list'>): readonly string[] {
  const old = before as Node | undefined
  const node = after as Node | undefined
  const name = ((after ?? before) as Node).metadata.name
  const key = keyOf('Node', undefined, name)
  const turned = (old ? readyStatus(old) : 'True') !== (node ? readyStatus(node) : 'True')
  if (turned) {
    const others = view.list('Node').filter((other) => other.metadata.name !== name && !isNodeReady(other))
    return [key, ...others.map(keyOfObject)]
  }
  const settled =
    old && node && old.spec.unschedulable === node.spec.unschedulable && old.spec.taints === node.spec.taints
  const fine = !old && node && !node.spec.unschedulable && isNodeReady(node)
  return settled || fine ? [] : [key]
}

export const nodeLifecycle: Decider = {
  name: 'nodeLifecycle',
  component: 'node-controller',
  delayMs: WATCH_DELAYS.nodeLifecycle,
  watches: [{ kind: 'Node', wakes }],
  decide,
}
