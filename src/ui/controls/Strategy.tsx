/** Whether the controller replaces pods after a change of the template, or somebody does it by deleting them. */
import type { Command, SetPicture } from '../../sim/index.ts'
import { Segments } from '../kit/Segments.tsx'
import { useText } from '../text.ts'
import { useVerbs } from '../useOrdinal.ts'
import { usePreview } from './preview.tsx'
import { useLivingSet } from './target.ts'

const options = [
  ['RollingUpdate', 'RollingUpdate'],
  ['OnDelete', 'OnDelete'],
] as const

type Type = SetPicture['strategy']

function updatedBy({ namespace, name, partition }: SetPicture, type: Type): Command {
  const strategy = type === 'RollingUpdate' ? { type, rollingUpdate: { partition } } : { type }
  return { type: 'setUpdateStrategy', namespace, name, strategy }
}

export function Strategy() {
  const set = useLivingSet()
  const { dispatch } = useVerbs()
  const { show } = usePreview()
  const t = useText()
  return (
    <div className="act-group">
      <div className="act-row">
        <h3 className="heading">{t('acts.strategy')}</h3>
        <Segments
          label={t('acts.strategy')}
          value={set?.strategy ?? 'RollingUpdate'}
          options={options}
          disabled={!set}
          onChange={(type) => set && dispatch(updatedBy(set, type))}
          onPreview={(type) => show(set && type && type !== set.strategy ? updatedBy(set, type) : undefined)}
        />
      </div>
    </div>
  )
}
