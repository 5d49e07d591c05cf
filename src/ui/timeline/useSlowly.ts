/** A slice of the state that is looked at ten times a second at most: enough for bars that grow, and cheap. */
import { useEffect, useState } from 'react'
import type { Ordinal } from '../../store/types.ts'
import { useOrdinalStore } from '../useOrdinal.ts'

const EVERY_MS = 100

/**
 * The selector must be stable: define it outside the component. What is `exactAtRest` is slow only while the run plays, so
 * that a control stays under the finger that drags it.
 */
export function useSlowly<T>(selector: (state: Ordinal) => T, exactAtRest = false): T {
  const store = useOrdinalStore()
  const [value, setValue] = useState(() => selector(store.getState()))
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const take = () => setValue(() => selector(store.getState()))
    const release = () => {
      timer = undefined
      take()
    }
    const onChange = () => {
      if (timer !== undefined && !(exactAtRest && !store.getState().playing)) return
      clearTimeout(timer)
      take()
      timer = setTimeout(release, EVERY_MS)
    }
    take()
    const leave = store.subscribe(onChange)
    return () => {
      leave()
      clearTimeout(timer)
    }
  }, [store, selector, exactAtRest])
  return value
}
