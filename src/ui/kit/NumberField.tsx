/**
 * A number that may be typed. What is typed is taken when Enter is pressed or the field is left, and only if it is a whole
 * number within the bounds; otherwise `refuse` is told the text and the number stays as it was.
 */
import type { KeyboardEvent } from 'react'
import { useState } from 'react'
import { useLeaving } from './leaving.ts'

type Props = {
  readonly label: string
  readonly value: number
  readonly least?: number
  readonly most: number
  readonly disabled?: boolean
  readonly className?: string
  readonly describedBy?: string | undefined
  readonly invalid?: boolean
  readonly onChange: (value: number) => void
  readonly refuse: (text: string) => void
}

/** The whole number that a text is, within the bounds; undefined for anything else. */
export function wholeNumber(text: string, least: number, most: number): number | undefined {
  if (!/^[+-]?\d+$/.test(text.trim())) return undefined
  const number = Number(text)
  return number >= least && number <= most ? number : undefined
}

export function NumberField(props: Props) {
  const { label, value, least = 0, most, disabled, className, describedBy, invalid, onChange, refuse } = props
  const [typed, setTyped] = useState<string>()

  const take = () => {
    if (typed === undefined) return
    const number = wholeNumber(typed, least, most)
    setTyped(undefined)
    if (number === undefined) refuse(typed)
    else if (number !== value) onChange(number)
  }
  const leaving = useLeaving<HTMLInputElement>(take)
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') take()
    if (event.key === 'Escape') setTyped(undefined)
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return
    event.preventDefault()
    const next = value + (event.key === 'ArrowUp' ? 1 : -1)
    setTyped(undefined)
    if (next >= least && next <= most) onChange(next)
  }
  return (
    <input
      className={className}
      type="text"
      inputMode="numeric"
      autoComplete="off"
      role="spinbutton"
      aria-label={label}
      aria-valuenow={value}
      aria-valuemin={least}
      aria-valuemax={most}
      aria-invalid={invalid || undefined}
      aria-describedby={describedBy}
      disabled={disabled}
      value={typed ?? String(value)}
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => setTyped(event.currentTarget.value)}
      {...leaving}
      onKeyDown={onKeyDown}
    />
  )
}
