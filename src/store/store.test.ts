/** The store with the real cluster and a page made by hand: moving, acting in the past, undoing, crashing. */
import { describe, expect, it } from 'vitest'
import type { Command, Kernel } from '../sim/index.ts'
import { makeSim, objectsOf } from '../sim/index.ts'
import { nodesPictureOf } from '../sim/projection/index.ts'
import { FakePage, openPage, worldText } from './fixtures/page.ts'
import type { Ordinal } from './types.ts'

const web = { namespace: 'default', name: 'web' } as const
const scale = (replicas: number): Command => ({ type: 'scaleStatefulSet', ...web, replicas })
const deletePod = (name: string): Command => ({ type: 'deletePod', namespace: 'default', name })
const podNames = ({ world }: Ordinal) => objectsOf(world, 'Pod').map(({ metadata }) => metadata.name)
const kinds = ({ notices }: Ordinal) => notices.map(({ kind }) => kind)

describe('at the start', () => {
  it('stands at 0 with the first scenario applied, untouched and paused', async () => {
    const { store } = await openPage()
    const state = store.getState()
    expect(state).toMatchObject({ now: 0, cursor: 0, length: 1, untouched: true, playing: false, more: true })
    expect(state.run).toMatchObject({ scenario: 'ordered-start', kubernetes: '1.36' })
    expect(state.picture.set?.columns.map(({ pod }) => pod.state)).toEqual(['absent', 'absent', 'absent'])
    expect(state.lastAct).toBeUndefined()
  })
})

describe('stepping and seeking', () => {
  it('steps to the next write, back again, and the same way forward', async () => {
    const { store } = await openPage()
    const { verbs } = store.getState()
    const facts = verbs.step()
    const first = store.getState()
    expect(facts.length).toBeGreaterThan(0)
    expect(first).toMatchObject({ cursor: 1, length: 2, untouched: false })
    expect(first.facts).toBe(facts)
    verbs.step()
    verbs.stepBack()
    expect(store.getState().world).toBe(first.world)
    expect(store.getState().length).toBe(3)
    verbs.stepBack()
    expect(store.getState()).toMatchObject({ cursor: 0, now: 0 })
  })

  it('goes until quiet, to the end of what is due', async () => {
    const { store, page } = await openPage()
    store.getState().verbs.untilQuiet()
    page.drain()
    const state = store.getState()
    expect(state.more).toBe(false)
    expect(state.busy).toBeUndefined()
    expect(state.picture.set).toMatchObject({ ready: 3, desired: 3 })
  })

  it('goes until quiet in slices that pause ends, and the end is the same however it is cut', async () => {
    const whole = await openPage('?clock=manual')
    whole.store.getState().verbs.untilQuiet()
    const sliced = await openPage()
    sliced.page.lookMs = 3
    sliced.store.getState().verbs.untilQuiet()
    expect(sliced.store.getState().busy).toMatchObject({ kind: 'quiet', from: 0 })
    sliced.page.frame()
    sliced.store.getState().verbs.pause()
    expect(sliced.store.getState().busy).toBeUndefined()
    expect(sliced.store.getState().more).toBe(true)
    sliced.store.getState().verbs.untilQuiet()
    sliced.page.drain()
    expect(worldText(sliced)).toBe(worldText(whole))
  })

  it('seeks to a time back and forth, and forward beyond what is known', async () => {
    const { store, page } = await openPage()
    const { verbs } = store.getState()
    verbs.seek(20_000)
    page.drain()
    const there = store.getState()
    expect(there.now).toBe(20_000)
    verbs.seek(5_000)
    expect(store.getState().now).toBe(5_000)
    expect(store.getState().world.now).toBeLessThanOrEqual(5_000)
    expect(store.getState().length).toBe(there.length)
    verbs.seek(20_000)
    expect(store.getState()).toMatchObject({ now: 20_000, cursor: there.cursor })
  })
})

describe('playing', () => {
  it('gives the same bytes as one advance, whatever the frames and the speed', async () => {
    const kernel = makeSim({ freeze: true })
    const { store, page } = await openPage('', { kernel })
    const start = store.getState().world
    const { verbs } = store.getState()
    verbs.play()
    for (const ms of [0, 16, 17, 33, 5, 250, 480, 16]) page.frame(ms)
    verbs.setSpeed(16)
    for (let frames = 0; frames < 120; frames++) page.frame(16)
    verbs.setSpeed(0.25)
    for (let frames = 0; frames < 20; frames++) page.frame(7)
    verbs.pause()
    const { now } = store.getState()
    expect(now).toBe(0 + 817 + 120 * 16 * 16 + Math.floor((20 * 7) / 4))
    verbs.seek(now)
    const played = store.getState().world
    const { world } = kernel.advance(start, now)
    expect(JSON.stringify({ ...played, now })).toBe(JSON.stringify(world))
  })

  it('drops a gap between frames, and stops when the page is hidden', async () => {
    const { store, page } = await openPage()
    store.getState().verbs.play()
    page.frame()
    page.frame(100)
    page.frame(501)
    expect(store.getState().now).toBe(100)
    page.hide()
    expect(store.getState().playing).toBe(false)
    page.frame(100)
    expect(store.getState().now).toBe(100)
  })

  it('tells time with every frame, the picture at most ten times a second', async () => {
    const { store, page } = await openPage()
    store.getState().verbs.setSpeed(8)
    store.getState().verbs.play()
    page.frame()
    const pictures = new Set<unknown>()
    const times = new Set<number>()
    const stop = store.subscribe(({ now, picture }) => {
      pictures.add(picture)
      times.add(now)
    })
    for (let frames = 0; frames < 60; frames++) page.frame(16)
    stop()
    expect(times.size).toBeGreaterThanOrEqual(59)
    expect(pictures.size).toBeLessThanOrEqual(11)
    expect(pictures.size).toBeGreaterThan(5)
  })

  it('never moves by itself with a manual clock', async () => {
    const { store, page } = await openPage('?clock=manual')
    store.getState().verbs.play()
    page.frame()
    page.frame(100)
    expect(store.getState()).toMatchObject({ now: 0, playing: true })
    store.getState().verbs.advance(1500)
    expect(store.getState().now).toBe(1500)
  })

  it('plays along what is known before it simulates', async () => {
    const { store, page } = await openPage()
    const { verbs } = store.getState()
    verbs.seek(30_000)
    page.drain()
    const { length } = store.getState()
    verbs.seek(0)
    verbs.setSpeed(64)
    verbs.play()
    page.frame()
    page.frame(400)
    expect(store.getState()).toMatchObject({ now: 25_600, length })
  })

  it('stops at a decision when asked to, and says so', async () => {
    const { store, page } = await openPage()
    const { verbs } = store.getState()
    verbs.set({ pauseOn: { decision: true, violation: true } })
    verbs.setSpeed('max')
    verbs.play()
    page.drain()
    expect(podNames(store.getState())).toEqual(['web-0'])
    expect(store.getState().playing).toBe(false)
    expect(store.getState().notices.at(-1)).toMatchObject({
      kind: 'paused',
      params: { why: 'decision', fact: 'podCreated', name: 'web-0' },
    })
  })
})

describe('acting', () => {
  it('shows the act with its kubectl line, and refuses in the words of Kubernetes without a trace', async () => {
    const { store } = await openPage()
    const { verbs } = store.getState()
    expect(verbs.dispatch(scale(5))).toBeUndefined()
    expect(store.getState().lastAct).toEqual({ command: scale(5), line: 'kubectl scale sts web --replicas=5' })
    const before = store.getState()
    const refusal = verbs.dispatch(scale(-1))
    expect(refusal?.message).toContain('must be greater than or equal to 0')
    const after = store.getState()
    expect(after.world).toBe(before.world)
    expect(after.length).toBe(before.length)
    expect(after.notices.at(-1)).toMatchObject({ kind: 'refused', params: { message: refusal?.message } })
  })

  it('forks when acting in the past, and brings the later moments back on demand', async () => {
    const { store, page } = await openPage()
    const { verbs } = store.getState()
    verbs.untilQuiet()
    page.drain()
    const whole = store.getState()
    verbs.seek(4_000)
    const { cursor } = store.getState()
    verbs.dispatch(scale(1))
    const forked = store.getState()
    expect(forked.length).toBe(cursor + 2)
    expect(forked.notices.at(-1)).toMatchObject({ kind: 'forked', action: 'undoFork' })
    expect(forked.lanes.end).toBe(4_000)
    verbs.untilQuiet()
    page.drain()
    expect(store.getState().picture.set?.columns.filter(({ place }) => place === 'wanted')).toHaveLength(1)
    verbs.undoFork()
    expect(store.getState()).toMatchObject({ length: whole.length, cursor, now: 4_000, end: whole.end })
    expect(kinds(store.getState())).not.toContain('forked')
    verbs.seekMoment(whole.length - 1)
    expect(worldText({ store } as never)).toBe(JSON.stringify(whole.world))
  })

  it('keeps the later moments only until the next act', async () => {
    const { store } = await openPage('?clock=manual')
    const { verbs } = store.getState()
    verbs.untilQuiet()
    verbs.seek(4_000)
    verbs.dispatch(scale(1))
    verbs.dispatch(scale(2))
    const { length } = store.getState()
    expect(kinds(store.getState())).not.toContain('forked')
    verbs.undoFork()
    expect(store.getState().length).toBe(length)
  })

  it('gives the same run whether one acts in the past or never went further', async () => {
    const straight = await openPage('?clock=manual')
    straight.store.getState().verbs.advance(7_000)
    straight.store.getState().verbs.dispatch(deletePod('web-0'))
    straight.store.getState().verbs.untilQuiet()
    const forked = await openPage('?clock=manual')
    forked.store.getState().verbs.untilQuiet()
    forked.store.getState().verbs.seek(7_000)
    forked.store.getState().verbs.dispatch(deletePod('web-0'))
    forked.store.getState().verbs.untilQuiet()
    expect(worldText(forked)).toBe(worldText(straight))
  })

  it('takes back the last act with all that followed, one after the other', async () => {
    const { store } = await openPage('?clock=manual')
    const { verbs } = store.getState()
    verbs.advance(2_000)
    const before = store.getState()
    verbs.dispatch(scale(5))
    verbs.advance(2_000)
    verbs.dispatch(scale(1))
    verbs.undo()
    expect(store.getState()).toMatchObject({ now: 4_000, lastAct: { command: scale(5) } })
    expect(store.getState().notices.at(-1)).toMatchObject({
      kind: 'undone',
      params: { line: 'kubectl scale sts web --replicas=1' },
    })
    verbs.undo()
    expect(store.getState()).toMatchObject({ now: 2_000, cursor: before.cursor, length: before.length })
    expect(store.getState().lastAct).toBeUndefined()
    const { length } = store.getState()
    verbs.undo()
    expect(store.getState().length).toBe(length)
  })

  it('shows at once what befalls a machine or a process, though time stands still, and takes it back whole', async () => {
    const { store, script } = await openPage('?clock=manual')
    const { verbs } = store.getState()
    verbs.untilQuiet()
    const before = store.getState()
    const node = () =>
      nodesPictureOf(store.getState().world, store.getState().order).nodes.find(({ name }) => name === 'node-2')
    verbs.dispatch({ type: 'powerOffNode', namespace: '', name: 'node-2' })
    expect(store.getState()).toMatchObject({ now: before.now, cursor: before.cursor + 1 })
    expect(node()?.power).toBe('off')
    verbs.dispatch({ type: 'crashContainer', namespace: 'default', name: 'web-0' })
    expect(store.getState()).toMatchObject({ now: before.now, cursor: before.cursor + 2 })
    expect(store.getState().picture.set?.columns[0]?.pod.status).toBe('Error')

    const other = await openPage('?clock=manual')
    expect(other.script.importRun(script.exportRun())).toBeUndefined()
    expect(worldText(other)).toBe(worldText({ store } as never))

    verbs.stepBack()
    expect(node()?.power).toBe('off')
    expect(store.getState().picture.set?.columns[0]?.pod.status).toBe('Running')
    verbs.undo()
    expect(store.getState().world).toBe(before.world)
    expect(node()?.power).toBe('on')
  })

  it('begins anew, and brings the old run back on demand', async () => {
    const { store } = await openPage('?clock=manual')
    const { verbs } = store.getState()
    verbs.untilQuiet()
    const { length, now } = store.getState()
    verbs.reset()
    expect(store.getState()).toMatchObject({ now: 0, length: 1, untouched: true })
    verbs.undoFork()
    expect(store.getState()).toMatchObject({ now, length })
  })

  it('looks ahead without changing anything', async () => {
    const { store } = await openPage('?clock=manual')
    const before = store.getState()
    const forecast = before.verbs.forecast()
    expect(forecast.quiet).toBe(false)
    const first = before.verbs.step()
    expect(forecast.facts.slice(0, first.length)).toEqual(first)
    expect(forecast.facts.length).toBeGreaterThan(first.length)
    before.verbs.untilQuiet()
    expect(store.getState().verbs.forecast()).toEqual({ facts: [], quiet: true })
  })

  it('finds the version of an object before the one that is shown', async () => {
    const { store } = await openPage('?clock=manual')
    const { verbs } = store.getState()
    verbs.untilQuiet()
    verbs.dispatch(scale(5))
    expect(verbs.previous('StatefulSet/default/web')).toMatchObject({ spec: { replicas: 3 } })
    expect(verbs.previous('StorageClass//standard')).toBeUndefined()
  })
})

describe('our own mistakes', () => {
  const breakingAt = (at: number): Kernel => {
    const kernel = makeSim({})
    return {
      ...kernel,
      next: (world) => {
        if ((kernel.nextDue(world) ?? 0) > at) throw new Error('a bug of ours')
        return kernel.next(world)
      },
    }
  }

  it('stops, offers the run, and goes on with the last good moment', async () => {
    const { store, page } = await openPage('', { kernel: breakingAt(3_000) })
    const { verbs } = store.getState()
    verbs.dispatch(scale(2))
    verbs.setSpeed(64)
    verbs.play()
    page.drain()
    const broken = store.getState()
    expect(broken.playing).toBe(false)
    expect(broken.crash).toMatchObject({ message: 'a bug of ours' })
    expect(JSON.parse(broken.crash?.run ?? '')).toMatchObject({ format: 'ordinal-run', acts: [{ command: scale(2) }] })
    expect(broken.world.now).toBeLessThanOrEqual(3_000)
    expect(broken.cursor).toBe(broken.length - 1)
    verbs.dismissCrash()
    verbs.stepBack()
    expect(verbs.dispatch(scale(1))).toBeUndefined()
    expect(store.getState().crash).toBeUndefined()
  })

  it('counts as a refusal of the act in which it happens', async () => {
    const kernel = makeSim({})
    const dispatch: Kernel['dispatch'] = (world, command) => {
      if (command.type === 'scaleStatefulSet' && command.replicas === 2) throw new Error('a bug of ours')
      return kernel.dispatch(world, command)
    }
    const { store } = await openPage('', { kernel: { ...kernel, dispatch } })
    const { length } = store.getState()
    expect(store.getState().verbs.dispatch(scale(2))).toEqual({ reason: 'InternalError', message: 'a bug of ours' })
    expect(store.getState().length).toBe(length)
  })
})

describe('preferences', () => {
  it('are kept, and the address stands above them', async () => {
    const page = new FakePage()
    const { store } = await openPage('', {}, page)
    store.getState().verbs.set({ theme: 'projector', singleKeys: false })
    const again = await openPage('', {}, page)
    expect(again.store.getState()).toMatchObject({ theme: 'projector', singleKeys: false, language: 'en' })
    const linked = await openPage('?theme=dark', {}, page)
    expect(linked.store.getState().theme).toBe('dark')
  })

  it('are those of a first visit when what was kept makes no sense', async () => {
    const page = new FakePage()
    for (const kept of ['{"theme":"pink","pauseOn":{"decision":1}}', 'null', '7', 'nonsense']) {
      page.preferences = kept
      const { store } = await openPage('', {}, page)
      expect(store.getState()).toMatchObject({ theme: 'light', pauseOn: { decision: false, violation: true } })
    }
  })

  it('are taken one by one where only some of what was kept makes sense', async () => {
    const page = new FakePage()
    page.preferences = '{"theme":"pink","dockTab":"events","playing":true}'
    const { store } = await openPage('', {}, page)
    expect(store.getState()).toMatchObject({ theme: 'light', dockTab: 'events', playing: false })
  })
})
