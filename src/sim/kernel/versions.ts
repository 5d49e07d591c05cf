/**
 * What is worked out from the versions of a table: the next version shares all chunks but a few with the last one, so only
 * those are gone through. Kept for the few versions that were asked about last, and handed to nobody to hold on to: a memory
 * by weak references would keep each version alive until the next large collection of garbage.
 */
import { difference, spliced } from './difference.ts'
import type { Table } from './sorted.ts'
import { behind, placeIn } from './sorted.ts'

/** A turn looks at the table as it was and as it becomes; a rule at both. */
const KEPT = 4

/** The last few things made, found by the very object that they were made from. */
class Recent<K, T> {
  private readonly keys: K[] = []
  private readonly made: T[] = []

  /** What was made of this object; else `make` makes it, from the newest that is there. */
  of(key: K, make: (key: K, lastKey: K | undefined, last: T | undefined) => T): T {
    const { keys, made } = this
    for (let index = keys.length - 1; index >= 0; index--) if (keys[index] === key) return made[index] as T
    const fresh = make(key, keys.at(-1), made.at(-1))
    if (keys.length === KEPT) {
      keys.shift()
      made.shift()
    }
    keys.push(key)
    made.push(fresh)
    return fresh
  }
}

const valuesOf = <V>(chunks: Table<V>): V[] => {
  const list: V[] = []
  for (const chunk of chunks) for (const entry of chunk) list.push(entry[1])
  return list
}

const lengthOf = <V>(table: Table<V>, from: number, to: number): number => {
  let length = 0
  for (let at = from; at < to; at++) length += (table[at] as Table<V>[number]).length
  return length
}

/** All values of a table, from those of another version of it. */
function followed<V>(table: Table<V>, before: Table<V>, list: readonly V[]): readonly V[] {
  const { from, to, end } = difference(before, table)
  const start = lengthOf(before, 0, from)
  return spliced(list, start, start + lengthOf(before, from, to), valuesOf(table.slice(from, end)))
}

interface Listing<V> {
  readonly all: readonly V[]
  /** By the beginning of their keys; made when first one is asked for that is not the whole. */
  parts: Map<string, readonly V[]> | undefined
}

/** The values of a table and its versions as lists in the order of the keys: the same list for the same version. */
export class Lists<V> {
  private readonly recent = new Recent<Table<V>, Listing<V>>()

  private listing(table: Table<V>): Listing<V> {
    return this.recent.of(table, (_, before, last) => ({
      all: before && last ? followed(table, before, last.all) : valuesOf(table),
      parts: undefined,
    }))
  }

  of(table: Table<V>): readonly V[] {
    return this.listing(table).all
  }

  /** Those whose key begins so. */
  withPrefix(table: Table<V>, prefix: string): readonly V[] {
    const listing = this.listing(table)
    const { all } = listing
    if (table[0]?.[0]?.[0].startsWith(prefix) && table.at(-1)?.at(-1)?.[0].startsWith(prefix)) return all
    listing.parts ??= new Map()
    const known = listing.parts.get(prefix)
    if (known) return known
    const part = all.slice(placeIn(table, prefix), placeIn(table, behind(prefix)))
    listing.parts.set(prefix, part)
    return part
  }
}

/**
 * What `make` finds in each chunk of a table, in their order; made anew only for chunks that another version had not, from
 * what was found in the chunk that stood there, if as many stand there now.
 */
export function eachChunk<V, T>(make: (chunk: Table<V>[number], before?: T) => T): (table: Table<V>) => readonly T[] {
  const recent = new Recent<Table<V>, readonly T[]>()
  return (table) =>
    recent.of(table, (_, before, last) => {
      if (!before || !last) return table.map((chunk) => make(chunk))
      const { from, to, end } = difference(before, table)
      const come = table.slice(from, end)
      const made = come.map((chunk, index) => make(chunk, end === to ? last[from + index] : undefined))
      return spliced(last, from, to, made)
    })
}
