import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Sorted, Table } from './sorted.ts'
import {
  entriesWithPrefix,
  first,
  get,
  hasWithPrefix,
  insert,
  lastWithPrefix,
  remove,
  set,
  size,
  unset,
  withoutFirst,
} from './sorted.ts'
import { eachChunk, Lists } from './versions.ts'

const sumOf = (table: Table<number>): number => table.flat().reduce((sum, [, value]) => sum + value, 0)

const key = fc.stringMatching(/^[a-c]\/[a-z0-9]{1,3}$/)

describe('sorted tables', () => {
  it('agree with a Map under random writes, and never change a value once given out', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(key, fc.option(fc.integer())), { maxLength: 400 }), (writes) => {
        const model = new Map<string, number>()
        let table: Table<number> = []
        const kept: { table: Table<number>; entries: string }[] = []
        const lists = new Lists<number>()
        const sums = eachChunk<number, number>((chunk) => chunk.reduce((sum, [, value]) => sum + value, 0))
        for (const [name, value] of writes) {
          if (value === null) {
            model.delete(name)
            table = unset(table, name)
          } else {
            model.set(name, value)
            table = set(table, name, value)
          }
          if (kept.length < 5) kept.push({ table, entries: JSON.stringify(table) })
          // What is remembered of former versions never shows in the list of a later one.
          if (writes.length % 3 > 0) expect(lists.of(table)).toEqual(table.flat().map(([, value]) => value))
          if (writes.length % 2 > 0) expect(sums(table).reduce((a, b) => a + b, 0)).toBe(sumOf(table))
        }
        const sorted = [...model.entries()].sort(([a], [b]) => (a < b ? -1 : 1))
        expect(lists.of(table)).toEqual(sorted.map(([, value]) => value))
        expect(lists.of(table)).toBe(lists.of(table))
        expect(sums(table)).toHaveLength(table.length)
        expect(size(table)).toBe(model.size)
        for (const [name, value] of sorted) expect(get(table, name)).toBe(value)
        for (const prefix of ['a/', 'b/', 'c/', 'd/']) {
          const wanted = sorted.filter(([name]) => name.startsWith(prefix))
          expect(lists.withPrefix(table, prefix)).toEqual(wanted.map(([, value]) => value))
          expect(lists.withPrefix(table, prefix)).toBe(lists.withPrefix(table, prefix))
          expect(entriesWithPrefix(table, prefix)).toEqual(wanted)
          const odd = wanted.filter(([, value]) => value % 2 === 1).length
          for (const least of [0, 1, 2, odd, odd + 1])
            expect(hasWithPrefix(table, prefix, least, (value) => value % 2 === 1)).toBe(odd >= least)
          expect(lastWithPrefix(table, prefix, (value) => value % 2 === 1)).toBe(
            wanted.findLast(([, value]) => value % 2 === 1)?.[1],
          )
        }
        for (const before of kept) expect(JSON.stringify(before.table)).toBe(before.entries)
      }),
      { seed: 7, numRuns: 150 },
    )
  })

  it('keep a queue in order by time and number, taking from the middle and from the front', () => {
    const order = (a: readonly [number, number], b: readonly [number, number]) => a[0] - b[0] || a[1] - b[1]
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 300 }), (times) => {
        let queue: Sorted<readonly [number, number]> = []
        const model: (readonly [number, number])[] = []
        times.forEach((at, sequence) => {
          queue = insert(queue, [at, sequence] as const, order)
          model.push([at, sequence])
          if (sequence % 3 === 0)
            queue = remove(queue, model.splice(sequence % model.length, 1)[0] as [number, number], order)
        })
        model.sort(order)
        for (const entry of model) {
          expect(first(queue)).toEqual(entry)
          queue = withoutFirst(queue)
        }
        expect(queue).toEqual([])
      }),
      { seed: 7, numRuns: 150 },
    )
  })

  it('share what a write did not touch', () => {
    let table: Table<number> = []
    for (let i = 0; i < 1000; i++) table = set(table, String(i).padStart(4, '0'), i)
    const after = set(table, '0500', -1)
    expect(after.filter((chunk, index) => chunk !== table[index])).toHaveLength(1)
  })
})
