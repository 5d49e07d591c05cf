/**
 * How the API server words what is wrong with a field. Leaves out the error types that no validation here gives.
 * Models: staging/src/k8s.io/apimachinery/pkg/util/validation/field/errors.go, v1.36.
 */
import type { FieldError } from './strategy.ts'

const withDetail = (body: string, detail: string): string => (detail === '' ? body : `${body}: ${detail}`)

/** JSON without blanks and with sorted keys, as Go marshals a map; an undefined value is `null`. */
export function sortedJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(sortedJson).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const entries = Object.entries(value).filter(([, part]) => part !== undefined)
  entries.sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, part]) => `${JSON.stringify(key)}:${sortedJson(part)}`).join(',')}}`
}

export const required = (field: string, detail = ''): FieldError => ({
  field,
  type: 'Required',
  message: withDetail('Required value', detail),
})

export const invalid = (field: string, value: unknown, detail: string): FieldError =>
  invalidShown(field, sortedJson(value), detail)

/** For values that the server prints in its own form: `shown` is put into the text as it stands. */
export const invalidShown = (field: string, shown: string, detail: string): FieldError => ({
  field,
  type: 'Invalid',
  message: withDetail(`Invalid value: ${shown}`, detail),
})

export const notSupported = (field: string, value: unknown, supported: readonly string[]): FieldError => ({
  field,
  type: 'NotSupported',
  message: `Unsupported value: ${sortedJson(value)}: supported values: ${supported.map((v) => `"${v}"`).join(', ')}`,
})

export const forbidden = (field: string, detail: string): FieldError => ({
  field,
  type: 'Forbidden',
  message: withDetail('Forbidden', detail),
})

export const duplicate = (field: string, value: unknown): FieldError => ({
  field,
  type: 'Duplicate',
  message: `Duplicate value: ${sortedJson(value)}`,
})

export const notFound = (field: string, value: unknown): FieldError => ({
  field,
  type: 'NotFound',
  message: `Not found: ${sortedJson(value)}`,
})

export const tooLong = (field: string, most: number): FieldError => ({
  field,
  type: 'TooLong',
  message: `Too long: may not be more than ${most} bytes`,
})

export const IMMUTABLE = 'field is immutable'
export const NOT_NEGATIVE = 'must be greater than or equal to 0'

/** At most one error: the number is below 0. An absent number is fine. */
export const notNegative = (field: string, value: number | undefined): readonly FieldError[] =>
  value !== undefined && value < 0 ? [invalid(field, value, NOT_NEGATIVE)] : []
