/** Who can decide: a majority of the members that serve, counted from the lanes. */
import { expect, it } from 'vitest'
import { quorumOf } from './quorum.ts'
import type { Lane, LaneSpan, SetPicture } from './types.ts'

const zk = { desired: 3, image: 'gcr.io/google_samples/k8szk:v1' } as SetPicture
const span = (state: LaneSpan['state'], from: number, to?: number): LaneSpan => ({
  state,
  from,
  uid: '',
  first: false,
  revision: '',
  ...(to !== undefined && { to }),
})
const lane = (ordinal: number, ...spans: LaneSpan[]): Lane => ({
  podName: `zk-${ordinal}`,
  ordinal,
  spans,
  claim: [],
  name: [],
})

const lanes = [
  lane(0, span('ready', 10)),
  lane(1, span('ready', 20, 50), span('terminating', 50, 60), span('notReady', 60, 70), span('ready', 70)),
  lane(2, span('ready', 30, 40), span('crashLoop', 40, 90), span('readyNotAvailable', 90)),
]

it.each([
  [5, { serving: 0, lostMs: 0 }],
  [15, { serving: 1, lostMs: 0 }],
  [25, { serving: 2, lostMs: 0 }],
  [45, { serving: 2, lostMs: 0 }],
  [55, { serving: 1, lostMs: 5, lostSince: 50 }],
  [75, { serving: 2, lostMs: 20 }],
  [100, { serving: 3, lostMs: 20 }],
])('at %i ms', (now, expected) => {
  expect(quorumOf(zk, lanes, now)).toEqual({ members: 3, needed: 2, ...expected })
})

it('needs more than half, of an even number too', () => {
  expect(quorumOf({ ...zk, desired: 4 }, lanes, 25)?.needed).toBe(3)
  expect(quorumOf({ ...zk, desired: 1 }, lanes, 25)?.needed).toBe(1)
})

it('a set of another kind is no ensemble', () => {
  expect(quorumOf({ ...zk, image: 'registry.k8s.io/nginx-slim:v1' }, lanes, 25)).toBeUndefined()
  expect(quorumOf({ ...zk, desired: 0 }, lanes, 25)).toBeUndefined()
})
