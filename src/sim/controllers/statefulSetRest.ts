/**
 * A sync that decided nothing, or wrote no more than the counts of the set's status, decides nothing again as long as all
 * that it read is the same: then only the count of syncs goes on. Most syncs are such, because every change of a pod wakes the controller and it reads little of a pod.
 * Upstream runs them all (pkg/controller/statefulset/stateful_set.go, v1.36); what comes of it is the same.
 */
import type { ControllerRevision, PersistentVolumeClaim, StatefulSet } from '../api/types.ts'
import { difference } from '../kernel/difference.ts'
import type { Answer, ClusterView, Decision } from '../kernel/types.ts'
import type { Roster } from './roster.ts'
import { rosterOf } from './roster.ts'
import type { SyncNotes } from './statefulSetNotes.ts'

/** All that a sync reads which asks for no time. Switches are fixed for a run, as its settings are. */
export interface Rest {
  readonly set: StatefulSet
  readonly settings: ClusterView['settings']
  readonly sight: Roster['sight']
  readonly revisions: readonly ControllerRevision[]
  readonly claims: readonly PersistentVolumeClaim[]
}

function restOf(view: ClusterView, set: StatefulSet): Rest {
  const { namespace } = set.metadata
  return {
    set,
    settings: view.settings,
    sight: rosterOf(set, view.list('Pod', namespace)).sight,
    revisions: view.list('ControllerRevision', namespace),
    claims: view.list('PersistentVolumeClaim', namespace),
  }
}

/**
 * The set as the next sync finds it after the only decision of this one, if that one reads nothing of what it changed: the
 * counts of the status are written and never read. Undefined after any other decision.
 */
export function setAfter({ spec, status }: StatefulSet, decision: Decision, answer: Answer): StatefulSet | undefined {
  if (decision.do !== 'updateStatus' || !answer.ok || answer.object?.kind !== 'StatefulSet') return undefined
  const { currentRevision, collisionCount, currentReplicas } = answer.object.status
  if (currentRevision !== status.currentRevision || collisionCount !== status.collisionCount) return undefined
  // Without a block for rolling updates, what is counted as current says which revision a new pod gets.
  if (!spec.updateStrategy.rollingUpdate && currentReplicas !== status.currentReplicas) return undefined
  return answer.object
}

/** What a sync read after which this is the set; undefined when another one now may decide otherwise with time. */
export function restAfter(view: ClusterView, set: StatefulSet, { failures, againAt }: SyncNotes): Rest | undefined {
  const asksForTime = (set.spec.minReadySeconds ?? 0) > 0 || againAt !== undefined
  return failures > 0 || asksForTime ? undefined : restOf(view, set)
}

/** A sync reads no more of a claim than that it is there, whose it is, and whether it is on its way out. */
const readsTheSame = ({ metadata: a }: PersistentVolumeClaim, { metadata: b }: PersistentVolumeClaim): boolean =>
  a.uid === b.uid && a.ownerReferences === b.ownerReferences && a.deletionTimestamp === b.deletionTimestamp

function claimsReadTheSame(before: readonly PersistentVolumeClaim[], now: readonly PersistentVolumeClaim[]): boolean {
  if (before === now) return true
  if (before.length !== now.length) return false
  const { from, to } = difference(before, now)
  for (let index = from; index < to; index++)
    if (!readsTheSame(before[index] as PersistentVolumeClaim, now[index] as PersistentVolumeClaim)) return false
  return true
}

/** True when a sync now reads the same. */
export function stillRests(view: ClusterView, set: StatefulSet, rest: Rest): boolean {
  if (rest.set !== set || rest.settings !== view.settings) return false
  const { sight, revisions, claims } = restOf(view, set)
  return sight === rest.sight && revisions === rest.revisions && claimsReadTheSame(rest.claims, claims)
}
