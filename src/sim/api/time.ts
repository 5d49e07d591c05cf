/**
 * Virtual time and how the API writes it. Second 0 of every run is 2026-01-01T00:00:00Z; the API mostly keeps whole seconds,
 * so a timestamp is the moment cut down to its second. Calendar arithmetic is our own: the wall clock does not exist here.
 */
import type { MicroTimestamp, SimTime, Timestamp } from './types.ts'

/** Days from 1970-01-01 to 2026-01-01. */
const EPOCH_DAY = 20454
const EPOCH_SECONDS = EPOCH_DAY * 86_400

const two = (n: number) => String(n).padStart(2, '0')

/** The civil date of a day number counted from 1970-01-01 (proleptic Gregorian). */
function civil(day: number): string {
  const z = day + 719_468
  const era = Math.floor(z / 146_097)
  const dayOfEra = z - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const m = Math.floor((5 * dayOfYear + 2) / 153)
  const date = dayOfYear - Math.floor((153 * m + 2) / 5) + 1
  const month = m < 10 ? m + 3 : m - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(date)}`
}

function dayOf(year: number, month: number, date: number): number {
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + date - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}

const written = new Map<number, Timestamp>()

/** The moment as the API writes it, cut to whole seconds. */
export function timestampAt(time: SimTime): Timestamp {
  const second = Math.floor(time / 1000)
  const known = written.get(second)
  if (known !== undefined) return known
  const total = EPOCH_SECONDS + second
  const day = Math.floor(total / 86_400)
  const rest = total - day * 86_400
  const text = `${civil(day)}T${two(Math.floor(rest / 3600))}:${two(Math.floor(rest / 60) % 60)}:${two(rest % 60)}Z`
  if (written.size > 50_000) written.clear()
  written.set(second, text)
  return text
}

/** The moment as the API writes it where it keeps microseconds. */
export const microTimestampAt = (time: SimTime): MicroTimestamp =>
  `${timestampAt(time).slice(0, -1)}.${String(time - Math.floor(time / 1000) * 1000).padStart(3, '0')}000Z`

/** Nanoseconds since 1970, as Go counts them. */
export const unixNanoseconds = (time: SimTime): bigint => (BigInt(EPOCH_SECONDS) * 1000n + BigInt(time)) * 1_000_000n

/** The moment that a timestamp names, in virtual ms (negative before the run's start); NaN when it is not RFC 3339 UTC. */
export function timeOf(timestamp: Timestamp): SimTime {
  const m = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d+))?Z$/.exec(timestamp)
  if (!m) return Number.NaN
  const [year, month, date, hours, minutes, seconds] = m.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  const second = dayOf(year, month, date) * 86_400 + hours * 3600 + minutes * 60 + seconds - EPOCH_SECONDS
  return second * 1000 + Number((m[7] ?? '').slice(0, 3).padEnd(3, '0'))
}
