/** What a manifest said when it was last applied, kept in an annotation of the object. */
import { sortedJson } from '../api/fieldErrors.ts'
import type { ObjectMeta } from '../api/types.ts'

export const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration'

type WithMeta = { readonly metadata: Pick<ObjectMeta, 'annotations'> }

/** Go writes these letters of HTML as escapes. */
const escaped = (json: string): string =>
  json.replaceAll(/[<>&]/g, (letter) => `\\u00${letter.charCodeAt(0).toString(16)}`)

/** The object with itself, as it was sent, in its annotation: what the next apply compares with. */
export function withLastApplied<T extends WithMeta>(object: T): T {
  const { [LAST_APPLIED]: _before, ...annotations } = object.metadata.annotations ?? {}
  const sent = { ...object, metadata: { ...object.metadata, annotations } }
  const text = `${escaped(sortedJson(sent))}\n`
  return { ...object, metadata: { ...object.metadata, annotations: { ...annotations, [LAST_APPLIED]: text } } }
}

/** What the last apply sent; undefined when there was none, or when the annotation is no JSON. */
export function lastApplied({ metadata }: WithMeta): unknown {
  const text = metadata.annotations?.[LAST_APPLIED]
  if (text === undefined) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
