/**
 * What a person may do to a node in the API: close it for new pods, open it again, taint and label it, and empty it.
 * Emptying takes its time, so the act only closes the node and starts the drain; see `controllers/drain.ts`. What befalls
 * the machine is in `machineActs.ts`.
 * Models: staging/src/k8s.io/kubectl/pkg/cmd/{drain,taint,label}, v1.37.
 */
import { keyOfObject } from '../api/kinds.ts'
import type { Node, Taint } from '../api/types.ts'
import { evict } from '../controllers/eviction.ts'
import type { Command } from '../kernel/command.ts'
import type { ClusterView, Decision, Signal } from '../kernel/types.ts'
import { badRequest, notFound } from './refusals.ts'
import type { Steps } from './setActs.ts'
import { refusalOf } from './setActs.ts'

type Of<T extends Command['type']> = Extract<Command, { type: T }>

function* setUnschedulable(node: Node, unschedulable: boolean): Steps {
  if ((node.spec.unschedulable ?? false) === unschedulable) return undefined
  const { unschedulable: _before, ...spec } = node.spec
  const object: Node = { ...node, spec: { ...spec, ...(unschedulable && { unschedulable }) } }
  return refusalOf(yield { do: 'update', object })
}

export function* cordonNode(view: ClusterView, { name, type }: Of<'cordonNode' | 'uncordonNode'>): Steps {
  const node = view.get('Node', undefined, name)
  return node ? yield* setUnschedulable(node, type === 'cordonNode') : notFound('Node', name)
}

const EFFECTS: readonly string[] = ['NoSchedule', 'PreferNoSchedule', 'NoExecute']

const toDrain = (node: Node, signal: Signal): Decision => ({
  do: 'wake',
  decider: 'drain',
  key: keyOfObject(node),
  id: 'signal',
  afterMs: 0,
  signal,
})

export function* drainNode(view: ClusterView, command: Of<'drainNode'>): Steps {
  const { type: _type, namespace: _namespace, name, ...detail } = command
  const node = view.get('Node', undefined, name)
  if (!node) return notFound('Node', name)
  return (yield* setUnschedulable(node, true)) ?? refusalOf(yield toDrain(node, { type: 'start', detail }))
}

export function* stopDrain(view: ClusterView, { name }: Of<'stopDrain'>): Steps {
  const node = view.get('Node', undefined, name)
  return node ? refusalOf(yield toDrain(node, { type: 'stop' })) : notFound('Node', name)
}

/** As kubectl does it: a new taint comes first, one of the same key and effect is replaced. */
export function* taintNode(view: ClusterView, command: Of<'taintNode' | 'untaintNode'>): Steps {
  const { name, key, effect } = command
  const node = view.get('Node', undefined, name)
  if (!node) return notFound('Node', name)
  if (effect !== undefined && !EFFECTS.includes(effect))
    return badRequest(`error: invalid taint effect: ${effect}, unsupported taint effect`)
  const isMeant = (taint: Taint) => taint.key === key && (effect === undefined || taint.effect === effect)
  const { taints: before = [], ...spec } = node.spec
  const kept = before.filter((taint) => !isMeant(taint))
  if (command.type === 'untaintNode' && kept.length === before.length)
    return badRequest(`error: taint "${key}${effect === undefined ? '' : `:${effect}`}" not found`)
  const { value } = command.type === 'taintNode' ? command : {}
  const fresh = command.type === 'taintNode' ? [{ key, ...(value && { value }), effect: command.effect }] : []
  const taints = [...fresh, ...kept]
  const object: Node = { ...node, spec: { ...spec, ...(taints.length > 0 && { taints }) } }
  return refusalOf(yield { do: 'update', object })
}

export function* labelNode(view: ClusterView, { name, label, value }: Of<'labelNode'>): Steps {
  const node = view.get('Node', undefined, name)
  if (!node) return notFound('Node', name)
  const { [label]: _before, ...others } = node.metadata.labels ?? {}
  const labels = value === undefined ? others : { ...others, [label]: value }
  return refusalOf(yield { do: 'update', object: { ...node, metadata: { ...node.metadata, labels } } })
}

export function* evictPod(view: ClusterView, { namespace, name, graceSeconds }: Of<'evictPod'>): Steps {
  return yield* evict(view, { namespace, name, ...(graceSeconds !== undefined && { graceSeconds }) })
}
