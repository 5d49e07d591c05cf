/** Where two lists differ that share most of their entries, as two versions of one table do: one stretch of each. */
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
