/**
 * Every rule against at least one step in which it holds and one drawn by hand in which it is broken. A cluster is one
 * line: a letter for each wanted ordinal, after the bar the condemned ones. R Ready, N Running, P Pending, F Failed,
 * T terminating, '.' missing; `@B` is the revision, A when none is given.
 */
import { describe, expect, it } from 'vitest'
import type { Fact } from '../api/changes.ts'
import type { AnyObject, ControllerRevision, Pod, StatefulSet, StatefulSetSpec } from '../api/types.ts'
import { emptyTables, rowOf } from '../kernel/apiServer.ts'
import { set as setRow, unset } from '../kernel/sorted.ts'
import type { Change, RuleResult, Step, World } from '../kernel/types.ts'
import { GUARANTEES, RULES } from './rules.ts'

const T0 = '2026-01-01T00:00:00Z'
const GONE = '2026-01-01T00:00:30Z'
const meta = (name: string, more: object = {}) => ({
  name,
  namespace: 'default',
  uid: `uid-${name}`,
  resourceVersion: '1',
  creationTimestamp: T0,
  ...more,
})
const ownedBy = (uid: string) => ({
  ownerReferences: [{ apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'web', uid, controller: true }],
})

function setNamed(replicas: number, spec: Partial<StatefulSetSpec> = {}, status: Partial<StatefulSet['status']> = {}) {
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: meta('web', { generation: 1 }),
    spec: {
      replicas,
      serviceName: 'nginx',
      selector: { matchLabels: { app: 'nginx' } },
      template: { spec: { containers: [] } },
      volumeClaimTemplates: [{ metadata: { name: 'www' }, spec: {} }],
      podManagementPolicy: 'OrderedReady',
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 0 } },
      ...spec,
    },
    status: { replicas: 0, currentRevision: 'web-A', updateRevision: 'web-A', observedGeneration: 1, ...status },
  } as StatefulSet
}

const PHASES = { R: 'Running', N: 'Running', P: 'Pending', F: 'Failed', T: 'Running' } as const

function podOf(ordinal: number, token: string): Pod {
  const [state, revision = 'A'] = token.split('@') as [keyof typeof PHASES, string?]
  const name = `web-${ordinal}`
  const ready = state === 'R' || state === 'T' ? 'True' : 'False'
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: meta(name, {
      ...ownedBy('uid-web'),
      ...(state === 'T' && { deletionTimestamp: GONE }),
      labels: {
        app: 'nginx',
        'statefulset.kubernetes.io/pod-name': name,
        'apps.kubernetes.io/pod-index': String(ordinal),
        'controller-revision-hash': `web-${revision}`,
      },
    }),
    spec: {
      hostname: name,
      subdomain: 'nginx',
      containers: [],
      volumes: [{ name: 'www', persistentVolumeClaim: { claimName: `www-${name}` } }],
    },
    status: { phase: PHASES[state], conditions: [{ type: 'Ready', status: ready, lastTransitionTime: T0 }] },
  }
}

const revisionNamed = (letter: string, revision: number): ControllerRevision => ({
  apiVersion: 'apps/v1',
  kind: 'ControllerRevision',
  metadata: meta(`web-${letter}`, ownedBy('uid-web')),
  revision,
  data: { spec: { template: { spec: { containers: [] }, $patch: 'replace' } } } as ControllerRevision['data'],
})

const claimNamed = (name: string, more: object = {}): AnyObject => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: meta(name, more),
  spec: {},
  status: { phase: 'Bound' },
})

const stored = (world: World, object: AnyObject): World => {
  const row = rowOf(object.kind, object.metadata.namespace, object.metadata.name)
  return {
    ...world,
    objects: { ...world.objects, [object.kind]: setRow(world.objects[object.kind] as never, row, object as never) },
  }
}

const EMPTY: World = {
  now: 0,
  sequence: 0,
  revision: 0,
  factCount: 0,
  random: { seed: 1, streams: {} },
  settings: {
    clusterDomain: 'cluster.local',
    kubernetes: '1.36',
    gates: { MaxUnavailableStatefulSet: false },
    dnsTtlSeconds: 30,
  },
  objects: emptyTables(),
  queue: [],
  wakes: [],
  failures: [],
  waiting: [],
  memories: [],
  disks: [],
  tallies: {},
}

interface Drawing {
  readonly spec?: Partial<StatefulSetSpec>
  readonly status?: Partial<StatefulSet['status']>
  readonly deleting?: boolean
  readonly gate?: boolean
  readonly extra?: readonly AnyObject[]
  readonly now?: number
}

/** The cluster of a line, with revisions A and B and a claim for each of the first ten ordinals. */
function drawn(line: string, { spec, status, deleting, gate, extra = [], now = 0 }: Drawing = {}): World {
  const [wanted = '', condemned = ''] = line.split('|').map((part) => part.trim())
  const tokens = (text: string) => text.split(' ').filter((token) => token !== '')
  const set = setNamed(tokens(wanted).length, spec, status)
  const dying = { ...set, metadata: { ...set.metadata, deletionTimestamp: GONE } }
  const objects: AnyObject[] = [deleting ? dying : set, revisionNamed('A', 1), revisionNamed('B', 2)]
  const all = [...tokens(wanted), ...tokens(condemned)]
  for (const [ordinal, token] of all.entries()) if (token !== '.') objects.push(podOf(ordinal, token))
  for (let ordinal = 0; ordinal < 10; ordinal++) objects.push(claimNamed(`www-web-${ordinal}`))
  const gates = { MaxUnavailableStatefulSet: gate ?? false }
  const empty = { ...EMPTY, now, settings: { ...EMPTY.settings, gates } }
  return [...objects, ...extra].reduce(stored, empty)
}

const only = (spec: Partial<StatefulSetSpec>): Drawing => ({ spec })
const PARALLEL = only({ podManagementPolicy: 'Parallel' })
const rolling: Drawing = { status: { updateRevision: 'web-B' } }

function stepOf(before: World, changes: readonly Change[], by = 'statefulSet', now = before.now): Step {
  let after: World = { ...before, now }
  for (const change of changes) {
    const object = (change.after ?? change.before) as AnyObject
    const row = rowOf(object.kind, object.metadata.namespace, object.metadata.name)
    const rest = unset(after.objects[object.kind] as never, row)
    after = change.after
      ? stored(after, change.after)
      : { ...after, objects: { ...after.objects, [object.kind]: rest } }
  }
  return { before, after, changes: changes.map((change) => ({ ...change, by })), facts: [] }
}

const created = (after: AnyObject): Change => ({ before: undefined, after })
const removed = (before: AnyObject): Change => ({ before, after: undefined })
const changed = <T extends AnyObject>(before: T, after: T): Change => ({ before, after })
const create = (ordinal: number, revision = 'A') => created(podOf(ordinal, `P@${revision}`))
/** A graceful delete; of a failed or pending pod, an immediate one. */
const remove = (ordinal: number, token: string): Change => {
  const pod = podOf(ordinal, token)
  if (/^[FP]/.test(token)) return removed(pod)
  return changed(pod, { ...pod, metadata: { ...pod.metadata, deletionTimestamp: GONE } })
}
const status = (before: StatefulSet, after: Partial<StatefulSet['status']>): Change =>
  changed(before, { ...before, status: { ...before.status, ...after } })

const judge = (id: string, step: Step): RuleResult | undefined => {
  const results = RULES.filter((rule) => rule.id === id).map((rule) => rule.check(step))
  expect(results).toHaveLength(1)
  return results[0]
}
const holds = (id: string, step: Step) => {
  const result = judge(id, step)
  expect(result?.checks).toBeGreaterThan(0)
  expect(result?.violations).toEqual([])
}
const breaks = (id: string, step: Step) => {
  const result = judge(id, step)
  expect(result?.violations.length).toBeGreaterThan(0)
  expect(result?.violations[0]?.message).not.toBe('')
}
const silent = (id: string, step: Step) => expect(judge(id, step)).toBeUndefined()

describe('identity', () => {
  it('IDN-1: a name is given again only when its object is gone', () => {
    holds('IDN-1', stepOf(drawn('R . R'), [create(1)]))
    breaks('IDN-1', stepOf(drawn('R R R'), [create(1)]))
    holds('IDN-1', stepOf(drawn('F'), [remove(0, 'F'), create(0)]))
  })

  it('IDN-3: a pod is born with the names of its ordinal and keeps them', () => {
    const pod = podOf(1, 'P')
    holds('IDN-3', stepOf(drawn('R . .'), [created(pod)]))
    breaks('IDN-3', stepOf(drawn('R . .'), [created({ ...pod, spec: { ...pod.spec, hostname: 'web-2' } })]))
    breaks('IDN-3', stepOf(drawn('R . .'), [created({ ...pod, metadata: { ...pod.metadata, labels: {} } })]))
    const moved = changed(podOf(0, 'R'), { ...podOf(0, 'R'), spec: { ...pod.spec, hostname: 'db-0' } })
    breaks('IDN-3', stepOf(drawn('R'), [moved], 'user'))
    holds(
      'IDN-3',
      stepOf(drawn('P'), [changed(podOf(0, 'P'), { ...podOf(0, 'P'), spec: { ...podOf(0, 'P').spec } })], 'scheduler'),
    )
  })

  it('OWN-1: only pods of the set, or orphans that bear its name, are changed', () => {
    const pod = podOf(0, 'R')
    const of = (ownerReferences: object[]) => ({ ...pod, metadata: { ...pod.metadata, ownerReferences } }) as Pod
    const foreign = of([{ ...ownedBy('other').ownerReferences[0], name: 'db' }])
    const event = created({
      kind: 'Event',
      metadata: meta('e'),
      involvedObject: { kind: 'StatefulSet', name: 'web' },
    } as AnyObject)
    holds('OWN-1', stepOf(drawn('R'), [remove(0, 'R')]))
    holds('OWN-1', stepOf(drawn('R', { extra: [of([])] }), [changed(of([]), pod)]))
    breaks('OWN-1', stepOf(drawn('R', { extra: [foreign] }), [event, removed(foreign)]))
  })

  it('DEL-1: a set that is being deleted gets no pod, no claim, and loses none', () => {
    const dying = { deleting: true }
    const set = drawn('R R', dying).objects.StatefulSet[0]?.[0]?.[1] as StatefulSet
    holds('DEL-1', stepOf(drawn('R R', dying), [status(set, { replicas: 2 })]))
    breaks('DEL-1', stepOf(drawn('R .', dying), [create(1)]))
    breaks('DEL-1', stepOf(drawn('R | R', dying), [remove(1, 'R')]))
    const orphan = { ...podOf(1, 'R'), metadata: { ...podOf(1, 'R').metadata, ownerReferences: [] } }
    breaks('DEL-1', stepOf(drawn('R R', { ...dying, extra: [orphan] }), [changed(orphan, podOf(1, 'R'))]))
    silent('DEL-1', stepOf(drawn('R .'), [create(1)]))
  })

  it('API-1: what is fixed for a set’s life does not change', () => {
    const set = setNamed(3)
    holds('API-1', stepOf(drawn('R R R'), [changed(set, { ...set, spec: { ...set.spec, replicas: 5 } })], 'user'))
    breaks(
      'API-1',
      stepOf(drawn('R R R'), [changed(set, { ...set, spec: { ...set.spec, serviceName: 'db' } })], 'user'),
    )
  })
})

describe('order', () => {
  it('ORD-1: a pod is created only above sound pods', () => {
    holds('ORD-1', stepOf(drawn('R R .'), [create(2)]))
    holds('ORD-1', stepOf(drawn('. N R'), [create(0)]))
    for (const line of ['R N .', 'R . .', 'T R .', 'R F .', 'P R .']) breaks('ORD-1', stepOf(drawn(line), [create(2)]))
    silent('ORD-1', stepOf(drawn('R N .', PARALLEL), [create(2)]))
  })

  it('ORD-1: Ready is not enough before minReadySeconds are over', () => {
    const line = drawn('R R .', { spec: { minReadySeconds: 10 }, now: 9_000 })
    breaks('ORD-1', stepOf(line, [create(2)]))
    holds('ORD-1', stepOf(line, [create(2)], 'statefulSet', 10_000))
  })

  it('ORD-1: a pod adopted in this very sync counts as it stood', () => {
    const orphan = { ...podOf(0, 'R'), metadata: { ...podOf(0, 'R').metadata, ownerReferences: [] } }
    holds('ORD-1', stepOf(drawn('R .', { extra: [orphan] }), [changed(orphan, podOf(0, 'R')), create(1)]))
  })

  it('ORD-2: one sync changes one pod', () => {
    holds('ORD-2', stepOf(drawn('R .'), [create(1)]))
    breaks('ORD-2', stepOf(drawn('R . .'), [create(1), create(2)]))
    silent('ORD-2', stepOf(drawn('R R', { ...rolling, gate: true }), [remove(1, 'R'), remove(0, 'R')]))
    silent('ORD-2', stepOf(drawn('. .', PARALLEL), [create(0), create(1)]))
  })

  it('ORD-3: nothing is done past an ordinal that blocks', () => {
    holds('ORD-3', stepOf(drawn('R F N'), [remove(1, 'F')]))
    breaks('ORD-3', stepOf(drawn('N F R'), [remove(1, 'F')]))
    breaks('ORD-3', stepOf(drawn('R N | R'), [remove(2, 'R')]))
    breaks('ORD-3', stepOf(drawn('N R R', rolling), [remove(2, 'R')]))
    holds('ORD-3', stepOf(drawn('R R R', rolling), [remove(2, 'R')]))
  })

  it('ORD-4: scale-down takes the highest, and only when all others stand', () => {
    holds('ORD-4', stepOf(drawn('R | R R'), [remove(2, 'R')]))
    breaks('ORD-4', stepOf(drawn('R | R R'), [remove(1, 'R')]))
    breaks('ORD-4', stepOf(drawn('R | R T'), [remove(1, 'R')]))
    breaks('ORD-4', stepOf(drawn('N | R R'), [remove(2, 'R')]))
    holds('ORD-4', stepOf(drawn('R | R N'), [remove(2, 'N')]))
    breaks('ORD-4', stepOf(drawn('R | N N'), [remove(2, 'N')]))
    silent('ORD-4', stepOf(drawn('N | R R', PARALLEL), [remove(1, 'R')]))
  })

  it('ORD-4: a raised start ordinal condemns the ordinals below it', () => {
    const raised = { spec: { ordinals: { start: 2 }, replicas: 2 } }
    holds('ORD-4', stepOf(drawn('R R R R', raised), [remove(1, 'R')]))
    breaks('ORD-4', stepOf(drawn('R R R R', raised), [remove(0, 'R')]))
  })

  it('ORD-5: the set reaches its size before it is updated', () => {
    holds('ORD-5', stepOf(drawn('R R', rolling), [remove(1, 'R')]))
    breaks('ORD-5', stepOf(drawn('R . R', rolling), [remove(2, 'R')]))
    breaks('ORD-5', stepOf(drawn('R R | R', rolling), [remove(1, 'R')]))
    const parallel = { ...rolling, ...PARALLEL }
    holds('ORD-5', stepOf(drawn('R R | R', parallel), [remove(2, 'R'), remove(1, 'R')]))
    breaks('ORD-5', stepOf(drawn('R R | R', parallel), [remove(1, 'R'), remove(2, 'R')]))
  })
})

describe('updates', () => {
  it('UPD-1: updates go from the top, one by one', () => {
    holds('UPD-1', stepOf(drawn('R R R@B', rolling), [remove(1, 'R')]))
    breaks('UPD-1', stepOf(drawn('R R R@B', rolling), [remove(0, 'R')]))
    breaks('UPD-1', stepOf(drawn('R R N@B', rolling), [remove(1, 'R')]))
    breaks('UPD-1', stepOf(drawn('R R R@B', rolling), [remove(2, 'R@B')]))
    const parallel = { ...rolling, ...PARALLEL }
    holds('UPD-1', stepOf(drawn('N R N', parallel), [remove(2, 'N')]))
    breaks('UPD-1', stepOf(drawn('R R R', parallel), [remove(2, 'R'), remove(1, 'R')]))
    silent('UPD-1', stepOf(drawn('R R R', { ...rolling, gate: true }), [remove(0, 'R')]))
  })

  it('UPD-1: without a written status the newest revision is the one rolled to', () => {
    holds('UPD-1', stepOf(drawn('R R'), [remove(1, 'R@A')]))
    breaks('UPD-1', stepOf(drawn('R R@B'), [remove(1, 'R@B')]))
  })

  it('UPD-2: with the gate on an update keeps to its budget', () => {
    const two = (maxUnavailable: number | string, more: Drawing = {}) => ({
      ...rolling,
      ...more,
      gate: true,
      spec: { updateStrategy: { type: 'RollingUpdate' as const, rollingUpdate: { maxUnavailable } } },
    })
    holds('UPD-2', stepOf(drawn('R R R', two(2)), [remove(2, 'R'), remove(1, 'R')]))
    breaks('UPD-2', stepOf(drawn('T R R', two(2)), [remove(2, 'R'), remove(1, 'R')]))
    holds('UPD-2', stepOf(drawn('R R R', two('67%')), [remove(2, 'R'), remove(1, 'R')]))
    breaks('UPD-2', stepOf(drawn('R R R', two('66%')), [remove(2, 'R'), remove(1, 'R')]))
    holds('UPD-2', stepOf(drawn('R R R', two('1%')), [remove(2, 'R')]))
    silent('UPD-2', stepOf(drawn('R R R', rolling), [remove(2, 'R')]))
  })

  it('UPD-3: the partition says which revision a pod keeps and gets', () => {
    const held = (partition: number): Drawing => ({
      ...rolling,
      spec: { updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition } } },
    })
    holds('UPD-3', stepOf(drawn('R R R', held(2)), [remove(2, 'R')]))
    breaks('UPD-3', stepOf(drawn('R R R@B', held(2)), [remove(1, 'R')]))
    holds('UPD-3', stepOf(drawn('R . R', held(2)), [create(1, 'A')]))
    breaks('UPD-3', stepOf(drawn('R . R', held(2)), [create(1, 'B')]))
    breaks('UPD-3', stepOf(drawn('R R .', held(2)), [create(2, 'A')]))
    const vanished = { ...held(2), status: { currentRevision: 'web-Z', updateRevision: 'web-B' } }
    holds('UPD-3', stepOf(drawn('R . R', vanished), [create(1, 'B')]))
  })

  it('UPD-3: without a block the pods counted as current take the place of the partition', () => {
    const counted: Drawing = {
      status: { updateRevision: 'web-B', currentReplicas: 2 },
      spec: { updateStrategy: { type: 'RollingUpdate' } },
    }
    holds('UPD-3', stepOf(drawn('R . R@B', counted), [create(1, 'A')]))
    holds('UPD-3', stepOf(drawn('R R .', counted), [create(2, 'B')]))
    breaks('UPD-3', stepOf(drawn('R . R@B', counted), [create(1, 'B')]))
  })

  it('UPD-4: under OnDelete only pods that have ended are deleted', () => {
    const onDelete: Drawing = { ...rolling, spec: { updateStrategy: { type: 'OnDelete' } } }
    holds('UPD-4', stepOf(drawn('R F', onDelete), [remove(1, 'F')]))
    breaks('UPD-4', stepOf(drawn('R R', onDelete), [remove(1, 'R')]))
    holds('UPD-3', stepOf(drawn('R .', onDelete), [create(1, 'B')]))
  })

  it('UPD-5: no pod beyond the size, none beside the old one', () => {
    holds('UPD-5', stepOf(drawn('R .'), [create(1)]))
    breaks('UPD-5', stepOf(drawn('R R'), [create(2)]))
    breaks('UPD-5', stepOf(drawn('R T'), [create(1)]))
  })

  it('HLT-1: only what has ended, or what an update reached, is replaced', () => {
    holds('HLT-1', stepOf(drawn('R F'), [remove(1, 'F')]))
    holds('HLT-1', stepOf(drawn('R R', rolling), [remove(1, 'R')]))
    breaks('HLT-1', stepOf(drawn('R N@B', rolling), [remove(1, 'N@B')]))
    breaks('HLT-1', stepOf(drawn('R P@B'), [remove(1, 'P@B')]))
  })
})

describe('storage', () => {
  it('STO-1: a pod mounts the claims of its own ordinal, which are there before it', () => {
    const pod = podOf(1, 'P')
    const other = [{ name: 'www', persistentVolumeClaim: { claimName: 'www-web-0' } }]
    const dying = claimNamed('www-web-1', { deletionTimestamp: T0 })
    const world = drawn('R .')
    const without = { ...world, objects: { ...world.objects, PersistentVolumeClaim: [] } }
    holds('STO-1', stepOf(world, [create(1)]))
    breaks('STO-1', stepOf(world, [created({ ...pod, spec: { ...pod.spec, volumes: other } })]))
    breaks('STO-1', stepOf(drawn('R .', { extra: [dying] }), [create(1)]))
    breaks('STO-1', stepOf(without, [create(1)]))
    holds('STO-1', stepOf(without, [created(claimNamed('www-web-1')), create(1)]))
  })

  it('STO-2: claims are not taken away', () => {
    const claim = claimNamed('www-web-1')
    const owned = claimNamed('www-web-1', ownedBy('uid-web'))
    holds('STO-2', stepOf(drawn('R R'), [changed(claim, owned)]))
    breaks('STO-2', stepOf(drawn('R R'), [removed(claim)]))
    breaks('STO-2', stepOf(drawn('R R'), [changed(claim, { ...claim, spec: { storageClassName: 'x' } } as AnyObject)]))
    breaks('STO-2', stepOf(drawn('R R'), [removed(claim)], 'garbageCollector'))
    holds('STO-2', stepOf(drawn('R R'), [removed(owned)], 'garbageCollector'))
    silent('STO-2', stepOf(drawn('R R'), [removed(claim)], 'user'))
  })

  it('STO-3: a volume stays with its claim', () => {
    const volume = (uid: string | undefined, phase: string): AnyObject =>
      ({
        kind: 'PersistentVolume',
        metadata: { name: 'pv-1', uid: 'uid-pv-1' },
        spec: {
          claimRef: { kind: 'PersistentVolumeClaim', namespace: 'default', name: 'www-web-1', ...(uid && { uid }) },
        },
        status: { phase },
      }) as unknown as AnyObject
    const write = (before: AnyObject, after: AnyObject, by = 'volumeBinder') =>
      stepOf(drawn('R'), [changed(before, after)], by)
    holds('STO-3', write(volume('a', 'Bound'), volume('a', 'Released')))
    breaks('STO-3', write(volume('a', 'Released'), volume('b', 'Bound')))
    breaks('STO-3', write(volume('a', 'Released'), volume(undefined, 'Available')))
    silent('STO-3', write(volume(undefined, 'Available'), volume('b', 'Bound')))
    silent('STO-3', write(volume('a', 'Released'), volume(undefined, 'Available'), 'user'))
  })
})

describe('revisions and status', () => {
  const web = (world: World) => world.objects.StatefulSet[0]?.[0]?.[1] as StatefulSet

  it('REV-1: what is named exists, numbers are unique, the newest is the update revision', () => {
    holds('REV-1', stepOf(drawn('R .'), [create(1, 'B')]))
    breaks('REV-1', stepOf(drawn('R .'), [create(1, 'Z')]))
    const world = drawn('R R')
    breaks('REV-1', stepOf(world, [status(web(world), { updateRevision: 'web-Z' })]))
    const toB = status(web(world), { updateRevision: 'web-B' })
    holds('REV-1', stepOf(world, [created(revisionNamed('C', 3)), status(web(world), { updateRevision: 'web-C' })]))
    breaks('REV-1', stepOf(world, [created(revisionNamed('C', 3)), toB]))
    breaks('REV-1', stepOf(world, [created(revisionNamed('C', 2)), toB]))
    const other = { spec: { template: { spec: { containers: [{ name: 'other' }] }, $patch: 'replace' } } }
    const ofAnother = { ...revisionNamed('C', 3), data: other } as unknown as ControllerRevision
    breaks('REV-1', stepOf(world, [created(ofAnother), status(web(world), { updateRevision: 'web-C' })]))
  })

  it('REV-1: a revision stays as long as a pod has it', () => {
    holds('REV-1', stepOf(drawn('R R'), [removed(revisionNamed('B', 2))]))
    breaks('REV-1', stepOf(drawn('R R@B'), [removed(revisionNamed('B', 2))]))
  })

  it('REV-2: the current revision moves only when the rollout is complete', () => {
    const world = drawn('R@B R@B', rolling)
    const done = { currentRevision: 'web-B', replicas: 2, readyReplicas: 2, updatedReplicas: 2 }
    holds('REV-2', stepOf(world, [status(web(world), done)]))
    breaks('REV-2', stepOf(world, [status(web(world), { ...done, readyReplicas: 1 })]))
    const fresh = drawn('. .', { status: { currentRevision: '' } })
    holds('REV-2', stepOf(fresh, [status(web(fresh), { currentRevision: 'web-A' })]))
    const vanished = drawn('R R', { status: { currentRevision: 'web-Z' } })
    holds('REV-2', stepOf(vanished, [status(web(vanished), { currentRevision: 'web-B' })]))
    const former = { ...revisionNamed('A', 1), metadata: meta('web-A', ownedBy('a former set')) }
    const inherited = drawn('R R', { extra: [former] })
    holds('REV-2', stepOf(inherited, [status(web(inherited), { currentRevision: 'web-B' })]))
  })

  it('STA-1: the counters add up and nothing goes back', () => {
    const world = drawn('R R', { status: { collisionCount: 1 } })
    const write = (given: Partial<StatefulSet['status']>) => stepOf(world, [status(web(world), given)])
    holds('STA-1', write({ replicas: 2, readyReplicas: 2, availableReplicas: 1, currentReplicas: 2 }))
    breaks('STA-1', write({ replicas: 2, readyReplicas: 1, availableReplicas: 2 }))
    breaks('STA-1', write({ replicas: 2, readyReplicas: 3 }))
    breaks('STA-1', write({ replicas: 2, currentReplicas: -1 }))
    breaks('STA-1', write({ observedGeneration: 2 }))
    breaks('STA-1', write({ observedGeneration: 0 }))
    breaks('STA-1', write({ collisionCount: 0 }))
  })
})

describe('the rest of the cluster', () => {
  const runs = (uid: string, startedAt: number | null) => {
    const life = { containers: [{ value: 'running', context: { startedAt } }] }
    return [[[`kubelet|Pod/default/web-0#${uid}`, life]]] as World['memories']
  }
  const withLife = (uid: string, startedAt: number | null): World => ({ ...drawn('R'), memories: runs(uid, startedAt) })

  it('IDN-2: a pod object goes only when its processes have ended, unless a person forces it', () => {
    const gone = [removed(podOf(0, 'T'))]
    holds('IDN-2', stepOf(drawn('T'), gone, 'kubelet'))
    holds('IDN-2', stepOf(withLife('uid-web-0', null), gone, 'kubelet'))
    holds('IDN-2', stepOf(withLife('another', 5), gone, 'kubelet'))
    breaks('IDN-2', stepOf(withLife('uid-web-0', 5), gone, 'kubelet'))
    breaks('IDN-2', stepOf(withLife('uid-web-0', 5), gone))
    silent('IDN-2', stepOf(withLife('uid-web-0', 5), gone, 'user'))
    const pod = podOf(0, 'T')
    const atOnce = { ...pod, spec: { ...pod.spec, terminationGracePeriodSeconds: 0 } }
    silent('IDN-2', stepOf(withLife('uid-web-0', 5), [removed(atOnce)]))
  })

  const slice = (...ready: readonly [ordinal: number, ready: boolean][]): AnyObject =>
    ({
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: meta('nginx-x', { labels: { 'kubernetes.io/service-name': 'nginx' } }),
      endpoints: ready.map(([ordinal, isReady]) => ({
        addresses: [`10.0.0.${ordinal}`],
        conditions: { ready: isReady, serving: isReady, terminating: false },
        targetRef: { kind: 'Pod', namespace: 'default', name: `web-${ordinal}`, uid: `uid-web-${ordinal}` },
      })),
    }) as unknown as AnyObject

  it('DNS-1: an endpoint becomes ready only with its pod', () => {
    const write = (line: string, after: AnyObject, extra: readonly AnyObject[] = []) =>
      stepOf(drawn(line, { extra }), [changed(slice([0, false]), after)], 'endpoints')
    holds('DNS-1', write('R', slice([0, true])))
    breaks('DNS-1', write('N', slice([0, true])))
    breaks('DNS-1', write('T', slice([0, true])))
    breaks('DNS-1', write('R', slice([0, false], [1, true])))
    silent('DNS-1', write('N', slice([0, false])))
    const generous = { kind: 'Service', metadata: meta('nginx'), spec: { publishNotReadyAddresses: true } } as AnyObject
    silent('DNS-1', write('N', slice([0, true]), [generous]))
    silent('DNS-1', stepOf(drawn('N'), [changed(slice([0, true]), slice([0, true]))], 'endpoints'))
  })

  it('DNS-1: a name is published only for a ready endpoint', () => {
    const published: Fact = {
      at: 0,
      sequence: 1,
      type: 'namePublished',
      by: 'clusterDns',
      kind: 'Pod',
      namespace: 'default',
      name: 'web-0',
      uid: 'uid-web-0',
      detail: {},
    }
    const publish = (observed: World): Step => ({ before: observed, after: observed, changes: [], facts: [published] })
    holds('DNS-1', publish(drawn('R', { extra: [slice([0, true])] })))
    breaks('DNS-1', publish(drawn('R', { extra: [slice([0, false])] })))
  })
})

describe('the list of rules', () => {
  it('names every rule once', () => {
    expect(new Set(GUARANTEES).size).toBe(GUARANTEES.length)
    expect(GUARANTEES).toHaveLength(25)
  })

  it('says nothing about a step of somebody else', () => {
    const step = stepOf(drawn('R N .'), [create(2)], 'user')
    expect(RULES.filter((rule) => rule.check(step)).map(({ id }) => id)).toEqual(['IDN-1'])
  })
})
