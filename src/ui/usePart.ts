/** A part of the store that is loaded when it is first wanted. */
import { useEffect, useState } from 'react'

/** What `open` gives; undefined until it is here, `'missing'` when it cannot be loaded. `open` must be stable. */
export function usePart<T>(open: () => Promise<T>): T | 'missing' | undefined {
  const [part, setPart] = useState<T | 'missing'>()
  useEffect(() => {
    let here = true
    const tell = (found: T | 'missing') => here && setPart(() => found)
    open().then(tell, () => tell('missing'))
    return () => {
      here = false
    }
  }, [open])
  return part
}
