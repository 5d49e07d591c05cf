/** Everything by its name: typed, chosen, done. Loaded when first opened. */
import { Command } from 'cmdk'
import { Dialog } from 'radix-ui'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { Doors } from '../keys.ts'
import { Keys } from '../kit/Keys.tsx'
import { useText } from '../text.ts'
import { useOrdinalStore } from '../useOrdinal.ts'
import './crash.css'
import './palette.css'
import type { Entry } from './paletteEntries.ts'
import { paletteEntries } from './paletteEntries.ts'
import { found } from './paletteSearch.ts'

type Props = { readonly onClose: () => void; readonly doors: Doors }

export default function Palette({ onClose, doors }: Props) {
  const store = useOrdinalStore()
  const t = useText()
  // The list is about the moment at which the palette was opened; the run is paused meanwhile.
  const entries = useMemo(() => paletteEntries(store, t, doors), [store, t, doors])
  const [typed, setTyped] = useState('')
  const [chosen, setChosen] = useState('')
  const field = useRef<HTMLInputElement>(null)
  // cmdk names the option that was chosen before: it looks for it before the options are drawn anew (decision 0009).
  useEffect(() => {
    const option = document.querySelector('.palette-item[aria-selected="true"]')
    if (option) field.current?.setAttribute('aria-activedescendant', option.id)
  })
  return (
    <Dialog.Root open onOpenChange={(open) => open || onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="veil" />
        <Dialog.Content className="dialog palette" aria-describedby={undefined} spellCheck="false">
          <Dialog.Title className="sr-only">{t('palette.open')}</Dialog.Title>
          <Command label={t('palette.open')} loop shouldFilter={false} value={chosen} onValueChange={setChosen}>
            <Command.Input
              ref={field}
              className="palette-input"
              placeholder={t('palette.placeholder')}
              value={typed}
              onValueChange={setTyped}
            />
            <Command.List className="palette-list">
              <Command.Empty className="events-empty">{t('palette.none')}</Command.Empty>
              {found(entries, typed).map(([group, ofGroup]) => (
                <Command.Group key={group} heading={t(`palette.group.${group}`)}>
                  {ofGroup.map((entry) => (
                    <Item key={entry.id} entry={entry} onDone={onClose} />
                  ))}
                </Command.Group>
              ))}
            </Command.List>
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function Item({ entry, onDone }: { readonly entry: Entry; readonly onDone: () => void }) {
  const { id, group, label, note, keys, perform } = entry
  const choose = () => {
    onDone()
    perform()
  }
  return (
    <Command.Item className="palette-item" value={id} onSelect={choose}>
      <span>
        {label}
        {note && <small data-mono={group === 'acts' || undefined}>{note}</small>}
      </span>
      {keys && <Keys of={keys} />}
    </Command.Item>
  )
}
