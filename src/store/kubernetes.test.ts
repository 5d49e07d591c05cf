/** The version of the cluster: asked for by the address, a scenario, a script or the page, and kept with the run. */
import { describe, expect, it } from 'vitest'
import { webV1 } from '../content/manifests/webV1.ts'
import { scenarios } from '../content/scenarios/index.ts'
import type { Scenario } from '../sim/index.ts'
import { objectsOf } from '../sim/index.ts'
import { openPage, worldText } from './fixtures/page.ts'
import { Stories } from './stories.ts'

const [first, second] = scenarios as readonly [Scenario, Scenario]
const shelved = (...told: Scenario[]) => ({ stories: new Stories([{ name: 'stories', scenarios: told }]) })
const releaseOf = (held: Awaited<ReturnType<typeof openPage>>) =>
  JSON.stringify(objectsOf(held.store.getState().world, 'Node')[0]?.status).match(/v1\.[^"]*/)?.[0]

describe('the address', () => {
  it.each([
    ['', '1.36', 'v1.36.2'],
    ['k8s=1.30', '1.30', 'v1.30.13'],
    ['k8s=v1.36.2', '1.36', 'v1.36.2'],
    ['k8s=1.35.2', '1.35.0', 'v1.35.0'],
    ['k8s=1.35', '1.35', 'v1.35.4'],
  ])('?%s gives a cluster of %s', async (search, version, release) => {
    const held = await openPage(`?${search}`)
    expect(held.store.getState().run.kubernetes).toBe(version)
    expect(releaseOf(held)).toBe(release)
  })

  it.each([
    ['k8s=1.12', 'Kubernetes 1.12 is not simulated; known are 1.27, 1.28'],
    ['k8s=newest', 'must be a version, such as 1.36 or 1.35.0'],
  ])('?%s is told, and the page goes on with the usual version', async (search, problem) => {
    const { store } = await openPage(`?${search}`)
    const { run, notices } = store.getState()
    expect(run.kubernetes).toBe('1.36')
    const told = notices.filter(({ kind }) => kind === 'parameter').map(({ params }) => params.problem)
    expect(told).toEqual([expect.stringContaining(problem)])
  })
})

describe('a scenario', () => {
  const old: Scenario = { ...first, settings: { kubernetes: '1.30' } }
  const shelf = shelved(old, second)

  it('is told in its own version, unless another is asked for', async () => {
    expect((await openPage('', shelf)).store.getState().run.kubernetes).toBe('1.30')
    const { store } = await openPage('?k8s=1.33', shelf)
    expect(store.getState().run.kubernetes).toBe('1.33')
    store.getState().verbs.load({ scenario: old.id })
    expect(store.getState().run.kubernetes).toBe('1.30')
    store.getState().verbs.load({ scenario: old.id, kubernetes: '1.31.4' })
    expect(store.getState().run.kubernetes).toBe('1.31')
  })

  it('may turn gates, but none that its version does not know', async () => {
    const gated = (gates: object) => ({ ...second, settings: { gates } }) as Scenario
    const on = gated({ MaxUnavailableStatefulSet: true })
    const { store } = await openPage('', shelved(on))
    expect(store.getState().world.settings.gates).toEqual({ MaxUnavailableStatefulSet: true })
    const wrong = await openPage('', shelved(first, gated({ Foo: true })))
    const refusal = wrong.store.getState().verbs.load({ scenario: second.id })
    expect(refusal).toEqual({ reason: 'Impossible', message: 'unrecognized feature gate: Foo' })
  })
})

describe('choosing another version', () => {
  it('begins the scenario anew with the same seed, and can be taken back', async () => {
    const held = await openPage('?clock=manual&scenario=rolling-update&seed=9&domain=kube.local')
    const { verbs } = held.store.getState()
    verbs.nextBeat()
    const before = worldText(held)
    expect(verbs.setKubernetes('1.30')).toBeUndefined()
    const { run, world, length, notices } = held.store.getState()
    expect(run).toEqual({ scenario: 'rolling-update', seed: 9, kubernetes: '1.30' })
    expect([world.settings.clusterDomain, length]).toEqual(['kube.local', 1])
    expect(notices.map(({ kind }) => kind)).toEqual(['loaded'])
    verbs.undoFork()
    expect(worldText(held)).toBe(before)
  })

  it('begins a run of other manifests anew, too, and says what is dropped', async () => {
    const held = await openPage('?clock=manual')
    const { verbs } = held.store.getState()
    const budget = '  updateStrategy: {type: RollingUpdate, rollingUpdate: {maxUnavailable: 2}}\n'
    verbs.load({ manifests: webV1.replace('  replicas: 3\n', `  replicas: 3\n${budget}`), kubernetes: '1.37', seed: 4 })
    const kept = () => objectsOf(held.store.getState().world, 'StatefulSet')[0]?.spec.updateStrategy.rollingUpdate
    expect(kept()).toEqual({ partition: 0, maxUnavailable: 2 })
    verbs.setKubernetes('1.36')
    expect(held.store.getState().run).toEqual({ seed: 4, kubernetes: '1.36' })
    expect(kept()).toEqual({ partition: 0 })
    verbs.load({ manifests: webV1.replace('  replicas: 3\n', `  replicas: 3\n${budget}`) })
    expect(held.store.getState().notices.map(({ params }) => params.code)).toContain('fieldDropped')
  })

  it('is refused where there is no such version; the run stays as it is', async () => {
    const held = await openPage('?clock=manual')
    const before = worldText(held)
    for (const open of [() => {}, () => held.store.getState().verbs.load({ manifests: webV1 })]) {
      open()
      const text = worldText(held)
      expect(held.store.getState().verbs.setKubernetes('1.99')).toMatchObject({ reason: 'Impossible' })
      expect(worldText(held)).toBe(text)
    }
    expect(worldText(held)).not.toBe(before)
  })

  it('lasts through a reset', async () => {
    const { store } = await openPage('?clock=manual')
    store.getState().verbs.setKubernetes('1.29')
    store.getState().verbs.step()
    store.getState().verbs.reset()
    expect(store.getState().run.kubernetes).toBe('1.29')
  })
})

describe('a saved run', () => {
  it('keeps its version, and replays to the same bytes in it', async () => {
    const lived = await openPage('?clock=manual&scenario=pod-deleted&k8s=1.30')
    for (let beats = 0; beats < 2; beats++) lived.store.getState().verbs.nextBeat()
    const other = await openPage('?clock=manual')
    expect(other.script.importRun(lived.script.exportRun())).toBeUndefined()
    expect(other.store.getState().run.kubernetes).toBe('1.30')
    expect(worldText(other)).toBe(worldText(lived))
  })

  it.each(['dns-dual-stack', 'drain-four-nodes'])('keeps the machines and families of %s', async (scenario) => {
    const lived = await openPage(`?clock=manual&scenario=${scenario}`)
    lived.store.getState().verbs.nextBeat()
    const other = await openPage('?clock=manual')
    expect(other.script.importRun(lived.script.exportRun())).toBeUndefined()
    expect(worldText(other)).toBe(worldText(lived))
  })

  it('is refused loudly where its version or a gate of it is not known', async () => {
    const { script } = await openPage('?clock=manual')
    const file = (settings: object) => {
      const run = JSON.parse(script.exportRun())
      return JSON.stringify({ ...run, settings: { ...run.settings, ...settings } })
    }
    expect(script.importRun(file({ kubernetes: '1.99' }))?.message).toContain('Kubernetes 1.99 is not simulated')
    expect(script.importRun(file({ gates: { Foo: true } }))?.message).toContain('unrecognized feature gate: Foo')
    expect(script.importRun(file({ gates: { MaxUnavailableStatefulSet: false } }))).toBeUndefined()
  })
})
