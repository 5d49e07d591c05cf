/** What Tab makes of a line: the one word that fits, else what all of them begin with, else the list to choose from. */
import type { TerminalCompletion } from '../../store/terminal/types.ts'
import type { Line } from './lineEditor.ts'
import { inserted } from './lineEditor.ts'

export interface Completed {
  readonly line: Line
  /** What may stand there, when the line cannot go on without a choice. */
  readonly choice: readonly string[]
}

const common = (a: string, b: string): string => {
  let length = 0
  while (length < a.length && a[length] === b[length]) length++
  return a.slice(0, length)
}

/** Such words are only the beginning of one. */
const goesOn = /[=/,]$/

export function completed(line: Line, { current, words }: TerminalCompletion): Completed {
  const [first, ...others] = words
  if (first === undefined) return { line, choice: [] }
  const shared = others.reduce(common, first)
  const blank = others.length === 0 && !goesOn.test(first) ? ' ' : ''
  const more = shared.slice(current.length) + blank
  return more === '' ? { line, choice: words } : { line: inserted(line, more), choice: [] }
}

/** The words in columns, the way a shell lists them. */
export function inColumns(words: readonly string[], width: number): string {
  const cell = Math.max(...words.map((word) => word.length)) + 2
  const across = Math.max(1, Math.floor(width / cell))
  const down = Math.ceil(words.length / across)
  return Array.from({ length: down }, (_, row) =>
    words
      .filter((_word, index) => index % down === row)
      .map((word) => word.padEnd(cell))
      .join('')
      .trimEnd(),
  ).join('\n')
}
