/**
 * What the server's decoder makes of a null that stands in a list: the zero of the list's type. (A field that is null counts
 * as absent.) People write such entries as a dash with nothing behind it.
 * Models: encoding/json as sigs.k8s.io/json has it, v1.36.
 */
import { mapSame } from './fill.ts'
import type { TypeTable } from './shapes.ts'

const ZEROS: Readonly<Record<string, unknown>> = { s: '', y: '', b: false, i: 0, l: 0, f: 0, o: 0, q: '0' }

const zeroOf = (code: string): unknown => (code in ZEROS ? ZEROS[code] : code === 'a' || code === 't' ? null : {})

/** The value with a zero for each entry of a list that is null; the very same value where there is none. It must be of that type. */
export function withZeroEntries<T>(value: T, code: string, types: TypeTable): T {
  if (typeof value !== 'object' || value === null) return value
  const inner = code.slice(1)
  if (code.startsWith('['))
    return mapSame(value as unknown as readonly unknown[], (entry) =>
      entry === null ? zeroOf(inner) : withZeroEntries(entry, inner, types),
    ) as T
  const fields = types.get(code)
  let filled: Record<string, unknown> | undefined
  for (const [name, part] of Object.entries(value)) {
    const of = code.startsWith('{') ? inner : fields?.get(name)
    const after = of === undefined ? part : withZeroEntries(part, of, types)
    if (after === part) continue
    filled ??= { ...(value as Record<string, unknown>) }
    filled[name] = after
  }
  return (filled as T | undefined) ?? value
}
