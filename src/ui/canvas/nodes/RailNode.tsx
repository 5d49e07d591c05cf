/**
 * Where the controller has been: a line from ordinal to ordinal, solid where it was content, dashed where it did not
 * come, and the arrow of its attention to the ordinal at which the sync ended. Creating goes up the ordinals; scaling
 * down and updating come from the highest.
 */
import type { Node, NodeProps } from '@xyflow/react'
import { Check } from 'lucide'
import type { CSSProperties } from 'react'
import { createContext, memo, useContext } from 'react'
import type { ColumnPicture, SetPicture } from '../../../sim/index.ts'
import { Icon } from '../../kit/Icon.tsx'
import { useText } from '../../text.ts'
import { useOrdinal } from '../../useOrdinal.ts'
import type { Place, Plan } from '../layout.ts'
import { useAttended, useColumn } from '../slices.ts'
import { captionOf, isGone } from '../words.ts'

export const PlanContext = createContext<Plan | undefined>(undefined)

export type RailNodeData = { readonly line: number }

export const RailNode = memo(function RailNode({ data }: NodeProps<Node<RailNodeData>>) {
  const plan = useContext(PlanContext)
  const downwards = useOrdinal(({ picture }) => isDownwards(picture.set))
  if (!plan) return null
  const places = plan.places.filter(({ line }) => line === data.line)
  const first = places[0]
  const last = places.at(-1)
  if (!first || !last) return null
  const inGrid = plan.arrangement === 'grid'
  const lead = downwards && !inGrid ? plan.width - 20 : inGrid ? 8 : 20
  return (
    <div className="rail" data-grid={inGrid || undefined} aria-hidden="true">
      <Segment
        from={lead}
        to={centre(plan, downwards && !inGrid ? last : first)}
        target={downwards ? last : first}
        drop
      />
      {places.slice(1).map((place, index) => {
        const before = places[index] ?? place
        return (
          <Segment
            key={place.column.ordinal}
            from={centre(plan, before)}
            to={centre(plan, place)}
            target={downwards ? before : place}
          />
        )
      })}
      <Attention plan={plan} line={data.line} lead={lead} downwards={downwards} />
      {places.map((place) => (
        <RailStop key={place.column.ordinal} place={place} x={centre(plan, place)} compact={inGrid} />
      ))}
    </div>
  )
})

const centre = (plan: Plan, place: Place) => place.x + plan.column / 2

const isDownwards = (set: SetPicture | undefined) =>
  set?.controller.phase === 'scaleDown' || set?.controller.phase === 'update'

const wentThrough = (column: ColumnPicture | undefined) =>
  column !== undefined && (isGone(column) || (column.verdict !== 'notReached' && column.verdict !== 'none'))

type SegmentProps = {
  readonly from: number
  readonly to: number
  /** The ordinal that was reached over it. */
  readonly target: Place
  /** Comes down from the controller first. */
  readonly drop?: boolean
}

function Segment({ from, to, target, drop }: SegmentProps) {
  const column = useColumn(target.column.ordinal)
  const passed = wentThrough(column)
  const left = Math.min(from, to)
  return (
    <>
      {drop && <i className="rail-drop" data-passed={passed || undefined} style={{ left: from }} />}
      <i className="rail-segment" data-passed={passed || undefined} style={{ left, width: Math.abs(to - from) }} />
    </>
  )
}

type AttentionProps = {
  readonly plan: Plan
  readonly line: number
  readonly lead: number
  readonly downwards: boolean
}

function Attention({ plan, line, lead, downwards }: AttentionProps) {
  const attended = useAttended()
  const place = attended === undefined ? undefined : plan.byOrdinal.get(attended)
  if (!place || place.line !== line) return null
  const before = plan.places[place.index + (downwards ? 1 : -1)]
  const from = before && before.line === line ? centre(plan, before) : lead
  const to = centre(plan, place)
  const reach = { '--left': `${Math.min(from, to)}px`, '--width': `${Math.abs(to - from)}px` } as CSSProperties
  return <i className="rail-attention" data-back={from > to || undefined} style={reach} />
}

type StopProps = { readonly place: Place; readonly x: number; readonly compact: boolean }

function RailStop({ place, x, compact }: StopProps) {
  const { ordinal } = place.column
  const column = useColumn(ordinal)
  const isStop = useAttended() === ordinal
  if (!column) return null
  const look = isStop ? 'stop' : wentThrough(column) ? 'passed' : 'ahead'
  return (
    <span className="rail-stop" data-look={look} style={{ left: x }}>
      <b className="rail-chip">{compact && !isStop ? '' : ordinal}</b>
      {(!compact || isStop) && <Caption column={column} />}
    </span>
  )
}

function Caption({ column }: { readonly column: ColumnPicture }) {
  const set = useOrdinal((state) => state.picture.set)
  const t = useText()
  if (!set) return null
  const { key, params } = captionOf(set, column)
  return (
    <small className="rail-caption">
      {column.verdict === 'accepted' && <Icon of={Check} size={12} />}
      {t(key, params)}
    </small>
  )
}
