/** What the tools in a pod say of names and addresses where pods have both families. */
import { describe, expect, it } from 'vitest'
import { clusterDns } from '../../controllers/clusterDns.ts'
import { endpoints } from '../../controllers/endpoints.ts'
import { podDraft, SETTINGS, ToyCluster } from '../../controllers/fixtures/toyCluster.ts'
import { kubelet } from '../../controllers/kubelet.ts'
import { dig } from './dig.ts'
import { partsOfUrl, request } from './http.ts'
import { addressFor, lookup } from './lookup.ts'
import { podFiles } from './podFiles.ts'

const service = (name: string, spec: object) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace: 'default' },
  spec: { selector: { app: 'nginx' }, ports: [{ port: 80 }], ...spec },
})

const toy = new ToyCluster([kubelet, endpoints, clusterDns], { settings: { ...SETTINGS, dualStack: true } })
  .create(
    service('nginx', { clusterIP: 'None', ipFamilyPolicy: 'PreferDualStack' }),
    service('six', { ipFamilies: ['IPv6'] }),
    podDraft('web-0', { spec: { hostname: 'web-0', subdomain: 'nginx' } }),
  )
  .run(30_000)
const { world } = toy
const pod = toy.get('Pod', 'web-0')
const FULL = 'web-0.nginx.default.svc.cluster.local'
const text = (name: string, style: Parameters<typeof lookup>[3]) => lookup(world, name, 'default', style)

describe('nslookup', () => {
  it('prints both addresses, as each image does', () => {
    expect(text(FULL, 'busybox').text).toBe(
      `Server:\t\t10.96.0.10\nAddress:\t10.96.0.10:53\n\nName:\t${FULL}\nAddress: 10.244.2.2\n\nName:\t${FULL}\nAddress: fd00:10:244:1::2\n\n`,
    )
    expect(text('web-0.nginx', 'bind').text).toContain(
      `Name:\t${FULL}\nAddress: 10.244.2.2\nName:\t${FULL}\nAddress: fd00:10:244:1::2\n`,
    )
    expect(text('web-0.nginx', 'busybox-1.28').text).toContain(`Address 2: fd00:10:244:1::2 ${FULL}\n`)
  })

  it('finds a name that has addresses of one family alone', () => {
    const six = 'six.default.svc.cluster.local'
    expect(text(six, 'busybox')).toEqual({
      text: `Server:\t\t10.96.0.10\nAddress:\t10.96.0.10:53\n\n\nName:\t${six}\nAddress: fd00:10:96::64\n\n`,
      status: 0,
    })
    expect(text(`nowhere.${six}`, 'busybox').status).toBe(1)
  })
})

describe('dig', () => {
  it('answers shortly', () => {
    const short = (...words: string[]) => dig(world, ['+short', ...words])
    expect(short(FULL)).toBe('10.244.2.2\n')
    expect(short(FULL, 'aaaa')).toBe('fd00:10:244:1::2\n')
    expect(short('-x', 'fd00:10:244:1::2')).toContain(`${FULL}.\n`)
    expect(short('-x', '10.244.2.2')).toBe(`${FULL}.\n`)
    expect(short('web-0.nginx')).toBe('')
  })

  it('tells a name without such a record from no name', () => {
    expect(dig(world, ['six.default.svc.cluster.local'])).toContain(
      'status: NOERROR\n;; flags: qr aa rd; QUERY: 1, ANSWER: 0',
    )
    expect(dig(world, ['nowhere.default.svc.cluster.local'])).toContain('status: NXDOMAIN')
    expect(dig(world, [FULL, 'AAAA'])).toContain(`;; ANSWER SECTION:\n${FULL}.\t30\tIN\tAAAA\tfd00:10:244:1::2\n`)
  })
})

describe('a pod', () => {
  it('has both its addresses among its hosts', () => {
    const hosts = podFiles(world, pod, pod.spec.containers[0] as never).read('/etc/hosts')
    expect(hosts).toContain(`\n10.244.2.2\t${FULL}\tweb-0\nfd00:10:244:1::2\t${FULL}\tweb-0\n`)
  })

  it('reaches an address of IPv6, by itself or by a name that has no other', () => {
    expect(addressFor(world, 'web-0.nginx', 'default')).toBe('10.244.2.2')
    expect(addressFor(world, 'six', 'default')).toBe('fd00:10:96::64')
    expect(partsOfUrl('http://[fd00::1]:8080/a')).toEqual({ host: '[fd00::1]', port: 8080, path: '/a' })
    for (const url of ['http://six/', 'http://[fd00:10:96::64]', `http://[fd00:10:244:1::2]:80/`])
      expect(request(world, pod, url)).toMatchObject({ is: 'body', status: 200 })
  })
})
