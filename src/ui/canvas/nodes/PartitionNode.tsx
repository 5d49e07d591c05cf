/**
 * The partition as a line between two ordinals with a handle: dragged, or moved by arrow keys, it gives the same command
 * as the slider of the acts. The command is given once, when the hand lets go.
 */
import { useReactFlow } from '@xyflow/react'
import { ChevronsLeftRight } from 'lucide'
import type { KeyboardEvent, PointerEvent } from 'react'
import { memo, useContext, useState } from 'react'
import type { SetPicture } from '../../../sim/index.ts'
import { Icon } from '../../kit/Icon.tsx'
import { useLeaving } from '../../kit/leaving.ts'
import { RevisionBadge } from '../../kit/RevisionBadge.tsx'
import { useText } from '../../text.ts'
import { useOrdinal, useVerbs } from '../../useOrdinal.ts'
import type { Boundary, Plan } from '../layout.ts'
import { boundariesOf, boundaryAt } from '../layout.ts'
import { PlanContext } from './RailNode.tsx'

export const PartitionNode = memo(function PartitionNode() {
  const plan = useContext(PlanContext)
  const shown = useOrdinal(({ picture: { set }, untouched }) => {
    return set?.exists === true && set.strategy === 'RollingUpdate' && set.desired > 0 && !untouched
  })
  const set = useOrdinal((state) => state.picture.set)
  return plan && set && shown && <PartitionLine plan={plan} set={set} />
})

function PartitionLine({ plan, set }: { readonly plan: Plan; readonly set: SetPicture }) {
  const { dispatch } = useVerbs()
  const { screenToFlowPosition } = useReactFlow()
  const [held, setHeld] = useState<number>()
  const boundaries = boundariesOf(plan)
  const most = boundaries.length - 1
  const value = held ?? set.partition
  const at = boundaries[Math.min(value, most)]
  if (!at) return null

  const letGo = () => {
    setHeld(undefined)
    if (held === undefined || held === set.partition) return
    dispatch({ type: 'setPartition', namespace: set.namespace, name: set.name, partition: held })
  }
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId)
    setHeld(value)
  }
  const onPointerMove = (event: PointerEvent) => {
    if (held === undefined) return
    const { x, y } = screenToFlowPosition({ x: event.clientX, y: event.clientY })
    setHeld(boundaryAt(plan, x, y)?.index ?? held)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const target = moved(event.key, value, most)
    if (target === undefined) return
    event.preventDefault()
    event.stopPropagation()
    setHeld(target)
  }
  const drag = { onPointerDown, onPointerMove, onPointerUp: letGo, onPointerCancel: () => setHeld(undefined) }
  return (
    <>
      {value > 0 && <i className="partition-line" style={lineStyle(plan, at)} />}
      <PartitionFoot plan={plan} at={at} set={set} value={value} most={most} drag={drag} keys={{ onKeyDown, letGo }} />
    </>
  )
}

/** Where a key puts the partition; undefined for any other key. */
export function moved(key: string, value: number, most: number): number | undefined {
  const from = Math.min(value, most)
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return Math.max(0, from - 1)
    case 'ArrowRight':
    case 'ArrowUp':
      return Math.min(most, from + 1)
    case 'PageDown':
      return Math.max(0, from - 5)
    case 'PageUp':
      return Math.min(most, from + 5)
    case 'Home':
      return 0
    case 'End':
      return most
    default:
      return undefined
  }
}

/** The line ends below everything: in columns the classes of claims stand below the volumes. */
const footOf = (plan: Plan, line: number): number => (plan.arrangement === 'grid' ? plan.bottom(line) : plan.height)

function lineStyle(plan: Plan, { x, line }: Boundary) {
  const top = plan.railTop(line) + 6
  return { left: x, top, height: footOf(plan, line) + (plan.arrangement === 'grid' ? 0 : 12) - top }
}

type FootProps = {
  readonly plan: Plan
  readonly at: Boundary
  readonly set: SetPicture
  readonly value: number
  readonly most: number
  readonly drag: object
  readonly keys: { readonly onKeyDown: (event: KeyboardEvent) => void; readonly letGo: () => void }
}

function PartitionFoot({ plan, at, set, value, most, drag, keys }: FootProps) {
  const t = useText()
  const leaving = useLeaving<HTMLSpanElement>(keys.letGo)
  const { current, update, rolling, desired } = set
  const kept = Math.min(value, desired)
  const inGrid = plan.arrangement === 'grid'
  return (
    <div
      className="partition-foot"
      data-first={at.index % plan.perLine === 0 || undefined}
      data-grid={inGrid || undefined}
      style={{
        left: at.x,
        top: inGrid ? plan.railTop(at.line) + plan.metrics.gridRail / 2 : footOf(plan, at.line) + 8,
      }}
    >
      {rolling && !inGrid && current && value > 0 && (
        <span className="partition-side">
          {t('canvas.partition.stay')} <RevisionBadge mark={current} small />
        </span>
      )}
      <span
        className="partition-handle nodrag nopan"
        data-rest={value === 0 || undefined}
        role="slider"
        tabIndex={0}
        aria-label={t('canvas.partition.label')}
        aria-valuemin={0}
        aria-valuemax={most}
        aria-valuenow={Math.min(value, most)}
        aria-valuetext={t('canvas.partition.said', { partition: value, kept, replaced: desired - kept })}
        onKeyDown={keys.onKeyDown}
        onKeyUp={keys.letGo}
        {...leaving}
        {...drag}
      >
        <Icon of={ChevronsLeftRight} size={12} />
        {t('canvas.partition', { partition: value })}
      </span>
      {rolling && !inGrid && update && value < desired && (
        <span className="partition-side">
          {t('canvas.partition.replaced')} <RevisionBadge mark={update} small />
        </span>
      )}
    </div>
  )
}
