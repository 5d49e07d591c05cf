/** What the page's terminal is to the view: what was said in it, what it waits for, and what may be done. Types only. */
import type { SimTime } from '../../sim/index.ts'

/** Something that the terminal itself says, as data; the view's texts say it. */
export type TerminalNote =
  /** The first thing that is said. */
  | 'welcome'
  /** A command waits and time stands still. */
  | 'paused'
  /** The moment shown lies before what was said above. */
  | 'back'
  /** The moment shown moved back, which ended the command that waited. */
  | 'wentBack'
  /** Another run has taken the place of the one that was spoken of. */
  | 'newRun'
  /** A command was ended because it said too much. */
  | 'tooMuch'
  /** A paste or a line is too long; `limit` in characters, `length` of what came. */
  | 'tooLong'
  /** The text `name` is open in the editor. */
  | 'editing'
  /** The shell was left; another one begins. */
  | 'exited'

export type Said =
  | { readonly kind: 'typed'; readonly at: SimTime; readonly prompt: string; readonly text: string }
  /** The line of an act that was not typed here: by the mouse, a script, or in an earlier visit. */
  | { readonly kind: 'act'; readonly at: SimTime; readonly text: string }
  | { readonly kind: 'out' | 'err'; readonly at: SimTime; readonly text: string }
  | {
      readonly kind: 'note'
      readonly at: SimTime
      readonly note: TerminalNote
      readonly params: Readonly<Record<string, string | number>>
    }

/** A text that a running command wants edited. */
export interface Draft {
  readonly name: string
  readonly text: string
  /** Why it is opened again, a line each; empty the first time. */
  readonly reasons: readonly string[]
}

export type TerminalState =
  /** A line may be typed; the prompt is `> ` inside an unfinished one. */
  | { readonly is: 'ready'; readonly prompt: string }
  /** A running command reads a line. */
  | { readonly is: 'reading'; readonly prompt: string }
  | { readonly is: 'busy' }
  /** A running command waits for a text that is edited. */
  | { readonly is: 'editing'; readonly draft: Draft }
  /** For virtual time to pass, or for something to happen in the cluster. */
  | { readonly is: 'waiting' }

export type TerminalEvent =
  | { readonly event: 'said'; readonly said: Said }
  | { readonly event: 'cleared' }
  | { readonly event: 'state' }

export interface TerminalCompletion {
  readonly from: number
  readonly current: string
  readonly words: readonly string[]
}

export interface Terminal {
  readonly state: TerminalState
  /** What was said and not cleared, oldest first; the oldest go when there is too much. */
  readonly scrollback: readonly Said[]
  /** Lines that were typed, oldest first. */
  readonly history: readonly string[]
  /** Lines that are typed or pasted, one after the other; those that cannot be run yet wait for their turn. */
  enter(lines: readonly string[]): void
  /** Ctrl-C. `text` is what stood in the line. */
  interrupt(text: string): void
  /** Ctrl-D in an empty line. */
  endOfInput(): void
  /** The text that was asked for as it was left in the editor. */
  edited(text: string): void
  clear(): void
  /** Says that a paste is too long, and does nothing else. */
  refusePaste(length: number): void
  /** What may stand at the end of this text. */
  complete(text: string): TerminalCompletion
  listen(listener: (event: TerminalEvent) => void): () => void
}

/** A line or a paste may be so long, in characters. */
export const MOST_TYPED = 256 * 1024
