/**
 * What a ControllerRevision holds: the pod template as a patch, its one text, and the name that the text gives it.
 * Models: pkg/controller/statefulset/stateful_set_utils.go (getPatch, newRevision),
 * pkg/controller/history/controller_history.go (HashControllerRevision, ControllerRevisionName), v1.36.
 */
import type { ControllerRevision, PodTemplateSpec } from '../api/types.ts'

type Data = ControllerRevision['data']

/** Compact JSON with sorted keys, escaped as Go's encoder does. */
function sortedJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((entry) => sortedJson(entry ?? null)).join(',')}]`
  if (typeof value !== 'object' || value === null) return escaped(JSON.stringify(value))
  const fields = Object.entries(value).filter(([, field]) => field !== undefined)
  fields.sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${fields.map(([key, field]) => `${escaped(JSON.stringify(key))}:${sortedJson(field)}`).join(',')}}`
}

const escaped = (json: string): string =>
  json.replace(/[<>&\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)

const texts = new WeakMap<object, string>()

/** The patch's bytes as they are compared and hashed. */
export function textOfData(data: Data): string {
  const known = texts.get(data)
  if (known !== undefined) return known
  const text = sortedJson(data)
  texts.set(data, text)
  return text
}

const patches = new WeakMap<PodTemplateSpec, Data>()

/** The patch that puts this template in the place of any other; the same object for the same template. */
export function dataOfTemplate(template: PodTemplateSpec): Data {
  const known = patches.get(template)
  if (known) return known
  const data: Data = { spec: { template: { ...template, $patch: 'replace' } } }
  patches.set(template, data)
  return data
}

const templates = new WeakMap<Data, PodTemplateSpec>()

/** A null in the text is a field that is not there. */
function withoutNulls<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(withoutNulls) as T
  const fields = Object.entries(value).filter(([, field]) => field !== null)
  return Object.fromEntries(fields.map(([key, field]) => [key, withoutNulls(field)])) as T
}

/** The template as pods are made from it; the same object for the same revision. */
export function templateOfData(data: Data): PodTemplateSpec {
  const known = templates.get(data)
  if (known) return known
  const { $patch: _directive, ...template } = withoutNulls(data.spec.template)
  templates.set(data, template)
  return template
}

/** 32-bit FNV-1 of the text's UTF-8 bytes. */
function fnv1(text: string): number {
  let hash = 0x811c9dc5
  const add = (byte: number) => {
    hash = Math.imul(hash, 0x01000193) ^ byte
  }
  for (const character of text) {
    const code = character.codePointAt(0) as number
    if (code < 0x80) add(code)
    else {
      const following = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3
      add((code >> (6 * following)) | ((0xff00 >> (following + 1)) & 0xff))
      for (let rest = following - 1; rest >= 0; rest--) add(((code >> (6 * rest)) & 0x3f) | 0x80)
    }
  }
  return hash >>> 0
}

/** Each digit in an alphabet without vowels, so that no word appears. */
const SAFE_DIGITS = '456789bcdf'

/** What a revision with this data is called after its set's name; another collision count gives another hash. */
export function hashOfData(data: Data, collisionCount: number): string {
  const hash = fnv1(textOfData(data) + String(collisionCount))
  return String(hash).replace(/\d/g, (digit) => SAFE_DIGITS[Number(digit)] as string)
}

/** `web-7bc66c7769`; the set's name is cut at 223 bytes. */
export const revisionNameOf = (setName: string, hash: string): string => `${setName.slice(0, 223)}-${hash}`
