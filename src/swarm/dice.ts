/**
 * The dice of a run of the swarm: draws that depend on the seed alone, apart from all streams of the cluster, so that a seed
 * says everything that is done.
 */
import { drawFrom } from '../sim/kernel/random.ts'

export class Dice {
  private readonly seed: number
  private readonly streams: Record<string, number> = {}

  constructor(seed: number) {
    this.seed = seed
  }

  /** A whole number from 0 to `most`. */
  upTo(most: number): number {
    return Math.floor(drawFrom(this.seed, this.streams, 'swarm') * (most + 1))
  }

  oneOf<T>(choices: readonly T[]): T {
    return choices[this.upTo(choices.length - 1)] as T
  }

  /** True once in so many times. */
  once(times: number): boolean {
    return this.upTo(times - 1) === 0
  }
}
