/** The kubectl line of the act that is pointed at, else of the last one; and the way back. */
import { Undo2 } from 'lucide'
import { KEYS } from '../keys.ts'
import { Button } from '../kit/Button.tsx'
import { CopyButton } from '../kit/CopyButton.tsx'
import { Icon } from '../kit/Icon.tsx'
import { tip } from '../kit/tip.ts'
import { useText } from '../text.ts'
import { useOrdinal, useVerbs } from '../useOrdinal.ts'
import { usePreview } from './preview.tsx'

export function SameAs() {
  const { command } = usePreview()
  const last = useOrdinal((state) => state.lastAct)
  const { lineOf, undo } = useVerbs()
  const t = useText()
  const line = command ? lineOf(command) : last?.line
  return (
    <section className="same-as" aria-label={t('acts.sameAs')}>
      <div className="heading">
        <span>{command || !last ? t('acts.sameAs') : t('acts.lastAct')}</span>
        <span className="flex">
          <Button
            look="tool"
            small
            className="-my-1.5"
            aria-label={t('acts.undo')}
            {...tip(t('acts.undo'), KEYS.undo[0])}
            disabled={!last}
            onClick={() => undo()}
          >
            <Icon of={Undo2} size={14} />
          </Button>
          {line !== undefined && <CopyButton text={line} />}
        </span>
      </div>
      {line === undefined ? <p className="act-aside">{t('acts.sameAs.none')}</p> : <code>{line}</code>}
    </section>
  )
}
