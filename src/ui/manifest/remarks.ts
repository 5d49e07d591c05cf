/** From what the desk says about a text to places in it, for marks and for a list. */
import type { Checked } from '../../store/manifest/types.ts'
import { noticeSaid } from '../panels/noticeText.ts'
import type { Say } from '../text.ts'

export interface Remark {
  readonly kind: 'problem' | 'notice'
  readonly message: string
  /** From 1; absent when the whole text is meant. */
  readonly line?: number
  readonly column?: number
}

/** Problems first, each in the order of the text. */
export function remarksOf({ problems, notices }: Checked, t: Say): readonly Remark[] {
  const placed = ({ line, column }: { readonly line?: number; readonly column?: number }) => ({
    ...(line !== undefined && { line }),
    ...(column !== undefined && { column }),
  })
  return [
    ...problems.map((problem): Remark => ({ kind: 'problem', message: problem.message, ...placed(problem) })),
    ...notices.map((notice): Remark => {
      const { title } = noticeSaid({ id: 0, kind: 'notice', params: { ...notice.params, code: notice.code } }, t)
      return { kind: 'notice', message: title, ...placed(notice) }
    }),
  ]
}

/** What is marked: the word at the place, or its line when there is no word; both in characters of the text from 0. */
export function markedRange(
  lines: readonly string[],
  { line = 1, column = 1 }: Remark,
): { readonly line: number; readonly from: number; readonly to: number } {
  const index = Math.min(Math.max(line, 1), Math.max(lines.length, 1)) - 1
  const text = lines[index] ?? ''
  const from = Math.min(Math.max(column, 1) - 1, text.length)
  const word = /^(?:"[^"]*"|'[^']*'|[^\s:,[\]{}]+)/.exec(text.slice(from))?.[0].length ?? 0
  return word > 0 ? { line: index, from, to: from + word } : { line: index, from: text.search(/\S|$/), to: text.length }
}
