/** The parts of a shell line: what `parse.ts` reads and `run.ts` does. Types only. */

/** A piece of a word. What is quoted is never split at blanks. */
export type Part =
  | { readonly kind: 'text'; readonly text: string; readonly quoted: boolean }
  | { readonly kind: 'variable'; readonly name: string; readonly quoted: boolean }
  | { readonly kind: 'command'; readonly list: List; readonly quoted: boolean }

export type Word = readonly Part[]

export interface Redirect {
  /** Which stream is turned elsewhere. */
  readonly fd: 0 | 1 | 2
  /** `&1`, `&2`: to where that stream goes. `text`: the words themselves are the input (here-documents). */
  readonly kind: 'read' | 'write' | 'append' | 'duplicate' | 'text'
  readonly target: Word
}

export interface Simple {
  readonly kind: 'simple'
  readonly assignments: readonly { readonly name: string; readonly value: Word }[]
  readonly words: readonly Word[]
  readonly redirects: readonly Redirect[]
}

export interface Loop {
  readonly kind: 'for'
  readonly name: string
  readonly words: readonly Word[]
  readonly body: List
  readonly redirects: readonly Redirect[]
}

/** `while` and `until`. */
export interface Repeat {
  readonly kind: 'while'
  readonly until: boolean
  readonly condition: List
  readonly body: List
  readonly redirects: readonly Redirect[]
}

export interface Choice {
  readonly kind: 'if'
  readonly condition: List
  readonly body: List
  readonly otherwise?: List
  readonly redirects: readonly Redirect[]
}

export type Stage = Simple | Loop | Repeat | Choice

export interface Pipeline {
  readonly stages: readonly Stage[]
  /** `!` in front: success is failure. */
  readonly not: boolean
}

export interface List {
  readonly steps: readonly {
    readonly pipeline: Pipeline
    /** Whether it is done, by the exit code of what was done before it. */
    readonly when: 'always' | 'success' | 'failure'
  }[]
}
