// One sync of a set drawn as a line (see conformance/fixtures/drawnCluster.ts): what the controller does, waits for, says.
import { describe, expect, it } from 'vitest'
import type { Reason } from '../api/reasons.ts'
import type { AnyObject, StatefulSetSpec } from '../api/types.ts'
import type { Drawn } from '../conformance/fixtures/drawnCluster.ts'
import { drawn, NEW, OLD, readySeconds, synced } from '../conformance/fixtures/drawnCluster.ts'
import { runSync } from '../conformance/replay.ts'
import type { Change } from '../kernel/types.ts'
import { statefulSet } from './statefulSet.ts'

const spec = (more: Partial<StatefulSetSpec>): Drawn => ({ spec: more })
const parallel = spec({ podManagementPolicy: 'Parallel' })
const partition = (ordinal: number) =>
  spec({ updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: ordinal } } })
const onDelete = spec({ updateStrategy: { type: 'OnDelete' } })

describe('in order', () => {
  it.each([
    ['web: . . .', 'create web-0'],
    ['web: R . .', 'create web-1'],
    ['web: R P .', 'waitForReady web-1'],
    ['web: R N .', 'waitForReady web-1'],
    ['web: R T .', 'waitForTermination web-1'],
    ['web: . R R', 'create web-0'],
    ['web: . N R', 'create web-0'],
    ['web: R F R', 'delete web-1'],
    ['web: R R R', 'settled'],
    // scale down: highest first, one at a time, and only when every wanted pod is well
    ['web: R | c:1R c:2R', 'delete web-2'],
    ['web: R | c:1R c:2T', 'waitForCondemned web-2'],
    ['web: N | c:1R c:2R', 'waitForReady web-0'],
    ['web: R | c:1R c:2N', 'delete web-2'],
    ['web: R | c:1N c:2R', 'delete web-2'],
    ['web: R | c:1N c:2N', 'waitForFirstUnavailable web-2'],
    ['web: R R P . | c:5T', 'waitForReady web-2'],
    // update: highest first, after the scale-down
    ["web: R' R' R'", 'delete web-2'],
    ["web: R' R' R", 'delete web-1'],
    ["web: R' R' P", 'waitForReady web-2'],
    ["web: R' R' .", 'create web-2'],
    ["web: R' N' R", 'waitForReady web-1'],
    ["web: R' R' | c:2R", 'delete web-2'],
  ])('%s → %s', (line, said) => {
    expect(synced(line).said).toBe(said)
  })
})

describe('in Parallel', () => {
  it.each([
    ['web: . . .', 'create web-0, create web-1, create web-2'],
    ['web: N . T', 'create web-1'],
    ['web: N | c:1R c:2N c:3T', 'delete web-2, delete web-1'],
    // updates are one by one from the top all the same
    ["web: N' N' R'", 'delete web-2'],
    ["web: N' N' R", 'delete web-1'],
    ["web: R' R' N", 'waitForUpdated web-2'],
    ["web: R' R' T'", 'waitForUpdated web-2'],
  ])('%s → %s', (line, said) => {
    expect(synced(line, parallel).said).toBe(said)
  })

  it('creates in batches of 1, 2, 4 …, and no further batch after one that failed', () => {
    const api = drawn('web: . . . . . . . .', parallel)
    api.catchUp()
    api.fail([
      { verb: 'create', kind: 'Pod', name: 'web-2', reason: 'Forbidden', message: 'exceeded quota: pods', times: 1 },
    ])
    const { writes = [], error } = runSync(api, 'web')
    expect(writes.map(({ name, result = 'ok' }) => `${name} ${result}`)).toEqual([
      'web-0 ok',
      'web-1 ok',
      'web-2 Forbidden',
    ])
    expect(error).toBe('pods "web-2" is forbidden: exceeded quota: pods')
  })
})

describe('an update', () => {
  it.each([
    ["web: R' R' R'", partition(2), 'delete web-2'],
    ["web: R' R' R", partition(2), 'heldByPartition web-1'],
    ["web: R' R' R'", partition(5), 'heldByPartition web-2'],
    ['web: R R R', partition(2), 'settled'],
    ["web: R' R' R'", onDelete, 'waitForManualDelete web-2'],
    ["web: R' R' .", onDelete, 'create web-2'],
    ["web: R' F' R'", onDelete, 'delete web-1'],
    ['web: R R R', onDelete, 'settled'],
    ["web: R' R' R'", { ...parallel, budgeted: true }, 'delete web-2'],
    ["web: N' R' R'", { ...parallel, budgeted: true }, 'waitForBudget web-2'],
  ])('%s → %s', (line, more, said) => {
    expect(synced(line, more).said).toBe(said)
  })

  it.each([
    [2, "web: R' R' R' R'", 'delete web-3, delete web-2'],
    [3, "web: R' R' R' R", 'delete web-2, delete web-1, delete web-0'],
    ['50%', "web: R' R' R' R' R'", 'delete web-4, delete web-3'],
    ['10%', "web: R' R' R'", 'delete web-2'],
  ])('with the gate on and maxUnavailable %s: %s → %s', (maxUnavailable, line, said) => {
    const rollingUpdate = { partition: 0, maxUnavailable }
    const more = { ...spec({ updateStrategy: { type: 'RollingUpdate', rollingUpdate } }), budgeted: true }
    expect(synced(line, more).said).toBe(said)
  })

  it.each([
    ['the update revision, with a block', "web: . R'", {}, NEW],
    ['the current revision below the partition', "web: . R'", partition(1), OLD],
    ['the current revision without a block', "web: . R'", spec({ updateStrategy: { type: 'RollingUpdate' } }), OLD],
    ['the update revision under OnDelete', "web: . R'", onDelete, NEW],
  ])('gives a lost pod %s', (_text, line, more, revision) => {
    const { sync } = synced(line, { ...more, status: { currentReplicas: 1 } })
    expect(sync.writes?.[0]).toMatchObject({ name: 'web-0', labels: { 'controller-revision-hash': revision } })
  })
})

describe('minReadySeconds', () => {
  it('makes the next pod wait until the one before is available, and looks again then', () => {
    const { said, sync, api } = synced('web: a .', spec({ minReadySeconds: 10 }))
    expect(said).toBe('waitForAvailable web-0')
    expect(sync.requeueAfter).toBe(10 - readySeconds)
    expect(api.reasons).toMatchObject([{ reason: 'podNotAvailable', until: api.now + (10 - readySeconds) * 1000 }, {}])
    expect(synced('web: a .', spec({ minReadySeconds: readySeconds })).said).toBe('create web-1')
  })
})

/** `predecessorBlocks web-2 on web-1 (ORD-1)` */
const line = ({ reason, subject, on, rule }: Omit<Reason, 'since'>) =>
  `${reason} ${subject.split('/')[2]}${on ? ` on ${on.split('/')[2]}` : ''}${rule ? ` (${rule})` : ''}`

describe('the reasons', () => {
  const www = [{ metadata: { name: 'www' }, spec: {} }]

  it.each([
    [
      'web: R N . .',
      {},
      [
        'podNotReady web on web-1 (ORD-3)',
        'predecessorBlocks web-2 on web-1 (ORD-1)',
        'predecessorBlocks web-3 on web-1 (ORD-1)',
      ],
    ],
    ['web: R T', {}, ['podTerminating web on web-1 (ORD-3)']],
    ['web: R F', {}, ['podBeingReplaced web on web-1 (ORD-3)']],
    ['web: . .', {}, ['podNotCreated web on web-0 (ORD-2)', 'predecessorBlocks web-1 on web-0 (ORD-1)']],
    ['web: N | c:1R', {}, ['podNotReady web on web-0 (ORD-3)', 'scaleDownBlocked web-1 on web-0 (ORD-3)']],
    [
      'web: R | c:1R c:2T',
      {},
      ['condemnedTerminating web on web-2 (ORD-4)', 'scaleDownBlocked web-1 on web-2 (ORD-4)'],
    ],
    [
      'web: R | c:1N c:2N',
      {},
      [
        'scaleDownBlocked web on web-1 (ORD-4)',
        'scaleDownBlocked web-2 on web-1 (ORD-4)',
        'scaleDownBlocked web-1 (ORD-4)',
      ],
    ],
    [
      "web: R' R' N",
      {},
      ['podNotReady web on web-2 (ORD-3)', 'updateWaits web-1 on web-2 (ORD-3)', 'updateWaits web-0 on web-2 (ORD-3)'],
    ],
    ["web: R' | c:1T", {}, ['condemnedTerminating web on web-1 (ORD-4)', 'updateWaits web-0 on web-1 (ORD-5)']],
    [
      "web: R' R' R'",
      {},
      [
        'updateWaits web on web-2 (UPD-1)',
        'rolloutAhead web-1 on web-2 (UPD-1)',
        'rolloutAhead web-0 on web-2 (UPD-1)',
      ],
    ],
    [
      "web: R' R' N",
      parallel,
      [
        'updateWaits web on web-2 (UPD-1)',
        'rolloutAhead web-1 on web-2 (UPD-1)',
        'rolloutAhead web-0 on web-2 (UPD-1)',
      ],
    ],
    [
      "web: N' R' R'",
      { ...parallel, budgeted: true },
      [
        'updateWaits web on web-0 (UPD-2)',
        'rolloutAhead web-2 on web-0 (UPD-2)',
        'rolloutAhead web-1 on web-0 (UPD-2)',
      ],
    ],
    ["web: R' R", partition(1), ['partitionHolds web on web-0 (UPD-3)', 'partitionHolds web-0 (UPD-3)']],
    ["web: R' R", onDelete, ['onDeleteHolds web on web-0 (UPD-4)', 'onDeleteHolds web-0 (UPD-4)']],
    ['web: R .', { deleting: true }, ['setBeingDeleted web (DEL-1)']],
    ['web: . .', { ...parallel, status: { currentRevision: NEW } }, ['podNotCreated web on web-1']],
    ['web: R N', { ...parallel, status: { currentRevision: NEW } }, ['podNotReady web on web-1']],
    ['web: R T', { ...parallel, status: { currentRevision: NEW } }, ['podTerminating web on web-1']],
    ['web: R R', {}, []],
  ])('%s', (text, more, reasons) => {
    const said = synced(text, more).api.reasons.map(line)
    expect([...said].sort()).toEqual([...reasons].sort())
  })

  it('name the claim that keeps a slot empty', () => {
    const terminating = { ...spec({ volumeClaimTemplates: www }), claims: { 'www-web-0': { terminating: true } } }
    expect(synced('web: .', terminating).api.reasons).toMatchObject([
      { reason: 'claimBeingDeleted', subject: 'Pod/default/web-0', on: 'PersistentVolumeClaim/default/www-web-0' },
      { reason: 'syncFailed', on: 'Pod/default/web-0', detail: { error: 'pvc www-web-0 is being deleted' } },
    ])
    const policy = { whenScaled: 'Delete', whenDeleted: 'Retain' } as const
    const stale = spec({ volumeClaimTemplates: www, persistentVolumeClaimRetentionPolicy: policy })
    const { api, said } = synced('web: .', { ...stale, claims: { 'www-web-0': { ownerPod: 'web-0' } } })
    expect(said).toBe('waitForStaleClaim web-0')
    expect(api.reasons.map(line).sort()).toEqual([
      'podNotCreated web on web-0 (ORD-3)',
      'staleClaim web-0 on www-web-0',
    ])
  })

  it('name the pod that has the name, and when the sync is tried again', () => {
    const api = drawn('web: .')
    api.catchUp()
    api.put('Pod', { metadata: { name: 'web-0', uid: 'foreign' } })
    expect(runSync(api, 'web').error).toBe('pods "web-0" already exists')
    expect(api.reasons).toMatchObject([
      { reason: 'nameTaken', subject: 'Pod/default/web-0', on: 'Pod/default/web-0' },
      { reason: 'syncFailed', subject: 'StatefulSet/default/web', until: api.now + 5 },
    ])
    expect(api.events).toEqual([])
    runSync(api, 'web')
    expect(api.reasons.at(-1)?.until).toBe(api.now + 10)
    expect(api.notes).toMatchObject({ syncs: 2, failures: 2, error: 'pods "web-0" already exists' })
  })

  it('are given for the next 64 slots only', () => {
    const { api } = synced(`web: N${' .'.repeat(200)}`)
    expect(api.reasons).toHaveLength(1 + 64)
    expect(api.reasons.at(-1)?.subject).toBe('Pod/default/web-64')
  })
})

describe('the notes', () => {
  it('say where the controller looked, how far it came, and which questions led there', () => {
    const { api } = synced('web: R R N .')
    expect(api.notes).toMatchObject({ syncs: 1, phase: 'createInOrder', verdict: 'waitForReady', stoppedAt: 2 })
    expect(api.notes?.accepted).toEqual([0, 2])
    expect(api.notes?.path.at(-1)).toEqual({ question: 'isRunningAndReady', yes: false })
    expect(synced("web: R' R' R").api.notes).toMatchObject({ phase: 'update', stoppedAt: 1, accepted: [2, 3] })
  })

  it('keep what did not change, and nothing is explained twice', () => {
    const { api } = synced('web: R N .')
    const before = api.notes
    api.reasons = []
    api.catchUp()
    runSync(api, 'web')
    expect(api.reasons).toEqual([])
    expect(api.notes?.syncs).toBe(2)
    expect(api.notes?.path).toBe(before?.path)
    expect(api.notes?.accepted).toBe(before?.accepted)
  })

  it('are forgotten with the set', () => {
    const { api } = synced('web: R N .')
    api.remove('StatefulSet', 'web')
    api.catchUp()
    runSync(api, 'web')
    expect(api.notes).toBeUndefined()
    expect(api.reasons).toEqual([])
  })
})

describe('who wakes it', () => {
  const api = drawn('web: R')
  api.catchUp()
  const pod = api.find('Pod', 'web-0') as AnyObject
  const orphan = { ...pod, metadata: { ...pod.metadata, ownerReferences: [] } } as AnyObject
  const relabelled = { ...orphan, metadata: { ...orphan.metadata, labels: { app: 'other' } } } as AnyObject
  const gone = {
    ...pod,
    metadata: { ...pod.metadata, ownerReferences: [{ ...pod.metadata.ownerReferences?.[0], uid: 'x' }] },
  }
  const change = (before: AnyObject | undefined, after: AnyObject | undefined): Change => ({ before, after })

  it.each([
    ['its own pod, changed', change(pod, { ...pod }), 1],
    ['its own pod, gone', change(pod, undefined), 1],
    ['a pod of an earlier set of its name', change(gone as AnyObject, undefined), 0],
    ['an orphan that it selects, new', change(undefined, orphan), 1],
    ['an orphan, changed without a new label', change(orphan, { ...orphan }), 0],
    ['an orphan with a label that it selects', change(relabelled, orphan), 1],
    ['an orphan, gone', change(orphan, undefined), 0],
    ['its own pod that is let go', change(pod, orphan), 2],
    ['the set itself', change(undefined, api.find('StatefulSet', 'web')), 1],
  ])('%s', (_text, happened, times) => {
    const { kind } = (happened.after ?? happened.before) as AnyObject
    const watch = statefulSet.watches.find((candidate) => candidate.kind === kind)
    expect(watch?.wakes(happened, api.view())).toEqual(new Array(times).fill('StatefulSet/default/web'))
  })

  it('is no claim, revision, service or node', () => {
    expect(statefulSet.watches.map(({ kind }) => kind)).toEqual(['StatefulSet', 'Pod'])
  })
})
