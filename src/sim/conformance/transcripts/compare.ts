/**
 * Does what came out agree with what was captured? Placeholders stand for what differs from run to run; so do versions of
 * objects, and how long a pull took, which the captured cluster only pretended.
 */
import type { Match, Played, TranscriptCase } from './cases.ts'

const PLACEHOLDERS: Readonly<Record<string, string>> = {
  age: '(?:<invalid>|(?:\\d+[smhdy]){1,2})',
  uid: '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}',
  rand5: '[a-z0-9]{5}',
  hex64: '[0-9a-f]{64}',
  ip: '\\d+\\.\\d+\\.\\d+\\.\\d+',
  clusterip: '10\\.\\d+\\.\\d+\\.\\d+',
  nodeport: '3\\d{4}',
  time: '(?:\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ|\\w{3}, \\d\\d \\w{3} \\d{4} \\d\\d:\\d\\d:\\d\\d [+-]\\d{4})',
  'log line': '.*',
  prose: '.*',
  'temporary directory': '.*?',
}

/** What the captured run measured or counted, in numbers of its own. */
const MEASURED: readonly (readonly [RegExp, string])[] = [
  [/(resourceVersion: )"\d+"/g, '$1<version>'],
  [/in [\d.]+s \([\d.]+s including waiting\)\. Image size: \d+ bytes/g, 'in <measured>'],
]

const literal = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&')

const unmeasured = (text: string): string => MEASURED.reduce((done, [from, to]) => done.replaceAll(from, to), text)

/** Values of `<hash1>`, which must be the same all over a case. */
type Bound = Map<string, string>

const patterns = new Map<string, { readonly pattern: RegExp; readonly names: readonly string[] }>()

function patternOf(wanted: string): { readonly pattern: RegExp; readonly names: readonly string[] } {
  const known = patterns.get(wanted)
  if (known) return known
  const names: string[] = []
  const source = wanted
    .split(/(<[a-z]+(?: [a-z]+)?\d*>)/)
    .map((part) => {
      const name = /^<(.+)>$/.exec(part)?.[1]
      if (name === undefined) return literal(part)
      if (/^hash\d+$/.test(name)) {
        names.push(name)
        return '([a-z0-9]{5,10})'
      }
      return Object.hasOwn(PLACEHOLDERS, name) ? (PLACEHOLDERS[name] as string) : literal(part)
    })
    .join('')
  const made = { pattern: new RegExp(`^${source}$`), names }
  patterns.set(wanted, made)
  return made
}

/** Whether a text is the wanted one. Hashes that are seen for the first time are noted. */
function agrees(wanted: string, found: string, bound: Bound): boolean {
  const { pattern, names } = patternOf(unmeasured(wanted))
  const hit = pattern.exec(unmeasured(found))
  if (!hit) return false
  return names.every((name, index) => {
    const value = hit[index + 1] as string
    if (!bound.has(name)) bound.set(name, value)
    return bound.get(name) === value
  })
}

const linesOf = (text: string): readonly string[] => {
  const lines = text.split('\n')
  if (lines.at(-1) === '') lines.pop()
  return lines
}

/** The cells of a line of a table: parted by two blanks or more. */
const asCells = (line: string): string => line.trimEnd().split(/ {2,}/).join('  ')
const asWords = (line: string): string => line.trim().split(/\s+/).join(' ')

/** How streams are compared: as the case says, and some tables in ways of their own. */
type How = Match | 'watch' | 'events'

/** How each kind of comparison sees one line. */
const VIEWS: Readonly<Record<How, (line: string) => string>> = {
  exact: (line) => line,
  table: asCells,
  watch: asCells,
  events: asCells,
  words: asWords,
  auto: asWords,
  'rollout-lines': (line) => line,
  'any-order-lines': (line) => line,
  tty: (line) => line,
}

/** Rows whose first cell differs from run to run come in an order that does too. */
const isUnordered = (line: string): boolean => /^(?:[\w-]+ +)?[\w-]*<(?:uid|rand5)>/.test(line)

/** One place where captured and found part; undefined when they agree. */
export interface Difference {
  readonly wanted: string | undefined
  readonly found: string | undefined
}

/** Prose is our own: as many lines as it takes, up to the next captured one. */
const isProse = (line: string): boolean => line.trim() === '<prose>'

function inOrder(wanted: readonly string[], found: readonly string[], bound: Bound): Difference | undefined {
  const rest = [...found]
  for (const [index, line] of wanted.entries()) {
    if (isProse(line)) {
      const next = wanted[index + 1]
      while (rest[0] !== undefined && (next === undefined || !agrees(next, rest[0], new Map(bound)))) rest.shift()
      continue
    }
    const at = isUnordered(line) ? rest.findIndex((other) => agrees(line, other, new Map(bound))) : 0
    const [other] = at < 0 ? [undefined] : rest.splice(at, 1)
    if (other === undefined || !agrees(line, other, bound)) return { wanted: wanted[index], found: other ?? rest[0] }
  }
  return rest.length > 0 ? { wanted: undefined, found: rest[0] } : undefined
}

/** Lines that repeat at once count as one. */
const withoutRepeats = (lines: readonly string[]): readonly string[] =>
  lines.filter((line, index) => line !== lines[index - 1])

/** A multiset of lines; those of a retry may come more or less often. */
function inAnyOrder(wanted: readonly string[], found: readonly string[], bound: Bound): Difference | undefined {
  const rest = [...found]
  const kinds = [...new Set(wanted)]
  for (const line of kinds) {
    const hits = rest.filter((other) => agrees(line, other, bound))
    const count = wanted.filter((other) => other === line).length
    if (hits.length === 0 || (count === 1 && hits.length > 1)) return { wanted: line, found: hits[1] }
    for (const hit of hits) rest.splice(rest.indexOf(hit), 1)
  }
  return rest.length > 0 ? { wanted: undefined, found: rest[0] } : undefined
}

/**
 * Rows of a watch, for each object by itself and without repeats: a repeated row says that something was written which the
 * table does not show. How often that is, and how the rows of several objects mix, depends on the kubelets, which were
 * simulated in the captured cluster.
 */
function inWatch(wanted: readonly string[], found: readonly string[], bound: Bound): Difference | undefined {
  const nameOf = (row: string) => row.split('  ')[0] ?? ''
  const [header, ...rows] = wanted
  const first = inOrder(header === undefined ? [] : [header], found.slice(0, 1), bound)
  if (first) return first
  const names = [...new Set([...rows, ...found.slice(1)].map(nameOf))]
  const statusOf = (row: string) => row.replaceAll(/\d+[smhdy](?:\d+[smhd])?/g, '<age>')
  const own = (list: readonly string[], name: string) =>
    list.filter((row, index, all) => {
      const before = all.slice(0, index).findLast((other) => nameOf(other) === name)
      return nameOf(row) === name && (before === undefined || statusOf(before) !== statusOf(row))
    })
  for (const name of names) {
    const difference = inOrder(own(rows, name), own(found.slice(1), name), bound)
    if (difference) return difference
  }
  return undefined
}

/** What a kubelet tells of a pod. */
const OF_KUBELETS: ReadonlySet<string> = new Set([
  'Pulling',
  'Pulled',
  'Created',
  'Started',
  'Killing',
  'Failed',
  'BackOff',
  'Unhealthy',
])

/**
 * The rows of a list of events, those of kubelets behind all others and without repeats. Rows come in the order of the names
 * of events; the kubelets of the captured cluster were simulated: their names were of another form, and some told twice.
 */
function withKubeletsLast(lines: readonly string[]): readonly string[] {
  const cells = (line: string | undefined) => line?.split('  ') ?? []
  const column = cells(lines[0]).indexOf('REASON')
  const isTheirs = (row: string, index: number) => index > 0 && OF_KUBELETS.has(cells(row)[column] ?? '')
  const said = (row: string | undefined) => cells(row).slice(1).join('  ')
  const theirs = lines.filter(isTheirs)
  return [
    ...lines.filter((row, index) => !isTheirs(row, index)),
    ...theirs.filter((row, index) => said(row) !== said(theirs[index - 1])),
  ]
}

function compareText(match: How, wanted: string, found: string, bound: Bound): Difference | undefined {
  const view = VIEWS[match]
  const [left, right] = [linesOf(wanted).map(view), linesOf(found).map(view)]
  if (match === 'any-order-lines') return inAnyOrder(left, right, bound)
  if (match === 'watch') return inWatch(left, right, bound)
  const asCompared = match === 'rollout-lines' ? withoutRepeats : match === 'events' ? withKubeletsLast : undefined
  const difference = inOrder(asCompared?.(left) ?? left, asCompared?.(right) ?? right, bound)
  if (difference || match !== 'exact') return difference
  return wanted.endsWith('\n') === found.endsWith('\n')
    ? undefined
    : { wanted: 'a line end', found: 'none, or one too many' }
}

export interface Disagreement extends Difference {
  readonly where: 'stdout' | 'stderr' | 'terminal' | 'exit'
}

/** Streams of one case may be compared each in its own way. */
function howOf({ cmd, match, interrupted }: TranscriptCase, where: 'stdout' | 'stderr'): How {
  if (match !== 'table') return match
  if (where === 'stderr') return 'words'
  if (interrupted) return 'watch'
  return /\bget ev(?:ents?)?\b/.test(cmd) ? 'events' : 'table'
}

/** The first thing in which a run differs from what was captured. */
export function disagreement(wanted: TranscriptCase, found: Played): Disagreement | undefined {
  const bound: Bound = new Map()
  const { match } = wanted
  if (match === 'tty') {
    const difference = compareText('tty', wanted.stdout, found.terminal, bound)
    if (difference) return { where: 'terminal', ...difference }
  } else {
    for (const where of ['stdout', 'stderr'] as const) {
      const difference = compareText(howOf(wanted, where), wanted[where], found[where], bound)
      if (difference) return { where, ...difference }
    }
  }
  if (wanted.exit === found.exit) return undefined
  return { where: 'exit', wanted: String(wanted.exit), found: String(found.exit) }
}
