/**
 * The relations between the objects of one column, each with its own line: publishes (arrow), mounts (heavy), binds
 * (double), selects (dotted to a ring). A line is solid when the API server has both ends and dotted when one is missing.
 * On selection the lines of other columns fade; words never do.
 */
import type { Edge, EdgeProps } from '@xyflow/react'
import { memo } from 'react'
import type { ColumnPicture } from '../../sim/index.ts'
import { useText } from '../text.ts'
import { useOrdinal } from '../useOrdinal.ts'
import { useLod } from './lod.ts'
import { columnOf, relationOf } from './slices.ts'

export type RelationName = 'hangs' | 'publishes' | 'mounts' | 'binds' | 'selects'
export type RelationData = {
  readonly relation: RelationName
  readonly ordinal: number
  /** Of the claim, where there are several. */
  readonly index: number
  /** The first column says what the lines mean. */
  readonly first: boolean
}

export const RelationEdge = memo(function RelationEdge(props: EdgeProps<Edge<RelationData>>) {
  const { data, sourceX, sourceY, targetX, targetY } = props
  const lod = useLod()
  const standing = useOrdinal(({ picture }) => (data ? standingOf(columnOf(picture.set, data.ordinal), data) : 'none'))
  const tone = useOrdinal((state) => (data ? toneOf(relationOf(state, data.ordinal), data.relation) : 'rest'))
  if (!data || standing === 'none') return null
  if (data.relation === 'selects' && tone !== 'near') return null
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
      {data.relation === 'selects' && <circle className="ring" cx={targetX} cy={targetY - 4.5} r="3.5" />}
      {lod === 'card' && data.relation !== 'hangs' && isNamed(data, tone) && (
        <Label
          relation={data.relation}
          x={targetX}
          y={data.relation === 'selects' ? targetY - 12 : (sourceY + targetY) / 2}
        />
      )}
    </g>
  )
})

type Standing = 'solid' | 'dotted' | 'none'

function standingOf(column: ColumnPicture | undefined, { relation, index }: RelationData): Standing {
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
  }
}

type Tone = 'near' | 'faded' | 'rest'

function toneOf(to: ReturnType<typeof relationOf>, relation: RelationName): Tone {
  switch (to) {
    case 'chosen':
      return 'near'
    case 'member':
      return relation === 'selects' || relation === 'hangs' ? 'near' : 'faded'
    case 'other':
      return 'faded'
    case 'none':
      return 'rest'
  }
}

const isNamed = ({ first, index }: RelationData, tone: Tone) => index === 0 && (tone === 'near' || first)

/** Straight down within a column; around the card for a second claim. */
function pathOf({ relation, index }: RelationData, sx: number, sy: number, tx: number, ty: number): string {
  if (relation === 'selects') return `M${sx} ${sy + 2}V${ty - 9}`
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
  readonly relation: Exclude<RelationName, 'hangs'>
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
