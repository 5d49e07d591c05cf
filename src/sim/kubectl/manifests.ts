/**
 * The objects in the files of a line: -f with files, folders, `-` and the addresses of the official examples.
 * Models: staging/src/k8s.io/cli-runtime/pkg/resource/{builder,visitor,mapper}.go, v1.36.
 */

import { plainData } from '../api/plainData.ts'
import { understoodKind } from '../api/versions.ts'
import { yamlDocuments } from '../manifest/yamlDocuments.ts'
import { absolutePath, isFolder } from '../shell/files.ts'
import type { Call } from './call.ts'
import { Failure } from './failure.ts'
import type { ResourceType } from './parse/resourceTypes.ts'
import { RESOURCE_TYPES, resourceTypeOfKind } from './parse/resourceTypes.ts'

export interface GivenObject {
  readonly value: Readonly<Record<string, unknown>> & { readonly apiVersion: string; readonly kind: string }
  readonly type: ResourceType
  readonly name: string
  readonly namespace: string
  /** The file as it was named on the line; `STDIN` for `-`. */
  readonly source: string
}

export interface GivenObjects {
  readonly objects: readonly GivenObject[]
  /** What could not be read as an object; the others are used all the same. */
  readonly errors: readonly string[]
}

type Fields = Readonly<Record<string, unknown>>

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

function refusedHost(url: string): string {
  const host = /^https?:\/\/([^/:]+)/.exec(url)?.[1] ?? url
  return `Unable to connect to the server: dial tcp: lookup ${host} on 10.96.0.10:53: no such host`
}

const MANIFEST = /\.(json|ya?ml)$/

/** The texts that one -f names. */
function textsOf(
  { env, io, flags, piped }: Call,
  name: string,
): readonly { readonly source: string; readonly text: string }[] {
  const { files, folder } = io.shell
  if (name === '-') return [{ source: 'STDIN', text: piped }]
  if (/^https?:\/\//.test(name)) {
    if (!Object.hasOwn(env.pages, name)) throw new Failure(refusedHost(name))
    return [{ source: name, text: env.pages[name] ?? '' }]
  }
  const path = absolutePath(name, folder)
  const text = files.read(path)
  if (text !== undefined) return [{ source: name, text }]
  if (!isFolder(files, path)) throw new Failure(`error: the path ${JSON.stringify(name)} does not exist`)
  const inside = files.paths().filter((file) => file.startsWith(`${path}/`) && MANIFEST.test(file))
  return inside
    .filter((file) => flags.is('recursive') || !file.slice(path.length + 1).includes('/'))
    .map((file) => ({
      source: `${name.replace(/\/$/, '')}/${file.slice(path.length + 1)}`,
      text: files.read(file) ?? '',
    }))
}

function documentsOf(source: string, text: string): readonly unknown[] {
  const { documents, problems } = yamlDocuments(text)
  const [first] = problems
  if (first) {
    const said = first.message.startsWith('yaml: ') ? `error converting YAML to JSON: ${first.message}` : first.message
    throw new Failure(`error: error parsing ${source}: ${said}`)
  }
  return documents.map(({ value }) => {
    const plain = plainData(value)
    if (!plain.ok) throw new Failure(`error: error parsing ${source}: ${plain.message}`)
    return plain.value
  })
}

/** A List is its items. */
function parts(value: Fields): readonly Fields[] {
  if (!textOf(value.kind).endsWith('List') || !Array.isArray(value.items)) return [value]
  return value.items.filter(isFields).flatMap(parts)
}

const notMapped = (value: Fields, source: string): string => {
  const metadata = isFields(value.metadata) ? value.metadata : {}
  const { kind, apiVersion } = value
  return `resource mapping not found for name: ${JSON.stringify(textOf(metadata.name))} namespace: ${JSON.stringify(textOf(metadata.namespace))} from ${JSON.stringify(source)}: no matches for kind ${JSON.stringify(kind)} in version ${JSON.stringify(apiVersion)}\nensure CRDs are installed first`
}

function typeOf(call: Call, { apiVersion, kind }: GivenObject['value']): ResourceType | undefined {
  const exact = resourceTypeOfKind(kind, apiVersion)
  if (exact || !call.env.readsEarlyVersions) return exact
  const kept = understoodKind(kind, apiVersion)
  return kept && RESOURCE_TYPES.find((type) => type.kept === kept)
}

function notSet(value: Fields, source: string): string | undefined {
  const missing = ['apiVersion', 'kind'].filter((field) => textOf(value[field]) === '')
  if (missing.length === 0) return undefined
  return `error validating ${JSON.stringify(source)}: error validating data: [${missing.map((field) => `${field} not set`).join(', ')}]; if you choose to ignore these errors, turn validation off with --validate=false`
}

/** @throws Failure when a file is missing or no YAML */
export function givenObjects(call: Call, home: string): GivenObjects {
  const objects: GivenObject[] = []
  const errors: string[] = []
  const texts = call.flags.list('filename').flatMap((name) => textsOf(call, name))
  for (const { source, text } of texts)
    for (const document of documentsOf(source, text)) {
      if (document === null) continue
      if (!isFields(document)) {
        const what = Array.isArray(document) ? 'array' : typeof document
        throw new Failure(
          `error: error parsing ${source}: json: cannot unmarshal ${what} into Go value of type unstructured.detector`,
        )
      }
      for (const part of parts(document)) {
        const unset = notSet(part, source)
        const value = part as GivenObject['value']
        const type = unset === undefined ? typeOf(call, value) : undefined
        if (unset !== undefined) errors.push(unset)
        else if (!type) errors.push(notMapped(value, source))
        else {
          const metadata = isFields(value.metadata) ? value.metadata : {}
          const namespace = textOf(metadata.namespace) || home
          objects.push({ value, type, name: textOf(metadata.name), namespace, source })
        }
      }
    }
  return { objects, errors }
}

/** Errors as kubectl ends with them: one says `error:`, several stand as they are. */
export const errorsText = (errors: readonly string[]): string =>
  errors.length === 1 ? `error: ${errors[0]}` : errors.join('\n')
