// @vitest-environment node
import { expect, test } from 'vitest'
import { domainOf, placed, ticksOf } from './scale.ts'

test.each([
  [0, 30_000],
  [28_000, 30_000],
  [29_000, 45_000],
  [58_400, 70_000],
  [600_000, 720_000],
])('a run of %i ms is shown on an axis of %i ms', (last, domain) => {
  expect(domainOf(last)).toBe(domain)
})

test('some future is always in sight, however long the run', () => {
  for (let last = 0; last < 40_000_000; last = last * 1.7 + 1000) expect(domainOf(last)).toBeGreaterThan(last)
})

test('ticks stand at whole steps, far enough apart to be read', () => {
  expect(ticksOf(70_000, 1280)).toEqual([0, 10_000, 20_000, 30_000, 40_000, 50_000, 60_000])
  for (const width of [0, 280, 900, 1800]) {
    for (const domain of [30_000, 70_000, 720_000, 36_000_000]) {
      const ticks = ticksOf(domain, width)
      const [first = 0, second = domain] = ticks
      if (ticks.length > 1) expect(((second - first) / domain) * width).toBeGreaterThanOrEqual(100)
    }
  }
})

test('a flag has room for words up to the next one', () => {
  const flags = placed([{ at: 0 }, { at: 10_000 }, { at: 10_500 }], 100_000, 1000)
  expect(flags.map(({ x, room }) => [x, room])).toEqual([
    [0, 96],
    [100, 1],
    [105, 891],
  ])
})
