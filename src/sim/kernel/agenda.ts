/**
 * What is due when, in the middle of a turn: the queue in order of time, and which wake-up of which decider stands in it.
 * A waiting wake-up of the same decider, key and id is replaced; a signal never is.
 */
import { joined } from '../api/fill.ts'
import type { SimTime } from '../api/types.ts'
import { get, insert, remove, set, unset, withoutFirst } from './sorted.ts'
import type { DueItem, Signal, World } from './types.ts'

type Place = Pick<DueItem, 'at' | 'sequence'>

const earlier = (a: Place, b: Place): number => a.at - b.at || a.sequence - b.sequence

/** Whether anything is due by now that was queued when so many had been queued before it, or later. */
export function isDueSince({ queue, now }: World, before: number): boolean {
  for (const chunk of queue)
    for (const { at, sequence } of chunk) {
      if (at > now) return false
      if (sequence >= before) return true
    }
  return false
}

/** Where a wake-up stands among the wake-ups. */
const slotOf = (decider: string, key: string, id: string): string => `${decider}|${key}|${id}`

export class Agenda {
  queue: World['queue']
  wakes: World['wakes']
  /** Counts due items ever queued. */
  sequence: number

  constructor({ queue, wakes, sequence }: World) {
    this.queue = queue
    this.wakes = wakes
    this.sequence = sequence
  }

  wake(decider: string, key: string, id: string, at: SimTime, signal?: Signal): void {
    const sequence = this.sequence++
    const slot = slotOf(decider, key, signal ? `${id}:${sequence}` : id)
    const before = get(this.wakes, slot)
    if (before) this.queue = remove(this.queue, before as DueItem, earlier)
    this.put(slot, { at, sequence, decider, key, id }, signal)
  }

  /** As `wake`, but one that is due by then already stands, and takes no number. */
  wakeBy(decider: string, key: string, id: string, at: SimTime): void {
    const slot = slotOf(decider, key, id)
    const before = get(this.wakes, slot)
    if (before && before.at <= at) return
    if (before) this.queue = remove(this.queue, before as DueItem, earlier)
    this.put(slot, { at, sequence: this.sequence++, decider, key, id })
  }

  private put(slot: string, item: DueItem, signal?: Signal): void {
    this.wakes = set(this.wakes, slot, { at: item.at, sequence: item.sequence })
    this.queue = insert(this.queue, signal ? joined(item, { signal }) : item, earlier)
  }

  /** Takes a wake-up back, if it waits. */
  cancel(decider: string, key: string, id: string): void {
    const slot = slotOf(decider, key, id)
    const before = get(this.wakes, slot)
    if (!before) return
    this.wakes = unset(this.wakes, slot)
    this.queue = remove(this.queue, before as DueItem, earlier)
  }

  /** Takes off the first due item, which is this one. */
  takeFirst({ decider, key, id, sequence, signal }: DueItem): void {
    this.wakes = unset(this.wakes, slotOf(decider, key, signal ? `${id}:${sequence}` : id))
    this.queue = withoutFirst(this.queue)
  }
}
