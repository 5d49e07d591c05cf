/** A node is drained: the order in which a real control plane was recorded doing it, and the texts of a terminal. */
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Fact } from '../api/changes.ts'
import type { AnyObject } from '../index.ts'
import { why } from '../index.ts'
import type { Command } from '../kernel/command.ts'
import { Lab } from '../scenario/fixtures/lab.ts'

afterEach(() => expect(Lab.violations()).toEqual([]))

/** One pod fills a node, as a pod that will not share its node does. */
const objects = [
  {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'web' },
    spec: {
      serviceName: 'web',
      replicas: 3,
      selector: { matchLabels: { app: 'web' } },
      template: {
        metadata: { labels: { app: 'web' } },
        spec: {
          terminationGracePeriodSeconds: 10,
          containers: [{ name: 'nginx', image: 'nginx:1', resources: { requests: { cpu: '3' } } }],
        },
      },
    },
  },
  {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name: 'web-pdb' },
    spec: { minAvailable: 2, selector: { matchLabels: { app: 'web' } } },
  },
] as unknown as AnyObject[]

class Story extends Lab {
  /** What became of nodes, drains and pods since then. */
  befell(since: number): string[] {
    const worth =
      /^(node(Cordoned|Uncordoned|Drained)|drain|eviction|pod(Evicted|Terminating|Deleted|Created|Scheduled|Ready))/
    return this.facts
      .filter(({ at, type }) => at >= since && worth.test(type))
      .map(
        ({ type, name, detail }) => `${type} ${name}${typeof detail.message === 'string' ? `: ${detail.message}` : ''}`,
      )
  }
}

const node = (type: 'cordonNode' | 'uncordonNode' | 'drainNode' | 'stopDrain', name: string, more: object = {}) =>
  ({ type, namespace: 'default', name, ...more }) as Command

const REFUSED = "evictionRefused web-1: Cannot evict pod as it would violate the pod's disruption budget."

/** `allowed healthy desired expected`, as the status of the budget was recorded while three pods started, one was drained and came back. */
const RECORDED = [
  '0 0 2 0',
  '0 0 2 1',
  '0 1 2 1',
  '0 1 2 2',
  '0 2 2 2',
  '0 2 2 3',
  '1 3 2 3',
  '0 3 2 3',
  '0 2 2 3',
  '0 2 2 3',
  '0 2 2 2',
  '0 2 2 3',
  '1 3 2 3',
]

describe('three pods that fill three nodes, of which two must stay', () => {
  const story = new Story()
  let drained = 0
  let blocked = 0
  let opened = 0

  beforeAll(() => {
    story.apply(...objects)
    story.run(60_000)
    drained = story.world.now
    story.give(node('drainNode', 'node-3'))
    story.run(10_000)
    blocked = story.world.now
    story.give(node('drainNode', 'node-2', { timeoutSeconds: 12 }))
    story.run(11_000)
  })

  it('the first drain takes its pod, and ends although the pod finds no new node', () => {
    expect(story.befell(drained).slice(0, 6)).toEqual([
      'nodeCordoned node-3',
      'podEvicted web-2',
      'podTerminating web-2',
      'podDeleted web-2',
      'podCreated web-2',
      'nodeDrained node-3',
    ])
    expect(story.pod('web-2').status.phase).toBe('Pending')
  })

  it('the second is refused every five seconds, and says down to the root why', () => {
    expect(story.befell(blocked)).toEqual(['nodeCordoned node-2', REFUSED, REFUSED, REFUSED])
    const tries = story.facts.filter(({ type }) => type === 'evictionRefused').map(({ at }) => at - blocked)
    expect(tries).toEqual([0, 5000, 10_000])
    const { chain, unblock } = why(story.world, 'Node//node-2')
    expect(chain.map(({ reason }) => `${reason.reason} ${reason.on ?? ''}`)).toEqual([
      'budgetHolds PodDisruptionBudget/default/web-pdb',
      'tooFewHealthy Pod/default/web-2',
      'unschedulable ',
    ])
    expect(unblock.map(({ code, subject }) => `${code} ${subject}`)).toEqual([
      'makeRoom Pod/default/web-2',
      'uncordonNode Node//node-2',
      'uncordonNode Node//node-3',
    ])
  })

  it('gives up when its time is over; an opened node lets the next one go through', () => {
    story.run(5000)
    expect(story.befell(blocked).at(-1)).toBe(
      'drainStopped node-2: error when evicting pods/"web-1" -n "default": global timeout reached: 12s',
    )
    opened = story.world.now
    story.give(node('drainNode', 'node-2'))
    story.run(7000)
    story.give(node('uncordonNode', 'node-3'))
    story.run(30_000)
    const told = story.befell(opened)
    expect(told.filter((line) => line.startsWith('evictionRefused'))).not.toEqual([])
    expect(told.slice(-8)).toEqual([
      'nodeUncordoned node-3',
      'podScheduled web-2',
      'podReady web-2',
      'podEvicted web-1',
      'podTerminating web-1',
      'podDeleted web-1',
      'podCreated web-1',
      'nodeDrained node-2',
    ])
    expect(why(story.world, 'Node//node-2').chain).toEqual([])
  })

  it('the budget goes through the recorded states, in their order', () => {
    const states = budgetStates(story.facts.filter(({ at }) => at < opened))
    expect(notInOrder(states, RECORDED)).toEqual([])
    expect(states.length).toBeGreaterThan(5)
  })
})

/** The states of a budget as they were written. */
const budgetStates = (facts: readonly Fact[]) =>
  facts
    .filter(({ type }) => type === 'budgetStatusWritten')
    .map(({ detail: { allowed, healthy, desired, expected } }) => `${allowed} ${healthy} ${desired} ${expected}`)

/** States that were not recorded at their place. A controller that is quicker passes over recorded ones. */
function notInOrder(states: readonly string[], recorded: readonly string[]): readonly string[] {
  let reached = 0
  return states.filter((state) => {
    const found = recorded.indexOf(state, reached)
    reached = found < 0 ? reached : found + 1
    return found < 0
  })
}

describe('an ensemble that rolls, and whose node is drained', () => {
  /** While three pods are replaced one after the other, one is evicted, and comes back. */
  const replaced = ['0 2 2 3', '0 2 2 2', '0 2 2 3', '1 3 2 3']
  const recorded = [...replaced, ...replaced, ...replaced, '0 3 2 3', '0 2 2 3', ...replaced]

  it('keeps its budget through the recorded states; the rollout asks no budget', () => {
    const story = new Story()
    story.apply(...objects)
    story.run(60_000)
    const before = story.facts.length
    story.give({ type: 'setImage', namespace: 'default', name: 'web', image: 'nginx:2' })
    story.run(60_000)
    expect(story.facts.slice(before).filter(({ type }) => type === 'podEvicted')).toEqual([])
    story.give(node('drainNode', 'node-3'))
    story.run(20_000)
    story.give(node('uncordonNode', 'node-3'))
    story.run(20_000)
    const states = budgetStates(story.facts.slice(before))
    expect(notInOrder(states, recorded), states.join(', ')).toEqual([])
    expect(states.at(-1)).toBe('1 3 2 3')
    expect(story.world.tallies['PDB-1']).toMatchObject({ violations: 0 })
  })
})

describe('a drain', () => {
  const started = () => {
    const story = new Story()
    story.apply(...objects.slice(0, 1))
    return story.run(60_000)
  }

  it('of a node that does not exist is refused, and of an empty one is over at once', () => {
    const story = new Story()
    expect(story.answer(node('drainNode', 'node-9'))).toEqual({
      reason: 'NotFound',
      message: 'nodes "node-9" not found',
    })
    story.give(node('drainNode', 'node-1'))
    expect(story.run(0).befell(0)).toEqual(['nodeCordoned node-1', 'nodeDrained node-1'])
  })

  it('without a budget asks nobody', () => {
    const story = started()
    story.give(node('drainNode', 'node-1'))
    expect(story.run(20_000).befell(60_000).slice(0, 3)).toEqual([
      'nodeCordoned node-1',
      'podEvicted web-0',
      'podTerminating web-0',
    ])
  })

  it('will not take pods that nobody makes again, or whose data would go; the node stays closed', () => {
    const story = started()
    const lonely = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'lonely' },
      spec: { containers: [{ name: 'c', image: 'nginx:1' }], volumes: [{ name: 'scratch', emptyDir: {} }] },
    } as never
    story.apply(lonely)
    story.run(20_000)
    const at = story.world.now
    const name = story.pod('lonely').spec.nodeName as string
    story.give(node('drainNode', name))
    expect(story.run(0).befell(at)).toEqual([
      `nodeCordoned ${name}`,
      `drainStopped ${name}: [cannot delete Pods with local storage (use --delete-emptydir-data to override): default/lonely, cannot delete Pods that declare no controller (use --force to override): default/lonely]`,
    ])
    story.give(node('drainNode', name, { force: true, deleteEmptyDirData: true, graceSeconds: 1 }))
    expect(story.run(20_000).befell(at)).toContain(`nodeDrained ${name}`)
  })

  it('can be ended by hand, and can leave budgets aside', () => {
    const story = started()
    const spec = { minAvailable: 3, selector: { matchLabels: { app: 'web' } } }
    story.apply({ ...(objects[1] as AnyObject), spec } as AnyObject)
    story.run(1000)
    expect(story.get('PodDisruptionBudget', 'web-pdb').status.disruptionsAllowed).toBe(0)
    expect(why(story.world, 'PodDisruptionBudget/default/web-pdb')).toMatchObject({
      chain: [{ reason: { reason: 'budgetFull', detail: { healthy: 3, desired: 3, expected: 3 } } }],
      unblock: [{ code: 'loosenBudget', command: { patch: { spec: { minAvailable: 2 } } } }],
    })
    const at = story.world.now
    story.give(node('drainNode', 'node-1'))
    story.run(6000)
    story.give(node('stopDrain', 'node-1'))
    story.run(20_000)
    expect(story.befell(at).slice(-2)).toEqual([
      expect.stringMatching(/^evictionRefused/),
      'drainStopped node-1: interrupted',
    ])
    expect(story.answer({ type: 'evictPod', namespace: 'default', name: 'web-0' })?.reason).toBe('TooManyRequests')
    story.give(node('drainNode', 'node-1', { disableEviction: true }))
    expect(story.run(20_000).befell(at)).toContain('nodeDrained node-1')
  })
})
