/**
 * The words of `kubectl get`: STATUS, READY and RESTARTS of a pod, STATUS of claims and volumes.
 * Leaves out: ephemeral containers.
 * Models: pkg/printers/internalversion/printers.go (printPod, printPersistentVolumeClaim, printPersistentVolume), v1.36.
 */
import { conditionOf, isReady, isSidecar, isTerminal, isTerminating } from '../api/predicates.ts'
import type { Switches } from '../api/switches.ts'
import { timeOf } from '../api/time.ts'
import type {
  ContainerState,
  ContainerStatus,
  PersistentVolume,
  PersistentVolumeClaim,
  Pod,
  SimTime,
} from '../api/types.ts'
import { humanDuration } from './duration.ts'

export interface PodCells {
  /** `Running`, `CrashLoopBackOff`, `Init:0/1`, `Terminating` … */
  readonly status: string
  readonly readyContainers: number
  readonly containers: number
  readonly restarts: number
  /** When a container last ended; undefined when none has. */
  readonly lastEndAt?: SimTime
}

type Ended = NonNullable<ContainerState['terminated']> & { readonly signal?: number }

const endedWord = ({ reason, signal, exitCode }: Ended): string =>
  reason || (signal ? `Signal:${signal}` : `ExitCode:${exitCode}`)

const lastEndOf = (statuses: readonly ContainerStatus[]): SimTime | undefined =>
  statuses.reduce<SimTime | undefined>((last, { lastState }) => {
    const finished = lastState?.terminated?.finishedAt
    const at = finished === undefined ? undefined : timeOf(finished)
    return at !== undefined && (last === undefined || at > last) ? at : last
  }, undefined)

const restartsOf = (statuses: readonly ContainerStatus[]): number =>
  statuses.reduce((sum, { restartCount }) => sum + restartCount, 0)

/** What the init containers make of the status, while they are not done; undefined once they are. */
function initWord(pod: Pod): string | undefined {
  const containers = pod.spec.initContainers ?? []
  for (const [index, { name, state, started }] of (pod.status.initContainerStatuses ?? []).entries()) {
    const { terminated, waiting } = state
    if (terminated?.exitCode === 0) continue
    const container = containers.find((given) => given.name === name)
    if (started && container && isSidecar(container)) continue
    if (terminated) return `Init:${endedWord(terminated)}`
    return waiting?.reason && waiting.reason !== 'PodInitializing'
      ? `Init:${waiting.reason}`
      : `Init:${index}/${containers.length}`
  }
  return undefined
}

/** The first container that has something to say decides; one that ended well hides behind one that runs. */
function mainWord(pod: Pod, otherwise: string): string {
  let word = otherwise
  let running = false
  let failed: string | undefined
  for (const { state, ready } of [...(pod.status.containerStatuses ?? [])].reverse()) {
    if (state.waiting?.reason) word = state.waiting.reason
    else if (state.terminated) {
      word = endedWord(state.terminated)
      if (state.terminated.exitCode !== 0) failed = word
    } else if (ready && state.running) running = true
  }
  if (word !== 'Completed' || !running) return word
  return isReady(pod) ? 'Running' : (failed ?? 'NotReady')
}

function wordOf(pod: Pod, { showsHowTerminatingPodsEnd }: Switches): string {
  const { phase = '', reason } = pod.status
  const gated = conditionOf(pod, 'PodScheduled')?.reason === 'SchedulingGated'
  const start = gated ? 'SchedulingGated' : reason || phase
  const initialized = conditionOf(pod, 'Initialized')?.status === 'True'
  const init = initWord(pod)
  const word = init !== undefined && !initialized ? init : mainWord(pod, init ?? start)
  if (!isTerminating(pod)) return word
  if (reason === 'NodeLost') return 'Unknown'
  // A terminal phase outlives the mark of deletion.
  return isTerminal(pod) && showsHowTerminatingPodsEnd ? word : 'Terminating'
}

const remembered = new WeakMap<Pod, PodCells>()

/** The pod's line without its age. The same object for the same pod: one that is asked for in one cluster only. */
export function podCells(pod: Pod, switches: Switches): PodCells {
  const known = remembered.get(pod)
  if (known) return known
  const { containerStatuses = [], initContainerStatuses = [] } = pod.status
  const sidecars = (pod.spec.initContainers ?? []).filter(isSidecar)
  const counted = [
    ...containerStatuses,
    ...initContainerStatuses.filter(({ name }) => sidecars.some((sidecar) => sidecar.name === name)),
  ]
  const initialized = conditionOf(pod, 'Initialized')?.status === 'True'
  const shown = initWord(pod) !== undefined && !initialized ? initContainerStatuses : counted
  const lastEndAt = lastEndOf(shown)
  const cells: PodCells = {
    status: wordOf(pod, switches),
    readyContainers: counted.filter(({ ready, state }) => ready && state.running !== undefined).length,
    containers: pod.spec.containers.length + sidecars.length,
    restarts: restartsOf(shown),
    ...(lastEndAt !== undefined && { lastEndAt }),
  }
  remembered.set(pod, cells)
  return cells
}

/** `0/1`. */
export const readyCell = ({ readyContainers, containers }: PodCells): string => `${readyContainers}/${containers}`

/** `0`, or `2 (13s ago)` once a container has ended. */
export const restartsCell = ({ restarts, lastEndAt }: PodCells, now: SimTime): string =>
  restarts > 0 && lastEndAt !== undefined ? `${restarts} (${humanDuration(now - lastEndAt)} ago)` : String(restarts)

/** STATUS of a claim or volume: the phase, or `Terminating`. */
export const phaseWord = (object: PersistentVolumeClaim | PersistentVolume): string =>
  object.metadata.deletionTimestamp === undefined ? object.status.phase : 'Terminating'

const SHORT_MODES: Readonly<Record<string, string>> = {
  ReadWriteOnce: 'RWO',
  ReadOnlyMany: 'ROX',
  ReadWriteMany: 'RWX',
  ReadWriteOncePod: 'RWOP',
}

/** `RWO,ROX`: access modes as kubectl shortens them, in its own order, each once. */
export const shortAccessModes = (modes: readonly string[] | undefined): string =>
  Object.entries(SHORT_MODES)
    .filter(([mode]) => modes?.includes(mode))
    .map(([, short]) => short)
    .join(',')
