import fc from 'fast-check'
import { expect, test } from 'vitest'
import { goSorted } from './goSort.ts'

const byKey = (a: { readonly key: number }, b: { readonly key: number }) => a.key < b.key

test('sorts whatever is given, and loses nothing', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 300 }), (numbers) => {
      const list = numbers.map((key, index) => ({ key, index }))
      const sorted = goSorted(list, byKey)
      expect(sorted.map(({ key }) => key)).toEqual([...numbers].sort((a, b) => a - b))
      expect(new Set(sorted).size).toBe(list.length)
    }),
  )
})

test('keeps equals in order while there are twelve at most', () => {
  const list = [3, 1, 2, 1, 3, 2, 1, 1, 2, 3, 1, 2].map((key, index) => ({ key, index }))
  const sorted = goSorted(list, byKey)
  expect(sorted).toEqual(list.slice().sort((a, b) => a.key - b.key || a.index - b.index))
})

test('turns equals round as Go does: events of one second', () => {
  // Last seconds of the events of a set that was scaled and updated, in the order of their names.
  const seconds = [0, 63, 4, 58, 10, 53, 15, 15, 18, 18, 20, 21, 52, 57, 62]
  const sorted = goSorted(
    seconds.map((key, index) => ({ key, index })),
    byKey,
  )
  expect(sorted.map(({ index }) => index)).toEqual([0, 2, 4, 6, 7, 9, 8, 10, 11, 12, 5, 13, 3, 14, 1])
})
