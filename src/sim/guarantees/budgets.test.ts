/** PDB-1 over steps drawn by hand: evictions within a budget, beyond it, and past it. */
import { describe, expect, it } from 'vitest'
import type { Pod, PodDisruptionBudget } from '../api/types.ts'
import { emptyTables } from '../kernel/apiServer.ts'
import { set as setRow } from '../kernel/sorted.ts'
import type { Change, Step, World } from '../kernel/types.ts'
import { BUDGETS } from './budgets.ts'

const podOf = (name: string, { ready = 'True', phase = 'Running', evicted = false } = {}) =>
  ({
    kind: 'Pod',
    metadata: { name, namespace: 'default', labels: { app: 'zk' } },
    status: {
      phase,
      conditions: [
        { type: 'Ready', status: ready },
        ...(evicted ? [{ type: 'DisruptionTarget', status: 'True', reason: 'EvictionByEvictionAPI' }] : []),
      ],
    },
  }) as unknown as Pod

const budgetOf = (disruptionsAllowed: number, disrupted: readonly string[] = [], numbers: object = {}) =>
  ({
    kind: 'PodDisruptionBudget',
    metadata: { name: 'pdb', namespace: 'default' },
    spec: { selector: { matchLabels: { app: 'zk' } } },
    status: {
      disruptionsAllowed,
      desiredHealthy: 2,
      expectedPods: 3,
      disruptedPods: Object.fromEntries(disrupted.map((name) => [name, '2026-01-01T00:00:00Z'])),
      ...numbers,
    },
  }) as unknown as PodDisruptionBudget

function worldOf(budget: PodDisruptionBudget, pods: readonly Pod[]): World {
  const Pods = pods.reduce<World['objects']['Pod']>(
    (rows, pod) => setRow(rows, `default/${pod.metadata.name}`, pod),
    [],
  )
  return { objects: { ...emptyTables(), Pod: Pods, PodDisruptionBudget: setRow([], 'default/pdb', budget) } } as World
}

const pods = ['zk-0', 'zk-1', 'zk-2'].map((name) => podOf(name))

function violations(before: PodDisruptionBudget, after: PodDisruptionBudget, evicted: readonly Pod[], by = 'user') {
  const changes: (Change & { by: string })[] = evicted.map((pod) => ({
    before: pod,
    after: podOf(pod.metadata.name, { evicted: true }),
    by,
  }))
  if (evicted.length === 0) changes.push({ before, after, by })
  const step = { before: worldOf(before, pods), after: worldOf(after, pods), changes, facts: [] } as Step
  return BUDGETS[0]?.check(step)?.violations.map(({ message }) => message) ?? 'not asked'
}

const [zk0, zk1] = pods as [Pod, Pod, Pod]

describe('PDB-1', () => {
  it('holds for an eviction that was allowed and entered', () => {
    expect(violations(budgetOf(1), budgetOf(0, ['zk-0']), [zk0])).toEqual([])
    expect(violations(budgetOf(2), budgetOf(0, ['zk-0', 'zk-1']), [zk0, zk1])).toEqual([])
  })

  it('is broken by one too many, and by one that was not entered', () => {
    expect(violations(budgetOf(0), budgetOf(-1, ['zk-0']), [zk0])).toEqual([
      'zk-0 was evicted although 0 disruptions were allowed',
    ])
    expect(violations(budgetOf(1), budgetOf(0, ['zk-0', 'zk-1']), [zk0, zk1])).toHaveLength(2)
    expect(violations(budgetOf(1), budgetOf(1), [zk0])).toEqual([
      'zk-0 was evicted without being charged to the budget',
    ])
  })

  it('does not ask about pods that no budget counts', () => {
    for (const state of [{ ready: 'False' }, { phase: 'Pending' }, { phase: 'Failed' }])
      expect(violations(budgetOf(0), budgetOf(0), [podOf('zk-0', state)])).toBe('not asked')
  })

  it('holds a budget against the pods that it counts', () => {
    expect(violations(budgetOf(0), budgetOf(1), [], 'disruption')).toEqual([])
    expect(violations(budgetOf(0), budgetOf(1, ['zk-0']), [], 'disruption')).toEqual([
      '1 disruptions allowed with 2 of 2 pods healthy',
    ])
    expect(violations(budgetOf(0), budgetOf(1, [], { expectedPods: 0 }), [], 'disruption')).toHaveLength(1)
    expect(violations(budgetOf(0), budgetOf(3), [])).toBe('not asked')
  })
})
