/**
 * Addresses of both families as texts: which family one is of, its one canonical form, and its name below `in-addr.arpa` or
 * `ip6.arpa`. Leaves out zones and IPv4 addresses written inside IPv6 ones.
 * Models: RFC 5952 (text of IPv6 addresses), RFC 1035 §3.5 and RFC 3596 §2.5 (names of addresses), k8s.io/utils/net, v1.36.
 */

export type IpFamily = 'IPv4' | 'IPv6'

/** The families of a cluster, its first one first. */
export const familiesOf = ({ dualStack }: { readonly dualStack?: boolean }): readonly IpFamily[] =>
  dualStack ? DUAL : SINGLE
const SINGLE: readonly IpFamily[] = ['IPv4']
const DUAL: readonly IpFamily[] = ['IPv4', 'IPv6']

/** The family of an address that is known to be one. */
export const familyOf = (address: string): IpFamily => (address.includes(':') ? 'IPv6' : 'IPv4')

const BYTE = '(25[0-5]|2[0-4]\\d|1?\\d?\\d)'
const IPV4 = new RegExp(`^${BYTE}(\\.${BYTE}){3}$`)
const GROUPS = 8

/** The eight groups of an IPv6 address; undefined where the text is none. */
function groupsOf(text: string): readonly number[] | undefined {
  const [head = '', tail, ...more] = text.split('::')
  const parts = (half: string) => (half === '' ? [] : half.split(':'))
  const left = parts(head)
  const right = parts(tail ?? '')
  const missing = GROUPS - left.length - right.length
  const fits = tail === undefined ? missing === 0 : missing > 0
  const groups = [...left, ...Array<string>(Math.max(0, missing)).fill('0'), ...right]
  return fits && more.length === 0 && groups.every((group) => /^[\da-f]{1,4}$/i.test(group))
    ? groups.map((group) => Number.parseInt(group, 16))
    : undefined
}

/** Lower case, no leading zeros, and the first of the longest runs of zeros left out. */
function shortened(groups: readonly number[]): string {
  const hex = groups.map((group) => group.toString(16))
  const runs = hex.join(':').match(/\b0(:0)+\b/g) ?? []
  const longest = runs.reduce((best, run) => (run.length > best.length ? run : best), '')
  if (longest === '') return hex.join(':')
  const zeros = longest.split(':').length
  const at = hex.findIndex((_, index) => hex.slice(index, index + zeros).join(':') === longest)
  return `${hex.slice(0, at).join(':')}::${hex.slice(at + zeros).join(':')}`
}

/** The address as the API writes it; undefined where the text is no address. */
export function canonicalAddress(text: string): string | undefined {
  if (IPV4.test(text)) return text
  const groups = groupsOf(text)
  return groups && shortened(groups)
}

/** The address that a name such as `7.2.244.10.in-addr.arpa` stands for; undefined for other names. */
export function addressOfPointer(name: string): string | undefined {
  const [, reversed, zone] = /^([\da-f.]+)\.(in-addr|ip6)\.arpa$/.exec(name) ?? []
  const labels = reversed?.split('.').reverse() ?? []
  if (zone === 'in-addr') return canonicalAddress(labels.join('.'))
  return zone === 'ip6' && labels.length === 32 && labels.every((nibble) => nibble.length === 1)
    ? canonicalAddress((labels.join('').match(/.{4}/g) ?? []).join(':'))
    : undefined
}

/** `10.244.2.7:80`, `[fd00:10:244:1::2]:80`. */
export const withPort = (address: string, port: number | undefined): string =>
  familyOf(address) === 'IPv6' ? `[${address}]:${port}` : `${address}:${port}`
