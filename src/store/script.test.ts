/** The scripting object, as scenario tests use it. */
import { describe, expect, it } from 'vitest'
import { webV1 } from '../content/manifests/webV1.ts'
import { openPage } from './fixtures/page.ts'

const manual = () => openPage('?clock=manual&scenario=rolling-update')

describe('window.ordinal', () => {
  it('tells its version, and is ready once everything is loaded', async () => {
    const held = await manual()
    expect(held.script.version).toMatch(/^\d+\.\d+\.\d+/)
    expect(held.store.getState().ready).toBe(false)
    held.start()
    await held.script.ready()
    expect(held.store.getState().ready).toBe(true)
  })

  it('loads scenarios and manifests, paused at 0', async () => {
    const { script } = await manual()
    script.advance(5_000)
    script.load({ scenario: 'on-delete', seed: 3 })
    expect(script.now()).toBe(0)
    expect(script.objects('statefulsets')).toHaveLength(1)
    script.load({ manifests: webV1, seed: 8 })
    expect(script.now()).toBe(0)
    expect(script.objects('sts')).toMatchObject([{ spec: { replicas: 3 } }])
    script.load({ manifests: JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } }) })
    expect(script.objects('configmaps')).toHaveLength(1)
  })

  it.each([
    [{ scenario: 'nothing' }, 'no scenario "nothing"; known are'],
    [{ scenario: 'on-delete', manifests: webV1 }, 'not both'],
    [{ manifests: 'a: [' }, 'line 1: yaml'],
    [{ manifests: webV1, kubernetes: '1.12' }, 'Kubernetes 1.12 is not simulated'],
  ])('leaves the run alone when it cannot load: %#', async (request, message) => {
    const { script } = await manual()
    script.advance(5_000)
    expect(() => script.load(request)).toThrow(message)
    expect(script.now()).toBe(5_000)
  })

  it('applies manifests all or nothing', async () => {
    const { script, store } = await manual()
    const refusal = script.apply(webV1.replace('replicas: 3', 'replicas: many'))
    expect(refusal).toMatchObject({ reason: 'BadRequest', line: 21 })
    expect(store.getState().length).toBe(1)
    expect(script.apply(webV1.replace('replicas: 3', 'replicas: 5'))).toBeUndefined()
    expect(script.objects('statefulsets', 'default')).toMatchObject([{ spec: { replicas: 5 } }])
  })

  it('waits for pods, and tells when they do not get there', async () => {
    const { script } = await manual()
    expect(script.until({ pod: 'web-1', is: 'Ready' }, 120_000)).toBe(true)
    const { now } = script
    const reached = now()
    expect(script.until({ pod: 'web-1', is: 'Ready' }, 1_000)).toBe(true)
    expect(now()).toBe(reached)
    expect(script.until({ pod: 'web-0', is: 'Failed' }, 1_000)).toBe(false)
    expect(script.until({ pod: 'web-0', is: 'Created', namespace: 'other' }, 1_000)).toBe(false)
  })

  it('tells facts since a number, up to the cursor', async () => {
    const { script } = await manual()
    script.untilQuiet()
    const all = script.facts()
    expect(all.map(({ sequence }) => sequence)).toEqual(all.map((_, index) => index + 1))
    expect(script.facts(10)[0]?.sequence).toBe(11)
    script.seek(3_000)
    expect(script.facts().length).toBeLessThan(all.length)
    expect(script.facts().every(({ at }) => at <= 3_000)).toBe(true)
  })

  it('answers about names, reasons and guarantees', async () => {
    const { script } = await manual()
    expect(script.until({ pod: 'web-0', is: 'Created' }, 10_000)).toBe(true)
    expect(script.reasons().map(({ subject }) => subject)).toContain('Pod/default/web-1')
    script.untilQuiet()
    expect(script.resolve('web-1.nginx.default.svc.cluster.local')).toHaveLength(1)
    expect(script.resolve('web-9.nginx.default.svc.cluster.local')).toEqual([])
    const order = script.guarantees().find(({ id }) => id === 'ORD-1')
    expect(order).toMatchObject({ status: 'held' })
    expect(order?.checks).toBeGreaterThan(0)
  })

  it('calls back on changes and on every new fact', async () => {
    const { script } = await manual()
    const heard: number[] = []
    let changes = 0
    const offFact = script.on('fact', ({ sequence }) => heard.push(sequence))
    const offChange = script.on('change', () => changes++)
    const facts = script.step()
    expect(heard).toEqual(facts.map(({ sequence }) => sequence))
    expect(changes).toBe(1)
    offFact()
    offChange()
    script.step()
    expect(heard).toHaveLength(facts.length)
    expect(changes).toBe(1)
  })

  it('refuses what is no number of milliseconds, no kind, no command', async () => {
    const { script } = await manual()
    expect(() => script.advance(-1)).toThrow('ms must be a number of milliseconds')
    expect(() => script.seek(Number.NaN)).toThrow(TypeError)
    expect(() => script.objects('gizmos')).toThrow('the server doesn\'t have a resource type "gizmos"')
    expect(script.dispatch({ type: 'explode' } as never)).toMatchObject({ reason: 'BadRequest' })
  })
})
