/** Telling a scenario beat by beat, in the page and against the same story played headless. */
import { describe, expect, it } from 'vitest'
import { scenarios } from '../content/scenarios/index.ts'
import type { Scenario, World } from '../sim/index.ts'
import { DEFAULT_SETTINGS, makeSim, objectsOf, scenarioSettings } from '../sim/index.ts'
import { readManifests } from '../sim/manifest/index.ts'
import { play } from '../sim/scenario/play.ts'
import { openPage } from './fixtures/page.ts'
import type { Ordinal } from './types.ts'

const story = scenarios.find(({ id }) => id === 'rolling-update') as Scenario
const images = ({ world }: Ordinal) =>
  objectsOf(world, 'Pod').map(({ spec }) => spec.containers[0]?.image.split(':')[1])

/** The world after each beat, played headless. */
function worldsOf(scenario: Scenario): World[] {
  const stage = { kernel: makeSim({}), read: readManifests }
  return [...play(stage, scenario, scenarioSettings(scenario, DEFAULT_SETTINGS))].slice(1).map(({ after }) => after)
}

describe('with a manual clock', () => {
  it.each(scenarios.map((scenario) => [scenario.id, scenario] as const))(
    'plays every beat of %s to the same bytes as headless',
    async (id, scenario) => {
      const { store } = await openPage(`?clock=manual&scenario=${id}`)
      for (const world of worldsOf(scenario)) {
        store.getState().verbs.nextBeat()
        const told = store.getState().world
        expect(JSON.stringify({ ...told, now: world.now })).toBe(JSON.stringify(world))
      }
      expect(store.getState().upcoming).toBeUndefined()
    },
  )

  it('tells which beats were played and which comes next', async () => {
    const { store } = await openPage('?clock=manual&scenario=rolling-update')
    expect(store.getState()).toMatchObject({ beats: [], upcoming: 'start' })
    store.getState().verbs.nextBeat()
    store.getState().verbs.nextBeat()
    expect(store.getState().beats.map(({ title }) => title)).toEqual(['start', 'top'])
    expect(store.getState().upcoming).toBe('rest')
    expect(store.getState().lastAct?.line).toContain('kubectl set image sts/web nginx=')
  })

  it('goes back beat by beat, and forward along what was told', async () => {
    const { store } = await openPage('?clock=manual&scenario=rolling-update')
    const { verbs } = store.getState()
    verbs.nextBeat()
    const first = store.getState()
    verbs.nextBeat()
    const second = store.getState()
    verbs.previousBeat()
    expect(store.getState()).toMatchObject({ cursor: first.cursor, now: first.now, length: second.length })
    verbs.previousBeat()
    expect(store.getState()).toMatchObject({ cursor: 0, now: 0 })
    verbs.nextBeat()
    verbs.nextBeat()
    expect(store.getState()).toMatchObject({ cursor: second.cursor, now: second.now, length: second.length })
    expect(store.getState().beats).toHaveLength(2)
  })

  it('tells a beat anew after an act in the past has cut it off', async () => {
    const { store } = await openPage('?clock=manual&scenario=rolling-update')
    const { verbs } = store.getState()
    verbs.nextBeat()
    verbs.nextBeat()
    verbs.previousBeat()
    verbs.dispatch({ type: 'scaleStatefulSet', namespace: 'default', name: 'web', replicas: 4 })
    expect(store.getState()).toMatchObject({ beats: [{ title: 'start' }], upcoming: 'top' })
    verbs.undoFork()
    expect(store.getState().beats.map(({ title }) => title)).toEqual(['start', 'top'])
  })

  it('goes on from the past when what was told there was cut off, and keeps what it tells', async () => {
    const { store, script } = await openPage('?clock=manual&scenario=partition-canary')
    const { verbs } = store.getState()
    verbs.nextBeat()
    const { cursor } = store.getState()
    verbs.nextBeat()
    verbs.seekMoment(cursor + 6)
    script.dispatch({ type: 'scaleStatefulSet', namespace: 'default', name: 'web', replicas: 4 })
    script.untilQuiet()
    verbs.stepBack()
    verbs.stepBack()
    verbs.nextBeat()
    expect(store.getState().beats.map(({ title }) => title)).toEqual(['start', 'two', 'one'])
    expect(store.getState().upcoming).toBe('zero')
    expect(store.getState().more).toBe(false)
  })

  it('tells a beat again whose command was undone', async () => {
    const { store } = await openPage('?clock=manual&scenario=rolling-update')
    const { verbs } = store.getState()
    verbs.nextBeat()
    verbs.nextBeat()
    const { world } = store.getState()
    verbs.undo()
    expect(store.getState().upcoming).toBe('top')
    expect(images(store.getState())).toEqual(['v1', 'v1', 'v1'])
    verbs.nextBeat()
    expect(JSON.stringify(store.getState().world)).toBe(JSON.stringify(world))
  })
})

describe('with a running clock', () => {
  it('plays a beat at the chosen speed and stops at its end', async () => {
    const { store, page } = await openPage('?scenario=rolling-update&speed=8')
    store.getState().verbs.nextBeat()
    expect(store.getState()).toMatchObject({ playing: true, busy: { kind: 'beat' }, now: 0 })
    page.frame()
    page.frame(100)
    expect(store.getState().now).toBe(800)
    page.drain(100)
    const [after] = worldsOf(story)
    expect(store.getState()).toMatchObject({ playing: false, now: after?.now })
    expect(store.getState().picture.set?.ready).toBe(3)
  })

  it('goes the rest of the beat at once when pressed on, and no further', async () => {
    const { store, page } = await openPage('?scenario=rolling-update')
    const { verbs } = store.getState()
    verbs.setSpeed('max')
    verbs.nextBeat()
    page.drain()
    verbs.setSpeed(1)
    verbs.nextBeat()
    page.frame()
    page.frame(100)
    verbs.nextBeat()
    page.drain()
    expect(store.getState().beats).toHaveLength(2)
    expect(images(store.getState())).toEqual(['v1', 'v1', 'v2'])
  })

  it('goes on with a beat that was paused', async () => {
    const { store, page } = await openPage('?scenario=rolling-update&speed=64')
    const { verbs } = store.getState()
    verbs.nextBeat()
    page.frame()
    page.frame(16)
    verbs.pause()
    expect(store.getState().busy).toBeUndefined()
    verbs.nextBeat()
    page.drain(100)
    expect(store.getState().beats).toHaveLength(1)
    expect(store.getState().picture.set?.ready).toBe(3)
  })
})
