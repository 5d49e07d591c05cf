/**
 * A card of the canvas as something that can be stood on and selected: a click or Enter selects, Escape lets go, arrow
 * keys lead to the neighbours. Space stays with the playback.
 */
import type { CSSProperties, KeyboardEvent, ReactNode } from 'react'
import { createContext, useContext } from 'react'
import type { ObjectKey } from '../../sim/index.ts'
import { useOrdinal, useVerbs } from '../useOrdinal.ts'
import type { Direction, Stop } from './stops.ts'
import { directionOf, standOn, useIsTabStop } from './stops.ts'

/** Leads the focus from a stop to its neighbour; given by the canvas, which knows the plan and the viewport. */
export const StepContext = createContext<(from: Stop, direction: Direction) => void>(() => {})

type Props = {
  readonly stop: Stop
  /** What is selected by it. */
  readonly target: ObjectKey
  /** The whole of what the card says, for those who do not see it. */
  readonly label: string
  readonly className: string
  readonly children: ReactNode
  readonly style?: CSSProperties
  readonly title?: string
  /** Further `data-` attributes that the styles read. */
  readonly marks?: Readonly<Record<`data-${string}`, string | boolean | undefined>>
  /** False where the card stands for something that another card shows as selected. */
  readonly pressable?: boolean
}

export function StopButton({ stop, target, label, marks, pressable = true, children, ...rest }: Props) {
  const { select } = useVerbs()
  const selected = useOrdinal((state) => pressable && state.selected === target)
  const isTabStop = useIsTabStop(stop)
  const step = useContext(StepContext)

  const onKeyDown = (event: KeyboardEvent) => {
    const direction = event.altKey || event.ctrlKey || event.metaKey ? undefined : directionOf(event.key)
    if (direction && !event.shiftKey) {
      event.preventDefault()
      event.stopPropagation()
      step(stop, direction)
    } else if (event.key === 'Escape') {
      select(undefined)
    }
  }

  return (
    <button
      type="button"
      {...rest}
      {...marks}
      data-stop={stop}
      data-selected={selected || undefined}
      aria-label={label}
      aria-pressed={pressable ? selected : undefined}
      aria-keyshortcuts="Enter"
      tabIndex={isTabStop || stop === 'controller' ? 0 : -1}
      onFocus={() => standOn(stop)}
      onClick={() => select(target)}
      onKeyDown={onKeyDown}
      onKeyUp={letSpacePlay}
    >
      {children}
    </button>
  )
}

/** Without this the browser would turn Space into a click on the card that has the focus. */
function letSpacePlay(event: KeyboardEvent) {
  if (event.key === ' ') event.preventDefault()
}
