/** Whole scenes for the gallery and the tests: the partitioned update, the first visit, every state, many pods. */
import type { PodPicture, PodState, SetPicture } from '../../sim/index.ts'
import type { Given } from './fixtures.ts'
import { column, countdown, NOW, podKey, reason, revisionB, revisionC, setKey, setOf } from './fixtures.ts'

/** Partition 2, the update stopped at web-3, whose probe fails. */
export function partitioned(): SetPicture {
  const probing = {
    pod: { revision: revisionB, image: 'nginx:1.28', countdown: countdown('probeFailing', 3, 2_600, 5_400) },
  }
  return setOf(
    [
      column(0, 'ready', { column: { heldByPartition: true } }),
      column(1, 'ready', { column: { heldByPartition: true } }),
      column(2, 'ready'),
      column(3, 'notReady', {
        ...probing,
        name: { state: 'cached', address: '10.244.1.6', cachedUntil: NOW + 17_000 },
        column: { verdict: 'stop' },
      }),
      column(4, 'ready', { pod: { revision: revisionB, image: 'nginx:1.28' }, column: { verdict: 'notReached' } }),
    ],
    {
      partition: 2,
      rolling: true,
      update: revisionB,
      updated: 2,
      toUpdate: 3,
      controller: {
        syncs: 38,
        lastSyncAt: 54_000,
        phase: 'createInOrder',
        verdict: 'waitForReady',
        stoppedAt: 3,
        reason: reason('podNotReady', 3, { on: podKey(3), subject: setKey, rule: 'ORD-2' }),
      },
    },
  )
}

/** Nothing has happened yet. */
export function untouched(count: number): SetPicture {
  const none = { column: { verdict: 'none' as const } }
  return setOf(
    Array.from({ length: count }, (_, ordinal) => column(ordinal, 'absent', none)),
    { controller: { syncs: 0, phase: 'idle', verdict: '' }, ready: 0, replicas: 0 },
  )
}

/** One ordinal in each state a pod can be in. */
export function everyState(): SetPicture {
  const state = (ordinal: number, of: PodState, pod: Partial<PodPicture> = {}, more: Given = {}) =>
    column(ordinal, of, { ...more, pod })
  return setOf([
    state(0, 'ready'),
    state(1, 'readyNotAvailable', { countdown: countdown('podNotAvailable', 1, 6_000, 15_000) }),
    state(2, 'notReady', { revision: revisionB, countdown: countdown('probeFailing', 2, 2_600, 5_400) }),
    state(3, 'pending', { reason: reason('unschedulable', 3) }, { claim: 'pending' }),
    state(4, 'creating', { countdown: countdown('pullingImage', 4, 1_400, 2_000) }),
    state(5, 'terminating', { countdown: countdown('shuttingDown', 5, 18_000, 30_000) }, { claim: 'terminating' }),
    state(6, 'crashLoop', { restarts: 4, countdown: countdown('containerCrashed', 6, 31_000, 50_000) }),
    state(7, 'imageError', {
      image: 'nginx:1.82',
      revision: revisionC,
      countdown: countdown('imageCannotBePulled', 7, 12_000, 40_000),
    }),
    state(8, 'failed', { reason: reason('evicted', 8) }),
    state(9, 'succeeded'),
    state(10, 'nodeLost', { countdown: countdown('shuttingDown', 10, 228_000, 300_000) }),
    state(11, 'absent', { reason: reason('predecessorBlocks', 11, { on: podKey(10) }) }),
  ])
}

/** Scaling down: the highest ordinals are condemned, the highest of all is leaving. */
export function scalingDown(wanted: number, condemned: number): SetPicture {
  const total = wanted + condemned
  return setOf(
    Array.from({ length: total }, (_, ordinal) => {
      const leaving = ordinal === total - 1
      return column(ordinal, leaving ? 'terminating' : 'ready', {
        pod: leaving ? { countdown: countdown('shuttingDown', ordinal, 18_000, 30_000) } : {},
        column: { place: ordinal < wanted ? 'wanted' : 'condemned', verdict: leaving ? 'stop' : 'accepted' },
      })
    }),
    {
      controller: {
        syncs: 41,
        lastSyncAt: 57_000,
        phase: 'scaleDown',
        verdict: 'waitForTermination',
        stoppedAt: total - 1,
        reason: reason('condemnedTerminating', total - 1, { on: podKey(total - 1) }),
      },
    },
  )
}

/** Many pods, the update from the highest ordinal under way, with one that hangs. */
export function many(count: number): SetPicture {
  const front = Math.floor(count * 0.62)
  return setOf(
    Array.from({ length: count }, (_, ordinal) => {
      const updated = ordinal >= front
      const pod = updated ? { revision: revisionB, image: 'nginx:1.28' } : {}
      if (ordinal !== front) return column(ordinal, 'ready', { pod })
      return column(ordinal, 'notReady', {
        pod: { ...pod, countdown: countdown('probeFailing', ordinal, 2_600, 5_400) },
        column: { verdict: 'stop' },
      })
    }),
    {
      rolling: true,
      update: revisionB,
      partition: Math.floor(count / 4),
      toUpdate: count - Math.floor(count / 4),
      controller: {
        syncs: count * 7,
        lastSyncAt: 54_000,
        phase: 'update',
        verdict: 'replaceForUpdate',
        stoppedAt: front,
        reason: reason('updateWaits', front, { on: podKey(front) }),
      },
    },
  )
}

/** Two claims for every pod. */
export function twoClaims(): SetPicture {
  const templates = ['www', 'logs']
  return setOf([
    column(0, 'ready', { templates }),
    column(1, 'ready', { templates }),
    column(2, 'creating', { templates }),
  ])
}
