/** Who answers at an address, and which addresses and ports a Service may have. */
import { describe, expect, it } from 'vitest'
import { endpoints } from './endpoints.ts'
import { podDraft, ToyCluster } from './fixtures/toyCluster.ts'
import { kubelet } from './kubelet.ts'
import { answering } from './traffic.ts'

const service = (name: string, spec: object, selector: object = { app: 'nginx' }) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace: 'default' },
  spec: { selector, ports: [{ port: 80 }], ...spec },
})

const probed = { readinessProbe: { exec: { command: ['true'] }, periodSeconds: 5 } }

/** a is Ready on node-1, b on node-2. */
const cluster = (...services: object[]) =>
  new ToyCluster([kubelet, endpoints])
    .create(
      ...services,
      podDraft('a', { container: probed }),
      podDraft('b', { container: probed, spec: { nodeName: 'node-2' } }),
    )
    .run(30_000)

const at = (toy: ToyCluster, address: string) => answering(toy.world, address).map((key) => key.split('/')[2])

describe('who answers', () => {
  it('at the address of a Service and at a port of every node', () => {
    const toy = cluster(service('web', { type: 'NodePort', clusterIP: '10.96.0.200' }))
    expect(at(toy, '10.96.0.200:80')).toEqual(['a', 'b'])
    expect(at(toy, '10.96.0.200:81')).toEqual([])
    expect(['172.18.0.2', '172.18.0.3', '172.18.0.4'].map((node) => at(toy, `${node}:30000`))).toEqual([
      ['a', 'b'],
      ['a', 'b'],
      ['a', 'b'],
    ])
    expect(at(toy, '172.18.0.9:30000')).toEqual([])
  })

  it('with a local policy only pods of that node', () => {
    const toy = cluster(service('web', { type: 'NodePort', externalTrafficPolicy: 'Local' }))
    expect(['172.18.0.2', '172.18.0.3', '172.18.0.4'].map((node) => at(toy, `${node}:30000`))).toEqual([
      ['a'],
      ['b'],
      [],
    ])
  })

  it('by the label with the name of a pod only that pod', () => {
    const toy = cluster(service('web', { type: 'NodePort' }, { pod: 'a' }))
    const pod = toy.get('Pod', 'a')
    toy.update({ ...pod, metadata: { ...pod.metadata, labels: { ...pod.metadata.labels, pod: 'a' } } }).run(1000)
    expect(at(toy, '172.18.0.4:30000')).toEqual(['a'])
    expect(at(toy, `${pod.status.podIP}:80`)).toEqual(['a'])
  })

  it('is nobody while nobody is Ready, except who still serves on the way out', () => {
    const toy = cluster(service('web', { clusterIP: '10.96.0.200' }))
    toy.signal('b', 'holdReadiness', { ready: false }).run(30_000)
    expect(at(toy, '10.96.0.200:80')).toEqual(['a'])
    toy.delete('Pod', 'a').run(200)
    expect(at(toy, '10.96.0.200:80')).toEqual(['a'])
    toy.run(30_000)
    expect(at(toy, '10.96.0.200:80')).toEqual([])
  })
})

describe('addresses and ports of Services', () => {
  const refused = (toy: ToyCluster, object: object) => {
    try {
      toy.create(object)
    } catch (error) {
      return (error as Error).message.replace(/^.*? is invalid: /, '')
    }
    return 'taken'
  }
  const toy = () => new ToyCluster([]).create(service('web', { type: 'NodePort', clusterIP: '10.96.0.200' }))

  it('are given out, and taken back by name', () => {
    const { spec } = toy().get('Service', 'web')
    expect(spec).toMatchObject({ clusterIP: '10.96.0.200', ports: [{ nodePort: 30_000 }] })
    const changed = toy()
    changed.update({
      ...changed.get('Service', 'web'),
      spec: { ...changed.get('Service', 'web').spec, type: 'ClusterIP' },
    })
    expect(changed.get('Service', 'web').spec.ports).toEqual([{ port: 80, targetPort: 80, protocol: 'TCP' }])
  })

  it.each<[string, object, string]>([
    [
      'an address that is taken',
      { clusterIP: '10.96.0.200' },
      'spec.clusterIPs: Invalid value: ["10.96.0.200"]: failed to allocate IP 10.96.0.200: provided IP is already allocated',
    ],
    [
      'the address of cluster DNS',
      { clusterIP: '10.96.0.10' },
      'spec.clusterIPs: Invalid value: ["10.96.0.10"]: failed to allocate IP 10.96.0.10: provided IP is already allocated',
    ],
    [
      'an address outside',
      { clusterIP: '192.168.0.1' },
      'spec.clusterIPs: Invalid value: ["192.168.0.1"]: failed to allocate IP 192.168.0.1: the provided IP (192.168.0.1) is not in the valid range. The range of valid IPs is 10.96.0.0/12',
    ],
    [
      'a port that is taken',
      { type: 'NodePort', ports: [{ port: 80, nodePort: 30_000 }] },
      'spec.ports[0].nodePort: Invalid value: 30000: provided port is already allocated',
    ],
    [
      'a port outside',
      { type: 'NodePort', ports: [{ port: 80, nodePort: 80 }] },
      'spec.ports[0].nodePort: Invalid value: 80: provided port is not in the valid range. The range of valid ports is 30000-32767',
    ],
    [
      'a port of nodes without being reached there',
      { ports: [{ port: 80, nodePort: 30_001 }] },
      "spec.ports[0].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'",
    ],
    [
      'a port of nodes twice',
      {
        type: 'NodePort',
        ports: [
          { name: 'a', port: 80, nodePort: 30_001 },
          { name: 'b', port: 81, nodePort: 30_001 },
        ],
      },
      'spec.ports[1].nodePort: Duplicate value: 30001',
    ],
    [
      'a port twice',
      {
        ports: [
          { name: 'a', port: 80 },
          { name: 'b', port: 80 },
        ],
      },
      'spec.ports[1]: Duplicate value: {"Name":"","Protocol":"TCP","AppProtocol":null,"Port":80,"TargetPort":0,"NodePort":0}',
    ],
    [
      'two families of addresses',
      { ipFamilyPolicy: 'RequireDualStack' },
      'spec.ipFamilyPolicy: Invalid value: "RequireDualStack": this cluster is not configured for dual-stack services',
    ],
    [
      'the other family',
      { ipFamilies: ['IPv6'] },
      'spec.ipFamilies[0]: Invalid value: "IPv6": not configured on this cluster',
    ],
    ['no name to lead to', { type: 'ExternalName', ports: [] }, 'spec.externalName: Required value'],
    [
      'the same port under another protocol',
      {
        ports: [
          { name: 'a', port: 53 },
          { name: 'b', port: 53, protocol: 'UDP' },
        ],
      },
      'taken',
    ],
  ])('%s', (_name, spec, message) => {
    expect(refused(toy(), service('other', spec))).toBe(message)
  })
})
