/**
 * A slider of the platform. While the hand holds it, or a key is down, the value is the hand's own; it is given on release.
 */
import type { ComponentProps, CSSProperties } from 'react'
import { useState } from 'react'
import { useLeaving } from './leaving.ts'

type Props = Omit<ComponentProps<'input'>, 'value' | 'onChange' | 'type'> & {
  readonly value: number
  readonly most: number
  /** On every move. */
  readonly onHold?: (value: number | undefined) => void
  readonly onGive: (value: number) => void
}

export function Range({ value, most, onHold, onGive, style, className = '', ...rest }: Props) {
  const [held, setHeld] = useState<number>()
  const shown = Math.min(held ?? value, most)
  const hold = (next: number | undefined) => {
    setHeld(next)
    onHold?.(next)
  }
  const give = () => {
    if (held !== undefined && held !== value) onGive(held)
    hold(undefined)
  }
  const leaving = useLeaving<HTMLInputElement>(give)
  return (
    <input
      {...rest}
      type="range"
      className={`range ${className}`}
      min={0}
      max={most}
      value={shown}
      style={{ '--share': most > 0 ? shown / most : 0, ...style } as CSSProperties}
      onChange={(event) => hold(Number(event.currentTarget.value))}
      onPointerUp={give}
      onKeyUp={give}
      {...leaving}
    />
  )
}
