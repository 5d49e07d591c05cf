/** From a pointer over the timeline to a moment of the run. */
import type { PointerEvent } from 'react'

/** The moment under a pointer; undefined left of the track, where the names stand. */
export function momentAt(event: PointerEvent, domain: number): number | undefined {
  const track = event.currentTarget.querySelector('[data-track]')?.getBoundingClientRect()
  if (!track || track.width === 0 || event.clientX < track.left - 6) return undefined
  return Math.round(Math.min(1, Math.max(0, (event.clientX - track.left) / track.width)) * domain)
}
