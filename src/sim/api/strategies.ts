/**
 * How each kind is stored: what is filled in, what is refused, what an update may touch. One strategy per kind; the
 * generic server in `kernel/` drives them. Status has a door of its own: a write of the spec keeps the stored status.
 * Models: pkg/registry/{apps,core,storage,discovery}/<kind>/strategy.go, v1.36.
 */

import { familiesOf } from './addresses.ts'
import { budgetStrategy } from './budgetStrategy.ts'
import { admitPodSpec, admitUpdatedSpec, qosClassOf } from './defaultsPod.ts'
import { allocate, allocationErrors, defaultServiceSpec } from './defaultsService.ts'
import { storedStatefulSet } from './defaultsStatefulSet.ts'
import {
  admitClaim,
  CLAIM_PROTECTION,
  defaultClaimSpec,
  defaultStorageClass,
  defaultVolume,
  VOLUME_PROTECTION,
  withFinalizer,
} from './defaultsStorage.ts'
import { withoutDisabledFields } from './disabledFields.ts'
import { joined, put } from './fill.ts'
import { quotaStrategy } from './quotaStrategy.ts'
import { sameSemantically } from './semanticEquality.ts'
import { familyErrors } from './serviceFamilies.ts'
import { plainStrategies, withStatusDoor } from './strategiesPlain.ts'
import type { FieldError, Strategies, Strategy, StrategyContext } from './strategy.ts'
import { switchesOf } from './switches.ts'
import type {
  ControllerRevision,
  PersistentVolume,
  PersistentVolumeClaim,
  Pod,
  Service,
  StatefulSet,
  StorageClass,
} from './types.ts'
import { validateMetaUpdate } from './validationMeta.ts'
import { validatePod, validatePodUpdate } from './validationPod.ts'
import { validateService, validateServiceUpdate } from './validationService.ts'
import {
  validateRevision,
  validateRevisionUpdate,
  validateStatefulSet,
  validateStatefulSetStatus,
  validateStatefulSetUpdate,
} from './validationStatefulSet.ts'
import {
  growthRefusal,
  validateClaim,
  validateClaimUpdate,
  validateStorageClass,
  validateStorageClassUpdate,
  validateVolume,
  validateVolumeUpdate,
} from './validationStorage.ts'

const nextGeneration = <T extends StatefulSet | Pod>(object: T, previous: T): T => ({
  ...object,
  metadata: { ...object.metadata, generation: (previous.metadata.generation ?? 0) + 1 },
})

const statefulSet: Strategy<StatefulSet> = {
  prepareForCreate(given, { settings }) {
    const switches = switchesOf(settings)
    const set = withoutDisabledFields(storedStatefulSet(given, switches), undefined, switches)
    return joined(set, {
      metadata: joined(set.metadata, { generation: 1 }),
      status: { replicas: 0, availableReplicas: 0 },
    })
  },
  validateCreate: validateStatefulSet,
  prepareForUpdate(given, previous, part, { settings }) {
    if (part === 'status') return withStatusDoor(given, previous, part)
    if (given.spec === previous.spec) return put(given, 'status', previous.status)
    const switches = switchesOf(settings)
    const set = withoutDisabledFields(storedStatefulSet(given, switches), previous, switches)
    const kept = put(set, 'status', previous.status)
    return sameSemantically(set.spec, previous.spec) ? put(kept, 'spec', previous.spec) : nextGeneration(kept, previous)
  },
  validateUpdate: (set, previous, part, { settings }) =>
    part === 'status'
      ? validateStatefulSetStatus(set.status, previous.status)
      : validateStatefulSetUpdate(set, previous, switchesOf(settings)),
}

const controllerRevision: Strategy<ControllerRevision> = {
  prepareForCreate: (revision) => revision,
  validateCreate: validateRevision,
  prepareForUpdate: (revision) => revision,
  validateUpdate: validateRevisionUpdate,
}

const DEFAULT_GRACE_SECONDS = 30

const pod: Strategy<Pod> = {
  prepareForCreate(given) {
    const spec = admitPodSpec(given.spec ?? {})
    const admitted = { ...given, spec, metadata: joined(given.metadata, { generation: 1 }) }
    return { ...admitted, status: { phase: 'Pending', qosClass: qosClassOf(admitted) } as Pod['status'] }
  },
  validateCreate: validatePod,
  prepareForUpdate(given, previous, part) {
    if (part === 'status') return withStatusDoor(given, previous, part)
    if (given.spec === previous.spec) return put(given, 'status', previous.status)
    // A binding is one write: the node's name and the condition that says so.
    const bound = !previous.spec.nodeName && given.spec.nodeName
    const next = put(
      put(given, 'spec', admitUpdatedSpec(given.spec ?? {})),
      'status',
      bound ? given.status : previous.status,
    )
    return bound || sameSemantically(next.spec, previous.spec) ? next : nextGeneration(next, previous)
  },
  validateUpdate: (object, previous, part) => (part === 'status' ? [] : validatePodUpdate(object, previous)),
  graceSeconds(object, requested) {
    const { phase } = object.status
    if (!object.spec.nodeName || phase === 'Failed' || phase === 'Succeeded') return 0
    const grace = requested ?? object.spec.terminationGracePeriodSeconds ?? DEFAULT_GRACE_SECONDS
    return grace < 0 ? 1 : grace
  },
}

const claim: Strategy<PersistentVolumeClaim> = {
  prepareForCreate(given, context) {
    const admitted = admitClaim(given, context)
    const metadata = withFinalizer(admitted.metadata, CLAIM_PROTECTION)
    return joined(admitted, { metadata, status: { phase: 'Pending' } as const })
  },
  validateCreate: validateClaim,
  prepareForUpdate: (given, previous, part) =>
    withStatusDoor(put(given, 'spec', defaultClaimSpec(given.spec ?? {})), previous, part),
  validateUpdate: (object, previous, part) => (part === 'status' ? [] : validateClaimUpdate(object, previous)),
  forbidsUpdate: growthRefusal,
}

const volume: Strategy<PersistentVolume> = {
  prepareForCreate(given) {
    const metadata = withFinalizer(given.metadata, VOLUME_PROTECTION)
    return joined(defaultVolume(given), { metadata, status: { phase: 'Pending' } as const })
  },
  validateCreate: validateVolume,
  prepareForUpdate: (given, previous, part) => withStatusDoor(defaultVolume(given), previous, part),
  validateUpdate: (object, previous, part) =>
    part === 'status' || object.spec === previous.spec
      ? validateMetaUpdate(object.metadata, previous.metadata)
      : validateVolumeUpdate(object, previous),
}

const storageClass: Strategy<StorageClass> = {
  prepareForCreate: defaultStorageClass,
  validateCreate: validateStorageClass,
  prepareForUpdate: defaultStorageClass,
  validateUpdate: validateStorageClassUpdate,
}

/** First its families, then it by itself; what is sound may still ask for an address or a port that is taken. */
function serviceErrors(
  object: Service,
  previous: Service | undefined,
  context: StrategyContext,
): readonly FieldError[] {
  const families = familyErrors(object.spec, previous?.spec, familiesOf(context.settings))
  if (families.length > 0) return families
  const errors = previous ? validateServiceUpdate(object, previous) : validateService(object)
  return errors.length > 0 ? errors : allocationErrors(object, context)
}

const service: Strategy<Service> = {
  prepareForCreate: (given, context) => ({
    ...given,
    spec: allocate(defaultServiceSpec(given.spec ?? {}), undefined, context),
    status: { loadBalancer: {} },
  }),
  validateCreate: (object, context) => serviceErrors(object, undefined, context),
  prepareForUpdate: (given, previous, part, context) =>
    withStatusDoor(
      given.spec === previous.spec
        ? given
        : { ...given, spec: allocate(defaultServiceSpec(given.spec ?? {}), previous.spec, context) },
      previous,
      part,
    ),
  validateUpdate: (object, previous, part, context) =>
    part === 'status' ? [] : serviceErrors(object, previous, context),
}

export const strategies: Strategies = {
  ...plainStrategies,
  StatefulSet: statefulSet,
  ControllerRevision: controllerRevision,
  Pod: pod,
  ResourceQuota: quotaStrategy,
  PodDisruptionBudget: budgetStrategy,
  PersistentVolumeClaim: claim,
  PersistentVolume: volume,
  StorageClass: storageClass,
  Service: service,
}
