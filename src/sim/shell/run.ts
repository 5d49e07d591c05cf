/**
 * Does what a shell line says. What a command name means comes from outside: the terminal knows kubectl, a pod knows
 * `hostname`. The sides of a pipe are subshells; the left one is pulled by what the right one reads.
 * Leaves out: jobs, options of the shell, word splitting by anything but blanks.
 */
import type { Files } from './files.ts'
import type { Input } from './input.ts'
import { Pipe } from './input.ts'
import { parseShell, ShellSyntaxError } from './parse.ts'
import { intoSinks, isShown, turned } from './redirects.ts'
import type { Steps } from './session.ts'
import { complain, currentWorld, keepingPrints } from './session.ts'
import type { Choice, List, Loop, Pipeline, Repeat, Simple, Stage, Word } from './syntax.ts'

/** What a program is started with. */
export interface Io {
  /** What is piped or redirected into it; undefined is a person who types. */
  readonly stdin: Input | undefined
  /** Whether it speaks to a terminal: its output is not kept for another program. */
  readonly terminal: boolean
  readonly shell: Shell
}

export type Program = (args: readonly string[], io: Io) => Steps

export interface Shell {
  /** Its own name, before its complaints: `bash`, `sh`. */
  readonly name: string
  /** What it says of a name that means nothing; bash's words when it is not set. */
  readonly missing?: string
  readonly files: Files
  readonly variables: Map<string, string>
  readonly aliases: Map<string, string>
  folder: string
  /** The exit code of the last command. */
  status: number
  /** Set by `exit`: nothing more is done. */
  exited?: number
  /** What a name means; undefined is "command not found". */
  program(name: string): Program | undefined
}

/** How often a loop may turn, and how long a line may be. */
const MOST_TURNS = 10_000
const MOST_CHARACTERS = 256 * 1024

const NOT_FOUND = 127

/** The same shell, with variables, folder and end of its own. */
export const subshell = (shell: Shell): Shell => ({ ...shell, variables: new Map(shell.variables) })

function* substituted(shell: Shell, list: List): Steps<string> {
  let text = ''
  shell.status = yield* keepingPrints(runList(subshell(shell), list, undefined, false), (to, more) => {
    if (to === 'stdout') text += more
    return to === 'stdout'
  })
  return text.replace(/\n+$/, '')
}

function variableOf(shell: Shell, name: string): string {
  if (name === '?') return String(shell.status)
  if (name === '#') return '0'
  return shell.variables.get(name) ?? ''
}

/** A word as one text, whatever blanks it holds. */
function* textOf(shell: Shell, word: Word): Steps<string> {
  let text = ''
  for (const part of word)
    text +=
      part.kind === 'text'
        ? part.text
        : part.kind === 'variable'
          ? variableOf(shell, part.name)
          : yield* substituted(shell, part.list)
  return text
}

const textIn = (shell: Shell) => (word: Word) => textOf(shell, word)

/** Words as a command gets them: unquoted values fall apart at blanks, and vanish when they are empty. */
function* wordsOf(shell: Shell, words: readonly Word[]): Steps<readonly string[]> {
  const done: string[] = []
  for (const word of words) {
    let current: string | undefined
    for (const part of word) {
      const text = yield* textOf(shell, [part])
      if (part.kind === 'text' || part.quoted) current = (current ?? '') + text
      else {
        const [first = '', ...others] = text.split(/[ \t\n]+/)
        current = first === '' ? current : (current ?? '') + first
        for (const other of others) {
          if (current !== undefined) done.push(current)
          current = other === '' ? undefined : other
        }
      }
    }
    if (current !== undefined) done.push(...expanded(current, word))
  }
  return done
}

/** `{0..2}` and `{a,b}` outside of quotes. */
function expanded(text: string, word: Word): readonly string[] {
  if (word.some((part) => part.kind !== 'text' || part.quoted)) return [text]
  const range = /^(.*)\{(\d+)\.\.(\d+)\}(.*)$/.exec(text)
  if (range) {
    const [, before, from, to, after] = range
    const count = Math.min(Number(to) - Number(from) + 1, MOST_TURNS)
    return count > 0 ? Array.from({ length: count }, (_, index) => `${before}${Number(from) + index}${after}`) : [text]
  }
  const list = /^([^{}]*)\{([^{}]*,[^{}]*)\}([^{}]*)$/.exec(text)
  return list ? (list[2] as string).split(',').map((part) => `${list[1]}${part}${list[3]}`) : [text]
}

const unknown = (name: string): Program =>
  function* (_args, { shell }) {
    yield* complain(`${shell.name}: ${name}: ${shell.missing ?? 'command not found'}\n`)
    return NOT_FOUND
  }

function* nothing(): Steps {
  yield* currentWorld()
  return 0
}

function* runSimple(shell: Shell, stage: Simple, given: Input | undefined, terminal: boolean): Steps {
  const [name, ...args] = yield* wordsOf(shell, stage.words)
  const before = stage.assignments.map(({ name: variable }) => [variable, shell.variables.get(variable)] as const)
  for (const { name: variable, value } of stage.assignments) shell.variables.set(variable, yield* textOf(shell, value))
  const streams = yield* turned(shell, stage.redirects, textIn(shell), given)
  if (!streams) return 1
  if (name === undefined) return yield* intoSinks(shell, streams, nothing())
  const alias = shell.aliases.get(name)?.split(/\s+/)
  const [wanted = name, ...more] = alias ?? []
  const program = shell.program(wanted) ?? unknown(wanted)
  const io = { stdin: streams.stdin, terminal: terminal && isShown(streams), shell }
  try {
    return yield* intoSinks(shell, streams, program([...more, ...args], io))
  } finally {
    for (const [variable, value] of before)
      if (value === undefined) shell.variables.delete(variable)
      else shell.variables.set(variable, value)
  }
}

function* runLoop(shell: Shell, { name, words, body }: Loop, stdin: Input | undefined, terminal: boolean): Steps {
  let status = 0
  for (const value of yield* wordsOf(shell, words)) {
    shell.variables.set(name, value)
    status = yield* runList(shell, body, stdin, terminal)
    if (shell.exited !== undefined) break
  }
  return status
}

function* runRepeat(
  shell: Shell,
  { until, condition, body }: Repeat,
  stdin: Input | undefined,
  terminal: boolean,
): Steps {
  let status = 0
  for (let turn = 0; turn < MOST_TURNS; turn++) {
    const holds = (yield* runList(shell, condition, stdin, terminal)) === 0
    if (holds === until || shell.exited !== undefined) return status
    status = yield* runList(shell, body, stdin, terminal)
  }
  yield* complain(`${shell.name}: the loop is given up after ${MOST_TURNS} turns\n`)
  return 1
}

function* runChoice(
  shell: Shell,
  { condition, body, otherwise }: Choice,
  stdin: Input | undefined,
  terminal: boolean,
): Steps {
  const holds = (yield* runList(shell, condition, stdin, terminal)) === 0
  if (holds) return yield* runList(shell, body, stdin, terminal)
  return otherwise ? yield* runList(shell, otherwise, stdin, terminal) : 0
}

function runCompound(shell: Shell, stage: Exclude<Stage, Simple>, stdin: Input | undefined, terminal: boolean): Steps {
  switch (stage.kind) {
    case 'for':
      return runLoop(shell, stage, stdin, terminal)
    case 'while':
      return runRepeat(shell, stage, stdin, terminal)
    case 'if':
      return runChoice(shell, stage, stdin, terminal)
  }
}

function* runStage(shell: Shell, stage: Stage, given: Input | undefined, terminal: boolean): Steps {
  if (stage.kind === 'simple') return yield* runSimple(shell, stage, given, terminal)
  const streams = yield* turned(shell, stage.redirects, textIn(shell), given)
  if (!streams) return 1
  const shown = terminal && isShown(streams)
  return yield* intoSinks(shell, streams, runCompound(shell, stage, streams.stdin, shown))
}

function* runStages(shell: Shell, stages: readonly Stage[], stdin: Input | undefined, terminal: boolean): Steps {
  const last = stages.at(-1) as Stage
  if (stages.length === 1) return yield* runStage(shell, last, stdin, terminal)
  const left = new Pipe(runStages(subshell(shell), stages.slice(0, -1), stdin, false))
  try {
    const status = yield* runStage(subshell(shell), last, left.input, terminal)
    yield* left.broken()
    return status
  } finally {
    left.close()
  }
}

function* runPipeline(shell: Shell, { stages, not }: Pipeline, given: Input | undefined, terminal: boolean): Steps {
  const status = yield* runStages(shell, stages, given, terminal)
  return not ? Number(status === 0) : status
}

export function* runList(shell: Shell, list: List, stdin: Input | undefined, terminal: boolean): Steps {
  for (const { pipeline, when } of list.steps) {
    if (shell.exited !== undefined) return shell.exited
    if (when !== 'always' && (when === 'success') !== (shell.status === 0)) continue
    shell.status = yield* runPipeline(shell, pipeline, stdin, terminal)
  }
  return shell.exited ?? shell.status
}

/** Does a whole text, line by line or in one. Returns the exit code of the last command. */
export function* runShell(shell: Shell, text: string, stdin?: Input, terminal = true): Steps {
  if (text.length > MOST_CHARACTERS) {
    yield* complain(`${shell.name}: the line is longer than ${MOST_CHARACTERS} characters\n`)
    return 2
  }
  let list: List
  try {
    list = parseShell(text)
  } catch (error) {
    if (!(error instanceof ShellSyntaxError)) throw error
    yield* complain(`${shell.name}: ${error.message}\n`)
    shell.status = 2
    return 2
  }
  return yield* runList(shell, list, stdin, terminal)
}
