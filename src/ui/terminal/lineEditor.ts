/** A line that is being typed, as a value: text, cursor, what was killed last. The keys are readline's; nothing is drawn here. */

export interface Line {
  readonly text: string
  /** Where the cursor is: before the code unit of this index. */
  readonly at: number
  /** What `yank` puts back. */
  readonly killed: string
}

export type Edit =
  | 'left'
  | 'right'
  | 'wordLeft'
  | 'wordRight'
  | 'home'
  | 'end'
  | 'backspace'
  | 'delete'
  | 'killEnd'
  | 'killStart'
  | 'killWord'
  | 'killWordRight'
  | 'yank'
  | 'transpose'

export const EMPTY: Line = { text: '', at: 0, killed: '' }

export const lineOf = (text: string, { killed }: Line = EMPTY): Line => ({ text, at: text.length, killed })

export const inserted = ({ text, at, killed }: Line, more: string): Line => ({
  text: text.slice(0, at) + more + text.slice(at),
  at: at + more.length,
  killed,
})

/** What one press of an arrow passes: a letter with the signs that belong to it. */
const segments = new Intl.Segmenter('en', { granularity: 'grapheme' })

function before(text: string, at: number): number {
  let last = 0
  for (const { index } of segments.segment(text.slice(0, at))) last = index
  return last
}

function after(text: string, at: number): number {
  const [first] = segments.segment(text.slice(at))
  return at + (first?.segment.length ?? 0)
}

/** Words are letters and digits of any script; everything else stands between them. */
const wordLeft = (text: string, at: number): number =>
  at - (/[\p{L}\p{N}]*[^\p{L}\p{N}]*$/u.exec(text.slice(0, at))?.[0].length ?? 0)

const wordRight = (text: string, at: number): number =>
  at + (/^[^\p{L}\p{N}]*[\p{L}\p{N}]*/u.exec(text.slice(at))?.[0].length ?? 0)

/** As Ctrl-W: back over blanks, then over everything that is none. */
const blankLeft = (text: string, at: number): number => at - (/\S*\s*$/.exec(text.slice(0, at))?.[0].length ?? 0)

function without({ text, killed }: Line, from: number, to: number, kills: boolean): Line {
  const gone = text.slice(from, to)
  return { text: text.slice(0, from) + text.slice(to), at: from, killed: kills && gone !== '' ? gone : killed }
}

function transposed(line: Line): Line {
  const { text } = line
  const at = line.at === text.length ? before(text, line.at) : line.at
  if (at === 0) return line
  const from = before(text, at)
  const to = after(text, at)
  return { ...line, text: text.slice(0, from) + text.slice(at, to) + text.slice(from, at) + text.slice(to), at: to }
}

export function edited(line: Line, edit: Edit): Line {
  const { text, at } = line
  switch (edit) {
    case 'left':
      return { ...line, at: before(text, at) }
    case 'right':
      return { ...line, at: after(text, at) }
    case 'wordLeft':
      return { ...line, at: wordLeft(text, at) }
    case 'wordRight':
      return { ...line, at: wordRight(text, at) }
    case 'home':
      return { ...line, at: 0 }
    case 'end':
      return { ...line, at: text.length }
    case 'backspace':
      return without(line, before(text, at), at, false)
    case 'delete':
      return without(line, at, after(text, at), false)
    case 'killEnd':
      return without(line, at, text.length, true)
    case 'killStart':
      return without(line, 0, at, true)
    case 'killWord':
      return without(line, blankLeft(text, at), at, true)
    case 'killWordRight':
      return without(line, at, wordRight(text, at), true)
    case 'yank':
      return inserted(line, line.killed)
    case 'transpose':
      return transposed(line)
  }
}
