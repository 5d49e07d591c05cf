/**
 * What a reader of manifests has to say: problems, for which nothing is applied, and notices about what is taken otherwise
 * than it is written. Both are data; problems carry the text of the API server or of kubectl, notices are worded by the view.
 */
import type { Path } from '../api/shapes.ts'
import type { Refusal } from '../api/strategy.ts'
import type { AnyObject } from '../api/types.ts'

/** A place in the text, both from 1. */
export interface Place {
  readonly line: number
  readonly column: number
}

/** One document as it came out of a file: a plain value, and where its parts stand if that is known. */
export interface GivenDocument {
  readonly value: unknown
  /** The place of a field's name or of its value; of the nearest part around it when it is not there. */
  placeOf?(path: Path, part: 'name' | 'value'): Place | undefined
}

export type ProblemCode =
  | 'apiVersionMissing'
  | 'badKey'
  | 'badQuantity'
  | 'duplicateKey'
  | 'generatedName'
  | 'invalidField'
  | 'kindMissing'
  | 'nothing'
  | 'notAnObject'
  | 'notPlain'
  | 'syntax'
  | 'tab'
  | 'tooDeep'
  | 'tooLarge'
  | 'unknownAnchor'
  | 'unknownField'
  | 'unknownKind'
  | 'wrongType'

export interface Problem extends Partial<Place> {
  readonly code: ProblemCode
  /** In the words of kubectl or the API server. */
  readonly message: string
  /** The field at fault, where it is one. */
  readonly field?: string
}

export type NoticeCode =
  /** `{name, annotation, field}`: kept and shown, without effect. */
  | 'annotationWithoutEffect'
  /** `{name, template, value}`: any provisioner was asked for; the claim gets the default class. */
  | 'anyStorageClass'
  /** `{name, config, key}`: a variable needs a key of a ConfigMap that this text does not have. */
  | 'configKeyMissing'
  /** `{name, field}`: the API server drops it while its feature gate is off. */
  | 'fieldDropped'
  /** `{name, field, count}`: kept and shown, without effect. */
  | 'fieldWithoutEffect'
  /** `{name, service}`: the set names a Service that this text does not have. */
  | 'governingServiceMissing'
  /** `{kind, name}`: left out, the simulation has no such kind. */
  | 'kindNotModelled'
  /** `{kind, name}`: left out, the cluster writes such objects itself. */
  | 'kindOfCluster'
  /** `{name, apiVersion, kept}`: read as the version that is kept, with the defaults of its own. */
  | 'legacyVersion'
  /** `{name}`: no update strategy in a version where that means OnDelete: a new template waits for deletes. */
  | 'onDeleteByDefault'
  /** `{name, template, value}`: the class is named by the annotation of before 2017. */
  | 'storageClassByAnnotation'
  /** `{storageClass}`: no such class is there; one of that name is made with the default provisioner. */
  | 'storageClassProvided'
  /** `{name}`: no selector in a version where the template's labels stand for it. */
  | 'selectorFromLabels'
  /** `{kind, name, field, selector}`: no pod of this text has such labels. */
  | 'selectorMatchesNothing'
  /** `{name, fields}`: the server's own fields are not taken. */
  | 'serverFieldsIgnored'

export interface Notice extends Partial<Place> {
  readonly code: NoticeCode
  readonly params: Readonly<Record<string, string | number>>
}

export interface ReadManifests {
  /** To be applied in this order; empty when there is any problem. */
  readonly objects: readonly AnyObject[]
  readonly notices: readonly Notice[]
  readonly problems: readonly Problem[]
}

export interface PlacedManifests extends ReadManifests {
  /** Where a field of one of the objects stands, or the nearest part around it; undefined for an object that was added. */
  placeOf(object: AnyObject, path: Path): Place | undefined
}

/** All problems as one refusal at the place of the first; undefined when there is none. */
export function refusalOf(problems: readonly Problem[]): Refusal | undefined {
  const [first] = problems
  if (!first) return undefined
  const lines = problems.map(({ line, message }) => (line === undefined ? message : `line ${line}: ${message}`))
  return {
    reason: 'BadRequest',
    message: lines.join('\n'),
    ...(first.line !== undefined && { line: first.line }),
    ...(first.column !== undefined && { column: first.column }),
  }
}
