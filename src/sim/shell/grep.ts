/**
 * `grep` with -i -v -E -F -P -w -x -c -q -o -n -e -A -B -C -m, and `awk` as far as `'{print $1}'`.
 * Patterns of POSIX are read as JavaScript's where both agree. Models: GNU grep.
 */
import { basicPattern } from './lines.ts'
import type { Options } from './options.ts'
import { readOptions } from './options.ts'
import { inputOf, streamed } from './reading.ts'
import type { Program } from './run.ts'
import { complain, print } from './session.ts'

const literal = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')

function patternOf({ flags }: Options, patterns: readonly string[]): RegExp | string {
  const parts = patterns
    .flatMap((pattern) => pattern.split('\n'))
    .map((pattern) => {
      const source = flags.has('F')
        ? literal(pattern)
        : flags.has('E') || flags.has('P')
          ? pattern
          : basicPattern(pattern)
      return flags.has('w') ? `\\b(?:${source})\\b` : flags.has('x') ? `^(?:${source})$` : `(?:${source})`
    })
  try {
    return new RegExp(parts.join('|'), flags.has('i') ? 'i' : '')
  } catch {
    return 'Invalid regular expression'
  }
}

interface Around {
  readonly before: number
  readonly after: number
}

/** Each matching line with those around it; groups that do not touch are parted by `--`. */
class Groups {
  private readonly around: Around
  /** The latest lines that were not shown; more than those are counted only. */
  private passed: string[] = []
  private gap = 0
  private owed = 0
  private begun = false

  constructor(around: Around) {
    this.around = around
  }

  /** Nothing more is owed to the matches so far. */
  get settled(): boolean {
    return this.owed === 0
  }

  shown(line: string, hit: boolean): readonly string[] {
    const { before, after } = this.around
    if (!hit && this.owed === 0) {
      this.gap++
      this.passed = before === 0 ? [] : [...this.passed, line].slice(-before)
      return []
    }
    this.owed = hit ? after : this.owed - 1
    const parted = this.begun && this.gap > this.passed.length && before + after > 0
    const lines = [...(parted ? ['--'] : []), ...this.passed, line]
    this.passed = []
    this.gap = 0
    this.begun = true
    return lines
  }
}

/** What is shown for each line, one after the other, and whether nothing more is owed to the matches so far. */
interface Showing {
  readonly settled: () => boolean
  readonly shown: (line: string, number: number, hit: boolean) => readonly string[]
}

function showing(pattern: RegExp, { flags }: Options): Showing {
  const settled = () => true
  if (flags.has('q') || flags.has('c')) return { settled, shown: () => [] }
  if (flags.has('o')) {
    const every = new RegExp(pattern.source, `g${pattern.flags}`)
    const parts = (line: string) => (line.match(every) ?? []).filter((part) => part !== '')
    return { settled, shown: (line, _number, hit) => (hit && !flags.has('v') ? parts(line) : []) }
  }
  const size = (letter: string) => Number(flags.get(letter) ?? flags.get('C') ?? 0) || 0
  const groups = new Groups({ before: size('B'), after: size('A') })
  return {
    settled: () => groups.settled,
    shown: (line, number, hit) => groups.shown(flags.has('n') ? `${number}${hit ? ':' : '-'}${line}` : line, hit),
  }
}

/** After so many selected lines it reads no more. */
function mostOf({ flags }: Options): number {
  const given = Number.parseInt(flags.get('m') ?? '', 10)
  return flags.has('q') ? 1 : Number.isNaN(given) ? Number.POSITIVE_INFINITY : given
}

export const grep: Program = function* (args, io) {
  const options = readOptions(args, 'ivEFPwxcqonhH', 'eABCm')
  if ('unknown' in options) {
    yield* complain(`grep: invalid option -- '${options.unknown}'\n`)
    return 2
  }
  const { flags, all } = options
  const given = all.filter(([letter]) => letter === 'e').map(([, value]) => value)
  const [first, ...others] = options.rest
  const patterns = given.length > 0 ? given : first === undefined ? [] : [first]
  if (patterns.length === 0) {
    yield* complain('Usage: grep [OPTION]... PATTERNS [FILE]...\n')
    return 2
  }
  const pattern = patternOf(options, patterns)
  if (typeof pattern === 'string') {
    yield* complain(`grep: ${pattern}\n`)
    return 2
  }
  const input = yield* inputOf('grep', io, given.length > 0 ? options.rest : others)
  if (input === undefined) return 2
  const { settled, shown } = showing(pattern, options)
  const most = mostOf(options)
  let found = 0
  let number = 0
  yield* streamed(input, (come) => {
    const lines: string[] = []
    for (const line of come) {
      const hit = found < most && pattern.test(line) !== flags.has('v')
      if (hit) found++
      for (const near of shown(line, ++number, hit)) lines.push(near)
      if (found >= most && settled()) return { lines, over: true }
    }
    return { lines }
  })
  if (flags.has('c')) yield* print(`${found}\n`)
  return found > 0 ? 0 : 1
}

/** `awk '{print $1, $NF}'` with `-F`, and a pattern in front; nothing else of awk. */
export const awk: Program = function* (args, io) {
  const options = readOptions(args, '', 'F')
  const [script = '', ...files] = 'unknown' in options ? [] : options.rest
  const parsed = /^\s*(?:\/(.*)\/|NR\s*(==|>)\s*(\d+))?\s*\{\s*print\s*([^{};]*)\}\s*$/.exec(script)
  if ('unknown' in options || !parsed) {
    yield* complain("awk: only '{print $1, $2}' is simulated here, with a /pattern/ or NR>1 before it\n")
    return 2
  }
  const [, pattern, compare, number, fields = ''] = parsed
  const input = yield* inputOf('awk', io, files)
  if (input === undefined) return 2
  const separator = options.flags.get('F') ?? /\s+/
  const wanted = (line: string, at: number): boolean =>
    (pattern === undefined || new RegExp(pattern).test(line)) &&
    (compare === undefined || (compare === '>' ? at > Number(number) : at === Number(number)))
  const printed = (line: string, at: number): string => {
    const cells = (typeof separator === 'string' ? line : line.trim()).split(separator)
    const cell = (part: string): string => {
      const literalText = /^"(.*)"$/.exec(part)?.[1]
      if (literalText !== undefined) return literalText.replaceAll('\\t', '\t').replaceAll('\\n', '\n')
      if (part === '$0' || part === '') return line
      if (part === 'NR') return String(at)
      if (part === 'NF') return String(line.trim() === '' ? 0 : cells.length)
      return cells[part === '$NF' ? cells.length - 1 : Number(part.slice(1)) - 1] ?? ''
    }
    return fields
      .split(',')
      .map((group) => (group.match(/"[^"]*"|\$NF|\$\d+|NR|NF/g) ?? ['']).map(cell).join(''))
      .join(' ')
  }
  let at = 0
  yield* streamed(input, (lines) => ({
    lines: lines.flatMap((line) => (wanted(line, ++at) ? [printed(line, at)] : [])),
  }))
  return 0
}
