/**
 * What every shell knows by itself: echo, printf, test, sleep, cd, export, alias, exit … `sleep` sleeps in virtual
 * time. Models: bash and GNU coreutils, with the options that people use.
 */

import { absolutePath, isFolder } from './files.ts'
import { FILE_TOOLS } from './fileTools.ts'
import { read } from './read.ts'
import type { Program } from './run.ts'
import { complain, currentWorld, print } from './session.ts'

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '\\': '\\',
  a: '\u0007',
  0: '\0',
  e: '\u001b',
}

const unescaped = (text: string): string =>
  text.replaceAll(/\\([ntr\\a0e])/g, (_all, letter: string) => escapes[letter] as string)

const echo: Program = function* (args) {
  const words = [...args]
  let end = '\n'
  let escaped = false
  while (/^-[neE]+$/.test(words[0] ?? '')) {
    const flag = words.shift() as string
    if (flag.includes('n')) end = ''
    if (flag.includes('e')) escaped = true
  }
  const text = words.join(' ')
  yield* print((escaped ? unescaped(text) : text) + end)
  return 0
}

const printf: Program = function* ([format = '', ...args]) {
  const rest = [...args]
  let text = ''
  do {
    text += unescaped(format).replaceAll(/%%|%(-?\d*)([sd])/g, (all, width: string, kind: string) => {
      if (all === '%%') return '%'
      const value = rest.shift() ?? ''
      const shown = kind === 'd' ? String(Number.parseInt(value, 10) || 0) : value
      return width.startsWith('-') ? shown.padEnd(Number(width.slice(1))) : shown.padStart(Number(width || 0))
    })
  } while (rest.length > 0 && /%-?\d*[sd]/.test(format))
  yield* print(text)
  return 0
}

const UNITS: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3600, d: 86_400 }

/** Milliseconds of `5`, `0.5`, `2m`; undefined when it is none. */
export function sleepMs(word: string): number | undefined {
  const parts = /^(\d+(?:\.\d+)?)([smhd]?)$/.exec(word)
  return parts ? Math.round(Number(parts[1]) * (UNITS[parts[2] as string] as number) * 1000) : undefined
}

const sleep: Program = function* (args) {
  if (args.length === 0) {
    yield* complain('sleep: missing operand\n')
    return 1
  }
  const times = args.map(sleepMs)
  const wrong = args.find((_arg, index) => times[index] === undefined)
  if (wrong !== undefined) {
    yield* complain(`sleep: invalid time interval '${wrong}'\n`)
    return 1
  }
  const until = (yield* currentWorld()).now + times.reduce<number>((sum, ms) => sum + (ms ?? 0), 0)
  while ((yield* currentWorld()).now < until) yield { ask: 'wait', until }
  return 0
}

const cd: Program = function* ([name = '/'], { shell }) {
  const path = absolutePath(name, shell.folder)
  if (!isFolder(shell.files, path)) {
    yield* complain(`${shell.name}: cd: ${name}: No such file or directory\n`)
    return 1
  }
  shell.folder = path
  return 0
}

const pwd: Program = function* (_args, { shell }) {
  yield* print(`${shell.folder}\n`)
  return 0
}

const exportVariables: Program = function* (args, { shell }) {
  yield* currentWorld()
  for (const arg of args) {
    const [, name, value] = /^(\w+)=(.*)$/s.exec(arg) ?? []
    if (name !== undefined) shell.variables.set(name, value ?? '')
  }
  return 0
}

const alias: Program = function* (args, { shell }) {
  for (const arg of args) {
    const [, name, value] = /^([\w.-]+)=(.*)$/s.exec(arg) ?? []
    if (name !== undefined) shell.aliases.set(name, value ?? '')
  }
  if (args.length === 0) for (const [name, value] of shell.aliases) yield* print(`alias ${name}='${value}'\n`)
  return 0
}

const exit: Program = function* ([code], { shell }) {
  yield* currentWorld()
  shell.exited = code === undefined ? shell.status : (Number.parseInt(code, 10) || 0) & 255
  return shell.exited
}

const answer = (status: number): Program =>
  function* () {
    yield* currentWorld()
    return status
  }

const seq: Program = function* (args) {
  const numbers = args.map(Number)
  const [from, to] = numbers.length === 1 ? [1, numbers[0]] : [numbers[0], numbers.at(-1)]
  const step = numbers.length === 3 ? (numbers[1] as number) : 1
  if (!Number.isFinite(from) || !Number.isFinite(to) || !(step > 0)) {
    yield* complain('seq: invalid arguments\n')
    return 1
  }
  const count = Math.min(10_000, Math.floor(((to as number) - (from as number)) / step) + 1)
  for (let index = 0; index < count; index++) yield* print(`${(from as number) + index * step}\n`)
  return 0
}

const COMPARE: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '-eq': (a, b) => a === b,
  '-ne': (a, b) => a !== b,
  '-lt': (a, b) => a < b,
  '-le': (a, b) => a <= b,
  '-gt': (a, b) => a > b,
  '-ge': (a, b) => a >= b,
}

/** `[ a = b ]`, `-z`, `-n`, `-f`, numbers; `!` in front. */
function holds(words: readonly string[], has: (path: string) => boolean): boolean {
  const [first = '', operator = '', second = ''] = words
  if (first === '!') return !holds(words.slice(1), has)
  if (words.length === 1) return first !== ''
  if (words.length === 2) return first === '-z' ? operator === '' : first === '-n' ? operator !== '' : has(operator)
  const compare = COMPARE[operator]
  if (compare) return compare(Number(first), Number(second))
  return operator === '!=' ? first !== second : first === second
}

const test: Program = function* (args, { shell }) {
  yield* currentWorld()
  const words = args.at(-1) === ']' ? args.slice(0, -1) : args
  const has = (path: string) => shell.files.read(absolutePath(path, shell.folder)) !== undefined
  return words.length > 0 && holds(words, has) ? 0 : 1
}

const clear: Program = function* () {
  yield { ask: 'clear' }
  return 0
}

export const BUILTINS: Readonly<Record<string, Program>> = {
  ...FILE_TOOLS,
  ':': answer(0),
  '[': test,
  alias,
  cd,
  clear,
  echo,
  exit,
  export: exportVariables,
  false: answer(1),
  printf,
  pwd,
  read,
  seq,
  set: answer(0),
  sleep,
  test,
  true: answer(0),
}
