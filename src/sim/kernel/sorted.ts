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

type Chunk<V> = readonly (readonly [key: string, value: V])[]

/**
 * The first text behind all that begin with the prefix, which must not be empty. It is made of the prefix's own letters:
 * engines compare a key slowly with a text of wider ones.
 */
export const behind = (prefix: string): string =>
  prefix.slice(0, -1) + String.fromCharCode(prefix.charCodeAt(prefix.length - 1) + 1)

// Each search is written out: a comparison handed in as a function costs more than what it compares.

/** Index of the first chunk whose last key is not below `key`; the last chunk otherwise. */
function chunkFor<V>(table: Table<V>, key: string): number {
  let low = 0
  let high = table.length - 1
  while (low < high) {
    const middle = (low + high) >>> 1
    const chunk = table[middle] as Chunk<V>
    if ((chunk[chunk.length - 1] as Chunk<V>[number])[0] < key) low = middle + 1
    else high = middle
  }
  return low
}

/** Index of the first entry whose key is not below `key`. */
function rowFor<V>(chunk: Chunk<V>, key: string): number {
  let low = 0
  let high = chunk.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((chunk[middle] as Chunk<V>[number])[0] < key) low = middle + 1
    else high = middle
  }
  return low
}

/** As `chunkFor`, by a comparison. */
function chunkOf<T>(sorted: Sorted<T>, entry: T, compare: Compare<T>): number {
  let low = 0
  let high = sorted.length - 1
  while (low < high) {
    const middle = (low + high) >>> 1
    const chunk = sorted[middle] as readonly T[]
    if (compare(chunk[chunk.length - 1] as T, entry) < 0) low = middle + 1
    else high = middle
  }
  return low
}

/** As `rowFor`, by a comparison. */
function placeOf<T>(chunk: readonly T[], entry: T, compare: Compare<T>): number {
  let low = 0
  let high = chunk.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (compare(chunk[middle] as T, entry) < 0) low = middle + 1
    else high = middle
  }
  return low
}

/** The collection with another chunk in this place, parted when it is too long, taken out when it is empty. */
function withChunk<T>(sorted: Sorted<T>, at: number, chunk: readonly T[]): Sorted<T> {
  if (chunk.length === 0) return sorted.toSpliced(at, 1)
  if (chunk.length <= MOST) return sorted.with(at, chunk)
  return sorted.toSpliced(at, 1, chunk.slice(0, MOST / 2), chunk.slice(MOST / 2))
}

/** The collection with an entry in this place of this chunk; it takes the place of the one that is there, or moves it on. */
function put<T>(sorted: Sorted<T>, at: number, index: number, entry: T, replaces: boolean): Sorted<T> {
  const chunk = sorted[at] as readonly T[]
  return withChunk(sorted, at, replaces ? chunk.with(index, entry) : chunk.toSpliced(index, 0, entry))
}

function drop<T>(sorted: Sorted<T>, at: number, index: number): Sorted<T> {
  return withChunk(sorted, at, (sorted[at] as readonly T[]).toSpliced(index, 1))
}

export function insert<T>(sorted: Sorted<T>, entry: T, compare: Compare<T>): Sorted<T> {
  if (sorted.length === 0) return [[entry]]
  const at = chunkOf(sorted, entry, compare)
  const chunk = sorted[at] as readonly T[]
  const index = placeOf(chunk, entry, compare)
  return put(sorted, at, index, entry, index < chunk.length && compare(chunk[index] as T, entry) === 0)
}

export function remove<T>(sorted: Sorted<T>, entry: T, compare: Compare<T>): Sorted<T> {
  if (sorted.length === 0) return sorted
  const at = chunkOf(sorted, entry, compare)
  const chunk = sorted[at] as readonly T[]
  const index = placeOf(chunk, entry, compare)
  return index < chunk.length && compare(chunk[index] as T, entry) === 0 ? drop(sorted, at, index) : sorted
}

export const first = <T>(sorted: Sorted<T>): T | undefined => sorted[0]?.[0]

/** The collection without its first entry. */
export const withoutFirst = <T>(sorted: Sorted<T>): Sorted<T> =>
  sorted.length === 0 ? sorted : withChunk(sorted, 0, (sorted[0] as readonly T[]).slice(1))

export function get<V>(table: Table<V>, key: string): V | undefined {
  if (table.length === 0) return undefined
  const chunk = table[chunkFor(table, key)] as Chunk<V>
  const entry = chunk[rowFor(chunk, key)]
  return entry !== undefined && entry[0] === key ? entry[1] : undefined
}

export function set<V>(table: Table<V>, key: string, value: V): Table<V> {
  if (table.length === 0) return [[[key, value]]]
  const at = chunkFor(table, key)
  const chunk = table[at] as Chunk<V>
  const index = rowFor(chunk, key)
  return put<Chunk<V>[number]>(table, at, index, [key, value], chunk[index]?.[0] === key)
}

export function unset<V>(table: Table<V>, key: string): Table<V> {
  if (table.length === 0) return table
  const at = chunkFor(table, key)
  const chunk = table[at] as Chunk<V>
  const index = rowFor(chunk, key)
  return chunk[index]?.[0] === key ? drop<Chunk<V>[number]>(table, at, index) : table
}

export const size = <T>(sorted: Sorted<T>): number => sorted.reduce((sum, chunk) => sum + chunk.length, 0)

/** The entries whose key starts with a prefix, in key order. */
export function entriesWithPrefix<V>(table: Table<V>, prefix: string): readonly (readonly [string, V])[] {
  const found: (readonly [string, V])[] = []
  for (let at = table.length === 0 ? 0 : chunkFor(table, prefix); at < table.length; at++) {
    const chunk = table[at] as Chunk<V>
    for (let index = rowFor(chunk, prefix); index < chunk.length; index++) {
      const entry = chunk[index] as Chunk<V>[number]
      if (!entry[0].startsWith(prefix)) return found
      found.push(entry)
    }
  }
  return found
}

/** How many entries have a key below this one: where it stands, or would stand, in the list of all. */
export function placeIn<V>(table: Table<V>, key: string): number {
  if (table.length === 0) return 0
  const at = chunkFor(table, key)
  let place = rowFor(table[at] as Chunk<V>, key)
  for (let index = 0; index < at; index++) place += (table[index] as Chunk<V>).length
  return place
}

/** Whether at least so many values are such whose key starts with a prefix; nothing is put together for it. */
export function hasWithPrefix<V>(
  table: Table<V>,
  prefix: string,
  least: number,
  isSuch: (value: V) => boolean,
): boolean {
  if (table.length === 0) return least === 0
  const end = behind(prefix)
  const lastChunk = chunkFor(table, end)
  const firstChunk = chunkFor(table, prefix)
  const firstRow = rowFor(table[firstChunk] as Chunk<V>, prefix)
  const lastRow = rowFor(table[lastChunk] as Chunk<V>, end)
  if (firstChunk === lastChunk && lastRow - firstRow < least) return false
  let count = 0
  for (let at = firstChunk; at <= lastChunk && count < least; at++) {
    const chunk = table[at] as Chunk<V>
    const to = at === lastChunk ? lastRow : chunk.length
    for (let index = at === firstChunk ? firstRow : 0; index < to && count < least; index++)
      if (isSuch((chunk[index] as Chunk<V>[number])[1])) count++
  }
  return count === least
}

/** The last value that is such and whose key starts with a prefix; nothing is put together for it. */
export function lastWithPrefix<V>(table: Table<V>, prefix: string, isSuch: (value: V) => boolean): V | undefined {
  if (table.length === 0) return undefined
  const end = behind(prefix)
  const lastChunk = chunkFor(table, end)
  for (let at = lastChunk; at >= 0; at--) {
    const chunk = table[at] as Chunk<V>
    for (let index = (at === lastChunk ? rowFor(chunk, end) : chunk.length) - 1; index >= 0; index--) {
      const [key, value] = chunk[index] as Chunk<V>[number]
      if (!key.startsWith(prefix)) return undefined
      if (isSuch(value)) return value
    }
  }
  return undefined
}
