/** Tables as maps, so that a picture of a thousand slots finds each object at once. Remembered per table. */
import type { Table } from '../kernel/sorted.ts'

const maps = new WeakMap<object, ReadonlyMap<string, unknown>>()

/** The rows of a table by their keys: `namespace/name`, of cluster-wide kinds `/name`. */
export function rowsOf<V>(table: Table<V>): ReadonlyMap<string, V> {
  const known = maps.get(table)
  if (known) return known as ReadonlyMap<string, V>
  const rows = new Map<string, V>()
  for (const chunk of table) for (const [key, value] of chunk) rows.set(key, value)
  maps.set(table, rows)
  return rows
}
