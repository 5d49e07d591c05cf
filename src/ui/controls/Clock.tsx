/**
 * The virtual time shown. Its width never changes. While the run plays it shows tenths of a second, ten times a second: more
 * could not be read, and a text that changes in every frame has the whole page looked at in every frame.
 */
import type { Ordinal } from '../../store/types.ts'
import { clock } from '../canvas/format.ts'
import { useText } from '../text.ts'
import { useSlowly } from '../timeline/useSlowly.ts'

/** At rest to the millisecond. */
const shownOf = ({ now, playing }: Ordinal) => (playing ? now - (now % 100) : now)

export function Clock() {
  const now = useSlowly(shownOf, true)
  const t = useText()
  const text = clock(now, 3)
  const point = text.lastIndexOf('.')
  return (
    <time className="clock" role="timer" aria-label={t('transport.clock')} aria-live="off">
      {text.slice(0, point)}
      <small>{text.slice(point)}</small>
    </time>
  )
}
