/** Which keys the terminal leaves to the page or to the browser, and which it keeps from them. */

export interface KeyDoors {
  hasSelection(): boolean
  /** True when the key goes on through the names on the screen, or ends that. */
  walks(event: KeyboardEvent): boolean
  /** Escape: true when it had something to end in the terminal itself. */
  escape(): boolean
  /** Gives the focus back to the page. */
  leave(): void
}

const isComposing = ({ isComposing: composing, keyCode }: KeyboardEvent): boolean => composing || keyCode === 229

/** Alt with these is the page's, whatever has the focus. */
const PAGE_KEYS: readonly string[] = ['k', 'r']

/** Whether the terminal takes the key. */
export function takesKey(event: KeyboardEvent, doors: KeyDoors): boolean {
  if (event.type !== 'keydown' || isComposing(event)) return true
  const { key, ctrlKey, altKey, metaKey } = event
  if (doors.walks(event)) {
    event.stopPropagation()
    event.preventDefault()
    return false
  }
  if (key === 'Escape') {
    event.stopPropagation()
    event.preventDefault()
    if (!doors.escape()) doors.leave()
    return false
  }
  if (altKey && PAGE_KEYS.includes(key.toLowerCase())) return false
  // The browser copies what is selected; without a selection Ctrl-C interrupts.
  if (ctrlKey && key.toLowerCase() === 'c' && doors.hasSelection()) return false
  // The browser pastes.
  if (ctrlKey && key.toLowerCase() === 'v') return false
  // Ctrl-K kills to the end of the line here; on the page it opens the palette.
  if (ctrlKey && !metaKey && key.toLowerCase() === 'k') event.stopPropagation()
  return true
}

/**
 * Takes text that comes without a key (dictation, a list of signs, an input method's suggestion): for the sake of screen
 * readers xterm leaves it in its field.
 */
export function takeDictation(field: HTMLTextAreaElement, take: (text: string) => void): void {
  let keyed = false
  const note = ({ type }: Event) => {
    keyed = type === 'keydown'
  }
  field.addEventListener('keydown', note)
  field.addEventListener('keyup', note)
  field.addEventListener('input', (event) => {
    const { inputType, data } = event as InputEvent
    if (inputType === 'insertText' && data && !keyed) take(data)
  })
}

/** Takes what is pasted anywhere in the element, before xterm does. Returns what ends that. */
export function takePaste(host: HTMLElement, take: (text: string) => void): () => void {
  const onPaste = (event: ClipboardEvent) => {
    event.preventDefault()
    event.stopPropagation()
    take(event.clipboardData?.getData('text/plain') ?? '')
  }
  host.addEventListener('paste', onPaste, true)
  return () => host.removeEventListener('paste', onPaste, true)
}
