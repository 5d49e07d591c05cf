/** Rules about where pods go: to nodes, near other pods or far from them, evenly, and where their volumes are. */
import { describe, expect, it } from 'vitest'
import { conditionOf } from '../api/predicates.ts'
import type { NodeSettings } from '../api/strategy.ts'
import { claimDraft, podDraft, SETTINGS, ToyCluster } from './fixtures/toyCluster.ts'
import { scheduler } from './scheduler.ts'
import { volumeBinder } from './volumeBinder.ts'

const NODES: readonly NodeSettings[] = [
  { name: 'node-1', zone: 'a', labels: { disk: 'ssd', rank: '3' } },
  { name: 'node-2', zone: 'a', labels: { rank: '7' } },
  { name: 'node-3', zone: 'b', labels: { rank: 'x' } },
]

const cluster = (nodes = NODES, kubernetes = '1.36') =>
  new ToyCluster([scheduler, volumeBinder], { settings: { ...SETTINGS, nodes, kubernetes } })

const pending = (name: string, spec: object = {}, labels: object = { app: 'zk' }, namespace = 'default') =>
  podDraft(name, { spec: { nodeName: undefined as never, ...spec }, metadata: { labels, namespace } })

const placed = (toy: ToyCluster) =>
  toy.list('Pod').map(({ metadata, spec }) => `${metadata.name} ${spec.nodeName?.replace('node-', '') ?? '.'}`)

const TAIL = 'no new claims to deallocate, preemption: 0/3 nodes are available:'
const message = (toy: ToyCluster, name: string) => conditionOf(toy.get('Pod', name), 'PodScheduled')?.message

const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution'
const PREFERRED = 'preferredDuringSchedulingIgnoredDuringExecution'
const HOST = 'kubernetes.io/hostname'
const ZONE = 'topology.kubernetes.io/zone'

const onNodes = (...matchExpressions: object[]) => ({
  affinity: { nodeAffinity: { [REQUIRED]: { nodeSelectorTerms: [{ matchExpressions }] } } },
})
const term = (topologyKey: string, more: object = {}, app = 'zk') => ({
  labelSelector: { matchLabels: { app } },
  topologyKey,
  ...more,
})
const apart = (topologyKey = HOST, more: object = {}) => ({
  affinity: { podAntiAffinity: { [REQUIRED]: [term(topologyKey, more)] } },
})
const together = (topologyKey: string, app?: string) => ({
  affinity: { podAffinity: { [REQUIRED]: [term(topologyKey, {}, app)] } },
})

describe('a pod that wants certain nodes', () => {
  it.each<[string, object, string]>([
    ['with a label of some value', onNodes({ key: 'disk', operator: 'In', values: ['hdd', 'ssd'] }), 'p 1'],
    ['without a label', onNodes({ key: 'disk', operator: 'DoesNotExist' }), 'p 2'],
    ['with another value', onNodes({ key: ZONE, operator: 'NotIn', values: ['a'] }), 'p 3'],
    ['with a greater number', onNodes({ key: 'rank', operator: 'Gt', values: ['5'] }), 'p 2'],
    ['with a smaller number', onNodes({ key: 'rank', operator: 'Lt', values: ['5'] }), 'p 1'],
    [
      'and two things of them',
      onNodes({ key: 'rank', operator: 'Exists' }, { key: ZONE, operator: 'In', values: ['b'] }),
      'p 3',
    ],
    [
      'by name',
      {
        affinity: {
          nodeAffinity: {
            [REQUIRED]: {
              nodeSelectorTerms: [{ matchFields: [{ key: 'metadata.name', operator: 'In', values: ['node-2'] }] }],
            },
          },
        },
      },
      'p 2',
    ],
    [
      'rather than others',
      {
        affinity: {
          nodeAffinity: {
            [PREFERRED]: [
              { weight: 10, preference: { matchExpressions: [{ key: 'disk', operator: 'Exists' }] } },
              { weight: 11, preference: { matchExpressions: [{ key: ZONE, operator: 'In', values: ['b'] }] } },
            ],
          },
        },
      },
      'p 3',
    ],
  ])('%s', (_what, spec, expected) => {
    expect(placed(cluster().create(pending('p', spec)).quiet())).toEqual([expected])
  })

  it('waits for one of them, and goes when a label comes', () => {
    const toy = cluster()
      .create(pending('p', onNodes({ key: 'gpu', operator: 'Exists' })))
      .quiet()
    expect(message(toy, 'p')).toBe(
      `0/3 nodes are available: 3 node(s) didn't match Pod's node affinity/selector. ${TAIL} 3 Preemption is not helpful for scheduling.`,
    )
    expect(toy.reasons('p')).toMatchObject([{ reason: 'unschedulable', detail: { rules: 'nodeAffinity' } }])
    const node = toy.list('Node')[2] as object & { metadata: object }
    toy.update({ ...node, metadata: { ...node.metadata, labels: { gpu: '' } } }).quiet()
    expect(placed(toy)).toEqual(['p 3'])
  })

  it('goes elsewhere than to a node with a taint that only puts off', () => {
    const taints = [{ key: 'old', effect: 'PreferNoSchedule' }]
    const toy = cluster([{ name: 'node-1', taints }, { name: 'node-2' }])
    expect(placed(toy.create(pending('p')).quiet())).toEqual(['p 2'])
  })
})

describe('pods that must be apart', () => {
  it("go to a node each, and the one too many says why in upstream's words", () => {
    const toy = cluster()
    for (const name of ['zk-0', 'zk-1', 'zk-2', 'zk-3']) toy.create(pending(name, apart())).quiet()
    expect(placed(toy)).toEqual(['zk-0 1', 'zk-1 2', 'zk-2 3', 'zk-3 .'])
    expect(message(toy, 'zk-3')).toBe(
      `0/3 nodes are available: 3 node(s) didn't match pod anti-affinity rules. ${TAIL} 3 No preemption victims found for incoming pod.`,
    )
    expect(toy.reasons('zk-3')).toMatchObject([{ reason: 'unschedulable', detail: { rules: 'podAntiAffinity' } }])
    toy.delete('Pod', 'zk-1', 0).quiet()
    expect(placed(toy)).toEqual(['zk-0 1', 'zk-2 3', 'zk-3 2'])
  })

  it('keep away a pod that has no rules itself', () => {
    const toy = cluster()
    for (const name of ['a', 'b', 'c']) toy.create(pending(name, apart())).quiet()
    expect(placed(toy.create(pending('d')).quiet())).toContain('d .')
    expect(message(toy, 'd')).toContain("3 node(s) didn't satisfy existing pods anti-affinity rules.")
    expect(placed(toy.create(pending('e', {}, { app: 'other' })).quiet())).toContain('e 1')
  })

  it("say each node's first no only, in the order of the recorded text", () => {
    const toy = cluster()
    for (const name of ['zk-0', 'zk-1', 'zk-2']) toy.create(pending(name, apart())).quiet()
    const node = toy.list('Node')[0] as object
    toy
      .update({ ...node, spec: { unschedulable: true } })
      .delete('Pod', 'zk-0', 0)
      .create(pending('zk-0', apart()))
      .quiet()
    expect(message(toy, 'zk-0')).toBe(
      "0/3 nodes are available: 1 node(s) were unschedulable, 2 node(s) didn't match pod anti-affinity rules. no new claims to deallocate, preemption: 0/3 nodes are available: 1 Preemption is not helpful for scheduling, 2 No preemption victims found for incoming pod.",
    )
    expect(toy.reasons('zk-0')).toMatchObject([{ detail: { rules: 'cordon,podAntiAffinity' } }])
  })

  it('look into their own namespace, unless they name others', () => {
    const elsewhere = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'other', labels: { team: 'x' } } }
    const start = () =>
      cluster([{ name: 'node-1' }])
        .create(elsewhere, pending('there', {}, { app: 'zk' }, 'other'))
        .quiet()
    const goes = (more: object) =>
      placed(
        start()
          .create(pending('p', apart(HOST, more)))
          .quiet(),
      )[0]
    expect(goes({})).toBe('p 1')
    expect(goes({ namespaces: ['other'] })).toBe('p .')
    expect(goes({ namespaceSelector: {} })).toBe('p .')
    expect(goes({ namespaceSelector: { matchLabels: { team: 'y' } } })).toBe('p 1')
  })

  it('of the same revision only, where labels are to be the same', () => {
    const toy = cluster([{ name: 'node-1' }])
      .create(pending('old', {}, { app: 'zk', hash: '1' }))
      .quiet()
    const rule = apart(HOST, { matchLabelKeys: ['hash'] })
    toy.create(pending('new', rule, { app: 'zk', hash: '2' }), pending('same', rule, { app: 'zk', hash: '1' })).quiet()
    expect(placed(toy)).toEqual(['new 1', 'old 1', 'same .'])
  })

  it('if possible, share a node when it is not', () => {
    const soft = { affinity: { podAntiAffinity: { [PREFERRED]: [{ weight: 1, podAffinityTerm: term(ZONE) }] } } }
    const toy = cluster()
    for (const name of ['a', 'b', 'c']) toy.create(pending(name, soft)).quiet()
    expect(placed(toy)).toEqual(['a 1', 'b 3', 'c 2'])
  })
})

describe('pods that must be together', () => {
  it('begin anywhere when the first is one of them, and stay in its zone', () => {
    const toy = cluster()
    for (const name of ['a', 'b', 'c']) toy.create(pending(name, together(ZONE))).quiet()
    expect(placed(toy)).toEqual(['a 1', 'b 2', 'c 1'])
  })

  it('with others wait for those, and follow when one comes', () => {
    const toy = cluster()
      .create(pending('p', together(ZONE, 'db')))
      .quiet()
    expect(message(toy, 'p')).toBe(
      `0/3 nodes are available: 3 node(s) didn't match pod affinity rules. ${TAIL} 3 Preemption is not helpful for scheduling.`,
    )
    toy.create(pending('db', { nodeSelector: { [ZONE]: 'b' } }, { app: 'db' })).quiet()
    expect(placed(toy)).toEqual(['db 3', 'p 3'])
  })
})

describe('pods that are to be spread', () => {
  const spread = (more: object = {}) => ({
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: ZONE,
        whenUnsatisfiable: 'DoNotSchedule',
        labelSelector: { matchLabels: { app: 'zk' } },
        ...more,
      },
    ],
  })

  it('fill the zones evenly', () => {
    const toy = cluster()
    for (const name of ['a', 'b', 'c', 'd']) toy.create(pending(name, spread())).quiet()
    expect(placed(toy)).toEqual(['a 1', 'b 3', 'c 2', 'd 3'])
  })

  it('wait when the other zone is full, unless they only wish', () => {
    const alone = { nodeSelector: { [ZONE]: 'a' } }
    const toy = cluster()
      .create(pending('a', { ...spread(), ...alone }))
      .quiet()
    const node = toy.list('Node')[2] as object
    toy.update({ ...node, spec: { unschedulable: true } })
    toy.create(pending('b', spread())).quiet()
    expect(message(toy, 'b')).toBe(
      `0/3 nodes are available: 1 node(s) were unschedulable, 2 node(s) didn't match pod topology spread constraints. ${TAIL} 1 Preemption is not helpful for scheduling, 2 No preemption victims found for incoming pod.`,
    )
    toy.create(pending('c', spread({ whenUnsatisfiable: 'ScheduleAnyway' }))).quiet()
    expect(placed(toy)).toEqual(['a 1', 'b .', 'c 2'])
  })

  it('need the label of the topology', () => {
    const toy = cluster()
      .create(pending('p', spread({ topologyKey: 'rack' })))
      .quiet()
    expect(message(toy, 'p')).toContain(
      "3 node(s) didn't match pod topology spread constraints (missing required label).",
    )
  })

  it('count a domain that is missing as empty below minDomains', () => {
    const toy = cluster()
    for (const name of ['a', 'b', 'c']) toy.create(pending(name, spread({ minDomains: 3 }))).quiet()
    expect(placed(toy)).toEqual(['a 1', 'b 3', 'c .'])
  })
})

describe('a pod whose volume', () => {
  const local = (name: string, node: string, more: object = {}) => ({
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name },
    spec: {
      capacity: { storage: '1Gi' },
      accessModes: ['ReadWriteOnce'],
      storageClassName: 'local',
      local: { path: '/mnt/disk' },
      nodeAffinity: {
        required: { nodeSelectorTerms: [{ matchExpressions: [{ key: HOST, operator: 'In', values: [node] }] }] },
      },
      ...more,
    },
  })
  const localClass = (volumeBindingMode: string) => ({
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'local' },
    provisioner: 'kubernetes.io/no-provisioner',
    volumeBindingMode,
  })
  const claiming = (name: string, claim: string, spec: object = {}) =>
    podDraft(name, { claim, spec: { nodeName: undefined as never, ...spec } })
  const claim = claimDraft('www', { storageClassName: 'local' })

  it('is a disk of one machine goes there; the volume is reserved first, then bound, and no other event says so', () => {
    const toy = cluster().create(localClass('WaitForFirstConsumer'), local('disk-2', 'node-2')).quiet()
    toy.create(claim).quiet()
    expect(toy.get('PersistentVolumeClaim', 'www').status.phase).toBe('Pending')
    toy.create(claiming('p', 'www')).quiet()
    expect(placed(toy)).toEqual(['p 2'])
    expect(toy.get('PersistentVolumeClaim', 'www')).toMatchObject({
      spec: { volumeName: 'disk-2' },
      status: { phase: 'Bound' },
    })
    expect(toy.events('www')).toEqual(['WaitForFirstConsumer: waiting for first consumer to be created before binding'])
  })

  it('is chosen for its node is one that the node reaches, though a smaller one is elsewhere', () => {
    const toy = cluster()
      .create(localClass('WaitForFirstConsumer'), local('disk-1', 'node-1'))
      .create(local('disk-3', 'node-3', { capacity: { storage: '5Gi' } }), claim)
      .quiet()
    toy.create(claiming('p', 'www', { nodeSelector: { [ZONE]: 'b' } })).quiet()
    expect(placed(toy)).toEqual(['p 3'])
    expect(toy.get('PersistentVolumeClaim', 'www').spec.volumeName).toBe('disk-3')
  })

  it('is out of reach of every open node waits for ever; the words depend on the version', () => {
    for (const [version, words] of [
      ['1.36', "2 node(s) didn't match PersistentVolume's node affinity"],
      ['1.33', '2 node(s) had volume node affinity conflict'],
    ] as const) {
      const toy = cluster(NODES, version).create(localClass('Immediate'), local('disk-2', 'node-2'), claim).quiet()
      const node = toy.list('Node')[1] as object
      toy
        .update({ ...node, spec: { unschedulable: true } })
        .create(claiming('p', 'www'))
        .quiet()
      expect(message(toy, 'p')).toContain(words)
      expect(toy.reasons('p')).toMatchObject([{ detail: { rules: 'cordon,volumeAffinity' } }])
    }
  })

  it('is not there yet waits for one that somebody makes', () => {
    const toy = cluster().create(localClass('WaitForFirstConsumer'), claim, claiming('p', 'www')).quiet()
    expect(message(toy, 'p')).toBe(
      `0/3 nodes are available: 3 node(s) didn't find available persistent volumes to bind. ${TAIL} 3 Preemption is not helpful for scheduling.`,
    )
    expect(placed(toy.create(local('disk-3', 'node-3')).quiet())).toEqual(['p 3'])
  })

  it('may be made in some zones only goes there', () => {
    const zonal = {
      ...localClass('WaitForFirstConsumer'),
      provisioner: 'disk.csi.example.com',
      allowedTopologies: [{ matchLabelExpressions: [{ key: ZONE, values: ['b'] }] }],
    }
    expect(placed(cluster().create(zonal, claim, claiming('p', 'www')).quiet())).toEqual(['p 3'])
  })

  it('is for one pod alone waits until that one is gone', () => {
    const toy = cluster()
      .create(claimDraft('www', { accessModes: ['ReadWriteOncePod'] }))
      .quiet()
    toy.create(claiming('a', 'www')).quiet().create(claiming('b', 'www')).quiet()
    expect(placed(toy)).toEqual(['a 1', 'b .'])
    expect(message(toy, 'b')).toContain(
      '3 node has pod using PersistentVolumeClaim with the same name and ReadWriteOncePod access mode.',
    )
    expect(placed(toy.delete('Pod', 'a', 0).quiet())).toEqual(['b 1'])
  })

  it('is lost says so', () => {
    const toy = cluster().create(localClass('Immediate'), local('disk', 'node-1'), claim).quiet()
    const volume = toy.list('PersistentVolume')[0] as object & { metadata: object }
    toy.do({ do: 'delete', kind: 'PersistentVolume', name: 'disk' })
    toy.update({ ...volume, metadata: { ...toy.list('PersistentVolume')[0]?.metadata, finalizers: [] } }).quiet()
    expect(message(toy.create(claiming('p', 'www')).quiet(), 'p')).toContain(
      'persistentvolumeclaim "www" bound to non-existent persistentvolume "disk"',
    )
  })
})
