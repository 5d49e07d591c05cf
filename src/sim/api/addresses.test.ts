/** Addresses of both families: what is one, how it is written, and which one a pointer's name stands for. */
import { describe, expect, it } from 'vitest'
import { addressOfPointer, canonicalAddress, familiesOf, familyOf, withPort } from './addresses.ts'

describe('an address', () => {
  it.each([
    ['10.244.2.7', '10.244.2.7'],
    ['FD00:0010:0244:0001:0000:0000:0000:0002', 'fd00:10:244:1::2'],
    ['fd00:10:96::a', 'fd00:10:96::a'],
    ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['1:0:0:2:0:0:0:3', '1:0:0:2::3'],
    ['10:0:100:0:0:1:1:1', '10:0:100::1:1:1'],
    ['::', '::'],
    ['::1', '::1'],
    ['fd00::', 'fd00::'],
  ])('%s is written %s', (given, written) => {
    expect(canonicalAddress(given)).toBe(written)
  })

  it.each([
    '',
    '10.244.2',
    '10.244.2.256',
    'fd00',
    '1::2::3',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4:5:6:7::8',
    'g::1',
    '12345::',
    ':1',
  ])('%j is none', (given) => {
    expect(canonicalAddress(given)).toBeUndefined()
  })

  it('has a family, and stands in brackets before a port where it has colons itself', () => {
    expect([familyOf('10.0.0.1'), familyOf('fd00::1')]).toEqual(['IPv4', 'IPv6'])
    expect([withPort('10.0.0.1', 80), withPort('fd00::1', 80)]).toEqual(['10.0.0.1:80', '[fd00::1]:80'])
    expect([familiesOf({}), familiesOf({ dualStack: true })]).toEqual([['IPv4'], ['IPv4', 'IPv6']])
  })

  it('is found by the name of its pointer', () => {
    const nibbles = '2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.1.0.0.0.4.4.2.0.0.1.0.0.0.0.d.f'
    expect(addressOfPointer(`${nibbles}.ip6.arpa`)).toBe('fd00:10:244:1::2')
    expect(addressOfPointer('7.2.244.10.in-addr.arpa')).toBe('10.244.2.7')
    expect(addressOfPointer(`${nibbles.slice(2)}.ip6.arpa`)).toBeUndefined()
    expect(addressOfPointer(`0${nibbles}.ip6.arpa`)).toBeUndefined()
    expect(addressOfPointer('web-0.nginx')).toBeUndefined()
  })
})
