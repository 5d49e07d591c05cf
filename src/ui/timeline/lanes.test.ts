// @vitest-environment node
import { expect, test } from 'vitest'
import { column } from '../canvas/fixtures.ts'
import { badged, rowsOf, spanAt } from './lanes.ts'
import { partitionedLanes } from './lanesFixture.ts'

const { lanes } = partitionedLanes

test('slots without a history get an empty lane in their place', () => {
  const rows = rowsOf(lanes.slice(1, 3), [column(0, 'absent'), column(1, 'ready'), column(3, 'absent')])
  expect(rows.map(({ podName, spans }) => [podName, spans.length > 0])).toEqual([
    ['web-0', false],
    ['web-1', true],
    ['web-2', true],
    ['web-3', false],
  ])
})

test('lanes stay the same list while every slot has one', () => {
  expect(rowsOf(lanes, [column(0, 'ready')])).toBe(lanes)
})

test('a moment belongs to the span that covers it, from its first moment up to the next span', () => {
  const lane = lanes[3]!
  expect(spanAt(lane, 17_999)).toBeUndefined()
  expect(spanAt(lane, 18_000)?.state).toBe('creating')
  expect(spanAt(lane, 47_000)?.state).toBe('terminating')
  expect(spanAt(lane, 99_000)?.state).toBe('notReady')
})

test('an incarnation carries its badge on its longest Ready span, or on its last span while it was never Ready', () => {
  const marked = [...badged(lanes[3]!)].map(({ state, from }) => [state, from])
  expect(marked).toEqual([
    ['ready', 24_000],
    ['notReady', 54_000],
  ])
  const lane = lanes[0]!
  const [first] = lane.spans
  const piece = (state: 'ready' | 'crashLoop', from: number, to: number) => ({ ...first!, state, from, to })
  const crashing = [
    piece('ready', 0, 10),
    piece('crashLoop', 10, 90),
    piece('ready', 90, 140),
    piece('crashLoop', 140, 400),
  ]
  expect([...badged({ ...lane, spans: crashing })]).toEqual([crashing[2]])
})
