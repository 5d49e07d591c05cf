/**
 * The whole grid in the corner: a mark per pod in the hue of its state, and the part that is in view. A press or a drag
 * brings that part into view. One path per state, however many pods.
 */
import { useReactFlow, useStore } from '@xyflow/react'
import type { PointerEvent } from 'react'
import { useMemo } from 'react'
import type { ColumnPicture, PodState } from '../../sim/index.ts'
import { useText } from '../text.ts'
import { useOrdinal } from '../useOrdinal.ts'
import type { Plan } from './layout.ts'

const WIDTH = 148

export default function MiniMap({ plan }: { readonly plan: Plan }) {
  const columns = useOrdinal((state) => state.picture.set?.columns)
  const marks = useMemo(() => marksOf(plan, columns ?? []), [plan, columns])
  const { setCenter, getZoom } = useReactFlow()
  const t = useText()
  const height = (WIDTH * plan.height) / plan.width
  const needless = useStore((state) => isWholeInView(plan, state))

  const centre = (event: PointerEvent<SVGSVGElement>) => {
    if (event.buttons !== 1) return
    const box = event.currentTarget.getBoundingClientRect()
    const scale = plan.width / box.width
    void setCenter((event.clientX - box.left) * scale, (event.clientY - box.top) * scale, { zoom: getZoom() })
  }
  if (needless) return null
  return (
    <svg
      className="minimap"
      role="img"
      aria-label={t('canvas.map')}
      width={WIDTH}
      height={height}
      viewBox={`0 0 ${plan.width} ${plan.height}`}
      onPointerDown={centre}
      onPointerMove={centre}
    >
      {marks.map(([state, path]) => (
        <path key={state} data-state={state} d={path} />
      ))}
      <InView />
    </svg>
  )
}

type View = { readonly transform: readonly [number, number, number]; readonly width: number; readonly height: number }

/** Then the map would repeat the canvas, and cover a part of it. */
export function isWholeInView(plan: Plan, { transform: [x, y, zoom], width, height }: View): boolean {
  return x >= 0 && y >= 0 && x + plan.width * zoom <= width && y + plan.height * zoom <= height
}

function InView() {
  const [x, y, zoom] = useStore((state) => state.transform)
  const width = useStore((state) => state.width)
  const height = useStore((state) => state.height)
  return <rect x={-x / zoom} y={-y / zoom} width={width / zoom} height={height / zoom} />
}

function marksOf(plan: Plan, columns: readonly ColumnPicture[]): [PodState, string][] {
  const paths = new Map<PodState, string>()
  for (const { ordinal, pod } of columns) {
    const place = plan.byOrdinal.get(ordinal)
    if (!place) continue
    const mark = `M${place.x} ${plan.podTop(place.line)}h${plan.column}v${plan.pod}h${-plan.column}z`
    paths.set(pod.state, (paths.get(pod.state) ?? '') + mark)
  }
  return [...paths]
}
