/**
 * Persistent sorted collections as plain data: a list of chunks of at most 64 entries. A write copies one chunk and the
 * list of chunks and shares the rest, so a thousand worlds of a thousand objects stay cheap; reading in order is a walk.
 */

const MOST = 64

export type Sorted<T> = readonly (readonly T[])[]
export type Compare<T> = (a: T, b: T) => number

/** A map from text keys, ordered by code unit. */
export type Table<V> = Sorted<readonly [key: string, value: V]>

export const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Index of the first entry of `list` for which `below` is false. */
function lowerBound<T>(list: readonly T[], below: (entry: T) => boolean): number {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (below(list[middle] as T)) low = middle + 1
    else high = middle
  }
  return low
}

/** Chunk that holds, or would hold, an entry: the first whose last entry is not below it; the last chunk otherwise. */
const chunkFor = <T>(sorted: Sorted<T>, below: (entry: T) => boolean): number =>
  Math.min(
    lowerBound(sorted, (chunk) => below(chunk[chunk.length - 1] as T)),
    Math.max(0, sorted.length - 1),
  )

function splice<T>(sorted: Sorted<T>, at: number, chunk: readonly T[]): Sorted<T> {
  const next = sorted.slice()
  if (chunk.length === 0) next.splice(at, 1)
  else if (chunk.length <= MOST) next[at] = chunk
  else next.splice(at, 1, chunk.slice(0, MOST / 2), chunk.slice(MOST / 2))
  return next
}

function put<T>(sorted: Sorted<T>, entry: T, below: (entry: T) => boolean, same: (entry: T) => boolean): Sorted<T> {
  if (sorted.length === 0) return [[entry]]
  const at = chunkFor(sorted, below)
  const chunk = (sorted[at] as readonly T[]).slice()
  const index = lowerBound(chunk, below)
  chunk.splice(index, index < chunk.length && same(chunk[index] as T) ? 1 : 0, entry)
  return splice(sorted, at, chunk)
}

function drop<T>(sorted: Sorted<T>, below: (entry: T) => boolean, same: (entry: T) => boolean): Sorted<T> {
  if (sorted.length === 0) return sorted
  const at = chunkFor(sorted, below)
  const chunk = sorted[at] as readonly T[]
  const index = lowerBound(chunk, below)
  if (index >= chunk.length || !same(chunk[index] as T)) return sorted
  const next = chunk.slice()
  next.splice(index, 1)
  return splice(sorted, at, next)
}

export const insert = <T>(sorted: Sorted<T>, entry: T, compare: Compare<T>): Sorted<T> =>
  put(
    sorted,
    entry,
    (other) => compare(other, entry) < 0,
    (other) => compare(other, entry) === 0,
  )

export const remove = <T>(sorted: Sorted<T>, entry: T, compare: Compare<T>): Sorted<T> =>
  drop(
    sorted,
    (other) => compare(other, entry) < 0,
    (other) => compare(other, entry) === 0,
  )

export const first = <T>(sorted: Sorted<T>): T | undefined => sorted[0]?.[0]

/** The collection without its first entry. */
export function withoutFirst<T>(sorted: Sorted<T>): Sorted<T> {
  return sorted.length === 0 ? sorted : splice(sorted, 0, (sorted[0] as readonly T[]).slice(1))
}

export function get<V>(table: Table<V>, key: string): V | undefined {
  if (table.length === 0) return undefined
  const below = (entry: readonly [string, V]) => entry[0] < key
  const chunk = table[chunkFor(table, below)] as readonly (readonly [string, V])[]
  const entry = chunk[lowerBound(chunk, below)]
  return entry !== undefined && entry[0] === key ? entry[1] : undefined
}

export const set = <V>(table: Table<V>, key: string, value: V): Table<V> =>
  put<readonly [string, V]>(
    table,
    [key, value],
    (entry) => entry[0] < key,
    (entry) => entry[0] === key,
  )

export const unset = <V>(table: Table<V>, key: string): Table<V> =>
  drop<readonly [string, V]>(
    table,
    (entry) => entry[0] < key,
    (entry) => entry[0] === key,
  )

export const size = <T>(sorted: Sorted<T>): number => sorted.reduce((sum, chunk) => sum + chunk.length, 0)

/** The values of a chunk, remembered with it: neighbouring versions of a table share all chunks but one. */
function column<V>(chunk: readonly (readonly [string, V])[]): readonly V[] {
  const known = columns.get(chunk)
  if (known) return known as readonly V[]
  const list = chunk.map((entry) => entry[1])
  columns.set(chunk, list)
  return list
}
const columns = new WeakMap<object, readonly unknown[]>()

/** All values in key order; the same array as long as the table is the same. */
export function values<V>(table: Table<V>): readonly V[] {
  const known = flat.get(table)
  if (known) return known as readonly V[]
  const list = ([] as V[]).concat(...table.map(column))
  flat.set(table, list)
  return list
}
const flat = new WeakMap<object, readonly unknown[]>()

/** The entries whose key starts with a prefix, in key order. */
export function entriesWithPrefix<V>(table: Table<V>, prefix: string): readonly (readonly [string, V])[] {
  const found: (readonly [string, V])[] = []
  const start = table.length === 0 ? 0 : chunkFor(table, (entry) => entry[0] < prefix)
  for (const chunk of table.slice(start)) {
    found.push(...chunk.filter(([key]) => key.startsWith(prefix)))
    const last = chunk[chunk.length - 1]?.[0] ?? ''
    if (last > prefix && !last.startsWith(prefix)) break
  }
  return found
}

/** The values whose key starts with a prefix, in key order; remembered per table. */
export function valuesWithPrefix<V>(table: Table<V>, prefix: string): readonly V[] {
  const known = ranges.get(table) ?? new Map<string, readonly unknown[]>()
  ranges.set(table, known)
  const before = known.get(prefix)
  if (before) return before as readonly V[]
  const parts: (readonly V[])[] = []
  const matches = (entry: readonly [string, V] | undefined) => entry?.[0].startsWith(prefix) === true
  const start = table.length === 0 ? 0 : chunkFor(table, (entry) => entry[0] < prefix)
  for (const chunk of table.slice(start)) {
    if (matches(chunk[0]) && matches(chunk.at(-1))) parts.push(column(chunk))
    else parts.push(chunk.filter(matches).map((entry) => entry[1]))
    if (!matches(chunk.at(-1)) && (chunk.at(-1)?.[0] ?? '') > prefix) break
  }
  const list = ([] as V[]).concat(...parts)
  known.set(prefix, list)
  return list
}
const ranges = new WeakMap<object, Map<string, readonly unknown[]>>()
