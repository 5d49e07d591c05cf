/** What the bar under the pointer is: pod, state, from when to when, where. One small card for the whole timeline. */
import type { PointerEvent } from 'react'
import { useState } from 'react'
import type { Lane, LaneSpan } from '../../sim/index.ts'
import { markOf } from '../../sim/index.ts'
import { clock } from '../canvas/format.ts'
import { RevisionBadge } from '../kit/RevisionBadge.tsx'
import { StateIcon } from '../kit/StateIcon.tsx'
import { useText } from '../text.ts'
import { useOrdinal } from '../useOrdinal.ts'
import { spanAt } from './lanes.ts'
import { momentAt } from './pointer.ts'

interface Shown {
  readonly lane: Lane
  readonly span: LaneSpan
  readonly x: number
  readonly y: number
}

export function useTip(rows: readonly Lane[], domain: number) {
  const [shown, setShown] = useState<Shown>()
  const onPointer = (event: PointerEvent<HTMLElement>) => {
    const row = (event.target as Element).closest<HTMLElement>('[data-ordinal]')
    const at = momentAt(event, domain)
    const lane = row && rows.find(({ ordinal }) => ordinal === Number(row.dataset.ordinal))
    const span = lane && at !== undefined ? spanAt(lane, at) : undefined
    const box = row?.getBoundingClientRect()
    setShown(lane && span && box ? { lane, span, x: event.clientX, y: box.top } : undefined)
  }
  return { shown, onPointer, leave: () => setShown(undefined) }
}

export function Tip({ tip }: { readonly tip: Shown | undefined }) {
  const order = useOrdinal((state) => state.order)
  const t = useText()
  if (!tip) return null
  const { lane, span, x, y } = tip
  const to = span.to === undefined ? t('timeline.now') : clock(span.to)
  return (
    <div className="timeline-tip" role="presentation" style={{ left: Math.min(x, innerWidth - 240), top: y }}>
      <StateIcon state={span.state} />
      <span>
        <b>{lane.podName}</b> {t(`state.${span.state}`)}
        <small>
          {t('timeline.span', { from: clock(span.from), to })}
          {span.node && ` · ${span.node}`}
        </small>
      </span>
      <RevisionBadge mark={markOf(order, span.revision)} small />
    </div>
  )
}
