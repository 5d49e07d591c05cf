/** A pod's life as its node leads it, told as lines: when, which state, what is asked for. */
import { describe, expect, it } from 'vitest'
import { playChart } from './fixtures/playChart.ts'
import type { PodEvent } from './podLifecycle.ts'
import { podLifecycle } from './podLifecycle.ts'

type Given = PodEvent & { readonly at: number }

const input = { attachMs: 800, unmountMs: 200, graceMs: 30_000, inits: 0 }
const containers = (at: number, started: boolean, ready: boolean, ended = false, over = ended): Given => ({
  type: 'containers',
  started,
  ready,
  ended,
  over,
  next: false,
  at,
})
const bound: Given = { type: 'bound', at: 0 }
const claimsBound: Given = { type: 'claimsBound', at: 0 }
const up = [bound, claimsBound, containers(3000, true, false), containers(3500, true, true)]
const remove = (at: number, graceMs = 30_000): Given => ({ type: 'delete', graceMs, at })
const evict = (at: number): Given => ({ type: 'evict', reason: 'Evicted', graceMs: 2000, at })

const play = (...events: readonly Given[]) => playChart(podLifecycle, input, events, 1_000_000)

describe('a pod', () => {
  it('goes from Pending over its volumes to Running and Ready, and back', () => {
    expect(play(...up, containers(9000, true, false), containers(9500, true, true)).lines).toEqual([
      '0 volumes.unbound',
      '0 volumes.attaching',
      '800 containers.creating !attached !startMain',
      '3000 containers.notReady',
      '3500 containers.ready',
      '9000 containers.notReady',
      '9500 containers.ready',
    ])
  })

  it('waits for volumes that another node has', () => {
    const { lines } = play(bound, { type: 'volumeBusy', at: 100 }, { type: 'volumeFree', at: 4000 })
    expect(lines).toEqual([
      '0 volumes.unbound',
      '100 volumes.busy',
      '4000 volumes.attaching',
      '4800 containers.creating !attached !startMain',
    ])
  })

  it('stops its containers when it is deleted, unmounts when they have ended, and is gone', () => {
    expect(play(...up, remove(5000), containers(6000, true, false, true)).lines.slice(-3)).toEqual([
      '5000 stopping !stopContainers',
      '6000 unmounting',
      '6200 gone !unmounted',
    ])
  })

  it('says how long its containers have, and says it again when the time is cut', () => {
    const { lines } = play(...up, remove(5000, 30_000), remove(6000, 2000))
    expect(lines.slice(-2)).toEqual(['5000 stopping !stopContainers', '6000 stopping !stopContainers'])
  })

  it('stays as an ended object when it was evicted, until somebody deletes it', () => {
    const ended = [...up, evict(5000), containers(6000, true, false, true)]
    const { lines, state } = play(...ended)
    expect(lines.slice(-3)).toEqual([
      '5000 stopping !evicting !stopContainers',
      '6000 unmounting',
      '6200 ended !unmounted',
    ])
    expect(state.context).toMatchObject({ evicted: 'Evicted', deleting: false })
    expect(play(...ended, remove(9000)).lines.at(-1)).toBe('9000 gone')
  })

  it('is gone after unmounting when it is deleted meanwhile', () => {
    expect(play(...up, evict(5000), containers(6000, true, false, true), remove(6100)).lines.at(-1)).toBe(
      '6200 gone !unmounted',
    )
  })

  it('ends by itself when all its containers have', () => {
    expect(play(...up, containers(7000, true, false, true)).lines.slice(-2)).toEqual([
      '7000 unmounting',
      '7200 ended !unmounted',
    ])
  })

  it.each<[string, readonly Given[]]>([
    ['before it has a node', []],
    ['while its claims are not bound', [bound]],
    ['while its volumes are attached', [bound, claimsBound]],
  ])('can be deleted %s', (_name, before) => {
    expect(play(...before, remove(500), containers(500, false, false, true)).lines.at(-1)).toBe('700 gone !unmounted')
  })

  it('does nothing any more once it is gone', () => {
    const { state } = play(...up, remove(5000), containers(6000, true, false, true))
    const again = podLifecycle.send(state, remove(9000))
    expect([again.state.value, again.effects]).toEqual(['gone', []])
  })
})

describe('a pod with init containers', () => {
  const passed = (at: number): Given => ({ type: 'initPassed', at })
  const sum = (at: number, of: Partial<Extract<PodEvent, { type: 'containers' }>>): Given => ({
    type: 'containers',
    started: false,
    ready: false,
    ended: false,
    over: false,
    next: false,
    ...of,
    at,
  })
  const playInits = (...events: readonly Given[]) =>
    playChart(podLifecycle, { ...input, inits: 2 }, [bound, claimsBound, ...events], 1_000_000)

  it('gives each its turn, and the main ones theirs after the last', () => {
    expect(playInits(passed(3000), passed(5000), containers(7000, true, true)).lines.slice(2)).toEqual([
      '800 initializing.waiting !attached !startInit',
      '3000 initializing.waiting !startInit',
      '5000 containers.creating !startMain',
      '7000 containers.ready',
    ])
  })

  it('ends when one of them has failed for good', () => {
    const { lines, state } = playInits(sum(3000, { over: true }), sum(3000, { ended: true, over: true }))
    expect(lines.slice(-3)).toEqual(['3000 stopping !stopContainers', '3000 unmounting', '3200 ended !unmounted'])
    expect(state.context).toMatchObject({ initialized: 0, stopBy: 33_000 })
  })

  it('stops its sidecars one by one once the main ones have ended, by one deadline', () => {
    const { lines, state } = playInits(
      passed(3000),
      passed(5000),
      containers(7000, true, true),
      sum(9000, { over: true }),
      sum(9000, { over: true, next: true }),
      remove(9500, 10_000),
      sum(9900, { over: true, next: true }),
      sum(11_000, { ended: true, over: true }),
    )
    expect(lines.slice(-6)).toEqual([
      '9000 stopping !stopContainers',
      '9000 stopping !stopSidecar',
      '9500 stopping !stopContainers',
      '9900 stopping !stopSidecar',
      '11000 unmounting',
      '11200 gone !unmounted',
    ])
    expect(state.context.stopBy).toBe(19_500)
    expect(playInits(remove(9000, 5000), remove(9500, 30_000)).state.context.stopBy).toBe(14_000)
  })
})
