/** Which deciders look at which kind, with what a change costs them until they look: put together once. */
import type { Kind } from '../api/types.ts'
import type { Decider, Watch } from './types.ts'

export interface Watcher {
  /** The decider's name. */
  readonly decider: string
  readonly wakes: Watch['wakes']
  /** The random stream of its delays. */
  readonly stream: string
  /** Shortest and longest delay in ms. */
  readonly least: number
  readonly most: number
}

export type Watchers = ReadonlyMap<Kind, readonly Watcher[]>

export function watchersOf(deciders: readonly Decider[]): Watchers {
  const watchers = new Map<Kind, Watcher[]>()
  for (const { name, watches, delayMs } of deciders)
    for (const { kind, wakes } of watches) {
      const list = watchers.get(kind) ?? []
      list.push({ decider: name, wakes, stream: `watch:${name}`, least: delayMs[0], most: delayMs[1] })
      watchers.set(kind, list)
    }
  return watchers
}
