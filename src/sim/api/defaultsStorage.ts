/**
 * What the API server fills into claims, volumes and classes, and which class a claim asks for.
 * Models: pkg/apis/{core,storage}/v1/defaults.go, plugin/pkg/admission/storage/{storageclass/setdefault,storageobjectinuseprotection},
 * pkg/volume/util/storageclass.go, v1.36.
 */
import { fill, joined, put } from './fill.ts'
import { canonicalList } from './quantity.ts'
import type { StrategyContext } from './strategy.ts'
import type { ClaimSpec, ObjectMeta, PersistentVolume, PersistentVolumeClaim, StorageClass } from './types.ts'

/** The claim's class in manifests of before 2017; still read today, and stronger than `spec.storageClassName`. */
export const BETA_CLASS_ANNOTATION = 'volume.beta.kubernetes.io/storage-class'
/** Asked for any provisioner at all, whatever its value. Ignored today: the claim gets the default class. */
export const ALPHA_CLASS_ANNOTATION = 'volume.alpha.kubernetes.io/storage-class'
export const DEFAULT_CLASS_ANNOTATION = 'storageclass.kubernetes.io/is-default-class'
export const CLAIM_PROTECTION = 'kubernetes.io/pvc-protection'
export const VOLUME_PROTECTION = 'kubernetes.io/pv-protection'

export function defaultClaimSpec(given: ClaimSpec): ClaimSpec {
  const spec = fill(given, { volumeMode: 'Filesystem' })
  const requests = spec.resources?.requests
  return requests
    ? put(
        spec,
        'resources',
        put(spec.resources as object, 'requests' as never, canonicalList(requests as never) as never),
      )
    : spec
}

/** The name of the class that a claim asks for: '' for none at all, undefined when it leaves the choice to the cluster. */
export const classNameOf = ({
  metadata: { annotations },
  spec,
}: {
  readonly metadata: Pick<ObjectMeta, 'annotations'>
  readonly spec: ClaimSpec
}): string | undefined => annotations?.[BETA_CLASS_ANNOTATION] ?? spec.storageClassName

/** The default class: the youngest that is marked so, then the first by name. */
export function defaultClassOf(classes: readonly StorageClass[]): StorageClass | undefined {
  let best: StorageClass | undefined
  for (const candidate of classes) {
    if (candidate.metadata.annotations?.[DEFAULT_CLASS_ANNOTATION] !== 'true') continue
    if (!best || candidate.metadata.creationTimestamp > best.metadata.creationTimestamp) best = candidate
  }
  return best
}

/** Admission: a new claim that names no class gets the default one, if there is any. */
export function admitClaim(claim: PersistentVolumeClaim, context: StrategyContext): PersistentVolumeClaim {
  const filled = put(claim, 'spec', defaultClaimSpec(claim.spec ?? {}))
  if (classNameOf(filled) !== undefined) return filled
  const chosen = defaultClassOf(context.list('StorageClass'))
  return chosen ? put(filled, 'spec', put(filled.spec, 'storageClassName', chosen.metadata.name)) : filled
}

export function defaultVolume(volume: PersistentVolume): PersistentVolume {
  const spec = fill(volume.spec ?? ({} as PersistentVolume['spec']), {
    persistentVolumeReclaimPolicy: 'Retain',
    volumeMode: 'Filesystem',
  })
  return put(volume, 'spec', spec.capacity ? put(spec, 'capacity', canonicalList(spec.capacity)) : spec)
}

export const defaultStorageClass = (given: StorageClass): StorageClass =>
  fill(given, { reclaimPolicy: 'Delete', volumeBindingMode: 'Immediate' })

/** The metadata with a finalizer, added in front of nothing and once. */
export const withFinalizer = (metadata: ObjectMeta, finalizer: string): ObjectMeta =>
  metadata.finalizers?.includes(finalizer)
    ? metadata
    : joined(metadata, { finalizers: [...(metadata.finalizers ?? []), finalizer] })
