/** Where the streams of a command go: to the screen, into files, into each other. A file gets its text when the command ends. */
import { absolutePath, isFolder } from './files.ts'
import type { Input } from './input.ts'
import { textInput } from './input.ts'
import type { Shell } from './run.ts'
import type { Steps } from './session.ts'
import { complain, keepingPrints } from './session.ts'
import type { Redirect, Word } from './syntax.ts'

const INTERRUPTED = 130

/** Where output goes that is not shown. */
type Sink = { readonly to: 'stdout' | 'stderr' } | { readonly path: string } | 'nowhere'

export interface Turned {
  readonly stdin: Input | undefined
  readonly sinks: { 1: Sink; 2: Sink }
  readonly texts: Map<string, string>
}

/** Turns the streams where the redirections say, `textOf` being what a word comes to; undefined when a file is not there. */
export function* turned(
  shell: Shell,
  redirects: readonly Redirect[],
  textOf: (word: Word) => Steps<string>,
  given: Input | undefined,
): Steps<Turned | undefined> {
  let stdin = given
  const sinks: Turned['sinks'] = { 1: { to: 'stdout' }, 2: { to: 'stderr' } }
  const texts = new Map<string, string>()
  for (const { fd, kind, target } of redirects) {
    const text = yield* textOf(target)
    if (kind === 'text') stdin = textInput(text)
    else if (kind === 'duplicate') {
      if (fd !== 0) sinks[fd] = text === '1' ? sinks[1] : text === '2' ? sinks[2] : 'nowhere'
    } else if (text === '/dev/null') {
      if (kind === 'read') stdin = textInput('')
      else if (fd !== 0) sinks[fd] = 'nowhere'
    } else {
      const path = absolutePath(text, shell.folder)
      const before = shell.files.read(path)
      const wrong = isFolder(shell.files, path) ? 'Is a directory' : undefined
      if (wrong !== undefined || (kind === 'read' && before === undefined)) {
        yield* complain(`${shell.name}: ${text}: ${wrong ?? 'No such file or directory'}\n`)
        return undefined
      }
      if (kind === 'read') stdin = textInput(before ?? '')
      else if (fd !== 0) {
        sinks[fd] = { path }
        texts.set(path, kind === 'append' ? (before ?? '') : '')
      }
    }
  }
  return { stdin, sinks, texts }
}

/** Runs with the streams turned; what went to files is written when it has ended, or was ended. */
export function* intoSinks(shell: Shell, { sinks, texts }: Turned, steps: Steps): Steps {
  if (sinks[1] !== 'nowhere' && 'to' in sinks[1] && sinks[2] !== 'nowhere' && 'to' in sinks[2] && texts.size === 0) {
    if (sinks[1].to === 'stdout' && sinks[2].to === 'stderr') return yield* steps
  }
  const later: { to: 'stdout' | 'stderr'; text: string }[] = []
  let wrong: readonly string[] = []
  let status = INTERRUPTED
  try {
    status = yield* keepingPrints(steps, (to, text) => {
      const sink = sinks[to === 'stdout' ? 1 : 2]
      if (sink === 'nowhere') return true
      if ('path' in sink) texts.set(sink.path, (texts.get(sink.path) ?? '') + text)
      else if (sink.to === to) return false
      else later.push({ to: sink.to, text })
      return true
    })
  } finally {
    wrong = [...texts].flatMap(([path, text]) => {
      const why = shell.files.write(path, text)
      return why === undefined ? [] : [`${shell.name}: ${path}: ${why}\n`]
    })
  }
  for (const { to, text } of later) yield { ask: 'print', to, text }
  yield* complain(wrong.join(''))
  return wrong.length > 0 ? 1 : status
}

/** Whether what is said is shown, rather than kept or thrown away. */
export const isShown = ({ sinks }: Turned): boolean => sinks[1] !== 'nowhere' && 'to' in sinks[1]
