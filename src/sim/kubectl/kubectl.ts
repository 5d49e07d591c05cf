/** `kubectl` as a program of a shell: reads the line, does what its verb says, and ends with kubectl's exit code. */
import { stdinOf } from '../shell/reading.ts'
import type { Program } from '../shell/run.ts'
import type { Steps } from '../shell/session.ts'
import { complain } from '../shell/session.ts'
import type { Call, Environment } from './call.ts'
import { shellQuote } from './commandLine.ts'
import { Failure } from './failure.ts'
import { helpFor, helpWithoutCommand } from './help.ts'
import { deprecations } from './parse/deprecations.ts'
import { HelpWanted } from './parse/flags.ts'
import type { Invocation } from './parse/invocation.ts'
import { commandOf, readInvocation } from './parse/invocation.ts'
import { checkRequired } from './parse/required.ts'
import { VERBS } from './verbs/index.ts'
import { notSimulated } from './verbs/notSimulated.ts'

function* done(given: Omit<Call, 'piped'>): Steps {
  yield* complain(deprecations(given))
  checkRequired(given)
  const { flags, io } = given
  const reads = flags.list('filename').includes('-') || flags.text('patch-file') === '-'
  const call: Call = { ...given, piped: reads ? yield* stdinOf(io).all() : '' }
  const verb = Object.hasOwn(VERBS, call.command) ? VERBS[call.command] : undefined
  return yield* verb ? verb(call) : notSimulated(call)
}

/** kubectl in one environment. */
export function kubectl(env: Environment): Program {
  const program: Program = function* (args, io) {
    const line = ['kubectl', ...args].map(shellQuote).join(' ')
    try {
      const invocation: Invocation = readInvocation(args)
      if (invocation.command === '') return yield* helpWithoutCommand('')
      const again = (words: readonly string[]) => program(words, io)
      return yield* done({ ...invocation, line, io, env, again })
    } catch (error) {
      if (error instanceof HelpWanted) return yield* helpFor(commandOf(args))
      if (!(error instanceof Failure)) throw error
      yield* complain(`${error.message}\n`)
      return error.exit
    }
  }
  return program
}
