/**
 * The DNS row: which member names of a set resolve now, which may still be cached, and which are absent. Why a name is
 * absent is said by the reasons about its pod and its Service.
 */
import { familyOf } from '../api/addresses.ts'
import { inRange, ordinalOf, podNameOf, startOrdinal } from '../api/identity.ts'
import { isReady } from '../api/predicates.ts'
import type { StatefulSet } from '../api/types.ts'
import type { DnsRecord, DnsSlice } from '../controllers/dnsRecords.ts'
import { dnsSlicesIn, fullName, isPublished } from '../controllers/dnsRecords.ts'
import { readObject } from '../kernel/apiServer.ts'
import type { World } from '../kernel/types.ts'
import type { NamePicture } from './types.ts'

export { resolve } from '../controllers/dnsAnswers.ts'

/** A Service that governs a set. */
export interface Governing {
  readonly namespace: string
  readonly service: string
}

const rank = ({ address }: DnsRecord): number => (familyOf(address) === 'IPv4' ? 0 : 1)
const byFamily = (a: DnsRecord, b: DnsRecord): number => rank(a) - rank(b)

/** What DNS says of one member. `records` are those with the pod's name as their label. */
export function nameState(
  world: World,
  { namespace, service }: Governing,
  podName: string,
  records: readonly DnsRecord[],
): NamePicture {
  const name = fullName(podName, service, namespace, world.settings.clusterDomain)
  const [published, second] = records.filter(isPublished).sort(byFamily)
  if (published) {
    const pod = readObject(world.objects, 'Pod', namespace, published.pod)
    const notReady = !pod || !isReady(pod)
    const secondAddress = second && second.pod === published.pod ? second.address : undefined
    const addresses = { address: published.address, ...(secondAddress !== undefined && { secondAddress }) }
    return { podName, name, state: 'published', ...addresses, ...(notReady && { notReady }) }
  }
  const [cached] = records.filter(({ cachedUntil = 0 }) => cachedUntil > world.now).sort(byFamily)
  return cached?.cachedUntil === undefined
    ? { podName, name, state: 'absent' }
    : { podName, name, state: 'cached', address: cached.address, cachedUntil: cached.cachedUntil }
}

type ByLabel = ReadonlyMap<string, readonly DnsRecord[]>

const labelled = new WeakMap<DnsSlice, ByLabel>()

/** The records of a slice by label; remembered, so that lists of an unchanged slice stay the very same. */
function labelsOf(slice: DnsSlice): ByLabel {
  const known = labelled.get(slice)
  if (known) return known
  const found = new Map<string, DnsRecord[]>()
  for (const record of slice.records) {
    const list = found.get(record.hostname)
    if (list) list.push(record)
    else found.set(record.hostname, [record])
  }
  labelled.set(slice, found)
  return found
}

/** The records of a Service by the label below it. */
export function recordsByLabel(world: World, { namespace, service }: Governing): ByLabel {
  const [first, ...others] = dnsSlicesIn(world, namespace, service).map(labelsOf)
  if (!first || others.length === 0) return first ?? new Map()
  const merged = new Map(first)
  for (const labels of others)
    for (const [label, records] of labels) {
      const before = merged.get(label)
      merged.set(label, before ? [...before, ...records] : records)
    }
  return merged
}

/** The names of all wanted ordinals and of every other member that still has a record, by ordinal. */
export function nameStates(world: World, set: StatefulSet): readonly NamePicture[] {
  const { namespace = 'default', name } = set.metadata
  const governing = { namespace, service: set.spec.serviceName }
  const records = recordsByLabel(world, governing)
  const wanted = Array.from({ length: set.spec.replicas }, (_, index) => startOrdinal(set) + index)
  const others = namedOrdinals(records, name).filter((ordinal) => !inRange(set, ordinal))
  return [...wanted, ...others]
    .sort((a, b) => a - b)
    .map((ordinal) => podNameOf(name, ordinal))
    .map((podName) => nameState(world, governing, podName, records.get(podName) ?? []))
}

/** Ordinals of the members of a set that have a record. */
export function namedOrdinals(records: ByLabel, set: string): readonly number[] {
  const found: number[] = []
  for (const label of records.keys()) {
    if (!label.startsWith(set)) continue
    const ordinal = ordinalOf(label)
    if (ordinal >= 0 && podNameOf(set, ordinal) === label) found.push(ordinal)
  }
  return found
}
