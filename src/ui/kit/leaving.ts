import { useRef } from 'react'

/**
 * For an element that gives what it holds when it is left. Only a person leaves it: one that is taken out of the page loses the
 * focus on its way, and then nothing is given.
 */
export function useLeaving<E extends HTMLElement>(give: () => void) {
  const ref = useRef<E>(null)
  const onBlur = () => {
    if (ref.current) give()
  }
  return { ref, onBlur }
}
