/** A shell inside a container, with the programs of its image, on the files that the container sees. */
import { environmentOf } from '../../controllers/environment.ts'
import type { World } from '../../kernel/types.ts'
import { BUILTINS } from '../../shell/builtins.ts'
import { textInput } from '../../shell/input.ts'
import type { Io, Program, Shell } from '../../shell/run.ts'
import { runShell, subshell } from '../../shell/run.ts'
import type { Steps } from '../../shell/session.ts'
import { complain, currentWorld, Interrupted } from '../../shell/session.ts'
import { TEXT_TOOLS } from '../../shell/textTools.ts'
import type { PodFiles } from './podFiles.ts'
import { hostnameOf, podFiles } from './podFiles.ts'
import type { Inside } from './podTools.ts'
import { familyOf, podTools } from './podTools.ts'

/** The exit code of what Ctrl-C ended. */
const INTERRUPTED = 130

/** `/ # `, `root@web-0:/# `. */
export const promptOf = ({ pod, container }: Inside, folder = '/'): string =>
  familyOf(container) === 'busybox' ? `${folder} # ` : `root@${hostnameOf(pod)}:${folder}# `

/** Makes acts of what was written on claims. */
export function* flush(files: PodFiles): Steps<void> {
  for (const command of files.written()) {
    const { refusal } = yield { ask: 'act', command }
    if (refusal) yield* complain(`${refusal.message}\n`)
  }
  files.see(yield* currentWorld())
}

/** Lines that are typed, until `exit` or the end of what is typed. Ctrl-C ends what runs in it, not the session. */
function* session(inside: Inside, shell: Shell, files: PodFiles): Steps {
  for (;;) {
    try {
      const { text } = yield { ask: 'line', prompt: promptOf(inside, shell.folder) }
      if (text === undefined) return shell.status
      files.see(yield* currentWorld())
      yield* runShell(shell, text)
    } catch (error) {
      if (!(error instanceof Interrupted)) throw error
      shell.status = INTERRUPTED
    }
    yield* flush(files)
    if (shell.exited !== undefined) return shell.exited
  }
}

/** `sh -c '…'`, `sh` with a script on its input, or a person who types. */
const shellProgram = (inside: Inside, shell: Shell, files: PodFiles): Program =>
  function* (args, io: Io) {
    const inner: Shell = { ...subshell(shell), status: 0 }
    const at = args.findIndex((arg) => /^-\w*c$/.test(arg))
    if (at >= 0) return yield* runShell(inner, args[at + 1] ?? '', io.stdin, io.terminal)
    if (io.stdin !== undefined) return yield* runShell(inner, yield* io.stdin.all(), textInput(''), false)
    return yield* session(inside, inner, files)
  }

export interface PodShell {
  readonly shell: Shell
  readonly files: PodFiles
}

export function podShell(world: World, inside: Inside): PodShell {
  const { pod, container } = inside
  const files = podFiles(world, pod, container)
  const own = podTools(inside)
  const variables = new Map([
    ['HOSTNAME', hostnameOf(pod)],
    ['HOME', '/root'],
    ...Object.entries(environmentOf(world, pod, container.name) ?? {}),
  ])
  const isBusybox = familyOf(container) === 'busybox'
  const shells = isBusybox ? ['sh', 'ash'] : ['sh', 'bash', 'dash']
  const shell: Shell = {
    name: isBusybox ? 'sh' : 'sh: 1',
    missing: 'not found',
    files,
    variables,
    aliases: new Map(),
    folder: '/',
    status: 0,
    program: (given) => {
      const name = given.replace(/^\/(?:usr\/)?s?bin\//, '')
      if (name === 'bash' && !isBusybox)
        return shellProgram(inside, { ...shell, name: 'bash', missing: 'command not found' }, files)
      if (shells.includes(name)) return shellProgram(inside, shell, files)
      if (Object.hasOwn(own, name)) return own[name]
      if (Object.hasOwn(TEXT_TOOLS, name)) return TEXT_TOOLS[name]
      return Object.hasOwn(BUILTINS, name) ? BUILTINS[name] : undefined
    },
  }
  return { shell, files }
}

/** Whether a name is a program of its own rather than a word of the shell. */
const NOT_PROGRAMS: readonly string[] = ['cd', 'alias', 'export', 'set', 'exit', ':', 'clear']

/** Runs one program in the container; undefined when there is none of that name. */
export function* runInPod(
  inside: Inside,
  words: readonly string[],
  io: Pick<Io, 'stdin' | 'terminal'>,
): Steps<number | undefined> {
  const { shell, files } = podShell(yield* currentWorld(), inside)
  const [name = '', ...args] = words
  const program = NOT_PROGRAMS.includes(name) ? undefined : shell.program(name)
  if (!program) return undefined
  const status = yield* program(args, { ...io, shell })
  yield* flush(files)
  return status
}
