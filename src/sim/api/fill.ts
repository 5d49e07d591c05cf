/**
 * Objects made from others: filling in what is absent, leaving out what says nothing, joining parts. The very same object
 * comes back when nothing changes.
 */

/**
 * The parts in one new object, later fields over former ones. For where the former part gains fields: V8, as Node 20 has it,
 * gives what is spread and then gains one (`{ ...a, b }`) a layout of its own each time, which is slow to make and slow to
 * read for whoever reads many. What is joined has one layout everywhere.
 */
export const joined = <A extends object, B extends object = object, C extends object = object>(a: A, b?: B, c?: C) =>
  Object.assign({}, a, b, c) as A & B & C

/** The object with each default whose field is absent. Null counts as absent, as the API reads it. */
export function fill<T extends object>(object: T, defaults: { readonly [field: string]: unknown }): T {
  const given = object as Readonly<Record<string, unknown>>
  let filled: Record<string, unknown> | undefined
  for (const field in defaults) {
    const value = defaults[field]
    if (value === undefined || (given[field] ?? undefined) !== undefined) continue
    filled ??= joined(given)
    filled[field] = value
  }
  return (filled as T | undefined) ?? object
}

/** The object with one field replaced, or the very same object when the value is that already. */
export const put = <T extends object, K extends keyof T>(object: T, field: K, value: T[K]): T =>
  object[field] === value ? object : joined(object, { [field]: value })

/**
 * The object without those of these fields that say nothing: a number or a truth that is left out of what is stored when it
 * is 0 or false (`omitempty` without a pointer), so that writing it out and leaving it out are one.
 */
export function withoutZeros<T extends object>(object: T, fields: readonly (keyof T & string)[]): T {
  let kept: T | undefined
  for (const field of fields) {
    const value: unknown = object[field]
    if (value !== 0 && value !== false) continue
    kept ??= { ...object }
    delete kept[field]
  }
  return kept ?? object
}

/** Each entry changed; the very same list when no entry changed. */
export function mapSame<T>(list: readonly T[], change: (entry: T) => T): readonly T[] {
  let changed: T[] | undefined
  for (let i = 0; i < list.length; i++) {
    const before = list[i] as T
    const after = change(before)
    if (after === before) continue
    changed ??= list.slice()
    changed[i] = after
  }
  return changed ?? list
}
