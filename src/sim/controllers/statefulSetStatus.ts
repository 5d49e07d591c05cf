/**
 * The status of a set: what is counted, when a rollout is complete, when it is worth a write, and when to look again.
 * Models: pkg/controller/statefulset/stateful_set_control.go (computeReplicaStatus, completeRollingUpdate,
 * inconsistentStatus), stateful_set_status_updater.go, pkg/controller/controller_utils.go (FindMinNextPodAvailabilityCheck), v1.36.
 */
import type { SimTime, StatefulSet, StatefulSetStatus } from '../api/types.ts'
import { YES } from '../machines/ordering.ts'
import type { Failure } from './failure.ts'
import { refused } from './failure.ts'
import type { PodFacts } from './podFacts.ts'
import type { Revisions } from './statefulSetRevisions.ts'
import type { Doing, Sync } from './statefulSetSync.ts'
import { RETRY_TRIES, retryOnConflict } from './statefulSetSync.ts'

/** With every number said, 0 too. `currentReplicas` may come out negative: then the API server refuses it. */
export type Status = Required<StatefulSetStatus>

class Count {
  replicas = 0
  readyReplicas = 0
  availableReplicas = 0
  currentReplicas = 0
  updatedReplicas = 0

  add(pods: readonly (PodFacts | undefined)[], { view, minReadySeconds }: Sync, current: string, update: string): void {
    for (const pod of pods) {
      if (!pod?.is(YES.isCreated)) continue
      this.replicas += 1
      if (pod.is(YES.isRunningAndReady)) {
        this.readyReplicas += 1
        if (pod.isAvailable(minReadySeconds, view.now)) this.availableReplicas += 1
      }
      if (pod.is(YES.isTerminating)) continue
      if (pod.revision === current) this.currentReplicas += 1
      if (pod.revision === update) this.updatedReplicas += 1
    }
  }
}

/** Counts pods as they were observed: what this sync created or deleted does not show yet. */
export function countStatus(
  sync: Sync,
  revisions: Revisions,
  ...lists: readonly (readonly (PodFacts | undefined)[])[]
): Status {
  const currentRevision = revisions.current.metadata.name
  const updateRevision = revisions.update.metadata.name
  const count = new Count()
  for (const pods of lists) count.add(pods, sync, currentRevision, updateRevision)
  const { collisionCount } = revisions
  return {
    observedGeneration: sync.set.metadata.generation ?? 0,
    ...count,
    currentRevision,
    updateRevision,
    collisionCount,
  }
}

/** A rollout is complete when every wanted pod is updated and Ready, and no other is left; availability is not asked. */
export function completed({ spec }: StatefulSet, status: Status): Status {
  const { updatedReplicas, readyReplicas, replicas, updateRevision } = status
  const whole = updatedReplicas === spec.replicas && readyReplicas === spec.replicas && replicas === spec.replicas
  if (spec.updateStrategy.type !== 'RollingUpdate' || !whole) return status
  return { ...status, currentReplicas: updatedReplicas, currentRevision: updateRevision }
}

const COMPARED = [
  'replicas',
  'readyReplicas',
  'availableReplicas',
  'currentReplicas',
  'updatedReplicas',
  'currentRevision',
  'updateRevision',
] as const

/** A changed collision count alone is not worth a write. */
function isWorthWriting(stored: StatefulSetStatus, status: Status): boolean {
  if (status.observedGeneration > (stored.observedGeneration ?? 0)) return true
  return COMPARED.some((field) => (stored[field] || 0) !== (status[field] || 0))
}

/** As the API keeps it: numbers that are 0 are left out, `replicas` and `availableReplicas` excepted. */
function stored(status: Status): StatefulSetStatus {
  const { readyReplicas, currentReplicas, updatedReplicas, ...rest } = status
  return {
    ...rest,
    ...(readyReplicas !== 0 && { readyReplicas }),
    ...(currentReplicas !== 0 && { currentReplicas }),
    ...(updatedReplicas !== 0 && { updatedReplicas }),
  }
}

/** Writes the status if it says anything new. */
export function* writeStatus(sync: Sync, given: Status): Doing<Failure | undefined> {
  const status = completed(sync.set, given)
  if (!isWorthWriting(sync.set.status, status)) return undefined
  let set = sync.set
  return yield* retryOnConflict(RETRY_TRIES, function* (): Doing<Failure | undefined> {
    const answer = yield { do: 'updateStatus', object: { ...set, status: stored(status) } }
    if (answer.ok) return undefined
    if (answer.refusal.reason === 'Conflict') set = (yield* sync.readAgain('StatefulSet', sync.name)) ?? set
    return refused(answer.refusal)
  })
}

/**
 * In how many ms the next Ready pod becomes available; `minReadySeconds` from now when none will by itself. Undefined
 * when nothing waits for that.
 */
export function nextAvailability(sync: Sync, status: Status, pods: readonly PodFacts[]): SimTime | undefined {
  const { minReadySeconds, view } = sync
  if (minReadySeconds === 0 || status.readyReplicas === status.availableReplicas) return undefined
  let first = Number.POSITIVE_INFINITY
  for (const pod of pods) {
    const at = pod.availableAt(minReadySeconds)
    if (at !== undefined && at > view.now && at < first) first = at
  }
  return first === Number.POSITIVE_INFINITY ? minReadySeconds * 1000 : first - view.now
}
