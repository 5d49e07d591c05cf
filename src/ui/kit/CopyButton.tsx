/** Copies a text and says so for a moment. */
import { Check, Copy } from 'lucide'
import { useEffect, useState } from 'react'
import { useText } from '../text.ts'
import { Button } from './Button.tsx'
import { copyText } from './clipboard.ts'
import { Icon } from './Icon.tsx'
import { tip } from './tip.ts'

/** So long the button says that it has copied. */
const SAID_MS = 1600

/** True for a while after it was set to true. */
export function useForAWhile(): [boolean, (value: boolean) => void] {
  const [value, setValue] = useState(false)
  useEffect(() => {
    if (!value) return
    const timer = setTimeout(() => setValue(false), SAID_MS)
    return () => clearTimeout(timer)
  }, [value])
  return [value, setValue]
}

export function CopyButton({ text }: { readonly text: string }) {
  const t = useText()
  const [copied, setCopied] = useForAWhile()
  const label = copied ? t('copy.done') : t('copy.do')
  return (
    <Button
      look="tool"
      small
      className="-my-1.5"
      aria-label={label}
      {...tip(label)}
      onClick={() => void copyText(text).then(setCopied)}
    >
      {copied ? <Icon of={Check} size={14} /> : <Icon of={Copy} size={14} />}
    </Button>
  )
}
