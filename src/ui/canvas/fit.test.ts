// @vitest-environment node
import { expect, test, vi } from 'vitest'
import { fitCanvas, onFit, viewportFor } from './fit.ts'
import { metricsOf, planOf } from './layout.ts'

const planFor = (count: number) =>
  planOf(
    Array.from({ length: count }, (_, ordinal) => ({ ordinal, condemned: false, claims: 1 })),
    metricsOf('light'),
  )

test.each([1, 3, 5, 12, 60, 300])('a plan of %i ordinals lies whole in the viewport that fits it', (count) => {
  for (const size of [
    { width: 888, height: 492 },
    { width: 544, height: 400 },
    { width: 1800, height: 1000 },
  ]) {
    const plan = planFor(count)
    const { x, y, zoom } = viewportFor(plan, size)
    expect(x).toBeGreaterThanOrEqual(0)
    expect(y).toBeGreaterThanOrEqual(0)
    expect(x + plan.width * zoom).toBeLessThanOrEqual(size.width)
    expect(y + plan.height * zoom).toBeLessThanOrEqual(size.height)
    expect(zoom).toBeLessThanOrEqual(1.25)
  }
})

test('the scene of five columns stands at full size on the canvas of a laptop', () => {
  expect(viewportFor(planFor(5), { width: 920, height: 492 }).zoom).toBeGreaterThanOrEqual(0.97)
})

test('a wish to fit reaches whoever listens, and no longer than that', () => {
  const listener = vi.fn()
  const leave = onFit(listener)
  fitCanvas()
  leave()
  fitCanvas()
  expect(listener).toHaveBeenCalledTimes(1)
})
