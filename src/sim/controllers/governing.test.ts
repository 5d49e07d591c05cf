/** What is said of the Service that a set names: none of that name, or one about other pods. */
import { describe, expect, it } from 'vitest'
import type { Service } from '../api/types.ts'
import { why } from '../guarantees/why.ts'
import { clusterDns } from './clusterDns.ts'
import { resolve } from './dnsAnswers.ts'
import { ToyCluster } from './fixtures/toyCluster.ts'

const service = (name: string, selector: object) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace: 'default' },
  spec: { clusterIP: 'None', selector },
})

const set = {
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  metadata: { name: 'web', namespace: 'default' },
  spec: {
    serviceName: 'nginx',
    selector: { matchLabels: { app: 'nginx' } },
    template: { metadata: { labels: { app: 'nginx' } }, spec: { containers: [{ name: 'c', image: 'nginx:1' }] } },
  },
}

const cluster = (...objects: object[]) => new ToyCluster([clusterDns]).create(...objects).run(2000)
const said = (toy: ToyCluster) =>
  toy.reasons('nginx', 'Service').map(({ reason, on }) => `${reason} ${on ?? ''}`.trim())

describe('the governing Service', () => {
  it('is missing, also when another one selects the pods', () => {
    expect(said(cluster(set, service('ngnix', { app: 'nginx' })))).toEqual(['serviceMissing'])
  })

  it('is about other pods until its selector is put right', () => {
    const toy = cluster(set, service('nginx', { app: 'ngnix', tier: 'web' }))
    expect(said(toy)).toEqual(['serviceSelectsOthers StatefulSet/default/web'])
    const command = { kind: 'services', name: 'nginx', patch: { spec: { selector: { app: 'nginx', tier: null } } } }
    expect(why(toy.world, 'Service/default/nginx').unblock).toMatchObject([{ code: 'selectMembers', command }])
    const stored = toy.get('Service', 'nginx')
    toy.update({ ...stored, spec: { ...stored.spec, selector: { app: 'nginx' } } } satisfies Service).run(2000)
    expect(said(toy)).toEqual([])
  })

  it('is left alone where it is right, and where no set names it', () => {
    expect(said(cluster(set, service('nginx', { app: 'nginx' })))).toEqual([])
    expect(said(cluster(service('nginx', { app: 'ngnix' })))).toEqual([])
  })
})

describe('questions without addresses', () => {
  it('AAAA has no answer in a cluster of one family; the schema says its version', () => {
    const { world } = cluster({ ...service('nginx', { app: 'nginx' }), spec: { ports: [{ port: 80 }] } })
    expect(resolve(world, 'nginx.default.svc.cluster.local', 'A')).toEqual(['10.96.0.100'])
    expect(resolve(world, 'nginx.default.svc.cluster.local', 'AAAA')).toEqual([])
    expect(resolve(world, 'dns-version.cluster.local', 'TXT')).toEqual(['"1.1.0"'])
    expect(resolve(world, 'nginx.default.svc.cluster.local', 'TXT')).toEqual([])
  })
})
