// @vitest-environment node
import { expect, test } from 'vitest'
import type { SetPicture } from '../../sim/index.ts'
import { column, countdown, podKey, reason, setOf } from './fixtures.ts'
import { many, partitioned, scalingDown, untouched } from './scenes.ts'
import { captionOf, stripOf, verdictOf } from './words.ts'

const settled = (more: Partial<SetPicture> = {}) => setOf([column(0, 'ready'), column(1, 'ready')], more)

test.each([
  ['a set nobody has looked at', untouched(3), 'verdict.untouched', { count: 3 }],
  ['a pod that is not Ready', partitioned(), 'verdict.podNotReady', { pod: 'web-3' }],
  ['a condemned pod on its way out', scalingDown(3, 2), 'verdict.condemnedTerminating', { pod: 'web-4' }],
  ['an update that waits', many(60), 'verdict.updateWaits', { pod: 'web-37' }],
  ['a set at rest', settled(), 'verdict.settled', { ready: 2, desired: 2 }],
  ['rest at a partition', settled({ rolling: true, partition: 1 }), 'verdict.settled.partition', { partition: 1 }],
  ['rest under OnDelete', settled({ rolling: true, strategy: 'OnDelete' }), 'verdict.settled.onDelete', {}],
  ['no replicas', settled({ desired: 0 }), 'verdict.empty', {}],
  ['a set that is gone', settled({ exists: false }), 'verdict.gone', {}],
  ['a set being deleted', settled({ deleting: true }), 'verdict.deleting', {}],
] as const)('of %s the controller says so', (_, set, key, params) => {
  const words = verdictOf(set)
  expect(words.key).toBe(key)
  expect(words.params).toMatchObject(params)
})

test('a stop without a pod to wait for is named after the ordinal', () => {
  const set = settled({
    controller: {
      syncs: 4,
      phase: 'createInOrder',
      verdict: 'waitForStaleClaim',
      stoppedAt: 1,
      reason: reason('staleClaim', 1, { on: 'PersistentVolumeClaim/default/www-web-1' }),
    },
  })
  expect(verdictOf(set)).toMatchObject({ key: 'verdict.staleClaim', params: { pod: 'web-1' } })
})

test('under an ordinal stands what the last look said of it', () => {
  const set = partitioned()
  expect(set.columns.map((each) => captionOf(set, each).key)).toEqual([
    'canvas.rail.accepted',
    'canvas.rail.accepted',
    'canvas.rail.accepted',
    'canvas.rail.stop.podNotReady',
    'canvas.rail.notReached',
  ])
})

test('a condemned slot whose pod is gone is not said to be waited for', () => {
  const gone = column(4, 'absent', { column: { place: 'condemned', verdict: 'notReached' } })
  expect(captionOf(partitioned(), gone).key).toBe('canvas.rail.gone')
})

test('before the first look an ordered set says who comes after whom, a parallel one does not', () => {
  const set = untouched(2)
  expect(set.columns.map((each) => captionOf(set, each))).toMatchObject([
    { key: 'canvas.rail.first' },
    { key: 'canvas.rail.after', params: { pod: 'web-0' } },
  ])
  expect(captionOf({ ...set, policy: 'Parallel' }, set.columns[1]!).key).toBe('canvas.rail.atOnce')
})

test('a healthy pod has no strip, even while the partition holds it', () => {
  expect(stripOf(column(0, 'ready').pod, 'wanted')).toBeUndefined()
  const held = column(0, 'ready', { pod: { reason: reason('partitionHolds', 0) } })
  expect(stripOf(held.pod, 'wanted')).toBeUndefined()
})

test('a strip says what counts down, and whether the end is only the next try', () => {
  const { pod } = column(1, 'notReady', { pod: { countdown: countdown('probeFailing', 1, 2_600, 5_000) } })
  expect(stripOf(pod, 'wanted')).toMatchObject({ words: { key: 'strip.probeFailing' }, until: 61_000, again: true })
  const { pod: leaving } = column(1, 'terminating', {
    pod: { countdown: countdown('shuttingDown', 1, 18_000, 30_000) },
  })
  expect(stripOf(leaving, 'wanted')).toMatchObject({
    words: { key: 'strip.shuttingDown' },
    until: 76_400,
    again: false,
  })
})

test('a strip names the obstacle where no time is known', () => {
  const { pod } = column(4, 'ready', { pod: { reason: reason('scaleDownBlocked', 4, { on: podKey(2) }) } })
  expect(stripOf(pod, 'condemned')).toEqual({
    words: { key: 'strip.scaleDownBlocked', params: { on: 'web-2', restarts: 0 } },
    on: 'web-2',
  })
})

test('a strip does not say twice what is waited for', () => {
  const claim = 'PersistentVolumeClaim/default/www-web-1' as const
  const { pod } = column(1, 'pending', { pod: { reason: reason('volumeNotBound', 1, { on: claim }) } })
  expect(stripOf(pod, 'wanted')).not.toHaveProperty('on')
})

test('a condemned pod says that it is condemned', () => {
  expect(stripOf(column(4, 'ready').pod, 'condemned')?.words.key).toBe('strip.condemned')
})
