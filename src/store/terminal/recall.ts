/** `!!`, `!$`, `!5`, `!word`: earlier lines in a new one, as bash reads them. What stands in single quotes is left alone. */

export type Recalled =
  | { readonly ok: true; readonly text: string; readonly changed: boolean }
  /** Nothing earlier is meant by this. */
  | { readonly ok: false; readonly event: string }

function earlier(word: string, history: readonly string[]): string | undefined {
  if (word === '!') return history.at(-1)
  if (word === '$') return history.at(-1)?.split(/\s+/).at(-1)
  if (/^-?\d+$/.test(word)) return Number(word) < 0 ? history.at(Number(word)) : history[Number(word) - 1]
  return history.findLast((line) => line.startsWith(word))
}

/** `history` is oldest first. */
export function recalled(text: string, history: readonly string[]): Recalled {
  let changed = false
  let missing: string | undefined
  const done = text.replaceAll(/'[^']*'|\\!|!(!|\$|-?\d+|[A-Za-z][\w-]*)/g, (all, word: string | undefined) => {
    if (word === undefined) return all
    const found = earlier(word, history)
    if (found === undefined) missing ??= all
    changed = true
    return found ?? all
  })
  return missing === undefined ? { ok: true, text: done, changed } : { ok: false, event: missing }
}
