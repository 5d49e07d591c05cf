/** A table as a map, so that a picture of a thousand slots finds each object at once. */
import type { Table } from '../kernel/sorted.ts'

/** The rows of the table asked for last; those of older tables are let go, for a history holds thousands of tables. */
export class Rows<V> {
  private table: Table<V> | undefined
  private rows: ReadonlyMap<string, V> = new Map()

  /** By the keys of the table: `namespace/name`, of cluster-wide kinds `/name`. */
  of(table: Table<V>): ReadonlyMap<string, V> {
    if (this.table === table) return this.rows
    const rows = new Map<string, V>()
    for (const chunk of table) for (const [key, value] of chunk) rows.set(key, value)
    this.table = table
    this.rows = rows
    return rows
  }
}
