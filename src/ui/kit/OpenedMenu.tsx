/** A menu from its first opening on. */
import { Check } from 'lucide'
import { DropdownMenu } from 'radix-ui'
import type { ReactNode } from 'react'
import { useEffect, useState } from 'react'
import { Icon } from './Icon.tsx'
import type { MenuEntry, MenuProps } from './Menu.tsx'
import './menu.css'

export default function OpenedMenu({ trigger, entries, align = 'start', side = 'bottom', onClose }: MenuProps) {
  const [open, setOpen] = useState(false)
  // Opened in a second step, so that the focus returns to a button that is there.
  useEffect(() => setOpen(true), [])
  const change = (next: boolean) => {
    setOpen(next)
    if (!next) onClose?.()
  }
  return (
    <DropdownMenu.Root modal={false} open={open} onOpenChange={change}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align={align} side={side} sideOffset={4} collisionPadding={8}>
          {grouped(entries()).map(([first, ...others]) =>
            first?.kind === 'choice' ? (
              <Choices key={first.id} entries={[first, ...others]} />
            ) : (
              first && <Entry key={first.id} entry={first} />
            ),
          )}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

/** Choices that follow each other belong together; everything else stands alone. */
function grouped(entries: readonly MenuEntry[]): readonly (readonly MenuEntry[])[] {
  const groups: MenuEntry[][] = []
  for (const entry of entries) {
    const last = groups.at(-1)
    if (entry.kind === 'choice' && last?.[0]?.kind === 'choice') last.push(entry)
    else groups.push([entry])
  }
  return groups
}

function Choices({ entries }: { readonly entries: readonly MenuEntry[] }) {
  const chosen = entries.find((entry) => entry.kind === 'choice' && entry.checked)
  return (
    <DropdownMenu.RadioGroup value={chosen?.id ?? ''}>
      {entries.map((entry) => (
        <Entry key={entry.id} entry={entry} />
      ))}
    </DropdownMenu.RadioGroup>
  )
}

const tick = (
  <DropdownMenu.ItemIndicator>
    <Icon of={Check} size={16} />
  </DropdownMenu.ItemIndicator>
)

function Entry({ entry }: { readonly entry: MenuEntry }) {
  switch (entry.kind) {
    case 'label':
      return <DropdownMenu.Label className="menu-label">{entry.label}</DropdownMenu.Label>
    case 'rule':
      return <DropdownMenu.Separator className="menu-rule" />
    case 'act':
      return (
        <DropdownMenu.Item
          className="menu-item"
          data-danger={entry.danger || undefined}
          onSelect={entry.onSelect}
          onFocus={entry.onFocus}
        >
          <Words entry={entry} mark={entry.icon} />
        </DropdownMenu.Item>
      )
    case 'choice':
      return (
        <DropdownMenu.RadioItem className="menu-item" value={entry.id} lang={entry.lang} onSelect={entry.onSelect}>
          <Words entry={entry} mark={tick} />
        </DropdownMenu.RadioItem>
      )
    case 'check':
      return (
        <DropdownMenu.CheckboxItem
          className="menu-item"
          checked={entry.checked}
          onSelect={(event) => event.preventDefault()}
          onCheckedChange={entry.onSelect}
        >
          <Words entry={entry} mark={tick} />
        </DropdownMenu.CheckboxItem>
      )
  }
}

type Worded = Extract<MenuEntry, { readonly note?: string | undefined }>

function Words({ entry: { label, note, mono }, mark }: { readonly entry: Worded; readonly mark: ReactNode }) {
  return (
    <>
      <span>{mark}</span>
      <span>
        <span data-mono={mono || undefined}>{label}</span>
        {note && <small>{note}</small>}
      </span>
    </>
  )
}
