/**
 * kubectl's dialect of JSONPath: a text with `{…}` in it. Parses; `jsonPathResult.ts` evaluates.
 * Models: staging/src/k8s.io/client-go/util/jsonpath/{parser,node}.go, v1.36.
 */

export type PathNode =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'list'; readonly nodes: readonly PathNode[] }
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'wildcard' }
  | { readonly kind: 'recursive' }
  | {
      readonly kind: 'slice'
      readonly from: number | undefined
      readonly to: number | undefined
      readonly step: number
      readonly one: boolean
    }
  | { readonly kind: 'union'; readonly lists: readonly (readonly PathNode[])[] }
  | {
      readonly kind: 'filter'
      readonly left: readonly PathNode[]
      readonly operator: string
      readonly right: readonly PathNode[]
    }
  | { readonly kind: 'word'; readonly word: string }
  | { readonly kind: 'value'; readonly value: number | boolean }
  | { readonly kind: 'root' }

export class JsonPathError extends Error {}

const isTerminator = (letter: string | undefined): boolean => letter === undefined || /[\s.,[\]$@{}]/.test(letter)

const DICT_KEY = /^(?:'([^']*)'|"([^"]*)")$/
const SLICE = /^(-?\d*)(:-?\d*)?(:-?\d*)?$/
const MOST_DEPTH = 30

class PathParser {
  private at = 0
  private readonly input: string
  private readonly depth: number

  constructor(input: string, depth: number) {
    if (depth > MOST_DEPTH) throw new JsonPathError('expressions are nested too deeply')
    this.input = input
    this.depth = depth
  }

  /** Text and actions up to the end. */
  whole(): readonly PathNode[] {
    const nodes: PathNode[] = []
    while (this.at < this.input.length) {
      const open = this.input.indexOf('{', this.at)
      const text = this.input.slice(this.at, open < 0 ? undefined : open)
      if (text !== '') nodes.push({ kind: 'text', text })
      if (open < 0) break
      this.at = open + 1
      nodes.push({ kind: 'list', nodes: this.action() })
    }
    return nodes
  }

  private action(): readonly PathNode[] {
    const nodes: PathNode[] = []
    for (;;) {
      const rest = this.input.slice(this.at, this.at + 3)
      const letter = this.input[this.at]
      if (letter === '}') {
        this.at++
        return nodes
      }
      if (rest === '[?(') nodes.push(this.filter())
      else if (rest.startsWith('..')) {
        this.at += 2
        nodes.push({ kind: 'recursive' })
        if (!isTerminator(this.input[this.at])) nodes.push(this.field())
      } else nodes.push(...this.item(letter))
    }
  }

  private item(letter: string | undefined): readonly PathNode[] {
    if (letter === undefined || letter === '\n' || letter === '\r') throw new JsonPathError('unclosed action')
    if (letter === ' ') {
      this.at++
      return []
    }
    if (letter === '@' || letter === '$') {
      this.at++
      return letter === '$' ? [{ kind: 'root' }] : []
    }
    if (letter === '[') return [this.array()]
    if (letter === '"' || letter === "'") return [this.quote(letter)]
    if (letter === '.') {
      this.at++
      return this.input[this.at] === '[' || this.input[this.at] === '}' ? [] : [this.field()]
    }
    if (/[-+\d]/.test(letter)) return [this.number()]
    if (/[\p{L}_]/u.test(letter)) return [this.word()]
    const code = (letter.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0')
    throw new JsonPathError(`unrecognized character in action: U+${code} '${letter}'`)
  }

  /** Up to the next terminator; a backslash takes the next letter along. */
  private name(): string {
    let text = ''
    while (!isTerminator(this.input[this.at])) {
      if (this.input[this.at] === '\\') this.at++
      text += this.input[this.at] ?? ''
      this.at++
    }
    return text
  }

  private field(): PathNode {
    const name = this.name()
    return name === '*' ? { kind: 'wildcard' } : { kind: 'field', name }
  }

  private word(): PathNode {
    const word = this.name()
    return word === 'true' || word === 'false' ? { kind: 'value', value: word === 'true' } : { kind: 'word', word }
  }

  private number(): PathNode {
    const text = /^[-+]?\d*(?:\.\d+)?/.exec(this.input.slice(this.at, this.at + 40))?.[0] ?? ''
    this.at += text.length
    const value = Number(text)
    if (text === '' || Number.isNaN(value)) throw new JsonPathError(`cannot parse number ${text}`)
    return { kind: 'value', value }
  }

  private quote(end: string): PathNode {
    let text = ''
    this.at++
    for (;;) {
      const letter = this.input[this.at++]
      if (letter === undefined || letter === '\n') throw new JsonPathError('unterminated quoted string')
      if (letter === end) return { kind: 'text', text }
      text += letter === '\\' ? this.escape(this.input[this.at++]) : letter
    }
  }

  private escape(letter: string | undefined): string {
    const known: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '"': '"', "'": "'", '\\': '\\' }
    if (letter === undefined || !Object.hasOwn(known, letter)) throw new JsonPathError('invalid syntax')
    return known[letter] as string
  }

  private array(): PathNode {
    const end = this.input.indexOf(']', this.at)
    if (end < 0) throw new JsonPathError('unterminated array')
    const text = this.input.slice(this.at + 1, end)
    this.at = end + 1
    const parts = text.split(',')
    if (parts.length > 1)
      return { kind: 'union', lists: parts.map((part) => new PathParser(`[${part.trim()}]}`, this.depth + 1).action()) }
    const key = DICT_KEY.exec(text)
    if (key) return { kind: 'field', name: (key[1] ?? key[2] ?? '').replaceAll('\\', '') }
    return this.slice(text === '*' ? ':' : text)
  }

  private slice(text: string): PathNode {
    const parts = SLICE.exec(text)
    if (!parts || text === '') throw new JsonPathError(`invalid array index ${text}`)
    const [, from = '', to, step] = parts
    const bound = (part: string | undefined) =>
      part === undefined || part === '' || part === ':' ? undefined : Number(part.replace(':', ''))
    return {
      kind: 'slice',
      from: bound(from),
      to: bound(to),
      step: bound(step) ?? 1,
      one: to === undefined && step === undefined,
    }
  }

  private filter(): PathNode {
    this.at += 3
    const start = this.at
    let depth = 1
    let quoted: string | undefined
    for (; depth > 0; this.at++) {
      const letter = this.input[this.at]
      if (letter === undefined || letter === '\n') throw new JsonPathError('unterminated filter')
      if (quoted !== undefined) quoted = letter === quoted ? undefined : quoted
      else if (letter === '"' || letter === "'") quoted = letter
      else if (letter === '(') depth++
      else if (letter === ')') depth--
    }
    const text = this.input.slice(start, this.at - 1)
    if (this.input[this.at] !== ']') throw new JsonPathError('unclosed array expect ]')
    this.at++
    const inner = (part: string) => new PathParser(`${part.trim()}}`, this.depth + 1).action()
    const [, left, operator = '', right] = /^([^!<>=]+)([!<>=]+)(.+?)$/s.exec(text) ?? []
    if (left === undefined || right === undefined)
      return { kind: 'filter', left: inner(text), operator: 'exists', right: [] }
    return { kind: 'filter', left: inner(left), operator, right: inner(right) }
  }
}

/** @throws JsonPathError */
export const parseJsonPath = (text: string): readonly PathNode[] => new PathParser(text, 0).whole()

/** `.metadata.name`, `metadata.name`, `{.metadata.name}`: a path as --sort-by and custom-columns take it. */
export function relaxedJsonPath(text: string): string {
  if (text === '') return ''
  const parts = /^\{\.?([^{}]+)\}$|^\.?([^{}]+)$/.exec(text)
  if (!parts)
    throw new JsonPathError(
      "unexpected path string, expected a 'name1.name2' or '.name1.name2' or '{name1.name2}' or '{.name1.name2}'",
    )
  return `{.${parts[1] ?? parts[2]}}`
}
