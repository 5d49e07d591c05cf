/**
 * The lanes themselves. Above a certain number only those in view are drawn; that part is loaded after the first picture,
 * with the library that does it.
 */
import { lazy, Suspense } from 'react'
import type { Lane } from '../../sim/index.ts'
import { ordinalOfKey } from '../canvas/slices.ts'
import { useOrdinal } from '../useOrdinal.ts'
import { LaneRow } from './LaneRow.tsx'

const ManyLanes = lazy(() => import('./ManyLanes.tsx'))

const MANY_LANES = 40

export function LaneRows({ rows }: { readonly rows: readonly Lane[] }) {
  const chosen = useOrdinal(({ picture, selected }) => ordinalOfKey(picture.set, selected))
  const projected = useOrdinal((state) => state.theme === 'projector')
  if (rows.length > MANY_LANES)
    return (
      <Suspense fallback={<div className="lanes" />}>
        <ManyLanes rows={rows} chosen={chosen} projected={projected} />
      </Suspense>
    )
  return (
    <div className="lanes">
      {rows.map((lane) => (
        <LaneRow key={lane.ordinal} lane={lane} open={!projected && lane.ordinal === chosen} />
      ))}
    </div>
  )
}
