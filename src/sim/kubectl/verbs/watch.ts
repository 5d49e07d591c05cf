/**
 * `kubectl get -w`: what is there first, then a row for every write to one of the objects, until somebody stops it.
 * A write is seen by its resourceVersion: two writes of one object in one turn are shown as one.
 * Models: staging/src/k8s.io/kubectl/pkg/cmd/get/get.go (watch), v1.36.
 */
import type { World } from '../../kernel/types.ts'
import type { Steps } from '../../shell/session.ts'
import { complain, currentWorld, print } from '../../shell/session.ts'
import type { Call, Thing } from '../call.ts'
import { clientError } from '../failure.ts'
import type { ResourceType } from '../parse/resourceTypes.ts'
import { customCells } from '../print/customColumns.ts'
import type { Output } from '../print/output.ts'
import { qualifiedThing, shownThing } from '../print/output.ts'
import { headerOf, rowOf, rowOptions } from '../print/rows.ts'
import { TableWriter } from '../print/table.ts'
import type { Selection } from '../resources.ts'
import { selected } from '../resources.ts'

type WatchEvent = { readonly word: 'ADDED' | 'MODIFIED' | 'DELETED'; readonly object: Thing }

const keyOf = ({ metadata }: Thing): string => metadata.uid

const versionOf = ({ metadata }: Thing): number => Number(metadata.resourceVersion)

/** What was written between two looks, in the order of the writes; what is gone comes with its last state. */
function eventsBetween(before: ReadonlyMap<string, Thing>, after: ReadonlyMap<string, Thing>): readonly WatchEvent[] {
  const events: WatchEvent[] = []
  for (const [key, object] of before) if (!after.has(key)) events.push({ word: 'DELETED', object })
  const written = [...after.values()]
    .filter((object) => before.get(keyOf(object))?.metadata.resourceVersion !== object.metadata.resourceVersion)
    .sort((a, b) => versionOf(a) - versionOf(b))
  for (const object of written) events.push({ word: before.has(keyOf(object)) ? 'MODIFIED' : 'ADDED', object })
  return events
}

const mapOf = ({ found }: Selection): ReadonlyMap<string, Thing> =>
  new Map(found.map(({ object }) => [keyOf(object), object]))

/** Prints events in the form that was asked for; a header once, before the first row. */
class EventPrinter {
  private readonly writer = new TableWriter()
  private begun = false
  private readonly call: Call
  private readonly type: ResourceType
  private readonly output: Output

  constructor(call: Call, type: ResourceType, output: Output) {
    this.call = call
    this.type = type
    this.output = output
  }

  text(events: readonly WatchEvent[], world: World): string {
    const { call, output, type } = this
    if (output.kind === 'whole') return events.map(({ object }) => this.whole(shownThing(object))).join('')
    if (output.kind === 'name') return events.map(({ object }) => `${qualifiedThing(object)}\n`).join('')
    if (events.length === 0) return ''
    const options = rowOptions(call, output, [type])
    const withEvents = call.flags.is('output-watch-events')
    const header = output.kind === 'columns' ? output.columns.map(({ header }) => header) : headerOf(type, options)
    const rows = events.map(({ word, object }) => {
      const cells =
        output.kind === 'columns'
          ? customCells(output.columns, shownThing(object))
          : rowOf(type, object, world, options)
      return withEvents ? [word, ...cells] : cells
    })
    const first = !this.begun && !call.flags.is('no-headers')
    this.begun = true
    return this.writer.write(first ? [withEvents ? ['EVENT', ...header] : header, ...rows] : rows)
  }

  private whole(object: Thing): string {
    if (this.output.kind !== 'whole') return ''
    const text = this.output.print(object)
    const { flags } = this.call
    if (flags.text('output') !== 'yaml') return text
    const separator = this.begun ? '---\n' : ''
    this.begun = true
    return separator + text
  }
}

export function* watch(call: Call, selection: Selection, output: Output): Steps {
  const [type] = selection.types
  if (selection.types.length !== 1 || !type) throw clientError('you may only specify a single resource type')
  if (selection.errors.length > 0) {
    for (const error of selection.errors) yield* complain(`${error}\n`)
    return 1
  }
  const printer = new EventPrinter(call, type, output)
  let known = mapOf(selection)
  let world = yield* currentWorld()
  if (!call.flags.is('watch-only'))
    yield* print(
      printer.text(
        [...known.values()].map((object) => ({ word: 'ADDED', object })),
        world,
      ),
    )
  for (;;) {
    world = (yield { ask: 'wait' }).world
    const now = mapOf(selected(call, world, { listsAll: true }))
    yield* print(printer.text(eventsBetween(known, now), world))
    known = now
  }
}
