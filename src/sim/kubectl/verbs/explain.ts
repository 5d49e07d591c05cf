/**
 * `kubectl explain`: the fields of a type with the types of their values, and a sentence about those that matter here.
 * Models: staging/src/k8s.io/kubectl/pkg/explain/v2 (plaintext template), v1.36. Leaves out most of the API's own texts.
 */
import { allTypes } from '../../manifest/fieldTable.ts'
import { currentWorld, print } from '../../shell/session.ts'
import type { Verb } from '../call.ts'
import { clientError } from '../failure.ts'
import type { ResourceType } from '../parse/resourceTypes.ts'
import { resourceTypeNamed } from '../parse/resourceTypes.ts'
import { ABOUT_FIELDS, ABOUT_KINDS } from './explainTexts.ts'

const PLAIN: Readonly<Record<string, string>> = {
  s: 'string',
  y: 'string',
  t: 'string',
  b: 'boolean',
  i: 'integer',
  l: 'integer',
  f: 'number',
  o: 'IntOrString',
  q: 'Quantity',
  a: 'Object',
}

/** `<[]Container>`, `<map[string]string>`, `<integer>`. */
function typeText(code: string): string {
  if (code.startsWith('[')) return `[]${typeText(code.slice(1))}`
  if (code.startsWith('{')) return `map[string]${typeText(code.slice(1))}`
  return PLAIN[code] ?? code
}

/** The name of the struct in a field's type, if it has one. */
const structIn = (code: string): string | undefined => {
  const name = code.replace(/^[[{]+/, '')
  return allTypes.has(name) ? name : undefined
}

interface Place {
  readonly struct: string | undefined
  readonly field?: { readonly name: string; readonly code: string }
}

/** Follows a path from a type. @throws Failure */
function follow(type: ResourceType, path: readonly string[]): Place {
  let place: Place = { struct: allTypes.has(type.kind) ? type.kind : undefined }
  for (const name of path) {
    const code = place.struct === undefined ? undefined : allTypes.get(place.struct)?.get(name)
    if (code === undefined) throw clientError(`field ${JSON.stringify(name)} does not exist`)
    place = { struct: structIn(code), field: { name, code } }
  }
  return place
}

const about = (type: ResourceType, path: readonly string[]): string =>
  (path.length === 0
    ? ABOUT_KINDS[type.kind]
    : (ABOUT_FIELDS[`${type.kind}.${path.join('.')}`] ?? ABOUT_FIELDS[path.at(-1) as string])) ?? '<empty>'

function wrapped(text: string): string {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && `${line} ${word}`.length > 76) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line].map((each) => `    ${each}\n`).join('')
}

const MOST_DEPTH = 8

function fieldLines(struct: string, depth: number, recursive: boolean): string {
  const fields = [...(allTypes.get(struct) ?? [])].sort(([a], [b]) => (a < b ? -1 : 1))
  const pad = '  '.repeat(depth + 1)
  return fields
    .map(([name, code]) => {
      const inner = structIn(code)
      const line = `${pad}${name}\t<${typeText(code)}>\n`
      if (recursive) return line + (inner && depth < MOST_DEPTH ? fieldLines(inner, depth + 1, true) : '')
      const told = ABOUT_FIELDS[name]
      return `${line}${told === undefined ? '' : wrapped(told)}\n`
    })
    .join('')
}

export const explain: Verb = function* ({ args, flags }) {
  const [word] = args
  if (word === undefined)
    throw clientError(
      'You must specify the type of resource to explain. Use "kubectl api-resources" for a complete list of supported resources.',
    )
  if (args.length > 1) throw clientError('We accept only this format: explain RESOURCE')
  const [name = '', ...path] = word.split('.')
  const type = resourceTypeNamed(name)
  if (!type) throw clientError(`the server doesn't have a resource type ${JSON.stringify(name)}`)
  yield* currentWorld()
  const { struct, field } = follow(type, path)
  const group = type.group === '' ? '' : `GROUP:      ${type.group}\n`
  const head = `${group}KIND:       ${type.kind}\nVERSION:    ${type.apiVersion.split('/').at(-1)}\n\n`
  const shown = field ? `FIELD: ${field.name} <${typeText(field.code)}>\n\n` : ''
  const fields = struct === undefined ? '' : `FIELDS:\n${fieldLines(struct, 0, flags.is('recursive'))}`
  yield* print(`${head}${shown}\nDESCRIPTION:\n${wrapped(about(type, path))}    \n${fields}\n`)
  return 0
}
