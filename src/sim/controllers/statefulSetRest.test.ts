/** After a sync that decided nothing: which changes are none to the next one, and which it must look at. */
import { describe, expect, it } from 'vitest'
import type { AnyObject, ControllerRevision, Kind, PersistentVolumeClaim, Pod, StatefulSet } from '../api/types.ts'
import type { Answer, ClusterView } from '../kernel/types.ts'
import type { SyncNotes } from './statefulSetNotes.ts'
import { restAfter, setAfter, stillRests } from './statefulSetRest.ts'

const settings = {} as ClusterView['settings']
const ready = { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] }
const labels = { app: 'web' }
const owner = { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'web', uid: 'set', controller: true }

const pods = [0, 1, 2].map((ordinal) => ({
  kind: 'Pod',
  metadata: { name: `web-${ordinal}`, namespace: 'default', uid: `pod-${ordinal}`, labels, ownerReferences: [owner] },
  spec: { volumes: [] },
  status: ready,
})) as unknown as readonly Pod[]
const claims = [0, 1, 2].map((ordinal) => ({
  kind: 'PersistentVolumeClaim',
  metadata: { name: `www-web-${ordinal}`, namespace: 'default', uid: `claim-${ordinal}` },
  status: { phase: 'Pending' },
})) as unknown as readonly PersistentVolumeClaim[]
const revisions: readonly ControllerRevision[] = []
const set = {
  metadata: { name: 'web', namespace: 'default', uid: 'set' },
  spec: { replicas: 3, selector: { matchLabels: labels } },
} as unknown as StatefulSet

const viewOf = (lists: Partial<Record<Kind, readonly AnyObject[]>>, given = settings) => {
  const all = { Pod: pods, PersistentVolumeClaim: claims, ControllerRevision: revisions, ...lists }
  return { settings: given, list: (kind: keyof typeof all) => all[kind] } as unknown as ClusterView
}

const rested = { failures: 0 } as SyncNotes
const rests = (lists: Partial<Record<Kind, readonly AnyObject[]>>) => {
  const rest = restAfter(viewOf({}), set, rested)
  return rest !== undefined && stillRests(viewOf(lists), set, rest)
}

/** The list with the second entry changed. */
const changed = <T>(list: readonly T[], change: (entry: T) => T): readonly T[] =>
  list.map((entry, index) => (index === 1 ? change(entry) : entry))
const withPod = (change: (pod: Pod) => object) => ({
  Pod: changed(pods, (pod) => ({ ...pod, ...change(pod) }) as Pod),
})
const withClaim = (change: (claim: PersistentVolumeClaim) => object) => ({
  PersistentVolumeClaim: changed(claims, (claim) => ({ ...claim, ...change(claim) }) as PersistentVolumeClaim),
})

describe('a set at rest', () => {
  it.each([
    ['nothing', {}],
    ['the same in other lists', { Pod: [...pods], PersistentVolumeClaim: [...claims] }],
    ['an address of a pod', withPod(({ status }) => ({ status: { ...status, podIP: '10.0.0.1' } }))],
    ['annotations of a pod', withPod(({ metadata }) => ({ metadata: { ...metadata, annotations: { a: 'b' } } }))],
    ['the node of a pod', withPod(({ spec }) => ({ spec: { ...spec, nodeName: 'node-1' } }))],
    ['the phase of a claim', withClaim(() => ({ status: { phase: 'Bound' } }))],
  ])('stays so when this changes: %s', (_what, lists) => {
    expect(rests(lists)).toBe(true)
  })

  it.each([
    ['the phase of a pod', withPod(() => ({ status: { phase: 'Failed' } }))],
    ['whether a pod is Ready', withPod(({ status }) => ({ status: { ...status, conditions: [] } }))],
    ['whether a pod ends', withPod(({ metadata }) => ({ metadata: { ...metadata, deletionTimestamp: 'now' } }))],
    ['labels of a pod', withPod(({ metadata }) => ({ metadata: { ...metadata, labels: { app: 'other' } } }))],
    ['the owner of a pod', withPod(({ metadata }) => ({ metadata: { ...metadata, ownerReferences: [] } }))],
    ['volumes of a pod', withPod(({ spec }) => ({ spec: { ...spec, volumes: [{ name: 'other' }] } }))],
    ['a pod for another', withPod(({ metadata }) => ({ metadata: { ...metadata, uid: 'other' } }))],
    ['a pod is gone', { Pod: pods.slice(1) }],
    ['a claim is gone', { PersistentVolumeClaim: claims.slice(1) }],
    ['a claim for another', withClaim(({ metadata }) => ({ metadata: { ...metadata, uid: 'other' } }))],
    ['the owner of a claim', withClaim(({ metadata }) => ({ metadata: { ...metadata, ownerReferences: [owner] } }))],
    ['whether a claim ends', withClaim(({ metadata }) => ({ metadata: { ...metadata, deletionTimestamp: 'now' } }))],
    ['the revisions', { ControllerRevision: [] }],
  ])('is looked at anew when this changes: %s', (_what, lists) => {
    expect(rests(lists)).toBe(false)
  })

  it('is looked at anew under another set or other settings', () => {
    const rest = restAfter(viewOf({}), set, rested)
    expect(rest && stillRests(viewOf({}), { ...set }, rest)).toBe(false)
    expect(rest && stillRests(viewOf({}, { ...settings }), set, rest)).toBe(false)
  })

  it('is none while time alone may change something, or after a failure', () => {
    const slow = { ...set, spec: { ...set.spec, minReadySeconds: 1 } }
    expect(restAfter(viewOf({}), slow, rested)).toBeUndefined()
    expect(restAfter(viewOf({}), set, { ...rested, againAt: 5 })).toBeUndefined()
    expect(restAfter(viewOf({}), set, { ...rested, failures: 1 })).toBeUndefined()
  })
})

describe('the set after a sync', () => {
  const rolling = { ...set.spec, updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 0 } } } as const
  const status = { replicas: 2, currentReplicas: 2, currentRevision: 'web-a', collisionCount: 0 }
  const before = { ...set, kind: 'StatefulSet', spec: rolling, status } as unknown as StatefulSet
  const withStatus = (given: StatefulSet, change: object): StatefulSet => ({
    ...given,
    status: { ...given.status, ...change },
  })
  const found = (given: StatefulSet, change: object) => {
    const object = withStatus(given, change)
    return setAfter(given, { do: 'updateStatus', object }, { ok: true, object })
  }

  it('is known when only counts of its status were written', () => {
    expect(found(before, { replicas: 3, readyReplicas: 1, currentReplicas: 3 })?.status.replicas).toBe(3)
  })

  it.each([
    ['the current revision', { currentRevision: 'web-b' }],
    ['the count of collisions', { collisionCount: 1 }],
  ])('is looked at when this was written: %s', (_what, change) => {
    expect(found(before, change)).toBeUndefined()
  })

  it('is looked at when the count of current pods was written and decides on revisions', () => {
    const bare = { ...before, spec: { ...rolling, updateStrategy: { type: 'RollingUpdate' } } } as StatefulSet
    expect(found(bare, { currentReplicas: 3 })).toBeUndefined()
    expect(found(bare, { replicas: 3 })).toBeDefined()
  })

  it('is looked at after a refusal and after any other decision', () => {
    const refused: Answer = { ok: false, refusal: { reason: 'Conflict', message: '' } }
    expect(setAfter(before, { do: 'updateStatus', object: before }, refused)).toBeUndefined()
    expect(setAfter(before, { do: 'update', object: before }, { ok: true, object: before })).toBeUndefined()
  })
})
