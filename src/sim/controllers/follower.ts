/**
 * What a list comes to, kept up with it instead of worked out again: from one version of a list of objects to the next a
 * few neighbours differ, and only those are looked at. Any list may follow any other, at the price of their difference.
 */
import { difference } from '../kernel/difference.ts'

/**
 * Gives the summary of a list. `note` enters an object into the summary (1) or takes it out again (−1); of a list that
 * follows another, what left is taken out first.
 */
export function follower<T, S>(
  summary: S,
  note: (summary: S, object: T, sign: 1 | -1) => void,
): (list: readonly T[]) => S {
  let last: readonly T[] = []
  return (list) => {
    if (list === last) return summary
    const { from, to, end } = difference(last, list)
    for (let index = from; index < to; index++) note(summary, last[index] as T, -1)
    for (let index = from; index < end; index++) note(summary, list[index] as T, 1)
    last = list
    return summary
  }
}
