/** Puts typed lines together until they can be run: earlier lines called by `!`, lines that go on in the next. */
import { isUnfinished } from '../../sim/kubectl/index.ts'
import { recalled } from './recall.ts'
import { MOST_TYPED } from './types.ts'

export type ReadLine =
  /** `text` can be run; `called` is the line as it reads with earlier ones in it, where it called any. */
  | { readonly is: 'whole'; readonly text: string; readonly called?: string }
  /** It goes on in the next line. */
  | { readonly is: 'begun'; readonly called?: string }
  /** Nothing earlier is meant by this. */
  | { readonly is: 'missing'; readonly event: string }

export class LineReader {
  /** The unfinished line so far, its line ends included. */
  begun = ''

  read(typed: string, history: readonly string[]): ReadLine {
    const found = this.begun === '' ? recalled(typed, history) : { ok: true as const, text: typed, changed: false }
    if (!found.ok) return { is: 'missing', event: found.event }
    const called = found.changed ? { called: found.text } : {}
    const text = this.begun + found.text
    if (text.length <= MOST_TYPED && isUnfinished(text)) {
      this.begun = `${text}\n`
      return { is: 'begun', ...called }
    }
    this.begun = ''
    return { is: 'whole', text, ...called }
  }
}
