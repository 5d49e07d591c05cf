/** All lamps in a few words and marks, for the label of their tab: a strip of them where there is room. */
import type { Lamp as LampState } from '../../sim/index.ts'
import { Lamp } from '../kit/Lamp.tsx'
import { useText } from '../text.ts'
import { useOrdinal } from '../useOrdinal.ts'

export function LampSummary() {
  const lamps = useOrdinal((state) => state.lamps)
  const t = useText()
  if (lamps.length === 0) return null
  const count = (status: LampState['status']) => lamps.filter((lamp) => lamp.status === status).length
  const held = count('held')
  const broken = count('broken')
  const notPromised = count('notPromised')
  return (
    <span className="lamp-summary" data-broken={broken > 0 || undefined}>
      <span className="lamp-strip" aria-hidden="true">
        {lamps.map(({ id, status }) => (
          <Lamp key={id} status={status} />
        ))}
      </span>
      <span className="lamp-one">
        <Lamp status={broken > 0 ? 'broken' : 'held'} />
      </span>
      {broken > 0 ? t('lamps.summary.broken', { count: broken, held }) : t('lamps.summary', { held, notPromised })}
    </span>
  )
}
