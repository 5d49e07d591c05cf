/**
 * What a list comes to, kept up with it instead of worked out again: from one version of a list of objects to the next a
 * few neighbours differ, and only those are looked at. Any list may follow any other, at the price of their difference.
 */

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
    const old = last
    const shorter = Math.min(old.length, list.length)
    let front = 0
    while (front < shorter && old[front] === list[front]) front += 1
    let back = 0
    while (back < shorter - front && old[old.length - 1 - back] === list[list.length - 1 - back]) back += 1
    for (let i = front; i < old.length - back; i++) note(summary, old[i] as T, -1)
    for (let i = front; i < list.length - back; i++) note(summary, list[i] as T, 1)
    last = list
    return summary
  }
}
