/**
 * What the cluster's DNS answers right now to a question from a pod in the namespace `default`: its own records, not what
 * a cache may hold. Short names go through the search path. A name that has addresses of the other family alone is known, and
 * has no answer. Leaves out other zones.
 * Models: kubernetes/dns docs/specification.md 1.1.0, CoreDNS plugin/kubernetes, resolv.conf of the kubelet (ndots:5).
 */

import type { IpFamily } from '../api/addresses.ts'
import { addressOfPointer, canonicalAddress, familyOf } from '../api/addresses.ts'
import { listObjects } from '../kernel/apiServer.ts'
import type { World } from '../kernel/types.ts'
import type { DnsRecord, DnsService } from './dnsRecords.ts'
import { dnsServiceIn, dnsSlicesIn, fullName, isPublished } from './dnsRecords.ts'

export type RecordType = 'A' | 'AAAA' | 'PTR' | 'SRV' | 'TXT'

/** Names with fewer dots go through the search path first. */
const NDOTS = 5

/** The names that a resolver tries, in order. A dot at the end says that the name is whole. */
function candidates(name: string, domain: string): readonly string[] {
  if (name.endsWith('.')) return [name.slice(0, -1)]
  const searched = [`default.svc.${domain}`, `svc.${domain}`, domain].map((suffix) => `${name}.${suffix}`)
  return name.split('.').length > NDOTS ? [name, ...searched] : [...searched, name]
}

const recordsOf = (world: World, namespace: string, service: string): readonly DnsRecord[] =>
  dnsSlicesIn(world, namespace, service).flatMap(({ records }) => records.filter(isPublished))

/** The part of a name in front of `suffix`, or undefined when it ends otherwise. */
const before = (name: string, suffix: string): readonly string[] | undefined =>
  name.endsWith(`.${suffix}`) ? name.slice(0, -suffix.length - 1).split('.') : undefined

const ownAddresses = ({ address, secondAddress }: DnsService): readonly string[] =>
  [address, secondAddress].filter((one) => one !== undefined)

/** `[hostname.]service.namespace` below `svc.<domain>`. */
function serviceAddresses(world: World, labels: readonly string[]): readonly string[] {
  const [namespace = '', service = '', hostname, ...more] = [...labels].reverse()
  const known = dnsServiceIn(world, namespace, service)
  if (!known || more.length > 0) return []
  if (hostname === undefined && known.address !== undefined) return ownAddresses(known)
  return recordsOf(world, namespace, service)
    .filter((record) => hostname === undefined || record.hostname === hostname)
    .map(({ address }) => address)
}

/** `10-244-2-7.default` below `pod.<domain>`: the address itself, whoever has it (pods insecure). */
function podAddresses(world: World, [label = '', namespace = '', ...more]: readonly string[]): readonly string[] {
  const separator = /^\d+-\d+-\d+-\d+$/.test(label) ? '.' : ':'
  const address = canonicalAddress(label.replaceAll('-', separator))
  const exists = listObjects(world.objects, 'Namespace').some(({ metadata }) => metadata.name === namespace)
  return address !== undefined && exists && more.length === 0 ? [address] : []
}

const addresses =
  (family: IpFamily) =>
  (world: World, name: string): readonly string[] => {
    const { clusterDomain } = world.settings
    const labels = before(name, `svc.${clusterDomain}`)
    const podLabels = labels ? undefined : before(name, `pod.${clusterDomain}`)
    const found = labels ? serviceAddresses(world, labels) : podLabels ? podAddresses(world, podLabels) : []
    return found.filter((address) => familyOf(address) === family)
  }

/** `_port._protocol.service.namespace.svc.<domain>` → `0 <weight> <port> <target>.`, one for each endpoint. */
function services(world: World, name: string): readonly string[] {
  const { clusterDomain } = world.settings
  const [port = '', protocol = '', service = '', namespace = ''] = before(name, `svc.${clusterDomain}`) ?? []
  const known = dnsServiceIn(world, namespace, service)
  if (!known || !port.startsWith('_') || !protocol.startsWith('_')) return []
  const isMeant = (given: { readonly name: string; readonly protocol: string }) =>
    given.name === port.slice(1) && given.protocol.toLowerCase() === protocol.slice(1)
  const own = known.address === undefined ? undefined : known.ports.find(isMeant)
  if (own) return [`0 100 ${own.port} ${fullName(undefined, service, namespace, clusterDomain)}.`]
  const targets = dnsSlicesIn(world, namespace, service).flatMap((slice) => {
    const found = slice.ports.find(isMeant)
    const published = found ? slice.records.filter(isPublished) : []
    return published.map(({ hostname }) => `${found?.port} ${fullName(hostname, service, namespace, clusterDomain)}.`)
  })
  // A name with addresses of both families is one target.
  return [...new Set(targets)].map((target) => `0 ${Math.floor(100 / targets.length)} ${target}`)
}

/** `7.2.244.10.in-addr.arpa`, the same below `ip6.arpa`, or the address itself. */
function pointers(world: World, name: string): readonly string[] {
  const { clusterDomain } = world.settings
  const wanted = addressOfPointer(name) ?? canonicalAddress(name)
  if (wanted === undefined) return []
  return listObjects(world.objects, 'Service').flatMap(({ metadata }) => {
    const { namespace = '', name: service } = metadata
    const target = (hostname: string | undefined) => `${fullName(hostname, service, namespace, clusterDomain)}.`
    const known = dnsServiceIn(world, namespace, service)
    if (known && ownAddresses(known).some((own) => canonicalAddress(own) === wanted)) return [target(undefined)]
    const records = recordsOf(world, namespace, service).filter(({ address }) => address === wanted)
    return records.map(({ hostname }) => target(hostname))
  })
}

/** The version of the schema after which all these names are formed. */
const versions = ({ settings }: World, name: string): readonly string[] =>
  name === `dns-version.${settings.clusterDomain}` ? ['"1.1.0"'] : []

const ANSWERS = {
  A: addresses('IPv4'),
  AAAA: addresses('IPv6'),
  PTR: pointers,
  SRV: services,
  TXT: versions,
} as const

/** Addresses (A, AAAA), `priority weight port target` (SRV), names (PTR) or texts, as `dig +short` prints them; empty: no answer. */
export function resolve(world: World, name: string, type: RecordType = 'A'): readonly string[] {
  const asked = name.toLowerCase()
  if (type === 'PTR') return pointers(world, asked.replace(/\.$/, ''))
  for (const candidate of candidates(asked, world.settings.clusterDomain)) {
    const answers = ANSWERS[type](world, candidate)
    if (answers.length > 0) return answers
  }
  return []
}
