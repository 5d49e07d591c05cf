/** A great number of lanes, of which only those in view are drawn. */
import { useVirtualizer } from '@tanstack/react-virtual'
import { useRef } from 'react'
import type { Lane } from '../../sim/index.ts'
import { LaneRow } from './LaneRow.tsx'

type Props = { readonly rows: readonly Lane[]; readonly chosen: number | undefined; readonly projected: boolean }

export default function ManyLanes({ rows, chosen, projected }: Props) {
  const scroller = useRef<HTMLDivElement>(null)
  const heightOf = (lane: Lane | undefined) => (projected ? 28 : lane?.ordinal === chosen ? 48 : 24)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => heightOf(rows[index]),
    getItemKey: (index) => `${rows[index]?.ordinal}${rows[index]?.ordinal === chosen ? ' open' : ''}`,
    overscan: 6,
    initialRect: { width: 900, height: 160 },
  })
  return (
    <div className="lanes" ref={scroller}>
      <div style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const lane = rows[index]
          if (!lane) return null
          const open = !projected && lane.ordinal === chosen
          return <LaneRow key={lane.ordinal} lane={lane} open={open} top={start} />
        })}
      </div>
    </div>
  )
}
