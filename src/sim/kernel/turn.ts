/**
 * One turn: a decider or an act yields decisions, and this does them against a draft of the world. The draft is private
 * to the turn; what comes out is a new immutable world with the facts of what happened. A turn that is refused is dropped.
 */
import type { Fact } from '../api/changes.ts'
import type { ClusterSettings, StrategyContext } from '../api/strategy.ts'
import type { AnyObject, Kind, ObjectOf, SimTime } from '../api/types.ts'
import { Agenda } from './agenda.ts'
import type { ServerRoom } from './apiServer.ts'
import { createObject, deleteObject, listObjects, notFound, readObject, updateObject } from './apiServer.ts'
import { retryDelayMs } from './backOff.ts'
import { deepFreeze } from './equality.ts'
import { recordEvent } from './events.ts'
import { drawFrom, hexOf } from './random.ts'
import { get, set, unset } from './sorted.ts'
import type { Answer, Change, ClusterView, Decision, DueItem, Laws, ObjectTables, World } from './types.ts'
import type { Speaking } from './view.ts'
import { View } from './view.ts'
import { stillWaiting } from './waiting.ts'
import type { Watchers } from './watchers.ts'

/** Who speaks: a decider under a key, or a person. */
export interface Speaker {
  readonly name: string
  readonly component: string
  readonly key: string
}

const OK: Answer = { ok: true }

/** As what admission and watches look at, a turn is the objects as they stand now, in the middle of it. */
export class Turn implements ServerRoom, StrategyContext, Speaking {
  readonly facts: Fact[] = []
  readonly changes: (Change & { by: string })[] = []
  readonly strategies: Laws['strategies']
  readonly admit: Laws['admit']
  readonly settings: ClusterSettings
  readonly now: SimTime
  readonly own: string
  readonly slot: string
  objects: ObjectTables
  private readonly laws: Laws
  private readonly watchers: Watchers
  private readonly start: World
  private readonly speaker: Speaker
  private readonly agenda: Agenda
  private revision: number
  private factCount: number
  /** A copy of the random streams, made at the first draw of the turn. */
  private streams: Record<string, number> | undefined
  private failures: World['failures']
  private waiting: World['waiting']
  private memories: World['memories']
  private disks: World['disks']

  constructor(laws: Laws, watchers: Watchers, start: World, now: SimTime, speaker: Speaker) {
    this.laws = laws
    this.watchers = watchers
    this.start = start
    this.now = now
    this.speaker = speaker
    this.own = `${speaker.name}|`
    this.slot = `${speaker.name}|${speaker.key}`
    this.strategies = laws.strategies
    this.admit = laws.admit
    this.settings = start.settings
    this.objects = start.objects
    this.agenda = new Agenda(start)
    this.revision = start.revision
    this.factCount = start.factCount
    this.failures = start.failures
    this.waiting = start.waiting
    this.memories = start.memories
    this.disks = start.disks
  }

  /** The world as it stood when the turn began, seen through the speaker's eyes. */
  view(): ClusterView {
    return new View(this.start, this)
  }

  get<K extends Kind>(kind: K, namespace: string | undefined, name: string): ObjectOf<K> | undefined {
    return readObject(this.objects, kind, namespace, name)
  }

  list<K extends Kind>(kind: K, namespace?: string): readonly ObjectOf<K>[] {
    return listObjects(this.objects, kind, namespace)
  }

  draw(stream: string): number {
    const { seed, streams } = this.start.random
    this.streams ??= { ...streams }
    return drawFrom(seed, this.streams, stream)
  }

  private drawHex(): string {
    return hexOf(this.draw('uid') * 4294967296)
  }

  nextVersion(): string {
    this.revision += 1
    return String(this.revision)
  }

  nextUid(): string {
    const first = this.drawHex()
    const second = this.drawHex()
    const third = this.drawHex()
    const fourth = this.drawHex()
    return `${first}-${second.slice(0, 4)}-4${second.slice(5)}-a${third.slice(1, 4)}-${third.slice(4)}${fourth}`
  }

  /** The tables are copied at the first write of a turn; from then on the copy is the turn's own. */
  replace<K extends Kind>(kind: K, table: ObjectTables[K]): void {
    if (this.objects === this.start.objects) this.objects = { ...this.objects }
    const own: { -readonly [K in Kind]: ObjectTables[K] } = this.objects
    own[kind] = table
  }

  changed(before: AnyObject | undefined, after: AnyObject | undefined): void {
    if (this.laws.freeze) deepFreeze(after)
    const change = { before, after, by: this.speaker.name }
    this.changes.push(change)
    const { kind, metadata } = (after ?? before) as AnyObject
    const named = this.laws.nameChange(before, after)
    if (named) {
      const { namespace = '', name, uid } = metadata
      this.state({ type: named.type, detail: named.detail, kind, namespace, name, uid })
    }
    const watchers = this.watchers.get(kind)
    if (!watchers) return
    for (const { decider, stream, least, most, wakes } of watchers)
      for (const key of wakes(change, this)) {
        const delay = least + Math.floor(this.draw(stream) * (most - least + 1))
        this.agenda.wakeBy(decider, key, 'watch', this.now + delay)
      }
  }

  private state({ type, detail, kind, namespace, name, uid }: Omit<Fact, 'at' | 'sequence' | 'by'>): void {
    const { now: at, speaker } = this
    this.factCount += 1
    this.facts.push({ type, detail, kind, namespace, name, uid, at, sequence: this.factCount, by: speaker.name })
  }

  /** Takes the due item that this turn is about, which is the first, off the queue. */
  take(item: DueItem): void {
    this.agenda.takeFirst(item)
  }

  /** Keeps or forgets that the last sync failed, and asks for the retry. */
  finish(outcome: { readonly error: string } | undefined): void {
    const { name, key } = this.speaker
    const failed = get(this.failures, this.slot) ?? 0
    if (outcome) {
      this.failures = set(this.failures, this.slot, failed + 1)
      this.agenda.wake(name, key, 'retry', this.now + retryDelayMs(failed))
    } else if (failed > 0) {
      this.failures = unset(this.failures, this.slot)
      this.agenda.cancel(name, key, 'retry')
    }
  }

  do(decision: Decision): Answer {
    switch (decision.do) {
      case 'create':
        return createObject(this, this, decision.object)
      case 'update':
        return updateObject(this, this, decision.object, 'spec')
      case 'updateStatus':
        return updateObject(this, this, decision.object, 'status')
      case 'delete':
        return deleteObject(this, decision.kind, decision.namespace, decision.name, decision.options)
      case 'read': {
        const object = this.get(decision.kind, decision.namespace, decision.name)
        return object ? { ok: true, object } : notFound(decision.kind, decision.name)
      }
      case 'record':
        return recordEvent(this, this, decision, this.speaker.component)
      case 'explain': {
        const before = get(this.waiting, this.slot)
        const reasons = stillWaiting(decision.reasons, before, this.now)
        if (reasons === before) return OK
        this.waiting = reasons ? set(this.waiting, this.slot, reasons) : unset(this.waiting, this.slot)
        return OK
      }
      case 'remember': {
        const { memory, key } = decision
        const place = key === undefined ? this.slot : this.own + key
        this.memories = memory === undefined ? unset(this.memories, place) : set(this.memories, place, memory)
        if (this.laws.freeze) deepFreeze(memory)
        return OK
      }
      case 'wake': {
        const { decider = this.speaker.name, key = this.speaker.key, id, afterMs, signal } = decision
        this.agenda.wake(decider, key, id, this.now + Math.max(0, Math.round(afterMs)), signal)
        return OK
      }
      case 'cancelWake':
        this.agenda.cancel(this.speaker.name, this.speaker.key, decision.id)
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

  /** The world after the turn. What its rules count is entered before anybody else sees it. */
  world(): World & { tallies: World['tallies'] } {
    return {
      now: this.now,
      sequence: this.agenda.sequence,
      revision: this.revision,
      factCount: this.factCount,
      random: this.streams ? { seed: this.start.random.seed, streams: this.streams } : this.start.random,
      settings: this.start.settings,
      objects: this.objects,
      queue: this.agenda.queue,
      wakes: this.agenda.wakes,
      failures: this.failures,
      waiting: this.waiting,
      memories: this.memories,
      disks: this.disks,
      tallies: this.start.tallies,
    }
  }
}
