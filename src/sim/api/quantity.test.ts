import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  canonicalList,
  canonicalQuantity,
  compareQuantities,
  milliUnitsOf,
  parseQuantity,
  printQuantity,
  unitsOf,
} from './quantity.ts'

describe('quantities', () => {
  it.each([
    ['1Gi', '1Gi'],
    ['1024Mi', '1Gi'],
    ['1536Mi', '1536Mi'],
    ['0.5Gi', '512Mi'],
    ['1.5Ki', '1536'],
    ['512', '512'],
    ['1000', '1k'],
    ['1000m', '1'],
    ['0.5', '500m'],
    ['0.3', '300m'],
    ['1500m', '1500m'],
    ['100u', '100u'],
    ['1e3', '1e3'],
    ['12e6', '12e6'],
    ['1E', '1E'],
    ['+5', '5'],
    ['-1Gi', '-1Gi'],
    ['0', '0'],
    ['0Gi', '0'],
    ['.5', '500m'],
    ['1.', '1'],
    ['0.9765625Ki', '1k'],
    ['0.1n', '1n'],
    ['100Ki', '100Ki'],
    ['1023', '1023'],
  ])('prints %s as %s', (given, printed) => {
    expect(canonicalQuantity(given)).toBe(printed)
  })

  it.each(['', 'abc', '1Gb', '1 Gi', '--1', '1.2.3', 'Gi', '1e', '0x10', '1e99999'])('does not read %j', (text) => {
    expect(parseQuantity(text)).toBeUndefined()
    expect(canonicalQuantity(text)).toBe(text)
  })

  it('compares across suffixes and rounds up', () => {
    expect(compareQuantities('1Gi', '1G')).toBe(1)
    expect(compareQuantities('1000m', '1')).toBe(0)
    expect(compareQuantities('999m', '1')).toBe(-1)
    expect(unitsOf('4Gi')).toBe(4 * 1024 ** 3)
    expect(unitsOf('1500m')).toBe(2)
    expect(milliUnitsOf('0.25')).toBe(250)
    expect(milliUnitsOf('1u')).toBe(1)
  })

  it('keeps a list that is canonical', () => {
    const list = { cpu: '500m', memory: '1Gi' }
    expect(canonicalList(list)).toBe(list)
    expect(canonicalList({ cpu: '0.5', memory: '1Gi' })).toEqual(list)
  })

  it('means the same after printing, and prints the same again', () => {
    const number = fc.tuple(
      fc.integer({ min: 0, max: 1e9 }),
      fc.constantFrom('n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'Ki', 'Mi', 'Gi', 'e3', 'E-2'),
    )
    fc.assert(
      fc.property(number, ([amount, suffix]) => {
        const given = parseQuantity(`${amount}${suffix}`)
        if (!given) throw new Error('not read')
        const printed = printQuantity(given)
        expect(parseQuantity(printed)?.nanos).toBe(given.nanos)
        expect(canonicalQuantity(printed)).toBe(printed)
      }),
    )
  })
})
