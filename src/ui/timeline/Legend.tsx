/** What the bars and lines mean; for the edge of the timeline's tab. */
import type { TextKey } from '../text.ts'
import { useText } from '../text.ts'
import './timeline.css'

const entries = [
  ['ready', 'timeline.legend.ready'],
  ['notReady', 'timeline.legend.notReady'],
  ['pending', 'timeline.legend.notStarted'],
  ['terminating', 'timeline.legend.terminating'],
  ['crashLoop', 'timeline.legend.failed'],
  ['claim', 'timeline.legend.claim'],
  ['name', 'timeline.legend.name'],
] as const satisfies readonly (readonly [string, TextKey])[]

export function TimelineLegend() {
  const t = useText()
  return (
    <ul className="timeline-legend" aria-label={t('timeline.legend')}>
      {entries.map(([look, key]) => (
        <li key={look} data-look={look}>
          <i className={look === 'claim' || look === 'name' ? 'life' : 'bar'} data-state={look} aria-hidden="true" />
          {t(key)}
        </li>
      ))}
    </ul>
  )
}
