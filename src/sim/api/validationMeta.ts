/**
 * What must be true of every object's metadata, and of label selectors.
 * Models: staging/src/k8s.io/apimachinery/pkg/api/validation/objectmeta.go and pkg/apis/meta/v1/validation, v1.36.
 */
import { duplicate, forbidden, invalid, required, tooLong } from './fieldErrors.ts'
import { KINDS } from './kinds.ts'
import type { FieldError } from './strategy.ts'
import type { AnyObject, LabelSelector, Labels, ObjectMeta, OwnerReference } from './types.ts'
import { dnsLabel, labelValue, qualifiedName } from './validationFormats.ts'

type Errors = readonly FieldError[]
/** The complaints about a name. */
export type NameRule = (name: string) => readonly string[]

const MOST_ANNOTATION_BYTES = 256 * 1024

/** Complaints about one text as errors of its field. */
export const checked = (field: string, value: string, complaints: readonly string[]): FieldError[] =>
  complaints.map((complaint) => invalid(field, value, complaint))

/** Texts that passed: the same few labels come with every pod. */
const goodLabels = new Set<string>()

export function validateLabels(labels: Labels | undefined, field: string): Errors {
  const errors: FieldError[] = []
  for (const key in labels) {
    const value = labels[key] as string
    const both = `${key}=${value}`
    if (goodLabels.has(both)) continue
    const found = [...checked(field, key, qualifiedName(key)), ...checked(field, value, labelValue(value))]
    if (found.length > 0) errors.push(...found)
    else if (goodLabels.size < 10_000) goodLabels.add(both)
    else goodLabels.clear()
  }
  return errors
}

export function validateAnnotations(annotations: Labels | undefined, field: string): Errors {
  const errors: FieldError[] = []
  let size = 0
  for (const key in annotations) {
    errors.push(...checked(field, key, qualifiedName(key.toLowerCase())))
    size += key.length + (annotations[key] as string).length
  }
  if (size > MOST_ANNOTATION_BYTES) errors.push(tooLong(field, MOST_ANNOTATION_BYTES))
  return errors
}

function validateOwners(owners: readonly OwnerReference[]): Errors {
  const errors: FieldError[] = []
  const controllers: string[] = []
  for (const [index, owner] of owners.entries()) {
    const field = `metadata.ownerReferences[${index}]`
    for (const part of ['apiVersion', 'kind', 'name', 'uid'] as const)
      if (!owner[part])
        errors.push(
          invalid(
            `${field}.${part}`,
            owner[part] ?? '',
            part === 'apiVersion' ? 'version must not be empty' : 'must not be empty',
          ),
        )
    if (owner.controller) controllers.push(owner.name)
  }
  if (controllers.length > 1)
    errors.push(
      invalid(
        'metadata.ownerReferences',
        owners,
        `Only one reference can have Controller set to true. Found "true" in references for ${controllers[0]} and ${controllers[1]}`,
      ),
    )
  return errors
}

const STANDARD_FINALIZERS: readonly string[] = ['kubernetes', 'orphan', 'foregroundDeletion']

function validateFinalizers(finalizers: readonly string[]): Errors {
  return finalizers.flatMap((finalizer) => {
    const complaints = qualifiedName(finalizer)
    if (complaints.length > 0) return checked('metadata.finalizers', finalizer, complaints)
    return finalizer.includes('/') || STANDARD_FINALIZERS.includes(finalizer)
      ? []
      : [
          invalid(
            'metadata.finalizers',
            finalizer,
            'name is neither a standard finalizer name nor is it fully qualified',
          ),
        ]
  })
}

/** Labels, annotations, owners and finalizers. What is stored was found good when it came, and is not gone through again. */
function validateParts(metadata: ObjectMeta, stored?: ObjectMeta): FieldError[] {
  const { labels, annotations, ownerReferences, finalizers } = metadata
  const errors: FieldError[] = []
  if (labels && labels !== stored?.labels) errors.push(...validateLabels(labels, 'metadata.labels'))
  if (annotations && annotations !== stored?.annotations)
    errors.push(...validateAnnotations(annotations, 'metadata.annotations'))
  if (ownerReferences && ownerReferences !== stored?.ownerReferences) errors.push(...validateOwners(ownerReferences))
  if (finalizers && finalizers !== stored?.finalizers) errors.push(...validateFinalizers(finalizers))
  return errors
}

export function validateMeta(object: AnyObject, nameRule: NameRule): FieldError[] {
  const { metadata } = object
  const errors: FieldError[] = []
  if (!metadata.name) errors.push(required('metadata.name', 'name or generateName is required'))
  else errors.push(...checked('metadata.name', metadata.name, nameRule(metadata.name)))
  if (KINDS[object.kind].namespaced && metadata.namespace !== 'default')
    errors.push(...checked('metadata.namespace', metadata.namespace ?? '', dnsLabel(metadata.namespace ?? '')))
  errors.push(...validateParts(metadata))
  return errors
}

/** What a change of metadata may do. Names and uids are compared by the server itself. */
export function validateMetaUpdate(metadata: ObjectMeta, previous: ObjectMeta): FieldError[] {
  if (metadata === previous) return []
  const errors = validateParts(metadata, previous)
  if (previous.deletionTimestamp !== undefined) {
    const added = metadata.finalizers?.filter((finalizer) => !previous.finalizers?.includes(finalizer)) ?? []
    if (added.length > 0)
      errors.push(
        forbidden(
          'metadata.finalizers',
          `no new finalizers can be added if the object is being deleted, found new finalizers []string{${added.map((f) => `"${f}"`).join(', ')}}`,
        ),
      )
  }
  return errors
}

type Requirement = NonNullable<LabelSelector['matchExpressions']>[number]

function validateRequirement({ key, operator, values = [] }: Requirement, field: string): FieldError[] {
  const errors: FieldError[] = []
  if (operator === 'In' || operator === 'NotIn') {
    if (values.length === 0)
      errors.push(required(`${field}.values`, "must be specified when `operator` is 'In' or 'NotIn'"))
  } else if (operator === 'Exists' || operator === 'DoesNotExist') {
    if (values.length > 0)
      errors.push(forbidden(`${field}.values`, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"))
  } else errors.push(invalid(`${field}.operator`, operator ?? '', 'not a valid selector operator'))
  errors.push(...checked(`${field}.key`, key ?? '', qualifiedName(key ?? '')))
  for (const [index, value] of values.entries())
    errors.push(...checked(`${field}.values[${index}]`, value, labelValue(value)))
  return errors
}

export const validateSelector = (selector: LabelSelector, field: string): Errors => [
  ...validateLabels(selector.matchLabels, `${field}.matchLabels`),
  ...(selector.matchExpressions ?? []).flatMap((requirement, index) =>
    validateRequirement(requirement, `${field}.matchExpressions[${index}]`),
  ),
]

/** An error for each value that occurred before in the list; empty texts are left to others. */
export function duplicates(values: readonly (string | undefined)[], field: (index: number) => string): FieldError[] {
  const seen = new Set<string>()
  return values.flatMap((value, index) => {
    if (!value) return []
    if (seen.has(value)) return [duplicate(field(index), value)]
    seen.add(value)
    return []
  })
}
