/**
 * How kubectl writes an age: two units at most, the second only while it matters.
 * Models: staging/src/k8s.io/apimachinery/pkg/util/duration/duration.go (HumanDuration), v1.36.
 */

const MINUTE = 60
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const YEAR = 365 * DAY

const pair = (seconds: number, large: number, largeUnit: string, small: number, smallUnit: string): string => {
  const rest = Math.floor((seconds % large) / small)
  return `${Math.floor(seconds / large)}${largeUnit}${rest === 0 ? '' : `${rest}${smallUnit}`}`
}

/** `87s`, `2m44s`, `3h5m`, `2d3h`, `400d`; `<invalid>` for more than a second before now. */
export function humanDuration(ms: number): string {
  if (ms <= -2000) return '<invalid>'
  if (ms < 0) return '0s'
  const seconds = Math.floor(ms / 1000)
  if (seconds < 2 * MINUTE) return `${seconds}s`
  if (seconds < 10 * MINUTE) return pair(seconds, MINUTE, 'm', 1, 's')
  if (seconds < 3 * HOUR) return `${Math.floor(seconds / MINUTE)}m`
  if (seconds < 8 * HOUR) return pair(seconds, HOUR, 'h', MINUTE, 'm')
  if (seconds < 2 * DAY) return `${Math.floor(seconds / HOUR)}h`
  if (seconds < 8 * DAY) return pair(seconds, DAY, 'd', HOUR, 'h')
  if (seconds < 2 * YEAR) return `${Math.floor(seconds / DAY)}d`
  return seconds < 8 * YEAR ? pair(seconds, YEAR, 'y', DAY, 'd') : `${Math.floor(seconds / YEAR)}y`
}
