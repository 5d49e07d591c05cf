/**
 * `kubectl label` and `annotate`.
 * Models: staging/src/k8s.io/kubectl/pkg/cmd/{label/label.go,annotate/annotate.go}, v1.36.
 */
import type { Labels } from '../../api/types.ts'
import { currentWorld, print } from '../../shell/session.ts'
import type { Call, Thing, Verb } from '../call.ts'
import { clientError, Failure, refusalText } from '../failure.ts'
import { changedText, qualifiedThing, readOutput } from '../print/output.ts'
import type { Found } from '../resources.ts'
import { NOTHING_GIVEN, selected } from '../resources.ts'
import { dryRunSuffix, Writes } from '../server.ts'
import { partedArgs } from './changed.ts'

type Part = 'label' | 'annotation'

interface Update {
  readonly set: Labels
  readonly remove: readonly string[]
}

const isUpdate = (arg: string): boolean => arg.includes('=') || (arg.endsWith('-') && arg !== '-')

const LABEL_VALUE = /^(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?)?$/
const BAD_VALUE =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')"

function readUpdates(words: readonly string[], part: Part): Update {
  const set: Record<string, string> = {}
  const remove: string[] = []
  for (const word of words) {
    if (!word.includes('=')) {
      remove.push(word.slice(0, -1))
      continue
    }
    const parts = word.split('=')
    if (part === 'label' && parts.length !== 2) throw clientError(`invalid label spec: ${word}`)
    const [key = '', ...value] = parts
    const text = value.join('=')
    if (part === 'label' && (text.length > 63 || !LABEL_VALUE.test(text)))
      throw clientError(
        `invalid label value: ${JSON.stringify(word)}: ${text.length > 63 ? 'must be no more than 63 bytes' : BAD_VALUE}`,
      )
    set[key] = text
  }
  const both = remove.find((key) => Object.hasOwn(set, key))
  if (both !== undefined)
    throw clientError(
      `can not both modify and remove ${part === 'label' ? 'a label' : 'an annotation'} in the same command`,
    )
  return { set, remove }
}

const partOf = ({ metadata }: Thing, part: Part): Labels =>
  (part === 'label' ? metadata.labels : metadata.annotations) ?? {}

function withPart(object: Thing, part: Part, values: Labels): Thing {
  const { labels, annotations, ...rest } = object.metadata
  const kept = part === 'label' ? { ...(annotations && { annotations }) } : { ...(labels && { labels }) }
  const changed = Object.keys(values).length > 0 ? { [part === 'label' ? 'labels' : 'annotations']: values } : {}
  return { ...object, metadata: { ...rest, ...kept, ...changed } } as Thing
}

function taken(values: Labels, { set }: Update, part: Part): string | undefined {
  const keys = Object.keys(set).filter((key) => Object.hasOwn(values, key) && values[key] !== set[key])
  if (keys.length === 0) return undefined
  if (part === 'label') {
    const [key] = keys as [string]
    return `'${key}' already has a value (${values[key]}), and --overwrite is false`
  }
  const told = keys.map((key) => `'${key}' already has a value (${values[key]})`).join('; ')
  return `--overwrite is false but found the following declared annotation(s): ${told}`
}

/** What the answer says was done. */
function pastOf(before: Labels, { set, remove }: Update, part: Part): string {
  if (part === 'annotation') return 'annotated'
  const changed = Object.keys(set).some((key) => before[key] !== set[key])
  if (changed) return 'labeled'
  return remove.some((key) => Object.hasOwn(before, key)) ? 'unlabeled' : 'not labeled'
}

function updateOne(
  call: Call,
  writes: Writes,
  { type, object }: Found,
  update: Update,
  part: Part,
  several: boolean,
): void {
  const output = readOutput(call, false)
  const before = partOf(object, part)
  const conflict = call.flags.is('overwrite') ? undefined : taken(before, update, part)
  if (conflict !== undefined) {
    writes.fail(several ? conflict : `error: ${conflict}`)
    return
  }
  if (part === 'label')
    for (const key of update.remove)
      if (!Object.hasOwn(before, key)) writes.say(`label ${JSON.stringify(key)} not found.\n`)
  const kept = Object.entries(before).filter(([key]) => !update.remove.includes(key))
  const wanted = withPart(object, part, { ...Object.fromEntries(kept), ...update.set })
  const past = pastOf(before, update, part)
  const suffix = dryRunSuffix(writes.dryRun)
  if (writes.dryRun === 'client') {
    writes.say(changedText(output, wanted, past, suffix))
    return
  }
  const tried = writes.change(type, object, wanted)
  if (tried.ok) writes.say(changedText(output, tried.after ?? wanted, past, suffix))
  else writes.fail(refusalText(tried.refusal))
}

const updates = (part: Part): Verb =>
  function* (call) {
    const { flags, args } = call
    const [resources, words] = partedArgs(args, isUpdate)
    if (resources.length === 0 && flags.list('filename').length === 0 && flags.text('selector') === '')
      throw new Failure(NOTHING_GIVEN)
    if (words.length === 0 && !flags.is('list')) throw clientError(`at least one ${part} update is required`)
    const update = readUpdates(words, part)
    const world = yield* currentWorld()
    const { found, errors } = selected(call, world, { args: resources })
    const writes = new Writes(call, world)
    if (flags.is('list') && words.length === 0) {
      for (const { object } of found) {
        const lines = Object.entries(partOf(object, part)).sort(([a], [b]) => (a < b ? -1 : 1))
        const head = found.length > 1 ? `Listing ${part}s for ${qualifiedThing(object)}:\n` : ''
        yield* print(head + lines.map(([key, value]) => `${head === '' ? '' : ' '}${key}=${value}\n`).join(''))
      }
    } else for (const entry of found) updateOne(call, writes, entry, update, part, found.length > 1)
    for (const error of errors) writes.fail(error)
    yield* writes.commit()
    return writes.exit
  }

export const label = updates('label')
export const annotate = updates('annotation')
