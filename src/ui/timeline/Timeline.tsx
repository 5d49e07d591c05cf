/**
 * Identity swim lanes: a row per ordinal with the pod's incarnations as bars, the acts as lines through all of them, and
 * the moment shown as a line that can be dragged. The timeline is the scrub bar of the run.
 */
import type { CSSProperties, PointerEvent } from 'react'
import { useCallback, useRef, useState } from 'react'
import type { Ordinal } from '../../store/types.ts'
import { useText } from '../text.ts'
import { useVerbs } from '../useOrdinal.ts'
import { Axis } from './Axis.tsx'
import { LastMoment } from './LaneRow.tsx'
import { LaneRows } from './LaneRows.tsx'
import { rowsOf } from './lanes.ts'
import { Playhead } from './Playhead.tsx'
import { momentAt } from './pointer.ts'
import { domainOf, ticksOf } from './scale.ts'
import './timeline.css'
import { Tip, useTip } from './Tip.tsx'
import { useSlowly } from './useSlowly.ts'

const lanesOf = (state: Ordinal) => state.lanes
const columnsOf = (state: Ordinal) => state.picture.set?.columns
const lastOf = ({ now, end, lanes }: Ordinal) => Math.max(now, end, lanes.end)

export function Timeline() {
  const { lanes, markers } = useSlowly(lanesOf)
  const columns = useSlowly(columnsOf)
  const last = useSlowly(lastOf)
  const [track, width] = useWidth()
  const domain = domainOf(last)
  const rows = rowsOf(lanes, columns ?? [])
  const scrub = useScrub(domain)
  const tip = useTip(rows, domain)
  const t = useText()
  return (
    <section
      className="timeline"
      aria-label={t('timeline.label')}
      style={{ '--domain': domain } as CSSProperties}
      {...scrub}
      onPointerOver={tip.onPointer}
      onPointerLeave={tip.leave}
    >
      <div className="gridlines">
        {ticksOf(domain, width).map((at) => (
          <i key={at} style={{ left: `${(at / domain) * 100}%` }} />
        ))}
      </div>
      <Axis markers={markers} domain={domain} width={width} />
      <LastMoment value={last}>
        <LaneRows rows={rows} />
      </LastMoment>
      <div className="timeline-over" data-track ref={track}>
        <i className="future" title={t('timeline.future')} style={{ left: `${(last / domain) * 100}%` }} />
        {markers.map(
          ({ kind, at, moment }) =>
            kind !== 'decision' && (
              <i
                key={`${kind}${moment}`}
                className="marker-line"
                data-kind={kind}
                style={{ left: `${(at / domain) * 100}%` }}
              />
            ),
        )}
        <Playhead domain={domain} last={last} width={width} />
      </div>
      <Tip tip={tip.shown} />
    </section>
  )
}

function useWidth(): [(element: HTMLElement | null) => void, number] {
  const [width, setWidth] = useState(900)
  const observer = useRef<ResizeObserver>(undefined)
  const ref = useCallback((element: HTMLElement | null) => {
    observer.current?.disconnect()
    if (!element || typeof ResizeObserver === 'undefined') return
    observer.current = new ResizeObserver(() => setWidth(element.clientWidth || 900))
    observer.current.observe(element)
  }, [])
  return [ref, width]
}

/** Press and drag seek; the run pauses first. At most one seek per frame. */
function useScrub(domain: number) {
  const { seek, pause } = useVerbs()
  const wanted = useRef<number>(undefined)
  const held = useRef(false)

  const follow = (at: number) => {
    if (wanted.current === undefined) {
      requestAnimationFrame(() => {
        if (wanted.current !== undefined) seek(wanted.current)
        wanted.current = undefined
      })
    }
    wanted.current = at
  }
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0 || (event.target as Element).closest('button')) return
    const at = momentAt(event, domain)
    if (at === undefined) return
    event.currentTarget.setPointerCapture(event.pointerId)
    held.current = true
    pause()
    follow(at)
  }
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    const at = held.current ? momentAt(event, domain) : undefined
    if (at !== undefined) follow(at)
  }
  const onPointerUp = () => {
    held.current = false
  }
  return { onPointerDown, onPointerMove, onPointerUp, onPointerCancel: onPointerUp }
}
