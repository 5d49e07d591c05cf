/** What is pressed. One primary button in view at most, besides play. */
import type { ComponentProps } from 'react'
import './controls.css'

type Props = ComponentProps<'button'> & {
  /** `tool` is a quiet button of a bar. */
  readonly look?: 'primary' | 'danger' | 'ghost' | 'tool'
  readonly small?: boolean
}

export function Button({ look, small, className = '', ...rest }: Props) {
  return (
    <button type="button" className={`btn ${className}`} data-look={look} data-small={small || undefined} {...rest} />
  )
}
