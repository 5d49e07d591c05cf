/** Why a pod on a node is not where it should be: read off the kubelet's notes, nothing is worked out twice. */
import type { ObjectKey } from '../api/kinds.ts'
import { keyOf, keyOfObject } from '../api/kinds.ts'
import { isSidecar } from '../api/predicates.ts'
import type { GivenReason } from '../api/reasons.ts'
import type { Container, Pod, SimTime } from '../api/types.ts'
import type { ContainerLife, Life } from './kubeletLife.ts'
import { runningIn, stateName } from './kubeletLife.ts'
import { containersOf } from './kubeletPlan.ts'

/** When one of the named timers of a chart is due. */
const dueAt = ({ timers }: Life, of: number, delay: string): SimTime | undefined =>
  timers.find((timer) => timer.of === of && timer.id.startsWith(`xstate.after.${delay}.`))?.at

const waits = (
  reason: GivenReason['reason'],
  subject: ObjectKey,
  until?: SimTime,
  detail?: GivenReason['detail'],
): GivenReason => {
  const given: { -readonly [K in keyof GivenReason]: GivenReason[K] } = { reason, subject }
  if (until !== undefined) given.until = until
  if (detail) given.detail = detail
  return given
}

/** How a container ended, or is being ended. */
function endReason({ context }: ContainerLife, subject: ObjectKey, container: string, until?: SimTime): GivenReason {
  const probe = context.condemned ?? context.ended?.failed
  if (probe) return waits('livenessFailed', subject, until, { container, probe })
  return waits(context.ended?.outOfMemory ? 'outOfMemory' : 'containerCrashed', subject, until, { container })
}

/** Whether a running container is ready, and what keeps it from it. */
function readinessReason(life: Life, index: number, name: string, subject: ObjectKey): GivenReason[] {
  const container = life.containers[index] as ContainerLife
  const { process, readiness } = runningIn(container) ?? {}
  if (process === 'killed') return [endReason(container, subject, name, container.context.stop?.at)]
  switch (readiness) {
    case 'gated':
      return [waits('startupNotPassed', subject, dueAt(life, index, 'healthProbe'), { container: name })]
    case 'untried':
      return [waits('notYetProbed', subject, dueAt(life, index, 'firstProbe'))]
    case 'recovering':
      return [waits('probeFailing', subject, dueAt(life, index, 'passingProbe'), { probe: 'readiness' })]
    case 'failing':
      // What it looks for is told by whoever looks it up.
      if (!container.context.held && !container.context.named) return []
      return container.context.held
        ? [waits('heldNotReady', subject)]
        : [waits('probeFailing', subject, undefined, { probe: 'readiness' })]
    case 'held':
      return [waits('heldNotReady', subject)]
    default:
      return []
  }
}

/** Its environment needs something that is not there: `on` is where it is looked for. */
const configReason = ({ context }: ContainerLife, subject: ObjectKey, until: SimTime | undefined): GivenReason => ({
  ...waits('configMissing', subject, until, { message: context.configError ?? '' }),
  ...(context.config && 'on' in context.config && { on: context.config.on }),
})

function containerReasons(life: Life, index: number, { image, name }: Container, subject: ObjectKey): GivenReason[] {
  const container = life.containers[index] as ContainerLife
  const { pullFailedAt, pullWaitMs } = container.context
  const crashed = (until: SimTime | undefined) => [endReason(container, subject, name, until)]
  switch (stateName(container)) {
    case 'pulling':
      return pullFailedAt === null
        ? [waits('pullingImage', subject, dueAt(life, index, 'pull'), { image })]
        : [waits('imageCannotBePulled', subject, dueAt(life, index, 'pull'), { image })]
    case 'pullRefused':
    case 'pullBackOff':
      return [waits('imageCannotBePulled', subject, (pullFailedAt ?? 0) + pullWaitMs, { image })]
    case 'configRefused':
      return [configReason(container, subject, dueAt(life, index, 'configAgain'))]
    case 'starting':
      return [waits('containerStarting', subject, dueAt(life, index, 'start'), { container: name })]
    case 'exited':
      return crashed(dueAt(life, index, 'resync'))
    case 'backOff':
      return crashed(dueAt(life, index, 'restart'))
    case 'restarting':
      return crashed(dueAt(life, index, 'start'))
    case 'running':
      return readinessReason(life, index, name, subject)
    default:
      return []
  }
}

/** The init container whose turn it is. */
function initReasons(pod: Pod, life: Life, subject: ObjectKey): GivenReason[] {
  const { initialized, inits } = life.pod.context
  const index = pod.spec.containers.length + initialized
  const container = life.containers[index] as ContainerLife
  const spec = pod.spec.initContainers?.[initialized] as Container
  const detail = { container: spec.name, number: initialized + 1, count: inits }
  const state = stateName(container)
  if (state === 'running' && runningIn(container)?.process !== 'killed')
    return isSidecar(spec)
      ? [waits('sidecarNotStarted', subject, dueAt(life, index, 'healthProbe'), detail)]
      : [waits('initRunning', subject, dueAt(life, index, 'crash'), detail)]
  return state === 'exited' && container.context.ended?.exitCode === 0
    ? [waits('initRunning', subject, dueAt(life, index, 'resync'), detail)]
    : containerReasons(life, index, spec, subject)
}

function mainReasons(pod: Pod, life: Life, subject: ObjectKey): GivenReason[] {
  const reasons: GivenReason[] = []
  for (const [index, container] of containersOf(pod).entries())
    reasons.push(...containerReasons(life, index, container, subject))
  return reasons
}

/** The moment at which the last preStop hook will be over. */
const hooksEndAt = ({ containers }: Life): SimTime | undefined => {
  const ends = containers.flatMap((container) =>
    runningIn(container)?.process === 'preStopping' ? (container.context.stop?.hookUntil ?? []) : [],
  )
  return ends.length > 0 ? Math.max(...ends) : undefined
}

/** The moment at which the last process of a pod that shuts down will have ended. */
const endsAt = ({ containers }: Life): SimTime | undefined => {
  const ends = containers.flatMap(({ context }) => context.stop?.at ?? [])
  return ends.length > 0 ? Math.max(...ends) : undefined
}

/** The finalizer that keeps the object of a pod whose node is done with it. */
export function finalizerReasons(pod: Pod): GivenReason[] {
  const finalizer = pod.metadata.deletionTimestamp === undefined ? undefined : pod.metadata.finalizers?.[0]
  return finalizer === undefined ? [] : [waits('finalizerHolds', keyOfObject(pod), undefined, { finalizer })]
}

/** All reasons of one pod. `unboundClaim` finds the claim that its volumes wait for. */
export function reasonsOf(pod: Pod, life: Life, unboundClaim: () => string | undefined): GivenReason[] {
  const subject = keyOfObject(pod)
  switch (stateName(life.pod)) {
    case 'volumes': {
      const unbound = unboundClaim()
      if (unbound !== undefined) {
        const on = keyOf('PersistentVolumeClaim', pod.metadata.namespace, unbound)
        return [{ reason: 'volumeNotBound', subject, on }]
      }
      return [waits('volumeNotAttached', subject, dueAt(life, -1, 'attach'))]
    }
    case 'initializing':
      return initReasons(pod, life, subject)
    case 'containers':
      return mainReasons(pod, life, subject)
    case 'stopping': {
      const hook = hooksEndAt(life)
      return [
        hook === undefined ? waits('shuttingDown', subject, endsAt(life)) : waits('preStopRunning', subject, hook),
      ]
    }
    case 'unmounting':
      return [waits('shuttingDown', subject, dueAt(life, -1, 'unmount'))]
    case 'ended': {
      const { evicted } = life.pod.context
      return evicted === null ? [] : [waits('evicted', subject, undefined, { reason: evicted })]
    }
    default:
      return []
  }
}
