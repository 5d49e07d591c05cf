/**
 * Tabs as the ARIA practices describe them: arrow keys, Home and End move along the row and choose at once; Tab leads into
 * the panel. The panel is whatever lies under `TabPanel`.
 */
import type { KeyboardEvent, ReactNode } from 'react'
import { useEffect, useRef } from 'react'

type TabsProps<T extends string> = {
  /** Distinguishes the ids of several rows of tabs. */
  readonly name: string
  readonly label: string
  readonly value: T
  readonly tabs: readonly (readonly [value: T, shown: ReactNode])[]
  readonly className?: string
  /** Also when the tab that is chosen already is pressed. */
  readonly onChoose: (value: T) => void
}

const idOf = (name: string, value: string, part: 'tab' | 'panel') => `${name}-${part}-${value}`

export function Tabs<T extends string>({ name, label, value, tabs, className = '', onChoose }: TabsProps<T>) {
  const row = useRef<HTMLDivElement>(null)
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
    const index = tabs.findIndex(([tab]) => tab === value)
    const target = tabs[targetOf(event.key, index, tabs.length) ?? -1]?.[0]
    if (target === undefined) return
    event.preventDefault()
    onChoose(target)
    row.current?.querySelector<HTMLElement>(`[id="${idOf(name, target, 'tab')}"]`)?.focus()
  }
  // Chosen by a key or from elsewhere, a tab may lie beyond the edge of a narrow row.
  useEffect(() => {
    const chosen = row.current?.querySelector(`[id="${idOf(name, value, 'tab')}"]`)
    chosen?.scrollIntoView?.({ block: 'nearest', inline: 'nearest' })
  }, [name, value])
  return (
    <div className={`tabs ${className}`} role="tablist" aria-label={label} ref={row} onKeyDown={onKeyDown}>
      {tabs.map(([tab, shown]) => (
        <button
          key={tab}
          type="button"
          role="tab"
          className="tab"
          id={idOf(name, tab, 'tab')}
          aria-controls={idOf(name, tab, 'panel')}
          aria-selected={tab === value}
          tabIndex={tab === value ? 0 : -1}
          onClick={() => onChoose(tab)}
        >
          {shown}
        </button>
      ))}
    </div>
  )
}

function targetOf(key: string, index: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowLeft':
      return (index + count - 1) % count
    case 'ArrowRight':
      return (index + 1) % count
    case 'Home':
      return 0
    case 'End':
      return count - 1
    default:
      return undefined
  }
}

type PanelProps = {
  readonly name: string
  readonly value: string
  readonly className?: string
  readonly children: ReactNode
}

/** What the chosen tab shows. */
export function TabPanel({ name, value, className, children }: PanelProps) {
  return (
    <div
      className={className}
      role="tabpanel"
      id={idOf(name, value, 'panel')}
      aria-labelledby={idOf(name, value, 'tab')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a panel that scrolls must be reached by the keyboard.
      tabIndex={0}
    >
      {children}
    </div>
  )
}
