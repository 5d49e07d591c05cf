/**
 * Clusters with a mistake in them, one each, and the rule that must find it: what shows that the swarm has teeth. Here are
 * StatefulSet controllers that see their set otherwise than it is, or whose decisions are changed on their way; mistakes
 * of those around it are in `mutantsAround.ts`.
 */
import { endOrdinal, ordinalOf } from '../sim/api/identity.ts'
import { controllerOf } from '../sim/api/kinds.ts'
import { isReady, isTerminal, isTerminating } from '../sim/api/predicates.ts'
import type { Pod, StatefulSet, StatefulSetSpec } from '../sim/api/types.ts'
import { CONTROLLER } from '../sim/guarantees/sync.ts'
import type { ClusterView, Decider, Decision } from '../sim/kernel/types.ts'
import { MUTANTS_AROUND } from './mutantsAround.ts'
import type { Change, Doing, Mutant } from './planting.ts'
import { changing, seenThrough, turning, without } from './planting.ts'

const controller = (decide: (inner: Decider['decide']) => Decider['decide']): Change => turning(CONTROLLER, decide)

const deciding = (change: (decision: Decision, view: ClusterView) => Decision | undefined): Change =>
  changing(CONTROLLER, change)

/** The controller sees its set with another spec, and perhaps without what its metadata says. */
const seeing = (spec: Partial<StatefulSetSpec>, metadata: Partial<StatefulSet['metadata']> = {}): Change =>
  controller((inner) => (view, key, due) => {
    const changed = (found: unknown) => {
      const set = found as StatefulSet | undefined
      return set?.kind === 'StatefulSet'
        ? { ...set, metadata: { ...set.metadata, ...metadata }, spec: { ...set.spec, ...spec } }
        : found
    }
    const get = ((...where) => changed(view.get(...where))) as ClusterView['get']
    return inner(seenThrough(view, { get }), key, due)
  })

/** What the controller does besides. */
const adding = (more: (view: ClusterView, set: StatefulSet) => readonly Decision[]): Change =>
  controller(
    (inner) =>
      function* (view, key, due): Doing {
        const [, namespace, name = ''] = key.split('/')
        const set = view.get('StatefulSet', namespace, name)
        for (const decision of set ? more(view, set) : []) yield decision
        return yield* inner(view, key, due)
      },
  )

const podsOf = (view: ClusterView, { metadata }: StatefulSet): readonly Pod[] =>
  view.list('Pod', metadata.namespace).filter((pod) => controllerOf(pod.metadata)?.uid === metadata.uid)

const setOf = (view: ClusterView): StatefulSet | undefined => view.list('StatefulSet')[0]

const remove = ({ metadata: { namespace, name } }: Pod): Decision => ({
  do: 'delete',
  kind: 'Pod',
  name,
  ...(namespace !== undefined && { namespace }),
})

/** Pods beyond the range, lowest first. */
function beyond(view: ClusterView): readonly Pod[] {
  const set = setOf(view)
  if (!set) return []
  return podsOf(view, set)
    .filter(({ metadata }) => ordinalOf(metadata.name) >= endOrdinal(set))
    .sort((a, b) => ordinalOf(a.metadata.name) - ordinalOf(b.metadata.name))
}

const isRemoval = (decision: Decision, pods: readonly Pod[]): boolean =>
  decision.do === 'delete' && decision.kind === 'Pod' && pods.some(({ metadata }) => metadata.name === decision.name)

function lowestFirst(decision: Decision, view: ClusterView): Decision {
  const pods = beyond(view)
  const [lowest] = pods
  return lowest && isRemoval(decision, pods) ? remove(lowest) : decision
}

const rolling = (partition: number) => ({ type: 'RollingUpdate', rollingUpdate: { partition } }) as const
const isUnwell = (pod: Pod) => !isReady(pod) && !isTerminating(pod) && !isTerminal(pod)

/** Once a set is scaled down its claims are taken too. */
const takeClaims = (view: ClusterView): readonly Decision[] =>
  beyond(view).map(({ metadata: { namespace, name } }) => ({
    do: 'delete',
    kind: 'PersistentVolumeClaim',
    name: `www-${name}`,
    ...(namespace !== undefined && { namespace }),
  }))

export const MUTANTS: readonly Mutant[] = [
  {
    name: 'creates without a look at lower ordinals',
    rule: 'ORD-1',
    change: seeing({ podManagementPolicy: 'Parallel' }),
  },
  { name: 'creates several at once', rule: 'ORD-2', change: seeing({ podManagementPolicy: 'Parallel' }) },
  { name: 'removes from the bottom', rule: 'ORD-4', change: deciding(lowestFirst), from: 50 },
  { name: 'updates below the partition', rule: 'UPD-3', change: seeing({ updateStrategy: rolling(0) }) },
  { name: 'updates under OnDelete', rule: 'UPD-4', change: seeing({ updateStrategy: rolling(0) }), from: 17 },
  {
    name: 'replaces pods that are not Ready',
    rule: 'HLT-1',
    change: adding((view, set) => podsOf(view, set).filter(isUnwell).map(remove)),
  },
  { name: 'takes claims away', rule: 'STO-2', change: adding(takeClaims) },
  { name: 'creates for a set that is being deleted', rule: 'DEL-1', change: controller(seesNoDeletion), from: 5 },
  { name: 'has nobody to schedule pods', rule: 'LIV-1', change: without('scheduler') },
  { name: 'never tries again', rule: 'LIV-2', change: controller(neverRetries), from: 32 },
  { name: 'forgets to look when a pod becomes available', rule: 'LIV-2', change: deciding(dropsTimers), from: 56 },
  { name: 'never updates', rule: 'LIV-3', change: seeing({ updateStrategy: { type: 'OnDelete' } }) },
  { name: 'never goes back', rule: 'LIV-4', change: seeing({ updateStrategy: { type: 'OnDelete' } }), from: 51 },
  {
    name: 'never scales down',
    rule: 'LIV-5',
    change: deciding((decision, view) => (isRemoval(decision, beyond(view)) ? undefined : decision)),
  },
  { name: 'has nobody to collect garbage', rule: 'LIV-6', change: without('garbageCollector') },
  { name: 'has nobody to let claims go', rule: 'LIV-7', change: without('volumeProtection') },
  { name: 'has a DNS server that is deaf', rule: 'LIV-8', change: without('clusterDns') },
  {
    name: 'writes no status',
    rule: 'LIV-9',
    change: deciding((decision) => (decision.do === 'updateStatus' ? undefined : decision)),
  },
  {
    name: 'creates pods without their claims',
    rule: 'STO-1',
    change: deciding((decision) =>
      decision.do === 'create' && decision.object.kind === 'PersistentVolumeClaim' ? undefined : decision,
    ),
  },
  ...MUTANTS_AROUND,
]

function seesNoDeletion(inner: Decider['decide']): Decider['decide'] {
  return (view, key, due) => {
    const get = ((...where) => {
      const found = view.get(...where)
      if (found?.kind !== 'StatefulSet') return found
      const { deletionTimestamp: _none, ...metadata } = found.metadata
      return { ...found, metadata }
    }) as ClusterView['get']
    return inner(seenThrough(view, { get }), key, due)
  }
}

function neverRetries(inner: Decider['decide']): Decider['decide'] {
  return function* (view, key, due): Doing {
    yield* inner(view, key, due)
    return undefined
  }
}

function dropsTimers(decision: Decision): Decision | undefined {
  return decision.do === 'wake' && decision.id === 'availability' ? undefined : decision
}
