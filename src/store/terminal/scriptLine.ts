/**
 * A kubectl line for the scripting object: run at once, with virtual time moved on whenever it waits. It shares files and
 * context with the terminal, where its acts appear; what it says goes to the script only.
 */
import { runShell, textInput } from '../../sim/kubectl/index.ts'
import type { Holder } from '../holder.ts'
import { QUIET_LIMIT_MS } from '../session.ts'
import type { LineHost } from './lineRun.ts'
import { INTERRUPTED, LineRun } from './lineRun.ts'
import type { Workshop } from './workshop.ts'

export interface LineAnswer {
  readonly stdout: string
  readonly stderr: string
  readonly exit: number
}

/** A line may say so much, in characters. */
const MOST_SAID = 8 * 1024 * 1024

const MINUTES = QUIET_LIMIT_MS / 60_000
const STILL_WAITS = `ordinal: the command still waits after ${MINUTES} minutes of virtual time; it was interrupted\n`
const NOTHING_COMES = 'ordinal: the command waits, and nothing more will happen by itself; it was interrupted\n'
const NOBODY_EDITS =
  'ordinal: no person edits here; name a command that changes the file: KUBE_EDITOR="sed -i s/old/new/" kubectl edit …\n'
const TOO_MUCH = `ordinal: the command said more than ${MOST_SAID} characters; it was interrupted\n`

/** `get pods` is `kubectl get pods`; a line that names kubectl may go on as a shell's. */
const withKubectl = (line: string): string => (/^\s*kubectl(\s|$)/.test(line) ? line : `kubectl ${line}`)

/** Lets time pass until the line need not wait; why it waits in vain, or undefined. */
function pass({ session }: Holder, until: number | undefined, deadline: number): string | undefined {
  const { cursor } = session.run
  const goal = { kind: 'seek', watchful: false, enough: () => session.run.cursor !== cursor } as const
  const due = session.run.atTip ? session.run.nextDue : session.run.now
  if (until === undefined && due === undefined) return NOTHING_COMES
  session.playback.leap({ ...goal, until: Math.min(until ?? deadline, deadline), rests: true })
  const moved = session.run.cursor !== cursor || (until !== undefined && session.run.now >= until)
  return moved ? undefined : session.run.now >= deadline ? STILL_WAITS : NOTHING_COMES
}

/** Runs the line to its end. `input` is what it reads from its standard input, and what is typed when it asks. */
export function runForScript(holder: Holder, workshop: Workshop, line: string, input?: string): LineAnswer {
  const { session } = holder
  const answer = { stdout: '', stderr: '' }
  const typed = (input ?? '').split('\n')
  if (typed.at(-1) === '') typed.pop()
  const host: LineHost = {
    ...workshop.ground,
    act: (command) => workshop.act(command),
    print: (to, text) => {
      answer[to] += text
    },
    clear: () => {},
  }
  const run = new LineRun(
    runShell(workshop.shell(), withKubectl(line), input === undefined ? undefined : textInput(input)),
    host,
  )
  const deadline = session.run.now + QUIET_LIMIT_MS
  const fault = (): string | undefined => {
    const { state } = run
    if (answer.stdout.length + answer.stderr.length > MOST_SAID) return TOO_MUCH
    if (state.is === 'reading') run.answered(typed.shift())
    if (state.is === 'editing') {
      answer.stderr += NOBODY_EDITS
      run.answered(undefined)
    }
    if (state.is !== 'waiting') return undefined
    const why = pass(holder, state.until, deadline)
    if (why === undefined) run.wake()
    return why
  }
  while (run.state.is !== 'done') {
    run.go(() => answer.stdout.length + answer.stderr.length > MOST_SAID)
    const why = fault()
    if (why === undefined) continue
    answer.stderr += why
    run.end()
  }
  workshop.keep()
  return { ...answer, exit: run.state.is === 'done' ? run.state.exit : INTERRUPTED }
}
