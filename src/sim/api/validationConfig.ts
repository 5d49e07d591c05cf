/**
 * What must be true of a ConfigMap or a Secret, and what may change in them.
 * Models: pkg/apis/core/validation/validation.go (ValidateConfigMap, ValidateSecret and their updates), v1.36.
 */
import { forbidden, invalid } from './fieldErrors.ts'
import { sameSemantically } from './semanticEquality.ts'
import type { FieldError } from './strategy.ts'
import type { ConfigMap, Secret } from './types.ts'
import { configKey, dnsSubdomain } from './validationFormats.ts'
import { checked, validateMeta, validateMetaUpdate } from './validationMeta.ts'

type Config = ConfigMap | Secret

const MOST_BYTES = 1024 * 1024

const binaryOf = (object: Config) => (object.kind === 'ConfigMap' ? (object.binaryData ?? {}) : {})

function validateData(object: Config): FieldError[] {
  const { data = {} } = object
  const binary = binaryOf(object)
  const errors = Object.keys(data).flatMap((key) => [
    ...checked(`data[${key}]`, key, configKey(key)),
    ...(Object.hasOwn(binary, key) ? [invalid(`data[${key}]`, key, 'duplicate of key present in binaryData')] : []),
  ])
  errors.push(...Object.keys(binary).flatMap((key) => checked(`binaryData[${key}]`, key, configKey(key))))
  const size = [...Object.values(data), ...Object.values(binary)].reduce((sum, { length }) => sum + length, 0)
  if (size > MOST_BYTES)
    errors.push({ field: '', type: 'TooLong', message: `Too long: may not be more than ${MOST_BYTES} bytes` })
  return errors
}

export const validateConfig = (object: Config): readonly FieldError[] => [
  ...validateMeta(object, dnsSubdomain),
  ...validateData(object),
]

const FIXED = 'field is immutable when `immutable` is set'

/** An object that was declared immutable keeps its data, and stays so. */
export function validateConfigUpdate(object: Config, previous: Config): readonly FieldError[] {
  const errors = validateMetaUpdate(object.metadata, previous.metadata)
  if (previous.immutable) {
    if (!object.immutable) errors.push(forbidden('immutable', FIXED))
    if (!sameSemantically(object.data, previous.data)) errors.push(forbidden('data', FIXED))
    if (!sameSemantically(binaryOf(object), binaryOf(previous))) errors.push(forbidden('binaryData', FIXED))
  }
  return [...errors, ...validateData(object)]
}
