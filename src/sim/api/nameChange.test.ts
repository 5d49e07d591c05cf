import { describe, expect, it } from 'vitest'
import { nameChange } from './nameChange.ts'
import type { AnyObject, Pod, StatefulSet } from './types.ts'

const meta = { name: 'web-0', namespace: 'default', uid: 'u', resourceVersion: '1', creationTimestamp: 't' }
const running = { name: 'nginx', image: 'i', ready: false, restartCount: 0, state: { running: { startedAt: 't' } } }
const pod: Pod = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { ...meta, labels: { 'controller-revision-hash': 'web-5' } },
  spec: { containers: [{ name: 'nginx', image: 'nginx:1' }] },
  status: { phase: 'Pending' },
}
const withStatus = (status: Partial<Pod['status']>, of = pod): Pod => ({ ...of, status: { ...of.status, ...status } })
const withMeta = <T extends AnyObject>(object: T, change: object): T => ({
  ...object,
  metadata: { ...object.metadata, ...change },
})
const ready = (status: 'True' | 'False', reason?: string) => [{ type: 'Ready', status, ...(reason && { reason }) }]
const owner = (uid: string) => ({
  ownerReferences: [{ apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'web', uid, controller: true }],
})

describe('what a write to a pod is called', () => {
  const up = withStatus({
    phase: 'Running',
    conditions: ready('True'),
    containerStatuses: [{ ...running, ready: true }],
  })
  const waiting = (reason: string, restartCount = 0) => ({
    containerStatuses: [{ ...running, restartCount, state: { waiting: { reason } } }],
  })
  const crashed = { ...running, state: { terminated: { exitCode: 1, reason: 'Error' } } }

  it.each<[string, Pod | undefined, Pod | undefined, object | null]>([
    ['podCreated', undefined, pod, { revision: 'web-5', image: 'nginx:1' }],
    ['podDeleted', pod, undefined, { revision: 'web-5' }],
    ['podScheduled', pod, { ...pod, spec: { ...pod.spec, nodeName: 'node-1' } }, { node: 'node-1' }],
    ['podTerminating', up, withMeta(up, { deletionTimestamp: 'later', deletionGracePeriodSeconds: 10 }), { grace: 10 }],
    [
      'podTerminating',
      withMeta(up, { deletionTimestamp: 'x', deletionGracePeriodSeconds: 10 }),
      withMeta(up, { deletionTimestamp: 'y', deletionGracePeriodSeconds: 1 }),
      { grace: 1 },
    ],
    ['podRunning', pod, withStatus({ phase: 'Running', containerStatuses: [running] }), {}],
    ['podReady', withStatus({ phase: 'Running' }), up, { restarts: 0 }],
    ['podReady', pod, up, { restarts: 0 }],
    [
      'podNotReady',
      up,
      withStatus({ phase: 'Running', conditions: ready('False', 'ContainersNotReady'), containerStatuses: [running] }),
      { reason: 'ContainersNotReady' },
    ],
    [
      'podNotReady',
      up,
      withStatus({ phase: 'Running', conditions: ready('False'), containerStatuses: [crashed] }),
      { reason: 'Error' },
    ],
    [
      'podFailed',
      up,
      withStatus({ phase: 'Failed', reason: 'Evicted', conditions: ready('False') }),
      { reason: 'Evicted' },
    ],
    ['podSucceeded', up, withStatus({ phase: 'Succeeded', conditions: ready('False') }), {}],
    [
      'containerWaiting',
      pod,
      withStatus(waiting('ContainerCreating')),
      { container: 'nginx', reason: 'ContainerCreating' },
    ],
    [
      'containerWaiting',
      withStatus(waiting('ErrImagePull')),
      withStatus(waiting('ImagePullBackOff')),
      { container: 'nginx', reason: 'ImagePullBackOff' },
    ],
    [
      'containerRestarted',
      withStatus({ phase: 'Running', containerStatuses: [crashed] }),
      withStatus({ phase: 'Running', containerStatuses: [{ ...running, restartCount: 1 }] }),
      { container: 'nginx', count: 1 },
    ],
    [
      'podUpdated',
      withStatus({ phase: 'Running', containerStatuses: [running] }),
      withStatus({ phase: 'Running', containerStatuses: [crashed] }),
      { container: 'nginx', reason: 'Error', exitCode: 1 },
    ],
    [
      'podUpdated',
      pod,
      withStatus({ conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: 'm' }] }),
      { reason: 'Unschedulable', message: 'm' },
    ],
    ['podUpdated', pod, withMeta(pod, owner('a')), { fields: 'adopted' }],
    ['podUpdated', withMeta(pod, owner('a')), pod, { fields: 'released' }],
    ['podUpdated', pod, withMeta(pod, { labels: {} }), { fields: 'labels' }],
    ['podUpdated', pod, { ...pod, spec: { containers: [{ name: 'nginx', image: 'nginx:2' }] } }, { fields: 'spec' }],
    ['', withStatus(waiting('CrashLoopBackOff')), withStatus(waiting('CrashLoopBackOff')), null],
    [
      'containerRestarted',
      withStatus({ phase: 'Running' }),
      withStatus({ phase: 'Running', containerStatuses: [{ ...running, restartCount: 1 }] }),
      { container: 'nginx', count: 1 },
    ],
    [
      'containerRestarted',
      withStatus({ initContainerStatuses: [{ ...crashed, name: 'prepare' }] }),
      withStatus({ initContainerStatuses: [{ ...running, name: 'prepare', restartCount: 1 }] }),
      { container: 'prepare', count: 1 },
    ],
    ['', pod, withStatus({ podIP: '10.0.0.1' }), null],
    ['', pod, withMeta(pod, { resourceVersion: '2' }), null],
    ['', up, withStatus({ startTime: 't' }, up), null],
  ])('%s', (type, before, after, detail) => {
    expect(nameChange(before, after)).toEqual(detail && { type, detail })
  })
})

describe('what a write to a set is called', () => {
  const set = {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { ...meta, name: 'web' },
    spec: { replicas: 3, template: { spec: { containers: [] } }, updateStrategy: { type: 'RollingUpdate' } },
    status: { replicas: 0 },
  } as unknown as StatefulSet
  const withSpec = (spec: object) => ({ ...set, spec: { ...set.spec, ...spec } }) as StatefulSet

  it.each<[string, StatefulSet | undefined, StatefulSet | undefined, object | null]>([
    ['setCreated', undefined, set, { replicas: 3 }],
    ['setDeleted', set, undefined, {}],
    ['setTerminating', set, withMeta(set, { deletionTimestamp: 'x' }), {}],
    ['setScaled', set, withSpec({ replicas: 5 }), { from: 3, to: 5 }],
    [
      'setUpdated',
      set,
      withSpec({ minReadySeconds: 5, template: { spec: { containers: [{}] } } }),
      { fields: 'template,minReadySeconds' },
    ],
    [
      'setUpdated',
      set,
      withSpec({ replicas: 4, minReadySeconds: 5 }),
      { fields: 'replicas,minReadySeconds', from: 3, to: 4 },
    ],
    ['setUpdated', set, withMeta(set, { annotations: { a: 'b' } }), { fields: 'annotations' }],
    [
      'setStatusWritten',
      set,
      { ...set, status: { replicas: 1, readyReplicas: 1, currentRevision: 'a', updateRevision: 'b' } },
      { replicas: 1, ready: 1, available: 0, current: 0, updated: 0, currentRevision: 'a', updateRevision: 'b' },
    ],
    ['', set, withSpec({ template: { spec: { containers: [] } } }), null],
  ])('%s', (type, before, after, detail) => {
    expect(nameChange(before, after)).toEqual(detail && { type, detail })
  })
})

describe('what other writes are called', () => {
  const object = (kind: string, rest: object) =>
    ({ apiVersion: 'v1', kind, metadata: meta, ...rest }) as unknown as AnyObject
  const claim = (phase: string, volumeName?: string) =>
    object('PersistentVolumeClaim', { spec: { volumeName }, status: { phase } })
  const sized = (asks: string, size: string) =>
    object('PersistentVolumeClaim', {
      spec: { resources: { requests: { storage: asks } } },
      status: { phase: 'Bound', capacity: { storage: size } },
    })
  const free = (storage: string) =>
    object('PersistentVolume', { spec: { capacity: { storage } }, status: { phase: 'Available' } })
  const volume = (phase: string) =>
    object('PersistentVolume', { spec: { claimRef: { name: 'data-web-0' } }, status: { phase } })
  const revision = (number: number) => object('ControllerRevision', { revision: number, data: {} })
  const slice = (...flags: boolean[]) =>
    object('EndpointSlice', { endpoints: flags.map((flag) => ({ addresses: [], conditions: { ready: flag } })) })
  const event = object('Event', {
    type: 'Normal',
    reason: 'Pulled',
    message: 'm',
    involvedObject: { kind: 'Pod', namespace: 'default', name: 'web-0' },
    count: 2,
  })

  it.each<[string, AnyObject | undefined, AnyObject | undefined, object | null]>([
    ['claimCreated', undefined, claim('Pending'), { storageClass: '' }],
    ['claimBound', claim('Pending', 'pv-1'), claim('Bound', 'pv-1'), { volume: 'pv-1' }],
    ['claimUpdated', claim('Bound'), claim('Lost'), { phase: 'Lost' }],
    ['claimUpdated', claim('Bound'), withMeta(claim('Bound'), owner('a')), { fields: 'ownerReferences' }],
    ['claimTerminating', claim('Bound'), withMeta(claim('Bound'), { deletionTimestamp: 'x' }), {}],
    ['claimDeleted', claim('Bound'), undefined, {}],
    ['', claim('Pending'), claim('Pending', 'pv-1'), null],
    ['volumeCreated', undefined, volume('Pending'), { claim: 'data-web-0' }],
    ['volumeBound', volume('Pending'), volume('Bound'), { claim: 'data-web-0' }],
    ['volumeReleased', volume('Bound'), volume('Released'), { claim: 'data-web-0' }],
    ['volumeUpdated', volume('Pending'), volume('Available'), { phase: 'Available' }],
    ['volumeUpdated', free('1Gi'), volume('Available'), { claim: 'data-web-0' }],
    ['volumeUpdated', free('1Gi'), free('2Gi'), { size: '2Gi' }],
    ['claimUpdated', sized('1Gi', '1Gi'), sized('2Gi', '1Gi'), { asks: '2Gi' }],
    ['claimUpdated', sized('2Gi', '1Gi'), sized('2Gi', '2Gi'), { size: '2Gi' }],
    ['objectTerminating', volume('Released'), withMeta(volume('Released'), { deletionTimestamp: 'x' }), {}],
    ['volumeDeleted', volume('Released'), undefined, {}],
    ['revisionCreated', undefined, revision(1), { revision: 1 }],
    ['revisionRenumbered', revision(1), revision(3), { from: 1, to: 3 }],
    ['objectUpdated', revision(1), withMeta(revision(1), owner('a')), { fields: 'ownerReferences' }],
    ['revisionDeleted', revision(1), undefined, { revision: 1 }],
    ['objectCreated', undefined, slice(), {}],
    ['endpointsChanged', slice(), slice(true, false), { ready: 1, endpoints: 2 }],
    ['', slice(true), slice(true), null],
    [
      'eventRecorded',
      undefined,
      event,
      { type: 'Normal', reason: 'Pulled', message: 'm', about: 'Pod/default/web-0', count: 2 },
    ],
    ['', event, undefined, null],
    ['objectCreated', undefined, object('Service', { spec: {} }), {}],
    ['objectUpdated', object('Service', { spec: {} }), object('Service', { spec: { type: 'NodePort' } }), {}],
    ['', object('Service', { spec: {} }), object('Service', { spec: {} }), null],
    ['objectDeleted', object('Service', { spec: {} }), undefined, {}],
    ['', undefined, undefined, null],
  ])('%s', (type, before, after, detail) => {
    expect(nameChange(before, after)).toEqual(detail && { type, detail })
  })
})
