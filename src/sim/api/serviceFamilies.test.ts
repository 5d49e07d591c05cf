/** Families of a Service: what follows from what is given, in a cluster of one family and of both, and what cannot be. */
import { describe, expect, it } from 'vitest'
import type { IpFamily } from './addresses.ts'
import { familyErrors, withFamilies } from './serviceFamilies.ts'
import type { Service } from './types.ts'

type Spec = Service['spec']

const SINGLE: readonly IpFamily[] = ['IPv4']
const DUAL: readonly IpFamily[] = ['IPv4', 'IPv6']
const SELECTOR = { selector: { app: 'nginx' } }
const V4 = '10.96.0.100'
const V6 = 'fd00:10:96::64'

/** `PreferDualStack IPv4,IPv6`, or what is wrong. */
function settled(given: Spec, cluster: readonly IpFamily[] = DUAL, before?: Spec): string {
  const spec = withFamilies({ ...SELECTOR, ...given }, before, cluster)
  const errors = familyErrors(spec, before, cluster)
  if (errors.length > 0) return errors.map(({ field, message }) => `${field}: ${message}`).join(' | ')
  return [spec.ipFamilyPolicy, spec.ipFamilies, spec.clusterIPs].filter(Boolean).join(' ')
}

describe('a new Service', () => {
  it.each<[string, Spec, string]>([
    ['nothing said', {}, 'SingleStack IPv4'],
    ['headless', { clusterIP: 'None' }, 'SingleStack IPv4 None'],
    [
      'headless, both preferred',
      { clusterIP: 'None', ipFamilyPolicy: 'PreferDualStack' },
      'PreferDualStack IPv4,IPv6 None',
    ],
    ['both preferred', { ipFamilyPolicy: 'PreferDualStack' }, 'PreferDualStack IPv4,IPv6'],
    ['both required', { ipFamilyPolicy: 'RequireDualStack' }, 'RequireDualStack IPv4,IPv6'],
    ['the other family', { ipFamilies: ['IPv6'] }, 'SingleStack IPv6'],
    [
      'the other family first',
      { ipFamilies: ['IPv6'], ipFamilyPolicy: 'PreferDualStack' },
      'PreferDualStack IPv6,IPv4',
    ],
    ['an address of the other family', { clusterIP: V6 }, `SingleStack IPv6 ${V6}`],
    [
      'two addresses',
      { clusterIP: V6, clusterIPs: [V6, V4], ipFamilyPolicy: 'RequireDualStack' },
      `RequireDualStack IPv6,IPv4 ${V6},${V4}`,
    ],
    ['headless without a selector', { clusterIP: 'None', selector: {} }, 'RequireDualStack IPv4,IPv6 None'],
  ])('%s, in a cluster of both families', (_, given, expected) => {
    expect(settled(given)).toBe(expected)
  })

  it.each<[string, Spec, string]>([
    ['nothing said', {}, 'SingleStack IPv4'],
    ['both preferred', { ipFamilyPolicy: 'PreferDualStack' }, 'PreferDualStack IPv4'],
    ['headless without a selector', { clusterIP: 'None', selector: {} }, 'RequireDualStack IPv4,IPv6 None'],
    [
      'both required',
      { ipFamilyPolicy: 'RequireDualStack' },
      'spec.ipFamilyPolicy: Invalid value: "RequireDualStack": this cluster is not configured for dual-stack services',
    ],
    [
      'the other family',
      { ipFamilies: ['IPv6'] },
      'spec.ipFamilies[0]: Invalid value: "IPv6": not configured on this cluster',
    ],
    [
      'an address of the other family',
      { clusterIP: V6 },
      `spec.clusterIPs[0]: Invalid value: ["${V6}"]: IPv6 is not configured on this cluster`,
    ],
  ])('%s, in a cluster of one family', (_, given, expected) => {
    expect(settled(given, SINGLE)).toBe(expected)
  })

  it.each<[string, object, string]>([
    [
      'an unknown policy',
      { ipFamilyPolicy: 'Both' },
      'spec.ipFamilyPolicy: Unsupported value: "Both": supported values: "PreferDualStack", "RequireDualStack", "SingleStack"',
    ],
    [
      'an unknown family',
      { ipFamilies: ['IPv5'] },
      'spec.ipFamilies[0]: Unsupported value: "IPv5": supported values: "IPv4", "IPv6"',
    ],
    ['a family twice', { ipFamilies: ['IPv4', 'IPv4'] }, 'spec.ipFamilies[1]: Duplicate value: "IPv4"'],
    [
      'two families without the policy for it',
      { ipFamilies: ['IPv4', 'IPv6'] },
      "spec.ipFamilyPolicy: Invalid value: \"SingleStack\": must be 'RequireDualStack' or 'PreferDualStack' when multiple IP families are specified",
    ],
    [
      'no address',
      { clusterIP: '300.0.0.1' },
      'spec.clusterIPs[0]: Invalid value: "300.0.0.1": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
    ],
    [
      'two addresses of one family',
      { clusterIP: V4, clusterIPs: [V4, '10.96.0.101'], ipFamilyPolicy: 'RequireDualStack' },
      `spec.clusterIPs: Invalid value: ["${V4}","10.96.0.101"]: may specify no more than one IP for each IP family`,
    ],
    [
      'an address of another family than said',
      { clusterIP: V4, ipFamilies: ['IPv6'] },
      `spec.clusterIPs[0]: Invalid value: "${V4}": expected an IPv6 value as indicated by \`ipFamilies[0]\``,
    ],
    [
      'two that are not in step',
      { clusterIP: V4, clusterIPs: [V6] },
      `spec.clusterIPs: Invalid value: ["${V6}"]: first value must match \`clusterIP\``,
    ],
    [
      'a list alone',
      { clusterIPs: [V4] },
      `spec.clusterIPs: Invalid value: ["${V4}"]: must be empty when \`clusterIP\` is not specified`,
    ],
    [
      'None among others',
      { clusterIP: 'None', clusterIPs: ['None', V4] },
      `spec.clusterIPs: Invalid value: ["None","${V4}"]: 'None' must be the first and only value`,
    ],
  ])('is refused: %s', (_, given, expected) => {
    expect(settled(given as Spec)).toBe(expected)
  })
})

describe('a Service that changes', () => {
  const both: Spec = {
    ...SELECTOR,
    clusterIP: V4,
    clusterIPs: [V4, V6],
    ipFamilies: ['IPv4', 'IPv6'],
    ipFamilyPolicy: 'PreferDualStack',
  }
  const one: Spec = {
    ...SELECTOR,
    clusterIP: V4,
    clusterIPs: [V4],
    ipFamilies: ['IPv4'],
    ipFamilyPolicy: 'SingleStack',
  }

  it('keeps what a client leaves out', () => {
    expect(settled({}, DUAL, both)).toBe(`PreferDualStack IPv4,IPv6 ${V4},${V6}`)
  })

  it('gets its second family, and gives it back, by the policy alone', () => {
    expect(settled({ ...one, ipFamilyPolicy: 'PreferDualStack' }, DUAL, one)).toBe(`PreferDualStack IPv4,IPv6 ${V4}`)
    expect(settled({ ...both, ipFamilyPolicy: 'SingleStack' }, DUAL, both)).toBe(`SingleStack IPv4 ${V4}`)
  })

  it('gives nothing back without saying so', () => {
    const text =
      'spec.ipFamilyPolicy: Invalid value: "PreferDualStack": must be \'SingleStack\' to release the secondary'
    expect(settled({ ...both, clusterIPs: [V4] }, DUAL, both)).toBe(`${text} cluster IP`)
    expect(settled({ ...both, ipFamilies: ['IPv4'] }, DUAL, both)).toBe(`${text} IP family`)
  })

  it('is not led along when its cluster has changed', () => {
    const preferring: Spec = { ...one, ipFamilyPolicy: 'PreferDualStack' }
    expect(settled(preferring, DUAL, preferring)).toBe(`PreferDualStack IPv4 ${V4}`)
  })
})
