/**
 * Which fields may stand at a place of a manifest, for whoever helps to write one. Knows names and types only; what a
 * field means and which values it takes is said elsewhere.
 */
import type { Path } from '../api/shapes.ts'
import { understoodKind } from '../api/versions.ts'
import { allTypes } from './fieldTable.ts'

/** A field, with the struct that has it (`StatefulSetSpec`) and the code of its type (see `api/shapes.ts`). */
export interface KnownField {
  readonly owner: string
  readonly name: string
  readonly code: string
}

/** The type of what stands at a path below an object of a kind; undefined when there is no such place. */
function typeAt(kind: string, path: Path): string | undefined {
  let code: string | undefined = kind
  for (const step of path) {
    if (code === undefined) return undefined
    if (code.startsWith('[')) code = typeof step === 'number' ? code.slice(1) : undefined
    else if (code.startsWith('{')) code = code.slice(1)
    else code = allTypes.get(code)?.get(String(step))
  }
  return code
}

/** The fields that may stand in the map at a path; none in a kind that is not known, or where there is no struct. */
export function fieldsAt(apiVersion: string, kind: string, path: Path): readonly KnownField[] {
  const known = understoodKind(kind, apiVersion)
  const owner = known === undefined ? undefined : typeAt(known, path)
  const fields = owner === undefined ? undefined : allTypes.get(owner)
  return owner === undefined || !fields ? [] : [...fields].map(([name, code]) => ({ owner, name, code }))
}
