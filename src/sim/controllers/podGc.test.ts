/** Pods that no node will end: collected at the rounds, after a quarantine, and only when somebody gave the node up. */
import { describe, expect, it } from 'vitest'
import { conditionOf } from '../api/predicates.ts'
import type { Taint } from '../api/types.ts'
import type { Decision } from '../kernel/types.ts'
import { podDraft, ToyCluster } from './fixtures/toyCluster.ts'
import { kubelet } from './kubelet.ts'
import { nodeLifecycle } from './nodeLifecycle.ts'
import { podGc } from './podGc.ts'
import { taintEviction } from './taintEviction.ts'

const OUT_OF_SERVICE: Taint = { key: 'node.kubernetes.io/out-of-service', value: 'nodeshutdown', effect: 'NoExecute' }

const off: Decision = {
  do: 'wake',
  decider: 'kubelet',
  key: 'Machine/node-1',
  id: 'signal',
  afterMs: 0,
  signal: { type: 'powerOff' },
}

/** Pods `a` and `b` on node-1 and node-2; a minute has passed. */
const up = () =>
  new ToyCluster([kubelet, nodeLifecycle, taintEviction, podGc])
    .create(podDraft('a'), podDraft('b', { spec: { nodeName: 'node-2' } }))
    .run(60_000)

const taint = (toy: ToyCluster) => {
  const node = toy.get('Node', 'node-1')
  return toy.update({ ...node, spec: { ...node.spec, taints: [OUT_OF_SERVICE, ...(node.spec.taints ?? [])] } })
}

describe('a node that is gone', () => {
  const gone = (afterMs: number) => up().run(afterMs).delete('Node', 'node-1')

  it.each([100, 5_000, 12_345, 19_900])('gives its pods up 40 to 60 s later (%s ms into a round)', (afterMs) => {
    const toy = gone(afterMs)
    const since = toy.now
    expect(toy.run(1000).reasons('a')).toMatchObject([{ reason: 'awaitsPodGc', detail: { node: 'node-1' } }])
    const { until = 0 } = toy.reasons('a')[0] ?? {}
    toy.until(() => toy.find('Pod', 'a') === undefined)
    expect(toy.now).toBe(until)
    expect(toy.now - since).toBeGreaterThan(40_000)
    expect(toy.now - since).toBeLessThanOrEqual(60_000)
    expect(toy.quiet().find('Pod', 'b')).toBeDefined()
  })

  it('has its pods Failed first, with a condition that says why', () => {
    const toy = gone(0).create({
      ...podDraft('c', { metadata: { finalizers: ['example.com/hold'] } }),
    })
    toy.run(70_000)
    const pod = toy.get('Pod', 'c')
    expect(pod.status.phase).toBe('Failed')
    expect(conditionOf(pod, 'DisruptionTarget')).toMatchObject({
      reason: 'DeletionByPodGC',
      message: 'PodGC: node no longer exists',
    })
    expect(pod.metadata.deletionGracePeriodSeconds).toBe(0)
  })

  it('and comes back in time keeps them', () => {
    const toy = gone(0)
    const { uid: _uid, resourceVersion: _version, ...metadata } = up().get('Node', 'node-1').metadata
    toy
      .run(30_000)
      .create({ ...up().get('Node', 'node-1'), metadata })
      .run(1000)
    expect(toy.reasons('a')).toEqual([])
    toy.run(120_000)
    expect(toy.find('Pod', 'a')).toBeDefined()
    expect(toy.world.queue).toEqual([])
    expect(toy.reasons('a')).toEqual([])
  })
})

describe('a node that is out of service', () => {
  it('loses its terminating pods at the next round, once it is not Ready', () => {
    const toy = up().do(off).run(60_000)
    taint(toy)
    const since = toy.now
    toy.until(() => toy.find('Pod', 'a') === undefined)
    expect(toy.now % 20_000).toBe(0)
    expect(toy.now - since).toBeLessThanOrEqual(20_000)
    expect(toy.facts.filter(({ name, by }) => name === 'a' && by === 'podGc').map(({ type }) => type)).toEqual([
      'podFailed',
      'podDeleted',
    ])
  })

  it('and still counts as Ready is none of its business', () => {
    const toy = taint(up().do(off).run(1000)).run(41_000)
    expect(toy.get('Pod', 'a').metadata.deletionTimestamp).toBeDefined()
    expect(toy.facts.some(({ by }) => by === 'podGc')).toBe(false)
    expect(toy.run(40_000).find('Pod', 'a')).toBeUndefined()
  })

  it('keeps pods that bear the taint', () => {
    const tolerations = [{ key: OUT_OF_SERVICE.key, operator: 'Exists' }]
    const toy = up().create(podDraft('c', { spec: { tolerations } }))
    taint(toy.do(off).run(60_000)).run(60_000)
    expect(toy.find('Pod', 'c')).toBeDefined()
    expect(toy.find('Pod', 'a')).toBeUndefined()
  })
})
