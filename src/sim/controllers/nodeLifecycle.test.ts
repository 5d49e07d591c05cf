/** Nodes that fall silent: when they count as lost in each version, what is written then and in which order, and how it ends. */
import { describe, expect, it } from 'vitest'
import { conditionOf } from '../api/predicates.ts'
import { timeOf } from '../api/time.ts'
import type { Decision } from '../kernel/types.ts'
import { podDraft, SETTINGS, ToyCluster } from './fixtures/toyCluster.ts'
import { kubelet } from './kubelet.ts'
import { nodeLifecycle } from './nodeLifecycle.ts'

const befall = (node: string, type: string): Decision => ({
  do: 'wake',
  decider: 'kubelet',
  key: `Machine/${node}`,
  id: 'signal',
  afterMs: 0,
  signal: { type },
})

const readyOf = (toy: ToyCluster, node: string) => conditionOf(toy.get('Node', node) as never, 'Ready')

const taintsOf = (toy: ToyCluster, node: string) =>
  (toy.get('Node', node).spec.taints ?? []).map(({ key, effect }) => `${key.split('/')[1]}:${effect}`)

const cluster = (settings: object = {}) =>
  new ToyCluster([kubelet, nodeLifecycle], { settings: { ...SETTINGS, ...settings } })

/** How long a node was silent until it counted as lost. */
function lostAfter(at: number, kubernetes = '1.36'): number {
  const toy = cluster({ kubernetes }).run(at).do(befall('node-2', 'cut'))
  return toy.until(() => readyOf(toy, 'node-2')?.status === 'Unknown').now - at
}

describe('a silent node', () => {
  it('is lost at a tick, 40 to 55 s after it fell silent', () => {
    const times = Array.from({ length: 40 }, (_, i) => lostAfter(60_000 + i * 777))
    expect(Math.min(...times)).toBeGreaterThan(40_000)
    expect(Math.max(...times)).toBeLessThanOrEqual(55_000)
    expect(Math.max(...times) - Math.min(...times)).toBeGreaterThan(8000)
  })

  it.each(['1.27', '1.31'])('is lost 10 s earlier in %s', (kubernetes) => {
    expect(lostAfter(61_234, kubernetes)).toBe(lostAfter(61_234) - 10_000)
  })

  it('says nothing itself: all its conditions become Unknown, its Ready pods not Ready and nothing else', () => {
    const toy = cluster()
      .create(podDraft('a', { spec: { nodeName: 'node-2' } }))
      .quiet()
    const before = toy.get('Pod', 'a')
    toy.do(befall('node-2', 'cut')).run(54_000)
    for (const condition of toy.get('Node', 'node-2').status.conditions ?? [])
      expect(condition).toMatchObject({
        status: 'Unknown',
        reason: 'NodeStatusUnknown',
        message: 'Kubelet stopped posting node status.',
      })
    const after = toy.get('Pod', 'a')
    expect(conditionOf(after, 'Ready')).toMatchObject({ status: 'False' })
    const others = (pod: typeof before) => pod.status.conditions?.filter(({ type }) => type !== 'Ready')
    expect({ ...after.status, conditions: others(after) }).toEqual({ ...before.status, conditions: others(before) })
    expect(toy.events('node-2')).toEqual(['NodeNotReady: Node node-2 status is now: NodeNotReady'])
    expect(toy.events('a').at(-1)).toBe('NodeNotReady: Node is not ready')
  })

  it('gets its taints after that, NoSchedule before NoExecute, and loses them in that order', () => {
    const toy = cluster().run(60_000).do(befall('node-2', 'cut'))
    const seen: string[] = []
    const look = () => {
      const now = `${readyOf(toy, 'node-2')?.status} ${taintsOf(toy, 'node-2').join()}`
      if (now !== seen.at(-1)) seen.push(now)
      return false
    }
    expect(() => toy.until(look, 60_000)).toThrow()
    toy.run(100_000).do(befall('node-2', 'mend'))
    expect(() => toy.until(look, 10_000)).toThrow()
    expect(seen).toEqual([
      'True ',
      'Unknown ',
      'Unknown unreachable:NoSchedule',
      'Unknown unreachable:NoSchedule,unreachable:NoExecute',
      'True unreachable:NoSchedule,unreachable:NoExecute',
      'True unreachable:NoExecute',
      'True ',
    ])
    expect(timeOf(readyOf(toy, 'node-2')?.lastTransitionTime ?? '')).toBeGreaterThan(160_000)
    expect(toy.world.queue).toEqual([])
  })

  it('that is heard again in time was never lost', () => {
    const toy = cluster().run(60_000)
    const before = toy.list('Node')
    toy.do(befall('node-2', 'cut')).run(35_000)
    expect(toy.reasons('node-2', 'Node')).toEqual([])
    expect(toy.world.waiting.flat().flatMap(([, reasons]) => reasons)).toMatchObject([
      { reason: 'nodeSilent', subject: 'Node//node-2', until: 105_000 },
    ])
    toy.do(befall('node-2', 'mend')).quiet()
    expect(toy.list('Node')).toEqual(before)
    expect(toy.events('node-2')).toEqual([])
  })
})

describe('many lost nodes', () => {
  const names = (count: number) => Array.from({ length: count }, (_, i) => ({ name: `node-${i + 1}` }))
  const driven = (toy: ToyCluster) =>
    toy.list('Node').filter(({ spec }) => spec.taints?.some(({ effect }) => effect === 'NoExecute'))

  it('of one zone are given up one each ten seconds', () => {
    const toy = cluster({ nodes: names(6) }).run(60_000)
    toy.do(...['node-1', 'node-2', 'node-3'].map((name) => befall(name, 'cut'))).run(300_000)
    const added = driven(toy).map(({ spec }) =>
      timeOf(spec.taints?.find(({ effect }) => effect === 'NoExecute')?.timeAdded ?? ''),
    )
    const gaps = added
      .sort((a, b) => a - b)
      .map((at, index) => at - (added[index - 1] ?? at))
      .slice(1)
    expect(gaps).toHaveLength(2)
    for (const gap of gaps) expect(gap).toBeGreaterThanOrEqual(9000)
  })

  it('are not given up any more when most of a small zone is lost', () => {
    const toy = cluster({ nodes: names(5) }).run(60_000)
    toy.do(...['node-1', 'node-2', 'node-3', 'node-4'].map((name) => befall(name, 'cut'))).run(600_000)
    expect(driven(toy).length).toBeLessThan(4)
    expect(toy.world.queue).toEqual([])
  })

  it('are all let be when every one is lost, and given up when one returns', () => {
    const toy = cluster().run(60_000).do(befall('node-1', 'cut')).run(100_000)
    expect(driven(toy)).toHaveLength(1)
    toy.do(befall('node-2', 'cut'), befall('node-3', 'cut')).run(100_000)
    expect(toy.list('Node').map(({ metadata: { name } }) => taintsOf(toy, name))).toEqual([
      ['unreachable:NoSchedule'],
      ['unreachable:NoSchedule'],
      ['unreachable:NoSchedule'],
    ])
    expect(toy.world.queue).toEqual([])
    toy.do(befall('node-3', 'mend')).run(60_000)
    expect(driven(toy).map(({ metadata }) => metadata.name)).toEqual(['node-1', 'node-2'])
    expect(taintsOf(toy, 'node-3')).toEqual([])
  })
})

describe('a node that speaks for itself', () => {
  it('and shuts down is not ready, and unreachable once it is off', () => {
    const toy = cluster().run(60_000).do(befall('node-2', 'leave')).run(8000)
    expect(taintsOf(toy, 'node-2')).toEqual(['not-ready:NoSchedule', 'not-ready:NoExecute'])
    toy.run(60_000)
    expect(taintsOf(toy, 'node-2').sort()).toEqual(['unreachable:NoExecute', 'unreachable:NoSchedule'])
    expect(toy.quiet().world.queue).toEqual([])
  })

  it('and is cordoned gets a taint that says so', () => {
    const toy = cluster()
    const node = toy.get('Node', 'node-2')
    toy.update({ ...node, spec: { ...node.spec, unschedulable: true } }).run(1000)
    expect(taintsOf(toy, 'node-2')).toEqual(['unschedulable:NoSchedule'])
    const { unschedulable: _closed, ...spec } = toy.get('Node', 'node-2').spec
    toy.update({ ...toy.get('Node', 'node-2'), spec }).run(1000)
    expect(taintsOf(toy, 'node-2')).toEqual([])
  })

  it('and is deleted is told of at the next tick, also while it is silent', () => {
    const toy = cluster().run(61_000).do(befall('node-2', 'cut')).run(1000).delete('Node', 'node-2').run(10_000)
    expect(toy.events('node-2')).toEqual(['RemovingNode: Node node-2 event: Removing Node node-2 from Controller'])
    expect(toy.world.queue).toEqual([])
  })
})
