/**
 * `grep` with -i -v -E -F -P -w -x -c -q -o -n -e -A -B -C -m, and `awk` as far as `'{print $1}'`.
 * Patterns of POSIX are read as JavaScript's where both agree. Models: GNU grep.
 */
import { basicPattern, inputOf, joined, linesOf } from './lines.ts'
import type { Options } from './options.ts'
import { readOptions } from './options.ts'
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

/** Each matching line with those around it; groups that do not touch are parted by `--`. */
function around(lines: readonly string[], hits: readonly boolean[], before: number, after: number): string[] {
  const shown: string[] = []
  let last = -1
  for (let index = 0; index < lines.length; index++) {
    const near = hits.slice(Math.max(0, index - after), index + before + 1).includes(true)
    if (!near) continue
    if (last >= 0 && index > last + 1 && before + after > 0) shown.push('--')
    shown.push(lines[index] as string)
    last = index
  }
  return shown
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
  const text = yield* inputOf('grep', io, given.length > 0 ? options.rest : others)
  if (text === undefined) return 2
  const lines = linesOf(text)
  const most = Number.parseInt(flags.get('m') ?? '', 10)
  let found = 0
  const hits = lines.map((line) => {
    const hit = pattern.test(line) !== flags.has('v') && !(found >= most)
    if (hit) found++
    return hit
  })
  if (flags.has('q')) return found > 0 ? 0 : 1
  if (flags.has('c')) yield* print(`${found}\n`)
  else if (flags.has('o')) {
    const every = new RegExp(pattern.source, `g${pattern.flags}`)
    yield* print(joined(lines.filter((_line, index) => hits[index]).flatMap((line) => line.match(every) ?? [])))
  } else {
    const context = flags.get('C')
    const numbered = flags.has('n') ? lines.map((line, index) => `${index + 1}:${line}`) : lines
    const size = (letter: string) => Number(flags.get(letter) ?? context ?? 0) || 0
    yield* print(joined(around(numbered, hits, size('B'), size('A'))))
  }
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
  const text = yield* inputOf('awk', io, files)
  if (text === undefined) return 2
  const separator = options.flags.get('F') ?? /\s+/
  const lines = linesOf(text).flatMap((line, index) => {
    if (pattern !== undefined && !new RegExp(pattern).test(line)) return []
    if (compare === '>' ? index + 1 <= Number(number) : compare === '==' && index + 1 !== Number(number)) return []
    const cells = (typeof separator === 'string' ? line : line.trim()).split(separator)
    const cell = (part: string): string => {
      const literalText = /^"(.*)"$/.exec(part)?.[1]
      if (literalText !== undefined) return literalText.replaceAll('\\t', '\t').replaceAll('\\n', '\n')
      if (part === '$0' || part === '') return line
      if (part === 'NR') return String(index + 1)
      return cells[part === '$NF' ? cells.length - 1 : Number(part.slice(1)) - 1] ?? ''
    }
    const groups = fields.split(',').map((group) => (group.match(/"[^"]*"|\$NF|\$\d+|NR/g) ?? ['']).map(cell).join(''))
    return [groups.join(' ')]
  })
  yield* print(joined(lines))
  return 0
}
