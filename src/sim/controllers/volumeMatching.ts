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
import { follower } from './follower.ts'

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

function suits({ spec, status, metadata }: PersistentVolume, claim: PersistentVolumeClaim, className: string): boolean {
  return (
    metadata.deletionTimestamp === undefined &&
    status.phase === 'Available' &&
    (spec.storageClassName ?? '') === className &&
    (claim.spec.accessModes ?? []).every((mode) => spec.accessModes.includes(mode)) &&
    compareQuantities(spec.capacity.storage, requestOf(claim)) >= 0
  )
}

/** Volumes by whom they are for: those of nobody, and the others by the name of the claim. Most are somebody's. */
interface Shelf {
  readonly free: Set<PersistentVolume>
  readonly byClaim: Map<string, Set<PersistentVolume>>
}

const shelved = follower<PersistentVolume, Shelf>({ free: new Set(), byClaim: new Map() }, (shelf, volume, sign) => {
  const name = volume.spec.claimRef?.name
  const place = name === undefined ? shelf.free : (shelf.byClaim.get(name) ?? new Set())
  if (sign > 0) place.add(volume)
  else place.delete(volume)
  if (name === undefined) return
  if (place.size > 0) shelf.byClaim.set(name, place)
  else shelf.byClaim.delete(name)
})

const isBefore = (a: PersistentVolume, b: PersistentVolume | undefined): boolean =>
  b === undefined || a.metadata.name < b.metadata.name

const isSmaller = (a: PersistentVolume, b: PersistentVolume | undefined): boolean => {
  const order = b ? compareQuantities(a.spec.capacity.storage, b.spec.capacity.storage) : -1
  return order < 0 || (order === 0 && isBefore(a, b))
}

/**
 * The volume that a claim gets without one being made: reserved for it, or else the smallest that is large enough; of
 * several the first by name.
 */
export function bestVolume(
  volumes: readonly PersistentVolume[],
  claim: PersistentVolumeClaim,
  className: string,
): PersistentVolume | undefined {
  const { free, byClaim } = shelved(volumes)
  let reserved: PersistentVolume | undefined
  for (const volume of byClaim.get(claim.metadata.name) ?? []) {
    const isTheirs = volume.metadata.deletionTimestamp === undefined && isReservedFor(volume, claim)
    if (isTheirs && isBefore(volume, reserved)) reserved = volume
  }
  if (reserved) return reserved
  let best: PersistentVolume | undefined
  for (const volume of free) if (suits(volume, claim, className) && isSmaller(volume, best)) best = volume
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
