/**
 * The DNS row: which member names of a set resolve now, which may still be cached, and which are absent. Why a name is
 * absent is said by the reasons about its pod and its Service.
 */
import { inRange, ordinalOf, podNameOf, startOrdinal } from '../api/identity.ts'
import { isReady } from '../api/predicates.ts'
import type { StatefulSet } from '../api/types.ts'
import type { DnsRecord } from '../controllers/dnsRecords.ts'
import { dnsSlicesIn, fullName, isPublished } from '../controllers/dnsRecords.ts'
import { readObject } from '../kernel/apiServer.ts'
import type { World } from '../kernel/types.ts'
import type { NamePicture } from './types.ts'

export { resolve } from '../controllers/dnsAnswers.ts'

function nameOf(world: World, set: StatefulSet, podName: string, records: readonly DnsRecord[]): NamePicture {
  const { namespace = 'default' } = set.metadata
  const name = fullName(podName, set.spec.serviceName, namespace, world.settings.clusterDomain)
  const published = records.find(isPublished)
  if (published) {
    const pod = readObject(world.objects, 'Pod', namespace, published.pod)
    const notReady = !pod || !isReady(pod)
    return { podName, name, state: 'published', address: published.address, ...(notReady && { notReady }) }
  }
  const cached = records.find(({ cachedUntil = 0 }) => cachedUntil > world.now)
  return cached?.cachedUntil === undefined
    ? { podName, name, state: 'absent' }
    : { podName, name, state: 'cached', address: cached.address, cachedUntil: cached.cachedUntil }
}

/** Records of the set's governing Service by the label below it. */
function recordsByLabel(world: World, { metadata: { namespace = 'default' }, spec }: StatefulSet) {
  const found = new Map<string, DnsRecord[]>()
  for (const { records } of dnsSlicesIn(world, namespace, spec.serviceName))
    for (const record of records) {
      const list = found.get(record.hostname)
      if (list) list.push(record)
      else found.set(record.hostname, [record])
    }
  return found
}

/** The names of all wanted ordinals and of every other member that still has a record, by ordinal. */
export function nameStates(world: World, set: StatefulSet): readonly NamePicture[] {
  const records = recordsByLabel(world, set)
  const wanted = Array.from({ length: set.spec.replicas }, (_, index) => startOrdinal(set) + index)
  const others = [...records.keys()]
    .filter((label) => label.startsWith(`${set.metadata.name}-`))
    .map((label) => ({ label, ordinal: ordinalOf(label) }))
    .filter(({ label, ordinal }) => podNameOf(set.metadata.name, ordinal) === label && !inRange(set, ordinal))
    .map(({ ordinal }) => ordinal)
  return [...wanted, ...others]
    .sort((a, b) => a - b)
    .map((ordinal) => podNameOf(set.metadata.name, ordinal))
    .map((podName) => nameOf(world, set, podName, records.get(podName) ?? []))
}
