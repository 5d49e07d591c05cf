/**
 * Brings whatever a client hands over to plain data: what JSON can say. The result is a copy, so nobody outside can change it later. Circular, very deep and very large values are refused.
 */
import type { Path } from './shapes.ts'

const MOST_DEPTH = 100
const MOST_VALUES = 200_000

export interface NotPlain {
  readonly why: 'notPlain' | 'tooDeep' | 'tooLarge'
  readonly path: Path
  readonly message: string
}

class Refused extends Error {
  readonly fault: NotPlain

  constructor(fault: NotPlain) {
    super(fault.message)
    this.fault = fault
  }
}

/** The copy, or where and why there can be none. */
export function plainData(
  given: unknown,
): { readonly ok: true; readonly value: unknown } | ({ readonly ok: false } & NotPlain) {
  let left = MOST_VALUES
  const path: (string | number)[] = []
  const refuse = (message: string, why: NotPlain['why'] = 'notPlain'): never => {
    throw new Refused({ why, path: [...path], message })
  }

  function entryOf(key: string | number, value: unknown): unknown {
    path.push(key)
    const copied = copy(value)
    path.pop()
    return copied
  }

  function copy(value: unknown): unknown {
    left -= 1
    if (left < 0) refuse('the value is too large', 'tooLarge')
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
    if (typeof value === 'number') return Number.isFinite(value) ? value : refuse(`${value} is no number of JSON`)
    if (typeof value !== 'object') return refuse(`a ${typeof value} is no value of JSON`)
    if (path.length >= MOST_DEPTH) refuse('the value is nested too deeply', 'tooDeep')
    if (Array.isArray(value)) return Array.from(value, (entry: unknown, index) => entryOf(index, entry ?? null))
    const prototype: unknown = Object.getPrototypeOf(value)
    if (prototype !== null && Object.getPrototypeOf(prototype) !== null) refuse('an object must be plain')
    const fields = Object.entries(value).filter(([, part]) => part !== undefined)
    return Object.fromEntries(fields.map(([key, part]) => [key, entryOf(key, part)]))
  }

  try {
    return { ok: true, value: copy(given) }
  } catch (error) {
    if (error instanceof Refused) return { ok: false, ...error.fault }
    throw error
  }
}

/** Plain data without null fields, which the API reads as absent. */
export function withoutNulls(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(withoutNulls)
  const kept = Object.entries(value).filter(([, part]) => part !== null)
  return Object.fromEntries(kept.map(([key, part]) => [key, withoutNulls(part)]))
}
