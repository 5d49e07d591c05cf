/**
 * What runs down by itself, as an arc around an icon: full at `from`, empty at `until`, in virtual time. It follows the
 * store in steps of its own circumference's pixels, and only once a second where motion is unwanted.
 */
import type { Countdown } from '../../sim/index.ts'
import { useOrdinal } from '../useOrdinal.ts'

const RADIUS = 12.5
const LENGTH = 2 * Math.PI * RADIUS

const stillness = typeof matchMedia === 'function' ? matchMedia('(prefers-reduced-motion: reduce)') : undefined

/** What is left of a countdown at a moment, from 1 to 0. */
export function shareLeft({ from, until }: Countdown, now: number): number {
  if (until <= from) return 0
  return Math.min(1, Math.max(0, (until - now) / (until - from)))
}

/** In a 28 × 28 svg, around its middle; drawn in `currentColor`. */
export function Arc({ countdown }: { readonly countdown: Countdown }) {
  const left = useOrdinal(({ now }) => {
    const shown = stillness?.matches ? Math.floor(now / 1000) * 1000 : now
    return Math.round(shareLeft(countdown, shown) * LENGTH * 2) / 2
  })
  return (
    <g fill="none">
      <circle cx="14" cy="14" r={RADIUS} stroke="var(--line-strong)" strokeWidth="1.5" />
      {left > 0 && (
        <circle
          cx="14"
          cy="14"
          r={RADIUS}
          stroke="currentColor"
          strokeWidth="2.25"
          strokeDasharray={`${left} ${LENGTH}`}
          transform="rotate(-90 14 14)"
        />
      )}
    </g>
  )
}
