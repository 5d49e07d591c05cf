/**
 * What must be true of a StatefulSet and of a ControllerRevision, what may change in them, and what a status may say.
 * Models: pkg/apis/apps/validation/validation.go, v1.36.
 */
import { validateCountOrPercent } from './countOrPercent.ts'
import { forbidden, IMMUTABLE, invalid, invalidShown, notNegative, notSupported, required } from './fieldErrors.ts'
import { selects } from './labels.ts'
import { sameSemantically } from './semanticEquality.ts'
import type { FieldError } from './strategy.ts'
import type { Switches } from './switches.ts'
import type { ControllerRevision, RollingUpdate, StatefulSet, StatefulSetSpec, StatefulSetStatus } from './types.ts'
import { dnsLabel, dnsSubdomain } from './validationFormats.ts'
import {
  checked,
  validateAnnotations,
  validateLabels,
  validateMeta,
  validateMetaUpdate,
  validateSelector,
} from './validationMeta.ts'
import { validatePodSpec } from './validationPod.ts'
import { validateClaimSpec } from './validationStorage.ts'

type Errors = readonly FieldError[]

/** The server shows its internal fields here, not those of the API. */
const shownBlock = (block: RollingUpdate | undefined): string =>
  block === undefined
    ? 'null'
    : `{"Partition":${block.partition ?? 0},"MaxUnavailable":${JSON.stringify(block.maxUnavailable ?? null)}}`

function validateMaxUnavailable(value: number | string, field: string): FieldError[] {
  const errors = validateCountOrPercent(value, field)
  const isNone = errors.length === 0 && Number.parseInt(String(value), 10) === 0
  return isNone ? [invalidShown(field, String(value), 'cannot be 0')] : errors
}

function validateStrategy({ updateStrategy }: StatefulSetSpec): FieldError[] {
  const { type, rollingUpdate } = updateStrategy
  if (type === 'OnDelete')
    return rollingUpdate === undefined
      ? []
      : [
          invalidShown(
            'spec.updateStrategy.rollingUpdate',
            shownBlock(rollingUpdate),
            "only allowed for updateStrategy 'RollingUpdate'",
          ),
        ]
  if (type !== 'RollingUpdate')
    return [
      invalidShown(
        'spec.updateStrategy',
        `{"Type":${JSON.stringify(type)},"RollingUpdate":${shownBlock(rollingUpdate)}}`,
        "must be 'RollingUpdate' or 'OnDelete'",
      ),
    ]
  if (rollingUpdate === undefined) return []
  const field = 'spec.updateStrategy.rollingUpdate'
  return [
    ...notNegative(`${field}.partition`, rollingUpdate.partition),
    ...(rollingUpdate.maxUnavailable === undefined
      ? []
      : validateMaxUnavailable(rollingUpdate.maxUnavailable, `${field}.maxUnavailable`)),
  ]
}

function validateRetention(spec: StatefulSetSpec): FieldError[] {
  const policy = spec.persistentVolumeClaimRetentionPolicy
  return (['whenDeleted', 'whenScaled'] as const).flatMap((when) =>
    !policy || ['Retain', 'Delete'].includes(policy[when])
      ? []
      : [notSupported(`spec.persistentVolumeClaimRetentionPolicy.${when}`, policy[when], ['Retain', 'Delete'])],
  )
}

function validateTemplate(spec: StatefulSetSpec, whole: boolean): FieldError[] {
  const { template, selector } = spec
  const labels = template.metadata?.labels
  const errors: FieldError[] = []
  // A missing selector selects nothing, so it matches no template either.
  const isEmpty = selector && !selector.matchExpressions?.length && Object.keys(selector.matchLabels ?? {}).length === 0
  if (!isEmpty && !selects(selector, labels))
    errors.push(invalid('spec.template.metadata.labels', labels, '`selector` does not match template `labels`'))
  errors.push(...validateLabels(labels, 'spec.template.labels'))
  errors.push(...validateAnnotations(template.metadata?.annotations, 'spec.template.annotations'))
  if (whole) {
    const claims = (spec.volumeClaimTemplates ?? []).map(({ metadata }) => ({ name: metadata?.name }))
    // The policy has a stricter rule of its own below.
    const pod = validatePodSpec(template.spec, 'spec.template.spec', claims)
    errors.push(...pod.filter(({ field }) => field !== 'spec.template.spec.restartPolicy'))
  }
  const { restartPolicy, activeDeadlineSeconds } = template.spec as StatefulSetSpec['template']['spec'] & {
    readonly activeDeadlineSeconds?: number
  }
  if (restartPolicy !== 'Always')
    errors.push(notSupported('spec.template.spec.restartPolicy', restartPolicy, ['Always']))
  if (activeDeadlineSeconds !== undefined)
    errors.push(
      forbidden('spec.template.spec.activeDeadlineSeconds', 'activeDeadlineSeconds in StatefulSet is not Supported'),
    )
  return errors
}

function validateClaimTemplates(spec: StatefulSetSpec): FieldError[] {
  return (spec.volumeClaimTemplates ?? []).flatMap((template, index) => {
    const field = `spec.volumeClaimTemplates[${index}]`
    const name = template.metadata?.name
    return [
      ...(name ? checked(`${field}.metadata.name`, name, dnsSubdomain(name)) : [required(`${field}.metadata.name`)]),
      ...validateClaimSpec(template.spec, `${field}.spec`),
    ]
  })
}

/** The only rule here that is not the server's: a page that makes two thousand million pods stands still. */
const MOST_REPLICAS = 10_000

function validateReplicas({ replicas = 0 }: StatefulSetSpec): readonly FieldError[] {
  if (replicas <= MOST_REPLICAS) return notNegative('spec.replicas', replicas)
  return [invalid('spec.replicas', replicas, `this simulator takes at most ${MOST_REPLICAS}`)]
}

/** `before`: the stored spec of a set that is changed; parts that it keeps are not looked at again. */
function validateSpec(spec: StatefulSetSpec, before?: StatefulSetSpec): FieldError[] {
  const { podManagementPolicy: policy, selector, serviceName } = spec
  const errors: FieldError[] = []
  if (policy !== 'OrderedReady' && policy !== 'Parallel')
    errors.push(invalid('spec.podManagementPolicy', policy, "must be 'OrderedReady' or 'Parallel'"))
  errors.push(...validateStrategy(spec), ...validateRetention(spec))
  errors.push(...validateReplicas(spec))
  errors.push(...notNegative('spec.minReadySeconds', spec.minReadySeconds))
  errors.push(...notNegative('spec.ordinals.start', spec.ordinals?.start))
  if (!before && serviceName) errors.push(...checked('spec.serviceName', serviceName, dnsLabel(serviceName)))
  if (!selector) errors.push(required('spec.selector'))
  else {
    errors.push(...validateSelector(selector, 'spec.selector'))
    if (!selector.matchExpressions?.length && Object.keys(selector.matchLabels ?? {}).length === 0)
      errors.push(invalid('spec.selector', selector, 'empty selector is invalid for statefulset'))
  }
  errors.push(...validateTemplate(spec, !before || before.template !== spec.template))
  if (!before) errors.push(...validateClaimTemplates(spec))
  return errors
}

export const validateStatefulSet = (set: StatefulSet): Errors => [
  ...validateMeta(set, dnsLabel),
  ...validateSpec(set.spec),
]

/** In the order in which the refusal names them. */
const CHANGEABLE = [
  'replicas',
  'ordinals',
  'template',
  'updateStrategy',
  'revisionHistoryLimit',
  'persistentVolumeClaimRetentionPolicy',
  'minReadySeconds',
] as const satisfies readonly (keyof StatefulSetSpec)[]

type Freedoms = Pick<Switches, 'historyLimitIsMutable'>

const changeable = ({ historyLimitIsMutable }: Freedoms) =>
  CHANGEABLE.filter((field) => field !== 'revisionHistoryLimit' || historyLimitIsMutable)

/** `'a', 'b' and 'c'`. */
const enumerated = (fields: readonly string[]): string =>
  fields
    .map((field) => `'${field}'`)
    .join(', ')
    .replace(/, (?=[^,]*$)/, ' and ')

export function validateStatefulSetUpdate(set: StatefulSet, previous: StatefulSet, freedoms: Freedoms): Errors {
  const errors = validateMetaUpdate(set.metadata, previous.metadata)
  if (set.spec === previous.spec) return errors
  errors.push(...validateSpec(set.spec, previous.spec))
  const free = changeable(freedoms)
  const hidden = Object.fromEntries(free.map((field) => [field, undefined]))
  if (!sameSemantically({ ...set.spec, ...hidden }, { ...previous.spec, ...hidden }))
    errors.push(
      forbidden('spec', `updates to statefulset spec for fields other than ${enumerated(free)} are forbidden`),
    )
  return errors
}

const COUNTERS = ['replicas', 'readyReplicas', 'currentReplicas', 'updatedReplicas', 'availableReplicas'] as const

export function validateStatefulSetStatus(status: StatefulSetStatus, previous: StatefulSetStatus): Errors {
  const errors: FieldError[] = []
  for (const counter of COUNTERS) errors.push(...notNegative(`status.${counter}`, status[counter]))
  errors.push(...notNegative('status.observedGeneration', status.observedGeneration))
  errors.push(...notNegative('status.collisionCount', status.collisionCount))
  for (const counter of COUNTERS)
    if ((status[counter] ?? 0) > status.replicas)
      errors.push(invalid(`status.${counter}`, status[counter], 'cannot be greater than status.replicas'))
  if ((status.availableReplicas ?? 0) > (status.readyReplicas ?? 0))
    errors.push(
      invalid('status.availableReplicas', status.availableReplicas, 'cannot be greater than status.readyReplicas'),
    )
  if ((status.collisionCount ?? 0) < (previous.collisionCount ?? 0))
    errors.push(invalid('status.collisionCount', status.collisionCount ?? 0, 'cannot be decremented'))
  return errors
}

export const validateRevision = (revision: ControllerRevision): Errors => [
  ...validateMeta(revision, dnsSubdomain),
  ...(revision.data === undefined ? [required('data', 'data is mandatory')] : []),
  ...notNegative('revision', revision.revision),
]

export const validateRevisionUpdate = (revision: ControllerRevision, previous: ControllerRevision): Errors => [
  ...validateMetaUpdate(revision.metadata, previous.metadata),
  ...notNegative('revision', revision.revision),
  ...(sameSemantically(revision.data, previous.data) ? [] : [invalid('data', revision.data, IMMUTABLE)]),
]
