/**
 * A history of 10,000 moments: how long it takes to stand at any of them with everything that is drawn, and how much memory
 * the whole of it holds. Then pictures alone, of 60 and of 1,000 pods, as often as a playing page makes them.
 */
import { expect, it } from 'vitest'
import type { Command } from '../src/sim/index.ts'
import { makeSim, pictureOf } from '../src/sim/index.ts'
import { FakePage, loadedReader } from '../src/store/fixtures/page.ts'
import { makeStore } from '../src/store/store.ts'

const MOMENTS = 10_000
/** Pictures before the first that counts. */
const WARM_UP = 60
const web = { namespace: 'default', name: 'web' } as const

const median = (times: readonly number[]): number =>
  [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] as number
const worst = (times: readonly number[]): number => Math.max(...times)

function heap(): number {
  // Run with --expose-gc this is what is held; without, it includes what may be thrown away.
  globalThis.gc?.()
  return process.memoryUsage().heapUsed
}

/** What people do to a set, over and over. */
function act(turn: number): Command {
  const acts: readonly Command[] = [
    { type: 'setImage', ...web, image: `registry.k8s.io/nginx-slim:v${1 + (turn % 3)}` },
    { type: 'scaleStatefulSet', ...web, replicas: 3 + (turn % 8) },
    { type: 'deletePod', namespace: 'default', name: `web-${turn % 3}` },
    { type: 'crashContainer', namespace: 'default', name: `web-${(turn + 1) % 3}` },
  ]
  return acts[turn % acts.length] as Command
}

async function open(kernel = makeSim({})) {
  const page = new FakePage()
  const environment = page.environment('?clock=manual&scenario=rolling-update', { freezes: false })
  return makeStore(environment, { reader: await loadedReader(), kernel })
}

it('stands at any moment of 10,000 within 16 ms at the median, in at most 150 MB', async () => {
  const { store, script } = await open()
  const before = heap()
  for (let turn = 0; store.getState().length < MOMENTS; turn++) {
    script.dispatch(act(turn))
    script.untilQuiet(120_000)
  }
  const { length, verbs } = store.getState()
  const held = (heap() - before) / 1e6
  const times: number[] = []
  for (let index = 0, at = 7; index < 600; index++) {
    at = (at * 7919 + 104_729) % length
    const start = performance.now()
    verbs.seekMoment(at)
    times.push(performance.now() - start)
  }
  const walked: number[] = []
  verbs.seekMoment(0)
  while (store.getState().cursor < length - 1) {
    const start = performance.now()
    verbs.step()
    walked.push(performance.now() - start)
  }
  const after = (heap() - before) / 1e6
  console.log(
    `to any of ${length} moments: ${median(times).toFixed(2)} ms median, ${worst(times).toFixed(1)} ms worst of ${times.length}`,
  )
  console.log(`from moment to moment: ${median(walked).toFixed(2)} ms median, ${worst(walked).toFixed(1)} ms worst`)
  console.log(
    `memory of the history: ${held.toFixed(0)} MB, ${after.toFixed(0)} MB after going about in it${globalThis.gc ? '' : ' (garbage included)'}`,
  )
  expect(median(times)).toBeLessThanOrEqual(16)
  expect(after).toBeLessThanOrEqual(150)
})

it.each([
  [60, 2],
  [1000, 20],
])('draws %d pods within %d ms', async (replicas, most) => {
  const kernel = makeSim({})
  const { store, script } = await open(kernel)
  script.dispatch({ type: 'scaleStatefulSet', ...web, replicas })
  let { world } = kernel.advance(store.getState().world, 3_600_000 * 10)
  world = kernel.dispatch(world, { type: 'setImage', ...web, image: 'registry.k8s.io/nginx-slim:v2' }).world
  const { order } = store.getState()
  const times: number[] = []
  for (let pictures = 0; pictures < WARM_UP + 80; pictures++) {
    ;({ world } = kernel.advance(world, world.now + 400))
    const start = performance.now()
    const picture = pictureOf(world, { order })
    if (pictures >= WARM_UP) times.push(performance.now() - start)
    expect(picture.set?.columns).toHaveLength(replicas)
  }
  console.log(
    `${String(replicas).padStart(5)} pods drawn: ${median(times).toFixed(2)} ms median, ${worst(times).toFixed(1)} ms worst of ${times.length}`,
  )
  expect(median(times)).toBeLessThanOrEqual(most)
})
