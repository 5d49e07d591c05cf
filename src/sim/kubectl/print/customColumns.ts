/**
 * `-o custom-columns=NAME:.metadata.name,…`.
 * Models: staging/src/k8s.io/kubectl/pkg/cmd/get/customcolumn.go, v1.36.
 */
import { clientError } from '../failure.ts'
import { JsonPathError, relaxedJsonPath } from './jsonPath.ts'
import { findByPath, valueText } from './jsonPathResult.ts'

export interface CustomColumn {
  readonly header: string
  readonly path: string
}

const pathOf = (text: string): string => {
  try {
    return relaxedJsonPath(text)
  } catch (error) {
    if (error instanceof JsonPathError) throw clientError(error.message)
    throw error
  }
}

/** Splits at commas outside of brackets. */
const parts = (spec: string): readonly string[] => spec.match(/(?:[^,[\]]|\[[^\]]*\])+/g) ?? []

/** @throws Failure */
export function readCustomColumns(spec: string): readonly CustomColumn[] {
  if (spec === '') throw clientError('custom-columns format specified but no custom columns given')
  return parts(spec).map((part) => {
    const colon = part.indexOf(':')
    if (colon < 0) throw clientError(`unexpected custom-columns spec: ${part}, expected <header>:<json-path-expr>`)
    return { header: part.slice(0, colon), path: pathOf(part.slice(colon + 1)) }
  })
}

/** `custom-columns-file`: a line of headers, a line of paths. */
export function customColumnsOfFile(text: string): readonly CustomColumn[] {
  const [headers = '', paths = ''] = text.split('\n')
  const names = headers.trim().split(/\s+/)
  const specs = paths.trim().split(/\s+/)
  if (names.length !== specs.length)
    throw clientError(`number of headers (${names.length}) and field specifications (${specs.length}) don't match`)
  return names.map((header, index) => ({ header, path: pathOf(specs[index] as string) }))
}

/** The cells of one object. */
export function customCells(columns: readonly CustomColumn[], object: unknown): readonly string[] {
  return columns.map(({ path }) => {
    try {
      const found = findByPath(object, path)
      return found.length === 0
        ? '<none>'
        : found.map((value) => (value === null ? '<none>' : cellText(value))).join(',')
    } catch (error) {
      if (error instanceof JsonPathError) return '<none>'
      throw error
    }
  })
}

/** Maps and lists as Go prints them. */
function cellText(value: unknown): string {
  if (typeof value !== 'object' || value === null) return valueText(value)
  if (Array.isArray(value)) return `[${value.map(cellText).join(' ')}]`
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `map[${entries.map(([key, part]) => `${key}:${cellText(part)}`).join(' ')}]`
}
