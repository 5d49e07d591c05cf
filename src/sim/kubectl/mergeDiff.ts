/** The merge patch (RFC 7386) that makes one value of another. */
import { sameSemantically } from '../api/semanticEquality.ts'

type Fields = Readonly<Record<string, unknown>>

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Undefined when both are the same. Lists are taken as a whole. */
function difference(before: unknown, after: unknown): unknown {
  if (isFields(before) && isFields(after)) {
    const patch = mergeDiff(before, after)
    return Object.keys(patch).length > 0 ? patch : undefined
  }
  return sameSemantically(before, after) ? undefined : after
}

/** Empty when nothing differs. */
export function mergeDiff(before: Fields, after: Fields): Fields {
  const removed = Object.keys(before)
    .filter((key) => after[key] === undefined)
    .map((key) => [key, null] as const)
  const changed = Object.keys(after).flatMap((key) => {
    if (after[key] === undefined) return []
    const part = before[key] === undefined ? after[key] : difference(before[key], after[key])
    return part === undefined ? [] : [[key, part] as const]
  })
  return Object.fromEntries([...removed, ...changed])
}
