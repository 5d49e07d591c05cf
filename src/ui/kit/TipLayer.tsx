/** Shows the hint of the element that is pointed at for a while, or that the keyboard has come to. */
import type { CSSProperties } from 'react'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { Keys } from './Keys.tsx'

const DELAY_MS = 350

interface Shown {
  readonly element: HTMLElement
  readonly text: string
  readonly keys: string | undefined
}

const hinted = (target: EventTarget | null): HTMLElement | undefined =>
  (target instanceof Element && target.closest<HTMLElement>('[data-tip]')) || undefined

export function TipLayer() {
  const shown = useHinted()
  const [place, setPlace] = useState<CSSProperties>({ visibility: 'hidden' })
  const box = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    if (shown && box.current) setPlace(placeBeside(shown.element, box.current))
  }, [shown])
  if (!shown) return null
  return (
    <div className="tip" ref={box} style={place} role="presentation">
      <span>{shown.text}</span>
      {shown.keys && <Keys of={shown.keys} />}
    </div>
  )
}

function useHinted(): Shown | undefined {
  const [shown, setShown] = useState<Shown>()
  useEffect(() => {
    const stop = new AbortController()
    let timer: ReturnType<typeof setTimeout> | undefined
    const show = (element: HTMLElement) => {
      const { tip: text = '', tipKeys: keys } = element.dataset
      const opened = element.getAttribute('aria-expanded') === 'true'
      if (element.isConnected && text && !opened) setShown({ element, text, keys })
    }
    const later = (element: HTMLElement | undefined, delay: number) => {
      clearTimeout(timer)
      setShown(undefined)
      if (element) timer = setTimeout(() => show(element), delay)
    }
    const listen = <E extends keyof DocumentEventMap>(type: E, listener: (event: DocumentEventMap[E]) => void) =>
      document.addEventListener(type, listener, { signal: stop.signal, capture: true })
    listen('pointerover', (event) => event.pointerType === 'mouse' && later(hinted(event.target), DELAY_MS))
    listen('pointerdown', () => later(undefined, 0))
    listen('keydown', () => later(undefined, 0))
    listen('focusin', (event) => {
      const element = hinted(event.target)
      if (element?.matches(':focus-visible')) later(element, DELAY_MS)
    })
    listen('focusout', () => later(undefined, 0))
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [])
  return shown
}

const GAP = 6
const MARGIN = 8

/** Beside the element on the side it asks for, within the window. */
function placeBeside(element: HTMLElement, box: HTMLElement): CSSProperties {
  const at = element.getBoundingClientRect()
  const { offsetWidth: width, offsetHeight: height } = box
  const middle = at.left + (at.width - width) / 2
  const centre = at.top + (at.height - height) / 2
  const places = {
    top: [middle, at.top - height - GAP],
    bottom: [middle, at.bottom + GAP],
    left: [at.left - width - GAP, centre],
    right: [at.right + GAP, centre],
  } as const
  const [left, top] = places[(element.dataset.tipSide ?? 'top') as keyof typeof places]
  const within = (wanted: number, most: number) => Math.max(MARGIN, Math.min(wanted, most - MARGIN))
  return { left: within(left, innerWidth - width), top: within(top, innerHeight - height) }
}
