/**
 * The letters of revisions: A, B, C … for each set in the order in which its revisions first appeared in the run. A letter
 * is never used again, so that a reader may rely on it after a revision was undone or deleted.
 */
import type { Fact } from '../api/changes.ts'
import type { RevisionMark, RevisionOrder } from './types.ts'

/** `web-6c5b9d7f48` → `web`: the hash itself holds no dash. */
const setNameOf = (revision: string): string => revision.slice(0, revision.lastIndexOf('-'))

/** The order with the revisions that these facts brought; the same object when they brought none. */
export function extendRevisionOrder(order: RevisionOrder, facts: readonly Fact[]): RevisionOrder {
  let extended = order
  for (const { type, name } of facts) {
    if (type !== 'revisionCreated' || extended[name] !== undefined) continue
    const before = Object.keys(extended).filter((other) => setNameOf(other) === setNameOf(name)).length
    extended = { ...extended, [name]: before }
  }
  return extended
}

/** 0 → A, 25 → Z, 26 → AA. */
function letterOf(number: number): string {
  const last = String.fromCharCode(65 + (number % 26))
  return number < 26 ? last : letterOf(Math.floor(number / 26) - 1) + last
}

const marks = new WeakMap<RevisionOrder, Map<string, RevisionMark>>()

/** How a revision is marked; `?` for one that never appeared. */
export function markOf(order: RevisionOrder, revision: string): RevisionMark {
  const known = marks.get(order) ?? new Map<string, RevisionMark>()
  marks.set(order, known)
  const before = known.get(revision)
  if (before) return before
  const number = order[revision]
  const mark: RevisionMark = {
    letter: number === undefined ? '?' : letterOf(number),
    pattern: ((number ?? 0) % 5) as RevisionMark['pattern'],
    name: revision,
  }
  known.set(revision, mark)
  return mark
}
