/**
 * Parts that many descriptions have: labels, annotations, times, tolerations, events.
 * Models: staging/src/k8s.io/kubectl/pkg/describe/describe.go, v1.36.
 */
import { firstSeen, lastSeen, reporterOf, timesSeen } from '../../api/seenEvent.ts'
import { timeOf } from '../../api/time.ts'
import type { Event, Labels, SimTime, Timestamp } from '../../api/types.ts'
import { listObjects } from '../../kernel/apiServer.ts'
import type { World } from '../../kernel/types.ts'
import type { Thing } from '../call.ts'
import { inOrderOfNames } from '../derived.ts'
import { goSorted } from '../goSort.ts'
import { LAST_APPLIED } from '../lastApplied.ts'
import { ageSince } from '../print/cells.ts'
import type { DescribeWriter } from './tabs.ts'

export const NONE = '<none>'
export const UNSET = '<unset>'

const DAYS = ['Thu', 'Fri', 'Sat', 'Sun', 'Mon', 'Tue', 'Wed']
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const DAY_MS = 86_400_000

/** `Thu, 01 Jan 2026 00:00:00 +0000`; `<unset>` for none. Second 0 of a run is a Thursday. */
export function longTime(timestamp: Timestamp | undefined): string {
  const parts = /^(\d{4})-(\d\d)-(\d\d)T(\d\d:\d\d:\d\d)/.exec(timestamp ?? '')
  if (!parts || timestamp === undefined) return UNSET
  const [, year, month, date, time] = parts
  const day = ((Math.floor(timeOf(timestamp) / DAY_MS) % 7) + 7) % 7
  return `${DAYS[day]}, ${date} ${MONTHS[Number(month) - 1]} ${year} ${time} +0000`
}

export const sortedEntries = <T>(values: Readonly<Record<string, T>> | undefined): readonly (readonly [string, T])[] =>
  Object.entries(values ?? {}).sort(([a], [b]) => (a < b ? -1 : 1))

/** A title before the first of some lines, the others below it. */
export function lines(out: DescribeWriter, title: string, values: readonly string[]): void {
  if (values.length === 0) out.line(0, `${title}:\t${NONE}`)
  for (const [index, value] of values.entries()) out.line(0, index === 0 ? `${title}:\t${value}` : `\t${value}`)
}

export const labels = (out: DescribeWriter, title: string, values: Labels | undefined): void =>
  lines(
    out,
    title,
    sortedEntries(values).map(([key, value]) => `${key}=${value}`),
  )

const LONG = 140

const cut = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most)}...` : text)

export function annotations(out: DescribeWriter, title: string, values: Labels | undefined): void {
  const shown = sortedEntries(values).filter(([key]) => key !== LAST_APPLIED)
  if (shown.length === 0) out.line(0, `${title}:\t${NONE}`)
  for (const [index, [key, given]] of shown.entries()) {
    const head = index === 0 ? `${title}:\t` : '\t'
    const value = given.replace(/\n$/, '')
    if (value.length + key.length + 2 <= LONG && !value.includes('\n')) out.line(0, `${head}${key}: ${value}`)
    else {
      out.line(0, `${head}${key}:`)
      for (const line of value.split('\n')) out.line(0, `\t  ${cut(line, LONG - 2)}`)
    }
  }
}

/** `app=nginx`, `tier in (a,b)`; `<none>` for the empty selector, `<unset>` for none at all. */
export function selectorText(
  selector:
    | {
        readonly matchLabels?: Labels
        readonly matchExpressions?: readonly {
          readonly key: string
          readonly operator: string
          readonly values?: readonly string[]
        }[]
      }
    | undefined,
): string {
  if (!selector) return NONE
  const words: Readonly<Record<string, (key: string, values: string) => string>> = {
    In: (key, values) => `${key} in (${values})`,
    NotIn: (key, values) => `${key} notin (${values})`,
    Exists: (key) => key,
    DoesNotExist: (key) => `!${key}`,
  }
  const equal = sortedEntries(selector.matchLabels).map(([key, value]) => `${key}=${value}`)
  const others = (selector.matchExpressions ?? []).map(({ key, operator, values = [] }) =>
    (words[operator] ?? words.Exists)?.(key, [...values].sort().join(',')),
  )
  const parts = [...equal, ...others]
  return parts.length === 0 ? NONE : parts.join(',')
}

interface Toleration {
  readonly key?: string
  readonly operator?: string
  readonly value?: string
  readonly effect?: string
  readonly tolerationSeconds?: number
}

function tolerationText({ key = '', operator = '', value = '', effect = '', tolerationSeconds }: Toleration): string {
  const named = key + (value === '' ? '' : `=${value}`) + (effect === '' ? '' : `:${effect}`)
  const exists = operator === 'Exists' && value === '' ? (key !== '' || effect !== '' ? ' op=Exists' : 'op=Exists') : ''
  return named + exists + (tolerationSeconds === undefined ? '' : ` for ${tolerationSeconds}s`)
}

export function tolerations(out: DescribeWriter, title: string, list: readonly Toleration[] | undefined): void {
  const sorted = [...(list ?? [])].sort((a, b) => ((a.key ?? '') < (b.key ?? '') ? -1 : 1))
  lines(out, title, sorted.map(tolerationText))
}

/** `9s (x2 over 27s)`. */
export function eventAge(event: Event, now: SimTime): string {
  const times = timesSeen(event)
  const first = ageSince(firstSeen(event), now)
  return times > 1 ? `${ageSince(lastSeen(event), now)} (x${times} over ${first})` : first
}

/** The older first; those that have no lastTimestamp, which are all of events.k8s.io, before all others. */
const byLastTimestamp = (list: readonly Event[]): readonly Event[] =>
  goSorted(inOrderOfNames(list), (a, b) => (a.lastTimestamp ?? '') < (b.lastTimestamp ?? ''))

/** `spec.containers{nginx}: ` before what a container did. */
export const fieldPrefix = ({ involvedObject }: Event): string => {
  const { fieldPath } = involvedObject
  return fieldPath === undefined || fieldPath === '' ? '' : `${fieldPath}: `
}

export function events(out: DescribeWriter, world: World, { metadata }: Thing): void {
  const about = byLastTimestamp(
    listObjects(world.objects, 'Event').filter(({ involvedObject }) => involvedObject.uid === metadata.uid),
  )
  if (about.length === 0) {
    out.line(0, `Events:\t${NONE}`)
    return
  }
  out.line(0, 'Events:').line(1, 'Type\tReason\tAge\tFrom\tMessage').line(1, '----\t------\t----\t----\t-------')
  for (const event of about) {
    const { type, reason, message } = event
    const text = message.trim().split('\n').join(' ')
    out.line(1, [type, reason, eventAge(event, world.now), reporterOf(event), fieldPrefix(event) + text].join('\t'))
  }
}
