/**
 * What must be true of a container's environment: names, and where values come from.
 * Leaves out resource fields and files of variables, which the simulation does not read.
 * Models: pkg/apis/core/validation/validation.go (ValidateEnv, ValidateEnvFrom), v1.36.
 */
import { invalid, notSupported, required } from './fieldErrors.ts'
import type { FieldError } from './strategy.ts'
import type { Container, EnvFromSource, EnvVar, KeyRef } from './types.ts'
import { configKey, envName, qualifiedName } from './validationFormats.ts'
import { checked } from './validationMeta.ts'

const SEVERAL = 'may not have more than one field specified at a time'

/** Fields of a pod that a variable may show. */
const POD_FIELDS = [
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'spec.nodeName',
  'spec.serviceAccountName',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
]
/** … that other places of a pod's spec may show, so that the server knows them. */
const OTHER_FIELDS = [
  'metadata.annotations',
  'metadata.labels',
  'spec.restartPolicy',
  'spec.schedulerName',
  'status.phase',
]

/** `metadata.labels['app']` → its two parts; the second is undefined without a subscript. */
export function fieldPathParts(path: string): readonly [path: string, subscript: string | undefined] {
  const [, name = path, subscript] = /^([^[]*)\['(.*)'\]$/.exec(path) ?? []
  return [name, subscript]
}

function validateFieldPath(given: string, field: string): FieldError[] {
  const [path, subscript] = fieldPathParts(given)
  if (!POD_FIELDS.includes(path) && !OTHER_FIELDS.includes(path))
    return [invalid(field, given, `error converting fieldPath: field label not supported: ${path}`)]
  if (subscript === undefined) return POD_FIELDS.includes(path) ? [] : [notSupported(field, path, POD_FIELDS)]
  return path === 'metadata.labels' || path === 'metadata.annotations'
    ? checked(field, subscript, qualifiedName(subscript))
    : [invalid(field, path, 'does not support subscript')]
}

function validateKeyRef({ name, key }: KeyRef, field: string): FieldError[] {
  return [
    ...(name ? [] : [required(`${field}.name`)]),
    ...(key ? checked(`${field}.key`, key, configKey(key)) : [required(`${field}.key`)]),
  ]
}

function validateValueFrom({ value, valueFrom }: EnvVar, field: string): FieldError[] {
  if (!valueFrom) return []
  const { fieldRef, configMapKeyRef, secretKeyRef } = valueFrom
  const sources = Object.values(valueFrom).filter((source) => source != null).length
  const errors: FieldError[] = []
  if (fieldRef && !fieldRef.fieldPath) errors.push(required(`${field}.fieldRef.fieldPath`))
  else if (fieldRef) errors.push(...validateFieldPath(fieldRef.fieldPath, `${field}.fieldRef.fieldPath`))
  if (configMapKeyRef) errors.push(...validateKeyRef(configMapKeyRef, `${field}.configMapKeyRef`))
  if (secretKeyRef) errors.push(...validateKeyRef(secretKeyRef, `${field}.secretKeyRef`))
  if (value && sources > 0) errors.push(invalid(field, '', 'may not be specified when `value` is not empty'))
  if (!value && sources === 0)
    errors.push(
      invalid(
        field,
        '',
        'must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`',
      ),
    )
  if (sources > 1) errors.push(invalid(field, '', SEVERAL))
  return errors
}

function validateSource({ configMapRef, secretRef }: EnvFromSource, field: string): FieldError[] {
  const errors: FieldError[] = []
  if (configMapRef && !configMapRef.name) errors.push(required(`${field}.configMapRef.name`))
  if (secretRef && !secretRef.name) errors.push(required(`${field}.secretRef.name`))
  if (!configMapRef && !secretRef) errors.push(invalid(field, '', 'must specify one of: `configMapRef` or `secretRef`'))
  if (configMapRef && secretRef) errors.push(invalid(field, '', SEVERAL))
  return errors
}

export const validateEnv = ({ env = [], envFrom = [] }: Container, field: string): readonly FieldError[] => [
  ...env.flatMap((variable, index) => {
    const at = `${field}.env[${index}]`
    const { name } = variable
    return [
      ...(name ? checked(`${at}.name`, name, envName(name)) : [required(`${at}.name`)]),
      ...validateValueFrom(variable, `${at}.valueFrom`),
    ]
  }),
  ...envFrom.flatMap((source, index) => validateSource(source, `${field}.envFrom[${index}]`)),
]
