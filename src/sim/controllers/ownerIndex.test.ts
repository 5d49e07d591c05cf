/** The index never denies an owner, and denies those that nobody ever named. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AnyObject } from '../api/types.ts'
import { mayOwnIn } from './ownerIndex.ts'

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
            for (const { uid } of metadata.ownerReferences ?? []) expect(mayOwnIn('ConfigMap', list, uid)).toBe(true)
      }),
      { seed: 3, numRuns: 200 },
    )
  })

  it('denies what nobody names, and in time forgets what nobody names any more', () => {
    const list = [object([]), object(['kept'])]
    expect(mayOwnIn('Secret', list, 'other')).toBe(false)
    for (let version = 0; version < 30; version++) mayOwnIn('Secret', [...list, object([`former-${version}`])], 'kept')
    expect(mayOwnIn('Secret', [...list], 'former-0')).toBe(false)
    expect(mayOwnIn('Secret', [...list], 'kept')).toBe(true)
  })

  it('takes objects without owners', () => {
    expect(mayOwnIn('Node', [{ metadata: {} } as AnyObject], 'any')).toBe(false)
  })
})
