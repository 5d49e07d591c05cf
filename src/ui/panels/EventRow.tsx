/** One Event of the API, in its own words: when, what, about which object. */
import { TriangleAlert } from 'lucide'
import type { EventLine } from '../../sim/index.ts'
import { clock } from '../canvas/format.ts'
import { Icon } from '../kit/Icon.tsx'
import { ObjectLink } from '../kit/ObjectLink.tsx'
import { useText } from '../text.ts'
import { useVerbs } from '../useOrdinal.ts'

export function EventRow({ line }: { readonly line: EventLine }) {
  const { at, type, reason, object, key, message, count } = line
  const { pause, seek } = useVerbs()
  const t = useText()
  const go = () => {
    pause()
    seek(at)
  }
  return (
    <div className="event" data-type={type}>
      <button type="button" className="event-time" title={t('events.seek')} onClick={go}>
        {clock(at)}
      </button>
      <span className="event-mark">
        {type === 'Warning' ? (
          <Icon of={TriangleAlert} size={14} label={t('events.warning')} />
        ) : (
          <i aria-hidden="true" />
        )}
      </span>
      <p className="event-what">
        <b>{reason}</b> <ObjectLink to={key}>{object}</ObjectLink>
        {count > 1 && <span className="event-count">×{count}</span>}
      </p>
      <p className="event-message">{message}</p>
    </div>
  )
}
