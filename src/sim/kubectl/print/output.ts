/**
 * `-o`: every form but the tables. Reads the flag once, refuses what is none before anything is asked of the server.
 * Models: staging/src/k8s.io/cli-runtime/pkg/genericclioptions/{print_flags,json_yaml_flags,name_flags}.go, v1.36.
 */
import { toYaml } from '../../manifest/toYaml.ts'
import { absolutePath } from '../../shell/files.ts'
import type { Call, Thing } from '../call.ts'
import { clientError, Failure } from '../failure.ts'
import { qualified, resourceTypeOfKind } from '../parse/resourceTypes.ts'
import type { CustomColumn } from './customColumns.ts'
import { customCells, customColumnsOfFile, readCustomColumns } from './customColumns.ts'
import { parseGoTemplate, TemplateError } from './goTemplate.ts'
import { goTemplateText } from './goTemplateResult.ts'
import { JsonPathError, parseJsonPath } from './jsonPath.ts'
import { findByPath, jsonPathText } from './jsonPathResult.ts'
import { tableText } from './table.ts'

export type Output =
  | { readonly kind: 'table'; readonly wide: boolean }
  | { readonly kind: 'name' }
  | { readonly kind: 'columns'; readonly columns: readonly CustomColumn[] }
  /** The object, or a List of several, as one text. */
  | { readonly kind: 'whole'; readonly print: (value: object) => string }

const PLAIN = [
  'go-template',
  'go-template-file',
  'json',
  'jsonpath',
  'jsonpath-as-json',
  'jsonpath-file',
  'kyaml',
  'name',
]
const MORE = ['template', 'templatefile', 'yaml']
const TABLES = ['custom-columns', 'custom-columns-file']

const allowed = (tables: boolean): string =>
  (tables ? [...TABLES, ...PLAIN, 'template', 'templatefile', 'wide', 'yaml'] : [...PLAIN, ...MORE]).join(',')

/** JSON as kubectl prints it: four blanks, keys sorted. */
export function jsonText(value: unknown, indent = 4): string {
  const sorted = (part: unknown): unknown =>
    Array.isArray(part)
      ? part.map(sorted)
      : typeof part === 'object' && part !== null
        ? Object.fromEntries(
            Object.entries(part)
              .sort(([a], [b]) => (a < b ? -1 : 1))
              .map(([key, value]) => [key, sorted(value)]),
          )
        : part
  return JSON.stringify(sorted(value), undefined, indent)
}

/** KYAML: YAML in flow style, every text in quotes, a comma after every entry. */
function kyaml(value: unknown, depth = 0): string {
  const pad = '  '.repeat(depth + 1)
  const end = '  '.repeat(depth)
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]'
    if (value.every((entry) => typeof entry === 'object'))
      return `[${value.map((entry) => kyaml(entry, depth)).join(', ')}]`
    return `[\n${value.map((entry) => `${pad}${kyaml(entry, depth + 1)},\n`).join('')}${end}]`
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  if (entries.length === 0) return '{}'
  const key = (name: string) => (/^[A-Za-z_][\w./-]*$/.test(name) ? name : JSON.stringify(name))
  return `{\n${entries.map(([name, part]) => `${pad}${key(name)}: ${kyaml(part, depth + 1)},\n`).join('')}${end}}`
}

const failing = <T>(run: () => T): T => {
  try {
    return run()
  } catch (error) {
    if (error instanceof JsonPathError || error instanceof TemplateError) throw clientError(error.message)
    throw error
  }
}

function jsonPathOutput(template: string, asJson: boolean): Output {
  if (template === '') throw clientError('template format specified but no template given')
  failing(() => {
    try {
      parseJsonPath(template)
    } catch (error) {
      if (error instanceof JsonPathError)
        throw new JsonPathError(`error parsing jsonpath ${template}, ${error.message}`)
      throw error
    }
  })
  const print = (value: object) =>
    failing(() => (asJson ? `${jsonText(findByPath(value, template))}\n` : jsonPathText(template, value)))
  return { kind: 'whole', print }
}

function goTemplateOutput(template: string): Output {
  if (template === '') throw clientError('template format specified but no template given')
  failing(() => {
    try {
      parseGoTemplate(template)
    } catch (error) {
      if (error instanceof TemplateError)
        throw new TemplateError(`error parsing template ${template}, ${error.message}`)
      throw error
    }
  })
  return { kind: 'whole', print: (value) => failing(() => goTemplateText(template, value)) }
}

function fileText({ io }: Call, name: string): string {
  const text = io.shell.files.read(absolutePath(name, io.shell.folder))
  if (text === undefined)
    throw new Failure(`error: error reading template ${name}, open ${name}: no such file or directory`)
  return text
}

function unmatched(format: string, tables: boolean): Failure {
  return clientError(
    `unable to match a printer suitable for the output format ${JSON.stringify(format)}, allowed formats are: ${allowed(tables)}`,
  )
}

/** @throws Failure when the format is none. `tables`: whether the command prints tables at all. */
export function readOutput(call: Call, tables: boolean): Output {
  const given = call.flags.text('output')
  const template = call.flags.text('template')
  const equals = given.indexOf('=')
  const format = equals < 0 ? given : given.slice(0, equals)
  const value = equals < 0 ? template : given.slice(equals + 1)
  switch (format) {
    case '':
      if (template !== '') return goTemplateOutput(template)
      return { kind: 'table', wide: false }
    case 'name':
      return { kind: 'name' }
    case 'json':
      return { kind: 'whole', print: (object) => `${jsonText(object)}\n` }
    case 'yaml':
      return { kind: 'whole', print: toYaml }
    case 'kyaml':
      return { kind: 'whole', print: (object) => `---\n${kyaml(object)}\n` }
    case 'jsonpath':
    case 'jsonpath-as-json':
      return jsonPathOutput(value, format === 'jsonpath-as-json')
    case 'jsonpath-file':
      return jsonPathOutput(fileText(call, value), false)
    case 'go-template':
    case 'template':
      return goTemplateOutput(value)
    case 'go-template-file':
    case 'templatefile':
      return goTemplateOutput(fileText(call, value))
    case 'wide':
      if (tables) return { kind: 'table', wide: true }
      break
    case 'custom-columns':
      if (tables) return { kind: 'columns', columns: readCustomColumns(value) }
      break
    case 'custom-columns-file':
      if (tables) return { kind: 'columns', columns: customColumnsOfFile(fileText(call, value)) }
      break
  }
  throw unmatched(given, tables)
}

/** An object as it is shown: without what only the server's bookkeeping needs. */
export function shownThing(thing: Thing): Thing {
  const { managedFields: _kept, ...metadata } = thing.metadata as Thing['metadata'] & {
    readonly managedFields?: unknown
  }
  const order = { apiVersion: thing.apiVersion, kind: thing.kind }
  return { ...thing, ...order, metadata } as Thing
}

export const listOf = (things: readonly object[]): object => ({
  apiVersion: 'v1',
  items: things,
  kind: 'List',
  metadata: { resourceVersion: '' },
})

export function qualifiedThing(thing: Thing): string {
  const type = resourceTypeOfKind(thing.kind, thing.apiVersion)
  return type ? qualified(type, thing.metadata.name) : `${thing.kind.toLowerCase()}/${thing.metadata.name}`
}

/** What a command that changed one object prints of it: with -o the object, else `statefulset.apps/web scaled`. */
export function changedText(output: Output, thing: Thing, past: string, suffix = ''): string {
  switch (output.kind) {
    case 'name':
      return `${qualifiedThing(thing)}\n`
    case 'whole':
      return output.print(shownThing(thing))
    default:
      return `${qualifiedThing(thing)} ${past}${suffix}\n`
  }
}

export function customTable(columns: readonly CustomColumn[], things: readonly object[], headers: boolean): string {
  const rows = things.map((thing) => customCells(columns, thing))
  return tableText(headers ? [columns.map(({ header }) => header), ...rows] : rows)
}
