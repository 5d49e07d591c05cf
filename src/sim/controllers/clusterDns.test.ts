/** Names: when they appear, how long resolvers may still know them, and what is answered to which question. */
import { describe, expect, it } from 'vitest'
import type { StatefulSet } from '../api/types.ts'
import { nameStates, resolve } from '../projection/dns.ts'
import { clusterDns } from './clusterDns.ts'
import { endpoints } from './endpoints.ts'
import { podDraft, SETTINGS, ToyCluster } from './fixtures/toyCluster.ts'

const serviceDraft = (name: string, spec: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace: 'default' },
  spec: { clusterIP: 'None', selector: { app: 'nginx' }, ports: [{ port: 80, name: 'web' }], ...spec },
})
const headless = serviceDraft('nginx')

const cluster = (options: ConstructorParameters<typeof ToyCluster>[1] = {}) =>
  new ToyCluster([endpoints, clusterDns], options)

const ready = (toy: ToyCluster, name: string, podIP: string, isReady = true) => {
  if (!toy.find('Pod', name)) toy.create(podDraft(name, { spec: { hostname: name, subdomain: 'nginx' } }))
  const pod = toy.get('Pod', name)
  const conditions = [{ type: 'Ready', status: isReady ? ('True' as const) : ('False' as const) }]
  return toy.do({
    do: 'updateStatus',
    object: { ...pod, status: { ...pod.status, phase: 'Running', podIP, conditions } },
  })
}

const two = () => ready(ready(cluster().create(headless), 'web-0', '10.244.2.2'), 'web-1', '10.244.4.2').quiet()

/** Facts about names as `published web-0`. */
const told = (toy: ToyCluster) =>
  toy.facts
    .filter(({ type }) => type.startsWith('name'))
    .map(({ type, name }) => `${type.slice(4).toLowerCase()} ${name}`)

describe('a name', () => {
  it('appears within a second of its endpoint becoming ready, and goes when it is not', () => {
    const toy = cluster().create(headless)
    ready(toy, 'web-0', '10.244.2.2', false).quiet()
    expect(resolve(toy.world, 'web-0.nginx')).toEqual([])
    const start = ready(toy, 'web-0', '10.244.2.2').now
    toy.until(({ world }) => resolve(world, 'web-0.nginx').length > 0)
    expect(toy.now - start).toBeLessThan(1000)
    expect(toy.facts.at(-1)).toMatchObject({
      type: 'namePublished',
      by: 'clusterDns',
      kind: 'Pod',
      name: 'web-0',
      detail: { name: 'web-0.nginx.default.svc.cluster.local', address: '10.244.2.2' },
    })
    ready(toy, 'web-0', '10.244.2.2', false).run(1000)
    expect(resolve(toy.world, 'web-0.nginx')).toEqual([])
  })

  it('may be cached for the time to live, and then is withdrawn for good', () => {
    const toy = two().delete('Pod', 'web-0', 0)
    toy.until(({ facts }) => facts.at(-1)?.type === 'nameCached')
    const gone = toy.now
    expect(toy.facts.at(-1)?.detail).toMatchObject({ address: '10.244.2.2', cachedUntil: gone + 30_000 })
    expect(toy.quiet().now).toBe(gone + 30_000)
    expect(told(toy)).toEqual(['published web-0', 'published web-1', 'cached web-0', 'withdrawn web-0'])
  })

  it('that comes back with another address is not told as withdrawn', () => {
    const toy = two().delete('Pod', 'web-0', 0).run(1000)
    ready(toy, 'web-0', '10.244.6.9').quiet()
    expect(told(toy).slice(2)).toEqual(['cached web-0', 'published web-0'])
    expect(resolve(toy.world, 'web-0.nginx')).toEqual(['10.244.6.9'])
  })

  it('comes and goes the same in a copy of the world, and where it is gone on from once more', () => {
    const toy = ready(two(), 'web-2', '10.244.6.2').quiet()
    const { world } = toy
    const goOn = (start: typeof world) => {
      toy.world = start
      const before = told(toy).length
      ready(toy, 'web-1', '10.244.4.2', false).run(1000)
      ready(toy.delete('Pod', 'web-0', 0), 'web-3', '10.244.2.9').run(1000)
      ready(toy, 'web-1', '10.244.4.2').quiet()
      return [told(toy).slice(before), JSON.stringify(toy.world.memories)]
    }
    const once = goOn(world)
    expect(once[0]).toContain('published web-3')
    expect(goOn(JSON.parse(JSON.stringify(world)))).toEqual(once)
    expect(goOn(world)).toEqual(once)
  })

  it('of a pod that is not ready has a reason', () => {
    const toy = ready(two(), 'web-1', '10.244.4.2', false).quiet()
    expect(toy.reasons('web-1')).toMatchObject([{ reason: 'notPublished', on: 'Pod/default/web-1' }])
    expect(toy.reasons('web-0')).toEqual([])
    expect(ready(toy, 'web-1', '10.244.4.2').quiet().world.waiting).toEqual([])
  })

  it('goes and comes with its Service', () => {
    const toy = two().delete('Service', 'nginx').run(1000)
    expect(resolve(toy.world, 'web-0.nginx')).toEqual([])
    expect(told(toy).slice(2)).toEqual(['cached web-0', 'cached web-1'])
    expect(resolve(toy.create(headless).quiet().world, 'web-0.nginx')).toEqual(['10.244.2.2'])
  })
})

const webDraft = (replicas: number) => ({
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  metadata: { name: 'web', namespace: 'default' },
  spec: {
    serviceName: 'nginx',
    replicas,
    selector: { matchLabels: { app: 'nginx' } },
    template: { metadata: { labels: { app: 'nginx' } }, spec: { containers: [{ name: 'nginx', image: 'nginx:v1' }] } },
  },
})

describe('a governing Service that is missing', () => {
  it('is named as the reason as long as a set asks for it', () => {
    const toy = cluster().create(webDraft(1)).quiet()
    expect(toy.reasons('nginx', 'Service')).toMatchObject([{ reason: 'serviceMissing' }])
    expect(toy.create(headless).quiet().reasons('nginx', 'Service')).toEqual([])
    expect(toy.delete('Service', 'nginx').quiet().reasons('nginx', 'Service').length).toBe(1)
    expect(toy.delete('StatefulSet', 'web').quiet().reasons('nginx', 'Service')).toEqual([])
  })
})

describe('resolve', () => {
  it.each<[string, readonly string[]]>([
    ['web-0.nginx.default.svc.cluster.local', ['10.244.2.2']],
    ['web-0.nginx.default.svc.cluster.local.', ['10.244.2.2']],
    ['WEB-0.nginx.Default.svc.cluster.local', ['10.244.2.2']],
    ['web-0.nginx.default.svc', ['10.244.2.2']],
    ['web-0.nginx.default', ['10.244.2.2']],
    ['web-0.nginx', ['10.244.2.2']],
    ['nginx', ['10.244.2.2', '10.244.4.2']],
    ['nginx.default', ['10.244.2.2', '10.244.4.2']],
    ['nginx.default.svc.cluster.local', ['10.244.2.2', '10.244.4.2']],
    ['10-244-4-2.default.pod.cluster.local', ['10.244.4.2']],
    ['web-0', []],
    ['web-2.nginx', []],
    ['web-0.nginx.', []],
    ['web-0.nginx.foo', []],
    ['web-0.other', []],
    ['a.web-0.nginx.default.svc.cluster.local', []],
    ['web-0.nginx.default.svc.kube.local', []],
    ['10-244-4-2.foo.pod.cluster.local', []],
    ['', []],
  ])('answers A %s with %j', (name, answer) => {
    expect(resolve(two().world, name)).toEqual(answer)
  })

  it('answers SRV with one target for each endpoint and named port, and PTR with the name', () => {
    const { world } = two()
    expect(resolve(world, '_web._tcp.nginx', 'SRV')).toEqual([
      '0 50 80 web-0.nginx.default.svc.cluster.local.',
      '0 50 80 web-1.nginx.default.svc.cluster.local.',
    ])
    expect(resolve(world, '_web._udp.nginx', 'SRV')).toEqual([])
    expect(resolve(world, '_other._tcp.nginx', 'SRV')).toEqual([])
    expect(resolve(world, 'nginx', 'SRV')).toEqual([])
    expect(resolve(world, '10.244.4.2', 'PTR')).toEqual(['web-1.nginx.default.svc.cluster.local.'])
    expect(resolve(world, '2.4.244.10.in-addr.arpa', 'PTR')).toEqual(['web-1.nginx.default.svc.cluster.local.'])
    expect(resolve(world, '10.244.4.3', 'PTR')).toEqual([])
  })

  it('answers with the Service’s own address when it has one, and still knows its pods', () => {
    const toy = cluster().create({ ...headless, spec: { ...headless.spec, clusterIP: undefined } })
    const { world } = ready(toy, 'web-0', '10.244.2.2').quiet()
    const { clusterIP } = toy.get('Service', 'nginx').spec
    expect(clusterIP).toMatch(/^10\.96\./)
    expect(resolve(world, 'nginx')).toEqual([clusterIP])
    expect(resolve(world, 'web-0.nginx')).toEqual(['10.244.2.2'])
    expect(resolve(world, '_web._tcp.nginx', 'SRV')).toEqual(['0 100 80 nginx.default.svc.cluster.local.'])
    expect(resolve(world, clusterIP ?? '', 'PTR')).toEqual(['nginx.default.svc.cluster.local.'])
  })

  it('gives pods of another Service names made of their addresses', () => {
    const { world } = two().create(serviceDraft('other')).quiet()
    expect(resolve(world, '10-244-2-2.other')).toEqual(['10.244.2.2'])
    expect(resolve(world, 'web-0.other')).toEqual([])
  })

  it('knows the cluster’s own domain', () => {
    const toy = cluster({ settings: { ...SETTINGS, clusterDomain: 'kube.local' } }).create(headless)
    const { world } = ready(toy, 'web-0', '10.244.2.2').quiet()
    expect(resolve(world, 'web-0.nginx.default.svc.kube.local')).toEqual(['10.244.2.2'])
    expect(resolve(world, 'web-0.nginx')).toEqual(['10.244.2.2'])
    expect(resolve(world, 'web-0.nginx.default.svc.cluster.local')).toEqual([])
  })
})

describe('the DNS row', () => {
  const states = (toy: ToyCluster) =>
    nameStates(toy.world, toy.get('StatefulSet', 'web') as StatefulSet).map(({ podName, state, address = '' }) =>
      `${podName} ${state} ${address}`.trim(),
    )

  it('shows a name for each wanted ordinal and for others as long as resolvers may know them', () => {
    const toy = two().create(webDraft(1)).quiet()
    expect(states(toy)).toEqual(['web-0 published 10.244.2.2', 'web-1 published 10.244.4.2'])
    toy.delete('Pod', 'web-1', 0).delete('Pod', 'web-0', 0).run(1000)
    expect(states(toy)).toEqual(['web-0 cached 10.244.2.2', 'web-1 cached 10.244.4.2'])
    const until = nameStates(toy.world, toy.get('StatefulSet', 'web'))[0]?.cachedUntil ?? 0
    expect(until - toy.now).toBeGreaterThan(28_000)
    expect(states(toy.run(31_000))).toEqual(['web-0 absent'])
  })

  it('marks names of pods that are not ready', () => {
    const toy = cluster().create(serviceDraft('nginx', { publishNotReadyAddresses: true }), webDraft(1))
    ready(toy, 'web-0', '10.244.2.2', false).quiet()
    expect(nameStates(toy.world, toy.get('StatefulSet', 'web'))).toEqual([
      {
        podName: 'web-0',
        name: 'web-0.nginx.default.svc.cluster.local',
        state: 'published',
        address: '10.244.2.2',
        notReady: true,
      },
    ])
  })
})
