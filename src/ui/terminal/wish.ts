/** The wish to type in the terminal, sent from anywhere on the page to whatever shows it, now or when it has been loaded. */

const wishes = new EventTarget()
let pending = false

/** Brings the terminal into view and puts the cursor there. */
export function askForTerminal(): void {
  pending = true
  wishes.dispatchEvent(new Event('terminal'))
}

/** Whether somebody wishes to type; asked once for each wish. */
export function takeWish(): boolean {
  const wished = pending
  pending = false
  return wished
}

/** Listens until the returned function is called. */
export function onTerminalWish(listener: () => void): () => void {
  wishes.addEventListener('terminal', listener)
  return () => wishes.removeEventListener('terminal', listener)
}
