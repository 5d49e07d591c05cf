/**
 * How virtual time is written: a clock for moments, seconds for what is left. Figures never change their width by more
 * than the minutes ask for.
 */

const two = (n: number) => String(n).padStart(2, '0')

/** `00:58.4`, or `1:02:03.4` from an hour on; `digits` decimals of the second, cut, not rounded. */
export function clock(ms: number, digits: 0 | 1 | 3 = 1): string {
  const seconds = Math.floor(ms / 1000)
  const hours = Math.floor(seconds / 3600)
  const fraction = digits === 0 ? '' : `.${String(Math.floor(ms % 1000) + 1000).slice(1, 1 + digits)}`
  const minutes = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}${fraction}`
  return hours > 0 ? `${hours}:${minutes}` : minutes
}

/** What is left: `2.6 s` below ten seconds, `18 s` below a minute, then `3:48`. Never below zero. */
export function remaining(ms: number): string {
  const left = Math.max(0, ms)
  if (left <= 9900) return `${(Math.ceil(left / 100) / 10).toFixed(1)} s`
  const seconds = Math.ceil(left / 1000)
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)}:${two(seconds % 60)}`
}

/** `pvc-5d1e…09`: both ends of a generated name. */
export function shortName(name: string): string {
  return name.length <= 14 ? name : `${name.slice(0, 8)}…${name.slice(-2)}`
}
