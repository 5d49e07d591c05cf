/** A file may be dropped anywhere on the page. While one is held over it, the page says what will come of it. */
import { FileDown } from 'lucide'
import { useEffect, useState } from 'react'
import { Icon } from '../kit/Icon.tsx'
import { useText } from '../text.ts'
import { useOrdinalStore } from '../useOrdinal.ts'
import { openFile } from './files.ts'

const holdsFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false

/** A part of the page that has its own use for files. */
const takesItself = ({ target }: DragEvent): boolean =>
  target instanceof Element && target.closest('[data-drops]') !== null

export function DropZone() {
  const store = useOrdinalStore()
  const [over, setOver] = useState(false)
  const t = useText()
  useEffect(() => {
    const stop = new AbortController()
    const listen = (type: 'dragover' | 'dragleave' | 'drop', listener: (event: DragEvent) => void) =>
      addEventListener(type, (event) => holdsFiles(event) && listener(event), { signal: stop.signal })
    listen('dragover', (event) => {
      event.preventDefault()
      setOver(!takesItself(event))
    })
    listen('dragleave', (event) => {
      if (!event.relatedTarget) setOver(false)
    })
    listen('drop', (event) => {
      event.preventDefault()
      setOver(false)
      const file = event.dataTransfer?.files[0]
      if (file) void openFile(file, store.getState().verbs)
    })
    return () => stop.abort()
  }, [store])
  if (!over) return null
  return (
    <div className="drop-zone">
      <p>
        <Icon of={FileDown} size={24} />
        {t('drop.here')}
      </p>
    </div>
  )
}
