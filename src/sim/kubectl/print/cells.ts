/** Cells that many tables have: names, ages, labels, and the words for nothing. */
import { timeOf } from '../../api/time.ts'
import type { SimTime } from '../../api/types.ts'
import type { World } from '../../kernel/types.ts'
import type { Thing } from '../call.ts'
import { humanDuration } from '../duration.ts'

export interface Column {
  readonly name: string
  /** Only with `-o wide`. */
  readonly wide?: boolean
  readonly cell: (object: Thing, world: World) => string
}

export const NONE = '<none>'
export const UNSET = '<unset>'
export const UNKNOWN = '<unknown>'

/** The time since a timestamp. */
export function ageSince(timestamp: string | undefined, now: SimTime): string {
  const at = timestamp === undefined ? Number.NaN : timeOf(timestamp)
  return Number.isNaN(at) ? UNKNOWN : humanDuration(now - at)
}

export const column = <T>(name: string, cell: (object: T, world: World) => string, wide = false): Column => ({
  name,
  ...(wide && { wide }),
  cell: cell as unknown as Column['cell'],
})

export const name: Column = { name: 'NAME', cell: ({ metadata }) => metadata.name }
export const age: Column = { name: 'AGE', cell: ({ metadata }, { now }) => ageSince(metadata.creationTimestamp, now) }

export const orNone = (text: string | undefined): string => (text === undefined || text === '' ? NONE : text)

/** `app=nginx,tier=web`, sorted. */
export const labelsText = (labels: Readonly<Record<string, string>> | undefined): string => {
  const entries = Object.entries(labels ?? {}).sort(([a], [b]) => (a < b ? -1 : 1))
  return orNone(entries.map(([key, value]) => `${key}=${value}`).join(','))
}
