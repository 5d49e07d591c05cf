/**
 * How many recorded decisions of the real controller the simulation takes as well. Takes the recordings line by line, and
 * tells what disagrees by cause, each with one record worked out. Leaves out files and the clock: those are the caller's.
 */
import { judge } from './judge.ts'
import type { Recording } from './readRecord.ts'
import { readRecord } from './readRecord.ts'

type Kind = Recording['kind']

/** The records that disagree for one cause. */
interface Disagreement {
  readonly ids: string[]
  /** The first of them, worked out. */
  readonly example: readonly string[]
}

interface Count {
  agree: number
  total: number
}

/** How much is told: causes, lines of an example, other causes beside it, other ids with the cause, refused lines. */
const MOST_CAUSES = 12
const MOST_LINES = 12
const MOST_BESIDES = 6
const MOST_IDS = 8
const MOST_REFUSED = 20

const WIDEST = 400
const cut = (line: string): string => (line.length > WIDEST ? `${line.slice(0, WIDEST)} …` : line)

const some = (list: readonly string[], most: number): readonly string[] =>
  list.length > most ? [...list.slice(0, most), `… ${list.length - most} more`] : list

const records = (count: number): string => (count === 1 ? '1 record' : `${count} records`)

export class Conformance {
  agree = 0
  total = 0
  private readonly counts = new Map<Kind, Count>()
  private readonly refused: string[] = []
  private readonly causes = new Map<string, Disagreement>()

  /** Replays and compares one line; `source` is the file and the line's number. Returns the kind of its record, if it is one. */
  take(line: string, source: string): Kind | undefined {
    this.total += 1
    const recording = readRecord(line)
    if ('refused' in recording) {
      this.refused.push(`${source}: ${recording.refused}`)
      return undefined
    }
    const { kind, record } = recording
    const [first, ...others] = judge(recording)
    const count = this.counts.get(kind) ?? { agree: 0, total: 0 }
    this.counts.set(kind, count)
    count.total += 1
    if (first) {
      const more = [...new Set(others.map(({ cause }) => cause))].filter((cause) => cause !== first.cause)
      const besides = more.length > 0 ? [`with it ${some(more, MOST_BESIDES).join('; ')}`] : []
      const lines = [`${record.id}, ${first.place} (${source})`, ...some(first.lines, MOST_LINES), ...besides]
      this.disagree(first.cause, record.id, lines)
    } else {
      count.agree += 1
      this.agree += 1
    }
    return kind
  }

  /** A file that cannot be read counts as one line that does not agree. */
  refuse(source: string, why: string): void {
    this.total += 1
    this.refused.push(`${source}: ${why}`)
  }

  get allAgree(): boolean {
    return this.total > 0 && this.agree === this.total
  }

  private disagree(cause: string, id: string, example: readonly string[]): void {
    const known = this.causes.get(cause) ?? { ids: [], example }
    this.causes.set(cause, known)
    known.ids.push(id)
  }

  /** What was refused, and what disagrees: the commonest cause first, with `-` the recording and with `+` the simulation. */
  disagreements(): readonly string[] {
    const causes = [...this.causes].sort(([, a], [, b]) => b.ids.length - a.ids.length)
    const told = causes
      .slice(0, MOST_CAUSES)
      .flatMap(([cause, { ids, example }]) => [
        '',
        `${cause}: ${records(ids.length)}`,
        ...example.map((line) => `  ${cut(line)}`),
        ...(ids.length > 1 ? [`  also ${some(ids.slice(1), MOST_IDS).join(', ')}`] : []),
      ])
    const untold = causes.length - MOST_CAUSES
    return [
      ...some(this.refused, MOST_REFUSED),
      ...told,
      ...(untold > 0 ? ['', untold === 1 ? '… 1 more cause' : `… ${untold} more causes`] : []),
    ]
  }

  /** `reconcile 7212 of 7212, history 858 of 858`. */
  byKind(): string {
    return [...this.counts].map(([kind, { agree, total }]) => `${kind} ${agree} of ${total}`).join(', ')
  }

  /** The last line. */
  result(): string {
    return `conformance: ${this.agree} of ${this.total}`
  }
}
