/** The index knows the owners of a list, and no others. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AnyObject } from '../api/types.ts'
import { ownsIn } from './ownerIndex.ts'

const object = (owners: readonly string[]) =>
  ({ metadata: { ownerReferences: owners.map((uid) => ({ uid })) } }) as unknown as AnyObject

describe('the index of owners', () => {
  it('knows each owner in every version of a list, in whatever order they are asked about', () => {
    const owner = fc.constantFrom('a', 'b', 'c', 'd', 'e')
    const objects = fc.array(fc.array(owner, { maxLength: 2 }).map(object), { minLength: 1, maxLength: 12 })
    const lists = objects.chain((all) => fc.array(fc.subarray(all), { minLength: 1, maxLength: 12 }))
    fc.assert(
      fc.property(lists, (versions) => {
        for (const list of versions)
          for (const { metadata } of list)
            for (const { uid } of metadata.ownerReferences ?? []) expect(ownsIn('ConfigMap', list, uid)).toBe(true)
      }),
      { seed: 3, numRuns: 200 },
    )
  })

  it('denies what nobody names, and what nobody names any more', () => {
    const list = [object([]), object(['kept'])]
    expect(ownsIn('Secret', list, 'other')).toBe(false)
    for (let version = 0; version < 30; version++) {
      expect(ownsIn('Secret', [...list, object([`former-${version}`])], 'kept')).toBe(true)
      expect(ownsIn('Secret', [...list, object([])], `former-${version}`)).toBe(false)
    }
    expect(ownsIn('Secret', [...list], 'former-0')).toBe(false)
    expect(ownsIn('Secret', [...list], 'kept')).toBe(true)
  })

  it('takes objects without owners', () => {
    expect(ownsIn('Node', [{ metadata: {} } as AnyObject], 'any')).toBe(false)
  })
})
