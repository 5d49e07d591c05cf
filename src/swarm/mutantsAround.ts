/**
 * Mistakes of those around the StatefulSet controller: who drives pods away from lost nodes, who gives out volumes, who asks
 * budgets, who says where pods are found.
 */
import type { EndpointSlice, PersistentVolume } from '../sim/api/types.ts'
import type { ClusterView, Decision } from '../sim/kernel/types.ts'
import type { Change, Mutant } from './planting.ts'
import { changing, seenThrough, turning } from './planting.ts'

/** Pods of a lost node are deleted at once, though nobody knows whether their processes have ended. */
const withoutConfirmation = (decision: Decision): Decision =>
  decision.do === 'delete' && decision.kind === 'Pod'
    ? { ...decision, options: { ...decision.options, graceSeconds: 0 } }
    : decision

/** A volume whose claim is gone looks as if it were anybody's. */
function asFree(volume: PersistentVolume): PersistentVolume {
  if (volume.status.phase !== 'Released') return volume
  const { claimRef: _gone, ...spec } = volume.spec
  return { ...volume, spec, status: { phase: 'Available' } }
}

const seesReleasedAsFree = (decider: string): Change =>
  turning(decider, (inner) => (view, key, due) => {
    const list = ((kind, namespace) => {
      const found = view.list(kind, namespace)
      return kind === 'PersistentVolume' ? (found as readonly PersistentVolume[]).map(asFree) : found
    }) as ClusterView['list']
    return inner(seenThrough(view, { list }), key, due)
  })

/** Whoever asks for an eviction gets it: no budget is seen. */
const seesNoBudgets: Change = (laws) => ({
  ...laws,
  act: (view, command) => {
    const list = ((kind, namespace) =>
      kind === 'PodDisruptionBudget' ? [] : view.list(kind, namespace)) as ClusterView['list']
    return laws.act(seenThrough(view, { list }), command)
  },
})

/** One disruption more than there is room for. */
const generous = (decision: Decision): Decision =>
  decision.do === 'updateStatus' && decision.object.kind === 'PodDisruptionBudget'
    ? {
        ...decision,
        object: {
          ...decision.object,
          status: { ...decision.object.status, disruptionsAllowed: decision.object.status.disruptionsAllowed + 1 },
        },
      }
    : decision

const allReady = (slice: EndpointSlice): EndpointSlice => ({
  ...slice,
  endpoints: slice.endpoints.map((endpoint) => ({ ...endpoint, conditions: { ...endpoint.conditions, ready: true } })),
})

const callsAllReady = (decision: Decision): Decision =>
  (decision.do === 'create' || decision.do === 'update') && decision.object.kind === 'EndpointSlice'
    ? ({ ...decision, object: allReady(decision.object as EndpointSlice) } as Decision)
    : decision

export const MUTANTS_AROUND: readonly Mutant[] = [
  {
    name: 'drives pods from a lost node without its word',
    rule: 'IDN-2',
    change: changing('taintEviction', withoutConfirmation),
    from: 11,
  },
  {
    name: 'gives a released volume to another claim',
    rule: 'STO-3',
    change: (laws) => seesReleasedAsFree('scheduler')(seesReleasedAsFree('volumeBinder')(laws)),
  },
  { name: 'evicts without asking budgets', rule: 'PDB-1', change: seesNoBudgets, from: 6 },
  { name: 'allows one disruption too many', rule: 'PDB-1', change: changing('disruption', generous) },
  { name: 'leads to pods that are not Ready', rule: 'DNS-1', change: changing('endpoints', callsAllReady) },
]
