/**
 * One lane. A bar's place is arithmetic of the style sheet over two numbers of the whole timeline, its length and the last
 * moment, so a growing run restyles the bars without rendering them.
 */
import type { CSSProperties } from 'react'
import { memo } from 'react'
import type { Lane, LaneSpan, ObjectKey } from '../../sim/index.ts'
import { markOf } from '../../sim/index.ts'
import { RevisionBadge } from '../kit/RevisionBadge.tsx'
import { useText } from '../text.ts'
import { useOrdinal, useVerbs } from '../useOrdinal.ts'
import { badged } from './lanes.ts'

type RowProps = { readonly lane: Lane; readonly open: boolean; readonly top?: number }

export const LaneRow = memo(function LaneRow({ lane, open, top }: RowProps) {
  const { select } = useVerbs()
  const key = useOrdinal(({ picture }) => `Pod/${picture.set?.namespace ?? 'default'}/${lane.podName}` as ObjectKey)
  const selected = useOrdinal((state) => state.selected === key)
  const t = useText()
  const withBadge = badged(lane)
  return (
    <div
      className="lane"
      data-ordinal={lane.ordinal}
      data-selected={selected || undefined}
      data-open={open || undefined}
      style={
        top === undefined ? undefined : { position: 'absolute', insetInline: 0, transform: `translateY(${top}px)` }
      }
    >
      <span className="lane-label">
        <button type="button" aria-pressed={selected} onClick={() => select(key)}>
          {lane.podName}
        </button>
        {open && (
          <small>
            <span>{t('timeline.claim')}</span>
            <span>{t('timeline.name')}</span>
          </small>
        )}
      </span>
      <span className="lane-track">
        {lane.spans.map((span) => (
          <Bar key={`${span.uid}${span.from}${span.state}`} span={span} badge={withBadge.has(span)} />
        ))}
        {open && lane.claim.map((life) => <i key={life.from} className="life claim" style={reach(life)} />)}
        {open &&
          lane.name.map((life) => (
            <i key={life.from + life.state} className="life record-life" data-name={life.state} style={reach(life)} />
          ))}
      </span>
    </div>
  )
})

function reach({ from, to }: { readonly from: number; readonly to?: number }): CSSProperties {
  return {
    left: `calc(${from} / var(--domain) * 100%)`,
    width: `calc((${to ?? 'var(--last)'} - ${from}) / var(--domain) * 100% - 1px)`,
  }
}

const Bar = memo(function Bar({ span, badge }: { readonly span: LaneSpan; readonly badge: boolean }) {
  const order = useOrdinal((state) => (badge ? state.order : undefined))
  return (
    <span className="bar" data-state={span.state} data-lasts={span.to === undefined || undefined} style={reach(span)}>
      {order && (
        <span className="bar-words">
          <RevisionBadge mark={markOf(order, span.revision)} small />
          <span>{span.node}</span>
        </span>
      )}
    </span>
  )
})
