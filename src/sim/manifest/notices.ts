/** What is taken otherwise than it is written, for one object that is otherwise sound. */
import { droppedFields } from '../api/disabledFields.ts'
import { SERVER_FIELDS } from '../api/kinds.ts'
import type { Path, TypeTable } from '../api/shapes.ts'
import { pathText } from '../api/shapes.ts'
import type { ClusterSettings } from '../api/strategy.ts'
import { switchesOf } from '../api/switches.ts'
import type { AnyObject, StatefulSet } from '../api/types.ts'
import { isEarlyVersion } from '../api/versions.ts'
import type { Notice, NoticeCode, Place } from './remarks.ts'
import { claimsIn, oldAnnotation } from './storageClasses.ts'
import { idleAnnotations, idleFields } from './withoutEffect.ts'

type PlaceOf = (path: Path, part?: 'name' | 'value') => Place | undefined

/** `written` is the object as it stands in the file, `kept` as it will be applied. */
export function noticesOf(
  written: AnyObject,
  kept: AnyObject,
  types: TypeTable | undefined,
  settings: ClusterSettings,
  placeOf: PlaceOf,
): readonly Notice[] {
  const notices: Notice[] = []
  const { name } = kept.metadata
  const note = (code: NoticeCode, params: Notice['params'], path: Path, part: 'name' | 'value' = 'name') =>
    notices.push({ code, params, ...placeOf(path, part) })

  if (isEarlyVersion(written.kind, written.apiVersion)) {
    const { spec } = written as StatefulSet
    note('legacyVersion', { name, apiVersion: written.apiVersion, kept: kept.apiVersion }, ['apiVersion'], 'value')
    if (written.apiVersion === 'apps/v1beta1') {
      if (!spec?.selector) note('selectorFromLabels', { name }, ['spec'])
      if (!spec?.updateStrategy?.type) note('onDeleteByDefault', { name }, ['spec'])
    }
  }

  const server: string[] = SERVER_FIELDS.filter((field) => Object.hasOwn(written.metadata, field))
  if (Object.hasOwn(written, 'status')) server.push('status')
  if (server.length > 0) note('serverFieldsIgnored', { name, fields: server.join(', ') }, ['metadata'])

  if (kept.kind === 'StatefulSet')
    for (const path of droppedFields(kept.spec, switchesOf(settings)))
      note('fieldDropped', { name, field: pathText(path) }, path)

  for (const { claim, path } of claimsIn(written)) {
    const old = oldAnnotation(claim)
    if (!old) continue
    const code = old.any ? 'anyStorageClass' : 'storageClassByAnnotation'
    const params = { name, template: claim.metadata.name, value: old.value }
    note(code, params, [...path, 'metadata', 'annotations', old.annotation])
  }

  for (const path of idleAnnotations(written)) {
    const annotation = String(path.at(-1))
    note('annotationWithoutEffect', { name, annotation, field: pathText(path.slice(0, -1)) }, path)
  }
  if (types)
    for (const { field, path, count } of idleFields(written, written.kind, types))
      note('fieldWithoutEffect', { name, field, count }, path)
  return notices
}
