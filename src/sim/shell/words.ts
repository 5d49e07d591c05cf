/**
 * The words of a shell line: quotes, backslashes, `$name`, `${name}`, `$(…)` and backquotes. Where one word ends and what
 * stands between words is `parse.ts`'s business.
 */
import type { List, Part, Word } from './syntax.ts'

export class ShellSyntaxError extends Error {
  /** Whether the text only ends too early: more lines may mend it. */
  readonly unfinished: boolean

  constructor(message: string, unfinished = false) {
    super(message)
    this.unfinished = unfinished
  }
}

/** How deep `$(…)` may be nested. */
const MOST_DEPTH = 20

export const OPERATORS = [
  '&&',
  '||',
  ';;',
  '<<<',
  '<<-',
  '<<',
  '>>',
  '>&',
  '<&',
  '&>',
  '|',
  ';',
  '&',
  '<',
  '>',
  '(',
  ')',
  '\n',
]

export const isBlank = (letter: string | undefined): boolean => letter === ' ' || letter === '\t'

const isNameStart = (letter: string | undefined): boolean => letter !== undefined && /[A-Za-z_]/.test(letter)

export abstract class WordReader {
  protected at = 0
  protected readonly text: string
  protected readonly depth: number

  constructor(text: string, depth: number) {
    if (depth > MOST_DEPTH) throw new ShellSyntaxError('command substitutions are nested too deeply')
    this.text = text
    this.depth = depth
  }

  /** Reads a text of its own up to `end`, or all of it. */
  protected abstract nested(text: string, end: ')' | undefined): { readonly list: List; readonly length: number }

  protected unexpected(what: string): never {
    const atEnd = this.at >= this.text.length
    throw new ShellSyntaxError(`syntax error near unexpected token \`${what === '\n' ? 'newline' : what}'`, atEnd)
  }

  protected skipBlanks(): void {
    for (;;) {
      const letter = this.text[this.at]
      if (isBlank(letter)) this.at++
      else if (letter === '\\' && this.text[this.at + 1] === '\n') this.at += 2
      else if (letter === '#') while (this.at < this.text.length && this.text[this.at] !== '\n') this.at++
      else return
    }
  }

  protected operator(): string | undefined {
    this.skipBlanks()
    return OPERATORS.find((operator) => this.text.startsWith(operator, this.at))
  }

  protected word(mayBeEmpty = false): Word {
    this.skipBlanksInWord()
    const parts: Part[] = []
    const start = this.at
    while (this.at < this.text.length) {
      const letter = this.text[this.at] as string
      if (/[\s;|&<>()]/.test(letter)) break
      parts.push(...this.piece(letter))
    }
    if (this.at === start && !mayBeEmpty) this.unexpected(this.operator() ?? 'newline')
    return parts
  }

  protected skipBlanksInWord(): void {
    while (isBlank(this.text[this.at])) this.at++
  }

  protected piece(letter: string): readonly Part[] {
    switch (letter) {
      case "'": {
        const end = this.text.indexOf("'", this.at + 1)
        if (end < 0) throw new ShellSyntaxError("unexpected EOF while looking for matching `''", true)
        const text = this.text.slice(this.at + 1, end)
        this.at = end + 1
        return [{ kind: 'text', text, quoted: true }]
      }
      case '"': {
        this.at++
        return [{ kind: 'text', text: '', quoted: true }, ...this.quoted('"')]
      }
      case '\\': {
        const text = this.text[this.at + 1] ?? ''
        this.at += 2
        return text === '\n' ? [] : [{ kind: 'text', text, quoted: true }]
      }
      case '$':
      case '`':
        return [this.dollar(false)]
      default: {
        const text = /^[^\s;|&<>()'"\\$`]+/.exec(this.text.slice(this.at))?.[0] ?? letter
        this.at += text.length
        return [{ kind: 'text', text, quoted: false }]
      }
    }
  }

  quoted(end: '"' | undefined): Part[] {
    const parts: Part[] = []
    let text = ''
    const flush = () => {
      if (text !== '') parts.push({ kind: 'text', text, quoted: true })
      text = ''
    }
    while (this.at < this.text.length) {
      const letter = this.text[this.at] as string
      if (letter === end) {
        this.at++
        flush()
        return parts
      }
      if (letter === '\\' && /[$`"\\\n]/.test(this.text[this.at + 1] ?? '')) {
        if (this.text[this.at + 1] !== '\n') text += this.text[this.at + 1]
        this.at += 2
      } else if (letter === '$' || letter === '`') {
        flush()
        parts.push(this.dollar(true))
      } else {
        text += letter
        this.at++
      }
    }
    if (end !== undefined) throw new ShellSyntaxError('unexpected EOF while looking for matching `"\'', true)
    flush()
    return parts
  }

  /** `$name`, `${name}`, `$(…)`, backquotes; a dollar that begins nothing is itself. */
  protected dollar(quoted: boolean): Part {
    if (this.text[this.at] === '`') return this.backquoted(quoted)
    this.at++
    const next = this.text[this.at]
    if (next === '(') return this.substitution(quoted)
    if (next === '{') {
      const end = this.text.indexOf('}', this.at)
      const name = end < 0 ? '' : this.text.slice(this.at + 1, end)
      if (!/^(?:[A-Za-z_]\w*|[?#@*0-9])$/.test(name)) throw new ShellSyntaxError(`\${${name}}: bad substitution`)
      this.at = end + 1
      return { kind: 'variable', name, quoted }
    }
    const name = isNameStart(next)
      ? /^\w+/.exec(this.text.slice(this.at))?.[0]
      : /[?#@*$!0-9]/.test(next ?? '')
        ? next
        : undefined
    if (name === undefined) return { kind: 'text', text: '$', quoted }
    this.at += name.length
    return { kind: 'variable', name, quoted }
  }

  protected substitution(quoted: boolean): Part {
    if (this.text[this.at + 1] === '(') throw new ShellSyntaxError('arithmetic is not simulated')
    const { list, length } = this.nested(this.text.slice(this.at + 1), ')')
    this.at += length + 2
    return { kind: 'command', list, quoted }
  }

  protected backquoted(quoted: boolean): Part {
    const end = this.text.indexOf('`', this.at + 1)
    if (end < 0) throw new ShellSyntaxError("unexpected EOF while looking for matching ``'", true)
    const { list } = this.nested(this.text.slice(this.at + 1, end), undefined)
    this.at = end + 1
    return { kind: 'command', list, quoted }
  }
}
