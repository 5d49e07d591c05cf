/**
 * The status of a set: what is counted, when a rollout is complete, when it is worth a write, and when to look again.
 * Models: pkg/controller/statefulset/stateful_set_control.go (computeReplicaStatus, completeRollingUpdate,
 * inconsistentStatus), stateful_set_status_updater.go, pkg/controller/controller_utils.go (FindMinNextPodAvailabilityCheck), v1.36.
 */
import type { SimTime, StatefulSetStatus } from '../api/types.ts'
import { YES } from '../machines/ordering.ts'
import type { Failure } from './failure.ts'
import { refused } from './failure.ts'
import type { PodFacts } from './podFacts.ts'
import type { Members } from './roster.ts'
import type { Block, Slot } from './slots.ts'
import { Findings } from './slots.ts'
import type { Revisions } from './statefulSetRevisions.ts'
import type { Doing, Sync } from './statefulSetSync.ts'
import { RETRY_TRIES } from './statefulSetSync.ts'

/** With every number said, 0 too. `currentReplicas` may come out negative: then the API server refuses it. */
export type Status = Required<StatefulSetStatus>

interface Counts {
  replicas: number
  readyReplicas: number
  availableReplicas: number
  currentReplicas: number
  updatedReplicas: number
}

const none = (): Counts => ({
  replicas: 0,
  readyReplicas: 0,
  availableReplicas: 0,
  currentReplicas: 0,
  updatedReplicas: 0,
})

function count(
  pods: readonly Slot[],
  { availabilityTime, minReadySeconds }: Sync,
  current: string,
  update: string,
): Counts {
  const counts = none()
  for (const pod of pods) {
    if (!pod?.is(YES.isCreated)) continue
    counts.replicas += 1
    if (pod.is(YES.isRunningAndReady)) {
      counts.readyReplicas += 1
      if (pod.isAvailable(minReadySeconds, availabilityTime)) counts.availableReplicas += 1
    }
    if (pod.is(YES.isTerminating)) continue
    if (pod.revision === current) counts.currentReplicas += 1
    if (pod.revision === update) counts.updatedReplicas += 1
  }
  return counts
}

const counted = new Findings<Counts>()

/** The counts of a block are remembered unless they change with time. */
function countBlock(block: Block, sync: Sync, current: string, update: string): Counts {
  const work = () => count(block, sync, current, update)
  return sync.minReadySeconds === 0 ? counted.about(block, current, update, work) : work()
}

function sum(all: readonly Counts[]): Counts {
  const total = none()
  for (const counts of all) for (const field of COUNTED) total[field] += counts[field]
  return total
}

const COUNTED = ['replicas', 'readyReplicas', 'availableReplicas', 'currentReplicas', 'updatedReplicas'] as const

function statusWith(sync: Sync, { current, update, collisionCount }: Revisions, counts: Counts): Status {
  const currentRevision = current.metadata.name
  const updateRevision = update.metadata.name
  const observedGeneration = sync.set.metadata.generation ?? 0
  return { observedGeneration, ...counts, currentRevision, updateRevision, collisionCount }
}

/** Counts pods as they were observed: what this sync created or deleted does not show yet. */
export function countPods(sync: Sync, revisions: Revisions, pods: readonly PodFacts[]): Status {
  const { current, update } = revisions
  return statusWith(sync, revisions, count(pods, sync, current.metadata.name, update.metadata.name))
}

/** As `countPods`, of the pods in their places. */
export function countMembers(sync: Sync, revisions: Revisions, { slots, condemned }: Members): Status {
  const current = revisions.current.metadata.name
  const update = revisions.update.metadata.name
  const counts = slots.blocks.map((block) => countBlock(block, sync, current, update))
  return statusWith(sync, revisions, sum([...counts, count(condemned, sync, current, update)]))
}

/** A rollout is complete when every wanted pod is updated and Ready, and no other is left; availability is not asked. */
function completed({ set: { spec }, switches }: Sync, status: Status): Status {
  const { updatedReplicas, readyReplicas, replicas, updateRevision } = status
  const whole = updatedReplicas === spec.replicas && readyReplicas === spec.replicas && replicas === spec.replicas
  const completes = spec.updateStrategy.type === 'RollingUpdate' || switches.completesOnDelete
  if (!completes || !whole) return status
  return { ...status, currentReplicas: updatedReplicas, currentRevision: updateRevision }
}

/** A changed collision count alone is not worth a write. */
function isWorthWriting(stored: StatefulSetStatus, status: Status): boolean {
  if (status.observedGeneration > (stored.observedGeneration ?? 0)) return true
  for (const field of COUNTED) if ((stored[field] ?? 0) !== status[field]) return true
  return (
    (stored.currentRevision ?? '') !== status.currentRevision || (stored.updateRevision ?? '') !== status.updateRevision
  )
}

/** As the API keeps it: numbers that are 0 are left out, `replicas` and `availableReplicas` excepted. */
function stored(status: Status): StatefulSetStatus {
  const { observedGeneration, replicas, availableReplicas, currentRevision, updateRevision, collisionCount } = status
  const kept: { -readonly [K in keyof StatefulSetStatus]: StatefulSetStatus[K] } = {
    observedGeneration,
    replicas,
    availableReplicas,
    currentRevision,
    updateRevision,
    collisionCount,
  }
  if (status.readyReplicas !== 0) kept.readyReplicas = status.readyReplicas
  if (status.currentReplicas !== 0) kept.currentReplicas = status.currentReplicas
  if (status.updatedReplicas !== 0) kept.updatedReplicas = status.updatedReplicas
  return kept
}

/** The status as the API keeps it, if it says anything new. */
export function statusToWrite(sync: Sync, given: Status): StatefulSetStatus | undefined {
  const status = completed(sync, given)
  return isWorthWriting(sync.set.status, status) ? stored(status) : undefined
}

/** Writes the status into the set as this sync knows it, and again as it is read after a conflict. */
export function* writeStatus(sync: Sync, status: StatefulSetStatus): Doing<Failure | undefined> {
  for (let left = RETRY_TRIES; ; left--) {
    const set = sync.get('StatefulSet', sync.name) ?? sync.set
    const answer = yield { do: 'updateStatus', object: { ...set, status } }
    if (answer.ok) return undefined
    const isConflict = answer.refusal.reason === 'Conflict'
    if (isConflict) yield* sync.readAgain('StatefulSet', sync.name)
    if (!isConflict || left <= 1) return refused(answer.refusal)
  }
}

/**
 * In how many ms the next Ready pod becomes available; `minReadySeconds` from now when none will by itself. Undefined
 * when nothing waits for that. Before 1.36 it was always `minReadySeconds`, as long as not every wanted pod was available.
 */
export function nextAvailability(sync: Sync, status: Status, members: Members): SimTime | undefined {
  const { minReadySeconds, view, switches } = sync
  if (minReadySeconds === 0) return undefined
  if (!switches.countsAvailabilityExactly)
    return status.availableReplicas === sync.set.spec.replicas ? undefined : minReadySeconds * 1000
  if (status.readyReplicas === status.availableReplicas) return undefined
  let first = Number.POSITIVE_INFINITY
  for (const pod of members.pods()) {
    const at = pod.availableAt(minReadySeconds)
    if (at !== undefined && at > view.now && at < first) first = at
  }
  return first === Number.POSITIVE_INFINITY ? minReadySeconds * 1000 : first - view.now
}
