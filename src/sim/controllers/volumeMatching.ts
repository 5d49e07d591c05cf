/**
 * Which class a claim means, which existing volume suits it, and what a provisioned volume looks like. Pure functions.
 * Leaves out selectors of claims, node affinity of volumes, and resizing.
 * Models: pkg/controller/volume/persistentvolume/index.go (findBestMatchForClaim), external-provisioner, v1.36.
 */
import { classNameOf, defaultClassOf } from '../api/defaultsStorage.ts'
import { compareQuantities } from '../api/quantity.ts'
import type { StrategyContext } from '../api/strategy.ts'
import type { PersistentVolume, PersistentVolumeClaim, StorageClass } from '../api/types.ts'
import type { Draft } from '../kernel/types.ts'

/** Classes whose volumes somebody makes by hand. */
export const NO_PROVISIONER = 'kubernetes.io/no-provisioner'

/** What becomes of a claim's wish for a class. */
export type ClassChoice =
  | { readonly is: 'class'; readonly found: StorageClass }
  /** No class at all, or none named and no default. */
  | { readonly is: 'none' }
  | { readonly is: 'missing'; readonly name: string }

/** A claim that names no class gets the default one, even one that became the default after the claim was made. */
export function classOf(view: StrategyContext, claim: PersistentVolumeClaim): ClassChoice {
  const name = classNameOf(claim)
  const found =
    name === undefined
      ? defaultClassOf(view.list('StorageClass'))
      : name === ''
        ? undefined
        : view.get('StorageClass', undefined, name)
  if (found) return { is: 'class', found }
  return name ? { is: 'missing', name } : { is: 'none' }
}

const requestOf = ({ spec }: PersistentVolumeClaim): string => spec.resources?.requests?.storage ?? '0'

const isReservedFor = ({ spec: { claimRef } }: PersistentVolume, { metadata }: PersistentVolumeClaim): boolean =>
  claimRef !== undefined &&
  claimRef.namespace === metadata.namespace &&
  claimRef.name === metadata.name &&
  (claimRef.uid === undefined || claimRef.uid === metadata.uid)

function suits(volume: PersistentVolume, claim: PersistentVolumeClaim, className: string): boolean {
  const { spec, status, metadata } = volume
  if (metadata.deletionTimestamp !== undefined) return false
  if (isReservedFor(volume, claim)) return true
  return (
    spec.claimRef === undefined &&
    status.phase === 'Available' &&
    (spec.storageClassName ?? '') === className &&
    (claim.spec.accessModes ?? []).every((mode) => spec.accessModes.includes(mode)) &&
    compareQuantities(spec.capacity.storage, requestOf(claim)) >= 0
  )
}

/** The volume that a claim gets without one being made: reserved for it, or else the smallest that is large enough. */
export function bestVolume(
  volumes: readonly PersistentVolume[],
  claim: PersistentVolumeClaim,
  className: string,
): PersistentVolume | undefined {
  let best: PersistentVolume | undefined
  for (const volume of volumes) {
    // Most volumes belong to somebody else: they are passed over without a closer look.
    if (volume.spec.claimRef && volume.spec.claimRef.name !== claim.metadata.name) continue
    if (!suits(volume, claim, className)) continue
    if (isReservedFor(volume, claim)) return volume
    if (!best || compareQuantities(volume.spec.capacity.storage, best.spec.capacity.storage) < 0) best = volume
  }
  return best
}

/** What a volume says about the claim that it belongs to. */
export const claimRefOf = ({ apiVersion, kind, metadata }: PersistentVolumeClaim) => ({
  apiVersion,
  kind,
  namespace: metadata.namespace ?? '',
  name: metadata.name,
  uid: metadata.uid,
})

/** Provisioners that are part of Kubernetes itself: the controller makes the volume, and nothing has to be attached. */
export const isInTree = (provisioner: string): boolean =>
  provisioner.startsWith('kubernetes.io/') && provisioner !== NO_PROVISIONER

/** The volume that a provisioner makes for a claim. */
export const volumeFor = (claim: PersistentVolumeClaim, found: StorageClass): Draft<PersistentVolume> => ({
  apiVersion: 'v1',
  kind: 'PersistentVolume',
  metadata: {
    name: `pvc-${claim.metadata.uid}`,
    annotations: { 'pv.kubernetes.io/provisioned-by': found.provisioner },
  },
  spec: {
    capacity: { storage: requestOf(claim) },
    accessModes: claim.spec.accessModes ?? [],
    claimRef: claimRefOf(claim),
    persistentVolumeReclaimPolicy: found.reclaimPolicy ?? 'Delete',
    storageClassName: found.metadata.name,
    ...(isInTree(found.provisioner) && { hostPath: { path: `/tmp/hostpath_pv/${claim.metadata.uid}`, type: '' } }),
  },
})
