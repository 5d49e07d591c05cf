/** The partition of a rolling update: a slider with the ordinals as ticks, and a number for what lies beyond them. */
import { useId, useState } from 'react'
import type { Command, SetPicture } from '../../sim/index.ts'
import { NumberField } from '../kit/NumberField.tsx'
import { Range } from '../kit/Range.tsx'
import { useText } from '../text.ts'
import { useVerbs } from '../useOrdinal.ts'
import { usePreview } from './preview.tsx'
import { MOST_REPLICAS } from './Replicas.tsx'
import { useLivingSet } from './target.ts'

const parted = ({ namespace, name }: SetPicture, partition: number): Command => ({
  type: 'setPartition',
  namespace,
  name,
  partition,
})

export function Partition() {
  const set = useLivingSet()
  const { dispatch } = useVerbs()
  const { show } = usePreview()
  const t = useText()
  const [held, setHeld] = useState<number>()
  const [refused, setRefused] = useState<string>()
  const message = useId()
  const most = set?.desired ?? 0
  const value = set?.partition ?? 0
  const rolling = set?.strategy === 'RollingUpdate'

  const hold = (next: number | undefined) => {
    setHeld(next)
    show(set && next !== undefined ? parted(set, next) : undefined)
  }
  const give = (partition: number) => {
    setRefused(undefined)
    if (set) dispatch(parted(set, partition))
  }
  return (
    <div className="act-group">
      <div className="act-row act-row-slider">
        <div className="heading">
          <h3>{t('acts.partition')}</h3>
          <NumberField
            className="partition-number"
            label={t('acts.partition.number')}
            value={held ?? value}
            most={MOST_REPLICAS}
            disabled={!rolling}
            invalid={refused !== undefined}
            describedBy={refused === undefined ? undefined : message}
            onChange={give}
            refuse={setRefused}
          />
        </div>
        <div className="min-w-0">
          <Range
            aria-label={t('acts.partition')}
            aria-valuetext={t('canvas.partition.said', saidOf(held ?? value, most))}
            value={value}
            most={most}
            disabled={!rolling || most === 0}
            className="range-parted"
            onHold={hold}
            onGive={give}
          />
          <Ticks most={most} value={held ?? value} />
        </div>
      </div>
      {set && !rolling && <p className="act-aside">{t('acts.partition.onDelete')}</p>}
      {refused !== undefined && (
        <p id={message} role="alert" className="refusal">
          {t('acts.partition.refused', { text: refused, most: MOST_REPLICAS })}
        </p>
      )}
    </div>
  )
}

function saidOf(partition: number, most: number) {
  const kept = Math.min(partition, most)
  return { partition, kept, replaced: most - kept }
}

/** As many ordinals as there is room for, always the first and the last. */
export function ticksOf(most: number): readonly number[] {
  const step = most <= 6 ? 1 : Math.ceil(most / 4)
  const ticks: number[] = []
  for (let tick = 0; tick < most - step / 2; tick += step) ticks.push(tick)
  return [...ticks, most]
}

function Ticks({ most, value }: { readonly most: number; readonly value: number }) {
  if (most === 0) return null
  return (
    <div className="ticks" aria-hidden="true">
      {ticksOf(most).map((tick) => (
        <span key={tick} data-on={tick === value || undefined} style={{ '--at': tick / most } as object}>
          {tick}
        </span>
      ))}
    </div>
  )
}
