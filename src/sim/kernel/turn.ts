/**
 * One turn: a decider or an act yields decisions, and this does them against a draft of the world. The draft is private
 * to the turn; what comes out is a new immutable world with the facts of what happened. A turn that is refused is dropped.
 */
import type { Fact } from '../api/changes.ts'
import type { GivenReason, Reason } from '../api/reasons.ts'
import type { StrategyContext } from '../api/strategy.ts'
import { timestampAt } from '../api/time.ts'
import type { AnyObject, Event, Kind } from '../api/types.ts'
import type { ServerRoom } from './apiServer.ts'
import { createObject, deleteObject, listObjects, notFound, readObject, updateObject } from './apiServer.ts'
import { retryDelayMs } from './backOff.ts'
import { deepFreeze, same } from './equality.ts'
import { drawFrom, fnv1a } from './random.ts'
import { entriesWithPrefix, get, insert, remove, set, unset } from './sorted.ts'
import type { Answer, Change, ClusterView, Decider, Decision, DueItem, Laws, Signal, Watch, World } from './types.ts'

const earlier = (a: DueItem, b: DueItem): number => a.at - b.at || a.sequence - b.sequence

/** Who speaks: a decider under a key, or a person. */
export interface Speaker {
  readonly name: string
  readonly component: string
  readonly key: string
}

/** Which deciders look at a kind, and whom a change of it wakes. */
export type Watchers = ReadonlyMap<Kind, readonly { readonly decider: Decider; readonly wakes: Watch['wakes'] }[]>

const OK: Answer = { ok: true }

export class Turn implements ServerRoom {
  readonly facts: Fact[] = []
  readonly changes: (Change & { by: string })[] = []
  readonly strategies: Laws['strategies']
  readonly now: number
  objects: World['objects']
  private readonly laws: Laws
  private readonly watchers: Watchers
  private readonly start: World
  private readonly speaker: Speaker
  private revision: number
  private sequence: number
  private factCount: number
  /** A copy of the random streams, made at the first draw of the turn. */
  private streams: Record<string, number> | undefined
  private queue: World['queue']
  private wakes: World['wakes']
  private failures: World['failures']
  private waiting: World['waiting']
  private memories: World['memories']
  private disks: World['disks']
  /** What admission and watches may look at: the objects as they stand now, in the middle of the turn. */
  private readonly live: StrategyContext

  constructor(laws: Laws, watchers: Watchers, start: World, now: number, speaker: Speaker) {
    this.laws = laws
    this.watchers = watchers
    this.start = start
    this.now = now
    this.speaker = speaker
    this.strategies = laws.strategies
    this.objects = start.objects
    this.revision = start.revision
    this.sequence = start.sequence
    this.factCount = start.factCount
    this.queue = start.queue
    this.wakes = start.wakes
    this.failures = start.failures
    this.waiting = start.waiting
    this.memories = start.memories
    this.disks = start.disks
    this.live = {
      settings: start.settings,
      get: (kind, namespace, name) => readObject(this.objects, kind, namespace, name),
      list: (kind, namespace) => listObjects(this.objects, kind, namespace),
    }
  }

  /** The world as it stood when the turn began, seen through the speaker's eyes. */
  view(): ClusterView {
    const { objects, memories, disks, settings } = this.start
    return {
      now: this.now,
      timestamp: timestampAt(this.now),
      settings,
      get: (kind, namespace, name) => readObject(objects, kind, namespace, name),
      list: (kind, namespace) => listObjects(objects, kind, namespace),
      recall: (key = this.speaker.key) => get(memories, `${this.speaker.name}|${key}`),
      recallAll: (prefix) => this.notesOf(`${this.speaker.name}|`, prefix),
      draw: (stream) => this.draw(stream),
      disk: (volume) => get(disks, volume) ?? {},
    }
  }

  private notesOf(own: string, prefix: string): readonly (readonly [string, unknown])[] {
    return entriesWithPrefix(this.start.memories, own + prefix).map(([slot, memory]) => [
      slot.slice(own.length),
      memory,
    ])
  }

  draw(stream: string): number {
    const { seed, streams } = this.start.random
    this.streams ??= { ...streams }
    return drawFrom(seed, this.streams, stream)
  }

  nextVersion(): string {
    this.revision += 1
    return String(this.revision)
  }

  nextUid(): string {
    const hex = [0, 0, 0, 0]
      .map(() =>
        Math.floor(this.draw('uid') * 4294967296)
          .toString(16)
          .padStart(8, '0'),
      )
      .join('')
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`
  }

  changed(change: Change): void {
    if (this.laws.freeze) deepFreeze(change.after)
    this.changes.push({ ...change, by: this.speaker.name })
    const object = (change.after ?? change.before) as AnyObject
    const named = this.laws.nameChange(change.before, change.after)
    if (named) {
      const { namespace = '', name, uid } = object.metadata
      this.state({ ...named, kind: object.kind, namespace, name, uid })
    }
    for (const { decider, wakes } of this.watchers.get(object.kind) ?? [])
      for (const key of wakes(change, this.live)) this.wakeByWatch(decider, key)
  }

  private state(fact: Omit<Fact, 'at' | 'sequence' | 'by'>): void {
    this.factCount += 1
    this.facts.push({ ...fact, at: this.now, sequence: this.factCount, by: this.speaker.name })
  }

  private wakeByWatch(decider: Decider, key: string): void {
    const known = get(this.wakes, `${decider.name}|${key}|watch`)
    const [least, most] = decider.delayMs
    const delay = least + Math.floor(this.draw(`watch:${decider.name}`) * (most - least + 1))
    if (known && known.at <= this.now + delay) return
    this.wake(decider.name, key, 'watch', this.now + delay)
  }

  /** Queues a wake-up; a waiting one of the same id is replaced, a signal never is. */
  wake(decider: string, key: string, id: string, at: number, signal?: Signal): void {
    const sequence = this.sequence++
    const slot = `${decider}|${key}|${signal ? `${id}:${sequence}` : id}`
    this.cancel(slot)
    const item: DueItem = { at, sequence, decider, key, id, ...(signal && { signal }) }
    this.wakes = set(this.wakes, slot, { at, sequence })
    this.queue = insert(this.queue, item, earlier)
  }

  cancel(slot: string): void {
    const known = get(this.wakes, slot)
    if (!known) return
    this.wakes = unset(this.wakes, slot)
    this.queue = remove(this.queue, known as DueItem, earlier)
  }

  /** Takes the due item that this turn is about off the queue. */
  take(item: DueItem): void {
    this.cancel(`${item.decider}|${item.key}|${item.signal ? `${item.id}:${item.sequence}` : item.id}`)
  }

  /** Keeps or forgets that the last sync failed, and asks for the retry. */
  finish(outcome: { readonly error: string } | undefined): void {
    const slot = `${this.speaker.name}|${this.speaker.key}`
    const failed = get(this.failures, slot) ?? 0
    if (outcome) {
      this.failures = set(this.failures, slot, failed + 1)
      this.wake(this.speaker.name, this.speaker.key, 'retry', this.now + retryDelayMs(failed))
    } else if (failed > 0) {
      this.failures = unset(this.failures, slot)
      this.cancel(`${slot}|retry`)
    }
  }

  do(decision: Decision): Answer {
    const slot = `${this.speaker.name}|${this.speaker.key}`
    switch (decision.do) {
      case 'create':
        return createObject(this, this.live, decision.object)
      case 'update':
        return updateObject(this, this.live, decision.object, 'spec')
      case 'updateStatus':
        return updateObject(this, this.live, decision.object, 'status')
      case 'delete':
        return deleteObject(this, decision.kind, decision.namespace, decision.name, decision.options)
      case 'read': {
        const object = this.live.get(decision.kind, decision.namespace, decision.name)
        return object ? { ok: true, object } : notFound(decision.kind, decision.name)
      }
      case 'record':
        return this.record(decision)
      case 'explain': {
        const before = get(this.waiting, slot) ?? []
        const reasons = decision.reasons.map((given, index) => this.since(given, before, index))
        if (same(reasons, before)) return OK
        this.waiting = reasons.length > 0 ? set(this.waiting, slot, reasons) : unset(this.waiting, slot)
        return OK
      }
      case 'remember': {
        const { memory, key = this.speaker.key } = decision
        const place = `${this.speaker.name}|${key}`
        this.memories = memory === undefined ? unset(this.memories, place) : set(this.memories, place, memory)
        if (this.laws.freeze) deepFreeze(memory)
        return OK
      }
      case 'wake': {
        const { decider = this.speaker.name, key = this.speaker.key, id, afterMs, signal } = decision
        this.wake(decider, key, id, this.now + Math.max(0, Math.round(afterMs)), signal)
        return OK
      }
      case 'cancelWake':
        this.cancel(`${slot}|${decision.id}`)
        return OK
      case 'writeDisk':
        this.disks =
          decision.files === null
            ? unset(this.disks, decision.volume)
            : set(this.disks, decision.volume, decision.files)
        return OK
      case 'state':
        this.state(decision.fact)
        return OK
    }
  }

  /** The same reason as before has held since then; it mostly stands at the same place of the list. */
  private since(given: GivenReason, before: readonly Reason[], index: number): Reason {
    const isSame = (reason: Reason | undefined) =>
      reason?.subject === given.subject && reason.reason === given.reason && reason.on === given.on
    const old = isSame(before[index]) ? before[index] : before.find(isSame)
    return { ...given, since: old?.since ?? this.now }
  }

  private record(decision: Extract<Decision, { do: 'record' }>): Answer {
    const { about, type, reason, message, component = this.speaker.component } = decision
    const { namespace = 'default', name, uid } = about.metadata
    const text = `${uid}|${type}|${reason}|${message}|${component}`
    const hash = [fnv1a(text), fnv1a(text, 0x9747b28c)].map((part) => part.toString(16).padStart(8, '0')).join('')
    const eventName = `${name}.${hash}`
    const known = readObject(this.objects, 'Event', namespace, eventName)
    const time = timestampAt(this.now)
    if (known) return updateObject(this, this.live, { ...known, count: known.count + 1, lastTimestamp: time }, 'spec')
    const event: Omit<Event, 'metadata'> = {
      apiVersion: 'v1',
      kind: 'Event',
      involvedObject: {
        apiVersion: about.apiVersion,
        kind: about.kind,
        ...(about.metadata.namespace !== undefined && { namespace: about.metadata.namespace }),
        name,
        uid,
      },
      type,
      reason,
      message,
      source: { component },
      firstTimestamp: time,
      lastTimestamp: time,
      count: 1,
    }
    return createObject(this, this.live, { ...event, metadata: { name: eventName, namespace } })
  }

  /** The world after the turn. */
  world(): World {
    return {
      now: this.now,
      sequence: this.sequence,
      revision: this.revision,
      factCount: this.factCount,
      random: this.streams ? { seed: this.start.random.seed, streams: this.streams } : this.start.random,
      settings: this.start.settings,
      objects: this.objects,
      queue: this.queue,
      wakes: this.wakes,
      failures: this.failures,
      waiting: this.waiting,
      memories: this.memories,
      disks: this.disks,
      tallies: this.start.tallies,
    }
  }
}
