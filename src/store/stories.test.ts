/** Which stories can be opened when: the first at once, the others once they are loaded. */
import { describe, expect, it } from 'vitest'
import { scenarioGroups, scenarios } from '../content/scenarios/index.ts'
import { FakePage, loadedReader } from './fixtures/page.ts'
import { makeStore } from './store.ts'
import { Stories } from './stories.ts'

describe('the stories of a page', () => {
  it('begin with the one that a first visit shows, which is the first of all', () => {
    expect(new Stories().all).toEqual([scenarios[0]])
  })

  it('are all there once the page is ready; before, another than the first is refused with the reason', async () => {
    const page = new FakePage()
    const { store, script, start } = makeStore(page.environment(), { reader: await loadedReader() })
    const { verbs } = store.getState()
    expect(store.getState().run.scenario).toBe('ordered-start')
    expect(verbs.load({ scenario: 'on-delete' })?.message).toMatch(/known are ordered-start, and others that are still/)
    start()
    await script.ready()
    expect(store.getState().stories).toEqual(scenarioGroups)
    expect(verbs.load({ scenario: 'on-delete' })).toBeUndefined()
    expect(verbs.load({ scenario: 'nowhere' })?.message).toMatch(/undo-does-not-repair[^,]*, .*crashing-is-not-failed$/)
  })

  it('come back with a run of last time, whichever it was of', async () => {
    const page = new FakePage()
    const shelf = async () => ({ reader: await loadedReader(), stories: new Stories(scenarioGroups) })
    const before = makeStore(page.environment(), await shelf())
    before.script.load({ scenario: 'rolling-update' })
    page.kept = JSON.stringify({ search: '', run: before.script.exportRun() })
    const { store, script, start } = makeStore(page.environment(), { reader: await loadedReader() })
    start()
    const ready = script.ready()
    await page.wait(50)
    await ready
    expect(store.getState()).toMatchObject({ run: { scenario: 'rolling-update' }, upcoming: 'start' })
  })

  it('can be saved at once and opened again once the page is ready; before, that is refused with the reason', async () => {
    const page = new FakePage()
    const { script, start } = makeStore(page.environment(), { reader: await loadedReader() })
    script.dispatch({ type: 'scaleStatefulSet', namespace: 'default', name: 'web', replicas: 2 })
    const run = script.exportRun()
    expect(script.importRun(run)?.message).toBe('Runs cannot be opened yet: what replays them is still being loaded.')
    expect(script.exportRun()).toBe(run)
    start()
    await script.ready()
    script.untilQuiet()
    expect(script.importRun(run)).toBeUndefined()
    expect(script.exportRun()).toBe(run)
  })
})
