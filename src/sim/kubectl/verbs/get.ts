/**
 * `kubectl get`: tables, every `-o`, `--sort-by`, and `-w` as a stream of rows.
 * Models: staging/src/k8s.io/kubectl/pkg/cmd/get/{get,sorter,skip_printer}.go, v1.36.
 */
import type { World } from '../../kernel/types.ts'
import type { Steps } from '../../shell/session.ts'
import { complain, currentWorld, print } from '../../shell/session.ts'
import type { Call, Thing, Verb } from '../call.ts'
import { clientError, Failure } from '../failure.ts'
import type { ResourceType } from '../parse/resourceTypes.ts'
import { JsonPathError, relaxedJsonPath } from '../print/jsonPath.ts'
import { findByPath } from '../print/jsonPathResult.ts'
import type { Output } from '../print/output.ts'
import { customTable, listOf, qualifiedThing, readOutput, shownThing } from '../print/output.ts'
import { headerOf, rowOf, rowOptions } from '../print/rows.ts'
import { tableText } from '../print/table.ts'
import type { Found, Selection } from '../resources.ts'
import { selected } from '../resources.ts'
import { watch } from './watch.ts'

const NO_TYPE = `You must specify the type of resource to get. Use "kubectl api-resources" for a complete list of supported resources.

error: Required resource not specified.
Use "kubectl explain <resource>" for a detailed description of that resource (e.g. kubectl explain pods).
See 'kubectl get -h' for help and examples`

const ENDPOINTS_WARNING = 'Warning: v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice\n'

/** Values of --sort-by are compared as numbers where both are, as quantities of equal length, else as text. */
function compareValues(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  const [left, right] = [String(a), String(b)]
  return left < right ? -1 : left > right ? 1 : 0
}

/** Objects in the order of a field; those without it, or with null in it, come first. None at all when no object has it. */
function sortedBy<T extends { readonly object: Thing }>(field: string, list: readonly T[]): readonly T[] {
  let path: string
  try {
    path = relaxedJsonPath(field)
  } catch (error) {
    if (error instanceof JsonPathError) throw clientError(error.message)
    throw error
  }
  const keyed = list.map((entry) => ({ entry, value: findByPath(entry.object, path)[0] }))
  if (keyed.length > 0 && keyed.every(({ value }) => value === undefined)) return []
  const order = (value: unknown) => (value === undefined || value === null ? 0 : 1)
  keyed.sort((a, b) => order(a.value) - order(b.value) || (order(a.value) === 0 ? 0 : compareValues(a.value, b.value)))
  return keyed.map(({ entry }) => entry)
}

const nothingFound = ({ namespace, types }: Selection): string =>
  namespace === undefined || types.every(({ namespaced }) => !namespaced)
    ? 'No resources found\n'
    : `No resources found in ${namespace} namespace.\n`

/** One table for each type, an empty line between them. */
function tables(call: Call, world: World, { types, found }: Selection, list: readonly Found[], output: Output): string {
  const headers = !call.flags.is('no-headers')
  const groups: { type: ResourceType; members: Found[] }[] = []
  // Objects that were named one by one keep their order: a table ends where the type changes.
  for (const entry of list) {
    const last = groups.at(-1)
    if (last?.type === entry.type) last.members.push(entry)
    else groups.push({ type: entry.type, members: [entry] })
  }
  const kinds = new Set(found.map(({ type }) => type))
  const withKind = types.length > 1 && (kinds.size > 1 || types.length > 1)
  const options = { ...rowOptions(call, output, types), ...(withKind && { withKind }) }
  return groups
    .map(({ type, members }) => {
      const own = { ...options, withNamespace: options.withNamespace && type.namespaced }
      const rows = members.map(({ object }) => rowOf(type, object, world, own))
      return tableText(headers ? [headerOf(type, own), ...rows] : rows)
    })
    .join('\n')
}

function outputText(call: Call, world: World, selection: Selection, list: readonly Found[], output: Output): string {
  switch (output.kind) {
    case 'table':
      return tables(call, world, selection, list, output)
    case 'name':
      return list.map(({ object }) => `${qualifiedThing(object)}\n`).join('')
    case 'columns':
      return customTable(
        output.columns,
        list.map(({ object }) => shownThing(object)),
        !call.flags.is('no-headers'),
      )
    case 'whole': {
      const things = list.map(({ object }) => shownThing(object))
      if (selection.single) return things[0] ? output.print(things[0]) : ''
      return output.print(listOf(things))
    }
  }
}

/** What users other than the administrator may not read. */
function forbidden({ flags }: Call, { types, single, namespace }: Selection): string | undefined {
  const user = flags.text('as')
  const [type] = types
  if (user === '' || !type) return undefined
  const verb = single ? 'get' : 'list'
  const scope =
    type.namespaced && namespace !== undefined
      ? `in the namespace ${JSON.stringify(namespace)}`
      : 'at the cluster scope'
  return `Error from server (Forbidden): ${type.plural} is forbidden: User ${JSON.stringify(user)} cannot ${verb} resource ${JSON.stringify(type.plural)} in API group ${JSON.stringify(type.group)} ${scope}`
}

function* raw(path: string): Steps {
  if (path === '/healthz' || path === '/livez' || path === '/readyz') {
    yield* print('ok')
    return 0
  }
  throw new Failure(`error: reading ${path} is not simulated; kubectl get --raw /readyz is`)
}

export const get: Verb = function* (call) {
  const { flags, args } = call
  if (flags.text('raw') !== '') return yield* raw(flags.text('raw'))
  const output = readOutput(call, true)
  if (args.length === 0 && flags.list('filename').length === 0) throw new Failure(NO_TYPE)
  const world = yield* currentWorld()
  const selection = selected(call, world, { listsAll: true })
  const refused = forbidden(call, selection)
  if (refused !== undefined) throw new Failure(refused)
  if (flags.is('watch') || flags.is('watch-only')) return yield* watch(call, selection, output)
  if (selection.types.some(({ plural }) => plural === 'endpoints')) yield* complain(ENDPOINTS_WARNING)
  const sortBy = flags.text('sort-by')
  const list = sortBy === '' ? selection.found : sortedBy(sortBy, selection.found)
  const errors = flags.is('ignore-not-found') ? [] : selection.errors
  const empty = list.length === 0
  if (!empty || (output.kind === 'whole' && !selection.single && errors.length === 0))
    yield* print(outputText(call, world, selection, list, output))
  else if (errors.length === 0 && !flags.is('ignore-not-found') && output.kind !== 'name')
    yield* complain(nothingFound(selection))
  for (const error of errors) yield* complain(`${error}\n`)
  return errors.length > 0 ? 1 : 0
}
