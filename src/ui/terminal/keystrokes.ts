/** What a terminal sends for keys, as names: `ESC [ D` is the arrow to the left. Everything else is text that was typed. */
import type { Edit } from './lineEditor.ts'

export type Key =
  | Edit
  | 'enter'
  | 'tab'
  | 'up'
  | 'down'
  | 'first'
  | 'last'
  | 'search'
  | 'cancel'
  | 'interrupt'
  | 'end of input'
  | 'clear'

export type Keystroke = { readonly key: Key } | { readonly text: string }

const CODES: Readonly<Record<string, Key>> = {
  '\r': 'enter',
  '\n': 'enter',
  '\t': 'tab',
  '\u007f': 'backspace',
  '\b': 'backspace',
  '\u0001': 'home',
  '\u0002': 'left',
  '\u0003': 'interrupt',
  '\u0004': 'end of input',
  '\u0005': 'end',
  '\u0006': 'right',
  '\u0007': 'cancel',
  '\u000b': 'killEnd',
  '\u000c': 'clear',
  '\u000e': 'down',
  '\u0010': 'up',
  '\u0012': 'search',
  '\u0014': 'transpose',
  '\u0015': 'killStart',
  '\u0017': 'killWord',
  '\u0019': 'yank',
  '[A': 'up',
  '[B': 'down',
  '[C': 'right',
  '[D': 'left',
  '[H': 'home',
  '[F': 'end',
  '[3~': 'delete',
  '[1;3C': 'wordRight',
  '[1;3D': 'wordLeft',
  '[1;5C': 'wordRight',
  '[1;5D': 'wordLeft',
  '<': 'first',
  '>': 'last',
  OA: 'up',
  OB: 'down',
  OC: 'right',
  OD: 'left',
  OH: 'home',
  OF: 'end',
  b: 'wordLeft',
  f: 'wordRight',
  d: 'killWordRight',
}

/** One escape sequence, one control character, or a run of text. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what a terminal sends.
const PIECE = /\u001b(\[[\d;?]*[A-Za-z~]|O[A-Za-z]|[^[O])|[\u0000-\u001f\u007f]|[^\u0000-\u001f\u007f]+/gu

/** Sequences that mean nothing here are left out. */
export function keystrokesOf(data: string): readonly Keystroke[] {
  return [...data.matchAll(PIECE)].flatMap(([piece, sequence]): readonly Keystroke[] => {
    if (sequence === '\u007f') return [{ key: 'killWord' }]
    const key = CODES[sequence ?? piece]
    // A letter alone is text, the same letter behind ESC is a key.
    if (sequence === undefined && piece >= ' ' && piece !== '\u007f') return [{ text: piece }]
    return key === undefined ? [] : [{ key }]
  })
}
