/**
 * YAML or JSON text into documents with places. YAML 1.1 as kubectl reads it (`0644` is 420, `on` is true), without the
 * types that its reader does not know: times, base-60 numbers, binary. The only file that parses YAML.
 * Bounded: by the length of the text, by the number of its tokens, by the number of faults; an alias is never expanded
 * here. Models: sigs.k8s.io/yaml (goyaml.v2), v1.36.
 */
import type { Document, Node, ScalarTag, Tags } from 'yaml'
import { Composer, isAlias, isMap, isScalar, isSeq, Lexer, LineCounter, Parser } from 'yaml'
import type { Path } from '../api/shapes.ts'
import type { GivenDocument, Place, Problem, ProblemCode } from './remarks.ts'

/** A longer text is refused unread. */
export const MOST_CHARACTERS = 256 * 1024
const MOST_TOKENS = 80_000
const MOST_FAULTS = 100
/** How deep brackets may stand in one another. */
const MOST_DEPTH = 1000
const MOST_DOCUMENTS = 500

export interface YamlDocuments {
  readonly documents: readonly GivenDocument[]
  readonly problems: readonly Problem[]
}

class TooMuch extends Error {}

/** Tags of YAML 1.1 that kubectl's reader leaves as text. */
const UNREAD_TAGS: readonly string[] = ['binary', 'omap', 'pairs', 'set', 'timestamp'].map(
  (tag) => `tag:yaml.org,2002:${tag}`,
)

const readTags = (tags: Tags): Tags =>
  tags.filter(
    (tag) => typeof tag === 'string' || (!UNREAD_TAGS.includes(tag.tag) && (tag as ScalarTag).format !== 'TIME'),
  )

/** Parses token by token, so that a text that asks for too much is given up early. */
function parsed(text: string, lines: LineCounter): Document.Parsed[] {
  const lexer = new Lexer()
  const parser = new Parser(lines.addNewLine)
  const composer = new Composer({
    version: '1.1',
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'silent',
    customTags: readTags,
  })
  const documents: Document.Parsed[] = []
  let tokens = 0
  let depth = 0
  let faults = 0
  const compose = (parts: ReturnType<Parser['next']>) => {
    for (const part of parts) {
      if ((part.type === 'error' || part.type === 'directive') && ++faults > MOST_FAULTS) throw new TooMuch()
      for (const document of composer.next(part)) documents.push(document)
      if (documents.length > MOST_DOCUMENTS) throw new TooMuch()
    }
  }
  lines.addNewLine(0)
  for (const token of lexer.lex(text)) {
    if (token === '{' || token === '[') depth += 1
    else if (token === '}' || token === ']') depth -= 1
    if (depth > MOST_DEPTH) throw new RangeError('nested too deeply')
    if (++tokens > MOST_TOKENS) throw new TooMuch()
    compose(parser.next(token))
  }
  compose(parser.end())
  for (const document of composer.end(false, text.length)) documents.push(document)
  return documents
}

/** Turns the nodes of one document into plain values. Anchored values are shared, not copied. */
class Values {
  readonly problems: Problem[] = []
  private readonly anchors = new Map<string, unknown>()
  private readonly placeAt: (offset: number | undefined) => Place | undefined

  constructor(placeAt: (offset: number | undefined) => Place | undefined) {
    this.placeAt = placeAt
  }

  private problem(code: ProblemCode, message: string, node: Node | undefined): undefined {
    const place = this.placeAt(node?.range?.[0])
    if (this.problems.length < MOST_FAULTS) this.problems.push({ code, message: atLine(message, place), ...place })
    return undefined
  }

  of(node: Node | null | undefined): unknown {
    if (!node) return null
    if (isAlias(node)) {
      if (this.anchors.has(node.source)) return this.anchors.get(node.source)
      return this.problem('unknownAnchor', `unknown anchor '${node.source}' referenced`, node)
    }
    const value = isScalar(node)
      ? node.value
      : isSeq(node)
        ? node.items.map((item) => this.of(item as Node))
        : this.map(node)
    const { anchor } = node as { anchor?: string }
    if (anchor) this.anchors.set(anchor, value)
    return value
  }

  private map(node: Node): Record<string, unknown> {
    const own = new Map<string, unknown>()
    const merged = new Map<string, unknown>()
    for (const { key, value } of isMap<Node, Node | null>(node) ? node.items : []) {
      if (isMerge(key)) this.merge(this.of(value), key, merged)
      else {
        const name = this.key(key)
        if (name === undefined) continue
        if (own.has(name)) this.problem('duplicateKey', `key ${JSON.stringify(name)} already set in map`, key)
        own.set(name, this.of(value))
      }
    }
    return Object.fromEntries([...merged, ...own])
  }

  private key(key: Node | null): string | undefined {
    if (isScalar(key) && key.value !== null && typeof key.value !== 'object') return String(key.value)
    const target = isAlias(key) ? this.of(key) : undefined
    if (typeof target === 'string') return target
    return this.problem('badKey', 'error converting YAML to JSON: unsupported map key', key ?? undefined)
  }

  /** What `<<` brings in: the first of several maps wins. */
  private merge(value: unknown, key: Node, into: Map<string, unknown>): void {
    for (const source of Array.isArray(value) ? value : [value]) {
      if (typeof source !== 'object' || source === null || Array.isArray(source))
        this.problem('badKey', 'map merge requires map or sequence of maps as the value', key)
      else for (const [name, part] of Object.entries(source)) if (!into.has(name)) into.set(name, part)
    }
  }
}

const isMerge = (key: Node | null): key is Node =>
  isScalar(key) && (typeof key.value === 'symbol' || (key.value === '<<' && key.type === 'PLAIN'))

/** The key or the value at a path, or the nearest part around it. A value of many lines is found at its key. */
function nodeAt(contents: Node | null, path: Path, part: 'name' | 'value'): Node | null {
  let node = contents
  let key: Node | null = null
  for (const step of path) {
    if (isMap<Node, Node | null>(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(step))
      if (!pair) return key ?? node
      key = pair.key
      node = pair.value
    } else if (isSeq<Node>(node) && typeof step === 'number' && node.items[step]) {
      node = node.items[step]
      key = null
    } else return key ?? node
  }
  return part === 'name' || !isScalar(node) ? (key ?? node) : node
}

const atLine = (message: string, place: Place | undefined): string =>
  place ? `yaml: line ${place.line}: ${message}` : `yaml: ${message}`

/** The reader of kubectl finds out on the next line that a key was none. */
const NOTICED_LATER = 'MULTILINE_IMPLICIT_KEY'

const CODES: Readonly<Record<string, ProblemCode>> = {
  TAB_AS_INDENT: 'tab',
  BAD_ALIAS: 'unknownAnchor',
  RESOURCE_EXHAUSTION: 'tooDeep',
}

/** What kubectl's reader says where it has words of its own. */
const WORDS: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: 'found character that cannot start any token',
  MULTILINE_IMPLICIT_KEY: "could not find expected ':'",
  RESOURCE_EXHAUSTION: 'exceeded max depth',
  BLOCK_AS_IMPLICIT_KEY: 'mapping values are not allowed in this context',
}

const TOO_LARGE: Problem = {
  code: 'tooLarge',
  message: `the text is too large: at most ${MOST_CHARACTERS / 1024} KiB in ${MOST_DOCUMENTS} documents are read`,
}
const TOO_DEEP: Problem = { code: 'tooDeep', message: 'yaml: exceeded max depth' }

function readDocument(document: Document.Parsed, placeAt: (offset: number | undefined) => Place | undefined) {
  const problems = document.errors.slice(0, MOST_FAULTS).map(({ code, message, pos }): Problem => {
    const place = placeAt(pos[0])
    const told = place && code === NOTICED_LATER ? { ...place, line: place.line + 1 } : place
    return { code: CODES[code] ?? 'syntax', message: atLine(WORDS[code] ?? message, told), ...place }
  })
  const contents = document.contents as Node | null
  const values = new Values(placeAt)
  // A broken document is told about once, by what the parser found.
  const value = problems.length > 0 ? null : values.of(contents)
  const given: GivenDocument = { value, placeOf: (path, part) => placeAt(nodeAt(contents, path, part)?.range?.[0]) }
  return { given, problems: [...problems, ...values.problems] }
}

export function yamlDocuments(text: string): YamlDocuments {
  if (text.length > MOST_CHARACTERS) return { documents: [], problems: [TOO_LARGE] }
  const lines = new LineCounter()
  const placeAt = (offset: number | undefined): Place | undefined => {
    if (offset === undefined) return undefined
    const { line, col } = lines.linePos(offset)
    return { line, column: col }
  }
  try {
    const read = parsed(text, lines).map((document) => readDocument(document, placeAt))
    const problems = read.flatMap((document) => document.problems)
    return { documents: problems.length > 0 ? [] : read.map(({ given }) => given), problems }
  } catch (error) {
    if (error instanceof TooMuch) return { documents: [], problems: [TOO_LARGE] }
    if (error instanceof RangeError) return { documents: [], problems: [TOO_DEEP] }
    throw error
  }
}
