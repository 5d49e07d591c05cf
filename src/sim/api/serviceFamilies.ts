/**
 * Which families of addresses a Service has: what its policy, its families and its own addresses say about each other, and
 * what follows from what is given. Addresses themselves are given out in defaultsService.ts.
 * Models: pkg/registry/core/service/storage/alloc.go (initIPFamilyFields) and storage.go (patchAllocatedValues,
 * normalizeClusterIPs), pkg/apis/core/validation/validation.go (ValidateServiceClusterIPsRelatedFields), v1.36.
 */
import type { IpFamily } from './addresses.ts'
import { canonicalAddress, familyOf } from './addresses.ts'
import { duplicate, invalid, notSupported, required } from './fieldErrors.ts'
import { put } from './fill.ts'
import type { FieldError } from './strategy.ts'
import type { Service } from './types.ts'

type ServiceSpec = Service['spec']
type Families = readonly IpFamily[]

export const FAMILIES: readonly string[] = ['IPv4', 'IPv6']
const POLICIES: readonly string[] = ['PreferDualStack', 'RequireDualStack', 'SingleStack']
const POLICY = 'spec.ipFamilyPolicy'
const ADDRESSES = 'spec.clusterIPs'

export const isHeadless = ({ clusterIP }: ServiceSpec): boolean => clusterIP === 'None'

/** Somebody else says who is behind it; such a Service may have families that the cluster has not. */
const isWithoutPods = (spec: ServiceSpec): boolean => isHeadless(spec) && Object.keys(spec.selector ?? {}).length === 0

const isSame = (a: readonly string[] = [], b: readonly string[] = []): boolean => a.join() === b.join()

/** `clusterIP` and `clusterIPs` in step; what a client leaves out is as it was. */
function inStep(given: ServiceSpec, before: ServiceSpec | undefined): ServiceSpec {
  const clusterIP = given.clusterIP || before?.clusterIP
  if (clusterIP === undefined) return given
  const listed = given.clusterIPs?.length ? given.clusterIPs : before?.clusterIPs
  const isMoved = before !== undefined && clusterIP !== before.clusterIP && isSame(listed, before.clusterIPs)
  return put(put(given, 'clusterIP', clusterIP), 'clusterIPs', listed === undefined || isMoved ? [clusterIP] : listed)
}

/** Whoever says SingleStack, and leaves a list as it was, keeps the first of it. */
function trimmed(spec: ServiceSpec, before: ServiceSpec, field: 'clusterIPs' | 'ipFamilies'): ServiceSpec {
  const list = spec[field] ?? []
  return list.length > 1 && isSame(list, before[field]) ? { ...spec, [field]: list.slice(0, 1) } : spec
}

function policyOf(given: ServiceSpec, before: ServiceSpec | undefined): ServiceSpec['ipFamilyPolicy'] {
  return given.ipFamilyPolicy ?? before?.ipFamilyPolicy ?? (isWithoutPods(given) ? 'RequireDualStack' : 'SingleStack')
}

/** With the families of its addresses first, then the cluster's own, then the other one where two are wanted. */
function completed(spec: ServiceSpec, cluster: Families): ServiceSpec {
  const { clusterIPs = [], ipFamilies = [] } = spec
  const families = isHeadless(spec) ? ipFamilies : [...ipFamilies, ...clusterIPs.slice(ipFamilies.length).map(familyOf)]
  const first = families[0] ?? (cluster[0] as IpFamily)
  const wantsBoth = spec.ipFamilyPolicy !== 'SingleStack' && (cluster.length > 1 || isWithoutPods(spec))
  const other: IpFamily = first === 'IPv4' ? 'IPv6' : 'IPv4'
  const all = families.length > 1 ? families : wantsBoth ? [first, other] : [first]
  return isSame(all, ipFamilies) ? spec : { ...spec, ipFamilies: all }
}

/**
 * The spec with policy, families and lists as far as they follow from what is given. One that cannot be is left as it is, so
 * that `familyErrors` finds why.
 */
export function withFamilies(given: ServiceSpec, before: ServiceSpec | undefined, cluster: Families): ServiceSpec {
  const stepped = inStep(given, before)
  const spec = put(stepped, 'ipFamilyPolicy', policyOf(stepped, before))
  // One that prefers two and is left as it was does not follow a cluster that has changed.
  const isLeft = before?.ipFamilyPolicy === 'PreferDualStack' && spec.ipFamilyPolicy === 'PreferDualStack'
  if (isLeft && isSame(spec.clusterIPs, before.clusterIPs) && isSame(spec.ipFamilies, before.ipFamilies)) return spec
  const isSingle = before !== undefined && spec.ipFamilyPolicy === 'SingleStack'
  const kept = isSingle ? trimmed(trimmed(spec, before, 'clusterIPs'), before, 'ipFamilies') : spec
  return familyErrors(kept, before, cluster).length > 0 ? kept : completed(kept, cluster)
}

/** What is wrong with each list by itself and with both beside each other. */
function listErrors({ clusterIP = '', clusterIPs = [], ipFamilies = [], ipFamilyPolicy }: ServiceSpec): FieldError[] {
  const errors: FieldError[] = []
  if (clusterIP !== '' && clusterIPs.length === 0) errors.push(required(ADDRESSES))
  else if (clusterIP !== (clusterIPs[0] ?? ''))
    errors.push(
      invalid(
        ADDRESSES,
        clusterIPs,
        clusterIP === '' ? 'must be empty when `clusterIP` is not specified' : 'first value must match `clusterIP`',
      ),
    )
  for (const [index, family] of ipFamilies.entries()) {
    const field = `spec.ipFamilies[${index}]`
    if (!FAMILIES.includes(family)) errors.push(notSupported(field, family, FAMILIES))
    if (ipFamilies.indexOf(family) < index) errors.push(duplicate(field, family))
  }
  if (ipFamilyPolicy !== undefined && !POLICIES.includes(ipFamilyPolicy))
    errors.push(notSupported(POLICY, ipFamilyPolicy, POLICIES))
  return [...errors, ...addressErrors(clusterIPs, ipFamilies)]
}

const NO_ADDRESS = 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)'

function addressErrors(addresses: readonly string[], families: Families): FieldError[] {
  if (addresses[0] === 'None')
    return addresses.length > 1 ? [invalid(ADDRESSES, addresses, "'None' must be the first and only value")] : []
  const errors = addresses.flatMap((address, index) =>
    canonicalAddress(address) === undefined ? [invalid(`${ADDRESSES}[${index}]`, address, NO_ADDRESS)] : [],
  )
  const isUnreadable = errors.length > 0
  if (addresses.length > 2) errors.push(invalid(ADDRESSES, addresses, 'may only hold up to 2 values'))
  if (isUnreadable) return errors
  if (addresses.length > 1 && new Set(addresses.map(familyOf)).size !== addresses.length)
    errors.push(invalid(ADDRESSES, addresses, 'may specify no more than one IP for each IP family'))
  for (const [index, address] of addresses.entries()) {
    const expected = families[index]
    if (expected === undefined || expected === familyOf(address)) continue
    const text = `expected an ${expected} value as indicated by \`ipFamilies[${index}]\``
    errors.push(invalid(`${ADDRESSES}[${index}]`, address, text))
  }
  return errors
}

const isFewer = (after: readonly string[] = [], before: readonly string[] = []): boolean =>
  after.length > 0 && after.length < before.length

/** A policy that does not go with how many addresses or families there are, or are left. */
function policyErrors(spec: ServiceSpec, before: ServiceSpec | undefined): FieldError[] {
  const { clusterIPs = [], ipFamilies = [], ipFamilyPolicy } = spec
  const wrong = (isSo: boolean, text: string) => (isSo ? [invalid(POLICY, ipFamilyPolicy, text)] : [])
  return ipFamilyPolicy === 'SingleStack'
    ? [
        ...wrong(
          clusterIPs.length === 2,
          "must be 'RequireDualStack' or 'PreferDualStack' when multiple cluster IPs are specified",
        ),
        ...wrong(
          ipFamilies.length === 2,
          "must be 'RequireDualStack' or 'PreferDualStack' when multiple IP families are specified",
        ),
      ]
    : [
        ...wrong(isFewer(clusterIPs, before?.clusterIPs), "must be 'SingleStack' to release the secondary cluster IP"),
        ...wrong(isFewer(ipFamilies, before?.ipFamilies), "must be 'SingleStack' to release the secondary IP family"),
      ]
}

/** Families that the cluster does not have. */
function absentErrors(spec: ServiceSpec, cluster: Families): FieldError[] {
  const { clusterIPs = [], ipFamilies = [], ipFamilyPolicy } = spec
  const { length } = ipFamilies
  const asked = isHeadless(spec) ? [] : clusterIPs.slice(length)
  const errors = asked.flatMap((address, index) =>
    cluster.includes(familyOf(address))
      ? []
      : [
          invalid(
            `${ADDRESSES}[${length + index}]`,
            clusterIPs,
            `${familyOf(address)} is not configured on this cluster`,
          ),
        ],
  )
  if (errors.length > 0 || isWithoutPods(spec)) return errors
  if (ipFamilyPolicy === 'RequireDualStack' && cluster.length < 2)
    errors.push(invalid(POLICY, ipFamilyPolicy, 'this cluster is not configured for dual-stack services'))
  for (const [index, family] of ipFamilies.entries())
    if (!cluster.includes(family))
      errors.push(invalid(`spec.ipFamilies[${index}]`, family, 'not configured on this cluster'))
  return errors
}

/** Why a Service cannot have these families and addresses in this cluster. `before` is what it was, if it was. */
export function familyErrors(spec: ServiceSpec, before: ServiceSpec | undefined, cluster: Families): FieldError[] {
  if (spec.type === 'ExternalName') return []
  for (const errors of [listErrors(spec), policyErrors(spec, before), absentErrors(spec, cluster)])
    if (errors.length > 0) return errors
  return []
}
