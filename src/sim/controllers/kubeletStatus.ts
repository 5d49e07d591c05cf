/**
 * The status that a kubelet writes for a pod: phase, conditions, container statuses, in the API's own shape. A pure
 * function of the pod as stored and the kubelet's notes. Leaves out volume mounts, users and resources of container
 * statuses; digests and container ids are invented.
 * Models: pkg/kubelet/kubelet_pods.go (getPhase, convertStatusToAPIStatus), pkg/kubelet/status/generate.go, v1.36.
 */
import { timestampAt } from '../api/time.ts'
import type { Condition, ContainerState, ContainerStatus, Pod, PodPhase, PodStatus, SimTime } from '../api/types.ts'
import type { Ending } from '../machines/containerPlan.ts'
import { restartWaitMs } from '../machines/containerPlan.ts'
import { digestOf } from './imageBehaviour.ts'
import type { ContainerLife, Life } from './kubeletLife.ts'
import { hasEnded, isContainerReady, stateName } from './kubeletLife.ts'
import { backOffMessage, evictionMessage, pullError } from './kubeletTexts.ts'

/** The pod's end is settled: its phase is final. */
const isOver = ({ pod }: Life): boolean => ['unmounting', 'ended', 'gone'].includes(stateName(pod))

/** Waits although it was never there. */
const neverRan = ({ context }: ContainerLife): boolean => context.startedAt === null && context.ended === null

export function phaseOf(life: Life): PodPhase {
  const { containers, pod } = life
  if (isOver(life)) {
    const failed = pod.context.evicted !== null || containers.some(({ context }) => context.ended?.exitCode !== 0)
    return failed ? 'Failed' : 'Succeeded'
  }
  return containers.some((container) => neverRan(container) && !hasEnded(container)) ? 'Pending' : 'Running'
}

const UNKNOWN_END: NonNullable<ContainerState['terminated']> = {
  exitCode: 137,
  reason: 'ContainerStatusUnknown',
  message: 'The container could not be located when the pod was terminated',
}

const terminated = ({ exitCode, startedAt, finishedAt, lost }: Ending): ContainerState => ({
  terminated: {
    exitCode,
    reason: lost ? 'Unknown' : exitCode === 0 ? 'Completed' : 'Error',
    startedAt: timestampAt(startedAt),
    finishedAt: timestampAt(finishedAt),
  },
})

const waiting = (reason: string, message?: string): ContainerState => ({
  waiting: { reason, ...(message !== undefined && { message }) },
})

/** A restart that comes at once shows how the container ended; later ones show the back-off. */
const comesAtOnce = ({ context }: ContainerLife): boolean => restartWaitMs(context) === 0

const pullBackOff = (image: string): ContainerState =>
  waiting('ImagePullBackOff', `Back-off pulling image "${image}": ErrImagePull: ${pullError(image)}`)

/** An error in the environment shows until the container runs. */
const BEING_MADE: ReadonlySet<string> = new Set(['configRefused', 'starting', 'restarting'])

function stateOf(pod: Pod, life: ContainerLife, index: number): ContainerState {
  const { ended, startedAt, pullFailedAt, configError } = life.context
  const { name, image } = pod.spec.containers[index] as Pod['spec']['containers'][number]
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
      return pullFailedAt === null ? waiting('ContainerCreating') : pullBackOff(image)
  }
}

function containerStatusOf(pod: Pod, life: ContainerLife, index: number): ContainerStatus {
  const { name, image } = pod.spec.containers[index] as Pod['spec']['containers'][number]
  const { ended, endedBefore, restarts } = life.context
  const state = stateOf(pod, life, index)
  const last = state.terminated ? endedBefore : ended
  const ran = !neverRan(life)
  return {
    name,
    state,
    lastState: last ? terminated(last) : {},
    ready: isContainerReady(life),
    restartCount: restarts,
    image,
    imageID: ran ? `${image.split(/[:@](?!.*\/)/)[0]}@sha256:${digestOf(image)}` : '',
    ...(ran && { containerID: `containerd://${digestOf(`${pod.metadata.uid}/${name}/${restarts}`)}` }),
    started: state.running !== undefined,
  }
}

type Verdict = Pick<Condition, 'status' | 'reason' | 'message'>

const yes: Verdict = { status: 'True' }
const truth = (holds: boolean): Verdict => ({ status: holds ? 'True' : 'False' })

function readiness(pod: Pod, life: Life, phase: PodPhase): Verdict {
  if (phase === 'Failed') return { status: 'False', reason: 'PodFailed' }
  if (phase === 'Succeeded') return { status: 'False', reason: 'PodCompleted' }
  const unready = pod.spec.containers.filter((_, index) => !isContainerReady(life.containers[index] as ContainerLife))
  if (unready.length === 0) return yes
  const names = unready.map(({ name }) => name).join(' ')
  return { status: 'False', reason: 'ContainersNotReady', message: `containers with unready status: [${names}]` }
}

/** The conditions in the kubelet's order. A condition keeps its time as long as its status stays. */
function conditionsOf(pod: Pod, life: Life, phase: PodPhase, now: SimTime): readonly Condition[] {
  const { generation } = pod.metadata
  const old = pod.status.conditions ?? []
  const condition = (type: string, verdict: Verdict): Condition => {
    const before = old.find((known) => known.type === type)
    const kept = before?.status === verdict.status ? before.lastTransitionTime : undefined
    const { status, ...why } = verdict
    return {
      type,
      ...(generation !== undefined && { observedGeneration: generation }),
      status,
      lastProbeTime: null,
      lastTransitionTime: kept ?? timestampAt(now),
      ...why,
    }
  }
  const { evicted } = life.pod.context
  const disrupted =
    evicted !== null && phase === 'Failed'
      ? [
          condition('DisruptionTarget', {
            status: 'True',
            reason: 'TerminationByKubelet',
            ...evictionMessage(pod, evicted),
          }),
        ]
      : []
  const ready = readiness(pod, life, phase)
  return [
    ...disrupted,
    condition('PodReadyToStartContainers', truth(showsNetwork(life))),
    condition('Initialized', phase === 'Succeeded' ? { status: 'True', reason: 'PodCompleted' } : yes),
    condition('Ready', ready),
    condition('ContainersReady', ready),
    condition('PodScheduled', yes),
    ...old.filter(({ type }) => !OWN_CONDITIONS.has(type) && !(type === 'DisruptionTarget' && disrupted.length > 0)),
  ]
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

/** The whole status as the kubelet would write it now. `hostIP` is the node's address. */
export function statusOf(pod: Pod, life: Life, hostIP: string | undefined, now: SimTime): PodStatus {
  const phase = phaseOf(life)
  const { evicted } = life.pod.context
  const { qosClass, startTime = timestampAt(now) } = pod.status
  return {
    ...(pod.metadata.generation !== undefined && { observedGeneration: pod.metadata.generation }),
    phase,
    conditions: conditionsOf(pod, life, phase, now),
    ...(evicted !== null && phase === 'Failed' && { ...evictionMessage(pod, evicted), reason: evicted }),
    ...(hostIP !== undefined && { hostIP, hostIPs: [{ ip: hostIP }] }),
    ...(life.address !== null && showsNetwork(life) && { podIP: life.address, podIPs: [{ ip: life.address }] }),
    startTime,
    containerStatuses: life.containers.map((container, index) => containerStatusOf(pod, container, index)),
    ...(qosClass !== undefined && { qosClass }),
  }
}
