/** A list of Events, newest first. A long one keeps only the rows in view in the document. */
import { useVirtualizer } from '@tanstack/react-virtual'
import { useRef } from 'react'
import type { EventLine } from '../../sim/index.ts'
import { useText } from '../text.ts'
import { EventRow } from './EventRow.tsx'
import './events.css'

/** Up to so many rows are all drawn. */
const FEW = 60

type Props = {
  readonly lines: readonly EventLine[]
  /** One line for each event, where there is room across. */
  readonly wide?: boolean
}

export function EventList({ lines, wide = false }: Props) {
  const t = useText()
  if (lines.length === 0) return <p className="events-empty">{t('events.none')}</p>
  if (lines.length > FEW) return <ManyEvents lines={lines} wide={wide} />
  return (
    <ul className="events" data-wide={wide || undefined}>
      {lines.map((line) => (
        <li key={line.uid}>
          <EventRow line={line} />
        </li>
      ))}
    </ul>
  )
}

function ManyEvents({ lines, wide }: Props) {
  const scroller = useRef<HTMLUListElement>(null)
  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => (wide ? 28 : 56),
    getItemKey: (index) => (lines[index] as EventLine).uid,
    overscan: 10,
  })
  const visible = rows.getVirtualItems()
  return (
    <ul
      className="events"
      data-wide={wide || undefined}
      ref={scroller}
      style={{ paddingTop: visible[0]?.start ?? 0, paddingBottom: rows.getTotalSize() - (visible.at(-1)?.end ?? 0) }}
    >
      {visible.map(({ index, key }) => (
        <li key={key} data-index={index} ref={rows.measureElement}>
          <EventRow line={lines[index] as EventLine} />
        </li>
      ))}
    </ul>
  )
}
