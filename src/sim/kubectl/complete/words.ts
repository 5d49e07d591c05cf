/**
 * The command that stands at the end of a text, as words, for completing the last of them. Reads what is not finished yet,
 * so it is more lenient than the shell: an open quote is closed, a loop's words are a command like others.
 */

export interface LineWords {
  /** The words of the command at the end, without the one that is being written. */
  readonly before: readonly string[]
  /** The word that is being written, without quotes. */
  readonly current: string
  /** Where it begins in the text. */
  readonly from: number
  /** It stands behind `<` or `>`. */
  readonly redirected: boolean
}

const PIECE = /(?<blank>[ \t]+)|(?<end>\$\(|[|;&\n(])|(?<turn>[<>]+)|'(?<single>[^']*)'?|"(?<double>[^"]*)"?|./gs

/** Words after which a command begins anew. */
const OPENERS: readonly string[] = ['do', 'then', 'else', 'if', 'while', 'until', '!']

export function wordsAtEnd(text: string): LineWords {
  let before: string[] = []
  let current: string | undefined
  let from = text.length
  let redirected = false
  const end = () => {
    if (current !== undefined && !redirected) before.push(current)
    if (current !== undefined) redirected = false
    if (before.length === 1 && OPENERS.includes(before[0] as string)) before = []
    current = undefined
  }
  for (const { 0: piece, index, groups } of text.matchAll(PIECE)) {
    if (groups?.blank !== undefined) end()
    else if (groups?.end !== undefined) {
      end()
      before = []
      redirected = false
    } else if (groups?.turn !== undefined) {
      end()
      redirected = true
    } else {
      if (current === undefined) from = index
      current = (current ?? '') + (groups?.single ?? groups?.double ?? piece)
    }
  }
  return { before, current: current ?? '', from: current === undefined ? text.length : from, redirected }
}
