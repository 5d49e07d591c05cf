/**
 * What the cluster's DNS server knows: its notes about Services and their slices, and how to read them out of a world.
 * Resolvers keep an answer for the time to live after its record is gone; such records stay in the notes until then.
 */
import type { SimTime, Uid } from '../api/types.ts'
import { entriesWithPrefix, get } from '../kernel/sorted.ts'
import type { World } from '../kernel/types.ts'

/** The address records of one endpoint. */
export interface DnsRecord {
  /** The label below the Service's name: the pod's hostname, or its address with dashes. */
  readonly hostname: string
  readonly address: string
  readonly pod: string
  readonly uid: Uid
  /** Until when resolvers may still answer; absent while the record is published. */
  readonly cachedUntil?: SimTime
}

export interface DnsPort {
  readonly name: string
  readonly protocol: string
  readonly port: number
}

/** Notes under a slice's key. */
export interface DnsSlice {
  readonly service: string
  readonly ports: readonly DnsPort[]
  readonly records: readonly DnsRecord[]
}

/** Notes under a Service's key, while it exists. */
export interface DnsService {
  /** Its own address; absent when it is headless. */
  readonly address?: string
  /** The one of its other family, where it has two. */
  readonly secondAddress?: string
  readonly ports: readonly DnsPort[]
}

export const isPublished = ({ cachedUntil }: DnsRecord): boolean => cachedUntil === undefined

/** What DNS knows about a Service; undefined when it knows of none by that name. */
export const dnsServiceIn = ({ memories }: World, namespace: string, name: string): DnsService | undefined =>
  get(memories, `clusterDns|Service/${namespace}/${name}`) as DnsService | undefined

/** What DNS knows about the endpoints of a Service. */
export const dnsSlicesIn = ({ memories }: World, namespace: string, service: string): readonly DnsSlice[] =>
  entriesWithPrefix(memories, `clusterDns|EndpointSlice/${namespace}/`)
    .map(([, notes]) => notes as DnsSlice)
    .filter((slice) => slice.service === service)

/** `web-1.nginx.default.svc.cluster.local`, or the Service's own name without a hostname. */
export const fullName = (hostname: string | undefined, service: string, namespace: string, domain: string): string =>
  `${hostname === undefined ? '' : `${hostname}.`}${service}.${namespace}.svc.${domain}`

/** `10.244.2.7` as a label: `10-244-2-7`. */
export const dashed = (address: string): string => address.replaceAll(/[.:]/g, '-')
