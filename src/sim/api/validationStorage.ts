/**
 * What must be true of claims, volumes and storage classes, and what may change in them.
 * Leaves out: sources of volumes except local ones and folders of nodes, snapshots, classes of volume attributes.
 * Models: pkg/apis/core/validation/validation.go, pkg/apis/storage/validation/validation.go,
 * plugin/pkg/admission/storage/persistentvolume/resize, v1.36.
 */
import { BETA_CLASS_ANNOTATION, classNameOf } from './defaultsStorage.ts'
import { forbidden, IMMUTABLE, invalid, notSupported, required } from './fieldErrors.ts'
import { compareQuantities, parseQuantity, QUANTITY_ERROR } from './quantity.ts'
import { sameSemantically } from './semanticEquality.ts'
import type { FieldError, StrategyContext } from './strategy.ts'
import type { ClaimSpec, PersistentVolume, PersistentVolumeClaim, StorageClass } from './types.ts'
import { dnsSubdomain } from './validationFormats.ts'
import { checked, validateMeta, validateMetaUpdate, validateSelector } from './validationMeta.ts'
import { validateNodeSelector } from './validationPlacement.ts'

type Errors = readonly FieldError[]

const ACCESS_MODES = ['ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOnce', 'ReadWriteOncePod']
const VOLUME_MODES = ['Block', 'Filesystem']

const validateModes = (modes: readonly string[], field: string): FieldError[] => {
  const errors = modes
    .filter((mode) => !ACCESS_MODES.includes(mode))
    .map((mode) => notSupported(field, mode, ACCESS_MODES))
  if (modes.length > 1 && modes.includes('ReadWriteOncePod'))
    errors.push(forbidden(field, 'may not use ReadWriteOncePod with other access modes'))
  return errors
}

function validateSize(size: string | undefined, field: string): FieldError[] {
  if (size === undefined) return [required(field)]
  const quantity = parseQuantity(size)
  if (!quantity) return [invalid(field, size, QUANTITY_ERROR)]
  return quantity.nanos > 0n ? [] : [invalid(field, size, 'must be greater than zero')]
}

const validateMode = (mode: string | undefined, field: string): FieldError[] =>
  mode === undefined || VOLUME_MODES.includes(mode) ? [] : [notSupported(field, mode, VOLUME_MODES)]

export function validateClaimSpec(spec: ClaimSpec, field: string): FieldError[] {
  const modes = spec.accessModes ?? []
  const errors: FieldError[] = []
  if (modes.length === 0) errors.push(required(`${field}.accessModes`, 'at least 1 access mode is required'))
  errors.push(...validateModes(modes, `${field}.accessModes`))
  errors.push(...validateSize(spec.resources?.requests?.storage, `${field}.resources[storage]`))
  if (spec.storageClassName)
    errors.push(...checked(`${field}.storageClassName`, spec.storageClassName, dnsSubdomain(spec.storageClassName)))
  errors.push(...validateMode(spec.volumeMode, `${field}.volumeMode`))
  if (spec.selector) errors.push(...validateSelector(spec.selector, `${field}.selector`))
  return errors
}

export const validateClaim = (claim: PersistentVolumeClaim): Errors => [
  ...validateMeta(claim, dnsSubdomain),
  ...validateClaimSpec(claim.spec, 'spec'),
]

const sizeOf = (claim: PersistentVolumeClaim): string => claim.spec.resources?.requests?.storage ?? '0'

/** A claim is bound once and asks for a class once; all else stays. */
export function validateClaimUpdate(claim: PersistentVolumeClaim, previous: PersistentVolumeClaim): Errors {
  const errors = validateMetaUpdate(claim.metadata, previous.metadata)
  const annotation = claim.metadata.annotations?.[BETA_CLASS_ANNOTATION]
  if (annotation !== previous.metadata.annotations?.[BETA_CLASS_ANNOTATION])
    errors.push(invalid(`metadata.annotations[${BETA_CLASS_ANNOTATION}]`, annotation ?? '', IMMUTABLE))
  const { spec } = claim
  if (spec === previous.spec) return errors
  errors.push(...validateClaimSpec(spec, 'spec'))
  const bound = previous.status.phase === 'Bound'
  const before = {
    ...previous.spec,
    ...(!previous.spec.volumeName && { volumeName: spec.volumeName }),
    ...(previous.spec.storageClassName === undefined && { storageClassName: spec.storageClassName }),
    ...(bound && { resources: spec.resources }),
  }
  if (!sameSemantically(spec, before))
    errors.push(
      forbidden(
        'spec',
        'spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims',
      ),
    )
  const growth = compareQuantities(sizeOf(claim), sizeOf(previous))
  const size = 'spec.resources.requests.storage'
  if (growth < 0 && compareQuantities(sizeOf(claim), previous.status.capacity?.storage ?? '0') <= 0)
    errors.push(forbidden(size, 'field can not be less than status.capacity'))
  return errors
}

/** Why admission does not let a claim ask for more; undefined when it asks for no more, or may. */
export function growthRefusal(
  claim: PersistentVolumeClaim,
  previous: PersistentVolumeClaim,
  context: StrategyContext,
): string | undefined {
  if (claim.spec === previous.spec || compareQuantities(sizeOf(claim), sizeOf(previous)) <= 0) return undefined
  if (previous.status.phase !== 'Bound') return 'Only bound persistent volume claims can be expanded'
  const className = classNameOf(claim) ?? ''
  const mayGrow =
    className === (classNameOf(previous) ?? '') &&
    context.get('StorageClass', undefined, className)?.allowVolumeExpansion === true
  return mayGrow
    ? undefined
    : 'only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize'
}

export function validateVolume(volume: PersistentVolume): Errors {
  const { spec } = volume
  const errors = validateMeta(volume, dnsSubdomain)
  if ((spec.accessModes ?? []).length === 0) errors.push(required('spec.accessModes'))
  errors.push(...validateModes(spec.accessModes ?? [], 'spec.accessModes'))
  errors.push(
    ...(spec.capacity ? validateSize(spec.capacity.storage, 'spec.capacity[storage]') : [required('spec.capacity')]),
  )
  const policy = spec.persistentVolumeReclaimPolicy
  if (policy !== undefined && !['Delete', 'Recycle', 'Retain'].includes(policy))
    errors.push(notSupported('spec.persistentVolumeReclaimPolicy', policy, ['Delete', 'Recycle', 'Retain']))
  if (spec.storageClassName)
    errors.push(...checked('spec.storageClassName', spec.storageClassName, dnsSubdomain(spec.storageClassName)))
  errors.push(...validateMode(spec.volumeMode, 'spec.volumeMode'), ...validateReach(spec))
  return errors
}

/** Where the volume is, and the nodes that reach it. */
function validateReach({ local, hostPath, nodeAffinity }: PersistentVolume['spec']): FieldError[] {
  const errors: FieldError[] = []
  if (hostPath && local) errors.push(forbidden('spec.local', 'may not specify more than 1 volume type'))
  if (hostPath && !hostPath.path) errors.push(required('spec.hostPath.path'))
  if (local) {
    if (!local.path) errors.push(required('spec.local.path'))
    if (!nodeAffinity?.required) errors.push(required('spec.nodeAffinity', 'Local volume requires node affinity'))
  }
  if (!nodeAffinity) return errors
  return nodeAffinity.required
    ? [...errors, ...validateNodeSelector(nodeAffinity.required, 'spec.nodeAffinity.required')]
    : [...errors, required('spec.nodeAffinity.required', 'must specify required node constraints')]
}

/** A volume stays what and where it is. */
export function validateVolumeUpdate(volume: PersistentVolume, previous: PersistentVolume): Errors {
  const errors = [...validateMetaUpdate(volume.metadata, previous.metadata), ...validateVolume(volume)]
  const { spec } = volume
  const before = previous.spec
  if (!sameSemantically([spec.local, spec.hostPath], [before.local, before.hostPath]))
    errors.push(forbidden('spec.persistentvolumesource', 'spec.persistentvolumesource is immutable after creation'))
  if (before.volumeMode !== spec.volumeMode) errors.push(invalid('spec.volumeMode', spec.volumeMode, IMMUTABLE))
  if (before.nodeAffinity && !sameSemantically(spec.nodeAffinity, before.nodeAffinity))
    errors.push(
      invalid('spec.nodeAffinity', spec.nodeAffinity, `${IMMUTABLE}, except for updating from beta label to GA`),
    )
  return errors
}

export function validateStorageClass(storageClass: StorageClass): Errors {
  const { provisioner, reclaimPolicy, volumeBindingMode } = storageClass
  const errors = validateMeta(storageClass, dnsSubdomain)
  if (!provisioner) errors.push(required('provisioner'))
  if (reclaimPolicy !== 'Delete' && reclaimPolicy !== 'Retain')
    errors.push(notSupported('reclaimPolicy', reclaimPolicy, ['Delete', 'Retain']))
  if (volumeBindingMode !== 'Immediate' && volumeBindingMode !== 'WaitForFirstConsumer')
    errors.push(notSupported('volumeBindingMode', volumeBindingMode, ['Immediate', 'WaitForFirstConsumer']))
  return errors
}

export function validateStorageClassUpdate(after: StorageClass, before: StorageClass): Errors {
  const errors = validateMetaUpdate(after.metadata, before.metadata)
  const parameters = (storageClass: StorageClass) => (storageClass as { parameters?: unknown }).parameters
  if (!sameSemantically(parameters(after), parameters(before)))
    errors.push(forbidden('parameters', 'updates to parameters are forbidden.'))
  if (after.provisioner !== before.provisioner)
    errors.push(forbidden('provisioner', 'updates to provisioner are forbidden.'))
  if (after.reclaimPolicy !== before.reclaimPolicy)
    errors.push(forbidden('reclaimPolicy', 'updates to reclaimPolicy are forbidden.'))
  if (after.volumeBindingMode !== before.volumeBindingMode)
    errors.push(invalid('volumeBindingMode', after.volumeBindingMode, IMMUTABLE))
  return errors
}
