/**
 * While a finger types on a small screen, the keyboard takes half of it: the page then keeps only what is typed in. Says so
 * on the document (`data-typing`) and how much the keyboard hides (`--keyboard`), for browsers that let it lie over the page.
 */
import { useEffect } from 'react'

/** Lower than this, in pixels, only the terminal is shown. */
const LOW = 560

export function useSoftKeyboard(host: HTMLElement | null): void {
  useEffect(() => {
    const view = window.visualViewport
    if (!host || !view) return
    const { documentElement: root } = document
    const look = () => {
      const typing = host.contains(document.activeElement) && view.height < LOW
      root.toggleAttribute('data-typing', typing)
      root.style.setProperty('--keyboard', typing ? `${Math.max(0, Math.round(innerHeight - view.height))}px` : '0px')
    }
    const later = () => setTimeout(look)
    view.addEventListener('resize', look)
    host.addEventListener('focusin', look)
    host.addEventListener('focusout', later)
    look()
    return () => {
      view.removeEventListener('resize', look)
      host.removeEventListener('focusin', look)
      host.removeEventListener('focusout', later)
      root.removeAttribute('data-typing')
      root.style.removeProperty('--keyboard')
    }
  }, [host])
}
