/**
 * A pod as its card shows it, and the state that its shape and hue stand for. The status word is kubectl's; the state is
 * the coarser one of the nine that can be told apart at a glance.
 */
import { REVISION_LABEL } from '../api/identity.ts'
import type { ObjectKey } from '../api/kinds.ts'
import { keyOf } from '../api/kinds.ts'
import { conditionOf, isAvailable, isFailed, isRunningAndReady, isSucceeded, isTerminating } from '../api/predicates.ts'
import type { Reason } from '../api/reasons.ts'
import type { Switches } from '../api/switches.ts'
import { timeOf } from '../api/time.ts'
import type { Node, Pod } from '../api/types.ts'
import { listObjects } from '../kernel/apiServer.ts'
import type { World } from '../kernel/types.ts'
import { podCells } from '../kubectl/podStatus.ts'
import { countdownOf } from './pictureReasons.ts'
import { markOf } from './revisionMarks.ts'
import type { PodPicture, PodState, RevisionOrder } from './types.ts'

/** Waiting reasons of a container that cannot get its image. */
const IMAGE_ERRORS: ReadonlySet<string> = new Set([
  'ErrImageNeverPull',
  'ErrImagePull',
  'ImageInspectError',
  'ImagePullBackOff',
  'InvalidImageName',
])

/** What holds a container that does not run: its image, or that it ended badly. */
function troubleOf(pod: Pod): PodState | undefined {
  const { initContainerStatuses = [], containerStatuses = [] } = pod.status
  for (const { state } of [...initContainerStatuses, ...containerStatuses]) {
    const { waiting, terminated } = state
    if (waiting && IMAGE_ERRORS.has(waiting.reason)) return 'imageError'
    if (waiting?.reason === 'CrashLoopBackOff' || (terminated && terminated.exitCode !== 0)) return 'crashLoop'
  }
  return undefined
}

const lostNodes = new WeakMap<object, ReadonlySet<string>>()

/** Nodes of which nothing has been heard for too long; remembered per table of nodes. */
function lostIn({ objects }: World): ReadonlySet<string> {
  const known = lostNodes.get(objects.Node)
  if (known) return known
  const isLost = ({ status }: Node) =>
    status.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'Unknown')
  const lost = new Set(
    listObjects(objects, 'Node')
      .filter(isLost)
      .map(({ metadata }) => metadata.name),
  )
  lostNodes.set(objects.Node, lost)
  return lost
}

const steady = new WeakMap<Pod, PodState>()

/** The state as far as the pod alone tells it: a Ready pod counts as available. */
function steadyStateOf(pod: Pod): PodState {
  const known = steady.get(pod)
  if (known) return known
  const state = ownStateOf(pod)
  steady.set(pod, state)
  return state
}

function ownStateOf(pod: Pod): PodState {
  if (isTerminating(pod)) return 'terminating'
  if (isFailed(pod)) return 'failed'
  if (isSucceeded(pod)) return 'succeeded'
  const trouble = troubleOf(pod)
  if (trouble) return trouble
  if (isRunningAndReady(pod)) return 'ready'
  if (pod.status.phase === 'Running') return 'notReady'
  const scheduled = pod.spec.nodeName !== undefined || conditionOf(pod, 'PodScheduled')?.status === 'True'
  return scheduled ? 'creating' : 'pending'
}

const ENDS: ReadonlySet<PodState> = new Set(['terminating', 'failed', 'succeeded'])

/** The state of a pod of a set with these minReadySeconds, as the world's time has it. */
export function podStateOf(pod: Pod, world: World, minReadySeconds: number): PodState {
  const state = steadyStateOf(pod)
  if (pod.spec.nodeName !== undefined && !ENDS.has(state) && lostIn(world).has(pod.spec.nodeName)) return 'nodeLost'
  if (state !== 'ready' || minReadySeconds === 0) return state
  return isAvailable(pod, minReadySeconds, world.now) ? 'ready' : 'readyNotAvailable'
}

/** `registry.k8s.io/nginx-slim:0.8` → `nginx-slim:0.8`. */
const shortImage = (image: string): string => image.slice(image.lastIndexOf('/') + 1)

export interface PodInputs {
  readonly state: PodState
  readonly reasons: readonly Reason[]
  readonly order: RevisionOrder
  readonly switches: Switches
}

export function podPictureOf(pod: Pod, { state, reasons, order, switches }: PodInputs): PodPicture {
  const { namespace, name, uid, labels, creationTimestamp } = pod.metadata
  const { status, readyContainers, containers, restarts } = podCells(pod, switches)
  const revision = labels?.[REVISION_LABEL]
  const image = pod.spec.containers[0]?.image
  const countdown = countdownOf(reasons)
  return {
    key: keyOf('Pod', namespace, name),
    name,
    uid,
    state,
    status,
    readyContainers,
    containers,
    restarts,
    createdAt: timeOf(creationTimestamp),
    ...(revision !== undefined && { revision: markOf(order, revision) }),
    ...(image !== undefined && { image: shortImage(image), imageFull: image }),
    ...(pod.spec.nodeName !== undefined && { node: pod.spec.nodeName }),
    ...(pod.status.podIP !== undefined && { ip: pod.status.podIP }),
    ...(reasons[0] && { reason: reasons[0] }),
    ...(countdown && { countdown }),
  }
}

/** The slot of a pod that is not there. */
export const absentPod = (key: ObjectKey, name: string, reasons: readonly Reason[]): PodPicture => ({
  key,
  name,
  state: 'absent',
  status: '',
  readyContainers: 0,
  containers: 0,
  restarts: 0,
  ...(reasons[0] && { reason: reasons[0] }),
})
