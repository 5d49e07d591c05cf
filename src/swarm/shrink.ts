/**
 * Makes a failing list of acts short: takes off ever smaller pieces as long as the same rule still breaks, then shortens the
 * pauses. Deterministic; gives up after a number of tries, for a shorter list is worth only so much time.
 */
import type { Kernel, Violation } from '../sim/kernel/types.ts'
import type { SwarmAct } from './acts.ts'
import type { Ground } from './ground.ts'
import { rerun } from './run.ts'

const MOST_TRIES = 600

export interface Shrunk {
  readonly acts: readonly SwarmAct[]
  readonly violation: Violation
}

class Shrinker {
  best: Shrunk
  private readonly kernel: Kernel
  private readonly ground: Ground
  private tries = 0

  constructor(kernel: Kernel, ground: Ground, given: Shrunk) {
    this.kernel = kernel
    this.ground = ground
    this.best = given
  }

  private get isSpent(): boolean {
    return this.tries >= MOST_TRIES
  }

  /** Keeps the list if it breaks the same rule. */
  private take(acts: readonly SwarmAct[]): boolean {
    this.tries += 1
    const { violation, acts: done } = rerun(this.kernel, this.ground, acts, { only: this.best.violation.rule })
    if (!violation) return false
    this.best = { acts: done, violation }
    return true
  }

  /** Takes off pieces of this length, from the end on; true when any could go. */
  private dropPieces(length: number): boolean {
    let shorter = false
    for (let from = this.best.acts.length - length; from > -length && !this.isSpent; from -= length) {
      const { acts } = this.best
      if (this.take([...acts.slice(0, Math.max(0, from)), ...acts.slice(from + length)])) shorter = true
    }
    return shorter
  }

  dropActs(): void {
    for (let length = Math.ceil(this.best.acts.length / 2); length >= 1 && !this.isSpent; ) {
      const again = this.dropPieces(length)
      if (length === 1 && !again) return
      if (!again || length > this.best.acts.length) length = Math.max(1, Math.floor(length / 2))
    }
  }

  shortenPauses(): void {
    for (let index = 0; index < this.best.acts.length && !this.isSpent; index++)
      for (const afterMs of [0, 100, 10_000]) {
        const { acts } = this.best
        const old = acts[index]
        if (!old || old.afterMs === afterMs) break
        if (this.take(acts.map((act, at) => (at === index ? { ...act, afterMs } : act)))) break
      }
  }
}

/** The shortest list that was found for the same broken rule. */
export function shrink(kernel: Kernel, ground: Ground, given: Shrunk): Shrunk {
  const shrinker = new Shrinker(kernel, ground, given)
  shrinker.dropActs()
  shrinker.shortenPauses()
  return shrinker.best
}
