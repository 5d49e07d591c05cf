/**
 * A POSIX shell line into its parts: quotes, variables, `$(…)`, pipes, `&&` and `||`, redirections, here-documents, `for`,
 * `while`, `if`. Leaves out: functions, `case`, arithmetic, patterns of file names, background jobs; they are refused by name.
 */
import type { List, Part, Pipeline, Redirect, Simple, Stage, Word } from './syntax.ts'
import { ShellSyntaxError, WordReader } from './words.ts'

export { ShellSyntaxError }

const ENDS = new Set(['do', 'done', 'then', 'else', 'elif', 'fi', '}'])

class Reader extends WordReader {
  /** Here-documents whose text begins after the next line end. */
  private readonly pending: { end: string; literal: boolean; strip: boolean; fill: (word: Word) => void }[] = []
  private unended = false

  /** Whether the text ended inside a here-document or before it began, or with a backslash. */
  get lacksLines(): boolean {
    return this.unended || this.pending.length > 0 || /(?:^|[^\\])(?:\\\\)*\\$/.test(this.text)
  }

  private skipLines(): void {
    while (this.operator() === '\n' || this.operator() === ';') this.take(this.operator() as string)
  }

  private take(operator: string): void {
    this.at += operator.length
    if (operator === '\n') this.readDocuments()
  }

  /** The word that stands next as plain text, if it is one without quotes; not taken. */
  private peekPlain(): string | undefined {
    this.skipBlanks()
    const found = /^[^\s;|&<>()'"\\$`#]+/.exec(this.text.slice(this.at, this.at + 200))?.[0]
    const after = found === undefined ? undefined : this.text[this.at + found.length]
    return found !== undefined && (after === undefined || /[\s;|&<>()]/.test(after)) ? found : undefined
  }

  private takePlain(expected: string): void {
    if (this.peekPlain() !== expected) this.unexpected(this.peekPlain() ?? this.operator() ?? 'newline')
    this.at += expected.length
  }

  list(until: (plain: string | undefined, operator: string | undefined) => boolean): List {
    const steps: List['steps'][number][] = []
    let when: 'always' | 'success' | 'failure' = 'always'
    for (;;) {
      this.skipLines()
      const plain = this.peekPlain()
      if (this.at >= this.text.length || until(plain, this.operator())) break
      if (plain !== undefined && ENDS.has(plain)) this.unexpected(plain)
      steps.push({ pipeline: this.pipeline(), when })
      when = 'always'
      const operator = this.operator()
      if (operator === '&&' || operator === '||') {
        this.take(operator)
        when = operator === '&&' ? 'success' : 'failure'
        this.skipLinesOnly()
        if (this.at >= this.text.length) this.unexpected('newline')
      } else if (operator === ';' || operator === '\n') this.take(operator)
      else if (operator === '&') throw new ShellSyntaxError('background jobs are not simulated: leave out the &')
      else if (operator !== undefined && !until(undefined, operator)) this.unexpected(operator)
    }
    return { steps }
  }

  private skipLinesOnly(): void {
    while (this.operator() === '\n') this.take('\n')
  }

  private pipeline(): Pipeline {
    const not = this.peekPlain() === '!'
    if (not) this.takePlain('!')
    const stages = [this.stage()]
    while (this.operator() === '|') {
      this.take('|')
      this.skipLinesOnly()
      stages.push(this.stage())
    }
    return { stages, not }
  }

  private stage(): Stage {
    switch (this.peekPlain()) {
      case 'for':
        return this.loop()
      case 'while':
      case 'until':
        return this.repeat(this.peekPlain() as 'while' | 'until')
      case 'if':
        return this.choice('if')
      default:
        return this.simple()
    }
  }

  private bodyUntil(...ends: readonly string[]): List {
    const list = this.list((plain) => plain !== undefined && ends.includes(plain))
    if (list.steps.length === 0) this.unexpected(this.peekPlain() ?? 'newline')
    return list
  }

  private loop(): Stage {
    this.takePlain('for')
    const name = this.peekPlain()
    if (name === undefined || !/^[A-Za-z_]\w*$/.test(name)) this.unexpected(name ?? 'newline')
    this.takePlain(name)
    const words: Word[] = []
    this.takePlain('in')
    while (this.operator() === undefined && this.at < this.text.length) words.push(this.word())
    this.skipLines()
    this.takePlain('do')
    const body = this.bodyUntil('done')
    this.takePlain('done')
    return { kind: 'for', name, words, body, redirects: this.redirects() }
  }

  private repeat(word: 'while' | 'until'): Stage {
    this.takePlain(word)
    const condition = this.bodyUntil('do')
    this.takePlain('do')
    const body = this.bodyUntil('done')
    this.takePlain('done')
    return { kind: 'while', until: word === 'until', condition, body, redirects: this.redirects() }
  }

  private choice(word: 'if' | 'elif'): Stage {
    this.takePlain(word)
    const condition = this.bodyUntil('then')
    this.takePlain('then')
    const body = this.bodyUntil('else', 'elif', 'fi')
    const next = this.peekPlain()
    if (next === 'elif') {
      const otherwise = {
        steps: [{ pipeline: { stages: [this.choice('elif')], not: false }, when: 'always' as const }],
      }
      return { kind: 'if', condition, body, otherwise, redirects: [] }
    }
    if (next === 'else') this.takePlain('else')
    const otherwise = next === 'else' ? this.bodyUntil('fi') : undefined
    this.takePlain('fi')
    return {
      kind: 'if',
      condition,
      body,
      ...(otherwise && { otherwise }),
      redirects: word === 'if' ? this.redirects() : [],
    }
  }

  private simple(): Simple {
    const assignments: { name: string; value: Word }[] = []
    const words: Word[] = []
    const redirects: Redirect[] = []
    for (;;) {
      redirects.push(...this.redirects())
      const operator = this.operator()
      if (operator === '(') throw new ShellSyntaxError('functions and subshells are not simulated')
      else if (operator !== undefined || this.at >= this.text.length) break
      else {
        const name = words.length === 0 ? /^([A-Za-z_]\w*)=/.exec(this.text.slice(this.at))?.[1] : undefined
        if (name !== undefined) this.at += name.length + 1
        const word = this.word(name !== undefined)
        if (name === undefined) words.push(word)
        else assignments.push({ name, value: word })
      }
    }
    if (words.length + assignments.length + redirects.length === 0) this.unexpected(this.operator() ?? 'newline')
    return { kind: 'simple', assignments, words, redirects }
  }

  /** All that stand here, one after another. */
  private redirects(): readonly Redirect[] {
    const found: Redirect[] = []
    for (;;) {
      this.skipBlanks()
      const fd = /^([012])(?=[<>])/.exec(this.text.slice(this.at, this.at + 2))?.[1]
      if (fd !== undefined) this.at++
      const operator = this.operator()
      if (!operator?.includes('<') && !operator?.includes('>')) return found
      found.push(...this.redirect(operator, fd))
    }
  }

  private redirect(operator: string, given: string | undefined): readonly Redirect[] {
    this.at += operator.length
    if (operator === '<<' || operator === '<<-') return [this.document(operator === '<<-')]
    const target = this.word()
    if (operator === '&>') {
      const write = { kind: 'write', target } as const
      return [
        { fd: 1, ...write },
        { fd: 2, kind: 'duplicate', target: [{ kind: 'text', text: '1', quoted: true }] },
      ]
    }
    const fd = (given === undefined ? (operator.startsWith('<') ? 0 : 1) : Number(given)) as 0 | 1 | 2
    switch (operator) {
      case '<':
        return [{ fd, kind: 'read', target }]
      case '<<<':
        return [{ fd: 0, kind: 'text', target: [...target, { kind: 'text', text: '\n', quoted: true }] }]
      case '>>':
        return [{ fd, kind: 'append', target }]
      case '>':
        return [{ fd, kind: 'write', target }]
      default:
        return [{ fd, kind: 'duplicate', target }]
    }
  }

  private document(strip: boolean): Redirect {
    const end = this.word()
    const literal = end.some(({ quoted }) => quoted)
    const target: Part[] = []
    const text = end.map((part) => (part.kind === 'text' ? part.text : '')).join('')
    this.pending.push({ end: text, literal, strip, fill: (word) => target.push(...word) })
    return { fd: 0, kind: 'text', target }
  }

  private readDocuments(): void {
    for (const { end, literal, strip, fill } of this.pending.splice(0)) {
      const lines: string[] = []
      this.unended = true
      while (this.at < this.text.length) {
        const stop = this.text.indexOf('\n', this.at)
        const raw = this.text.slice(this.at, stop < 0 ? undefined : stop)
        this.at = stop < 0 ? this.text.length : stop + 1
        const line = strip ? raw.replace(/^\t+/, '') : raw
        if (line === end) {
          this.unended = false
          break
        }
        lines.push(`${line}\n`)
      }
      const text = lines.join('')
      fill(literal ? [{ kind: 'text', text, quoted: true }] : new Reader(text, this.depth).quoted(undefined))
    }
  }

  protected nested(text: string, end: ')' | undefined): { readonly list: List; readonly length: number } {
    const inner = new Reader(text, this.depth + 1)
    const list = inner.list((_plain, operator) => end !== undefined && operator === end)
    if (end !== undefined && text[inner.at] !== end)
      throw new ShellSyntaxError("unexpected EOF while looking for matching `)'", true)
    return { list, length: inner.at }
  }
}

/** @throws ShellSyntaxError in the words of bash */
export const parseShell = (text: string): List => new Reader(text, 0).list(() => false)

/** Whether a text is the beginning of a longer one: an open quote, loop or here-document, a pipe into nothing. */
export function isUnfinished(text: string): boolean {
  const reader = new Reader(text, 0)
  try {
    reader.list(() => false)
    return reader.lacksLines
  } catch (error) {
    if (error instanceof ShellSyntaxError) return error.unfinished
    throw error
  }
}
