/**
 * One lane. A bar's place is arithmetic of the style sheet over the length of the whole timeline; only what still lasts
 * follows the last moment, so a growing run touches the open ends and nothing else.
 */
import type { CSSProperties } from 'react'
import { createContext, memo, useContext } from 'react'
import type { Lane, LaneSpan, ObjectKey } from '../../sim/index.ts'
import { markOf } from '../../sim/index.ts'
import { RevisionBadge } from '../kit/RevisionBadge.tsx'
import { useText } from '../text.ts'
import { useOrdinal, useVerbs } from '../useOrdinal.ts'
import { badged } from './lanes.ts'

/** The last known moment, up to which everything that still lasts is drawn. */
export const LastMoment = createContext(0)

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
        {open && lane.claim.map((life) => <Life key={life.from} life={life} className="life claim" />)}
        {open &&
          lane.name.map((life) => (
            <Life key={life.from + life.state} life={life} className="life record-life" name={life.state} />
          ))}
      </span>
    </div>
  )
})

interface Reach {
  readonly from: number
  readonly to?: number
}

const styleOf = (from: number, to: number): CSSProperties => ({
  left: `calc(${from} / var(--domain) * 100%)`,
  width: `calc(${to - from} / var(--domain) * 100% - 1px)`,
})

type LifeProps = { readonly life: Reach; readonly className: string; readonly name?: string }

function Life({ life: { from, to }, className, name }: LifeProps) {
  const last = useContext(LastMoment)
  return <i className={className} data-name={name} style={styleOf(from, to ?? last)} />
}

type BarProps = { readonly span: LaneSpan; readonly badge: boolean }

const Bar = memo(function Bar(props: BarProps) {
  const { to } = props.span
  return to === undefined ? <LastingBar {...props} /> : <BarTo {...props} to={to} />
})

const LastingBar = (props: BarProps) => <BarTo {...props} to={useContext(LastMoment)} lasts />

function BarTo({ span, badge, to, lasts }: BarProps & { readonly to: number; readonly lasts?: true }) {
  const order = useOrdinal((state) => (badge ? state.order : undefined))
  return (
    <span className="bar" data-state={span.state} data-lasts={lasts} style={styleOf(span.from, to)}>
      {order && (
        <span className="bar-words">
          <RevisionBadge mark={markOf(order, span.revision)} small />
          <span>{span.node}</span>
        </span>
      )}
    </span>
  )
}
