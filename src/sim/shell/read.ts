/** `read`: a line of the input, split at blanks into variables; false at its end. Models: bash, with -r and -p. */

import { readOptions } from './options.ts'
import { stdinOf } from './reading.ts'
import type { Io, Program } from './run.ts'
import type { Steps } from './session.ts'
import { complain, currentWorld } from './session.ts'

/** A person is asked with the prompt; a file or a pipe is not. */
function* lineOf(io: Io, prompt: string): Steps<string | undefined> {
  if (io.stdin) return yield* io.stdin.line()
  return prompt === '' ? yield* stdinOf(io).line() : (yield { ask: 'line', prompt }).text
}

/** The last variable gets the rest of the line. */
function fields(line: string, count: number): readonly string[] {
  const found: string[] = []
  let rest = line.trim()
  while (found.length < count - 1) {
    const end = rest.search(/[ \t]/)
    found.push(end < 0 ? rest : rest.slice(0, end))
    rest = end < 0 ? '' : rest.slice(end).trimStart()
  }
  return [...found, rest]
}

export const read: Program = function* (args, io) {
  const options = readOptions(args, 'r', 'p')
  if ('unknown' in options) {
    yield* complain(`${io.shell.name}: read: -${options.unknown}: invalid option\n`)
    return 2
  }
  const names = options.rest.length > 0 ? options.rest : ['REPLY']
  const line = yield* lineOf(io, options.flags.get('p') ?? '')
  const values = fields(line ?? '', names.length)
  for (const [index, name] of names.entries()) io.shell.variables.set(name, values[index] ?? '')
  yield* currentWorld()
  return line === undefined ? 1 : 0
}
