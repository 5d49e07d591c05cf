/**
 * What a person may do to a node: close it for new pods, open it again, and empty it. Emptying takes its time, so the act
 * only closes the node and starts the drain; see `controllers/drain.ts`.
 * Models: staging/src/k8s.io/kubectl/pkg/cmd/drain, v1.37.
 */
import { keyOfObject } from '../api/kinds.ts'
import type { Node } from '../api/types.ts'
import { evict } from '../controllers/eviction.ts'
import type { Command } from '../kernel/command.ts'
import type { ClusterView, Decision, Signal } from '../kernel/types.ts'
import { notFound } from './refusals.ts'
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

export function* evictPod(view: ClusterView, { namespace, name, graceSeconds }: Of<'evictPod'>): Steps {
  return yield* evict(view, { namespace, name, ...(graceSeconds !== undefined && { graceSeconds }) })
}
