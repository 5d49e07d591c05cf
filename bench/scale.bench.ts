/**
 * How long a set takes to start, roll and go to 0 without a screen, at 3, 100 and 1,000 replicas. The figures are printed;
 * asserted is only what no machine may miss (the budgets of the README, which this machine meets with room to spare).
 */
import { expect, it } from 'vitest'
import { webV1 } from '../src/content/manifests/webV1.ts'
import type { Command, Kernel, World } from '../src/sim/index.ts'
import { DEFAULT_SETTINGS, makeSim, objectsOf } from '../src/sim/index.ts'
import { readManifests } from '../src/sim/manifest/index.ts'

const HOUR = 3_600_000

function given(kernel: Kernel, world: World, command: Command): World {
  const { world: after, refusal } = kernel.dispatch(world, command)
  if (refusal) throw new Error(refusal.message)
  return after
}

/** Starts the set with n replicas, rolls it to a new image, scales it to 0; returns how many due items it took. */
function life(kernel: Kernel, replicas: number): number {
  const { objects } = readManifests(webV1)
  const web = { namespace: 'default', name: 'web' }
  let world = kernel.create(1, DEFAULT_SETTINGS)
  let steps = 0
  const quiet = (w: World): World => {
    let current = w
    for (let next = kernel.next(current); next && next.world.now < 100 * HOUR; next = kernel.next(current)) {
      current = next.world
      steps++
    }
    return current
  }
  world = given(kernel, world, { type: 'applyObjects', objects })
  world = given(kernel, world, { type: 'scaleStatefulSet', ...web, replicas })
  world = quiet(world)
  expect(objectsOf(world, 'StatefulSet')[0]?.status.readyReplicas).toBe(replicas)
  world = quiet(given(kernel, world, { type: 'setImage', ...web, image: 'registry.k8s.io/nginx-slim:v2' }))
  expect(objectsOf(world, 'StatefulSet')[0]?.status.updatedReplicas).toBe(replicas)
  world = quiet(given(kernel, world, { type: 'scaleStatefulSet', ...web, replicas: 0 }))
  expect(objectsOf(world, 'Pod')).toHaveLength(0)
  return steps
}

function measured(replicas: number, runs: number): number {
  const kernel = makeSim({})
  const times: number[] = []
  let steps = 0
  for (let run = 0; run < runs; run++) {
    const start = performance.now()
    steps = life(kernel, replicas)
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
  measured(3, 10)
  const three = measured(3, 15)
  const hundred = measured(100, 5)
  const thousand = measured(1000, 3)
  expect(three).toBeLessThanOrEqual(30)
  expect(hundred).toBeLessThanOrEqual(500)
  expect(thousand).toBeLessThanOrEqual(5000)
  expect(thousand / 1000).toBeLessThanOrEqual((2 * hundred) / 100)
})
