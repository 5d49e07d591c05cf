/**
 * The wanted slots of a set by index, in blocks of 64 that neighbouring versions share. One pod changes between two syncs,
 * so what was found out about a block is remembered with it, and a sync over a thousand healthy pods looks at 64.
 */
import type { PodFacts } from './podFacts.ts'

/** Undefined where no pod is. */
export type Slot = PodFacts | undefined
export type Block = readonly Slot[]

export const BLOCK = 64

export class Slots {
  readonly size: number
  readonly blocks: readonly Block[]

  private constructor(size: number, blocks: readonly Block[]) {
    this.size = size
    this.blocks = blocks
  }

  static empty(size: number): Slots {
    const blocks: Block[] = []
    for (let start = 0; start < size; start += BLOCK)
      blocks.push(new Array<Slot>(Math.min(BLOCK, size - start)).fill(undefined))
    return new Slots(size, blocks)
  }

  at(index: number): Slot {
    return this.blocks[Math.floor(index / BLOCK)]?.[index % BLOCK]
  }

  /** The slots with other pods in some of them; later pairs win. Blocks that are not touched are shared. */
  with(changes: Iterable<readonly [index: number, pod: Slot]>): Slots {
    const blocks = this.blocks.slice()
    for (const [index, pod] of changes) {
      const at = Math.floor(index / BLOCK)
      const before = blocks[at] as Slot[]
      const block = before === this.blocks[at] ? before.slice() : before
      block[index % BLOCK] = pod
      blocks[at] = block
    }
    return new Slots(this.size, blocks)
  }

  /** Index of the lowest slot that fails the test; the size when all pass. */
  firstFailing(passes: (pod: Slot, index: number) => boolean): number {
    let index = 0
    for (const block of this.blocks) for (const pod of block) if (!passes(pod, index++)) return index - 1
    return this.size
  }
}

interface Finding<T> {
  readonly about: unknown
  readonly key: unknown
  readonly value: T
}

/**
 * Remembers one finding about each block. It stands as long as the block is the same object and both things that it
 * depends on are the same.
 */
export class Findings<T> {
  private readonly known = new WeakMap<Block, Finding<T>>()

  about(block: Block, about: unknown, key: unknown, find: () => T): T {
    const before = this.known.get(block)
    if (before && before.about === about && before.key === key) return before.value
    const value = find()
    this.known.set(block, { about, key, value })
    return value
  }
}
