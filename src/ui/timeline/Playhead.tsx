/**
 * The moment shown: a line through all lanes, a slider for keyboard and screen reader. What lies ahead of it is paler.
 * It moves in every frame, so it is moved by a transform of whole pixels: nothing has to be laid out or put into layers anew.
 */
import type { KeyboardEvent } from 'react'
import { clock } from '../canvas/format.ts'
import { useText } from '../text.ts'
import { useOrdinal, useVerbs } from '../useOrdinal.ts'

type Props = { readonly domain: number; readonly last: number; readonly width: number }

/** `width` is that of the whole track, in pixels. */
export function Playhead({ domain, last, width }: Props) {
  const now = useOrdinal((state) => state.now)
  const { seek, pause } = useVerbs()
  const t = useText()
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    const target = soughtBy(event.key, event.shiftKey, now, last)
    if (target === undefined) return
    event.preventDefault()
    event.stopPropagation()
    pause()
    seek(target)
  }
  const share = Math.min(1, now / domain)
  return (
    <>
      {last > now && (
        <i className="ahead" style={{ left: `${share * 100}%`, right: `${100 - (last / domain) * 100}%` }} />
      )}
      <div className="playhead-rail" style={{ transform: `translateX(${Math.round(share * width)}px)` }}>
        <div
          className="playhead"
          role="slider"
          tabIndex={0}
          aria-label={t('timeline.scrub')}
          aria-valuemin={0}
          aria-valuemax={last}
          aria-valuenow={now}
          aria-valuetext={t('timeline.scrub.said', { time: clock(now), end: clock(last) })}
          onKeyDown={onKeyDown}
        />
      </div>
    </>
  )
}

/** The moment that a key asks for: a second, with Shift ten; undefined for any other key. Never beyond what is known. */
export function soughtBy(key: string, far: boolean, now: number, last: number): number | undefined {
  const step = far ? 10_000 : 1000
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return Math.max(0, now - step)
    case 'ArrowRight':
    case 'ArrowUp':
      return Math.min(last, now + step)
    case 'PageDown':
      return Math.max(0, now - 10_000)
    case 'PageUp':
      return Math.min(last, now + 10_000)
    case 'Home':
      return 0
    case 'End':
      return last
    default:
      return undefined
  }
}
