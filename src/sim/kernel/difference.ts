/** Lists that share most of their entries, as two versions of one table do. */

/** Where two lists differ: one stretch of each. */
export interface Difference {
  readonly from: number
  /** Where the stretch ends, not included: in the old list, in the new one. */
  readonly to: number
  readonly end: number
}

export function difference<T>(before: readonly T[], now: readonly T[]): Difference {
  const shorter = Math.min(before.length, now.length)
  let from = 0
  while (from < shorter && before[from] === now[from]) from++
  let to = before.length
  let end = now.length
  while (to > from && end > from && before[to - 1] === now[end - 1]) {
    to--
    end--
  }
  return { from, to, end }
}

/** The list with other entries in the place of a stretch. */
export function spliced<T>(list: readonly T[], from: number, to: number, come: readonly T[]): readonly T[] {
  if (come.length !== to - from) return list.slice(0, from).concat(come, list.slice(to))
  const next = list.slice()
  for (let index = 0; index < come.length; index++) next[from + index] = come[index] as T
  return next
}
