/**
 * The flags of a command line as pflag reads them: long and short, joined or apart, in any place before `--`.
 * Models: github.com/spf13/pflag (flag.go), as kubectl 1.36 uses it.
 */
import { clientError, Failure } from '../failure.ts'

export type FlagType = 'b' | 's' | 'i' | 'l' | 'd' | 'n'

export interface FlagSpec {
  readonly name: string
  readonly short?: string
  readonly type: FlagType
  readonly initial: string
}

/** What a flag means that is given without a value although it may have one. */
const BARE: Readonly<Record<string, string>> = { cascade: 'background', 'dry-run': 'unchanged', validate: 'strict' }

/** Lists whose values hold commas. */
const WHOLE: readonly string[] = ['annotations', 'env', 'for', 'from-literal', 'overrides', 'as-user-extra']

export function readFlagSpecs(text: string): readonly FlagSpec[] {
  return text
    .split(' ')
    .filter((entry) => entry !== '')
    .map((entry) => {
      const [, name = '', short, type = 's', initial = ''] = /^([\w-]+)(?:,(\w))?:(\w)(?:=(.*))?$/.exec(entry) ?? []
      return { name, ...(short !== undefined && { short }), type: type as FlagType, initial }
    })
}

/** The flags as they were given, and the words between them. */
export interface GivenFlags {
  readonly values: ReadonlyMap<string, readonly string[]>
  readonly args: readonly string[]
  /** How many words stood before `--`; -1 without it. */
  readonly dash: number
}

const UNITS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
}

/** Milliseconds of a duration as Go writes it: `1h2m3.5s`, `0`, `-1s`; undefined when it is none. */
export function durationMs(text: string): number | undefined {
  const [, sign, body = ''] = /^([-+]?)(.*)$/.exec(text) ?? []
  if (body === '0') return 0
  if (!/^(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|ms|s|m|h))+$/.test(body)) return undefined
  const parts = [...body.matchAll(/(\d+\.?\d*|\.\d+)(ns|us|µs|ms|s|m|h)/g)]
  const sum = parts.reduce((total, [, number, unit]) => total + Number(number) * (UNITS[unit as string] as number), 0)
  return sign === '-' ? -sum : sum
}

const TRUE = ['1', 't', 'T', 'true', 'TRUE', 'True']
const FALSE = ['0', 'f', 'F', 'false', 'FALSE', 'False']

function faultOf({ type }: FlagSpec, value: string): string | undefined {
  const quoted = JSON.stringify(value)
  switch (type) {
    case 'i':
      return /^[-+]?\d+$/.test(value) ? undefined : `strconv.ParseInt: parsing ${quoted}: invalid syntax`
    case 'b':
      return TRUE.includes(value) || FALSE.includes(value)
        ? undefined
        : `strconv.ParseBool: parsing ${quoted}: invalid syntax`
    case 'd':
      return durationMs(value) === undefined
        ? /^[-+]?[\d.]+$/.test(value)
          ? `time: missing unit in duration ${quoted}`
          : `time: invalid duration ${quoted}`
        : undefined
    default:
      return undefined
  }
}

export const isTrue = (value: string | undefined): boolean => value !== undefined && TRUE.includes(value)

class FlagReader {
  readonly values = new Map<string, string[]>()
  readonly args: string[] = []
  dash = -1
  private readonly words: readonly string[]
  private readonly specs: readonly FlagSpec[]
  private readonly command: string
  private at = 0

  constructor(words: readonly string[], specs: readonly FlagSpec[], command: string) {
    this.words = words
    this.specs = specs
    this.command = command
  }

  private fail(message: string): Failure {
    return new Failure(`error: ${message}\nSee '${this.command} --help' for usage.`)
  }

  private set(spec: FlagSpec, value: string): void {
    const fault = faultOf(spec, value)
    if (fault !== undefined) {
      const shown = spec.short === undefined ? `--${spec.name}` : `-${spec.short}, --${spec.name}`
      throw this.fail(`invalid argument ${JSON.stringify(value)} for "${shown}" flag: ${fault}`)
    }
    const before = this.values.get(spec.name) ?? []
    const more = spec.type === 'l' && !WHOLE.includes(spec.name) ? value.split(',') : [value]
    this.values.set(spec.name, [...before, ...more])
  }

  private long(word: string): void {
    const equals = word.indexOf('=')
    const name = equals < 0 ? word.slice(2) : word.slice(2, equals)
    const spec = this.specs.find((other) => other.name === name)
    if (name === 'help') throw new HelpWanted()
    if (!spec) throw this.fail(name === '' ? `bad flag syntax: ${word}` : `unknown flag: --${name}`)
    if (equals >= 0) this.set(spec, word.slice(equals + 1))
    else if (spec.type === 'b') this.set(spec, 'true')
    else if (spec.type === 'n') this.set(spec, BARE[name] ?? '')
    else {
      const value = this.words[this.at++]
      if (value === undefined) throw this.fail(`flag needs an argument: --${name}`)
      this.set(spec, value)
    }
  }

  private short(word: string): void {
    let group = word.slice(1)
    while (group !== '') {
      const letter = group[0] as string
      const spec = this.specs.find(({ short }) => short === letter)
      if (letter === 'h' && !spec) throw new HelpWanted()
      if (!spec) throw this.fail(`unknown shorthand flag: '${letter}' in ${word}`)
      const rest = group.slice(1)
      if (rest.startsWith('=')) {
        this.set(spec, rest.slice(1))
        return
      }
      if (spec.type === 'b') {
        this.set(spec, 'true')
        group = rest
        continue
      }
      const value = rest === '' ? this.words[this.at++] : rest
      if (value === undefined) throw this.fail(`flag needs an argument: '${letter}' in ${word}`)
      this.set(spec, value)
      return
    }
  }

  read(): GivenFlags {
    while (this.at < this.words.length) {
      const word = this.words[this.at++] as string
      if (word === '--') {
        this.dash = this.args.length
        this.args.push(...this.words.slice(this.at))
        break
      }
      if (word.startsWith('--')) this.long(word)
      else if (word.startsWith('-') && word !== '-') this.short(word)
      else this.args.push(word)
    }
    return { values: this.values, args: this.args, dash: this.dash }
  }
}

/** Thrown when `-h` or `--help` stands on the line. */
export class HelpWanted extends Error {}

/** @throws Failure in the words of pflag, HelpWanted */
export const readFlags = (words: readonly string[], specs: readonly FlagSpec[], command: string): GivenFlags =>
  new FlagReader(words, specs, command).read()

/** The flags of a call with their defaults. A name that the command does not have is a mistake of ours. */
export class Flags {
  private readonly given: ReadonlyMap<string, readonly string[]>
  private readonly specs: ReadonlyMap<string, FlagSpec>

  constructor(given: ReadonlyMap<string, readonly string[]>, specs: readonly FlagSpec[]) {
    this.given = given
    this.specs = new Map(specs.map((spec) => [spec.name, spec]))
  }

  /** The same call without one flag. */
  without(name: string): Flags {
    const given = [...this.given].filter(([key]) => key !== name)
    return new Flags(new Map(given), [...this.specs.values()])
  }

  /** Whether it stands on the line. */
  has(name: string): boolean {
    return this.given.has(name)
  }

  /** The last value; the default, else the empty text. */
  text(name: string): string {
    return this.given.get(name)?.at(-1) ?? this.specs.get(name)?.initial ?? ''
  }

  is(name: string): boolean {
    return isTrue(this.text(name))
  }

  number(name: string): number {
    return Number(this.text(name))
  }

  /** Milliseconds. */
  duration(name: string): number {
    const ms = durationMs(this.text(name))
    if (ms === undefined) throw clientError(`time: invalid duration ${JSON.stringify(this.text(name))}`)
    return ms
  }

  list(name: string): readonly string[] {
    return this.given.get(name) ?? []
  }
}
