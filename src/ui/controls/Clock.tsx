/** The virtual time shown. Its width never changes. */
import { clock } from '../canvas/format.ts'
import { useText } from '../text.ts'
import { useOrdinal } from '../useOrdinal.ts'

export function Clock() {
  const now = useOrdinal((state) => state.now)
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
