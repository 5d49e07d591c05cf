/**
 * A menu under a button: things to do, values to choose. What it offers is data, worked out when it opens; the part that
 * draws it is loaded with the first menu that is opened.
 */
import type { ReactElement, ReactNode } from 'react'
import { cloneElement, lazy, Suspense, useState } from 'react'

export type MenuEntry =
  | MenuAct
  | ({ readonly kind: 'choice' | 'check'; readonly id: string; readonly checked: boolean } & MenuWords & Selecting)
  | { readonly kind: 'label'; readonly id: string; readonly label: ReactNode }
  | { readonly kind: 'rule'; readonly id: string }

interface MenuAct extends MenuWords, Selecting {
  readonly kind: 'act'
  readonly id: string
  readonly icon?: ReactNode
  readonly danger?: boolean
  /** Pointed at, or reached by the keyboard. */
  readonly onFocus?: () => void
}

interface MenuWords {
  readonly label: ReactNode
  readonly note?: string | undefined
  /** A word that kubectl prints. */
  readonly mono?: boolean
  /** The language of the label, where it is not the page's. */
  readonly lang?: string
}

interface Selecting {
  readonly onSelect: () => void
}

export interface MenuProps {
  /** The button: one element that takes a ref and handlers. */
  readonly trigger: ReactElement<{ onClick?: () => void; 'aria-haspopup'?: 'menu'; 'aria-expanded'?: boolean }>
  readonly entries: () => readonly MenuEntry[]
  readonly align?: 'start' | 'center' | 'end'
  readonly side?: 'top' | 'bottom' | 'right'
  readonly onClose?: () => void
}

const OpenedMenu = lazy(() => import('./OpenedMenu.tsx'))

export function Menu(props: MenuProps) {
  const [asked, setAsked] = useState(false)
  const { trigger } = props
  const button = cloneElement(trigger, {
    'aria-haspopup': 'menu',
    'aria-expanded': false,
    onClick: () => setAsked(true),
  })
  if (!asked) return button
  return (
    <Suspense fallback={button}>
      <OpenedMenu {...props} />
    </Suspense>
  )
}
