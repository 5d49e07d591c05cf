/** What was said in the terminal, as far back as it is kept, and who listens to it. */
import type { Said, TerminalEvent } from './types.ts'

/** So many characters and so many pieces are kept at most. */
const MOST_CHARACTERS = 1024 * 1024
const MOST_PIECES = 20_000

const lengthOf = (said: Said): number => (said.kind === 'note' ? 0 : said.text.length)

export class Scrollback {
  private pieces: Said[] = []
  private characters = 0
  private readonly listeners = new Set<(event: TerminalEvent) => void>()

  get all(): readonly Said[] {
    return this.pieces
  }

  say(said: Said): void {
    this.pieces.push(said)
    this.characters += lengthOf(said)
    if (this.characters > MOST_CHARACTERS || this.pieces.length > MOST_PIECES) this.shorten()
    this.tell({ event: 'said', said })
  }

  clear(): void {
    this.pieces = []
    this.characters = 0
    this.tell({ event: 'cleared' })
  }

  tell(event: TerminalEvent): void {
    for (const listener of this.listeners) listener(event)
  }

  listen(listener: (event: TerminalEvent) => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** Down to half, so that this happens seldom. */
  private shorten(): void {
    let from = 0
    while (
      from < this.pieces.length - 1 &&
      (this.characters > MOST_CHARACTERS / 2 || this.pieces.length - from > MOST_PIECES / 2)
    ) {
      this.characters -= lengthOf(this.pieces[from] as Said)
      from++
    }
    this.pieces = this.pieces.slice(from)
  }
}
