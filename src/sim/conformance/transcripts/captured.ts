/**
 * How the captured cluster behaved where a usual one here does otherwise, whatever the case: its kubelet was a simulated one
 * that told less than a real one does and kept no images, and a new volume was there for a moment before it was bound.
 * Leaves out how the rows of its kubelet's events were ordered: see `compare.ts`.
 */
import { keyOf, keyOfObject } from '../../api/kinds.ts'
import type { AnyObject, ContainerStatus, Pod, PodStatus } from '../../api/types.ts'
import type { Answer, ClusterView, Decider, Decision, Outcome } from '../../kernel/types.ts'

type Turn = ReturnType<Decider['decide']>

/** Of the init containers it told only when they began, one after another. */
const begun = (statuses: readonly ContainerStatus[]): readonly ContainerStatus[] =>
  statuses.filter(({ state }, index) => index === 0 || !state.waiting)

/** Of a container that has ended it knew only that end, not the one before. */
const withLastEndOnly = (status: ContainerStatus): ContainerStatus =>
  status.state.terminated ? { ...status, lastState: {} } : status

const isBeingMade = ({ state, lastState }: ContainerStatus): boolean =>
  /^(?:ContainerCreating|PodInitializing)$/.test(state.waiting?.reason ?? '') && !lastState?.terminated

/** Of the main containers it told when all of them had begun. */
function together(statuses: readonly ContainerStatus[]): readonly ContainerStatus[] {
  const missing = statuses.find(isBeingMade)
  if (!missing) return statuses
  return statuses.map((status) =>
    status.state.running ? { ...status, ready: false, started: false, state: missing.state } : status,
  )
}

function asTold({ initContainerStatuses, containerStatuses, ...status }: PodStatus): PodStatus {
  return {
    ...status,
    ...(initContainerStatuses && { initContainerStatuses: begun(initContainerStatuses) }),
    ...(containerStatuses && { containerStatuses: together(containerStatuses.map(withLastEndOnly)) }),
  }
}

/** A node never listed an image, so that each was pulled anew. */
function objectAsTold(object: AnyObject): AnyObject {
  if (object.kind === 'Pod') return { ...object, status: asTold(object.status) }
  if (object.kind !== 'Node') return object
  const { images: _kept, ...status } = object.status
  return { ...object, status }
}

function* told(turn: Turn): Turn {
  let step = turn.next()
  while (!step.done) {
    const decision = step.value
    const said = decision.do === 'updateStatus' ? { ...decision, object: objectAsTold(decision.object) } : decision
    step = turn.next(yield said)
  }
  return step.value
}

/** How long the scheduler and the binder took there to look at a volume that was new. */
const TRIED_AFTER_MS = 50
const BOUND_AFTER_MS = 200

const waitsFor = ({ spec }: Pod, claim: string): boolean =>
  spec.nodeName === undefined && !!spec.volumes?.some((volume) => volume.persistentVolumeClaim?.claimName === claim)

/** The volume is there: the scheduler looks at the pods that wait for it, and later it is bound. */
function* seenUnbound(
  view: ClusterView,
  { spec }: AnyObject & { kind: 'PersistentVolume' },
): Generator<Decision, Outcome, Answer> {
  const { namespace, name } = spec.claimRef ?? { namespace: '', name: '' }
  for (const pod of view.list('Pod'))
    if (pod.metadata.namespace === namespace && waitsFor(pod, name))
      yield { do: 'wake', decider: 'scheduler', key: keyOfObject(pod), id: 'volumeSeen', afterMs: TRIED_AFTER_MS }
  yield { do: 'wake', key: keyOf('PersistentVolumeClaim', namespace, name), id: 'bind', afterMs: BOUND_AFTER_MS }
  return undefined
}

/** Ends the turn behind what is told of a volume that was made. */
function* unhurried(view: ClusterView, turn: Turn): Turn {
  let made: AnyObject | undefined
  let step = turn.next()
  while (!step.done) {
    const decision = step.value
    if (made?.kind === 'PersistentVolume' && decision.do !== 'record') {
      turn.return(undefined)
      return yield* seenUnbound(view, made)
    }
    const answer = yield decision
    if (decision.do === 'create' && answer.ok) made = answer.object
    step = turn.next(answer)
  }
  return step.value
}

/** A controller as it behaved there. */
export function asCaptured(decider: Decider): Decider {
  const { name, decide } = decider
  if (name === 'kubelet') return { ...decider, decide: (...given) => told(decide(...given)) }
  if (name === 'volumeBinder')
    return { ...decider, decide: (view, ...given) => unhurried(view, decide(view, ...given)) }
  return decider
}
