/** How many pods are wanted: stepped by one, or typed. */
import { Minus, Plus } from 'lucide'
import { useId, useState } from 'react'
import type { Command, SetPicture } from '../../sim/index.ts'
import { Icon } from '../kit/Icon.tsx'
import { NumberField } from '../kit/NumberField.tsx'
import { useText } from '../text.ts'
import { useVerbs } from '../useOrdinal.ts'
import { usePreviewOf } from './preview.tsx'
import { useLivingSet } from './target.ts'

/** More pods than this are refused: the page would be busy for minutes. */
export const MOST_REPLICAS = 1000

const scaled = ({ namespace, name }: SetPicture, replicas: number): Command => ({
  type: 'scaleStatefulSet',
  namespace,
  name,
  replicas,
})

export function Replicas() {
  const set = useLivingSet()
  const { dispatch } = useVerbs()
  const t = useText()
  const [refused, setRefused] = useState<string>()
  const message = useId()
  const value = set?.desired ?? 0

  const scale = (replicas: number) => {
    setRefused(undefined)
    if (set) dispatch(scaled(set, replicas))
  }
  return (
    <div className="act-group">
      <div className="act-row act-row-across">
        <h3 className="heading">{t('acts.replicas')}</h3>
        <div className="stepper" data-refused={refused !== undefined || undefined}>
          <Step set={set} to={value - 1} label={t('acts.replicas.fewer')} onStep={scale} />
          <NumberField
            label={t('acts.replicas')}
            value={value}
            most={MOST_REPLICAS}
            disabled={!set}
            invalid={refused !== undefined}
            describedBy={refused === undefined ? undefined : message}
            onChange={scale}
            refuse={setRefused}
          />
          <Step set={set} to={value + 1} label={t('acts.replicas.more')} onStep={scale} />
        </div>
      </div>
      {refused !== undefined && (
        <p id={message} role="alert" className="refusal">
          {t('acts.replicas.refused', { text: refused, most: MOST_REPLICAS })}
        </p>
      )}
    </div>
  )
}

type StepProps = {
  readonly set: SetPicture | undefined
  readonly to: number
  readonly label: string
  readonly onStep: (replicas: number) => void
}

function Step({ set, to, label, onStep }: StepProps) {
  const fits = set !== undefined && to >= 0 && to <= MOST_REPLICAS
  const preview = usePreviewOf(fits ? scaled(set, to) : undefined)
  const icon = set && to < set.desired ? Minus : Plus
  return (
    <button type="button" aria-label={label} disabled={!fits} onClick={() => onStep(to)} {...preview}>
      <Icon of={icon} size={16} />
    </button>
  )
}
