/**
 * The slices of the picture that the parts of the canvas read. Each is found in constant time through an index that is
 * made once for every list of columns, and keeps its identity while nothing in it changed.
 */
import { useShallow } from 'zustand/react/shallow'
import type { ClaimPicture, ColumnPicture, ObjectKey, PodPicture, SetPicture, VolumePicture } from '../../sim/index.ts'
import { useOrdinal } from '../useOrdinal.ts'
import type { ColumnShape, Shape } from './layout.ts'

interface Index {
  readonly byOrdinal: ReadonlyMap<number, ColumnPicture>
  /** Pod, claim or volume → the ordinal it belongs to. */
  readonly ordinals: ReadonlyMap<ObjectKey, number>
}

const indices = new WeakMap<readonly ColumnPicture[], Index>()

function indexOf(columns: readonly ColumnPicture[]): Index {
  const known = indices.get(columns)
  if (known) return known
  const byOrdinal = new Map<number, ColumnPicture>()
  const ordinals = new Map<ObjectKey, number>()
  for (const column of columns) {
    byOrdinal.set(column.ordinal, column)
    ordinals.set(column.pod.key, column.ordinal)
    for (const claim of column.claims) ordinals.set(claim.key, column.ordinal)
    for (const volume of column.volumes) if (volume) ordinals.set(volume.key, column.ordinal)
  }
  const index = { byOrdinal, ordinals }
  indices.set(columns, index)
  return index
}

export const columnOf = (set: SetPicture | undefined, ordinal: number): ColumnPicture | undefined =>
  set && indexOf(set.columns).byOrdinal.get(ordinal)

/** The ordinal that an object belongs to; undefined for the set, the Service, and what belongs to none. */
export const ordinalOfKey = (set: SetPicture | undefined, key: ObjectKey | undefined): number | undefined =>
  set && key && indexOf(set.columns).ordinals.get(key)

export const useColumn = (ordinal: number): ColumnPicture | undefined =>
  useOrdinal((state) => columnOf(state.picture.set, ordinal))

export const usePod = (ordinal: number): PodPicture | undefined =>
  useOrdinal((state) => columnOf(state.picture.set, ordinal)?.pod)

export const useClaim = (ordinal: number, index: number): ClaimPicture | undefined =>
  useOrdinal((state) => columnOf(state.picture.set, ordinal)?.claims[index])

export const useVolume = (ordinal: number, index: number): VolumePicture | undefined =>
  useOrdinal((state) => columnOf(state.picture.set, ordinal)?.volumes[index])

/** Where the controller's last sync ended, if it ended at an ordinal. */
export const useAttended = (): number | undefined => useOrdinal((state) => state.picture.set?.controller.stoppedAt)

const shapes = new Map<string, ColumnShape>()

/** One object per distinct column shape, so that lists of them compare by identity. */
function shapeOf({ ordinal, place, claims }: ColumnPicture): ColumnShape {
  const condemned = place === 'condemned'
  const name = `${ordinal} ${condemned} ${claims.length}`
  const shape = shapes.get(name) ?? { ordinal, condemned, claims: claims.length }
  shapes.set(name, shape)
  return shape
}

const noColumns: Shape = []

/** What the layout depends on; changes only when columns come, go, or are condemned. */
export const useShape = (): Shape =>
  useOrdinal(useShallow((state) => state.picture.set?.columns.map(shapeOf) ?? noColumns))
