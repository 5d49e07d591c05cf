/**
 * Everything the store needs from the page it lives in: real time, frames, what is kept between visits. Given from
 * outside, so that the store runs in Node with a clock that a test moves.
 */

/** A drawer that keeps one text between visits. */
export interface Drawer {
  /** Undefined when it is empty, or when the browser keeps nothing. */
  read(): Promise<string | undefined>
  write(text: string): Promise<void>
  empty(): Promise<void>
}

export interface Environment {
  /** Real milliseconds from some fixed moment, never running backwards. */
  now(): number
  /** Calls back before the next picture is drawn. */
  nextFrame(callback: () => void): void
  /** Calls back once after so many real milliseconds; returns how to cancel it. */
  after(ms: number, callback: () => void): () => void
  /** Calls back when the page goes out of sight. */
  onHidden(callback: () => void): void
  /** The query string of the address, with or without its question mark. */
  readonly search: string
  /** The person's languages, the best first. */
  readonly languages: readonly string[]
  readonly prefersDark: boolean
  /** Objects are frozen to the leaves, so that a write to one is found at once (in development). */
  readonly freezes: boolean
  /** Where the run is kept. */
  readonly runs: Drawer
  /** Where preferences are kept: read before the first picture, so without waiting. */
  readonly preferences: { read(): string | null; write(text: string): void }
  /** Kept as long as this tab of the browser lives, reloads included. */
  readonly tab: { read(): string | null; write(text: string): void }
}
