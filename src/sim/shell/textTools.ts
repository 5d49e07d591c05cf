/**
 * The tools that stand after a pipe: head, tail, wc, sort, uniq, cut, tr, tee, cat, with the options that people use.
 * Models: GNU coreutils. Leaves out: options that are not named here; they are refused by name.
 */
import { absolutePath } from './files.ts'
import { awk, grep } from './grep.ts'
import { inputOf, joined, linesOf } from './lines.ts'
import type { Options } from './options.ts'
import { readOptions } from './options.ts'
import type { Program } from './run.ts'
import { sed } from './sed.ts'
import { complain, print } from './session.ts'

type Filter = (text: string, options: Options) => { readonly text: string; readonly status?: number } | string

/** A tool that turns one text into another; a string instead of a result is what is wrong. */
const filter = (tool: string, letters: string, withValue: string, run: Filter): Program =>
  function* (args, io) {
    // `head -5` is `head -n 5`.
    const given = /^(head|tail)$/.test(tool) ? args.map((arg) => arg.replace(/^-(\d+)$/, '-n$1')) : args
    const options = readOptions(given, letters, withValue)
    if ('unknown' in options) {
      yield* complain(`${tool}: invalid option -- '${options.unknown}'\n`)
      return 2
    }
    const text = yield* inputOf(tool, io, options.rest)
    if (text === undefined) return 1
    const result = run(text, options)
    if (typeof result === 'string') {
      yield* complain(`${tool}: ${result}\n`)
      return 2
    }
    yield* print(result.text)
    return result.status ?? 0
  }

const countOf = (value: string | undefined): number => (value === undefined ? 10 : Number.parseInt(value, 10) || 0)

const head = filter('head', '', 'nc', (text, { flags }) => {
  const bytes = flags.get('c')
  if (bytes !== undefined) return { text: text.slice(0, countOf(bytes)) }
  const count = countOf(flags.get('n'))
  const lines = linesOf(text)
  return { text: joined(lines.slice(0, count < 0 ? Math.max(0, lines.length + count) : count)) }
})

const tail = filter('tail', 'f', 'n', (text, { flags }) => {
  const value = flags.get('n')
  const lines = linesOf(text)
  if (value?.startsWith('+')) return { text: joined(lines.slice(Math.max(0, countOf(value.slice(1)) - 1))) }
  const count = Math.abs(countOf(value))
  return { text: joined(count === 0 ? [] : lines.slice(-count)) }
})

const wc = filter('wc', 'lwcm', '', (text, { flags }) => {
  const counts = [
    ['l', text.split('\n').length - 1],
    ['w', text.split(/\s+/).filter((word) => word !== '').length],
    ['c', text.length],
  ] as const
  const shown = counts.filter(([letter]) => flags.size === 0 || flags.has(letter) || (letter === 'c' && flags.has('m')))
  const cells = shown.map(([, count]) => String(count))
  return { text: `${shown.length === 1 ? cells[0] : cells.map((cell) => cell.padStart(7)).join(' ')}\n` }
})

const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const sort = filter('sort', 'rnuVh', 'kt', (text, { flags }) => {
  const column = Number.parseInt(flags.get('k') ?? '', 10)
  const separator = flags.get('t')
  const cell = (line: string) =>
    Number.isNaN(column) ? line : (line.trim().split(separator ?? /\s+/)[column - 1] ?? '')
  const numeric = flags.has('n') || flags.has('h')
  const compare = (a: string, b: string) =>
    (numeric ? (Number.parseFloat(cell(a)) || 0) - (Number.parseFloat(cell(b)) || 0) : byCodeUnit(cell(a), cell(b))) ||
    byCodeUnit(a, b)
  const lines = linesOf(text).slice().sort(compare)
  if (flags.has('r')) lines.reverse()
  return { text: joined(flags.has('u') ? [...new Set(lines)] : lines) }
})

const uniq = filter('uniq', 'cd', '', (text, { flags }) => {
  const runs: { line: string; count: number }[] = []
  for (const line of linesOf(text)) {
    const last = runs.at(-1)
    if (last?.line === line) last.count++
    else runs.push({ line, count: 1 })
  }
  const shown = flags.has('d') ? runs.filter(({ count }) => count > 1) : runs
  return {
    text: joined(shown.map(({ line, count }) => (flags.has('c') ? `${String(count).padStart(7)} ${line}` : line))),
  }
})

const cut = filter('cut', 's', 'dfc', (text, { flags }) => {
  const list = (flags.get('f') ?? flags.get('c') ?? '').split(',').map((range) => {
    const [from = '', to] = range.split('-')
    return [Number(from || 1), to === undefined ? Number(from) : Number(to || Infinity)] as const
  })
  const wanted = (index: number) => list.some(([from, to]) => index + 1 >= from && index + 1 <= to)
  const separator = flags.has('c') ? '' : (flags.get('d') ?? '\t')
  const lines = linesOf(text).map((line) => {
    if (separator !== '' && !line.includes(separator)) return line
    return line
      .split(separator)
      .filter((_part, index) => wanted(index))
      .join(separator)
  })
  return { text: joined(lines) }
})

const letters = (set: string): string =>
  set
    .replaceAll(/\[:(upper|lower):\]/g, (_all, name) => (name === 'upper' ? 'A-Z' : 'a-z'))
    .replaceAll('\\n', '\n')
    .replaceAll('\\t', '\t')
    .replaceAll(/(.)-(.)/g, (all, from: string, to: string) => {
      const [start, end] = [from.charCodeAt(0), to.charCodeAt(0)]
      return end < start
        ? all
        : Array.from({ length: end - start + 1 }, (_, index) => String.fromCharCode(start + index)).join('')
    })

const tr: Program = function* (args, { stdin = '' }) {
  const options = readOptions(args, 'ds', '')
  if ('unknown' in options || options.rest[0] === undefined) {
    yield* complain('tr: missing operand\n')
    return 1
  }
  const [from = '', to = ''] = options.rest.map(letters)
  const remove = options.flags.has('d')
  const changed = [...stdin].flatMap((letter) => {
    const at = from.indexOf(letter)
    return at < 0 ? [letter] : remove ? [] : [to === '' ? letter : (to[Math.min(at, to.length - 1)] as string)]
  })
  const squeezed = options.flags.has('s')
    ? changed.filter((letter, at) => letter !== changed[at - 1] || !from.includes(letter))
    : changed
  yield* print(squeezed.join(''))
  return 0
}

const cat: Program = function* (args, io) {
  const text = yield* inputOf(
    'cat',
    io,
    args.filter((arg) => arg === '-' || !arg.startsWith('-')),
  )
  if (text === undefined) return 1
  yield* print(text)
  return 0
}

const tee: Program = function* (args, { stdin = '', shell }) {
  const options = readOptions(args, 'a', '')
  for (const name of 'unknown' in options ? [] : options.rest) {
    const path = absolutePath(name, shell.folder)
    const before = 'flags' in options && options.flags.has('a') ? (shell.files.read(path) ?? '') : ''
    const wrong = shell.files.write(path, before + stdin)
    if (wrong !== undefined) yield* complain(`tee: ${name}: ${wrong}\n`)
  }
  yield* print(stdin)
  return 0
}

export const TEXT_TOOLS: Readonly<Record<string, Program>> = {
  awk,
  cat,
  cut,
  grep,
  egrep: (args, io) => grep(['-E', ...args], io),
  head,
  sed,
  sort,
  tail,
  tee,
  tr,
  uniq,
  wc,
}
