/** Two texts line by line in the unified form, three lines around each change. Models: GNU diff -u. */

const CONTEXT = 3
/** Beyond as many lines the texts are told as wholly different. */
const MOST_LINES = 4000

type Line = { readonly sign: ' ' | '-' | '+'; readonly text: string }

/** The longest common lines, by the table of all lengths. */
function edits(before: readonly string[], after: readonly string[]): readonly Line[] {
  if (before.length > MOST_LINES || after.length > MOST_LINES)
    return [
      ...before.map((text) => ({ sign: '-', text }) as const),
      ...after.map((text) => ({ sign: '+', text }) as const),
    ]
  const width = after.length + 1
  const lengths = new Uint32Array((before.length + 1) * width)
  for (let i = before.length - 1; i >= 0; i--)
    for (let j = after.length - 1; j >= 0; j--)
      lengths[i * width + j] =
        before[i] === after[j]
          ? (lengths[(i + 1) * width + j + 1] as number) + 1
          : Math.max(lengths[(i + 1) * width + j] as number, lengths[i * width + j + 1] as number)
  const lines: Line[] = []
  let i = 0
  let j = 0
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && before[i] === after[j]) {
      lines.push({ sign: ' ', text: before[i] as string })
      i++
      j++
    } else if (
      j >= after.length ||
      (i < before.length && (lengths[(i + 1) * width + j] as number) >= (lengths[i * width + j + 1] as number))
    )
      lines.push({ sign: '-', text: before[i++] as string })
    else lines.push({ sign: '+', text: after[j++] as string })
  }
  return lines
}

const linesOf = (text: string): readonly string[] => (text === '' ? [] : text.replace(/\n$/, '').split('\n'))

const rangeText = (start: number, count: number): string =>
  count === 1 ? String(start) : `${count === 0 ? start - 1 : start},${count}`

/** Runs of lines that are changed or near a change: first and last index. */
function hunks(lines: readonly Line[]): readonly (readonly [number, number])[] {
  const found: [number, number][] = []
  for (const [index, { sign }] of lines.entries()) {
    if (sign === ' ') continue
    const from = Math.max(0, index - CONTEXT)
    const to = Math.min(lines.length - 1, index + CONTEXT)
    const last = found.at(-1)
    if (last && from <= last[1] + 1) last[1] = to
    else found.push([from, to])
  }
  return found
}

/** Empty when both are the same. */
export function unifiedDiff(before: string, after: string, beforeName: string, afterName: string): string {
  const lines = edits(linesOf(before), linesOf(after))
  const parts = hunks(lines).map(([from, to]) => {
    const count = (sign: '-' | '+', list: readonly Line[]) =>
      list.filter((line) => line.sign === ' ' || line.sign === sign).length
    const head = lines.slice(0, from)
    const hunk = lines.slice(from, to + 1)
    const ranges = (['-', '+'] as const).map((sign) => `${sign}${rangeText(count(sign, head) + 1, count(sign, hunk))}`)
    return `@@ ${ranges.join(' ')} @@\n${hunk.map(({ sign, text }) => `${sign}${text}\n`).join('')}`
  })
  return parts.length === 0 ? '' : `--- ${beforeName}\n+++ ${afterName}\n${parts.join('')}`
}
