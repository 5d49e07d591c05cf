/**
 * The run as a slider, on the same scale as the timeline: acts as tall ticks, decisions as short ones. What lies right of
 * the last moment is simulated when it is sought.
 */
import type { CSSProperties, KeyboardEvent } from 'react'
import { memo, useRef } from 'react'
import type { Marker } from '../../sim/index.ts'
import type { Ordinal } from '../../store/types.ts'
import { clock } from '../canvas/format.ts'
import { useText } from '../text.ts'
import { soughtBy } from '../timeline/Playhead.tsx'
import { domainOf } from '../timeline/scale.ts'
import { useSlowly } from '../timeline/useSlowly.ts'
import { useOrdinal, useVerbs } from '../useOrdinal.ts'

/** More decisions than this are no longer told apart. */
const MOST_TICKS = 300

const nowOf = (state: Ordinal) => state.now
const endOf = (state: Ordinal) => Math.max(state.end, state.now)

export function Scrub() {
  const now = useSlowly(nowOf, true)
  const end = useSlowly(endOf, true)
  const markers = useOrdinal((state) => state.lanes.markers)
  const { pause } = useVerbs()
  const seek = useSeekPerFrame()
  const t = useText()
  const domain = domainOf(end)
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    const target = soughtBy(event.key, event.shiftKey, now, domain)
    if (target === undefined) return
    event.preventDefault()
    pause()
    seek(target)
  }
  return (
    <div className="scrub">
      <i className="scrub-track" style={{ '--end': end / domain } as CSSProperties} />
      <Ticks markers={markers} domain={domain} />
      <input
        type="range"
        className="range"
        aria-label={t('timeline.scrub')}
        aria-valuetext={t('timeline.scrub.said', { time: clock(now), end: clock(end) })}
        min={0}
        max={domain}
        value={Math.min(now, domain)}
        style={{ '--share': Math.min(1, now / domain) } as CSSProperties}
        onPointerDown={() => pause()}
        onChange={(event) => {
          pause()
          seek(Number(event.currentTarget.value))
        }}
        onKeyDown={onKeyDown}
      />
    </div>
  )
}

/** Seeks at most once in a frame, to the latest wish. */
function useSeekPerFrame(): (at: number) => void {
  const { seek } = useVerbs()
  const wanted = useRef<number>(undefined)
  return (at) => {
    if (wanted.current === undefined) {
      requestAnimationFrame(() => {
        if (wanted.current !== undefined) seek(wanted.current)
        wanted.current = undefined
      })
    }
    wanted.current = at
  }
}

const Ticks = memo(function Ticks({
  markers,
  domain,
}: {
  readonly markers: readonly Marker[]
  readonly domain: number
}) {
  const decisions = markers.filter(({ kind }) => kind === 'decision')
  const shown = decisions.length <= MOST_TICKS ? markers : markers.filter(({ kind }) => kind !== 'decision')
  return (
    <div className="scrub-ticks" aria-hidden="true">
      {shown.map(({ kind, at, moment, text }) => (
        <i key={`${kind}${moment}${text}`} data-kind={kind} style={{ left: `${(at / domain) * 100}%` }} />
      ))}
    </div>
  )
})
