/**
 * What must be true of rules about where pods go: affinity to nodes and to pods, spread over topologies, and the nodes that
 * reach a volume. Leaves out warnings about labels that are deprecated.
 * Models: pkg/apis/core/validation/validation.go (validateAffinity, validateTopologySpreadConstraints), v1.36.
 */
import { duplicate, forbidden, invalid, notSupported, required } from './fieldErrors.ts'
import type {
  Affinity,
  NodeSelector,
  NodeSelectorRequirement,
  NodeSelectorTerm,
  PodAffinity,
  PodAffinityTerm,
  TopologySpreadConstraint,
} from './placementTypes.ts'
import type { FieldError } from './strategy.ts'
import type { PodSpec } from './types.ts'
import { dnsLabel, qualifiedName } from './validationFormats.ts'
import { checked, validateSelector } from './validationMeta.ts'

type Errors = readonly FieldError[]

const BAD_OPERATOR = 'not a valid selector operator'

const validateKey = (key: string | undefined, field: string): Errors =>
  checked(field, key ?? '', qualifiedName(key ?? ''))

function validateRequirement({ key, operator, values = [] }: NodeSelectorRequirement, field: string): FieldError[] {
  const errors: FieldError[] = []
  switch (operator) {
    case 'In':
    case 'NotIn':
      if (values.length === 0)
        errors.push(required(`${field}.values`, "must be specified when `operator` is 'In' or 'NotIn'"))
      break
    case 'Exists':
    case 'DoesNotExist':
      if (values.length > 0)
        errors.push(forbidden(`${field}.values`, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"))
      break
    case 'Gt':
    case 'Lt':
      if (values.length !== 1)
        errors.push(required(`${field}.values`, "must be specified single value when `operator` is 'Lt' or 'Gt'"))
      break
    default:
      errors.push(invalid(`${field}.operator`, operator ?? '', BAD_OPERATOR))
  }
  return [...errors, ...validateKey(key, `${field}.key`)]
}

function validateFieldRequirement(
  { key, operator, values = [] }: NodeSelectorRequirement,
  field: string,
): FieldError[] {
  const errors: FieldError[] = []
  if (operator !== 'In' && operator !== 'NotIn') errors.push(invalid(`${field}.operator`, operator ?? '', BAD_OPERATOR))
  else if (values.length !== 1)
    errors.push(
      required(`${field}.values`, "must be only one value when `operator` is 'In' or 'NotIn' for node field selector"),
    )
  if (key !== 'metadata.name') errors.push(invalid(`${field}.key`, key ?? '', 'not a valid field selector key'))
  return errors
}

const validateTerm = ({ matchExpressions = [], matchFields = [] }: NodeSelectorTerm, field: string): Errors => [
  ...matchExpressions.flatMap((part, index) => validateRequirement(part, `${field}.matchExpressions[${index}]`)),
  ...matchFields.flatMap((part, index) => validateFieldRequirement(part, `${field}.matchFields[${index}]`)),
]

export function validateNodeSelector({ nodeSelectorTerms: terms = [] }: Partial<NodeSelector>, field: string): Errors {
  const at = `${field}.nodeSelectorTerms`
  return terms.length === 0
    ? [required(at, 'must have at least one node selector term')]
    : terms.flatMap((term, index) => validateTerm(term, `${at}[${index}]`))
}

const validateWeight = (weight: number | undefined, field: string): Errors =>
  weight !== undefined && weight >= 1 && weight <= 100
    ? []
    : [invalid(`${field}.weight`, weight ?? 0, 'must be in the range 1-100')]

const validateTopologyKey = (key: string | undefined, field: string): Errors =>
  key ? validateKey(key, field) : [required(field, 'can not be empty')]

const validatePodTerm = (term: PodAffinityTerm, field: string): Errors => [
  ...(term.labelSelector ? validateSelector(term.labelSelector, `${field}.labelSelector`) : []),
  ...(term.namespaceSelector ? validateSelector(term.namespaceSelector, `${field}.namespaceSelector`) : []),
  ...(term.namespaces ?? []).flatMap((name) => checked(`${field}.namespace`, name, dnsLabel(name))),
  ...validateTopologyKey(term.topologyKey, `${field}.topologyKey`),
]

const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution'
const PREFERRED = 'preferredDuringSchedulingIgnoredDuringExecution'

const validatePodAffinity = (affinity: PodAffinity, field: string): Errors => [
  ...(affinity[REQUIRED] ?? []).flatMap((term, index) => validatePodTerm(term, `${field}.${REQUIRED}[${index}]`)),
  ...(affinity[PREFERRED] ?? []).flatMap(({ weight, podAffinityTerm }, index) => {
    const at = `${field}.${PREFERRED}[${index}]`
    return [
      ...validateWeight(weight, at),
      ...validatePodTerm(podAffinityTerm ?? ({} as PodAffinityTerm), `${at}.podAffinityTerm`),
    ]
  }),
]

function validateAffinity({ nodeAffinity, podAffinity, podAntiAffinity }: Affinity, field: string): Errors {
  const ofNode = `${field}.nodeAffinity`
  const wanted = nodeAffinity?.[REQUIRED]
  return [
    ...(wanted ? validateNodeSelector(wanted, `${ofNode}.${REQUIRED}`) : []),
    ...(nodeAffinity?.[PREFERRED] ?? []).flatMap(({ weight, preference }, index) => {
      const at = `${ofNode}.${PREFERRED}[${index}]`
      return [...validateWeight(weight, at), ...validateTerm(preference ?? {}, `${at}.preference`)]
    }),
    ...(podAffinity ? validatePodAffinity(podAffinity, `${field}.podAffinity`) : []),
    ...(podAntiAffinity ? validatePodAffinity(podAntiAffinity, `${field}.podAntiAffinity`) : []),
  ]
}

const WAYS = ['DoNotSchedule', 'ScheduleAnyway']
const POLICIES = ['Honor', 'Ignore']
const POSITIVE = 'must be greater than zero'

function validateSpread(constraint: TopologySpreadConstraint, field: string): FieldError[] {
  const { maxSkew = 0, topologyKey, whenUnsatisfiable, minDomains, labelSelector, matchLabelKeys } = constraint
  const errors: FieldError[] = []
  if (maxSkew <= 0) errors.push(invalid(`${field}.maxSkew`, maxSkew, POSITIVE))
  errors.push(...validateTopologyKey(topologyKey, `${field}.topologyKey`))
  if (!WAYS.includes(whenUnsatisfiable))
    errors.push(notSupported(`${field}.whenUnsatisfiable`, whenUnsatisfiable ?? '', WAYS))
  if (minDomains !== undefined) {
    if (minDomains <= 0) errors.push(invalid(`${field}.minDomains`, minDomains, POSITIVE))
    if (whenUnsatisfiable !== 'DoNotSchedule') {
      const why = `can only use minDomains if whenUnsatisfiable=DoNotSchedule, not ${whenUnsatisfiable}`
      errors.push(invalid(`${field}.minDomains`, minDomains, why))
    }
  }
  for (const name of ['nodeAffinityPolicy', 'nodeTaintsPolicy'] as const) {
    const policy = constraint[name]
    if (policy !== undefined && !POLICIES.includes(policy))
      errors.push(notSupported(`${field}.${name}`, policy, POLICIES))
  }
  if (matchLabelKeys?.length && !labelSelector)
    errors.push(forbidden(`${field}.matchLabelKeys`, 'must not be specified when labelSelector is not set'))
  if (labelSelector) errors.push(...validateSelector(labelSelector, `${field}.labelSelector`))
  return errors
}

/** The rules of a pod about where it goes. */
export function validatePlacement({ affinity, topologySpreadConstraints = [] }: PodSpec, field: string): Errors {
  const pairs = topologySpreadConstraints.map(
    ({ topologyKey, whenUnsatisfiable }) => `{${topologyKey}, ${whenUnsatisfiable}}`,
  )
  return [
    ...(affinity ? validateAffinity(affinity, `${field}.affinity`) : []),
    ...topologySpreadConstraints.flatMap((constraint, index) => {
      const at = `${field}.topologySpreadConstraints[${index}]`
      const again = pairs.indexOf(pairs[index] as string) < index
      return [
        ...validateSpread(constraint, at),
        ...(again ? [duplicate(`${at}.{topologyKey, whenUnsatisfiable}`, pairs[index])] : []),
      ]
    }),
  ]
}
