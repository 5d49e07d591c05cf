/**
 * The bar of time: speed, step back, play, step, until quiet, the scrub slider, the clock; reset at the far right, away
 * from step. Play shows what a press would do next.
 */
import { FastForward, Pause, Play, RotateCcw, SkipBack, SkipForward } from 'lucide'
import type { ReactNode } from 'react'
import { KEYS } from '../keys.ts'
import { Icon } from '../kit/Icon.tsx'
import { Keys } from '../kit/Keys.tsx'
import { tip } from '../kit/tip.ts'
import { useText } from '../text.ts'
import { useOrdinal, useVerbs } from '../useOrdinal.ts'
import { Clock } from './Clock.tsx'
import { PauseOn } from './PauseOn.tsx'
import { Scrub } from './Scrub.tsx'
import { SpeedChoice } from './SpeedChoice.tsx'
import './transport.css'

export function Transport() {
  const { reset } = useVerbs()
  const t = useText()
  return (
    <section className="transport" aria-label={t('transport.label')}>
      <Progress />
      <SpeedChoice />
      <Moves />
      <Scrub />
      <Clock />
      <PauseOn />
      <i className="transport-rule" />
      <Move label={t('transport.reset')} keys={KEYS.reset[0]} onPress={() => reset()}>
        <Icon of={RotateCcw} size={18} />
      </Move>
    </section>
  )
}

/** As `Transport`, for a thumb: the slider above, play in the exact middle. */
export function PhoneTransport() {
  const t = useText()
  return (
    <section className="transport-phone" aria-label={t('transport.label')}>
      <Progress />
      <div className="transport-line">
        <Scrub />
        <Clock />
      </div>
      <div className="transport-line">
        <SpeedChoice />
        <Moves />
      </div>
    </section>
  )
}

function Moves() {
  const { stepBack, step, untilQuiet } = useVerbs()
  const t = useText()
  const atStart = useOrdinal(({ cursor, now }) => cursor === 0 && now === 0)
  const over = useOrdinal(({ more, cursor, length }) => !more && cursor === length - 1)
  return (
    <>
      <Move label={t('transport.stepBack')} keys={KEYS.stepBack[0]} disabled={atStart} onPress={() => stepBack()}>
        <Icon of={SkipBack} size={18} />
      </Move>
      <PlayButton />
      <Move label={t('transport.step')} keys={KEYS.step[0]} disabled={over} onPress={() => void step()}>
        <Icon of={SkipForward} size={18} />
      </Move>
      <Move label={t('transport.untilQuiet')} keys={KEYS.untilQuiet[0]} disabled={over} onPress={() => untilQuiet()}>
        <Icon of={FastForward} size={18} />
      </Move>
    </>
  )
}

function PlayButton() {
  const moving = useOrdinal(({ playing, busy }) => playing || busy !== undefined)
  const { toggle } = useVerbs()
  const t = useText()
  const label = t(moving ? 'transport.pause' : 'transport.play')
  return (
    <button type="button" className="play" aria-label={label} {...tip(label, KEYS.toggle[0])} onClick={() => toggle()}>
      {moving ? (
        <Icon of={Pause} size={20} fill="currentColor" strokeWidth={0} />
      ) : (
        <Icon of={Play} size={20} fill="currentColor" className="ml-0.5" />
      )}
    </button>
  )
}

type MoveProps = {
  readonly label: string
  readonly keys: string
  readonly disabled?: boolean
  readonly onPress: () => void
  readonly children: ReactNode
}

/** A button with its key written under it. */
function Move({ label, keys, disabled = false, onPress, children }: MoveProps) {
  return (
    <button
      type="button"
      className="move"
      aria-label={label}
      {...tip(label, keys)}
      aria-disabled={disabled || undefined}
      onClick={() => disabled || onPress()}
    >
      {children}
      <span className="move-keys" aria-hidden="true">
        <Keys of={keys} brief />
      </span>
    </button>
  )
}

/** A long way being gone, as a line along the upper edge. */
function Progress() {
  const busy = useOrdinal((state) => state.busy)
  const share = useOrdinal(({ busy, now }) => {
    if (!busy || !Number.isFinite(busy.until)) return 0
    return Math.round(((now - busy.from) / Math.max(1, busy.until - busy.from)) * 200) / 200
  })
  const t = useText()
  if (!busy) return null
  return (
    <progress
      className="transport-progress"
      aria-label={t('transport.busy')}
      max={1}
      {...(share > 0 && { value: share })}
    />
  )
}
