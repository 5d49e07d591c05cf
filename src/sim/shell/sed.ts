/**
 * `sed` as far as lines of kubectl's output need it: `s/a/b/g`, `p`, `d`, `q`, with line numbers, `$` and `/patterns/` as
 * addresses, ranges of them, `-n`, `-E`, `-i`, several commands. Leaves out: the hold space, branches, `y`, `a`, `i`, `c`.
 */
import { absolutePath } from './files.ts'
import type { Input } from './input.ts'
import { textInput } from './input.ts'
import { basicPattern, joined } from './lines.ts'
import { readOptions } from './options.ts'
import { inputOf, streamed } from './reading.ts'
import type { Io, Program } from './run.ts'
import type { Steps } from './session.ts'
import { complain, keepingPrints, print } from './session.ts'

type Address = { readonly line: number } | 'last' | { readonly pattern: RegExp }

interface SedCommand {
  readonly from?: Address
  readonly to?: Address
  readonly not: boolean
  readonly verb: 's' | 'p' | 'd' | 'q'
  readonly pattern?: RegExp
  readonly replacement?: string
  readonly prints?: boolean
  /** The range is open: its beginning has been seen, its end not yet. */
  open: boolean
}

class SedError extends Error {}

class Script {
  private at = 0
  private readonly text: string
  private readonly extended: boolean

  constructor(text: string, extended: boolean) {
    this.text = text
    this.extended = extended
  }

  private pattern(source: string, flags = ''): RegExp {
    try {
      return new RegExp(this.extended ? source : basicPattern(source), flags)
    } catch {
      throw new SedError(`-e expression #1, char ${this.at}: Invalid regular expression`)
    }
  }

  /** What stands up to the next delimiter that is not escaped. */
  private upTo(delimiter: string): string {
    let found = ''
    while (this.at < this.text.length && this.text[this.at] !== delimiter) {
      if (this.text[this.at] === '\\' && this.text[this.at + 1] === delimiter) this.at++
      else if (this.text[this.at] === '\\') found += this.text[this.at++]
      found += this.text[this.at++] ?? ''
    }
    if (this.text[this.at] !== delimiter) throw new SedError(`-e expression #1, char ${this.at}: unterminated command`)
    this.at++
    return found
  }

  private address(): Address | undefined {
    const rest = this.text.slice(this.at)
    const number = /^\d+/.exec(rest)?.[0]
    if (number !== undefined) {
      this.at += number.length
      return { line: Number(number) }
    }
    if (rest.startsWith('$')) {
      this.at++
      return 'last'
    }
    if (!rest.startsWith('/')) return undefined
    this.at++
    return { pattern: this.pattern(this.upTo('/')) }
  }

  private substitution(): Pick<SedCommand, 'pattern' | 'replacement' | 'prints'> {
    const delimiter = this.text[this.at++] ?? ''
    const source = this.upTo(delimiter)
    const replacement = this.upTo(delimiter)
    const flags = /^[gipI]*/.exec(this.text.slice(this.at))?.[0] ?? ''
    this.at += flags.length
    const pattern = this.pattern(source, `${flags.includes('g') ? 'g' : ''}${/i/i.test(flags) ? 'i' : ''}`)
    return { pattern, replacement, prints: flags.includes('p') }
  }

  commands(): readonly SedCommand[] {
    const list: SedCommand[] = []
    for (;;) {
      this.at += /^[\s;]*/.exec(this.text.slice(this.at))?.[0].length ?? 0
      if (this.at >= this.text.length) return list
      const from = this.address()
      if (this.text[this.at] === ',') this.at++
      const to = from !== undefined && this.text[this.at - 1] === ',' ? this.address() : undefined
      const not = this.text[this.at] === '!'
      if (not) this.at++
      const verb = this.text[this.at++] ?? ''
      if (!'spdq'.includes(verb) || verb === '')
        throw new SedError(`-e expression #1, char ${this.at}: unknown command: \`${verb}'`)
      const more = verb === 's' ? this.substitution() : {}
      list.push({
        ...(from && { from }),
        ...(to && { to }),
        not,
        verb: verb as SedCommand['verb'],
        ...more,
        open: false,
      })
    }
  }
}

const at = (address: Address, line: string, number: number, last: boolean): boolean =>
  address === 'last' ? last : 'line' in address ? address.line === number : address.pattern.test(line)

function applies(command: SedCommand, line: string, number: number, last: boolean): boolean {
  const { from, to } = command
  if (from === undefined) return true
  if (to === undefined) return at(from, line, number, last)
  if (!command.open) {
    if (!at(from, line, number, last)) return false
    command.open = !(typeof to === 'object' && 'line' in to && to.line <= number)
    return true
  }
  if (at(to, line, number, last)) command.open = false
  return true
}

/** `&` and `\1` as JavaScript writes them. */
const replacementOf = (text: string): string =>
  text
    .replaceAll('$', '$$$$')
    .replaceAll(/\\(\d)|\\&|&|\\n|\\(.)/g, (all, group: string | undefined, other: string | undefined) =>
      group !== undefined ? `$${group}` : all === '&' ? '$&' : all === '\\n' ? '\n' : (other ?? '&'),
    )

/** Goes through lines as they come. What asks for the last line makes it keep one back, to know which that is. */
class Editing {
  private readonly commands: readonly SedCommand[]
  private readonly quiet: boolean
  private readonly keepsBack: boolean
  private kept: string | undefined
  private number = 0

  constructor(commands: readonly SedCommand[], quiet: boolean) {
    this.commands = commands
    this.quiet = quiet
    this.keepsBack = commands.some(({ from, to }) => from === 'last' || to === 'last')
  }

  come(lines: readonly string[]): { readonly lines: readonly string[]; readonly over: boolean } {
    const ready = this.kept === undefined ? [...lines] : [this.kept, ...lines]
    this.kept = this.keepsBack ? ready.pop() : undefined
    const out: string[] = []
    for (const line of ready) if (this.edit(line, false, out)) return { lines: out, over: true }
    return { lines: out, over: false }
  }

  /** What is left to show when no more comes. */
  end(): readonly string[] {
    const out: string[] = []
    if (this.kept !== undefined) this.edit(this.kept, true, out)
    return out
  }

  /** True when nothing more is to be read. */
  private edit(given: string, last: boolean, out: string[]): boolean {
    let line = given
    let stop = false
    this.number++
    for (const command of this.commands) {
      if (applies(command, line, this.number, last) === command.not) continue
      if (command.verb === 's' && command.pattern) {
        const before = line
        line = line.replace(command.pattern, replacementOf(command.replacement ?? ''))
        if (command.prints && line !== before) out.push(line)
      } else if (command.verb === 'p') out.push(line)
      else if (command.verb === 'd') return false
      else {
        stop = true
        break
      }
    }
    if (!this.quiet) out.push(line)
    if (stop) this.kept = undefined
    return stop
  }
}

function* streamedThrough(input: Input, editing: Editing): Steps<void> {
  yield* streamed(input, (lines) => editing.come(lines))
  yield* print(joined(editing.end()))
}

/** `-i`: each file gets what would be shown of it. */
function* inPlace(names: readonly string[], { shell }: Io, start: () => Editing): Steps {
  for (const name of names) {
    const path = absolutePath(name, shell.folder)
    const text = shell.files.read(path)
    if (text === undefined) {
      yield* complain(`sed: can't read ${name}: No such file or directory\n`)
      return 2
    }
    let written = ''
    yield* keepingPrints(streamedThrough(textInput(text), start()), (_to, more) => {
      written += more
      return true
    })
    const wrong = shell.files.write(path, written)
    if (wrong === undefined) continue
    yield* complain(`sed: couldn't open file ${name}: ${wrong}\n`)
    return 4
  }
  return 0
}

export const sed: Program = function* (args, io) {
  const options = readOptions(args, 'nEri', 'e')
  if ('unknown' in options) {
    yield* complain(`sed: -${options.unknown} is not simulated; -n, -E, -i and -e are\n`)
    return 1
  }
  const { flags } = options
  const scripts = options.all.filter(([letter]) => letter === 'e').map(([, value]) => value)
  const [first = '', ...others] = options.rest
  const script = scripts.length > 0 ? scripts.join('\n') : first
  const names = scripts.length > 0 ? options.rest : others
  try {
    const start = () => new Editing(new Script(script, flags.has('E') || flags.has('r')).commands(), flags.has('n'))
    if (flags.has('i')) return yield* inPlace(names, io, start)
    const editing = start()
    const input = yield* inputOf('sed', io, names)
    if (input === undefined) return 2
    yield* streamedThrough(input, editing)
    return 0
  } catch (error) {
    if (!(error instanceof SedError)) throw error
    yield* complain(`sed: ${error.message}\n`)
    return 1
  }
}
