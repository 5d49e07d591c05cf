/**
 * What the server's decoder makes of null: a field that is null counts as absent, an entry of a list is the zero of its
 * type. People write such entries as a dash with nothing behind it.
 * Models: encoding/json as sigs.k8s.io/json has it, v1.36. Leaves out: null in a map from text, a zero too, is absent here.
 */
import { mapSame } from './fill.ts'
import type { TypeTable } from './shapes.ts'

const ZEROS: Readonly<Record<string, unknown>> = { s: '', y: '', b: false, i: 0, l: 0, f: 0, o: 0, q: '0' }

const zeroOf = (code: string): unknown =>
  code in ZEROS ? ZEROS[code] : code === 'a' || code === 't' ? null : code.startsWith('[') ? [] : {}

/** A value of that type as the server reads it, as far as its fields are known; the very same value where no null is in it. */
export function decoded<T>(value: T, code: string, types: TypeTable): T {
  if (typeof value !== 'object' || value === null || code === 'a') return value
  const inner = code.slice(1)
  if (code.startsWith('['))
    return mapSame(value as unknown as readonly unknown[], (entry) =>
      entry === null ? zeroOf(inner) : decoded(entry, inner, types),
    ) as T
  const fields = types.get(code)
  let read: Record<string, unknown> | undefined
  for (const [name, part] of Object.entries(value)) {
    const of = code.startsWith('{') ? inner : fields?.get(name)
    if (of === undefined) continue
    const after = decoded(part, of, types)
    if (after === part && part !== null) continue
    read ??= { ...(value as Record<string, unknown>) }
    if (part === null) delete read[name]
    else read[name] = after
  }
  return (read as T | undefined) ?? value
}
