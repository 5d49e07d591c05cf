/**
 * Two texts laid over each other line by line: what stayed, came, went. Meant for an object before and after a write: the
 * longest common lines are found by the plain table, after equal lines at both ends are set aside.
 */
import type { DiffLine } from './types.ts'

/** Lengths of the longest common subsequences of all tails, row after row. */
function tailTable(a: readonly string[], b: readonly string[]): Uint32Array {
  const width = b.length + 1
  const table = new Uint32Array((a.length + 1) * width)
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      table[i * width + j] =
        a[i] === b[j]
          ? (table[(i + 1) * width + j + 1] as number) + 1
          : Math.max(table[(i + 1) * width + j] as number, table[i * width + j + 1] as number)
  return table
}

function middle(a: readonly string[], b: readonly string[]): DiffLine[] {
  const width = b.length + 1
  const table = tailTable(a, b)
  const lines: DiffLine[] = []
  let i = 0
  let j = 0
  while (i < a.length || j < b.length) {
    const before = a[i]
    const after = b[j]
    if (before !== undefined && before === after) {
      lines.push({ mark: 'same', text: before })
      i++
      j++
    } else if (
      before !== undefined &&
      (after === undefined || (table[(i + 1) * width + j] as number) >= (table[i * width + j + 1] as number))
    ) {
      lines.push({ mark: 'removed', text: before })
      i++
    } else {
      lines.push({ mark: 'added', text: after as string })
      j++
    }
  }
  return lines
}

const linesOf = (text: string): string[] => (text === '' ? [] : text.replace(/\n$/, '').split('\n'))

/** The lines of the new text with those that went away at their old places. */
export function diffLines(before: string, after: string): readonly DiffLine[] {
  const a = linesOf(before)
  const b = linesOf(after)
  let head = 0
  while (head < a.length && head < b.length && a[head] === b[head]) head++
  let tail = 0
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++
  const same = (text: string): DiffLine => ({ mark: 'same', text })
  return [
    ...a.slice(0, head).map(same),
    ...middle(a.slice(head, a.length - tail), b.slice(head, b.length - tail)),
    ...a.slice(a.length - tail).map(same),
  ]
}
