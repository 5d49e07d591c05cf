// @vitest-environment node
import { expect, test } from 'vitest'
import { metricsOf, planOf } from './layout.ts'
import { neighbours } from './stops.ts'

const planFor = (count: number, claims = 1) =>
  planOf(
    Array.from({ length: count }, (_, ordinal) => ({ ordinal, condemned: false, claims })),
    metricsOf('light'),
  )

test.each([
  ['controller', 'down', 'service'],
  ['service', 'up', 'controller'],
  ['service', 'down', 'name/0'],
  ['name/1', 'down', 'pod/1'],
  ['name/1', 'up', 'service'],
  ['pod/1', 'up', 'name/1'],
  ['pod/1', 'down', 'claim/1/0'],
  ['claim/1/0', 'down', 'volume/1/0'],
  ['volume/1/0', 'up', 'claim/1/0'],
  ['pod/1', 'right', 'pod/2'],
  ['pod/1', 'left', 'pod/0'],
  ['volume/1/0', 'right', 'volume/2/0'],
  ['name/0', 'last', 'name/2'],
  ['name/2', 'first', 'name/0'],
] as const)('in columns, from %s %s is %s', (from, direction, to) => {
  expect(neighbours(planFor(3), from, direction)[0]).toBe(to)
})

test.each([
  ['pod/0', 'left'],
  ['pod/2', 'right'],
  ['volume/0/0', 'down'],
  ['service', 'left'],
] as const)('in columns, from %s nothing lies %s', (from, direction) => {
  expect(neighbours(planFor(3), from, direction)).toEqual([])
})

test('where a volume is missing the pod of the next column is taken', () => {
  expect(neighbours(planFor(3), 'volume/0/0', 'right')).toEqual(['volume/1/0', 'pod/1'])
})

test('a second claim follows the first volume', () => {
  expect(neighbours(planFor(2, 2), 'volume/0/0', 'down')[0]).toBe('claim/0/1')
})

test.each([
  ['pod/13', 'up', 'pod/3'],
  ['pod/13', 'down', 'pod/23'],
  ['pod/9', 'right', 'pod/10'],
  ['pod/3', 'up', 'service'],
  ['pod/30', 'last', 'pod/59'],
] as const)('in the grid of 60, from %s %s is %s', (from, direction, to) => {
  expect(neighbours(planFor(60), from, direction)[0]).toBe(to)
})

test('below the last line of the grid there is nothing', () => {
  expect(neighbours(planFor(60), 'pod/55', 'down')).toEqual([])
})
