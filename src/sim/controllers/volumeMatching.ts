/**
 * Which class a claim means, which existing volume suits it, and what a provisioned volume looks like. Pure functions.
 * Leaves out volume attributes classes.
 * Models: component-helpers/storage/volume/pv_helpers.go (FindMatchingVolume), external-provisioner, v1.36.
 */
import { classNameOf, defaultClassOf } from '../api/defaultsStorage.ts'
import { selects } from '../api/labels.ts'
import { compareQuantities } from '../api/quantity.ts'
import type { StrategyContext } from '../api/strategy.ts'
import type { Node, PersistentVolume, PersistentVolumeClaim, StorageClass } from '../api/types.ts'
import type { Draft } from '../kernel/types.ts'
import { follower } from './follower.ts'
import { matchesNodeSelector } from './nodeAffinity.ts'

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

/** The volume names the claim as its own. */
const isReservedFor = ({ spec: { claimRef } }: PersistentVolume, { metadata }: PersistentVolumeClaim): boolean =>
  claimRef !== undefined &&
  claimRef.namespace === metadata.namespace &&
  claimRef.name === metadata.name &&
  (claimRef.uid === undefined || claimRef.uid === metadata.uid)

const isLarge = ({ spec }: PersistentVolume, claim: PersistentVolumeClaim): boolean =>
  compareQuantities(spec.capacity.storage, requestOf(claim)) >= 0

/** What of the claim the volume does not have, in the controller's words; undefined when it would do. */
export function mismatch(
  volume: PersistentVolume,
  claim: PersistentVolumeClaim,
  className: string,
): string | undefined {
  const { spec } = volume
  if (!isLarge(volume, claim)) return 'requested PV is too small'
  if ((spec.storageClassName ?? '') !== className) return 'storageClassName does not match'
  if ((spec.volumeMode ?? 'Filesystem') !== (claim.spec.volumeMode ?? 'Filesystem')) return 'incompatible volumeMode'
  return (claim.spec.accessModes ?? []).every((mode) => spec.accessModes.includes(mode))
    ? undefined
    : 'incompatible accessMode'
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

/** What is asked of a volume besides what its claim says. */
interface Search {
  /** Where the pod goes: the volume must be within reach. Left out: anywhere. */
  readonly node?: Node
  /** Volumes that other claims of the same pod get. */
  readonly taken?: ReadonlySet<string>
  /** The scheduler chooses: only a volume that it, or a person, has reserved. */
  readonly onlyReserved?: boolean
}

/**
 * The volume that a claim gets without one being made: reserved for it, or else the smallest that is large enough; of
 * several the first by name. One that is reserved and out of reach leaves it without any.
 */
export function bestVolume(
  volumes: readonly PersistentVolume[],
  claim: PersistentVolumeClaim,
  className: string,
  { node, taken, onlyReserved = false }: Search = {},
): PersistentVolume | undefined {
  const { free, byClaim } = shelved(volumes)
  const isNear = ({ spec }: PersistentVolume) => !node || matchesNodeSelector(spec.nodeAffinity?.required, node)
  let reserved: PersistentVolume | undefined
  for (const volume of byClaim.get(claim.metadata.name) ?? []) {
    const isTheirs =
      volume.metadata.deletionTimestamp === undefined && isReservedFor(volume, claim) && isLarge(volume, claim)
    if (isTheirs && isBefore(volume, reserved)) reserved = volume
  }
  if (reserved) return isNear(reserved) ? reserved : undefined
  let best: PersistentVolume | undefined
  const { selector } = claim.spec
  for (const volume of onlyReserved ? [] : free) {
    const { metadata, status } = volume
    if (metadata.deletionTimestamp !== undefined || status.phase !== 'Available' || taken?.has(metadata.name)) continue
    if (mismatch(volume, claim, className) || (selector && !selects(selector, metadata.labels))) continue
    if (isNear(volume) && isSmaller(volume, best)) best = volume
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
