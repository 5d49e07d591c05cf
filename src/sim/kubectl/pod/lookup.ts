/**
 * `nslookup` as the images print it: busybox up to 1.28, busybox since, and bind's.
 * Models: busybox networking/nslookup.c (1.28.4, 1.38), bind9-dnsutils.
 */
import { canonicalAddress } from '../../api/addresses.ts'
import { resolve } from '../../controllers/dnsAnswers.ts'
import type { World } from '../../kernel/types.ts'
import { NAMESERVER } from './podFiles.ts'

export type LookupStyle = 'busybox-1.28' | 'busybox' | 'bind'

export interface Answer {
  readonly text: string
  readonly status: number
}

const searchPath = (namespace: string, domain: string): readonly string[] => [
  `${namespace}.svc.${domain}`,
  `svc.${domain}`,
  domain,
]

/** All addresses of a whole name, those of IPv4 first. */
const allOf = (world: World, name: string): readonly string[] => [
  ...resolve(world, `${name}.`),
  ...resolve(world, `${name}.`, 'AAAA'),
]

/** The name that answers, and its addresses: the name itself or one of the search path. */
function searched(world: World, name: string, namespace: string): readonly [string, readonly string[]] | undefined {
  const asked = name.replace(/\.$/, '')
  for (const full of [
    ...searchPath(namespace, world.settings.clusterDomain).map((suffix) => `${asked}.${suffix}`),
    asked,
  ]) {
    const found = allOf(world, full)
    if (found.length > 0) return [full, found]
  }
  return undefined
}

/** The name of an address, for those who print it. */
const reverse = (world: World, address: string): string | undefined =>
  resolve(world, address, 'PTR')[0]?.replace(/\.$/, '')

function oldBusybox(world: World, name: string, namespace: string): Answer {
  const head = `Server:    ${NAMESERVER}\nAddress 1: ${NAMESERVER} kube-dns.kube-system.svc.${world.settings.clusterDomain}\n\n`
  const found = searched(world, name, namespace)
  if (!found) return { text: `${head}nslookup: can't resolve '${name}'\n`, status: 1 }
  const lines = found[1].map((address, index) => {
    const known = reverse(world, address)
    return `Address ${index + 1}: ${address}${known === undefined ? '' : ` ${known}`}\n`
  })
  return { text: `${head}Name:      ${name}\n${lines.join('')}`, status: 0 }
}

const pairs = (name: string, addresses: readonly string[]): string =>
  addresses.map((address) => `Name:\t${name}\nAddress: ${address}\n`).join('')

/** Both answers about a name, each followed by an empty line; undefined where there is no such name. */
function bothAnswers(world: World, name: string): string | undefined {
  const answers = (['A', 'AAAA'] as const).map((type) => resolve(world, `${name}.`, type))
  return answers.every((found) => found.length === 0)
    ? undefined
    : answers.map((found) => `${pairs(name, found)}\n`).join('')
}

/** A name with a dot is asked as it is; one without goes through the whole search path, and every miss is told. */
function newBusybox(world: World, name: string, namespace: string): Answer {
  const head = `Server:\t\t${NAMESERVER}\nAddress:\t${NAMESERVER}:53\n\n`
  const missing = (asked: string) => `** server can't find ${asked}: NXDOMAIN\n\n`
  const asked = name.replace(/\.$/, '')
  if (asked.includes('.')) {
    const found = bothAnswers(world, asked)
    if (found !== undefined) return { text: head + found, status: 0 }
    return { text: head + missing(asked) + missing(asked), status: 1 }
  }
  let text = head
  for (const suffix of searchPath(namespace, world.settings.clusterDomain)) {
    const full = `${asked}.${suffix}`
    const found = allOf(world, full)
    text += found.length > 0 ? `${pairs(full, found)}\n` : missing(full)
  }
  return { text, status: 1 }
}

function bind(world: World, name: string, namespace: string): Answer {
  const head = `Server:\t\t${NAMESERVER}\nAddress:\t${NAMESERVER}#53\n\n`
  const found = searched(world, name, namespace)
  return found
    ? { text: `${head}${pairs(found[0], found[1])}\n`, status: 0 }
    : { text: `${head}** server can't find ${name}: NXDOMAIN\n\n`, status: 1 }
}

export function lookup(world: World, name: string, namespace: string, style: LookupStyle): Answer {
  if (style === 'bind') return bind(world, name, namespace)
  return style === 'busybox' ? newBusybox(world, name, namespace) : oldBusybox(world, name, namespace)
}

/** `host`: a line for each address of a name, or the name of an address. */
export function hostLines(world: World, name: string, namespace: string): Answer {
  if (canonicalAddress(name) !== undefined) {
    const known = reverse(world, name)
    return known === undefined
      ? { text: `Host ${name} not found: 3(NXDOMAIN)\n`, status: 1 }
      : { text: `${name} domain name pointer ${known}.\n`, status: 0 }
  }
  const [full, addresses] = searched(world, name, namespace) ?? []
  if (full === undefined || !addresses) return { text: `Host ${name} not found: 3(NXDOMAIN)\n`, status: 1 }
  const lines = addresses.map(
    (address) => `${full} has ${address.includes(':') ? 'IPv6 address' : 'address'} ${address}\n`,
  )
  return { text: lines.join(''), status: 0 }
}

/** The first address that a program in a pod gets for a name. */
export const addressFor = (world: World, name: string, namespace: string): string | undefined =>
  canonicalAddress(name.replace(/^\[|\]$/g, '')) ?? searched(world, name, namespace)?.[1][0]
