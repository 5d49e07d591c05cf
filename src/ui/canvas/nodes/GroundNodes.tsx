/**
 * What lies behind and across the columns: the tint from the controller down to the volume of the ordinal it looks at,
 * and the line behind which condemned pods stand.
 */
import { memo, useContext } from 'react'
import { useText } from '../../text.ts'
import type { Plan } from '../layout.ts'
import { useAttended } from '../slices.ts'
import { PlanContext } from './RailNode.tsx'

export const GroundNode = memo(function GroundNode() {
  const plan = useContext(PlanContext)
  const attended = useAttended()
  const place = attended === undefined ? undefined : plan?.byOrdinal.get(attended)
  if (!plan || !place) return null
  const inGrid = plan.arrangement === 'grid'
  // In columns the tint goes up behind the edge of the canvas, to where the controller's card begins.
  const top = inGrid ? plan.railTop(place.line) : -400
  return (
    <i
      className="attended"
      style={{
        left: place.x - plan.gap / 2,
        top,
        width: plan.column + plan.gap,
        height: plan.bottom(place.line) + 6 - top,
      }}
    />
  )
})

export const CondemnedNode = memo(function CondemnedNode() {
  const plan = useContext(PlanContext)
  const t = useText()
  return (
    plan &&
    linesOf(plan).map(({ x, line, side }) => (
      <i
        key={x + line}
        className="condemned-line"
        data-side={side}
        style={{
          left: x,
          top: plan.arrangement === 'grid' ? plan.podTop(line) : plan.service.y + plan.service.height,
          height: height(plan, line),
        }}
      >
        {plan.arrangement === 'columns' && <small className="condemned-caption">{t('canvas.condemned')}</small>}
      </i>
    ))
  )
})

const height = (plan: Plan, line: number) =>
  plan.arrangement === 'grid' ? plan.pod : plan.bottom(line) - plan.service.y - plan.service.height + 8

/** One line wherever wanted and condemned ordinals meet, with the side on which the condemned ones stand. */
function linesOf(plan: Plan) {
  return plan.places.flatMap((place, index) => {
    const before = plan.places[index - 1]
    const condemned = place.column.condemned
    if (before ? before.column.condemned === condemned : !condemned) return []
    return [{ x: place.x - plan.gap / 2, line: place.line, side: condemned ? 'right' : 'left' }]
  })
}
