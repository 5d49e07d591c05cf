/**
 * The line as it is typed, with the history behind it: what a key makes of it, and what the terminal is asked to do then.
 * Pure; the screen draws the state, the terminal runs the line.
 */
import type { Key, Keystroke } from './keystrokes.ts'
import type { Line } from './lineEditor.ts'
import { EMPTY, edited, inserted, lineOf } from './lineEditor.ts'

export interface Typing {
  readonly line: Line
  /** Where in the history the line comes from; undefined is a line of its own. */
  readonly index?: number
  /** The line of its own while one of the history is shown. */
  readonly draft?: string
  /** What Ctrl-R looks for, and the line that it began with. */
  readonly search?: { readonly query: string; readonly from: Line; readonly fails: boolean }
}

export type Wish = 'enter' | 'complete' | 'interrupt' | 'end of input' | 'clear'

export interface Pressed {
  readonly typing: Typing
  readonly wish?: Wish
}

export const NOT_TYPING: Typing = { line: EMPTY }

/** One line further back (-1) or forth (1) in the history; beyond the newest is the line of its own again. */
function recall(typing: Typing, history: readonly string[], by: -1 | 1): Typing {
  const { line, index = history.length, draft = line.text } = typing
  const to = Math.min(history.length, Math.max(0, index + by))
  if (to === index) return typing
  if (to === history.length) return { line: lineOf(draft, line) }
  return { line: lineOf(history[to] ?? '', line), index: to, draft }
}

/** The newest line before `below` that holds the query. */
function found(history: readonly string[], query: string, below: number): number | undefined {
  const index = query === '' ? -1 : history.slice(0, below).findLastIndex((line) => line.includes(query))
  return index < 0 ? undefined : index
}

function searching(typing: Typing, history: readonly string[], query: string, below: number): Typing {
  const from = typing.search?.from ?? typing.line
  const index = found(history, query, below)
  if (index === undefined) return { ...typing, search: { query, from, fails: query !== '' } }
  const text = history[index] ?? ''
  return {
    line: { ...lineOf(text, typing.line), at: text.indexOf(query) },
    index,
    draft: typing.draft ?? from.text,
    search: { query, from, fails: false },
  }
}

/** While Ctrl-R looks; undefined is a key that ends the search and then means what it always does. */
function inSearch(typing: Typing, stroke: Keystroke, history: readonly string[]): Pressed | undefined {
  const { search, index = history.length } = typing
  if (!search) return undefined
  if ('text' in stroke) return { typing: searching(typing, history, search.query + stroke.text, index + 1) }
  switch (stroke.key) {
    case 'search':
      return { typing: searching(typing, history, search.query, index) }
    case 'backspace':
      return { typing: searching(typing, history, search.query.slice(0, -1), history.length) }
    case 'cancel':
      return { typing: { line: search.from } }
    default:
      return undefined
  }
}

function withoutSearch({ search: _search, ...rest }: Typing): Typing {
  return rest
}

function byKey(typing: Typing, key: Key, history: readonly string[]): Pressed {
  switch (key) {
    case 'enter':
      return { typing, wish: 'enter' }
    case 'tab':
      return { typing, wish: 'complete' }
    case 'interrupt':
    case 'clear':
      return { typing, wish: key }
    case 'end of input':
      return typing.line.text === ''
        ? { typing, wish: key }
        : { typing: { ...typing, line: edited(typing.line, 'delete') } }
    case 'up':
      return { typing: recall(typing, history, -1) }
    case 'down':
      return { typing: recall(typing, history, 1) }
    case 'first':
      return {
        typing:
          history.length > 0
            ? recall({ ...typing, index: 1, draft: typing.draft ?? typing.line.text }, history, -1)
            : typing,
      }
    case 'last':
      return { typing: { line: lineOf(typing.draft ?? typing.line.text, typing.line) } }
    case 'search':
      return { typing: { ...typing, search: { query: '', from: typing.line, fails: false } } }
    case 'cancel':
      return { typing: { line: { ...EMPTY, killed: typing.line.killed } } }
    default:
      return { typing: { ...typing, line: edited(typing.line, key) } }
  }
}

/** `history` is oldest first. */
export function pressed(typing: Typing, stroke: Keystroke, history: readonly string[]): Pressed {
  const during = inSearch(typing, stroke, history)
  if (during) return during
  const plain = withoutSearch(typing)
  if ('text' in stroke) return { typing: { ...plain, line: inserted(plain.line, stroke.text) } }
  return byKey(plain, stroke.key, history)
}
