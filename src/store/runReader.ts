/**
 * Brings what reads and replays runs that were saved: it is loaded after the first picture. Saving a run waits for nothing.
 */
import type { Refusal } from '../sim/index.ts'
import type * as Replay from './replay.ts'

export type ReplayParts = typeof Replay
export type RunFile = Replay.RunFile

export const NOT_YET: Refusal = {
  reason: 'Impossible',
  message: 'Runs cannot be opened yet: what replays them is still being loaded.',
}

export class RunReader {
  /** Undefined before `load`. */
  parts: ReplayParts | undefined

  /** Rejects when the page's files cannot be reached. */
  async load(): Promise<ReplayParts> {
    this.parts ??= await import('./replay.ts')
    return this.parts
  }
}
