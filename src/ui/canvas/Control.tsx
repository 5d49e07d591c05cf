/** One button in the corner of the canvas. Kept apart from the graph, so that the list can use it without loading it. */
import type { ReactNode } from 'react'

type ControlProps = { readonly label: string; readonly onClick: () => void; readonly children: ReactNode }

export function Control({ label, onClick, children }: ControlProps) {
  return (
    <button type="button" aria-label={label} title={label} onClick={onClick}>
      {children}
    </button>
  )
}
