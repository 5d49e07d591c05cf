/** Where a tool of the shell gets its text from, and how it goes through it line by line. */
import { absolutePath, isFolder } from './files.ts'
import { Input, textInput, typedInput } from './input.ts'
import { joined } from './lines.ts'
import type { Io } from './run.ts'
import type { Steps } from './session.ts'
import { complain, currentWorld, print } from './session.ts'

/** What is piped in or typed, for a tool that names no file. */
export const stdinOf = ({ stdin }: Pick<Io, 'stdin'>): Input => stdin ?? typedInput()

/** The texts of files one after another, or what is piped in when there is none or `-`. Undefined when one is not there. */
export function* inputOf(tool: string, io: Io, names: readonly string[]): Steps<Input | undefined> {
  const { files, folder } = io.shell
  if (names.length === 0) return stdinOf(io)
  const inputs: Input[] = []
  for (const name of names) {
    const path = absolutePath(name, folder)
    const found = name === '-' ? '' : files.read(path)
    if (found === undefined) {
      yield* complain(`${tool}: ${name}: ${isFolder(files, path) ? 'Is a directory' : 'No such file or directory'}\n`)
      return undefined
    }
    inputs.push(name === '-' ? stdinOf(io) : textInput(found))
  }
  return new Input(function* () {
    for (;;) {
      const text = yield* inputs[0]?.some() ?? nothingMore()
      if (text !== undefined || inputs.length === 0) return text
      inputs.shift()
    }
  })
}

function* nothingMore(): Steps<undefined> {
  yield* currentWorld()
}

/** Shows what is made of the lines, as they come, until there are no more or it is `over`. */
export function* streamed(
  input: Input,
  shown: (lines: readonly string[]) => { readonly lines: readonly string[]; readonly over?: boolean },
): Steps<void> {
  for (let come = yield* input.lines(); come !== undefined; come = yield* input.lines()) {
    const { lines, over = false } = shown(come)
    yield* print(joined(lines))
    if (over) return
  }
}
