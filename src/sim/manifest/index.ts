/**
 * The second door of the simulation, loaded when it is needed: manifests in, YAML out. It brings the YAML parser and the
 * whole table of the API's types.
 */

import type { ReadOptions } from './documents.ts'
import { readDocuments, readPlaced } from './documents.ts'
import { allTypes } from './fieldTable.ts'
import type { PlacedManifests, ReadManifests } from './remarks.ts'
import { yamlDocuments } from './yamlDocuments.ts'

export type { ReadOptions } from './documents.ts'
export { fieldPath } from './fieldPath.ts'
export type { KnownField } from './fields.ts'
export { fieldsAt } from './fields.ts'
export type { Notice, NoticeCode, PlacedManifests, Problem, ProblemCode, ReadManifests } from './remarks.ts'
export { refusalOf } from './remarks.ts'
export { toYaml } from './toYaml.ts'
export { MOST_CHARACTERS } from './yamlDocuments.ts'

/** Reads multi-document YAML or JSON. Never throws: everything that is wrong is a problem, with line and column. */
export function readManifests(text: string, options: Omit<ReadOptions, 'types'> = {}): ReadManifests {
  const { documents, problems } = yamlDocuments(text)
  return readDocuments(documents, { ...options, types: allTypes }, problems)
}

/** As `readManifests`, and remembers where the objects stand in the text. */
export function readPlacedManifests(text: string, options: Omit<ReadOptions, 'types'> = {}): PlacedManifests {
  const { documents, problems } = yamlDocuments(text)
  return readPlaced(documents, { ...options, types: allTypes }, problems)
}
