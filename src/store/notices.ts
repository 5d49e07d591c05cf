/** What the person is told beside the picture: a short list, the newest last. A new notice takes the place of one of its kind. */
import type { Notice } from './types.ts'

/** So many are kept; the oldest goes first. */
const MOST = 12

/** Kinds of which several may stand side by side, because each says something else. */
const SEVERAL: ReadonlySet<Notice['kind']> = new Set(['notice', 'parameter', 'violation'])

const sameWords = (a: Notice, b: Omit<Notice, 'id'>): boolean => JSON.stringify(a.params) === JSON.stringify(b.params)

export class Notices {
  list: readonly Notice[] = []
  private next = 1

  add(notice: Omit<Notice, 'id'>): void {
    const others = this.list.filter(
      (old) => old.kind !== notice.kind || (SEVERAL.has(old.kind) && !sameWords(old, notice)),
    )
    this.list = [...others, { ...notice, id: this.next++ }].slice(-MOST)
  }

  dismiss(id: number): void {
    this.list = this.list.filter((notice) => notice.id !== id)
  }

  /** Takes away the notices whose button no longer does anything. */
  withdraw(action: Notice['action']): void {
    if (this.list.some((notice) => notice.action === action))
      this.list = this.list.filter((notice) => notice.action !== action)
  }
}
