/**
 * How long a set takes to start, roll and go to 0 without a screen, at 3, 100 and 1,000 replicas, and a crowd of pods to be
 * scheduled; bundled, as the page runs it. The figures are printed; asserted is what the README aims at: of an engine that
 * has compiled what it runs. The first lives of a process, which wait for that, are printed beside.
 */
import { expect, it } from 'vitest'
import { loadSource } from '../scripts/loadSource.mjs'

const { life } = (await loadSource('../bench/life.ts')) as typeof import('./life.ts')
const { schedule } = (await loadSource('../bench/crowd.ts')) as typeof import('./crowd.ts')

function measured(replicas: number, runs: number): number {
  const times: number[] = []
  let steps = 0
  for (let run = 0; run < runs; run++) {
    const start = performance.now()
    steps = life(replicas)
    times.push(performance.now() - start)
  }
  times.sort((a, b) => a - b)
  const median = times[Math.floor(times.length / 2)] as number
  console.log(
    `${String(replicas).padStart(5)} replicas start, roll, to 0: ${median.toFixed(1)} ms median of ${runs} (${steps} steps, ${(
      (median / steps) * 1000
    ).toFixed(0)} µs a step, ${(median / replicas).toFixed(2)} ms a pod)`,
  )
  return median
}

it('3 replicas within 30 ms, 100 within 0.5 s, 1,000 within 5 s, and the cost per pod grows at most twofold', () => {
  console.log('The first lives of a process:')
  measured(3, 1)
  measured(3, 15)
  measured(100, 5)
  console.log('Then:')
  const hundred = measured(100, 7)
  const three = measured(3, 25)
  const thousand = measured(1000, 3)
  expect(three).toBeLessThanOrEqual(30)
  expect(hundred).toBeLessThanOrEqual(500)
  expect(thousand).toBeLessThanOrEqual(5000)
  expect(thousand / 1000).toBeLessThanOrEqual((2 * hundred) / 100)
})

it('1,000 pods on 100 nodes within 10 s', () => {
  const start = performance.now()
  schedule(1000, 100)
  const ms = performance.now() - start
  console.log(`1,000 pods find their nodes among 100, by zone and by neighbours: ${(ms / 1000).toFixed(1)} s`)
  expect(ms).toBeLessThanOrEqual(10_000)
})
