/** Texts as lines, and where a tool gets its text from. */
import { absolutePath, isFolder } from './files.ts'
import type { Io } from './run.ts'
import type { Steps } from './session.ts'
import { complain } from './session.ts'

/** Lines without their ends; a last empty one is none. */
export function linesOf(text: string): readonly string[] {
  const lines = text.split('\n')
  if (lines.at(-1) === '') lines.pop()
  return lines
}

export const joined = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('')

/** The text of a file, or what is piped in when there is none or `-`. */
export function* inputOf(tool: string, { stdin = '', shell }: Io, names: readonly string[]): Steps<string | undefined> {
  if (names.length === 0) return stdin
  let text = ''
  for (const name of names) {
    const path = absolutePath(name, shell.folder)
    const found = name === '-' ? stdin : shell.files.read(path)
    if (found === undefined) {
      yield* complain(
        `${tool}: ${name}: ${isFolder(shell.files, path) ? 'Is a directory' : 'No such file or directory'}\n`,
      )
      return undefined
    }
    text += found
  }
  return text
}

/** A basic regular expression of POSIX as one of JavaScript: `\+` is an operator there, `+` is not. */
export function basicPattern(pattern: string): string {
  return pattern.replaceAll(/\\([+?|(){}])|([+?|(){}])/g, (_all, operator: string | undefined, plain: string) =>
    operator === undefined ? `\\${plain}` : operator,
  )
}
