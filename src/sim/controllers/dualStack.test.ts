/** A cluster of both families: machines, pods, Services, slices, names and traffic have addresses of each. */
import { describe, expect, it } from 'vitest'
import type { Node, Service } from '../api/types.ts'
import { clusterDns } from './clusterDns.ts'
import { resolve } from './dnsAnswers.ts'
import { endpoints } from './endpoints.ts'
import { podDraft, SETTINGS, ToyCluster } from './fixtures/toyCluster.ts'
import { kubelet } from './kubelet.ts'
import { podIPsOf } from './kubeletNode.ts'
import { answering } from './traffic.ts'

const DOMAIN = 'default.svc.cluster.local'
const headless = { clusterIP: 'None' }
const both = { ipFamilyPolicy: 'PreferDualStack' }

const service = (name: string, spec: object) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace: 'default' },
  spec: { selector: { app: 'nginx' }, ports: [{ name: 'web', port: 80 }], ...spec },
})

const member = (name: string, container: object = {}) =>
  podDraft(name, {
    spec: { hostname: name, subdomain: 'nginx' },
    container: { readinessProbe: { exec: { command: ['true'] }, periodSeconds: 5 }, ...container },
  })

const cluster = (dualStack: boolean, ...services: object[]) =>
  new ToyCluster([kubelet, endpoints, clusterDns], { settings: { ...SETTINGS, dualStack } })
    .create(...services, member('web-0'))
    .run(30_000)

const specOf = (toy: ToyCluster, name: string) => toy.get('Service', name).spec

/** `IPv4 10.244.2.2 RS-`: addresses of a Service, family by family, with ready, serving, terminating. */
const slices = (toy: ToyCluster, name: string) =>
  toy
    .list('EndpointSlice')
    .filter(({ metadata }) => metadata.labels?.['kubernetes.io/service-name'] === name)
    .flatMap(({ addressType, endpoints: list }) =>
      list.map(({ addresses, hostname, conditions: { ready, serving, terminating } }) =>
        [
          addressType,
          addresses[0],
          hostname,
          `${ready ? 'R' : '-'}${serving ? 'S' : '-'}${terminating ? 'T' : '-'}`,
        ].join(' '),
      ),
    )
    .sort()

describe('machines and pods', () => {
  it('have an address of each family, IPv4 first', () => {
    const toy = cluster(true)
    const node = toy.get('Pod', 'web-0').spec.nodeName as string
    const machine = toy.list('Node').find(({ metadata }) => metadata.name === node) as Node
    expect(machine.spec).toMatchObject({ podCIDR: '10.244.2.0/23', podCIDRs: ['10.244.2.0/23', 'fd00:10:244:1::/64'] })
    expect(machine.status.addresses).toEqual([
      { type: 'InternalIP', address: '172.18.0.2' },
      { type: 'InternalIP', address: 'fd00:172:18::2' },
      { type: 'Hostname', address: 'node-1' },
    ])
    expect(toy.get('Pod', 'web-0').status).toMatchObject({
      hostIP: '172.18.0.2',
      hostIPs: [{ ip: '172.18.0.2' }, { ip: 'fd00:172:18::2' }],
      podIP: '10.244.2.2',
      podIPs: [{ ip: '10.244.2.2' }, { ip: 'fd00:10:244:1::2' }],
    })
    expect(podIPsOf(machine, '10.244.3.0')).toEqual(['10.244.3.0', 'fd00:10:244:1::100'])
  })

  it('have one in a cluster of one', () => {
    const toy = cluster(false)
    expect(toy.get('Pod', 'web-0').status.podIPs).toEqual([{ ip: '10.244.2.2' }])
    expect(toy.list('Node')[0]?.spec).not.toHaveProperty('podCIDRs')
    expect(toy.list('Node')[0]?.status.addresses).toHaveLength(2)
  })

  it('tell a process all addresses, the first one by itself', () => {
    const env = ['podIP', 'podIPs', 'hostIPs'].map((field) => ({
      name: field,
      valueFrom: { fieldRef: { fieldPath: `status.${field}` } },
    }))
    const toy = new ToyCluster([kubelet], { settings: { ...SETTINGS, dualStack: true } })
      .create(member('a', { env }))
      .run(30_000)
    expect(JSON.stringify(toy.world.memories)).toContain(
      '"podIP":"10.244.2.2","podIPs":"10.244.2.2,fd00:10:244:1::2","hostIPs":"172.18.0.2,fd00:172:18::2"',
    )
  })
})

describe('Services', () => {
  it('get an address of each of their families', () => {
    const toy = cluster(true, service('plain', {}), service('both', both), service('six', { ipFamilies: ['IPv6'] }))
    expect(specOf(toy, 'plain')).toMatchObject({
      clusterIP: '10.96.0.100',
      clusterIPs: ['10.96.0.100'],
      ipFamilies: ['IPv4'],
    })
    expect(specOf(toy, 'both')).toMatchObject({
      clusterIP: '10.96.0.101',
      clusterIPs: ['10.96.0.101', 'fd00:10:96::64'],
      ipFamilies: ['IPv4', 'IPv6'],
    })
    expect(specOf(toy, 'six')).toMatchObject({ clusterIP: 'fd00:10:96::65', clusterIPs: ['fd00:10:96::65'] })
  })

  it.each([
    ['fd00:10:96::64', 'provided IP is already allocated'],
    ['FD00:10:96:0::64', 'provided IP is already allocated'],
    [
      'fd00:11::1',
      'the provided IP (fd00:11::1) is not in the valid range. The range of valid IPs is fd00:10:96::/112',
    ],
  ])('do not get %s', (address, why) => {
    const toy = cluster(true, service('six', { ipFamilies: ['IPv6'] }))
    expect(() => toy.create(service('other', { clusterIP: address }))).toThrow(
      `Service "other" is invalid: spec.clusterIPs: Invalid value: ["${address}"]: failed to allocate IP ${address}: ${why}`,
    )
  })

  it('take a second family, and give it back with its slice', () => {
    const toy = cluster(true, service('web', {}))
    const change = (spec: Partial<Service['spec']>) => {
      const object = toy.get('Service', 'web')
      toy.update({ ...object, spec: { ...object.spec, ...spec } }).run(2000)
      return [specOf(toy, 'web').clusterIPs, slices(toy, 'web').length]
    }
    expect(change({ ipFamilyPolicy: 'RequireDualStack' })).toEqual([['10.96.0.100', 'fd00:10:96::64'], 2])
    expect(() => change({ clusterIPs: ['10.96.0.100', 'fd00:10:96::99'] })).toThrow(
      'spec.clusterIPs[1]: Invalid value: ["10.96.0.100","fd00:10:96::99"]: may not change once set',
    )
    expect(change({ ipFamilyPolicy: 'SingleStack' })).toEqual([['10.96.0.100'], 1])
  })
})

describe('slices and names', () => {
  it('stand for each family by themselves', () => {
    const toy = cluster(true, service('nginx', { ...headless, ...both }))
    expect(slices(toy, 'nginx')).toEqual(['IPv4 10.244.2.2 web-0 RS-', 'IPv6 fd00:10:244:1::2 web-0 RS-'])
    const names = [`web-0.nginx.${DOMAIN}`, `nginx.${DOMAIN}`]
    expect(names.map((name) => resolve(toy.world, name))).toEqual([['10.244.2.2'], ['10.244.2.2']])
    expect(names.map((name) => resolve(toy.world, name, 'AAAA'))).toEqual([['fd00:10:244:1::2'], ['fd00:10:244:1::2']])
    expect(resolve(toy.world, `_web._tcp.nginx.${DOMAIN}`, 'SRV')).toEqual([`0 50 80 web-0.nginx.${DOMAIN}.`])
    const pointer = '2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.1.0.0.0.4.4.2.0.0.1.0.0.0.0.d.f.ip6.arpa.'
    expect(resolve(toy.world, pointer, 'PTR')).toEqual([`web-0.nginx.${DOMAIN}.`])
    expect(resolve(toy.world, 'fd00:10:244:1:0::2', 'PTR')).toEqual([`web-0.nginx.${DOMAIN}.`])
    expect(resolve(toy.world, 'fd00-10-244-1--2.default.pod.cluster.local', 'AAAA')).toEqual(['fd00:10:244:1::2'])
  })

  it('go together: both addresses of a name stay cached, and are gone', () => {
    const toy = cluster(true, service('nginx', { ...headless, ...both }))
    toy.facts.length = 0
    toy.delete('Pod', 'web-0').run(1500)
    const said = () =>
      toy.facts.filter(({ kind }) => kind === 'Pod').map(({ type, detail }) => [type, detail?.address].join(' '))
    expect(
      said()
        .filter((line) => line.startsWith('name'))
        .sort(),
    ).toEqual(['nameCached 10.244.2.2', 'nameCached fd00:10:244:1::2'])
    toy.run(40_000)
    expect(said().filter((line) => line.startsWith('nameWithdrawn'))).toHaveLength(2)
  })

  it('of one family where the Service has one', () => {
    const toy = cluster(true, service('nginx', headless), service('six', { ...headless, ipFamilies: ['IPv6'] }))
    expect(resolve(toy.world, `web-0.nginx.${DOMAIN}`, 'AAAA')).toEqual([])
    expect(resolve(toy.world, `six.${DOMAIN}`)).toEqual([])
    expect(resolve(toy.world, `fd00-10-244-1--2.six.${DOMAIN}`, 'AAAA')).toEqual(['fd00:10:244:1::2'])
  })
})

describe('traffic', () => {
  const at = (toy: ToyCluster, address: number | string, port: number) =>
    answering(toy.world, String(address).includes(':') ? `[${address}]:${port}` : `${address}:${port}`)

  it('comes in at addresses of the families that the Service has', () => {
    const toy = cluster(true, service('both', { ...both, type: 'NodePort' }), service('four', { type: 'NodePort' }))
    const pod = ['Pod/default/web-0']
    expect(at(toy, 'fd00:10:96::64', 80)).toEqual(pod)
    expect([at(toy, '172.18.0.3', 30_000), at(toy, 'fd00:172:18::3', 30_000)]).toEqual([pod, pod])
    expect([at(toy, '172.18.0.3', 30_001), at(toy, 'fd00:172:18::3', 30_001)]).toEqual([pod, []])
    expect([at(toy, '10.244.2.2', 80), at(toy, 'fd00:10:244:1::2', 80)]).toEqual([pod, pod])
  })
})
