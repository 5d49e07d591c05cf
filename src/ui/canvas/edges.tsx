/**
 * The relations between the objects of one column, each with its own line: publishes (arrow), mounts (heavy), binds
 * (double), selects and leads (dotted to a ring), a class and what is of it (thin). A line is solid when the API server has both ends and dotted when one is missing.
 * On selection the lines of other columns fade; words never do.
 */
import type { Edge, EdgeProps } from '@xyflow/react'
import { memo } from 'react'
import type { AroundPicture, ColumnPicture } from '../../sim/index.ts'
import { useText } from '../text.ts'
import { useOrdinal } from '../useOrdinal.ts'
import { relationOf, useAround } from './around.ts'
import { useLod } from './lod.ts'
import { columnOf } from './slices.ts'

export type RelationName = 'hangs' | 'publishes' | 'mounts' | 'binds' | 'selects' | 'leads' | 'of'
export type RelationData = {
  readonly relation: RelationName
  readonly ordinal: number
  /** Of the claim, the door or the class, where there are several. */
  readonly index: number
  /** The first column says what the lines mean. */
  readonly first: boolean
}

export const RelationEdge = memo(function RelationEdge(props: EdgeProps<Edge<RelationData>>) {
  const { data, sourceX, sourceY, targetX, targetY } = props
  const lod = useLod()
  const around = useAround()
  const standing = useOrdinal(({ picture }) =>
    data ? standingOf(columnOf(picture.set, data.ordinal), around, data) : 'none',
  )
  const tone = useOrdinal((state) => (data ? toneOf(relationOf(state, around, data.ordinal), data.relation) : 'rest'))
  if (!data || standing === 'none') return null
  if (tone !== 'near' && isShownWhenNear(data, around)) return null
  const { relation } = data
  return (
    <g className="relation" data-relation={data.relation} data-standing={standing} data-tone={tone}>
      <path d={pathOf(data, sourceX, sourceY, targetX, targetY)} />
      {data.relation === 'binds' && standing === 'solid' && (
        <path className="inner" d={pathOf(data, sourceX, sourceY, targetX, targetY)} />
      )}
      {data.relation === 'publishes' && standing === 'solid' && (
        <path
          className="head"
          d={`M${targetX - 4} ${targetY + 7}L${targetX} ${targetY + 1}L${targetX + 4} ${targetY + 7}`}
        />
      )}
      {(relation === 'selects' || relation === 'leads') && (
        <circle className="ring" cx={targetX} cy={targetY - 4.5} r="3.5" />
      )}
      {lod === 'card' && relation !== 'hangs' && relation !== 'of' && isNamed(data, tone, around) && (
        <Label
          relation={relation}
          x={targetX}
          y={relation === 'selects' || relation === 'leads' ? targetY - 12 : (sourceY + targetY) / 2}
        />
      )}
    </g>
  )
})

type Standing = 'solid' | 'dotted' | 'none'

function standingOf(
  column: ColumnPicture | undefined,
  { doors, classes }: AroundPicture,
  { relation, index, ordinal }: RelationData,
): Standing {
  if (!column) return 'none'
  const { name, pod, claims, volumes } = column
  switch (relation) {
    case 'hangs':
    case 'publishes':
      return name.state === 'published' ? 'solid' : 'dotted'
    case 'selects':
      return pod.state === 'absent' ? 'none' : 'solid'
    case 'mounts':
      return pod.state !== 'absent' && claims[index] && claims[index].state !== 'absent' ? 'solid' : 'dotted'
    case 'binds':
      return volumes[index] ? 'solid' : 'none'
    case 'leads':
      return doors[index]?.ordinals.includes(ordinal) && pod.state !== 'absent' ? 'solid' : 'none'
    case 'of':
      return classes[index]?.ordinals.includes(ordinal) && volumes.at(-1) ? 'solid' : 'none'
  }
}

type Tone = 'near' | 'faded' | 'rest'

function toneOf(to: ReturnType<typeof relationOf>, relation: RelationName): Tone {
  switch (to) {
    case 'chosen':
      return 'near'
    case 'member':
      return relation === 'selects' || relation === 'hangs' ? 'near' : 'faded'
    case 'listed':
      return relation === 'publishes' || relation === 'selects' ? 'near' : 'faded'
    case 'led':
      return relation === 'leads' ? 'near' : 'faded'
    case 'stored':
      return relation === 'of' || relation === 'binds' ? 'near' : 'faded'
    case 'other':
      return 'faded'
    case 'none':
      return 'rest'
  }
}

/** Lines that would cross what they have nothing to do with are drawn when they are asked for. */
const isShownWhenNear = ({ relation, index }: RelationData, { doors }: AroundPicture): boolean =>
  relation === 'selects' || (relation === 'leads' && doors[index]?.ordinals.length !== 1)

/** Where an endpoint stands between pod and name, it says more than the names of the lines there. */
function isNamed({ relation, first, index, ordinal }: RelationData, tone: Tone, { endpoints }: AroundPicture): boolean {
  if (relation !== 'mounts' && relation !== 'binds' && endpoints[ordinal]) return false
  return relation === 'leads' ? tone === 'near' : index === 0 && (tone === 'near' || first)
}

/** Straight down within a column; around the card for a second claim. */
function pathOf({ relation, index }: RelationData, sx: number, sy: number, tx: number, ty: number): string {
  if (relation === 'selects' || relation === 'leads') return `M${sx} ${sy + 2}V${ty - 9}`
  if (relation === 'mounts' && index > 0) {
    const lane = tx - 8
    return `M${sx} ${sy}v4q0 6 -6 6H${lane + 6}q-6 0 -6 6V${ty - 6}q0 6 6 6H${tx}`
  }
  return `M${sx} ${sy}V${ty}`
}

function Label({
  relation,
  x,
  y,
}: {
  readonly relation: Exclude<RelationName, 'hangs' | 'of'>
  readonly x: number
  readonly y: number
}) {
  const t = useText()
  return (
    <text x={x + 8} y={y} dominantBaseline="central">
      {t(`canvas.edge.${relation}`)}
    </text>
  )
}
