/**
 * The time axis: how much time is shown, where the ticks stand, which flags have room for words. The scale follows the
 * run's length in few steps, so that bars stand still while the run goes on.
 */

const SECOND = 1000
const MINUTE = 60 * SECOND

/** Lengths of the axis in virtual ms, each about one and a half times the one before. */
const DOMAINS = [30, 45, 70, 100, 150, 220, 330, 480, 720, 1080, 1620, 2400, 3600, 5400].map((s) => s * SECOND)
const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600].map((s) => s * SECOND)

/** The axis for a run that has come to `last`: the next length that leaves some future in sight. */
export function domainOf(last: number): number {
  const wanted = last * 1.06
  return DOMAINS.find((domain) => domain >= wanted) ?? Math.ceil((wanted * 1.3) / (30 * MINUTE)) * 30 * MINUTE
}

/** Moments to write on the axis, at least 110 pixels apart. */
export function ticksOf(domain: number, width: number): readonly number[] {
  const room = Math.max(1, Math.floor(width / 110))
  const step = STEPS.find((step) => domain / step <= room) ?? Math.ceil(domain / room / MINUTE) * MINUTE
  return Array.from({ length: Math.ceil(domain / step) }, (_, index) => index * step)
}

export interface Placed<T> {
  readonly item: T
  /** Pixels from the start of the axis. */
  readonly x: number
  /** Room for words up to the next flag, in pixels. */
  readonly room: number
}

/** Flags in order, each with the room it has until the next one. */
export function placed<T extends { readonly at: number }>(
  items: readonly T[],
  domain: number,
  width: number,
): readonly Placed<T>[] {
  const xs = items.map(({ at }) => (at / domain) * width)
  return items.map((item, index) => {
    const x = xs[index] ?? 0
    return { item, x, room: Math.max(0, (xs[index + 1] ?? width) - x - 4) }
  })
}

/** About how wide a text is on the axis, with its flag; `letter` is the usual width of a letter in pixels. */
export const widthOf = (text: string, letter: number): number => text.length * letter + 24
