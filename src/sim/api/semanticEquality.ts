/**
 * Do two parts of an object mean the same to the API server? An absent field, an empty list and an empty map are equal.
 * Quantities are compared as text: they are brought to their canonical form when an object comes in.
 * Models: staging/src/k8s.io/apimachinery/pkg/api/equality/semantic.go, v1.36.
 */

const isEmpty = (value: unknown): boolean => {
  if (value === undefined || value === null) return true
  if (typeof value !== 'object') return false
  if (Array.isArray(value)) return value.length === 0
  for (const key in value) if (!isEmpty((value as Record<string, unknown>)[key])) return false
  return true
}

/** True when the two share every field but these: proof that nothing else differs, without a look at the fields. */
export function sharesAllBut(a: object, b: object, fields: ReadonlySet<string>): boolean {
  const left = a as Readonly<Record<string, unknown>>
  const right = b as Readonly<Record<string, unknown>>
  for (const field in left) if (left[field] !== right[field] && !fields.has(field)) return false
  for (const field in right) if (!(field in left) && !fields.has(field)) return false
  return true
}

export function sameSemantically(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return isEmpty(a) && isEmpty(b)
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return isEmpty(a) && isEmpty(b)
    for (let index = 0; index < a.length; index++) if (!sameSemantically(a[index], b[index])) return false
    return true
  }
  const left = a as Record<string, unknown>
  const right = b as Record<string, unknown>
  for (const key in left) if (!sameSemantically(left[key], right[key])) return false
  for (const key in right) if (!(key in left) && !isEmpty(right[key])) return false
  return true
}
