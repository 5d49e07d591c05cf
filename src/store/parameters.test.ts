import { describe, expect, it } from 'vitest'
import { openPage } from './fixtures/page.ts'
import { readParameters } from './parameters.ts'

describe('the address', () => {
  it('is read parameter by parameter', () => {
    const { parameters, faults } = readParameters(
      '?scenario=rolling-update&seed=7&t=42.18&speed=0.25&embed=1&theme=projector&lang=zh-CN&hide=dock,inspector&clock=manual&k8s=1.36&domain=kube.local',
    )
    expect(faults).toEqual([])
    expect(parameters).toEqual({
      scenario: 'rolling-update',
      seed: 7,
      t: 42_180,
      speed: 0.25,
      embed: true,
      theme: 'projector',
      lang: 'zh-CN',
      hide: ['dock', 'inspector'],
      clock: 'manual',
      k8s: '1.36',
      domain: 'kube.local',
    })
  })

  it.each([
    ['t=1:30', { t: 90_000 }],
    ['t=00:42.180', { t: 42_180 }],
    ['speed=max', { speed: 'max' }],
    ['embed=0', { embed: false }],
    ['hide=', { hide: [] }],
    ['seed=1&seed=2', { seed: 2 }],
    ['', {}],
  ])('takes %s', (search, expected) => {
    expect(readParameters(search)).toEqual({ parameters: expected, faults: [] })
  })

  it.each([
    ['seed=-1', 'seed', 'must be a whole number from 0 to 4294967295'],
    ['seed=4294967296', 'seed', 'must be a whole number from 0 to 4294967295'],
    ['t=soon', 't', 'must be seconds'],
    ['speed=3', 'speed', 'must be one of 0.25, 0.5, 1'],
    ['theme=pink', 'theme', 'must be light, dark or projector'],
    ['hide=dock,menu', 'hide', 'must be some of'],
    ['domain=Kube_Local', 'domain', 'must be a DNS name'],
    ['sede=7', 'sede', 'unknown; known are scenario, seed'],
    ['__proto__=1', '__proto__', 'unknown'],
  ])('tells what is wrong with %s and leaves it out', (search, name, problem) => {
    const { parameters, faults } = readParameters(search)
    expect(parameters).toEqual({})
    expect(faults).toEqual([expect.objectContaining({ name, problem: expect.stringContaining(problem) })])
  })
})

describe('a page with a faulty address', () => {
  it('goes on with the rest, and says what it left out', async () => {
    const { store } = await openPage('?scenario=no-such-story&k8s=1.12&seed=9&colour=red')
    const { run, notices } = store.getState()
    expect(run).toEqual({ scenario: 'ordered-start', seed: 9, kubernetes: '1.36' })
    const faults = notices.filter(({ kind }) => kind === 'parameter').map(({ params }) => params)
    expect(faults).toEqual([
      expect.objectContaining({ name: 'colour', problem: expect.stringContaining('unknown') }),
      expect.objectContaining({
        name: 'scenario',
        value: 'no-such-story',
        problem: expect.stringContaining('known are'),
      }),
      expect.objectContaining({ name: 'k8s', value: '1.12', problem: expect.stringContaining('not simulated') }),
    ])
  })

  it('stands where a good address says', async () => {
    const { store } = await openPage('?scenario=rolling-update&t=12.5&clock=manual&speed=4&domain=kube.local&embed=1')
    expect(store.getState()).toMatchObject({
      run: { scenario: 'rolling-update' },
      now: 12_500,
      speed: 4,
      manualClock: true,
      embedded: true,
      playing: false,
    })
    expect(store.getState().world.settings.clusterDomain).toBe('kube.local')
  })
})
