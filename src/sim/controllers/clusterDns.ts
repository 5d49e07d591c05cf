/**
 * The cluster's DNS server: follows Services and their slices and publishes the names of ready endpoints. Keys are Services
 * and slices. Leaves out queries and the caches themselves: that a record may still be cached is noted for its time to live.
 * Models: CoreDNS plugin/kubernetes v1.14 with kubeadm's Corefile (ttl 30, cache 30).
 */
import type { FactType } from '../api/changes.ts'
import type { ObjectKey } from '../api/kinds.ts'
import { keyOf, keyOfObject, partsOfKey } from '../api/kinds.ts'
import type { GivenReason } from '../api/reasons.ts'
import type { Endpoint, EndpointSlice, Service, StatefulSet } from '../api/types.ts'
import { same } from '../kernel/equality.ts'
import type { Answer, Change, ClusterView, Decider, Decision, Outcome } from '../kernel/types.ts'
import { WATCH_DELAYS } from './delays.ts'
import type { DnsPort, DnsRecord, DnsService, DnsSlice } from './dnsRecords.ts'
import { dashed, fullName, isPublished } from './dnsRecords.ts'
import { SERVICE_LABEL } from './endpoints.ts'

type Steps = Generator<Decision, Outcome, Answer>

const isHeadless = ({ spec: { clusterIP } }: Service): boolean => clusterIP === undefined || clusterIP === 'None'

const records = new WeakMap<Endpoint, DnsRecord>()

/** The record of an endpoint; the very same one as long as the endpoint is. */
function recordOf(endpoint: Endpoint): DnsRecord {
  const known = records.get(endpoint)
  if (known) return known
  const { addresses, hostname, targetRef } = endpoint
  const address = addresses[0] ?? ''
  const record = {
    hostname: hostname ?? dashed(address),
    address,
    pod: targetRef?.name ?? '',
    uid: targetRef?.uid ?? '',
  }
  records.set(endpoint, record)
  return record
}

const isSame = (a: DnsRecord, b: DnsRecord): boolean =>
  a.hostname === b.hostname && a.address === b.address && a.uid === b.uid

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

/** Another slice of the Service publishes the name. */
const publishedElsewhere = ({ view, namespace, service }: SliceTurn, key: string, { hostname }: DnsRecord): boolean =>
  view.list('EndpointSlice', namespace).some((slice) => {
    const other = keyOfObject(slice)
    if (other === key || slice.metadata.labels?.[SERVICE_LABEL] !== service) return false
    const notes = view.recall(other) as DnsSlice | undefined
    return notes?.records.some((record) => isPublished(record) && record.hostname === hostname) ?? false
  })

/** Publishes and withdraws until the records are those of the wanted endpoints; returns them with what is still cached. */
function* publish(turn: SliceTurn, key: string, old: readonly DnsRecord[], wanted: readonly DnsRecord[]) {
  if (old.length === wanted.length && old.every((record, index) => record === wanted[index])) return old
  const { now, settings } = turn.view
  const before = new Set(old)
  const after = new Set(wanted)
  // Nearly all are the very same objects; only the others are compared.
  const left = old.filter((record) => !after.has(record))
  const kept: DnsRecord[] = []
  for (const record of wanted) {
    const known = before.has(record) ? -1 : left.findIndex((other) => isSame(other, record))
    const same = left[known]
    if (same) left.splice(known, 1)
    kept.push(same && isPublished(same) ? same : record)
    if (!before.has(record) && !(same && isPublished(same))) yield stated(turn, 'namePublished', record)
  }
  const isNamed = (record: DnsRecord) =>
    wanted.some(({ hostname }) => hostname === record.hostname) || publishedElsewhere(turn, key, record)
  for (const record of left) {
    const cached = isPublished(record) ? { ...record, cachedUntil: now + settings.dnsTtlSeconds * 1000 } : record
    const isOver = (cached.cachedUntil ?? 0) <= now
    if (!isOver) kept.push(cached)
    if ((isOver || cached !== record) && !isNamed(record))
      yield stated(turn, isOver ? 'nameWithdrawn' : 'nameCached', cached)
  }
  return kept
}

const dnsPorts = (
  ports: readonly { readonly name?: string; readonly protocol?: string; readonly port?: number }[],
): DnsPort[] =>
  ports.flatMap(({ name = '', protocol = 'TCP', port }) => (port === undefined ? [] : [{ name, protocol, port }]))

/** Endpoints without a name because they are not ready. */
const unpublished = (slice: EndpointSlice): GivenReason[] =>
  slice.endpoints
    .filter(({ conditions }) => !conditions.ready)
    .flatMap(({ targetRef }) => {
      if (!targetRef) return []
      const pod = keyOf('Pod', targetRef.namespace, targetRef.name)
      return [{ reason: 'notPublished', subject: pod, on: pod }]
    })

function* sliceTurn(view: ClusterView, key: string, namespace: string, slice: EndpointSlice | undefined): Steps {
  const notes = view.recall() as DnsSlice | undefined
  const service = slice?.metadata.labels?.[SERVICE_LABEL] ?? notes?.service
  if (service === undefined) return undefined
  const exists = slice !== undefined && view.get('Service', namespace, service) !== undefined
  const wanted = exists ? slice.endpoints.filter(({ conditions }) => conditions.ready).map(recordOf) : []
  const old = notes?.records ?? []
  const published: readonly DnsRecord[] = yield* publish({ view, namespace, service }, key, old, wanted)
  const memory: DnsSlice = { service, ports: slice ? dnsPorts(slice.ports) : (notes?.ports ?? []), records: published }
  const isEmpty = !slice && published.length === 0
  if (isEmpty || !same(memory, notes)) yield { do: 'remember', memory: isEmpty ? undefined : memory }
  const expiries = published.flatMap(({ cachedUntil }) => cachedUntil ?? [])
  if (expiries.length > 0) yield { do: 'wake', id: 'expiry', afterMs: Math.min(...expiries) - view.now }
  yield { do: 'explain', reasons: exists ? unpublished(slice) : [] }
  return undefined
}

function* serviceTurn(view: ClusterView, key: ObjectKey, namespace: string, name: string): Steps {
  const service = view.get('Service', namespace, name)
  const governs = () => view.list('StatefulSet', namespace).some(({ spec }) => spec.serviceName === name)
  yield { do: 'explain', reasons: !service && governs() ? [{ reason: 'serviceMissing', subject: key }] : [] }
  const before = view.recall() as DnsService | undefined
  const { clusterIP: address, ports = [] } = service?.spec ?? {}
  const after: DnsService | undefined = service && {
    ...(!isHeadless(service) && address !== undefined && { address }),
    ports: dnsPorts(ports),
  }
  if (same(before, after)) return undefined
  yield { do: 'remember', memory: after }
  if (before?.address === after?.address) return undefined
  const said = after?.address === undefined ? ('nameWithdrawn' as const) : ('namePublished' as const)
  const detail = {
    name: fullName(undefined, name, namespace, view.settings.clusterDomain),
    address: after?.address ?? '',
  }
  const uid = service?.metadata.uid ?? ''
  yield { do: 'state', fact: { type: said, kind: 'Service', namespace, name, uid, detail } }
  return undefined
}

function* decide(view: ClusterView, key: string): Steps {
  const { kind, namespace, name } = partsOfKey(key as ObjectKey)
  return yield* kind === 'Service'
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
  const slices = view
    .list('EndpointSlice', metadata.namespace)
    .filter(({ metadata: { labels } }) => labels?.[SERVICE_LABEL] === metadata.name)
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
