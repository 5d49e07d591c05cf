/**
 * Where a replayed sync or step came out otherwise than the recording: every write and event, the status, revisions, error
 * and times. What happened in one batch has no order; the pieces of several errors joined into one text have none either.
 */
import { same } from '../kernel/equality.ts'
import type { RecordedEvent, RecordedStep, RecordedSync, RecordedWrite } from './recordTypes.ts'

export interface Difference {
  /** What differs, in the same words for every record that has it: `create Pod: labels.app`. */
  readonly cause: string
  /** The recording's side after `-`, ours after `+`. */
  readonly lines: readonly string[]
}

type Fields = Readonly<Record<string, unknown>>
type Deed = RecordedWrite | RecordedEvent

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const shown = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value))

const sides = (path: string, ours: unknown, theirs: unknown): readonly string[] => [
  `- ${path}: ${shown(theirs)}`,
  `+ ${path}: ${shown(ours)}`,
]

/** How an entry of a list is called: by its name, else by its place. */
const entryName = (entry: unknown, index: number): unknown => (isFields(entry) && entry.name) || index

/** The first place at which two values differ. The cause leaves out which entry of a list it is, the path says it. */
function firstDifference(ours: unknown, theirs: unknown, cause: string, path: string): Difference {
  if (isFields(ours) && isFields(theirs)) {
    const keys = [...Object.keys(theirs), ...Object.keys(ours)]
    const key = keys.find((name) => !same(ours[name], theirs[name]))
    if (key !== undefined) return firstDifference(ours[key], theirs[key], `${cause}.${key}`, `${path}.${key}`)
  }
  if (Array.isArray(ours) && Array.isArray(theirs) && ours.length === theirs.length) {
    const index = theirs.findIndex((entry, at) => !same(ours[at], entry))
    const name = entryName(theirs[index], index)
    return firstDifference(ours[index], theirs[index], `${cause}[]`, `${path}[${name}]`)
  }
  return { cause, lines: sides(path, ours, theirs) }
}

/** The difference between two values under a name; none when they are the same. */
export const compareValues = (name: string, ours: unknown, theirs: unknown): readonly Difference[] =>
  same(ours, theirs) ? [] : [firstDifference(ours, theirs, name, name)]

/** The recordings sort what stands between brackets piece by piece, commas inside a text included, each piece once. */
const inPieces = (text: string): string =>
  text.replace(/\[(.*)\]/, (_, inner: string) => `[${[...new Set(inner.split(', '))].sort().join(', ')}]`)

function agree(ours: Deed, theirs: Deed): boolean {
  const { b: _ours, ...left } = ours
  const { b: _theirs, ...right } = theirs
  if ('message' in left && 'message' in right)
    return same(
      { ...left, message: inPieces(String(left.message)) },
      { ...right, message: inPieces(String(right.message)) },
    )
  return same(left, right)
}

/** Takes out of both lists what they have in common, whatever the order, and returns what is left. */
function unmatched(ours: readonly Deed[], theirs: readonly Deed[]): { more: readonly Deed[]; less: readonly Deed[] } {
  const less = [...theirs]
  const more = ours.filter((deed) => {
    const at = less.findIndex((other) => agree(deed, other))
    if (at >= 0) less.splice(at, 1)
    return at < 0
  })
  return { more, less }
}

const inOrder = ({ writes = [], events = [] }: RecordedSync): readonly Deed[] =>
  [...writes, ...events].sort((a, b) => (a.b ?? 0) - (b.b ?? 0))

/** True when ours, cut into the batches of the recording, has the same in each. */
function batchesAgree(ours: readonly Deed[], theirs: readonly Deed[]): boolean {
  if (ours.length !== theirs.length) return false
  for (let from = 0, to = 0; from < theirs.length; from = to) {
    while (to < theirs.length && theirs[to]?.b === theirs[from]?.b) to++
    if (unmatched(ours.slice(from, to), theirs.slice(from, to)).less.length > 0) return false
  }
  return true
}

const kindOfDeed = (deed: Deed): string => ('verb' in deed ? `${deed.verb} ${deed.kind}` : `event ${deed.reason}`)
const titleOf = (deed: Deed): string => ('verb' in deed ? `${kindOfDeed(deed)} ${deed.name}` : kindOfDeed(deed))
const lineOf = (deed: Deed): string => {
  const { b: _place, verb: _verb, kind: _kind, name: _name, reason: _reason, ...rest } = deed as Fields
  return `${titleOf(deed)} ${shown(rest)}`
}

/** Writes and events, with their order between batches. */
function compareDeeds(ours: readonly Deed[], theirs: readonly Deed[]): readonly Difference[] {
  if (batchesAgree(ours, theirs)) return []
  const { more, less } = unmatched(ours, theirs)
  if (less.length === 0 && more.length === 0) {
    const lines = [...theirs.map((deed) => `- ${lineOf(deed)}`), ...ours.map((deed) => `+ ${lineOf(deed)}`)]
    return [{ cause: 'order of writes and events', lines }]
  }
  const rest = [...more]
  const missing = less.map((deed): Difference => {
    const at = rest.findIndex((other) => titleOf(other) === titleOf(deed))
    const [other] = at < 0 ? [] : rest.splice(at, 1)
    if (!other) return { cause: `${kindOfDeed(deed)}: missing`, lines: [`- ${lineOf(deed)}`] }
    const { b: _ours, ...left } = other
    const { b: _theirs, ...right } = deed
    return firstDifference(left, right, kindOfDeed(deed), titleOf(deed))
  })
  return [
    ...missing,
    ...rest.map((deed) => ({ cause: `${kindOfDeed(deed)}: not recorded`, lines: [`+ ${lineOf(deed)}`] })),
  ]
}

/** All differences of one sync. */
export function compareSync(ours: RecordedSync, theirs: RecordedSync): readonly Difference[] {
  return [
    ...compareDeeds(inOrder(ours), inOrder(theirs)),
    ...compareValues('error', inPieces(ours.error ?? ''), inPieces(theirs.error ?? '')),
    ...compareValues('status', ours.status, theirs.status),
    ...compareValues('statusWritten', ours.statusWritten, theirs.statusWritten),
    ...compareValues('statusAttempts', ours.statusAttempts ?? [], theirs.statusAttempts ?? []),
    ...compareValues('revisions', ours.revisions, theirs.revisions),
    ...compareValues('requeueAfter', ours.requeueAfter, theirs.requeueAfter),
    ...compareValues('waits', ours.waits ?? [], theirs.waits ?? []),
  ]
}

/** All differences of one step of a story: its syncs, and what stands there after them. */
export function compareStep(ours: RecordedStep, theirs: RecordedStep): readonly Difference[] {
  const syncs = theirs.syncs.flatMap((sync, index) => compareSync(ours.syncs[index] ?? {}, sync))
  return [
    ...syncs,
    ...compareValues('number of syncs', ours.syncs.length, theirs.syncs.length),
    ...compareValues('quiet', ours.quiet ?? true, theirs.quiet ?? true),
    ...compareValues('status', ours.status, theirs.status),
    ...compareValues('generation', ours.generation, theirs.generation),
    ...compareValues('revisions', ours.revisions ?? [], theirs.revisions ?? []),
    ...compareValues('pods', ours.pods ?? [], theirs.pods ?? []),
    ...compareValues('claims', ours.claims ?? [], theirs.claims ?? []),
  ]
}
