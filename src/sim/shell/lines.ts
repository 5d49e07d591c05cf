/** Texts as lines, and patterns over them. */

/** Lines without their ends; a last empty one is none. */
export function linesOf(text: string): readonly string[] {
  const lines = text.split('\n')
  if (lines.at(-1) === '') lines.pop()
  return lines
}

export const joined = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('')

/** A basic regular expression of POSIX as one of JavaScript: `\+` is an operator there, `+` is not. */
export function basicPattern(pattern: string): string {
  return pattern.replaceAll(/\\([+?|(){}])|([+?|(){}])/g, (_all, operator: string | undefined, plain: string) =>
    operator === undefined ? `\\${plain}` : operator,
  )
}
