/** `watch`: runs a line again and again, each time on an empty screen, until somebody stops it. Models: procps watch. */
import { textInput } from './input.ts'
import type { Program } from './run.ts'
import { runShell, subshell } from './run.ts'
import { complain, currentWorld, print } from './session.ts'

/** How often the line runs when nobody says so, and at most. */
const USUAL_SECONDS = 2
const LEAST_SECONDS = 0.1

interface Wish {
  readonly seconds: number
  readonly title: boolean
  readonly words: readonly string[]
}

/** The options before the line; undefined when there is no line. */
function readWish(args: readonly string[]): Wish | undefined {
  let seconds = USUAL_SECONDS
  let title = true
  let at = 0
  for (; args[at]?.startsWith('-'); at++) {
    const arg = args[at] as string
    const joined = /^(?:-n|--interval=)(\d*\.?\d+)$/.exec(arg)?.[1]
    if (joined !== undefined) seconds = Number(joined)
    else if (arg === '-n' || arg === '--interval') seconds = Number(args[++at])
    else if (/^-\w*t/.test(arg) || arg === '--no-title') title = false
  }
  const words = args.slice(at)
  return words.length === 0 ? undefined : { seconds: Math.max(LEAST_SECONDS, seconds || USUAL_SECONDS), title, words }
}

export const watch: Program = function* (args, { shell, terminal }) {
  const wish = readWish(args)
  if (!wish) {
    yield* complain('Usage: watch [-n seconds] [-t] command\n')
    return 1
  }
  const line = wish.words.join(' ')
  for (;;) {
    const { now } = yield* currentWorld()
    yield { ask: 'clear' }
    if (wish.title) yield* print(`Every ${wish.seconds.toFixed(1)}s: ${line}\n\n`)
    yield* runShell(subshell(shell), line, textInput(''), terminal)
    const until = now + Math.round(wish.seconds * 1000)
    while ((yield* currentWorld()).now < until) yield { ask: 'wait', until }
  }
}
