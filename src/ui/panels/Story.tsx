/** The scenario's next beat: what it shows, before it is played. Absent outside a scenario. */
import { SkipForward } from 'lucide'
import { KEYS } from '../keys.ts'
import { Button } from '../kit/Button.tsx'
import { Icon } from '../kit/Icon.tsx'
import { tip } from '../kit/tip.ts'
import { useText } from '../text.ts'
import { useOrdinal, useVerbs } from '../useOrdinal.ts'
import { beatText } from './scenarioText.ts'

export function Story() {
  const scenario = useOrdinal((state) => state.run.scenario)
  const upcoming = useOrdinal((state) => state.upcoming)
  const played = useOrdinal((state) => state.beats.length)
  const { nextBeat } = useVerbs()
  const t = useText()
  const sentence = scenario && upcoming ? beatText(scenario, upcoming, t) : undefined
  if (sentence === undefined) return null
  return (
    <section className="story" aria-label={t('story.label')}>
      <div className="min-w-0 flex-1">
        <p className="heading">{t('story.next', { number: played + 1 })}</p>
        <p className="story-line">{sentence}</p>
      </div>
      <Button small {...tip(t('story.play'), KEYS.nextBeat[0], 'left')} onClick={() => nextBeat()}>
        <Icon of={SkipForward} size={14} />
        {t('story.do')}
      </Button>
    </section>
  )
}
