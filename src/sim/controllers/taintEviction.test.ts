/** Who is driven away when: the tolerations of a pod against the taints of its node. */
import { describe, expect, it } from 'vitest'
import { conditionOf } from '../api/predicates.ts'
import type { Node, PodSpec, Taint } from '../api/types.ts'
import { podDraft, ToyCluster } from './fixtures/toyCluster.ts'
import { kubelet } from './kubelet.ts'
import { taintEviction } from './taintEviction.ts'

const KEY = 'node.kubernetes.io/unreachable'
const UNREACHABLE: Taint = { key: KEY, effect: 'NoExecute' }

type Tolerations = NonNullable<PodSpec['tolerations']>
const forSeconds = (tolerationSeconds?: number): Tolerations => [
  { key: KEY, operator: 'Exists', effect: 'NoExecute', ...(tolerationSeconds !== undefined && { tolerationSeconds }) },
]

/** A pod `a` that is up on node-1, with these tolerations besides the usual ones. */
const up = (tolerations?: Tolerations, metadata: object = {}) => {
  const spec = { terminationGracePeriodSeconds: 10, ...(tolerations && { tolerations }) }
  return new ToyCluster([kubelet, taintEviction]).create(podDraft('a', { spec, metadata })).quiet()
}

const taint = (toy: ToyCluster, ...taints: readonly Taint[]) => {
  const node: Node = toy.get('Node', 'node-1')
  return toy.update({ ...node, spec: { ...node.spec, taints } })
}

/** The seconds from now until the pod is told to go; undefined when it never is. */
function goesAfter(toy: ToyCluster): number | undefined {
  const since = toy.now
  toy.run(3_600_000)
  const told = toy.facts.find(
    ({ type, at, by }) => type === 'podTerminating' && by === taintEviction.name && at >= since,
  )
  return told && Math.round((told.at - since) / 1000)
}

const evictions = (toy: ToyCluster) => toy.events('a').filter((event) => event.startsWith('TaintManagerEviction'))

const MARKING = 'TaintManagerEviction: Marking for deletion Pod default/a'
const CANCELLING = 'TaintManagerEviction: Cancelling deletion of Pod default/a'

describe('a taint NoExecute', () => {
  it.each([
    ['is borne for 300 s when the pod says nothing', undefined, [UNREACHABLE], 300],
    ['is borne for as long as the pod says', forSeconds(20), [UNREACHABLE], 20],
    ['is not borne at all', forSeconds(0), [UNREACHABLE], 0],
    ['is borne for ever', forSeconds(), [UNREACHABLE], undefined],
    ['is borne for the shortest of several times', [...forSeconds(90), ...forSeconds(40)], [UNREACHABLE], 40],
    ['drives away at once who does not bear it', forSeconds(20), [{ key: 'mine', effect: 'NoExecute' }], 0],
    ['is not borne for another one', forSeconds(), [UNREACHABLE, { key: 'mine', effect: 'NoExecute' }], 0],
    ['is something else than NoSchedule', undefined, [{ key: 'mine', effect: 'NoSchedule' }], undefined],
  ] as const)('%s', (_what, tolerations, taints, seconds) => {
    expect(goesAfter(taint(up(tolerations), ...taints))).toBe(seconds)
  })

  it('ends the pod with its own grace, an event and a condition', () => {
    const toy = taint(up(forSeconds(20)), UNREACHABLE).run(20_500)
    const pod = toy.get('Pod', 'a')
    expect(pod.metadata.deletionGracePeriodSeconds).toBe(10)
    expect(conditionOf(pod, 'DisruptionTarget')).toMatchObject({
      status: 'True',
      reason: 'DeletionByTaintManager',
      message: 'Taint manager: deleting due to NoExecute taint',
    })
    expect(evictions(toy)).toEqual([MARKING])
  })

  it('marks a pod once, however long it takes to go', () => {
    const toy = taint(up(undefined, { finalizers: ['example.com/hold'] }), { key: 'mine', effect: 'NoExecute' }).run(
      60_000,
    )
    expect(toy.get('Pod', 'a').metadata.deletionTimestamp).toBeDefined()
    expect(evictions(toy)).toEqual([MARKING])
  })

  it('is told about the name, not about the object: the events of a successor are counted with it', () => {
    const toy = taint(up(forSeconds(1)), UNREACHABLE).run(10_000)
    toy.create(podDraft('a', { spec: { tolerations: forSeconds(1) } })).run(10_000)
    expect(evictions(toy)).toEqual([`${MARKING} ×2`])
    const told = toy.list('Event').find(({ reason }) => reason === 'TaintManagerEviction')
    expect(told?.involvedObject).toEqual({ apiVersion: 'v1', kind: 'Pod', namespace: 'default', name: 'a' })
  })

  it('that goes in time is as if it had never been, but for an event', () => {
    const toy = taint(up(forSeconds(20)), UNREACHABLE).run(15_000)
    expect(goesAfter(taint(toy))).toBeUndefined()
    expect(evictions(toy)).toEqual([CANCELLING])
  })

  it('counts from its beginning, whatever else changes', () => {
    const toy = taint(up(forSeconds(20)), UNREACHABLE).run(15_000)
    expect(goesAfter(taint(toy, UNREACHABLE, { key: 'other', effect: 'NoSchedule' }))).toBe(5)
  })

  it('marks again a pod that was marked, when one comes that it does not bear', () => {
    const held = up(forSeconds(1), { finalizers: ['example.com/hold'] })
    const toy = taint(held, UNREACHABLE).run(5000)
    taint(toy, { key: 'node.kubernetes.io/out-of-service', effect: 'NoExecute' }, UNREACHABLE).run(5000)
    expect(evictions(toy)).toEqual([`${MARKING} ×2`])
  })

  it('is met by a pod that comes later, and its successor begins anew', () => {
    const toy = taint(up(forSeconds(20)), UNREACHABLE)
      .run(15_000)
      .delete('Pod', 'a', 0)
    toy.create(podDraft('a', { spec: { tolerations: forSeconds(20) } }))
    expect(goesAfter(toy)).toBe(20)
  })
})
