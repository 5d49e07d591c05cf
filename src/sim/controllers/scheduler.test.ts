/** Where pods go, and what is said when they go nowhere. */
import { describe, expect, it } from 'vitest'
import { conditionOf } from '../api/predicates.ts'
import type { Node, Pod, Taint } from '../api/types.ts'
import { claimDraft, podDraft, ToyCluster } from './fixtures/toyCluster.ts'
import { scheduler } from './scheduler.ts'
import { usageByNode, waitingPods } from './schedulerFit.ts'
import { volumeBinder } from './volumeBinder.ts'

const cluster = () => new ToyCluster([scheduler, volumeBinder])

const owner = (name: string) => ({
  ownerReferences: [{ apiVersion: 'apps/v1', kind: 'StatefulSet', name, uid: `uid-of-${name}`, controller: true }],
})

/** A pod that waits for a node, of a set if one is named. */
const pending = (name: string, { set, claim, spec = {} }: { set?: string; claim?: string; spec?: object } = {}) =>
  podDraft(name, {
    spec: { nodeName: undefined as never, ...spec },
    ...(set !== undefined && { metadata: owner(set) }),
    ...(claim !== undefined && { claim }),
  })

const asking = (cpu: string, memory = '0') => ({
  containers: [{ name: 'nginx', image: 'nginx:v1', resources: { requests: { cpu, memory } } }],
})

const placed = (toy: ToyCluster) =>
  toy.list('Pod').map(({ metadata, spec }) => `${metadata.name} ${spec.nodeName?.replace('node-', '') ?? '.'}`)

const message = (toy: ToyCluster, name: string) => conditionOf(toy.get('Pod', name), 'PodScheduled')?.message

/** Three nodes, changed by name. */
const withNodes = (changes: Readonly<Record<string, Partial<Node['spec']>>>) => {
  const toy = cluster()
  for (const node of toy.list('Node')) toy.update({ ...node, spec: { ...node.spec, ...changes[node.metadata.name] } })
  return toy
}

describe('a pod goes', () => {
  it('to the first node by name when all are empty, and the binding is one write with its condition and event', () => {
    const toy = cluster().create(pending('a')).quiet()
    const pod = toy.get('Pod', 'a')
    expect(pod.spec.nodeName).toBe('node-1')
    expect(pod.status).toMatchObject({
      phase: 'Pending',
      qosClass: 'BestEffort',
      conditions: [
        { type: 'PodScheduled', status: 'True', lastProbeTime: null, lastTransitionTime: '2026-01-01T00:00:00Z' },
      ],
    })
    expect(toy.events('a')).toEqual(['Scheduled: Successfully assigned default/a to node-1'])
    expect(toy.facts.map(({ type }) => type)).toEqual(['podCreated', 'podScheduled', 'eventRecorded'])
  })

  it('where there is room for its hungriest moment: an init container’s turn, or the main ones with the sidecars', () => {
    const wants = (cpu: string, more: object = {}) => ({ ...asking(cpu).containers[0], name: `c${cpu}`, ...more })
    const sidecar = { restartPolicy: 'Always' }
    const goes = (main: string, ...initContainers: readonly object[]) =>
      placed(
        cluster()
          .create(pending('a', { spec: { ...asking(main), initContainers } }))
          .quiet(),
      )[0]
    expect(goes('3', wants('2'))).toBe('a 1')
    expect(goes('1', wants('5'))).toBe('a .')
    expect(goes('3', wants('2', sidecar))).toBe('a .')
    expect(goes('1', wants('2', sidecar), wants('1'))).toBe('a 1')
    expect(goes('1', wants('2', sidecar), wants('3'))).toBe('a .')
    expect(goes('1', wants('3'), wants('2', sidecar))).toBe('a 1')
  })

  it('to the node with the fewest pods of its owner, then to the least full one, then by name', () => {
    const toy = cluster()
    for (const name of ['web-0', 'web-1', 'web-2', 'web-3']) toy.create(pending(name, { set: 'web' })).quiet()
    expect(placed(toy)).toEqual(['web-0 1', 'web-1 2', 'web-2 3', 'web-3 1'])
    toy.create(pending('db-0', { set: 'db' })).quiet()
    expect(placed(toy)[0]).toBe('db-0 2')
    toy
      .create(pending('big', { spec: asking('3') }))
      .quiet()
      .create(pending('small', { spec: asking('100m') }))
      .quiet()
    expect(placed(toy).filter((line) => /big|small/.test(line))).toEqual(['big 3', 'small 1'])
  })

  it('back to the node that lost it', () => {
    const toy = cluster()
    for (const name of ['web-0', 'web-1', 'web-2']) toy.create(pending(name, { set: 'web' })).quiet()
    toy
      .delete('Pod', 'web-1', 0)
      .create(pending('web-1', { set: 'web' }))
      .quiet()
    expect(placed(toy)).toEqual(['web-0 1', 'web-1 2', 'web-2 3'])
  })

  it('where its node selector says', () => {
    const toy = cluster().create(pending('a', { spec: { nodeSelector: { 'kubernetes.io/hostname': 'node-3' } } }))
    expect(placed(toy.quiet())).toEqual(['a 3'])
  })

  it('past nodes that are cordoned or tainted, unless it tolerates that', () => {
    const taint = { key: 'only', value: 'db', effect: 'NoSchedule' }
    const tolerations = [{ key: 'only', operator: 'Equal', value: 'db' }]
    const toy = withNodes({ 'node-1': { unschedulable: true }, 'node-2': { taints: [taint] } })
    toy.create(pending('a'), pending('b', { spec: { tolerations } })).quiet()
    expect(placed(toy)).toEqual(['a 3', 'b 2'])
  })
})

describe('a pod goes nowhere', () => {
  it('without its claim, which is missed only when the scheduler goes through the pods that it gave up', () => {
    const toy = cluster()
      .create(claimDraft('www'), pending('p', { claim: 'www', spec: asking('5') }))
      .quiet()
    const said = message(toy, 'p')
    toy.update({
      ...toy.get('PersistentVolumeClaim', 'www'),
      metadata: { ...toy.get('PersistentVolumeClaim', 'www').metadata, finalizers: [] },
    })
    toy.delete('PersistentVolumeClaim', 'www').run(299_000)
    expect(message(toy, 'p')).toBe(said)
    toy.run(2000)
    expect(message(toy, 'p')).toBe('0/3 nodes are available: persistentvolumeclaim "www" not found. not found')
  })

  const tail = 'no new claims to deallocate, preemption: 0/3 nodes are available:'

  it.each<[string, object, Parameters<typeof withNodes>[0], string]>([
    [
      'asks for too much',
      asking('5'),
      {},
      `0/3 nodes are available: 3 Insufficient cpu. ${tail} 3 No preemption victims found for incoming pod.`,
    ],
    [
      'asks for too much of two things',
      asking('5', '17Gi'),
      { 'node-2': { unschedulable: true } },
      `0/3 nodes are available: 1 node(s) were unschedulable, 2 Insufficient cpu, 2 Insufficient memory. ${tail} 1 Preemption is not helpful for scheduling, 2 No preemption victims found for incoming pod.`,
    ],
    [
      'selects no node',
      { nodeSelector: { disk: 'ssd' } },
      {},
      `0/3 nodes are available: 3 node(s) didn't match Pod's node affinity/selector. ${tail} 3 Preemption is not helpful for scheduling.`,
    ],
    [
      'tolerates too little',
      {},
      Object.fromEntries(
        ['node-1', 'node-2', 'node-3'].map((name) => [name, { taints: [{ key: 'gone', effect: 'NoExecute' }] }]),
      ),
      `0/3 nodes are available: 3 node(s) had untolerated taint(s). ${tail} 3 Preemption is not helpful for scheduling.`,
    ],
  ])('that %s', (_name, spec, nodes, text) => {
    const toy = withNodes(nodes).create(pending('a', { spec })).quiet()
    expect(message(toy, 'a')).toBe(text)
    expect(toy.get('Pod', 'a').status.conditions).toMatchObject([
      { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', observedGeneration: 1 },
    ])
    expect(toy.events('a')).toEqual([`FailedScheduling: ${text}`])
    expect(toy.reasons('a')).toMatchObject([{ reason: 'unschedulable', detail: { message: text } }])
  })

  it('while the nodes are full of pods, and then where one has left', () => {
    const toy = cluster()
    for (const node of toy.list('Node')) {
      const status = { ...node.status, allocatable: { ...node.status.allocatable, pods: '1' } }
      toy.do({ do: 'updateStatus', object: { ...node, status } })
    }
    toy
      .create(pending('a'))
      .quiet()
      .create(pending('b'))
      .quiet()
      .create(pending('c'))
      .quiet()
      .create(pending('d'))
      .quiet()
    expect(placed(toy)).toEqual(['a 1', 'b 2', 'c 3', 'd .'])
    expect(message(toy, 'd')).toMatch(/^0\/3 nodes are available: 3 Too many pods\. /)
    toy.delete('Pod', 'b', 0).quiet()
    expect(placed(toy)).toEqual(['a 1', 'c 3', 'd 2'])
    expect(toy.reasons('d')).toEqual([])
  })

  it('until a node is made schedulable', () => {
    const all = { unschedulable: true }
    const toy = withNodes({ 'node-1': all, 'node-2': all, 'node-3': all }).create(pending('a')).quiet()
    expect(placed(toy)).toEqual(['a .'])
    const node = toy.list('Node')[1] as Node
    expect(placed(toy.update({ ...node, spec: { ...node.spec, unschedulable: false } }).quiet())).toEqual(['a 2'])
  })
})

describe('claims', () => {
  it('that are not bound yet are waited for, and the claim is named', () => {
    const toy = cluster()
      .create(claimDraft('www-a'), pending('a', { claim: 'www-a' }))
      .run(100)
    const text = '0/3 nodes are available: pod has unbound immediate PersistentVolumeClaims. not found'
    expect(message(toy, 'a')).toBe(text)
    expect(toy.reasons('a')).toMatchObject([{ reason: 'volumeNotBound', on: 'PersistentVolumeClaim/default/www-a' }])
    expect(toy.reasons('www-a', 'PersistentVolumeClaim')).toMatchObject([{ reason: 'provisioning' }])
    toy.quiet()
    expect(placed(toy)).toEqual(['a 1'])
    expect(toy.events('a')).toEqual([
      `FailedScheduling: ${text}`,
      'Scheduled: Successfully assigned default/a to node-1',
    ])
    expect([toy.reasons('a'), toy.reasons('www-a', 'PersistentVolumeClaim')]).toEqual([[], []])
  })

  it('that do not exist are waited for', () => {
    const toy = cluster()
      .create(pending('a', { claim: 'www-a' }))
      .quiet()
    expect(message(toy, 'a')).toBe('0/3 nodes are available: persistentvolumeclaim "www-a" not found. not found')
    expect(placed(toy.create(claimDraft('www-a')).quiet())).toEqual(['a 1'])
  })

  it('that wait for their first consumer get its node, and the pod follows', () => {
    const toy = cluster().create({
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: { name: 'late' },
      provisioner: 'disk.csi.example.com',
      volumeBindingMode: 'WaitForFirstConsumer',
    })
    toy.create(claimDraft('www-a', { storageClassName: 'late' })).quiet()
    expect(toy.reasons('www-a', 'PersistentVolumeClaim')).toMatchObject([{ reason: 'waitForFirstConsumer' }])
    const spec = { nodeSelector: { 'kubernetes.io/hostname': 'node-2' } }
    toy.create(pending('a', { claim: 'www-a', spec })).run(500)
    expect(toy.get('PersistentVolumeClaim', 'www-a').metadata.annotations).toMatchObject({
      'volume.kubernetes.io/selected-node': 'node-2',
    })
    expect(toy.get('Pod', 'a').status.nominatedNodeName).toBe('node-2')
    expect(placed(toy)).toEqual(['a .'])
    expect(toy.reasons('a')).toMatchObject([{ reason: 'volumeNotBound' }])
    expect(placed(toy.quiet())).toEqual(['a 2'])
    expect(toy.get('Pod', 'a').status.nominatedNodeName).toBeUndefined()
    expect(toy.events('www-a')[0]).toBe('WaitForFirstConsumer: waiting for first consumer to be created before binding')
  })
})

describe('a node that was chosen for claims', () => {
  const late = {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'late' },
    provisioner: 'disk.csi.example.com',
    volumeBindingMode: 'WaitForFirstConsumer',
  }
  const waiting = () =>
    cluster()
      .create(late, claimDraft('www-a', { storageClassName: 'late' }), pending('a', { claim: 'www-a' }))
      .run(500)

  it('stays the pod’s, though another is better by now', () => {
    const toy = waiting().create(podDraft('b', { spec: { nodeName: 'node-1' } }))
    expect(placed(toy.quiet())).toEqual(['a 1', 'b 1'])
  })

  it('is given up when the pod fits there no longer', () => {
    const toy = waiting()
    const node = toy.list('Node')[0] as Node
    toy.update({ ...node, spec: { ...node.spec, unschedulable: true } })
    expect(placed(toy.quiet())).toEqual(['a 2'])
    expect(toy.get('PersistentVolumeClaim', 'www-a').status.phase).toBe('Bound')
  })
})

describe('what nodes are asked for', () => {
  it('is counted anew only where the list of pods has changed, and comes out the same', () => {
    const toy = new ToyCluster([])
    const counts = (pods: readonly Pod[]) => [
      ...['node-1', 'node-2', 'node-3'].map((name) => {
        const { pods: here = 0, milliCpu = 0, owners } = usageByNode(pods).get(name) ?? {}
        return [here, milliCpu, owners?.get('uid-of-web') ?? 0]
      }),
      waitingPods(pods).map(({ metadata }) => metadata.name),
    ]
    for (let step = 0; step < 40; step++) {
      const name = `web-${(step * 7919) % 11}`
      const node = step % 5 === 0 ? (undefined as never) : `node-${1 + (step % 3)}`
      if (toy.find('Pod', name)) toy.delete('Pod', name, 0)
      else toy.create(podDraft(name, { metadata: owner('web'), spec: { nodeName: node, ...asking('100m') } }))
      const counted = counts(toy.list('Pod'))
      usageByNode([])
      expect(counted).toEqual(counts(toy.list('Pod')))
    }
  })
})

describe('what it tells', () => {
  const tried = (about: Pod, at: string, more: object = {}) =>
    ({
      do: 'record',
      about,
      type: 'Warning',
      reason: 'Tried',
      message: at,
      action: 'Trying',
      component: 'x',
      ...more,
    }) as const
  const told = (toy: ToyCluster) =>
    toy
      .list('Event')
      .filter(({ reason }) => reason === 'Tried')
      .map(({ message, series }) => `${message} ${series?.count ?? '-'}`)
  const withPod = () => new ToyCluster([]).create(podDraft('a'))

  it('is an event of events.k8s.io: its moment to the microsecond, the version of the pod, and no count', () => {
    const toy = cluster().create(pending('a'))
    const { resourceVersion } = toy.get('Pod', 'a').metadata
    const { now } = toy.until(({ world }) => world.queue.length === 0)
    const [event] = toy.list('Event')
    expect(event).toMatchObject({
      involvedObject: { kind: 'Pod', name: 'a', resourceVersion },
      source: {},
      firstTimestamp: null,
      lastTimestamp: null,
      eventTime: `2026-01-01T00:00:00.0${now}000Z`,
      action: 'Binding',
      reportingComponent: 'default-scheduler',
      reportingInstance: 'default-scheduler-control-plane',
    })
    expect(event).not.toHaveProperty('count')
    expect(event).not.toHaveProperty('series')
  })

  it('comes in series about one version of a pod, and keeps the words of the first', () => {
    const toy = withPod()
    const pod = toy.get('Pod', 'a')
    for (const at of ['1', '2', '3']) toy.do(tried(pod, at)).run(1000)
    expect(told(toy)).toEqual(['1 3'])
    expect(toy.list('Event')[0]).toMatchObject({
      eventTime: '2026-01-01T00:00:00.000000Z',
      series: { lastObservedTime: '2026-01-01T00:00:02.000000Z' },
    })
  })

  it.each<[string, object]>([
    ['reason', { reason: 'Other' }],
    ['action', { action: 'Other' }],
    ['type', { type: 'Normal' }],
    ['teller', { component: 'y' }],
  ])('has a row of its own by another %s', (_name, more) => {
    const toy = withPod()
    toy.do(tried(toy.get('Pod', 'a'), '1')).run(1000)
    toy.do(tried(toy.get('Pod', 'a'), '2', more)).run(1000)
    expect(toy.list('Event').map(({ message, series }) => [message, series])).toEqual([
      ['1', undefined],
      ['2', undefined],
    ])
  })

  it('has a row of its own about another version of the pod', () => {
    const toy = withPod()
    toy.do(tried(toy.get('Pod', 'a'), '1')).run(1000)
    toy.update({ ...toy.get('Pod', 'a'), metadata: { ...toy.get('Pod', 'a').metadata, labels: { app: 'other' } } })
    expect(told(toy.do(tried(toy.get('Pod', 'a'), '2')))).toEqual(['1 -', '2 -'])
  })

  it.each<[number, readonly string[]]>([
    [719, ['1 2']],
    [721, ['1 -', '2 -']],
  ])('is forgotten in rounds of six minutes: after %i s', (seconds, expected) => {
    const toy = withPod().run(10_000)
    expect(
      told(
        toy
          .do(tried(toy.get('Pod', 'a'), '1'))
          .run(seconds * 1000 - 10_000)
          .do(tried(toy.get('Pod', 'a'), '2')),
      ),
    ).toEqual(expected)
  })

  it('is not told again for a taint that came, and is for one that went', () => {
    const toy = cluster()
      .create(pending('a', { spec: asking('100') }))
      .quiet()
    const taint = (taints: readonly Taint[]) => {
      const node = toy.list('Node')[0] as Node
      return toy
        .update({ ...node, spec: { ...node.spec, taints } })
        .quiet()
        .events('a').length
    }
    const one = { key: 'a', effect: 'NoSchedule' } as const
    expect(toy.events('a')).toHaveLength(1)
    expect(taint([one])).toBe(1)
    expect(taint([])).toBe(2)
  })
})
