/**
 * The ResourceQuota controller: counts what a namespace uses and writes it down where admission looks it up. What is
 * created is counted by admission; the controller counts anew when a quota changes, when something counted is gone or has
 * ended, and at its rounds for what nobody tells of: pods that are overdue to be gone, Services that have closed ports.
 * Models: pkg/controller/resourcequota/{resource_quota_controller,resource_quota_monitor}.go, v1.36.
 */
import type { ObjectKey } from '../api/kinds.ts'
import { ALL_KINDS, keyOfObject, partsOfKey } from '../api/kinds.ts'
import { isTerminal, isTerminating } from '../api/predicates.ts'
import { isCounted, isInScopes, numberOf, resourcesOfKind, uncountedAt, usageOf } from '../api/quotaUsage.ts'
import type { ResourceList } from '../api/resourceList.ts'
import { addLists, masked } from '../api/resourceList.ts'
import type { StrategyContext } from '../api/strategy.ts'
import type { AnyObject, Kind, Pod, ResourceQuota, Service, SimTime } from '../api/types.ts'
import { same } from '../kernel/equality.ts'
import type { Answer, Change, ClusterView, Decider, Decision, Outcome, Watch } from '../kernel/types.ts'
import { WATCH_DELAYS } from './delays.ts'

/** `--resource-quota-sync-period`: then what nothing else tells of is found out. */
const ROUND_MS = 300_000

const roundAfter = (time: SimTime): SimTime => (Math.floor(time / ROUND_MS) + 1) * ROUND_MS

/** Before the key of a quota that is to be counted at the next round and not now. */
const LATER = 'later:'

const COUNTED_KINDS = ALL_KINDS.filter(isCounted)

const isOverdue = (object: AnyObject, now: SimTime): boolean =>
  object.kind === 'Pod' && now > (uncountedAt(object) ?? now)

/** What there is of each resource that the quota limits. */
function countedBy(view: ClusterView, quota: ResourceQuota, hard: ResourceList): ResourceList {
  const { namespace } = quota.metadata
  let used: ResourceList = {}
  for (const kind of COUNTED_KINDS) {
    const resources = resourcesOfKind(kind, hard)
    if (resources.length === 0) continue
    used = addLists(used, Object.fromEntries(resources.map((resource) => [resource, '0'])))
    for (const object of view.list(kind, namespace))
      if (isInScopes(quota, object)) {
        const usage = isOverdue(object, view.now) ? numberOf(object) : usageOf(object)
        used = addLists(used, masked(usage, resources))
      }
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
  return overdue.length === 0 ? undefined : roundAfter(Math.min(...overdue))
}

function* count(view: ClusterView, quota: ResourceQuota): Generator<Decision, Outcome, Answer> {
  const { hard = {} } = quota.spec
  const status = { hard, used: masked({ ...quota.status.used, ...countedBy(view, quota, hard) }, Object.keys(hard)) }
  if (!same(status, quota.status)) {
    const answer = yield { do: 'updateStatus', object: { ...quota, status } }
    if (!answer.ok) return { error: answer.refusal.message }
  }
  const round = nextRound(view, quota, hard)
  yield round === undefined ? { do: 'cancelWake', id: 'round' } : { do: 'wake', id: 'round', afterMs: round - view.now }
  return undefined
}

function* decide(view: ClusterView, key: string): Generator<Decision, Outcome, Answer> {
  if (key.startsWith(LATER)) {
    yield { do: 'wake', key: key.slice(LATER.length), id: 'round', afterMs: roundAfter(view.now) - view.now }
    return undefined
  }
  const { namespace, name } = partsOfKey(key as ObjectKey)
  const quota = view.get('ResourceQuota', namespace, name)
  if (quota) return yield* count(view, quota)
  yield { do: 'cancelWake', id: 'round' }
  return undefined
}

const portsOf = ({ spec }: Service): number => spec.ports?.length ?? 0

/** When the quotas that count an object are to be counted anew after a write; undefined: they need not be. */
function whenToCount({ before, after }: Change): 'now' | 'later' | undefined {
  if (!before) return undefined
  if (!after) return 'now'
  if (after.kind === 'Pod') {
    if (isTerminal(after)) return isTerminal(before as Pod) ? undefined : 'now'
    // Until it is overdue it keeps its room.
    return isTerminating(after) && !isTerminating(before as Pod) ? 'later' : undefined
  }
  if (after.kind !== 'Service') return undefined
  if (after.spec.type !== (before as Service).spec.type) return 'now'
  return portsOf(after) < portsOf(before as Service) ? 'later' : undefined
}

function quotasToCount(kind: Kind, change: Change, view: StrategyContext): readonly string[] {
  const when = whenToCount(change)
  if (when === undefined) return []
  const { namespace } = ((change.after ?? change.before) as AnyObject).metadata
  return view
    .list('ResourceQuota', namespace)
    .filter(({ spec }) => resourcesOfKind(kind, spec.hard ?? {}).length > 0)
    .map((quota) => (when === 'now' ? keyOfObject(quota) : LATER + keyOfObject(quota)))
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
    const counting = quotasToCount(kind, change, view)
    return kind === 'ResourceQuota' ? [...counting, ...newLimits(change)] : counting
  },
})

export const resourceQuota: Decider = {
  name: 'resourceQuota',
  component: 'resourcequota-controller',
  watches: COUNTED_KINDS.map(watchOf),
  delayMs: WATCH_DELAYS.resourceQuota,
  decide,
}
