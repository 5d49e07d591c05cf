/**
 * Which kind of record a line is, told by its shape; and whether everything in it can be replayed and compared. A field or
 * an event that is not known is refused rather than passed over, so that agreement says what it seems to say.
 */
import { settingsProblem } from '../api/switches.ts'
import { isStoryEvent } from './recordedEvents.ts'
import { settingsOf } from './recordedSettings.ts'
import type { Defaults, Reconcile, Story } from './recordTypes.ts'

export type Recording =
  | { readonly kind: 'reconcile'; readonly record: Reconcile }
  | { readonly kind: 'history' | 'story'; readonly record: Story }
  | { readonly kind: 'defaults'; readonly record: Defaults }

type Fields = Readonly<Record<string, unknown>>

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Why a line is no record. */
class Malformed extends Error {}

function fields(value: unknown, path: string, known?: readonly string[]): Fields {
  if (!isFields(value)) throw new Malformed(`${path} is no object`)
  const odd = known && Object.keys(value).find((name) => !known.includes(name))
  if (odd !== undefined) throw new Malformed(`${path}.${odd} is not known`)
  return value
}

function entries(value: unknown, path: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new Malformed(`${path} is no list`)
  return value
}

function text(value: unknown, path: string): string {
  if (typeof value !== 'string') throw new Malformed(`${path} is no text`)
  return value
}

function oneOf(value: unknown, known: readonly string[], path: string): void {
  if (!known.includes(text(value, path))) throw new Malformed(`${path} is ${value}, not one of ${known.join(', ')}`)
}

function time(value: unknown, path: string): void {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text(value, path))) throw new Malformed(`${path} is no time`)
}

function named(value: unknown, path: string): void {
  text(fields(fields(value, path).metadata, `${path}.metadata`).name, `${path}.metadata.name`)
}

function allNamed(value: unknown, path: string): void {
  entries(value ?? [], path).forEach((object, index) => {
    named(object, `${path}[${index}]`)
  })
}

const SYNC = ['writes', 'events', 'waits', 'status', 'statusAttempts', 'error', 'requeueAfter', 'race']
const OUTCOME = [...SYNC, 'statusWritten', 'revisions']
const STEP = ['syncs', 'quiet', 'status', 'generation', 'revisions', 'pods', 'claims']
const GIVEN = ['statefulSet', 'pods', 'claims', 'revisions', 'apiDiffers', 'faults']
const GONE = ['gonePods', 'goneClaims', 'goneRevisions', 'newerPods']
const MORE = ['morePods', 'moreClaims', 'moreRevisions']
const VERBS = ['create', 'update', 'delete', 'patch', 'updateStatus']
const REASONS = ['AlreadyExists', 'Conflict', 'Forbidden', 'InternalError', 'Invalid', 'NotFound']

function checkGiven(value: unknown): void {
  const given = fields(value, 'given', GIVEN)
  named(given.statefulSet, 'given.statefulSet')
  for (const list of ['pods', 'claims', 'revisions']) allNamed(given[list], `given.${list}`)
  const known = [...MORE, ...GONE, 'statefulSet', 'statefulSetGone']
  const differs = fields(given.apiDiffers ?? {}, 'given.apiDiffers', known)
  for (const list of MORE) allNamed(differs[list], `given.apiDiffers.${list}`)
  for (const list of GONE) for (const name of entries(differs[list] ?? [], list)) text(name, list)
  if (differs.statefulSet) named(differs.statefulSet, 'given.apiDiffers.statefulSet')
  for (const fault of entries(given.faults ?? [], 'given.faults')) {
    const { verb, reason, times } = fields(fault, 'given.faults[]')
    oneOf(verb, VERBS, 'given.faults[].verb')
    oneOf(reason, REASONS, 'given.faults[].reason')
    if (typeof times !== 'number') throw new Malformed('given.faults[].times is no number')
  }
}

function checkSync(value: unknown, path: string, known: readonly string[]): void {
  const sync = fields(value, path, known)
  for (const list of ['writes', 'events', 'waits', 'statusAttempts'])
    for (const entry of entries(sync[list] ?? [], `${path}.${list}`)) fields(entry, `${path}.${list}[]`)
}

function checkEvent(value: unknown, path: string): void {
  const event = fields(value, path)
  if (!isStoryEvent(event.type)) throw new Malformed(`${path}.type ${event.type} is not known`)
  if (event.type === 'batch') for (const inner of entries(event.events, `${path}.events`)) checkEvent(inner, path)
}

function checkReconcile(record: Fields): void {
  time(record.now, 'now')
  checkGiven(record.given)
  checkSync(record.then, 'then', OUTCOME)
  if (record.thenWriteThrough !== undefined) checkSync(record.thenWriteThrough, 'thenWriteThrough', OUTCOME)
}

function checkStory(record: Fields): void {
  named(record.manifest, 'manifest')
  oneOf(record.caches, ['snapshot', 'writeThrough'], 'caches')
  entries(record.steps, 'steps').forEach((value, index) => {
    const path = `steps[${index}]`
    const step = fields(value, path)
    time(step.at, `${path}.at`)
    checkEvent(step.do, `${path}.do`)
    const then = fields(step.then, `${path}.then`, STEP)
    for (const sync of entries(then.syncs, `${path}.then.syncs`)) checkSync(sync, `${path}.then.syncs[]`, SYNC)
  })
}

function checkDefaults(record: Fields): void {
  for (const name of ['manifest', 'defaulted', 'asV1']) named(record[name], name)
}

function checkCluster(record: Fields): void {
  text(record.id, 'id')
  text(record.kubernetes, 'kubernetes')
  fields(record.gates, 'gates')
  const problem = settingsProblem(settingsOf(record as never))
  if (problem) throw new Malformed(problem)
}

function recognised(value: unknown): Recording {
  const record = fields(value, 'the line')
  const known = 'given' in record || 'steps' in record || 'defaulted' in record
  if (!known) throw new Malformed('no kind of record: it has neither given nor steps nor defaulted')
  checkCluster(record)
  if ('given' in record) {
    checkReconcile(record)
    return { kind: 'reconcile', record: record as unknown as Reconcile }
  }
  if ('steps' in record) {
    checkStory(record)
    return { kind: 'about' in record ? 'story' : 'history', record: record as unknown as Story }
  }
  checkDefaults(record)
  return { kind: 'defaults', record: record as unknown as Defaults }
}

/** The record that a line holds, or why it holds none. */
export function readRecord(line: string): Recording | { readonly refused: string } {
  try {
    return recognised(JSON.parse(line))
  } catch (error) {
    return { refused: (error as Error).message }
  }
}
