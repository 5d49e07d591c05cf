/**
 * The cluster's DNS server: follows Services and their slices and publishes the names of ready endpoints. Keys are Services
 * and slices. Leaves out queries and the caches themselves: that a record may still be cached is noted for its time to live.
 * Models: CoreDNS plugin/kubernetes v1.14 with kubeadm's Corefile (ttl 30, cache 30).
 */
import { familyOf } from '../api/addresses.ts'
import type { FactType } from '../api/changes.ts'
import { joined } from '../api/fill.ts'
import type { ObjectKey } from '../api/kinds.ts'
import { keyOf, keyOfObject, partsOfKey } from '../api/kinds.ts'
import type { GivenReason } from '../api/reasons.ts'
import { isHeadless } from '../api/serviceFamilies.ts'
import type { Endpoint, EndpointSlice, Service, SimTime, StatefulSet } from '../api/types.ts'
import { same } from '../kernel/equality.ts'
import type { Answer, Change, ClusterView, Decider, Decision, Outcome } from '../kernel/types.ts'
import { WATCH_DELAYS } from './delays.ts'
import type { DnsPort, DnsRecord, DnsService, DnsSlice } from './dnsRecords.ts'
import { dashed, fullName, isPublished } from './dnsRecords.ts'
import { SERVICE_LABEL, slicesOf } from './endpoints.ts'
import { governingReasons } from './governing.ts'

type Steps = Generator<Decision, Outcome, Answer>

function recordOf({ addresses, hostname, targetRef }: Endpoint): DnsRecord {
  const address = addresses[0] ?? ''
  return { hostname: hostname ?? dashed(address), address, pod: targetRef?.name ?? '', uid: targetRef?.uid ?? '' }
}

const isSame = (a: DnsRecord, b: DnsRecord): boolean =>
  a.hostname === b.hostname && a.address === b.address && a.uid === b.uid

/** The record is that of the endpoint: what `isSame` says of the endpoint's own record, without making one. */
const isOf = (record: DnsRecord, { addresses, hostname, targetRef }: Endpoint): boolean =>
  record.uid === (targetRef?.uid ?? '') &&
  record.address === (addresses[0] ?? '') &&
  record.hostname === (hostname ?? dashed(record.address))

/** Everything that one turn about a slice shares. */
interface SliceTurn {
  readonly view: ClusterView
  readonly namespace: string
  readonly service: string
}

function stated({ view, namespace, service }: SliceTurn, type: FactType, record: DnsRecord): Decision {
  const { hostname, address, pod, uid, cachedUntil } = record
  const name = fullName(hostname, service, namespace, view.settings.clusterDomain)
  const detail = { name, address, ...(cachedUntil !== undefined && { cachedUntil }) }
  return { do: 'state', fact: { type, kind: 'Pod', namespace, name: pod, uid, detail } }
}

/** The hostnames that records publish: most slices stay as they are while one changes. */
function hostnamesIn(records: readonly DnsRecord[]): ReadonlySet<string> {
  const known = hostnames.get(records)
  if (known) return known
  const found = new Set<string>()
  for (const record of records) if (isPublished(record)) found.add(record.hostname)
  hostnames.set(records, found)
  return found
}
const hostnames = new WeakMap<readonly DnsRecord[], ReadonlySet<string>>()

/** Another slice of the Service publishes the name with an address of the same family. */
const publishedElsewhere = (
  { view, namespace, service }: SliceTurn,
  key: string,
  { hostname, address }: DnsRecord,
): boolean =>
  view.list('EndpointSlice', namespace).some((slice) => {
    const other = keyOfObject(slice)
    if (other === key || slice.metadata.labels?.[SERVICE_LABEL] !== service) return false
    if (slice.addressType !== familyOf(address)) return false
    const notes = view.recall(other) as DnsSlice | undefined
    return notes !== undefined && hostnamesIn(notes.records).has(hostname)
  })

/** How many records are published; those that are only cached stand behind them. */
function publishedCount(records: readonly DnsRecord[]): number {
  let count = records.length
  while (count > 0 && !isPublished(records[count - 1] as DnsRecord)) count -= 1
  return count
}

/** The endpoints that the published ones of these records were made from, as far as that is remembered. */
const sources = new WeakMap<readonly DnsRecord[], readonly Endpoint[]>()

/** How many of the first `count` records are those of the endpoints already: at the front, and then at the back. */
function settledEnds(
  records: readonly DnsRecord[],
  count: number,
  endpoints: readonly Endpoint[],
): readonly [front: number, back: number] {
  const before = sources.get(records)
  // The very same endpoint is told by a glance; only without a memory they are read.
  const isSettled = (record: number, endpoint: number): boolean =>
    before
      ? before[record] === endpoints[endpoint]
      : isOf(records[record] as DnsRecord, endpoints[endpoint] as Endpoint)
  const shorter = Math.min(count, endpoints.length)
  let front = 0
  while (front < shorter && isSettled(front, front)) front += 1
  let back = 0
  while (back < shorter - front && isSettled(count - 1 - back, endpoints.length - 1 - back)) back += 1
  return [front, back]
}

/** Publishes and withdraws until the records are those of the endpoints; returns them with what is still cached. */
function* publish(turn: SliceTurn, key: string, old: readonly DnsRecord[], endpoints: readonly Endpoint[]) {
  const { now, settings } = turn.view
  const count = publishedCount(old)
  const [front, back] = settledEnds(old, count, endpoints)
  const left = [...old.slice(front, count - back), ...old.slice(count)]
  const wanted = endpoints.slice(front, endpoints.length - back).map(recordOf)
  if (left.length === 0 && wanted.length === 0) return old
  const kept = old.slice(0, front)
  for (const record of wanted) {
    const known = left.findIndex((other) => isSame(other, record))
    const same = left[known]
    if (same) left.splice(known, 1)
    const published = same !== undefined && isPublished(same)
    kept.push(published ? same : record)
    if (!published) yield stated(turn, 'namePublished', record)
  }
  for (const record of old.slice(count - back, count)) kept.push(record)
  const isNamed = (record: DnsRecord) =>
    kept.some(({ hostname }) => hostname === record.hostname) || publishedElsewhere(turn, key, record)
  const stillCached: DnsRecord[] = []
  for (const record of left) {
    const cached = isPublished(record) ? joined(record, { cachedUntil: now + settings.dnsTtlSeconds * 1000 }) : record
    const isOver = (cached.cachedUntil ?? 0) <= now
    if (!isOver) stillCached.push(cached)
    if ((isOver || cached !== record) && !isNamed(record))
      yield stated(turn, isOver ? 'nameWithdrawn' : 'nameCached', cached)
  }
  return kept.concat(stillCached)
}

function dnsPorts(
  ports: readonly { readonly name?: string; readonly protocol?: string; readonly port?: number }[],
): DnsPort[] {
  const found: DnsPort[] = []
  for (const { name = '', protocol = 'TCP', port } of ports)
    if (port !== undefined) found.push({ name, protocol, port })
  return found
}

/** The ready endpoints, which have names, and the others. */
function parted(endpoints: readonly Endpoint[]): { readonly ready: Endpoint[]; readonly others: Endpoint[] } {
  const ready: Endpoint[] = []
  const others: Endpoint[] = []
  for (const endpoint of endpoints) (endpoint.conditions.ready ? ready : others).push(endpoint)
  return { ready, others }
}

/** Endpoints without a name because they are not ready. */
function unpublished(endpoints: readonly Endpoint[]): GivenReason[] {
  const reasons: GivenReason[] = []
  for (const { targetRef } of endpoints) {
    if (!targetRef) continue
    const pod = keyOf('Pod', targetRef.namespace, targetRef.name)
    reasons.push({ reason: 'notPublished', subject: pod, on: pod })
  }
  return reasons
}

function* sliceTurn(view: ClusterView, key: string, namespace: string, slice: EndpointSlice | undefined): Steps {
  const notes = view.recall() as DnsSlice | undefined
  const service = slice?.metadata.labels?.[SERVICE_LABEL] ?? notes?.service
  if (service === undefined) return undefined
  const exists = slice !== undefined && view.get('Service', namespace, service) !== undefined
  const { ready, others } = parted(exists ? slice.endpoints : [])
  const old = notes?.records ?? []
  const published: readonly DnsRecord[] = yield* publish({ view, namespace, service }, key, old, ready)
  sources.set(published, ready)
  const memory: DnsSlice = { service, ports: slice ? dnsPorts(slice.ports) : (notes?.ports ?? []), records: published }
  const isEmpty = !slice && published.length === 0
  if (isEmpty || !same(memory, notes)) yield { do: 'remember', memory: isEmpty ? undefined : memory }
  const expiries = published.slice(publishedCount(published)).map(({ cachedUntil }) => cachedUntil as SimTime)
  if (expiries.length > 0) yield { do: 'wake', id: 'expiry', afterMs: Math.min(...expiries) - view.now }
  yield { do: 'explain', reasons: unpublished(others) }
  return undefined
}

function* serviceTurn(view: ClusterView, key: ObjectKey, namespace: string, name: string): Steps {
  const service = view.get('Service', namespace, name)
  yield { do: 'explain', reasons: governingReasons(view, key, { namespace, name, service }) }
  const before = view.recall() as DnsService | undefined
  const { clusterIPs: [address, secondAddress] = [], ports = [] } = service?.spec ?? {}
  const after: DnsService | undefined = service && {
    ...(!isHeadless(service.spec) && address !== undefined && { address }),
    ...(secondAddress !== undefined && { secondAddress }),
    ports: dnsPorts(ports),
  }
  if (same(before, after)) return undefined
  yield { do: 'remember', memory: after }
  for (const field of ['address', 'secondAddress'] as const) {
    if (before?.[field] === after?.[field]) continue
    const type: FactType = after?.[field] === undefined ? 'nameWithdrawn' : 'namePublished'
    const detail = {
      name: fullName(undefined, name, namespace, view.settings.clusterDomain),
      address: after?.[field] ?? '',
    }
    const uid = service?.metadata.uid ?? ''
    yield { do: 'state', fact: { type, kind: 'Service', namespace, name, uid, detail } }
  }
  return undefined
}

function decide(view: ClusterView, key: string): Steps {
  const { kind, namespace, name } = partsOfKey(key as ObjectKey)
  return kind === 'Service'
    ? serviceTurn(view, key as ObjectKey, namespace, name)
    : sliceTurn(view, key, namespace, view.get('EndpointSlice', namespace, name))
}

type View = Parameters<Decider['watches'][number]['wakes']>[1]

/** A Service that comes or goes moves the names of its endpoints too. */
function serviceWakes({ before, after }: Change, view: View): readonly string[] {
  const { metadata } = (after ?? before) as Service
  if (before && after)
    return before.metadata.uid === after.metadata.uid && (before as Service).spec === (after as Service).spec
      ? []
      : [keyOfObject(after)]
  const slices = slicesOf(view.list('EndpointSlice', metadata.namespace), metadata.name)
  return [keyOf('Service', metadata.namespace, metadata.name), ...slices.map(keyOfObject)]
}

export const clusterDns: Decider = {
  name: 'clusterDns',
  component: 'coredns',
  delayMs: WATCH_DELAYS.clusterDns,
  watches: [
    { kind: 'Service', wakes: serviceWakes },
    { kind: 'EndpointSlice', wakes: ({ before, after }) => [keyOfObject((after ?? before) as EndpointSlice)] },
    {
      kind: 'StatefulSet',
      wakes: ({ before, after }) => {
        const { metadata, spec } = (after ?? before) as StatefulSet
        return (before && after) || !spec.serviceName ? [] : [keyOf('Service', metadata.namespace, spec.serviceName)]
      },
    },
  ],
  decide,
}
