/** The path of a field as the API server writes it, taken apart. */
import type { Path } from '../api/shapes.ts'

/** `spec.containers[0].resources[cpu]` → its steps; a number in brackets is an index, a word there a key. */
export function fieldPath(field: string): Path {
  const steps: (string | number)[] = []
  for (const [, name, bracketed] of field.matchAll(/([^.[\]]+)|\[([^\]]*)\]/g)) {
    if (name !== undefined) steps.push(name)
    else if (bracketed !== undefined) steps.push(/^\d+$/.test(bracketed) ? Number(bracketed) : bracketed)
  }
  return steps
}
