// @vitest-environment node
import { describe, expect, test } from 'vitest'
import type { Plan, Rect, Shape } from './layout.ts'
import { boundariesOf, boundaryAt, MOST_COLUMNS, metricsOf, perLineOf, planOf } from './layout.ts'

const shape = (count: number, condemned = 0, claims = 1): Shape =>
  Array.from({ length: count }, (_, ordinal) => ({ ordinal, condemned: ordinal >= count - condemned, claims }))

const plan = (count: number, condemned = 0, claims = 1) => planOf(shape(count, condemned, claims), metricsOf('light'))

const podsOf = (plan: Plan): Rect[] =>
  plan.places.map(({ x, line }) => ({ x, y: plan.podTop(line), width: plan.column, height: plan.pod }))

const overlap = (a: Rect, b: Rect) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height

describe('the plan', () => {
  test.each([1, 2, 3, 5, 8, 12])('%i ordinals stand in one row of whole columns', (count) => {
    const { arrangement, lines, places } = plan(count)
    expect({ arrangement, lines, columns: places.length }).toEqual({ arrangement: 'columns', lines: 1, columns: count })
  })

  test.each([
    [13, 5],
    [25, 5],
    [26, 10],
    [60, 10],
    [61, 15],
    [150, 15],
    [151, 20],
    [300, 25],
    [1000, 50],
  ])('%i ordinals are wrapped, %i in a line', (count, perLine) => {
    expect(perLineOf(count)).toBe(perLine)
    const { arrangement, places } = plan(count)
    expect(arrangement).toBe('grid')
    expect(places[perLine]).toMatchObject({ line: 1, index: perLine, column: { ordinal: perLine } })
  })

  test.each([1, 3, 5, 12, 13, 60, 300])(
    'of %i ordinals no pod covers another, and all lie inside the frame',
    (count) => {
      const whole = plan(count)
      const pods = podsOf(whole)
      for (const [index, pod] of pods.entries()) {
        expect(pod.x).toBeGreaterThanOrEqual(0)
        expect(pod.x + pod.width).toBeLessThanOrEqual(whole.width)
        expect(pod.y + pod.height).toBeLessThanOrEqual(whole.height)
        expect(pods.slice(index + 1).filter((other) => overlap(pod, other))).toEqual([])
      }
    },
  )

  test('few columns are wider, and stand in the middle of a frame that is never narrower than the Service needs', () => {
    const one = plan(1)
    expect(one.column).toBe(224)
    expect(one.width).toBe(720)
    expect(one.places[0]?.x).toBe((720 - 224) / 2)
    expect(plan(5).column).toBe(168)
  })

  test('a second claim and its volume stand under the first pair', () => {
    const two = plan(2, 0, 2)
    expect(two.volumeTop(0)).toBeGreaterThan(two.claimTop(0))
    expect(two.claimTop(1)).toBeGreaterThan(two.volumeTop(0) + two.metrics.claim)
    expect(two.height).toBe(two.volumeTop(1) + two.metrics.claim)
  })

  test('without claims the columns end at the pods', () => {
    const none = plan(2, 0, 0)
    expect(none.height).toBe(none.podTop(0) + none.pod)
  })

  test('while a set shrinks line by line no pod that stays moves', () => {
    const before = podsOf(plan(60))
    expect(podsOf(plan(45))).toEqual(before.slice(0, 45))
  })
})

describe('where the partition may stand', () => {
  test('between all wanted neighbours and at both ends, never among the condemned', () => {
    const boundaries = boundariesOf(plan(7, 2))
    expect(boundaries.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5])
    const { places, column } = plan(7, 2)
    const [third, fourth] = [places[2], places[3]]
    expect(boundaries[3]?.x).toBeGreaterThan((third?.x ?? 0) + column)
    expect(boundaries[3]?.x).toBeLessThan(fourth?.x ?? 0)
  })

  test('a point is led to the nearest boundary of its own line', () => {
    const grid = plan(60)
    const wanted = boundariesOf(grid)[37]!
    expect(boundaryAt(grid, wanted.x + 20, grid.podTop(wanted.line))).toEqual(wanted)
    expect(boundaryAt(grid, -500, -500)?.index).toBe(0)
    expect(boundaryAt(grid, 1e6, 1e6)?.index).toBe(60)
  })

  test('a set without wanted pods has none', () => {
    expect(boundariesOf(plan(2, 2))).toEqual([])
    expect(boundaryAt(plan(2, 2), 0, 0)).toBeUndefined()
  })
})

test(`the grid begins after ${MOST_COLUMNS}`, () => {
  expect(plan(MOST_COLUMNS).arrangement).toBe('columns')
  expect(plan(MOST_COLUMNS + 1).arrangement).toBe('grid')
})
