/**
 * Gives each new pod a node. One pod at a time, in the order of wake-ups; a pod that finds no place is looked at again when
 * something that it waits for has changed, and by a clock only when its claim is gone. It tells of its tries through
 * events.k8s.io/v1. Leaves out queues by priority, preemption and scheduling gates.
 * Models: pkg/scheduler/{schedule_one.go,framework/plugins/volumebinding}, v1.36.
 */
import { classNameOf } from '../api/defaultsStorage.ts'
import { joined } from '../api/fill.ts'
import type { ObjectKey } from '../api/kinds.ts'
import { keyOf, keyOfObject, partsOfKey } from '../api/kinds.ts'
import { conditionOf, isTerminal } from '../api/predicates.ts'
import type { PlacementRule } from '../api/reasons.ts'
import { switchesOf } from '../api/switches.ts'
import type {
  Condition,
  Node,
  PersistentVolume,
  PersistentVolumeClaim,
  Pod,
  PodStatus,
  StorageClass,
  Taint,
} from '../api/types.ts'
import type { Answer, Change, ClusterView, Decider, Decision, Outcome } from '../kernel/types.ts'
import { WATCH_DELAYS } from './delays.ts'
import { claimNames } from './kubeletNode.ts'
import { Placement } from './placement.ts'
import { chooseNode, isWaiting, waitingPods } from './schedulerFit.ts'
import type { Binding } from './schedulerVolumes.ts'
import { SELECTED_NODE } from './selectedNode.ts'
import { claimRefOf } from './volumeMatching.ts'

/** How long a pod is left alone that found no node, when nothing moves it (`podMaxInUnschedulablePodsDuration`). */
const TRIED_AGAIN_AFTER_MS = 300_000

const UNBOUND = 'pod has unbound immediate PersistentVolumeClaims'

/** What the pod's claims say: go on, wait for one of them, or choose a node for some first. */
type Claims =
  | { readonly ready: true; readonly toSelect: readonly PersistentVolumeClaim[] }
  | { readonly ready: false; readonly message: string; readonly on: string }

function claimsOf(view: ClusterView, pod: Pod): Claims {
  const { namespace } = pod.metadata
  const toSelect: PersistentVolumeClaim[] = []
  for (const name of claimNames(pod)) {
    const claim = view.get('PersistentVolumeClaim', namespace, name)
    if (!claim) return { ready: false, message: `persistentvolumeclaim "${name}" not found`, on: name }
    if (claim.metadata.deletionTimestamp !== undefined)
      return { ready: false, message: `persistentvolumeclaim "${name}" is being deleted`, on: name }
    if (claim.status.phase === 'Bound') continue
    const lost = `persistentvolumeclaim "${name}" bound to non-existent persistentvolume "${claim.spec.volumeName}"`
    if (claim.status.phase === 'Lost') return { ready: false, message: lost, on: name }
    const className = classNameOf(claim)
    const mode = className ? view.get('StorageClass', undefined, className)?.volumeBindingMode : undefined
    if (mode !== 'WaitForFirstConsumer') return { ready: false, message: UNBOUND, on: name }
    toSelect.push(claim)
  }
  return { ready: true, toSelect }
}

/** The status with its condition PodScheduled replaced; the time moves only when the status flips. */
function withScheduled(
  pod: Pod,
  condition: Omit<Condition, 'type' | 'lastTransitionTime'>,
  timestamp: string,
): PodStatus {
  const old = conditionOf(pod, 'PodScheduled')
  const lastTransitionTime = old?.status === condition.status ? old.lastTransitionTime : timestamp
  const others = pod.status.conditions?.filter(({ type }) => type !== 'PodScheduled') ?? []
  const { status, ...why } = condition
  const scheduled: Condition = {
    type: 'PodScheduled',
    status,
    lastProbeTime: null,
    ...(lastTransitionTime !== undefined && { lastTransitionTime }),
    ...why,
  }
  return joined(pod.status, { conditions: [...others, scheduled] })
}

type Steps = Generator<Decision, Outcome, Answer>

/** Says in status, event and reason why the pod has no node yet: by the rules against them, or `on` the claim. */
function* refuse(
  view: ClusterView,
  pod: Pod,
  message: string,
  { on, rules = [] }: { readonly on?: ObjectKey; readonly rules?: readonly PlacementRule[] },
): Steps {
  const { generation } = pod.metadata
  // A claim stops the pod before any node is asked; upstream's text then ends like this.
  const unasked = `0/${view.list('Node').length} nodes are available: ${message}. not found`
  const whole = on === undefined ? message : unasked
  const status = withScheduled(
    pod,
    {
      status: 'False',
      reason: 'Unschedulable',
      message: whole,
      ...(generation !== undefined && { observedGeneration: generation }),
    },
    view.timestamp,
  )
  const answer = yield { do: 'updateStatus', object: { ...pod, status } }
  if (!answer.ok) return { error: answer.refusal.message }
  yield { do: 'record', about: pod, type: 'Warning', reason: 'FailedScheduling', message: whole, action: 'Scheduling' }
  const subject = keyOfObject(pod)
  yield {
    do: 'explain',
    reasons: [
      on === undefined
        ? { reason: 'unschedulable', subject, detail: { message: whole, rules: rules.join(',') } }
        : { reason: 'volumeNotBound', subject, on },
    ],
  }
  return undefined
}

/**
 * Settles where the volumes of claims come from that wait for their first consumer: one that is there is reserved, one that
 * must be made gets the node as an annotation. The pod keeps the choice and follows when they are bound.
 */
function* select(pod: Pod, bindings: readonly Binding[], node: string): Steps {
  const nominated = yield { do: 'updateStatus', object: { ...pod, status: { ...pod.status, nominatedNodeName: node } } }
  if (!nominated.ok) return { error: nominated.refusal.message }
  for (const { claim, volume } of bindings) {
    if (claim.metadata.annotations?.[SELECTED_NODE] === node || volume?.spec.claimRef?.uid !== undefined) continue
    const annotations = { ...claim.metadata.annotations, [SELECTED_NODE]: node }
    const answer = yield {
      do: 'update',
      object: volume
        ? { ...volume, spec: { ...volume.spec, claimRef: claimRefOf(claim) } }
        : { ...claim, metadata: { ...claim.metadata, annotations } },
    }
    if (!answer.ok) return { error: answer.refusal.message }
  }
  const on = keyOf('PersistentVolumeClaim', pod.metadata.namespace, bindings[0]?.claim.metadata.name ?? '')
  yield { do: 'explain', reasons: [{ reason: 'volumeNotBound', subject: keyOfObject(pod), on }] }
  return undefined
}

function* bind(view: ClusterView, pod: Pod, node: string): Steps {
  const { namespace, name } = pod.metadata
  const { nominatedNodeName: _done, ...status } = withScheduled(pod, { status: 'True' }, view.timestamp)
  const answer = yield { do: 'update', object: { ...pod, spec: joined(pod.spec, { nodeName: node }), status } }
  if (!answer.ok) return { error: answer.refusal.message }
  const message = `Successfully assigned ${namespace}/${name} to ${node}`
  yield { do: 'record', about: pod, type: 'Normal', reason: 'Scheduled', message, action: 'Binding' }
  yield { do: 'explain', reasons: [] }
  return undefined
}

function* explainNothing(): Steps {
  yield { do: 'explain', reasons: [] }
  return undefined
}

function decide(view: ClusterView, key: string): Steps {
  const { kind, namespace, name } = partsOfKey(key as ObjectKey)
  if (kind === 'PersistentVolumeClaim') return claimGone(view, namespace, name)
  const pod = view.get('Pod', namespace, name)
  if (!pod || !isWaiting(pod)) return explainNothing()
  const claims = claimsOf(view, pod)
  if (!claims.ready)
    return refuse(view, pod, claims.message, { on: keyOf('PersistentVolumeClaim', namespace, claims.on) })
  const placement = new Placement(view, pod, claims.toSelect)
  const chosen = chooseNode(pod, view.list('Node'), view.list('Pod'), switchesOf(view.settings), placement)
  if ('message' in chosen) return refuse(view, pod, chosen.message, chosen)
  const node = view.get('Node', undefined, chosen.node)
  return claims.toSelect.length > 0 && node
    ? select(pod, placement.bindingsOn(node), chosen.node)
    : bind(view, pod, chosen.node)
}

type View = Parameters<Decider['watches'][number]['wakes']>[1]

/** Pods that wait for a node and mention the claim. */
const waitingFor = (view: View, { namespace, name }: Pick<PersistentVolumeClaim['metadata'], 'namespace' | 'name'>) =>
  waitingPods(view.list('Pod')).filter((pod) => pod.metadata.namespace === namespace && claimNames(pod).includes(name))

/** A claim is gone: its pods are looked at when the scheduler goes through those that it once gave up. */
function* claimGone(view: ClusterView, namespace: string, name: string): Steps {
  if (view.get('PersistentVolumeClaim', namespace, name)) return undefined
  for (const pod of waitingFor(view, { namespace, name }))
    yield { do: 'wake', key: keyOfObject(pod), id: 'givenUp', afterMs: TRIED_AGAIN_AFTER_MS }
  return undefined
}

const waitingKeys = (view: View): readonly string[] => waitingPods(view.list('Pod')).map(keyOfObject)

/** A pod that came to a node may be what the pod waits for. */
const looksAtPods = ({ spec: { affinity, topologySpreadConstraints } }: Pod): boolean =>
  affinity?.podAffinity !== undefined || topologySpreadConstraints !== undefined

/** A new pod is scheduled; one that leaves its node, or ends there, makes room for those that found none. */
function podWakes({ before, after }: Change, view: View): readonly string[] {
  const pod = after as Pod | undefined
  if (pod && !before) return isWaiting(pod) ? [keyOfObject(pod)] : []
  const old = before as Pod
  const made = old.spec.nodeName !== undefined && !isTerminal(old) && (!pod || isTerminal(pod))
  if (made) return waitingKeys(view)
  const came =
    pod && pod.spec.nodeName !== undefined && (!old.spec.nodeName || pod.metadata.labels !== old.metadata.labels)
  if (came) return waitingPods(view.list('Pod')).filter(looksAtPods).map(keyOfObject)
  return pod && old.spec !== pod.spec && isWaiting(pod) ? [keyOfObject(pod)] : []
}

/** A claim that is new or bound moves its pods; one that is gone wakes nobody at once, and is looked at by itself. */
function claimWakes({ before, after }: Change, view: View): readonly string[] {
  const claim = (after ?? before) as PersistentVolumeClaim
  if (!after) return waitingFor(view, claim.metadata).length > 0 ? [keyOfObject(claim)] : []
  const bound =
    claim.status.phase === 'Bound' && (before as PersistentVolumeClaim | undefined)?.status.phase !== 'Bound'
  return before && !bound ? [] : waitingFor(view, claim.metadata).map(keyOfObject)
}

/** A volume that became available may be within reach of a node. */
const volumeWakes = ({ before, after }: Change, view: View): readonly string[] =>
  (after as PersistentVolume | undefined)?.status.phase === 'Available' &&
  (before as PersistentVolume | undefined)?.status.phase !== 'Available'
    ? waitingKeys(view)
    : []

/** A class that lets claims wait for their first consumer makes room for pods that claimed it before it was there. */
const classWakes = ({ before, after }: Change, view: View): readonly string[] =>
  (after as StorageClass | undefined)?.volumeBindingMode === 'WaitForFirstConsumer' && before?.kind !== after?.kind
    ? waitingKeys(view)
    : []

const has = (taints: readonly Taint[], { key, value, effect }: Taint): boolean =>
  taints.some((other) => other.key === key && other.value === value && other.effect === effect)

/** A taint that came makes no room. */
const onlyGotTaints = (old: Node['spec'], { taints = [], unschedulable }: Node['spec']): boolean =>
  old.unschedulable === unschedulable && taints.length > 0 && (old.taints ?? []).every((taint) => has(taints, taint))

function nodeWakes({ before, after }: Change, view: View): readonly string[] {
  const old = before as Node | undefined
  const node = after as Node | undefined
  const same =
    old &&
    node &&
    (old.spec === node.spec || onlyGotTaints(old.spec, node.spec)) &&
    old.status.allocatable === node.status.allocatable &&
    old.metadata.labels === node.metadata.labels
  return same || !node ? [] : waitingKeys(view)
}

export const scheduler: Decider = {
  name: 'scheduler',
  component: 'default-scheduler',
  delayMs: WATCH_DELAYS.scheduler,
  watches: [
    { kind: 'Pod', wakes: podWakes },
    { kind: 'PersistentVolumeClaim', wakes: claimWakes },
    { kind: 'Node', wakes: nodeWakes },
    { kind: 'PersistentVolume', wakes: volumeWakes },
    { kind: 'StorageClass', wakes: classWakes },
  ],
  decide,
}
