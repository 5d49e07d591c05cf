/** The frame of a dialog: a veil, a title, a way out at the top. Escape and a press outside close it. */
import { X } from 'lucide'
import { Dialog } from 'radix-ui'
import type { ReactNode } from 'react'
import { Button } from '../kit/Button.tsx'
import { Icon } from '../kit/Icon.tsx'
import { useText } from '../text.ts'
import './crash.css'

type Props = {
  readonly title: string
  readonly className?: string
  readonly onClose: () => void
  readonly children: ReactNode
}

export function Dialogue({ title, className = '', onClose, children }: Props) {
  const t = useText()
  return (
    <Dialog.Root open onOpenChange={(open) => open || onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="veil" />
        <Dialog.Content className={`dialog ${className}`} aria-describedby={undefined}>
          <div className="dialog-head">
            <Dialog.Title>{title}</Dialog.Title>
            <Dialog.Close asChild>
              <Button look="tool" aria-label={t('dialog.close')}>
                <Icon of={X} size={18} />
              </Button>
            </Dialog.Close>
          </div>
          {children}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
