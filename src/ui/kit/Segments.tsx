/** One of a few values, all in view: radio buttons of the platform in one row. */
import type { ReactNode } from 'react'
import { useId } from 'react'

type Props<T extends string> = {
  readonly label: string
  readonly value: T
  readonly options: readonly (readonly [value: T, shown: ReactNode])[]
  readonly disabled?: boolean
  readonly onChange: (value: T) => void
  /** Pointed at or reached by the keyboard; undefined when left. */
  readonly onPreview?: (value: T | undefined) => void
}

export function Segments<T extends string>({ label, value, options, disabled, onChange, onPreview }: Props<T>) {
  const name = useId()
  return (
    <div className="segments" role="radiogroup" aria-label={label}>
      {options.map(([option, shown]) => (
        <label
          key={option}
          onPointerEnter={() => onPreview?.(option)}
          onPointerLeave={() => onPreview?.(undefined)}
          onFocus={() => onPreview?.(option)}
          onBlur={() => onPreview?.(undefined)}
        >
          <input
            type="radio"
            name={name}
            checked={option === value}
            disabled={disabled}
            onChange={() => onChange(option)}
          />
          {shown}
        </label>
      ))}
    </div>
  )
}
