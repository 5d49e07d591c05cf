/** Processes that look for names: what is found, what is remembered as not there, what a new run asks again. */
import { describe, expect, it } from 'vitest'
import { why as unblock } from '../guarantees/why.ts'
import { endpoints } from './endpoints.ts'
import { isUp, podDraft, ToyCluster } from './fixtures/toyCluster.ts'
import { kubelet } from './kubelet.ts'
import { peerNames } from './peerNames.ts'

const service = (more: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'nginx', namespace: 'default' },
  spec: { clusterIP: 'None', selector: { app: 'nginx' }, ports: [{ port: 80 }], ...more },
})

const PROBE = { readinessProbe: { exec: { command: ['true'] }, periodSeconds: 5 } }

const peer = (name: string, names?: string) =>
  podDraft(name, {
    container: PROBE,
    spec: { hostname: name, subdomain: 'nginx' },
    metadata: {
      labels: { app: 'nginx' },
      annotations: names === undefined ? {} : { 'ordinal.dev/needs-names': names },
    },
  })

const cluster = (...objects: object[]) => new ToyCluster([kubelet, endpoints, peerNames]).create(...objects)
const up = (toy: ToyCluster, name: string) => isUp(toy.find('Pod', name))
const why = (toy: ToyCluster, name: string) => toy.reasons(name).map(({ reason }) => reason)

/** When a pod became Ready, in ms. */
const readyAt = (toy: ToyCluster, name: string) =>
  toy.facts.find((fact) => fact.type === 'podReady' && fact.name === name)?.at ?? Number.NaN

describe('a process that needs names', () => {
  it.each(['web-1.nginx', 'web-1.nginx.default', 'web-1.nginx.default.svc', 'web-1.nginx.default.svc.cluster.local.'])(
    'finds %s when it is there before',
    (name) => {
      const toy = cluster(service(), peer('web-1')).run(20_000).create(peer('web-0', name)).run(20_000)
      expect(up(toy, 'web-0')).toBe(true)
      expect(why(toy, 'web-0')).toEqual([])
    },
  )

  it.each([
    ['nginx', {}],
    ['nginx', { clusterIP: '10.96.0.200' }],
    ['nginx.default', {}],
  ])('finds the Service %s %j by its own name', (name, spec) => {
    const toy = cluster(service(spec), peer('web-1')).run(20_000).create(peer('web-0', name)).run(20_000)
    expect(up(toy, 'web-0')).toBe(true)
  })

  it('is not Ready while one is missing, and says which', () => {
    const toy = cluster(service(), peer('web-1'))
      .run(20_000)
      .create(peer('web-0', 'web-1.nginx, web-2.nginx'))
      .run(60_000)
    expect(up(toy, 'web-0')).toBe(false)
    expect(toy.reasons('web-0')).toMatchObject([
      { reason: 'peerNotFound', on: 'Service/default/nginx', detail: { name: 'web-2.nginx' } },
    ])
  })

  it('believes that a name does not exist for the time to live, counted from when it was first told', () => {
    const toy = cluster(service(), peer('web-0', 'web-1.nginx')).run(20_000)
    const asked = toy.facts.find(({ type }) => type === 'podRunning')?.at as number
    toy
      .create(peer('web-1'))
      .until((at) => up(at, 'web-1'))
      .run(1000)
    expect(why(toy, 'web-0')).toEqual(['absenceCached'])
    toy.until((at) => up(at, 'web-0'))
    expect(readyAt(toy, 'web-0') - asked).toBeGreaterThanOrEqual(30_000)
    expect(readyAt(toy, 'web-0') - asked).toBeLessThan(36_000)
  })

  it('keeps what it found, and looks again in its next run', () => {
    const toy = cluster(service(), peer('web-1')).run(20_000).create(peer('web-0', 'web-1.nginx')).run(20_000)
    toy.delete('Pod', 'web-1').run(60_000)
    expect(up(toy, 'web-0')).toBe(true)
    toy.signal('web-0', 'crash').run(60_000)
    expect(up(toy, 'web-0')).toBe(false)
    expect(why(toy, 'web-0')).toEqual(['peerNotFound'])
    toy.delete('Pod', 'web-0').run(60_000)
    expect(why(toy, 'web-0')).toEqual([])
  })

  it('finds peers that are not Ready where the Service publishes them', () => {
    const both = [peer('web-0', 'web-0.nginx,web-1.nginx'), peer('web-1', 'web-0.nginx,web-1.nginx')]
    const stuck = cluster(service(), ...both).run(120_000)
    expect([up(stuck, 'web-0'), up(stuck, 'web-1')]).toEqual([false, false])
    expect(unblock(stuck.world, 'Pod/default/web-0').unblock).toMatchObject([
      { code: 'publishNotReady', command: { kind: 'services', patch: { spec: { publishNotReadyAddresses: true } } } },
    ])
    const free = cluster(service({ publishNotReadyAddresses: true }), ...both).run(120_000)
    expect([up(free, 'web-0'), up(free, 'web-1')]).toEqual([true, true])
  })
})
