/**
 * The tools that stand after a pipe: head, tail, wc, sort, uniq, cut, tr, tee, cat, with the options that people use.
 * Models: GNU coreutils. Leaves out: options that are not named here; they are refused by name.
 */
import { absolutePath } from './files.ts'
import { awk, grep } from './grep.ts'
import type { Input } from './input.ts'
import { joined, linesOf } from './lines.ts'
import type { Options } from './options.ts'
import { readOptions } from './options.ts'
import { inputOf, stdinOf, streamed } from './reading.ts'
import type { Program } from './run.ts'
import { sed } from './sed.ts'
import type { Steps } from './session.ts'
import { complain, print } from './session.ts'

type Shown = { readonly lines: readonly string[]; readonly over?: boolean }

/** What a tool makes of lines as they come: an object with state, made anew for each run. A string is what is wrong. */
type Streaming = (options: Options) => ((lines: readonly string[]) => Shown) | string

interface Known {
  readonly letters: string
  readonly withValue: string
}

/** Reads the options, opens what is to be read, and runs. */
const reading = (
  tool: string,
  { letters, withValue }: Known,
  run: (input: Input, options: Options) => Steps,
): Program =>
  function* (args, io) {
    // `head -5` is `head -n 5`.
    const given = /^(head|tail)$/.test(tool) ? args.map((arg) => arg.replace(/^-(\d+)$/, '-n$1')) : args
    const options = readOptions(given, letters, withValue)
    if ('unknown' in options) {
      yield* complain(`${tool}: invalid option -- '${options.unknown}'\n`)
      return 2
    }
    const input = yield* inputOf(tool, io, options.rest)
    return input === undefined ? 1 : yield* run(input, options)
  }

/** A tool that shows lines as they come. */
const stream = (tool: string, known: Known, start: Streaming): Program =>
  reading(tool, known, function* (input, options) {
    const shown = start(options)
    if (typeof shown === 'string') {
      yield* complain(`${tool}: ${shown}\n`)
      return 1
    }
    yield* streamed(input, shown)
    return 0
  })

/** A tool that must know its whole text first. */
const filter = (tool: string, known: Known, run: (text: string, options: Options) => string): Program =>
  reading(tool, known, function* (input, options) {
    yield* print(run(yield* input.all(), options))
    return 0
  })

const countOf = (value: string | undefined): number => (value === undefined ? 10 : Number.parseInt(value, 10) || 0)

const head = reading('head', { letters: '', withValue: 'nc' }, function* (input, { flags }) {
  const bytes = flags.get('c')
  const count = countOf(flags.get('n'))
  if (bytes !== undefined) yield* print((yield* input.all()).slice(0, countOf(bytes)))
  else if (count < 0) yield* print(joined(linesOf(yield* input.all()).slice(0, count)))
  else {
    let left = count
    while (left > 0) {
      const lines = yield* input.lines()
      if (lines === undefined) break
      yield* print(joined(lines.slice(0, left)))
      left -= lines.length
    }
  }
  return 0
})

const tail = reading('tail', { letters: 'f', withValue: 'n' }, function* (input, { flags }) {
  const value = flags.get('n')
  if (value?.startsWith('+')) {
    let skipped = Math.max(0, countOf(value.slice(1)) - 1)
    yield* streamed(input, (lines) => {
      const shown = lines.slice(skipped)
      skipped = Math.max(0, skipped - lines.length)
      return { lines: shown }
    })
    return 0
  }
  const lines = linesOf(yield* input.all())
  const count = Math.abs(countOf(value))
  yield* print(joined(count === 0 ? [] : lines.slice(-count)))
  return 0
})

const wc = filter('wc', { letters: 'lwcm', withValue: '' }, (text, { flags }) => {
  const counts = [
    ['l', text.split('\n').length - 1],
    ['w', text.split(/\s+/).filter((word) => word !== '').length],
    ['c', text.length],
  ] as const
  const shown = counts.filter(([letter]) => flags.size === 0 || flags.has(letter) || (letter === 'c' && flags.has('m')))
  const cells = shown.map(([, count]) => String(count))
  return `${shown.length === 1 ? cells[0] : cells.map((cell) => cell.padStart(7)).join(' ')}\n`
})

const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const sort = filter('sort', { letters: 'rnuVh', withValue: 'kt' }, (text, { flags }) => {
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
  return joined(flags.has('u') ? [...new Set(lines)] : lines)
})

const uniq = filter('uniq', { letters: 'cd', withValue: '' }, (text, { flags }) => {
  const runs: { line: string; count: number }[] = []
  for (const line of linesOf(text)) {
    const last = runs.at(-1)
    if (last?.line === line) last.count++
    else runs.push({ line, count: 1 })
  }
  const shown = flags.has('d') ? runs.filter(({ count }) => count > 1) : runs
  return joined(shown.map(({ line, count }) => (flags.has('c') ? `${String(count).padStart(7)} ${line}` : line)))
})

const cut = stream('cut', { letters: 's', withValue: 'dfc' }, ({ flags }) => {
  if (!flags.has('f') && !flags.has('c')) return 'you must specify a list of bytes, characters, or fields'
  const list = (flags.get('f') ?? flags.get('c') ?? '').split(',').map((range) => {
    const [from = '', to] = range.split('-')
    return [Number(from || 1), to === undefined ? Number(from) : Number(to || Infinity)] as const
  })
  const wanted = (index: number) => list.some(([from, to]) => index + 1 >= from && index + 1 <= to)
  const separator = flags.has('c') ? '' : (flags.get('d') ?? '\t')
  const shown = (line: string): string =>
    separator !== '' && !line.includes(separator)
      ? line
      : line
          .split(separator)
          .filter((_part, index) => wanted(index))
          .join(separator)
  return (lines) => ({ lines: lines.map(shown) })
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

const tr: Program = function* (args, io) {
  const options = readOptions(args, 'ds', '')
  if ('unknown' in options || options.rest[0] === undefined) {
    yield* complain('tr: missing operand\n')
    return 1
  }
  const [from = '', to = ''] = options.rest.map(letters)
  const remove = options.flags.has('d')
  const input = stdinOf(io)
  let last: string | undefined
  for (let text = yield* input.some(); text !== undefined; text = yield* input.some()) {
    const changed = [...text].flatMap((letter) => {
      const at = from.indexOf(letter)
      return at < 0 ? [letter] : remove ? [] : [to === '' ? letter : (to[Math.min(at, to.length - 1)] as string)]
    })
    const before = last
    const squeezed = options.flags.has('s')
      ? changed.filter(
          (letter, at) => letter !== (changed[at - 1] ?? before) || !(to === '' || remove ? from : to).includes(letter),
        )
      : changed
    last = changed.at(-1) ?? last
    yield* print(squeezed.join(''))
  }
  return 0
}

const cat: Program = function* (args, io) {
  let status = 0
  const names = args.filter((arg) => arg === '-' || !arg.startsWith('-'))
  for (const name of names.length > 0 ? names : ['-']) {
    const input = yield* inputOf('cat', io, [name])
    if (input === undefined) status = 1
    else for (let text = yield* input.some(); text !== undefined; text = yield* input.some()) yield* print(text)
  }
  return status
}

const tee: Program = function* (args, io) {
  const options = readOptions(args, 'a', '')
  const { files, folder } = io.shell
  const appends = !('unknown' in options) && options.flags.has('a')
  const kept = ('unknown' in options ? [] : options.rest).map((name) => {
    const path = absolutePath(name, folder)
    return { name, path, text: appends ? (files.read(path) ?? '') : '' }
  })
  const wrong = new Map<string, string>()
  const write = (more: string) => {
    for (const file of kept) {
      file.text += more
      const why = files.write(file.path, file.text)
      if (why !== undefined) wrong.set(file.name, why)
    }
  }
  write('')
  const input = stdinOf(io)
  for (let text = yield* input.some(); text !== undefined; text = yield* input.some()) {
    write(text)
    yield* print(text)
  }
  for (const [name, why] of wrong) yield* complain(`tee: ${name}: ${why}\n`)
  return wrong.size > 0 ? 1 : 0
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
