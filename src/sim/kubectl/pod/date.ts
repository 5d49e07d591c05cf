/** `date`, in UTC, by the clock of the cluster, with the usual letters behind `+`. Models: GNU and busybox date. */
import { timestampAt } from '../../api/time.ts'
import type { SimTime } from '../../api/types.ts'
import type { Program } from '../../shell/run.ts'
import { complain, currentWorld, print } from '../../shell/session.ts'

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const

/** 0 is Sunday. Zeller's congruence in the form of Sakamoto. */
function weekday(year: number, month: number, day: number): number {
  const shift = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4][month - 1] as number
  const y = month < 3 ? year - 1 : year
  return (y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + shift + day) % 7
}

function letters(now: SimTime): Readonly<Record<string, string>> {
  const [date = '', time = ''] = timestampAt(now).replace('Z', '').split('T')
  const [year = '', month = '', day = ''] = date.split('-')
  const [hours = '', minutes = '', seconds = ''] = time.split(':')
  return {
    a: DAYS[weekday(Number(year), Number(month), Number(day))] ?? '',
    b: MONTHS[Number(month) - 1] ?? '',
    d: day,
    e: String(Number(day)).padStart(2),
    F: date,
    H: hours,
    M: minutes,
    m: month,
    S: seconds,
    T: time,
    Y: year,
    Z: 'UTC',
    '%': '%',
  }
}

export const date: Program = function* (args) {
  const format = args.find((arg) => arg.startsWith('+')) ?? '+%a %b %e %H:%M:%S %Z %Y'
  const known = letters((yield* currentWorld()).now)
  const unknown = [...format.matchAll(/%(.)/g)].find(([, letter = '']) => !Object.hasOwn(known, letter))
  if (unknown) {
    yield* complain(`date: ${unknown[0]} is not simulated\n`)
    return 1
  }
  yield* print(`${format.slice(1).replaceAll(/%(.)/g, (_all, letter: string) => known[letter] ?? '')}\n`)
  return 0
}
