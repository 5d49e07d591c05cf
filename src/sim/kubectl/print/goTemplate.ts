/**
 * Go's text templates as `-o go-template` takes them: fields, variables, range, if, with, pipes, the functions that people
 * use. Parses; `goTemplateResult.ts` evaluates. Leaves out: define, template, block, break, continue.
 * Models: text/template/parse (Go 1.26).
 */

export type Expression =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  /** `.a.b`; with a variable in front: `$c.image`; `.` alone has no names. */
  | { readonly kind: 'path'; readonly variable?: string; readonly names: readonly string[] }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] }
  | { readonly kind: 'pipe'; readonly stages: readonly Expression[] }
  /** A field of what an expression in brackets gives: `(index .items 0).metadata`. */
  | { readonly kind: 'member'; readonly of: Expression; readonly names: readonly string[] }

export interface Pipe {
  readonly variables: readonly string[]
  readonly expression: Expression
}

export type TemplateNode =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'value'; readonly pipe: Pipe }
  | {
      readonly kind: 'block'
      readonly word: 'if' | 'range' | 'with'
      readonly pipe: Pipe
      readonly body: readonly TemplateNode[]
      readonly otherwise: readonly TemplateNode[]
    }

export class TemplateError extends Error {}

const TOKEN =
  /\s+|:=|[|(),=]|"(?:[^"\\\n]|\\.)*"|`[^`]*`|'(?:[^'\\\n]|\\.)+'|\$\w*(?:\.\w+)*|\.(?:\w+(?:\.\w+)*)?|-?\d+(?:\.\d+)?|[A-Za-z_]\w*|./gsy

const MOST_DEPTH = 40

/** Functions that a template may call, with what they take at least. */
export const FUNCTIONS: readonly string[] =
  'and or not len index slice print printf println eq ne lt le gt ge html urlquery js exists base64decode'.split(' ')

function unquoted(token: string): string {
  if (token.startsWith('`')) return token.slice(1, -1)
  return token
    .slice(1, -1)
    .replaceAll(/\\(.)/g, (_all, letter: string) => ({ n: '\n', t: '\t', r: '\r' })[letter] ?? letter)
}

class Expressions {
  private at = 0
  private readonly tokens: readonly string[]

  constructor(text: string) {
    this.tokens = [...text.matchAll(TOKEN)]
      .map(([token]) => token)
      .filter((token) => token.trim() !== '' || token === '')
  }

  private next(): string | undefined {
    return this.tokens[this.at]
  }

  pipe(): Pipe {
    const variables: string[] = []
    const mark = this.at
    while (/^\$\w+$/.test(this.next() ?? '')) {
      variables.push(this.tokens[this.at++] as string)
      if (this.next() === ',') this.at++
      else break
    }
    if (this.next() === ':=' || (this.next() === '=' && variables.length > 0)) this.at++
    else {
      variables.length = 0
      this.at = mark
    }
    const expression = this.pipeline(0)
    if (this.next() !== undefined) throw new TemplateError(`unexpected ${JSON.stringify(this.next())} in operand`)
    return { variables, expression }
  }

  private pipeline(depth: number): Expression {
    if (depth > MOST_DEPTH) throw new TemplateError('expressions are nested too deeply')
    const stages = [this.command(depth)]
    while (this.next() === '|') {
      this.at++
      stages.push(this.command(depth))
    }
    return stages.length === 1 ? (stages[0] as Expression) : { kind: 'pipe', stages }
  }

  private command(depth: number): Expression {
    const word = this.next()
    if (word === undefined) throw new TemplateError('missing value for command')
    if (/^[A-Za-z_]/.test(word) && !['true', 'false', 'nil'].includes(word)) {
      if (!FUNCTIONS.includes(word)) throw new TemplateError(`function ${JSON.stringify(word)} not defined`)
      this.at++
      const args: Expression[] = []
      while (this.next() !== undefined && !['|', ')'].includes(this.next() as string)) args.push(this.operand(depth))
      return { kind: 'call', name: word, args }
    }
    return this.operand(depth)
  }

  private operand(depth: number): Expression {
    const token = this.tokens[this.at++] ?? ''
    if (token === '(') {
      const inner = this.pipeline(depth + 1)
      if (this.tokens[this.at++] !== ')') throw new TemplateError('unclosed left paren')
      const after = this.next()
      if (after === undefined || !/^\.\w/.test(after)) return inner
      this.at++
      return { kind: 'member', of: inner, names: after.slice(1).split('.') }
    }
    if (token.startsWith('"') || token.startsWith('`')) return { kind: 'literal', value: unquoted(token) }
    if (/^-?\d/.test(token)) return { kind: 'literal', value: Number(token) }
    if (token.startsWith('$')) {
      const [variable = '$', ...names] = token.split('.')
      return { kind: 'path', variable, names }
    }
    if (token.startsWith('.')) return { kind: 'path', names: token === '.' ? [] : token.slice(1).split('.') }
    if (token === 'true' || token === 'false') return { kind: 'literal', value: token === 'true' }
    if (token === 'nil') return { kind: 'literal', value: null }
    if (FUNCTIONS.includes(token)) return { kind: 'call', name: token, args: [] }
    throw new TemplateError(
      /^[A-Za-z_]/.test(token)
        ? `function ${JSON.stringify(token)} not defined`
        : `unexpected ${JSON.stringify(token)} in command`,
    )
  }
}

type Piece = { readonly text: string } | { readonly action: string; readonly line: number }

/** Where the action ends that begins at `from`, quotes minded. */
function endOf(template: string, from: number): number {
  for (let at = from, quote = ''; at < template.length; at++) {
    const letter = template[at] as string
    if (quote !== '') {
      if (letter === '\\' && quote !== '`') at++
      else if (letter === quote) quote = ''
    } else if (letter === '"' || letter === '`') quote = letter
    else if (template.startsWith('}}', at)) return at
  }
  return -1
}

function pieces(template: string): readonly Piece[] {
  const found: Piece[] = []
  let trim = false
  for (let at = 0; at < template.length; ) {
    const open = template.indexOf('{{', at)
    let text = template.slice(at, open < 0 ? undefined : open)
    const line = template.slice(0, open < 0 ? undefined : open).split('\n').length
    if (trim) text = text.trimStart()
    if (open >= 0 && /^\{\{-\s/.test(template.slice(open, open + 4))) text = text.trimEnd()
    if (text !== '') found.push({ text })
    if (open < 0) break
    const end = endOf(template, open + 2)
    if (end < 0) throw new TemplateError(`template: output:${line}: unclosed action`)
    let action = template.slice(open + 2, end)
    if (/^-\s/.test(action)) action = action.slice(1)
    trim = /\s-$/.test(action)
    if (trim) action = action.slice(0, -1)
    if (!/^\s*\/\*[\s\S]*\*\/\s*$/.test(action)) found.push({ action: action.trim(), line })
    at = end + 2
  }
  return found
}

interface OpenBlock {
  readonly word: 'if' | 'range' | 'with'
  readonly pipe: Pipe
  readonly body: TemplateNode[]
  otherwise: TemplateNode[] | undefined
  /** `else if` opens a block of its own that the same `end` closes. */
  readonly chained: boolean
}

/** @throws TemplateError with where it is: `template: output:1: …` */
export function parseGoTemplate(template: string): readonly TemplateNode[] {
  const root: TemplateNode[] = []
  const open: OpenBlock[] = []
  const into = () => {
    const top = open.at(-1)
    return top ? (top.otherwise ?? top.body) : root
  }
  const close = () => {
    const { word, pipe, body, otherwise = [], chained } = open.pop() as OpenBlock
    into().push({ kind: 'block', word, pipe, body, otherwise })
    return chained
  }
  for (const piece of pieces(template)) {
    if ('text' in piece) {
      into().push({ kind: 'text', text: piece.text })
      continue
    }
    const { action, line } = piece
    const [, word = '', rest = ''] = /^(if|range|with|else|end)?\b\s*([\s\S]*)$/.exec(action) ?? []
    try {
      if (word === 'if' || word === 'range' || word === 'with')
        open.push({ word, pipe: new Expressions(rest).pipe(), body: [], otherwise: undefined, chained: false })
      else if (word === 'else') {
        const top = open.at(-1)
        if (!top || top.otherwise) throw new TemplateError('unexpected {{else}}')
        top.otherwise = []
        const [, again, more = ''] = /^(if|with)\b\s*([\s\S]*)$/.exec(rest) ?? []
        if (again === 'if' || again === 'with')
          open.push({ word: again, pipe: new Expressions(more).pipe(), body: [], otherwise: undefined, chained: true })
      } else if (word === 'end') {
        if (open.length === 0) throw new TemplateError('unexpected {{end}}')
        while (close());
      } else into().push({ kind: 'value', pipe: new Expressions(action).pipe() })
    } catch (error) {
      if (error instanceof TemplateError) throw new TemplateError(`template: output:${line}: ${error.message}`)
      throw error
    }
  }
  if (open.length > 0) throw new TemplateError(`template: output:${template.split('\n').length}: unexpected EOF`)
  return root
}
