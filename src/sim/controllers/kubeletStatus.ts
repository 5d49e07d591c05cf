/**
 * The status that a kubelet writes for a pod: phase, conditions, container statuses, in the API's own shape. A pure
 * function of the pod as stored and the kubelet's notes. Leaves out volume mounts, users and resources of container
 * statuses; digests and container ids are invented.
 * Models: pkg/kubelet/kubelet_pods.go (getPhase, convertStatusToAPIStatus), pkg/kubelet/status/generate.go, v1.36.
 */
import { isSidecar } from '../api/predicates.ts'
import { timestampAt } from '../api/time.ts'
import type {
  Condition,
  Container,
  ContainerState,
  ContainerStatus,
  Node,
  Pod,
  PodPhase,
  PodStatus,
  SimTime,
} from '../api/types.ts'
import type { Ending } from '../machines/containerPlan.ts'
import { restartWaitMs } from '../machines/containerPlan.ts'
import { digestOf, imageIdOf } from './imageBehaviour.ts'
import { hostIPsOf } from './kubeletConfig.ts'
import type { ContainerLife, Life } from './kubeletLife.ts'
import { hasEnded, isContainerReady, stateName } from './kubeletLife.ts'
import { podIPsOf } from './kubeletNode.ts'
import { backOffMessage, evictionMessage, pullError } from './kubeletTexts.ts'

/** A part of the status while it is put together, field after field in the API's order. */
type Growing<T> = { -readonly [K in keyof T]: T[K] }

const OVER_STATES: ReadonlySet<string> = new Set(['unmounting', 'ended', 'gone'])

/** The pod's end is settled: its phase is final. */
const isOver = ({ pod }: Life): boolean => OVER_STATES.has(stateName(pod))

/** Waits although it was never there. */
const neverRan = ({ context }: ContainerLife): boolean => context.startedAt === null && context.ended === null

const mainsOf = ({ containers, pod }: Life): readonly ContainerLife[] =>
  pod.context.inits === 0 ? containers : containers.slice(0, -pod.context.inits)

const isInitialized = ({ pod: { context } }: Life): boolean => context.initialized >= context.inits

export function phaseOf(life: Life): PodPhase {
  const { pod } = life
  const containers = mainsOf(life)
  if (isOver(life)) {
    const failed = pod.context.evicted !== null || containers.some(({ context }) => context.ended?.exitCode !== 0)
    return failed ? 'Failed' : 'Succeeded'
  }
  if (!isInitialized(life)) return 'Pending'
  return containers.some((container) => neverRan(container) && !hasEnded(container)) ? 'Pending' : 'Running'
}

const UNKNOWN_END: NonNullable<ContainerState['terminated']> = {
  exitCode: 137,
  reason: 'ContainerStatusUnknown',
  message: 'The container could not be located when the pod was terminated',
}

const terminated = ({ exitCode, startedAt, finishedAt, lost, outOfMemory }: Ending): ContainerState => ({
  terminated: {
    exitCode,
    reason: lost ? 'Unknown' : outOfMemory ? 'OOMKilled' : exitCode === 0 ? 'Completed' : 'Error',
    startedAt: timestampAt(startedAt),
    finishedAt: timestampAt(finishedAt),
  },
})

const waiting = (reason: string, message: string): ContainerState => ({ waiting: { reason, message } })
const CREATING: ContainerState = { waiting: { reason: 'ContainerCreating' } }
const INITIALIZING: ContainerState = { waiting: { reason: 'PodInitializing' } }
const NO_STATE: ContainerState = {}

/** A restart that comes at once shows how the container ended; later ones show the back-off. */
const comesAtOnce = ({ context }: ContainerLife): boolean => restartWaitMs(context) === 0

const pullBackOff = (image: string): ContainerState =>
  waiting('ImagePullBackOff', `Back-off pulling image "${image}": ErrImagePull: ${pullError(image)}`)

/** An error in the environment shows until the container runs. */
const BEING_MADE: ReadonlySet<string> = new Set(['configRefused', 'starting', 'restarting'])

function stateOf(pod: Pod, life: ContainerLife, { name, image }: Container): ContainerState {
  const { ended, startedAt, pullFailedAt, configError } = life.context
  if (configError !== null && BEING_MADE.has(stateName(life))) return waiting('CreateContainerConfigError', configError)
  switch (stateName(life)) {
    case 'running':
      return { running: { startedAt: timestampAt(startedAt ?? 0) } }
    case 'pullRefused':
      return waiting('ErrImagePull', pullError(image))
    case 'pullBackOff':
      return pullBackOff(image)
    case 'backOff':
      return waiting('CrashLoopBackOff', backOffMessage(pod, name, life.context))
    case 'restarting':
      return comesAtOnce(life)
        ? terminated(ended as Ending)
        : waiting('CrashLoopBackOff', backOffMessage(pod, name, life.context))
    case 'exited':
    case 'completed':
      return terminated(ended as Ending)
    case 'stopped':
      return ended ? terminated(ended) : { terminated: UNKNOWN_END }
    default:
      // A pull that is tried again shows the back-off until it has an outcome.
      return pullFailedAt !== null ? pullBackOff(image) : pod.spec.initContainers?.length ? INITIALIZING : CREATING
  }
}

/** Ready; an init container that does not stay is so once it has done its work. */
const isReady = (life: ContainerLife, container: Container, isInit: boolean): boolean =>
  isInit && !isSidecar(container)
    ? stateName(life) === 'completed' && life.context.ended?.exitCode === 0
    : isContainerReady(life)

function containerStatusOf(pod: Pod, life: ContainerLife, container: Container, isInit: boolean): ContainerStatus {
  const { name, image } = container
  const { ended, endedBefore, restarts } = life.context
  const state = stateOf(pod, life, container)
  const last = state.terminated ? endedBefore : ended
  const ran = !neverRan(life)
  const status: Growing<ContainerStatus> = {
    name,
    state,
    lastState: last ? terminated(last) : NO_STATE,
    ready: isReady(life, container, isInit),
    restartCount: restarts,
    image,
    imageID: ran ? imageIdOf(image) : '',
  }
  if (ran) status.containerID = `containerd://${digestOf(`${pod.metadata.uid}/${name}/${restarts}`)}`
  status.started = state.running !== undefined && life.context.upAt !== null
  return status
}

type Verdict = Pick<Condition, 'status' | 'reason' | 'message'>

const YES: Verdict = { status: 'True' }
const NO: Verdict = { status: 'False' }
const COMPLETED: Verdict = { status: 'True', reason: 'PodCompleted' }
const truth = (holds: boolean): Verdict => (holds ? YES : NO)

function readiness(pod: Pod, life: Life, phase: PodPhase): Verdict {
  if (phase === 'Failed') return { status: 'False', reason: 'PodFailed' }
  if (phase === 'Succeeded') return { status: 'False', reason: 'PodCompleted' }
  const { containers, initContainers = [] } = pod.spec
  const isUnready = (index: number) => !isContainerReady(life.containers[index] as ContainerLife)
  const unready = [
    ...initContainers.filter((container, index) => isSidecar(container) && isUnready(containers.length + index)),
    ...containers.filter((_, index) => isUnready(index)),
  ]
  if (unready.length === 0) return YES
  const names = unready.map(({ name }) => name).join(' ')
  return { status: 'False', reason: 'ContainersNotReady', message: `containers with unready status: [${names}]` }
}

function initialization({ spec: { initContainers = [] } }: Pod, life: Life, phase: PodPhase): Verdict {
  if (phase === 'Succeeded') return COMPLETED
  const left = initContainers.slice(life.pod.context.initialized)
  if (left.length === 0) return YES
  const message = `containers with incomplete status: [${left.map(({ name }) => name).join(' ')}]`
  return { status: 'False', reason: 'ContainersNotInitialized', message }
}

/** A condition of the pod. It keeps its time as long as its status stays, and is the very same while nothing changes. */
function conditionOf(pod: Pod, type: string, { status, reason, message }: Verdict, now: SimTime): Condition {
  const { generation } = pod.metadata
  const before = pod.status.conditions?.find((known) => known.type === type)
  const kept = before?.status === status ? before : undefined
  if (
    kept?.lastTransitionTime !== undefined &&
    kept.lastProbeTime === null &&
    kept.observedGeneration === generation &&
    kept.reason === reason &&
    kept.message === message
  )
    return kept
  const condition = { type } as Growing<Condition>
  if (generation !== undefined) condition.observedGeneration = generation
  condition.status = status
  condition.lastProbeTime = null
  condition.lastTransitionTime = kept?.lastTransitionTime ?? timestampAt(now)
  if (reason !== undefined) condition.reason = reason
  if (message !== undefined) condition.message = message
  return condition
}

/** The conditions in the kubelet's order. */
function conditionsOf(pod: Pod, life: Life, phase: PodPhase, now: SimTime): readonly Condition[] {
  const { evicted } = life.pod.context
  const isDisrupted = evicted !== null && phase === 'Failed'
  const condition = (type: string, verdict: Verdict) => conditionOf(pod, type, verdict, now)
  const conditions: Condition[] = []
  if (isDisrupted) {
    const why = { reason: 'TerminationByKubelet', ...evictionMessage(pod, evicted) }
    conditions.push(condition('DisruptionTarget', { status: 'True', ...why }))
  }
  const ready = readiness(pod, life, phase)
  conditions.push(
    condition('PodReadyToStartContainers', truth(showsNetwork(life))),
    condition('Initialized', initialization(pod, life, phase)),
    condition('Ready', ready),
    condition('ContainersReady', ready),
    condition('PodScheduled', YES),
  )
  for (const other of pod.status.conditions ?? [])
    if (!OWN_CONDITIONS.has(other.type) && !(other.type === 'DisruptionTarget' && isDisrupted)) conditions.push(other)
  return conditions
}

/** What the kubelet says itself; the conditions of others stay as they are. */
const OWN_CONDITIONS: ReadonlySet<string> = new Set([
  'PodReadyToStartContainers',
  'Initialized',
  'Ready',
  'ContainersReady',
  'PodScheduled',
])

const BUSY_STATES: ReadonlySet<string> = new Set(['waiting', 'pulling', 'starting'])

/** While the kubelet prepares containers for the first time it does not write; the network shows with the result. */
const showsNetwork = ({ address, containers }: Life): boolean =>
  address !== null &&
  containers.some((life) => !BUSY_STATES.has(stateName(life)) || !neverRan(life) || life.context.pullFailedAt !== null)

/** The list of addresses; the very same as long as they are. */
const listOf = (ips: readonly string[], before: PodStatus['podIPs']): NonNullable<PodStatus['podIPs']> =>
  before?.length === ips.length && before.every(({ ip }, index) => ip === ips[index])
    ? before
    : ips.map((ip) => ({ ip }))

/** The whole status as the kubelet would write it now. */
export function statusOf(pod: Pod, life: Life, node: Node | undefined, now: SimTime): PodStatus {
  const phase = phaseOf(life)
  const { evicted } = life.pod.context
  const { generation } = pod.metadata
  const before = pod.status
  const status: Growing<PodStatus> = {}
  if (generation !== undefined) status.observedGeneration = generation
  status.phase = phase
  status.conditions = conditionsOf(pod, life, phase, now)
  if (evicted !== null && phase === 'Failed') Object.assign(status, evictionMessage(pod, evicted), { reason: evicted })
  const hostIPs = hostIPsOf(node)
  if (hostIPs[0] !== undefined) {
    status.hostIP = hostIPs[0]
    status.hostIPs = listOf(hostIPs, before.hostIPs)
  }
  if (life.address !== null && showsNetwork(life)) {
    status.podIP = life.address
    status.podIPs = listOf(podIPsOf(node, life.address), before.podIPs)
  }
  status.startTime = before.startTime ?? timestampAt(now)
  const { containers, initContainers = [] } = pod.spec
  const statusesOf = (list: readonly Container[], first: number) =>
    list.map((container, index) =>
      containerStatusOf(pod, life.containers[first + index] as ContainerLife, container, first > 0),
    )
  if (initContainers.length > 0) status.initContainerStatuses = statusesOf(initContainers, containers.length)
  status.containerStatuses = statusesOf(containers, 0)
  if (before.qosClass !== undefined) status.qosClass = before.qosClass
  return status
}
