/** Chains of reasons over worlds drawn by hand: where they start, where they end, that they end, and what would help. */
import { describe, expect, it } from 'vitest'
import type { ObjectKey } from '../api/kinds.ts'
import { keyOfObject } from '../api/kinds.ts'
import type { GivenReason, ReasonName } from '../api/reasons.ts'
import { REASONS } from '../api/reasons.ts'
import type { AnyObject } from '../api/types.ts'
import { emptyTables, rowOf } from '../kernel/apiServer.ts'
import { set as setRow } from '../kernel/sorted.ts'
import type { World } from '../kernel/types.ts'
import { allReasons, reasonsAbout, why } from './why.ts'

const web: ObjectKey = 'StatefulSet/default/web'
const pod = (ordinal: number): ObjectKey => `Pod/default/web-${ordinal}`

function worldOf(said: Readonly<Record<string, readonly GivenReason[]>>, objects: readonly AnyObject[] = []): World {
  const tables: Record<string, unknown> = { ...emptyTables() }
  for (const object of objects) {
    const row = rowOf(object.kind, object.metadata.namespace, object.metadata.name)
    tables[object.kind] = setRow(tables[object.kind] as never, row, object as never)
  }
  let waiting: World['waiting'] = []
  for (const [slot, reasons] of Object.entries(said))
    waiting = setRow(
      waiting,
      slot,
      reasons.map((reason) => ({ ...reason, since: 0 })),
    )
  return { now: 5000, objects: tables, waiting, memories: [] } as unknown as World
}

const because = (reason: ReasonName, subject: ObjectKey, more: Partial<GivenReason> = {}): GivenReason => ({
  reason,
  subject,
  ...more,
})

const statefulSet = (status: object, image = 'x:bad'): AnyObject =>
  ({
    kind: 'StatefulSet',
    metadata: { name: 'web', namespace: 'default', uid: 'u' },
    spec: {
      replicas: 3,
      serviceName: 'nginx',
      selector: { matchLabels: { app: 'nginx' } },
      template: { spec: { containers: [{ name: 'nginx', image }] } },
    },
    status,
  }) as unknown as AnyObject

const revision = (name: string, number: number, image: string): AnyObject =>
  ({
    kind: 'ControllerRevision',
    metadata: { name, namespace: 'default', ownerReferences: [{ uid: 'u', name: 'web', controller: true }] },
    revision: number,
    data: { spec: { template: { spec: { containers: [{ name: 'nginx', image }] } } } },
  }) as unknown as AnyObject

const podAt = (ordinal: number, label: string): AnyObject =>
  ({
    kind: 'Pod',
    metadata: {
      name: `web-${ordinal}`,
      namespace: 'default',
      labels: { 'controller-revision-hash': label },
      ownerReferences: [{ uid: 'u', name: 'web', kind: 'StatefulSet', controller: true }],
    },
    spec: { containers: [] },
    status: { phase: 'Pending' },
  }) as unknown as AnyObject

const names = (world: World, subject: ObjectKey) => why(world, subject).chain.map(({ reason }) => reason.reason)
const codes = (world: World, subject: ObjectKey) => why(world, subject).unblock.map(({ code }) => code)

describe('why', () => {
  const held = worldOf({
    'statefulSet|StatefulSet/default/web': [
      because('podNotReady', web, { on: pod(0), rule: 'ORD-1' }),
      because('predecessorBlocks', pod(2), { on: pod(0) }),
    ],
    'kubelet|Pod/default/web-0#1': [because('heldNotReady', pod(0))],
    'clusterDns|Service/default/nginx': [because('notPublished', pod(0), { on: pod(0) })],
  })

  it('leads from an empty slot over its obstacle to the root', () => {
    expect(names(held, pod(2))).toEqual(['predecessorBlocks', 'heldNotReady'])
    expect(why(held, pod(2)).chain.map(({ root }) => root)).toEqual([false, true])
    expect(why(held, pod(2)).unblock).toEqual([
      {
        code: 'allowReadiness',
        subject: pod(0),
        command: { type: 'setReadiness', namespace: 'default', name: 'web-0', ready: true },
      },
    ])
  })

  it('starts at the set with the place where its sync stopped', () => {
    expect(names(held, web)).toEqual(['podNotReady', 'heldNotReady'])
  })

  it('tells what happens to a pod before it tells that its name is absent', () => {
    expect(reasonsAbout(held, pod(0)).map(({ reason }) => reason)).toEqual(['heldNotReady', 'notPublished'])
    expect(names(held, pod(0))).toEqual(['heldNotReady'])
  })

  it('is empty where nothing waits', () => {
    expect(why(held, pod(1))).toEqual({ subject: pod(1), chain: [], unblock: [] })
  })

  it('ends although reasons point at each other', () => {
    const claim: ObjectKey = 'PersistentVolumeClaim/default/www-web-0'
    const ring = worldOf({
      'a|1': [because('claimBeingDeleted', pod(0), { on: claim })],
      'b|1': [because('claimInUse', claim, { on: pod(0) })],
      'c|1': [because('updateWaits', pod(0), { on: pod(0) }), because('updateWaits', web, { on: web })],
    })
    expect(names(ring, pod(0)).length).toBeLessThan(4)
    expect(names(ring, claim).length).toBeLessThan(4)
    expect(names(ring, web)).toEqual(['updateWaits'])
  })

  it('gives one line for each wait, as plain text', () => {
    expect(allReasons(held)).toContainEqual({
      subject: pod(2),
      reason: 'predecessorBlocks',
      because: ['heldNotReady Pod/default/web-0'],
      unblock: 'allowReadiness Pod/default/web-0',
    })
    expect(allReasons(held)).toHaveLength(4)
  })
})

describe('what would unblock', () => {
  const bad = { 'kubelet|1': [because('imageCannotBePulled', pod(2), { detail: { image: 'x:bad' } })] }
  const a = revision('web-a', 1, 'x:v1')
  const b = revision('web-b', 2, 'x:bad')

  it('sends a broken rollout back to the image before it', () => {
    const status = { currentRevision: 'web-a', updateRevision: 'web-b' }
    const world = worldOf(bad, [statefulSet(status), podAt(2, 'web-b'), a, b])
    expect(why(world, pod(2)).unblock).toEqual([
      {
        code: 'revertImage',
        subject: web,
        command: { type: 'setImage', namespace: 'default', name: 'web', image: 'x:v1' },
      },
    ])
  })

  it('frees the pod that stayed behind after the template was put right', () => {
    const status = { currentRevision: 'web-a', updateRevision: 'web-a' }
    const world = worldOf(bad, [statefulSet(status, 'x:v1'), podAt(2, 'web-b'), a, b])
    expect(why(world, pod(2)).unblock).toEqual([
      { code: 'deleteStuckPod', subject: pod(2), command: { type: 'deletePod', namespace: 'default', name: 'web-2' } },
    ])
  })

  it('knows no image to go back to when the first revision is the broken one', () => {
    const status = { currentRevision: 'web-b', updateRevision: 'web-b' }
    const world = worldOf(bad, [statefulSet(status), podAt(2, 'web-b'), b])
    expect(why(world, pod(2)).unblock).toEqual([{ code: 'fixTemplate', subject: web }])
  })

  it('runs to the moment that the root names', () => {
    const world = worldOf({ 'kubelet|1': [because('pullingImage', pod(0), { until: 9000 })] })
    expect(why(world, pod(0)).unblock).toEqual([{ code: 'waitForPull', subject: pod(0), runUntil: 9000 }])
  })

  it('trusts a crash outside a rollout to time, and within one not to time alone', () => {
    const crash = { 'kubelet|1': [because('containerCrashed', pod(2), { until: 9000 })] }
    const settled = { currentRevision: 'web-b', updateRevision: 'web-b' }
    expect(codes(worldOf(crash, [statefulSet(settled), podAt(2, 'web-b'), a, b]), pod(2))).toEqual(['waitForRestart'])
    const rolling = { currentRevision: 'web-a', updateRevision: 'web-b' }
    expect(codes(worldOf(crash, [statefulSet(rolling), podAt(2, 'web-b'), a, b]), pod(2))).toEqual([
      'waitForRestart',
      'revertImage',
    ])
  })

  it('offers the act that fits the obstacle', () => {
    const service: ObjectKey = 'Service/default/nginx'
    const claim: ObjectKey = 'PersistentVolumeClaim/default/www-web-1'
    const cases: [GivenReason, string, string | undefined][] = [
      [because('partitionHolds', pod(1)), 'lowerPartition', 'setPartition'],
      [because('onDeleteHolds', pod(1)), 'deleteOldPod', 'deletePod'],
      [because('nameTaken', pod(1)), 'deleteForeignPod', 'deletePod'],
      [because('staleClaim', pod(1)), 'touchSet', 'patchObject'],
      [because('finalizerHolds', pod(1)), 'removeFinalizer', 'patchObject'],
      [because('claimInUse', claim, { on: pod(1) }), 'deletePodInUse', 'deletePod'],
      [because('serviceMissing', service), 'createService', 'applyObjects'],
      [because('noStorageClass', claim), 'createClass', undefined],
    ]
    for (const [reason, code, command] of cases) {
      const world = worldOf({ 'x|1': [reason] }, [statefulSet({}), podAt(1, 'web-b')])
      const [first] = why(world, reason.subject).unblock
      expect([first?.code, first?.command?.type]).toEqual([code, command])
    }
    const held = worldOf({ 'x|1': [because('partitionHolds', pod(1))] }, [statefulSet({})])
    expect(why(held, pod(1)).unblock[0]?.command).toMatchObject({ partition: 1 })
  })

  it('has an answer, be it none, for every reason there is', () => {
    for (const reason of REASONS)
      expect(why(worldOf({ 'x|1': [because(reason, pod(0))] }), pod(0)).unblock).toBeInstanceOf(Array)
    expect(keyOfObject(statefulSet({}))).toBe(web)
  })
})
