/** A panel beside its button, for what is not a menu. Loaded when the first one is opened. */
import { Popover } from 'radix-ui'
import type { ReactElement, ReactNode } from 'react'
import { useEffect, useState } from 'react'

/** The panel takes the focus, not the first thing in it: that would already show what it does. */
function standOnPanel(event: Event): void {
  event.preventDefault()
  if (event.target instanceof HTMLElement) event.target.focus()
}

/** A menu that was opened in the panel belongs to it, wherever in the document it stands. */
function stayForMenus(event: Event): void {
  if (event.target instanceof Element && event.target.closest('[role="menu"]')) event.preventDefault()
}

type Props = {
  readonly trigger: ReactElement
  readonly label: string
  readonly className: string
  readonly children: ReactNode
}

export default function Float({ trigger, label, className, children }: Props) {
  const [open, setOpen] = useState(false)
  useEffect(() => setOpen(true), [])
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger asChild>{trigger}</Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className={className}
          aria-label={label}
          side="right"
          align="start"
          sideOffset={8}
          collisionPadding={8}
          onOpenAutoFocus={standOnPanel}
          onInteractOutside={stayForMenus}
        >
          {children}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}
