/** How many virtual seconds pass in one. */
import type { Speed } from '../../store/types.ts'
import { SPEEDS } from '../../store/types.ts'
import { useText } from '../text.ts'
import { useOrdinal, useVerbs } from '../useOrdinal.ts'

const written: Partial<Record<Speed, string>> = { 0.25: '¼×', 0.5: '½×' }

export function SpeedChoice() {
  const speed = useOrdinal((state) => state.speed)
  const { setSpeed } = useVerbs()
  const t = useText()
  const choose = (text: string) => setSpeed(text === 'max' ? text : (Number(text) as Speed))
  return (
    <select
      className="choice speed"
      aria-label={t('transport.speed')}
      title={t('transport.speed')}
      value={speed}
      onChange={(event) => choose(event.currentTarget.value)}
    >
      {SPEEDS.map((option) => (
        <option key={option} value={option}>
          {option === 'max' ? t('transport.speed.max') : (written[option] ?? `${option}×`)}
        </option>
      ))}
    </select>
  )
}
