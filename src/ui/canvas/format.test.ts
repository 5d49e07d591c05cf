// @vitest-environment node
import { expect, test } from 'vitest'
import { clock, remaining, shortName } from './format.ts'

test.each([
  [0, '00:00.0'],
  [58_499, '00:58.4'],
  [61_050, '01:01.0'],
  [3_723_400, '1:02:03.4'],
])('%i ms on the clock are %s', (ms, text) => {
  expect(clock(ms)).toBe(text)
})

test('the clock shows as many decimals as are asked for', () => {
  expect(clock(58_007, 3)).toBe('00:58.007')
  expect(clock(58_999, 0)).toBe('00:58')
})

test.each([
  [-20, '0.0 s'],
  [1, '0.1 s'],
  [2_600, '2.6 s'],
  [9_900, '9.9 s'],
  [9_901, '10 s'],
  [59_000, '59 s'],
  [59_001, '1:00'],
  [228_000, '3:48'],
])('of %i ms there are %s left', (ms, text) => {
  expect(remaining(ms)).toBe(text)
})

test('long generated names keep both ends', () => {
  expect(shortName('pvc-5d1e7a2-4c1e-9b0d-10009')).toBe('pvc-5d1e…09')
  expect(shortName('data-1')).toBe('data-1')
})
