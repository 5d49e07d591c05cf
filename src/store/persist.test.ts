/** A reload loses nothing: what was left is brought back, can be discarded, and never hinders. */
import { describe, expect, it } from 'vitest'
import { scenarioGroups } from '../content/scenarios/index.ts'
import { FakePage, loadedReader, openPage, worldText } from './fixtures/page.ts'
import { RunReader } from './runReader.ts'
import { makeStore } from './store.ts'
import { Stories } from './stories.ts'

const scale = { type: 'scaleStatefulSet', namespace: 'default', name: 'web', replicas: 1 } as const

async function visit(page: FakePage, search = '') {
  const held = await openPage(search, {}, page)
  held.start()
  const ready = held.script.ready()
  await page.wait(50)
  await ready
  return held
}

class Unreachable extends RunReader {
  override load = () => Promise.reject(new Error('no network'))
}

/** A visit on which what replays runs cannot be fetched, with an act that is worth keeping. */
async function visitWithoutReplay(page: FakePage) {
  const shelf = { reader: await loadedReader(), runReader: new Unreachable(), stories: new Stories(scenarioGroups) }
  const held = makeStore(page.environment(), shelf)
  held.start()
  await expect(held.script.ready()).rejects.toThrow('no network')
  await page.wait(50)
  held.script.dispatch(scale)
  await page.wait(2_000)
  return held
}

describe('the run', () => {
  it('is there again after a reload, with a notice', async () => {
    const page = new FakePage()
    const first = await visit(page)
    first.script.advance(4_000)
    first.script.dispatch(scale)
    first.script.advance(2_500)
    await page.wait(2_000)
    const second = await visit(page)
    expect(worldText(second)).toBe(worldText(first))
    expect(second.store.getState()).toMatchObject({ now: 6_500, ready: true, playing: false })
    expect(second.store.getState().notices.at(-1)).toMatchObject({ kind: 'restored', action: 'discardRun' })
  })

  it('waits for a page that takes its time to start', async () => {
    const page = new FakePage()
    const first = await visit(page)
    first.script.advance(4_000)
    await page.wait(2_000)
    const second = await openPage('', {}, page)
    await page.wait(3_000)
    second.start()
    await page.wait(50)
    await second.script.ready()
    expect(second.store.getState().now).toBe(4_000)
  })

  it('is written when the page is left, without waiting', async () => {
    const page = new FakePage()
    const first = await visit(page)
    first.script.dispatch(scale)
    page.hide()
    await page.wait(0)
    expect(page.kept).toContain('scaleStatefulSet')
  })

  it('is discarded on demand, and stays so', async () => {
    const page = new FakePage()
    const first = await visit(page)
    first.script.dispatch(scale)
    await page.wait(2_000)
    const second = await visit(page)
    second.store.getState().verbs.discardRun()
    expect(second.store.getState()).toMatchObject({ untouched: true, now: 0 })
    await page.wait(2_000)
    expect(page.kept).toBeUndefined()
    expect((await visit(page)).store.getState().untouched).toBe(true)
  })

  it('belongs to its address', async () => {
    const page = new FakePage()
    const first = await visit(page, '?scenario=rolling-update')
    first.script.advance(1_000)
    await page.wait(2_000)
    expect((await visit(page, '?scenario=on-delete')).store.getState().untouched).toBe(true)
  })

  it('is left alone by an embedded page', async () => {
    const page = new FakePage()
    const embedded = await visit(page, '?embed=1')
    embedded.script.advance(1_000)
    await page.wait(2_000)
    expect(page.kept).toBeUndefined()
  })

  it('does not take the place of what somebody has begun meanwhile', async () => {
    const page = new FakePage()
    const first = await visit(page)
    first.script.dispatch(scale)
    await page.wait(2_000)
    const second = await openPage('', {}, page)
    second.script.advance(700)
    second.start()
    await page.wait(50)
    await second.script.ready()
    expect(second.store.getState()).toMatchObject({ now: 700, lastAct: undefined })
  })

  it('that cannot be replayed is told, and the page goes on', async () => {
    const page = new FakePage()
    const first = await visit(page)
    first.script.dispatch(scale)
    await page.wait(2_000)
    page.kept = page.kept?.replace(String.raw`\"seed\":`, String.raw`\"seed\":4`)
    const { store } = await visit(page)
    expect(store.getState()).toMatchObject({ untouched: true, ready: true })
    expect(store.getState().notices.at(-1)).toMatchObject({ kind: 'notice', params: { code: 'runNotRestored' } })
  })

  it('needs no browser that keeps anything', async () => {
    const page = new FakePage()
    page.kept = 'no json'
    const broken = async () => {
      throw new Error('no storage here')
    }
    const shelf = { read: broken, write: broken, empty: broken }
    const environment = page.environment('', { runs: shelf })
    const held = makeStore(environment, { reader: await loadedReader() })
    held.start()
    await page.wait(50)
    await held.script.ready()
    held.script.dispatch(scale)
    await page.wait(2_000)
    expect(held.store.getState().lastAct?.command).toEqual(scale)
  })

  it('is kept also where that part cannot be fetched and nothing was left to bring back', async () => {
    const page = new FakePage()
    await visitWithoutReplay(page)
    expect(page.kept).toContain('scaleStatefulSet')
  })

  it('leaves what was kept where it is when the part that replays it cannot be fetched', async () => {
    const page = new FakePage()
    page.kept = JSON.stringify({ search: '', run: 'a run of last time' })
    const { kept } = page
    const held = await visitWithoutReplay(page)
    page.hide()
    expect(held.store.getState()).toMatchObject({ untouched: false, ready: false })
    expect(page.kept).toBe(kept)
  })
})
