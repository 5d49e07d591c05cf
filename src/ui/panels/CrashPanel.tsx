/** A mistake of ours: the run has stopped at the last good moment. It can be saved, with all that repeats the mistake. */
import { Bug, Save } from 'lucide'
import { clock } from '../canvas/format.ts'
import { Button } from '../kit/Button.tsx'
import { saveAsFile } from '../kit/clipboard.ts'
import { Icon } from '../kit/Icon.tsx'
import { useText } from '../text.ts'
import { useOrdinal, useVerbs } from '../useOrdinal.ts'
import './crash.css'

export default function CrashPanel() {
  const crash = useOrdinal((state) => state.crash)
  const { dismissCrash, reset } = useVerbs()
  const t = useText()
  if (!crash) return null
  return (
    <section className="crash" role="alert" aria-labelledby="crash-heading">
      <h2 id="crash-heading">
        <Icon of={Bug} size={20} />
        {t('crash.title', { time: clock(crash.at) })}
      </h2>
      <p>{t('crash.text')}</p>
      <details>
        <summary>{crash.message}</summary>
        <pre>{crash.stack}</pre>
      </details>
      <div className="crash-acts">
        <Button look="primary" onClick={() => saveAsFile('crash.ordinal.json', crash.run)}>
          <Icon of={Save} size={16} />
          {t('crash.save')}
        </Button>
        <Button onClick={() => reset()}>{t('crash.again')}</Button>
        <Button look="ghost" onClick={() => dismissCrash()}>
          {t('crash.dismiss')}
        </Button>
      </div>
    </section>
  )
}
