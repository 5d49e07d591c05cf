/** Slices of endpoints: who is in them, in what condition, and how little a change of one pod touches. */
import { describe, expect, it } from 'vitest'
import type { Pod } from '../api/types.ts'
import { endpoints, MOST_ENDPOINTS } from './endpoints.ts'
import { podDraft, ToyCluster } from './fixtures/toyCluster.ts'

const serviceDraft = (name: string, spec: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace: 'default', labels: { app: 'nginx' } },
  spec: { clusterIP: 'None', selector: { app: 'nginx' }, ports: [{ port: 80, name: 'web' }], ...spec },
})

const cluster = (...services: readonly object[]) => new ToyCluster([endpoints]).create(...services).quiet()

const member = (name: string, spec: object = {}) =>
  podDraft(name, { spec: { hostname: name, subdomain: 'nginx', ...spec } })

/** Gives a pod an address and says whether it is ready. */
const put = (
  toy: ToyCluster,
  name: string,
  podIP: string,
  ready: boolean,
  phase: Pod['status']['phase'] = 'Running',
) => {
  const pod = toy.get('Pod', name)
  const conditions = [{ type: 'Ready', status: ready ? ('True' as const) : ('False' as const) }]
  return toy.do({ do: 'updateStatus', object: { ...pod, status: { ...pod.status, phase, podIP, conditions } } })
}

/** `web-0 10.0.0.1 RS-`: hostname, address, and which of ready, serving, terminating hold. */
const lines = (toy: ToyCluster, service = 'nginx'): readonly string[] =>
  toy
    .list('EndpointSlice')
    .filter(({ metadata }) => metadata.labels?.['kubernetes.io/service-name'] === service)
    .flatMap(({ endpoints: list }) =>
      list.map(({ hostname = '-', addresses, conditions: { ready, serving, terminating } }) =>
        [hostname, addresses[0], `${ready ? 'R' : '-'}${serving ? 'S' : '-'}${terminating ? 'T' : '-'}`].join(' '),
      ),
    )

describe('a slice', () => {
  it('exists for a Service without pods, with upstream’s name, labels and owner', () => {
    const toy = cluster(serviceDraft('nginx'))
    const [slice] = toy.list('EndpointSlice')
    expect(slice?.metadata.name).toMatch(/^nginx-[bcdfghjklmnpqrstvwxz2456789]{5}$/)
    expect(slice).toMatchObject({
      metadata: {
        generation: 1,
        labels: {
          app: 'nginx',
          'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io',
          'kubernetes.io/service-name': 'nginx',
          'service.kubernetes.io/headless': '',
        },
        ownerReferences: [{ kind: 'Service', name: 'nginx', controller: true, blockOwnerDeletion: true }],
      },
      addressType: 'IPv4',
      endpoints: [],
    })
  })

  it('follows a pod: not ready, ready, terminating, gone', () => {
    const toy = cluster(serviceDraft('nginx')).create(member('web-0'))
    const seen: (readonly string[])[] = [lines(toy.quiet())]
    seen.push(lines(put(toy, 'web-0', '10.0.0.1', false).quiet()))
    seen.push(lines(put(toy, 'web-0', '10.0.0.1', true).quiet()))
    seen.push(lines(toy.delete('Pod', 'web-0').quiet()))
    seen.push(lines(put(toy, 'web-0', '10.0.0.1', false, 'Succeeded').quiet()))
    expect(seen).toEqual([[], ['web-0 10.0.0.1 ---'], ['web-0 10.0.0.1 RS-'], ['web-0 10.0.0.1 -ST'], []])
    expect(toy.list('EndpointSlice')[0]?.metadata.generation).toBe(5)
  })

  it('shows the whole endpoint as the API does', () => {
    const toy = put(cluster(serviceDraft('nginx')).create(member('web-0')), 'web-0', '10.0.0.1', true).quiet()
    const { uid } = toy.get('Pod', 'web-0').metadata
    expect(toy.list('EndpointSlice')[0]).toMatchObject({
      endpoints: [
        {
          addresses: ['10.0.0.1'],
          conditions: { ready: true, serving: true, terminating: false },
          hostname: 'web-0',
          targetRef: { kind: 'Pod', namespace: 'default', name: 'web-0', uid },
          nodeName: 'node-1',
        },
      ],
      ports: [{ name: 'web', protocol: 'TCP', port: 80 }],
    })
  })

  it('is not written when nothing that it shows has changed', () => {
    const toy = put(cluster(serviceDraft('nginx')).create(member('web-0')), 'web-0', '10.0.0.1', true).quiet()
    const before = toy.list('EndpointSlice')
    const pod = toy.get('Pod', 'web-0')
    toy.do({ do: 'updateStatus', object: { ...pod, status: { ...pod.status, startTime: '2026-01-01T00:00:00Z' } } })
    expect(toy.quiet().list('EndpointSlice')).toBe(before)
    const service = toy.get('Service', 'nginx')
    toy.update({ ...service, spec: { ...service.spec, sessionAffinity: 'ClientIP' } })
    expect(toy.quiet().list('EndpointSlice')).toBe(before)
  })

  it('takes a new pod of the same name in the place of the old one', () => {
    const toy = cluster(serviceDraft('nginx')).create(member('web-0'), member('web-1'))
    put(put(toy, 'web-0', '10.0.0.1', true), 'web-1', '10.0.0.2', true).quiet()
    toy.delete('Pod', 'web-0', 0).quiet().create(member('web-0'))
    expect(lines(put(toy, 'web-0', '10.0.0.9', true).quiet())).toEqual(['web-1 10.0.0.2 RS-', 'web-0 10.0.0.9 RS-'])
  })
})

describe('who is behind a Service', () => {
  it('has its labels; the hostname counts only for the Service that governs the pod', () => {
    const toy = cluster(serviceDraft('nginx'), serviceDraft('other'), serviceDraft('db', { selector: { app: 'db' } }))
    put(toy.create(member('web-0')), 'web-0', '10.0.0.1', true).quiet()
    expect([lines(toy), lines(toy, 'other'), lines(toy, 'db')]).toEqual([
      ['web-0 10.0.0.1 RS-'],
      ['- 10.0.0.1 RS-'],
      [],
    ])
  })

  it('leaves with its label and comes back with it', () => {
    const toy = put(cluster(serviceDraft('nginx')).create(member('web-0')), 'web-0', '10.0.0.1', true).quiet()
    const relabel = (labels: object) => {
      const pod = toy.get('Pod', 'web-0')
      return lines(toy.update({ ...pod, metadata: { ...pod.metadata, labels } }).quiet())
    }
    expect([relabel({ app: 'lost' }), relabel({ app: 'nginx' })]).toEqual([[], ['web-0 10.0.0.1 RS-']])
  })

  it('is ready even when it is not, where the Service publishes not ready addresses', () => {
    const toy = cluster(serviceDraft('nginx', { publishNotReadyAddresses: true })).create(member('web-0'))
    expect(lines(put(toy, 'web-0', '10.0.0.1', false).quiet())).toEqual(['web-0 10.0.0.1 R--'])
    expect(lines(put(toy, 'web-0', '10.0.0.1', true).delete('Pod', 'web-0').quiet())).toEqual(['web-0 10.0.0.1 RST'])
  })

  it('changes with the Service’s selector', () => {
    const toy = put(cluster(serviceDraft('nginx')).create(member('web-0')), 'web-0', '10.0.0.1', true).quiet()
    const select = (selector: object) => {
      const service = toy.get('Service', 'nginx')
      return lines(toy.update({ ...service, spec: { ...service.spec, selector } }).quiet())
    }
    expect([select({ app: 'db' }), select({ app: 'nginx' })]).toEqual([[], ['web-0 10.0.0.1 RS-']])
  })
})

describe('ports', () => {
  const portsOf = (ports: readonly object[], container: object = {}) => {
    const toy = cluster(serviceDraft('nginx', { ports })).create(podDraft('web-0', { container }))
    return put(toy, 'web-0', '10.0.0.1', true).quiet().list('EndpointSlice')[0]?.ports
  }

  it('are the numbers of the targets', () => {
    expect(portsOf([{ port: 80, name: 'web', targetPort: 8080 }])).toEqual([
      { name: 'web', protocol: 'TCP', port: 8080 },
    ])
    expect(portsOf([{ port: 80, targetPort: 'http' }], { ports: [{ name: 'http', containerPort: 8081 }] })).toEqual([
      { name: '', protocol: 'TCP', port: 8081 },
    ])
    expect(
      portsOf([
        { port: 80, name: 'a', targetPort: 'nowhere' },
        { port: 81, name: 'b' },
      ]),
    ).toEqual([{ name: 'b', protocol: 'TCP', port: 81 }])
  })
})

describe('many pods', () => {
  const names = Array.from({ length: MOST_ENDPOINTS + 5 }, (_, index) => `web-${index}`)
  const sizes = (toy: ToyCluster) => toy.list('EndpointSlice').map(({ endpoints: list }) => list.length)

  it('are spread over slices of a hundred, and a change of one touches one slice', () => {
    const toy = new ToyCluster([endpoints])
    for (const [index, name] of names.entries()) put(toy.create(member(name)), name, `10.0.0.${index}`, true)
    toy.create(serviceDraft('nginx')).quiet()
    expect([...sizes(toy)].sort()).toEqual([100, 5])
    const before = toy.list('EndpointSlice')
    put(toy, 'web-7', '10.0.0.7', false).quiet()
    expect(toy.list('EndpointSlice').filter((slice) => !before.includes(slice)).length).toBe(1)
    expect(lines(toy).filter((line) => line.endsWith('---'))).toEqual(['web-7 10.0.0.7 ---'])
    toy.delete('Pod', 'web-7', 0).quiet()
    put(toy.create(member('web-900')), 'web-900', '10.0.9.0', true).quiet()
    expect([...sizes(toy)].sort((a, b) => a - b)).toEqual([5, 100])
  })

  it('stand the same where a world is gone on from once more', () => {
    const toy = cluster(serviceDraft('nginx'))
    for (const name of ['web-0', 'web-1', 'web-2']) put(toy.create(member(name)), name, '10.0.0.1', true).quiet()
    const fork = toy.world
    const goOn = () => {
      toy.world = fork
      put(toy, 'web-1', '10.0.0.7', false).quiet()
      toy.delete('Pod', 'web-0', 0).quiet()
      put(toy.create(member('web-3')), 'web-3', '10.0.0.3', true).quiet()
      return lines(toy)
    }
    const once = goOn()
    expect(once).toEqual(['web-1 10.0.0.7 ---', 'web-2 10.0.0.1 RS-', 'web-3 10.0.0.3 RS-'])
    toy.world = fork
    put(toy.create(member('web-4')), 'web-4', '10.0.0.4', true).quiet()
    expect(goOn()).toEqual(once)
  })

  it('come back when somebody deletes a slice', () => {
    const toy = put(cluster(serviceDraft('nginx')).create(member('web-0')), 'web-0', '10.0.0.1', true).quiet()
    toy.delete('EndpointSlice', toy.list('EndpointSlice')[0]?.metadata.name ?? '').quiet()
    expect(lines(toy)).toEqual(['web-0 10.0.0.1 RS-'])
  })
})
