/**
 * How a ResourceQuota is stored: which names of resources, amounts and scopes are refused, and that scopes never change.
 * Models: pkg/registry/core/resourcequota/strategy.go, ValidateResourceQuota in pkg/apis/core/validation, v1.36.
 */
import { IMMUTABLE, invalid, invalidShown, NOT_NEGATIVE, required, sortedJson } from './fieldErrors.ts'
import { put } from './fill.ts'
import { canonicalList, parseQuantity } from './quantity.ts'
import { withStatusDoor } from './strategiesPlain.ts'
import type { FieldError, Strategy } from './strategy.ts'
import type { ResourceQuota, ResourceQuotaSpec } from './types.ts'
import { dnsSubdomain, qualifiedName } from './validationFormats.ts'
import { checked, validateMeta, validateMetaUpdate } from './validationMeta.ts'

const COUNTED =
  'pods services replicationcontrollers resourcequotas secrets configmaps persistentvolumeclaims services.nodeports services.loadbalancers'.split(
    ' ',
  )
const COMPUTE =
  'cpu memory ephemeral-storage requests.cpu requests.memory requests.ephemeral-storage requests.storage limits.cpu limits.memory limits.ephemeral-storage'.split(
    ' ',
  )
const HUGE_PAGES = /^(?:requests\.)?hugepages-/

const isStandard = (resource: string): boolean =>
  COUNTED.includes(resource) || COMPUTE.includes(resource) || HUGE_PAGES.test(resource)

type ScopeExpression = NonNullable<NonNullable<ResourceQuotaSpec['scopeSelector']>['matchExpressions']>[number]

/** Names without a slash are those of Kubernetes itself: `pods`; others belong to somebody: `example.com/gpu`. */
function validateResource(resource: string, field: string): FieldError[] {
  const named = checked(field, resource, qualifiedName(resource))
  if (resource.includes('/') || isStandard(resource)) return named
  return [
    ...named,
    // Known, but a resource of claims.
    ...(resource === 'storage'
      ? []
      : [invalid(field, resource, 'must be a standard resource type or fully qualified')]),
    invalid(field, resource, 'must be a standard resource for quota'),
  ]
}

/** What there can be no half of; resources of other domains are taken to be such. */
const isIndivisible = (resource: string): boolean =>
  COUNTED.includes(resource) ||
  (resource.includes('/') && !resource.includes('kubernetes.io/') && !resource.startsWith('requests.'))

function validateAmount(resource: string, text: string, field: string): FieldError[] {
  const nanos = parseQuantity(text)?.nanos ?? 0n
  return [
    ...(nanos < 0n ? [invalid(field, text, NOT_NEGATIVE)] : []),
    ...(isIndivisible(resource) && nanos % 1_000_000_000n !== 0n ? [invalid(field, text, 'must be an integer')] : []),
  ]
}

/** Scope → what a quota of that scope may limit. */
const OF_PODS = /^(?:pods|(?:(?:requests|limits)\.)?(?:cpu|memory))$/
const SCOPES: Readonly<Record<string, RegExp>> = {
  BestEffort: /^pods$/,
  CrossNamespacePodAffinity: OF_PODS,
  NotBestEffort: OF_PODS,
  NotTerminating: OF_PODS,
  PriorityClass: OF_PODS,
  Terminating: OF_PODS,
  VolumeAttributesClass: /^(?:persistentvolumeclaims|requests\.storage)$/,
}
const isScope = (scope: string): boolean => Object.hasOwn(SCOPES, scope)

const CONFLICTS = [
  ['BestEffort', 'NotBestEffort'],
  ['Terminating', 'NotTerminating'],
] as const

/** Where scopes stand, and what is shown as their value. */
interface ScopesAt {
  readonly path: string
  readonly shown: string
}

function validateScope(scope: string, hard: readonly string[], { path, shown }: ScopesAt): FieldError[] {
  const limits = isScope(scope) ? SCOPES[scope] : undefined
  const foreign = limits ? hard.filter((resource) => isStandard(resource) && !limits.test(resource)) : []
  return foreign.map(() => invalidShown(path, shown, 'unsupported scope applied to resource'))
}

function validateConflicts(scopes: readonly string[], { path }: ScopesAt, listed: unknown): FieldError[] {
  const conflicts = CONFLICTS.filter((pair) => pair.every((scope) => scopes.includes(scope)))
  return conflicts.map(() => invalid(path, listed, 'conflicting scopes'))
}

function validateScopes({ hard = {}, scopes = [] }: ResourceQuotaSpec): FieldError[] {
  const at = { path: 'spec.scopes', shown: sortedJson(scopes) }
  return [
    ...scopes.flatMap((scope) => [
      ...(isScope(scope) ? [] : [invalid(at.path, scopes, 'unsupported scope')]),
      ...validateScope(scope, Object.keys(hard), at),
    ]),
    ...validateConflicts(scopes, at, scopes),
  ]
}

const WITH_VALUES = ['In', 'NotIn']
const WITHOUT_VALUES = ['Exists', 'DoesNotExist']
const OF_CLASSES = ['PriorityClass', 'VolumeAttributesClass']

function validateExpression({ scopeName, operator, values = [] }: ScopeExpression, path: string): FieldError[] {
  const errors: FieldError[] = []
  if (isScope(scopeName) && !OF_CLASSES.includes(scopeName) && operator !== 'Exists') {
    const those =
      'ResourceQuotaScopeTerminating, ResourceQuotaScopeNotTerminating, ResourceQuotaScopeBestEffort, ResourceQuotaScopeNotBestEffort or ResourceQuotaScopeCrossNamespacePodAffinity'
    errors.push(invalid(`${path}.operator`, operator, `must be 'Exist' only operator when scope is any of ${those}`))
  }
  if (WITH_VALUES.includes(operator)) {
    const needed = "must be at least one value when `operator` is 'In' or 'NotIn' for scope selector"
    return values.length > 0 ? errors : [...errors, required(`${path}.values`, needed)]
  }
  if (!WITHOUT_VALUES.includes(operator))
    return [...errors, invalid(`${path}.operator`, operator, 'not a valid selector operator')]
  const none = "must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope selector"
  return values.length === 0 ? errors : [...errors, invalid(`${path}.values`, values, none)]
}

/** The server shows its internal fields here, not those of the API. */
const shownSelector = (expressions: readonly ScopeExpression[]): string =>
  `{"MatchExpressions":[${expressions
    .map(({ scopeName, operator, values = null }) =>
      JSON.stringify({ ScopeName: scopeName, Operator: operator, Values: values }),
    )
    .join(',')}]}`

function validateScopeSelector({ hard = {}, scopes, scopeSelector }: ResourceQuotaSpec): FieldError[] {
  const expressions = scopeSelector?.matchExpressions ?? []
  const at = { path: 'spec.scopeSelector.matchExpressions', shown: shownSelector(expressions) }
  const names = expressions.map(({ scopeName }) => scopeName)
  return [
    ...expressions.flatMap((expression) => [
      ...(isScope(expression.scopeName)
        ? []
        : [invalid(`${at.path}.scopeName`, expression.scopeName, 'unsupported scope')]),
      ...validateScope(expression.scopeName, Object.keys(hard), at),
      ...validateExpression(expression, at.path),
    ]),
    ...validateConflicts(names, at, scopes),
  ]
}

function validateSpec(spec: ResourceQuotaSpec): FieldError[] {
  const { hard = {} } = spec
  const resources = Object.keys(hard)
  return [
    ...resources.sort().flatMap((resource) => {
      const field = `spec.hard[${resource}]`
      return [...validateResource(resource, field), ...validateAmount(resource, hard[resource] as string, field)]
    }),
    ...validateScopes(spec),
    ...validateScopeSelector(spec),
  ]
}

const setOf = (scopes: readonly string[] = []): string => [...new Set(scopes)].sort().join(',')

/** How much there may be can change; whom the quota counts can not. */
const validateScopesKept = ({ scopes }: ResourceQuotaSpec, before: ResourceQuotaSpec): FieldError[] =>
  setOf(scopes) === setOf(before.scopes) ? [] : [invalid('spec.scopes', scopes, IMMUTABLE)]

const stored = (given: ResourceQuota): ResourceQuota => {
  const spec = given.spec ?? {}
  return put(given, 'spec', spec.hard ? put(spec, 'hard', canonicalList(spec.hard)) : spec)
}

export const quotaStrategy: Strategy<ResourceQuota> = {
  prepareForCreate: (given) => ({ ...stored(given), status: {} }),
  validateCreate: (quota) => [...validateMeta(quota, dnsSubdomain), ...validateSpec(quota.spec)],
  prepareForUpdate: (given, previous, part) => withStatusDoor(stored(given), previous, part),
  validateUpdate: (quota, previous, part) =>
    part === 'status'
      ? []
      : [
          ...validateMetaUpdate(quota.metadata, previous.metadata),
          ...validateSpec(quota.spec),
          ...validateScopesKept(quota.spec, previous.spec),
        ],
}
