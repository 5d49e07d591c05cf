/** The upper edge of the dock: dragged, or moved by arrow keys; Enter or a double click shuts and opens. */
import type { KeyboardEvent, PointerEvent } from 'react'
import type { DockHeight } from './useDockHeight.ts'

const STEP = 24

type Props = DockHeight & { readonly label: string }

export function Separator({ label, height, least, most, resize, toggle }: Props) {
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId)
  }
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return
    const bottom = event.currentTarget.parentElement?.getBoundingClientRect().bottom ?? innerHeight
    resize(bottom - event.clientY)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const target = heightBy(event.key, height, least, most)
    if (event.key === 'Enter') toggle()
    else if (target === undefined) return
    else resize(target)
    event.preventDefault()
  }
  return (
    // A separator that can be moved is a widget: it has the focus and a value.
    // biome-ignore lint/a11y/useSemanticElements: <hr> is the kind that cannot be moved.
    <div
      className="separator"
      role="separator"
      aria-orientation="horizontal"
      aria-label={label}
      aria-valuenow={Math.round(height)}
      aria-valuemin={least}
      aria-valuemax={most}
      tabIndex={0}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onDoubleClick={toggle}
      onKeyDown={onKeyDown}
    />
  )
}

/** The height that a key asks for; undefined for any other key. */
export function heightBy(key: string, height: number, least: number, most: number): number | undefined {
  switch (key) {
    case 'ArrowUp':
      return Math.min(most, height + STEP)
    case 'ArrowDown':
      return Math.max(least, height - STEP)
    case 'Home':
      return least
    case 'End':
      return most
    default:
      return undefined
  }
}
