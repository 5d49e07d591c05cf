/** The world as it stood when a turn began, seen through the eyes of who speaks in it. */
import type { ClusterSettings } from '../api/strategy.ts'
import { timestampAt } from '../api/time.ts'
import type { Kind, ObjectOf, SimTime, Timestamp } from '../api/types.ts'
import { listObjects, readObject } from './apiServer.ts'
import { entriesWithPrefix, get } from './sorted.ts'
import type { ClusterView, World } from './types.ts'

/** What a turn gives to its view: who speaks, and luck. */
export interface Speaking {
  readonly now: SimTime
  /** `name|`: what the keys of the speaker's notes begin with. */
  readonly own: string
  /** `name|key`. */
  readonly slot: string
  draw(stream: string): number
}

export class View implements ClusterView {
  readonly now: SimTime
  readonly settings: ClusterSettings
  private readonly world: World
  private readonly speaking: Speaking

  constructor(world: World, speaking: Speaking) {
    this.now = speaking.now
    this.settings = world.settings
    this.world = world
    this.speaking = speaking
  }

  get timestamp(): Timestamp {
    return timestampAt(this.now)
  }

  get<K extends Kind>(kind: K, namespace: string | undefined, name: string): ObjectOf<K> | undefined {
    return readObject(this.world.objects, kind, namespace, name)
  }

  list<K extends Kind>(kind: K, namespace?: string): readonly ObjectOf<K>[] {
    return listObjects(this.world.objects, kind, namespace)
  }

  recall(key?: string): unknown {
    const { own, slot } = this.speaking
    return get(this.world.memories, key === undefined ? slot : own + key)
  }

  recallAll(prefix: string): readonly (readonly [key: string, memory: unknown])[] {
    const { own } = this.speaking
    return entriesWithPrefix(this.world.memories, own + prefix).map(([slot, memory]) => [
      slot.slice(own.length),
      memory,
    ])
  }

  draw(stream: string): number {
    return this.speaking.draw(stream)
  }

  disk(volume: string): Readonly<Record<string, string>> {
    return get(this.world.disks, volume) ?? {}
  }
}
