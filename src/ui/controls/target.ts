/** What the acts act on: the set in focus, and the pod of the column in which something is selected. */
import type { ColumnPicture, SetPicture } from '../../sim/index.ts'
import { columnOf, ordinalOfKey } from '../canvas/slices.ts'
import { useOrdinal } from '../useOrdinal.ts'

/** The set, as long as it can be acted on. */
export const useLivingSet = (): SetPicture | undefined =>
  useOrdinal(({ picture: { set } }) => (set?.exists && !set.deleting ? set : undefined))

/** The column of what is selected, if its pod or a claim of it is there. */
export function useTargetColumn(): ColumnPicture | undefined {
  return useOrdinal(({ picture: { set }, selected }) => {
    const ordinal = ordinalOfKey(set, selected)
    return ordinal === undefined ? undefined : columnOf(set, ordinal)
  })
}
