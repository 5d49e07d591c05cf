/**
 * The ResourceQuota controller: counts what a namespace uses and writes it down where admission looks it up. What is
 * created is counted by admission; the controller counts anew when a quota changes, when something counted is gone or has
 * ended, and at its regular rounds for pods that are overdue to be gone.
 * Models: pkg/controller/resourcequota/{resource_quota_controller,resource_quota_monitor}.go, v1.36.
 */
import type { ObjectKey } from '../api/kinds.ts'
import { ALL_KINDS, KINDS, keyOfObject, partsOfKey } from '../api/kinds.ts'
import type { ResourceList } from '../api/podResources.ts'
import { addLists } from '../api/podResources.ts'
import { isTerminal, isTerminating } from '../api/predicates.ts'
import { masked } from '../api/quotaAdmission.ts'
import { isInScopes, resourcesOfKind, uncountedAt, usageOf } from '../api/quotaUsage.ts'
import type { StrategyContext } from '../api/strategy.ts'
import type { AnyObject, Kind, Pod, ResourceQuota, SimTime } from '../api/types.ts'
import { same } from '../kernel/equality.ts'
import type { Answer, Change, ClusterView, Decider, Decision, Outcome, Watch } from '../kernel/types.ts'
import { WATCH_DELAYS } from './delays.ts'

/** `--resource-quota-sync-period`: all quotas are counted anew. */
const ROUND_MS = 300_000

const COUNTED_KINDS = ALL_KINDS.filter((kind) => KINDS[kind].namespaced && kind !== 'Event')

/** What there is of each resource that the quota limits. */
function countedBy(view: ClusterView, quota: ResourceQuota, hard: ResourceList): ResourceList {
  const { namespace } = quota.metadata
  let used: ResourceList = {}
  for (const kind of COUNTED_KINDS) {
    const resources = resourcesOfKind(kind, hard)
    if (resources.length === 0) continue
    used = addLists(used, Object.fromEntries(resources.map((resource) => [resource, '0'])))
    for (const object of view.list(kind, namespace))
      if (isInScopes(quota, object)) used = addLists(used, masked(usageOf(object, view.now), resources))
  }
  return used
}

/** The first round at which a pod of the namespace is overdue to be gone; undefined when none is being deleted. */
function nextRound(
  view: ClusterView,
  { metadata: { namespace } }: ResourceQuota,
  hard: ResourceList,
): SimTime | undefined {
  if (resourcesOfKind('Pod', hard).length === 0) return undefined
  const overdue = view
    .list('Pod', namespace)
    .map((pod) => (isTerminal(pod) ? undefined : uncountedAt(pod)))
    .filter((at) => at !== undefined && at >= view.now) as SimTime[]
  return overdue.length === 0 ? undefined : (Math.floor(Math.min(...overdue) / ROUND_MS) + 1) * ROUND_MS
}

function* decide(view: ClusterView, key: string): Generator<Decision, Outcome, Answer> {
  const { namespace, name } = partsOfKey(key as ObjectKey)
  const quota = view.get('ResourceQuota', namespace, name)
  if (!quota) return undefined
  const { hard = {} } = quota.spec
  const status = { hard, used: masked({ ...quota.status.used, ...countedBy(view, quota, hard) }, Object.keys(hard)) }
  if (!same(status, quota.status)) {
    const answer = yield { do: 'updateStatus', object: { ...quota, status } }
    if (!answer.ok) return { error: answer.refusal.message }
  }
  const round = nextRound(view, quota, hard)
  if (round !== undefined) yield { do: 'wake', id: 'round', afterMs: round - view.now }
  return undefined
}

/** A pod gives its room back when it ends; when it is being deleted, there is a time after which it no longer counts. */
const freesOfPod = (before: Pod, after: Pod): boolean =>
  (isTerminal(after) && !isTerminal(before)) || (isTerminating(after) && !isTerminating(before))

/** Whether a write made something free that admission is not asked about. */
function frees({ before, after }: Change): boolean {
  if (!before) return false
  if (!after) return true
  return after.kind === 'Pod' && freesOfPod(before as Pod, after)
}

function quotasToCount(kind: Kind, change: Change, view: StrategyContext): readonly string[] {
  if (!frees(change)) return []
  const { namespace } = ((change.after ?? change.before) as AnyObject).metadata
  return view
    .list('ResourceQuota', namespace)
    .filter(({ spec }) => resourcesOfKind(kind, spec.hard ?? {}).length > 0)
    .map(keyOfObject)
}

/** Its own writes, and those of admission, do not wake it. */
function newLimits({ before, after }: Change): readonly string[] {
  if (!after) return []
  const [old, quota] = [before as ResourceQuota | undefined, after as ResourceQuota]
  return old && same(old.spec.hard, quota.spec.hard) ? [] : [keyOfObject(quota)]
}

const watchOf = (kind: Kind): Watch => ({
  kind,
  wakes: (change, view) => {
    const freed = quotasToCount(kind, change, view)
    return kind === 'ResourceQuota' ? [...freed, ...newLimits(change)] : freed
  },
})

export const resourceQuota: Decider = {
  name: 'resourceQuota',
  component: 'resourcequota-controller',
  watches: COUNTED_KINDS.map(watchOf),
  delayMs: WATCH_DELAYS.resourceQuota,
  decide,
}
