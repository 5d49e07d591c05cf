/** The wish to type somewhere, sent from anywhere on the page to whatever shows that place, now or when it has been loaded. */

class Wish {
  private readonly target = new EventTarget()
  private pending = false

  /** Brings the place into view and puts the cursor there. */
  ask(): void {
    this.pending = true
    this.target.dispatchEvent(new Event('wish'))
  }

  /** Whether somebody wishes to type; asked once for each wish. */
  take(): boolean {
    const wished = this.pending
    this.pending = false
    return wished
  }

  /** Listens until the returned function is called. */
  listen(listener: () => void): () => void {
    this.target.addEventListener('wish', listener)
    return () => this.target.removeEventListener('wish', listener)
  }
}

/** The places where a person writes, by their tabs. */
export const wishes = { terminal: new Wish(), manifest: new Wish() } as const
