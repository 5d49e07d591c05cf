/**
 * A played story written down so that two of them can be held against each other: its course (what happened, with its
 * times) and, beside it, everything that was written on the way (objects, events, the STATUS that kubectl shows).
 */
import type { Fact } from '../api/changes.ts'
import { keyOf, partsOfKey } from '../api/kinds.ts'
import type { Switches } from '../api/switches.ts'
import type { Node, SimTime } from '../api/types.ts'
import { readObject } from '../kernel/apiServer.ts'
import type { Command } from '../kernel/command.ts'
import type { World } from '../kernel/types.ts'
import { podCells } from '../kubectl/podStatus.ts'
import type { Entry } from './steps.ts'
import type { Check } from './types.ts'

/** One step of a story that a person would tell: who acted, what came of it, what was expected. */
export type CourseLine =
  | { readonly kind: 'fact'; readonly at: SimTime; readonly fact: Fact }
  | { readonly kind: 'act'; readonly at: SimTime; readonly command: Command }
  | { readonly kind: 'check'; readonly at: SimTime; readonly check: Check }

/** The first thing that is written otherwise, where what happens is the same: an event, a label, a STATUS. */
export interface Wording {
  readonly at: SimTime
  /** Whose: `Pod/default/web-0`. */
  readonly about: string
  readonly from: string
  readonly to: string
}

export interface Parting {
  /** When the stories part. */
  readonly at: SimTime
  /** How many lines they have in common. */
  readonly shared: number
  /** What follows in each. */
  readonly from: readonly CourseLine[]
  readonly to: readonly CourseLine[]
}

/** What one tale has otherwise than the other; neither when they are the same. */
export interface Difference {
  /** What happens differs. */
  readonly course?: Parting
  /** The first thing that is written otherwise, at or before the parting. */
  readonly wording?: Wording
}

/** Something written: an object as it was left by a fact, an event's message, a STATUS. */
interface Writing {
  readonly at: SimTime
  readonly about: string
  readonly value: unknown
  /** The value as text, for comparing. */
  readonly text: string
}

/** What a course line says, without numbers that only count. */
function signatureOf(line: CourseLine): string {
  switch (line.kind) {
    case 'fact': {
      const { sequence: _counted, uid: _drawn, ...fact } = line.fact
      return JSON.stringify(fact)
    }
    case 'act':
      return JSON.stringify([line.at, line.command])
    case 'check':
      return JSON.stringify([line.at, line.check.step, line.check.holds])
  }
}

type Leaf = readonly [path: string, a: unknown, b: unknown]

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

/** The first place where two values differ; undefined when they are equal. */
function firstLeaf(a: unknown, b: unknown, path = ''): Leaf | undefined {
  if (!isRecord(a) || !isRecord(b)) return Object.is(a, b) ? undefined : [path, a, b]
  for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
    const found = firstLeaf(a[key], b[key], path === '' ? key : `${path}.${key}`)
    if (found) return found
  }
  return undefined
}

const shown = (path: string, value: unknown): string => {
  const text = value === undefined ? '–' : typeof value === 'string' ? value : JSON.stringify(value)
  return path === '' ? text : `${path}: ${text}`
}

/** The status of a node names its release, which differs anyway; what else changes in it is told by facts. */
const withoutRelease = ({ status: _status, ...node }: Node): object => node

export class Tale {
  private readonly course: CourseLine[] = []
  private readonly signatures: string[] = []
  private readonly writings: Writing[] = []
  private readonly switches: Switches

  constructor(switches: Switches) {
    this.switches = switches
  }

  add(entry: Entry): void {
    if (entry.kind === 'check') {
      this.tell({ kind: 'check', at: entry.check.at, check: entry.check })
      return
    }
    const { transition, command } = entry
    const { world, facts } = transition
    if (command) this.tell({ kind: 'act', at: world.now, command })
    for (const fact of facts) {
      const { at, type } = fact
      if (type !== 'eventRecorded' && type !== 'commandGiven') this.tell({ kind: 'fact', at, fact })
      this.write(fact, world)
    }
  }

  private tell(line: CourseLine): void {
    this.course.push(line)
    this.signatures.push(signatureOf(line))
  }

  private note(at: SimTime, about: string, value: unknown): void {
    this.writings.push({ at, about, value, text: `${at} ${about} ${JSON.stringify(value)}` })
  }

  private write(fact: Fact, world: World): void {
    const { at, kind, namespace, name, type, detail } = fact
    if (type === 'commandGiven') return
    if (type === 'eventRecorded') {
      this.note(at, String(detail.about), detail.message)
      return
    }
    const about = keyOf(kind, namespace, name)
    const object = readObject(world.objects, partsOfKey(about).kind, namespace, name)
    this.note(at, about, object?.kind === 'Node' ? withoutRelease(object) : object)
    if (object?.kind === 'Pod') this.note(at, about, podCells(object, this.switches).status)
  }

  /** Where another tale first goes, or is worded, otherwise. */
  differenceTo(other: Tale): Difference {
    const course = this.partingFrom(other)
    const wording = this.wordingBeside(other)
    const early = wording && (!course || wording.at <= course.at) ? wording : undefined
    return { ...(course && { course }), ...(early && { wording: early }) }
  }

  private partingFrom(other: Tale): Parting | undefined {
    const longer = Math.max(this.signatures.length, other.signatures.length)
    for (let shared = 0; shared < longer; shared++) {
      if (this.signatures[shared] === other.signatures[shared]) continue
      const [from, to] = [this.course.slice(shared), other.course.slice(shared)]
      const at = Math.min(...[from[0], to[0]].flatMap((line) => line?.at ?? []))
      return { at, shared, from, to }
    }
    return undefined
  }

  private wordingBeside(other: Tale): Wording | undefined {
    for (const [index, writing] of this.writings.entries()) {
      const counterpart = other.writings[index]
      if (writing.text === counterpart?.text) continue
      if (writing.about !== counterpart?.about || writing.at !== counterpart.at) return undefined
      const [path, from, to] = firstLeaf(writing.value, counterpart.value) ?? ['', writing.value, counterpart.value]
      return { at: writing.at, about: writing.about, from: shown(path, from), to: shown(path, to) }
    }
    return undefined
  }
}
