/**
 * A recording against our cluster: the same acts, and then object by object what befell it there and here, whom the
 * controller created and deleted in which order, and what the events say.
 */
import { RecordedCluster } from './cluster.ts'
import { Strands } from './strands.ts'
import type { Tape } from './tape.ts'
import { readTape } from './tape.ts'

export interface Difference {
  /** What differs: an object, the order of pods, the events about an object. */
  readonly subject: string
  readonly recorded: readonly string[]
  readonly ours: readonly string[]
}

export interface Verdict {
  readonly scenario: string
  readonly differences: readonly Difference[]
}

/** How much longer than there a part of the story may take here. */
const SLACK_MS = 60_000

/** Does the acts of the tape; what was recorded grows with the tape, what is ours with the cluster. */
function replay(tape: Tape, cluster: RecordedCluster): Strands {
  const recorded = new Strands()
  let since = 0
  const catchUp = (t: number) => cluster.until(recorded.lengths(), t - since, SLACK_MS)
  for (const entry of tape.entries) {
    if (entry.do === 'write') {
      recorded.take(entry.write, entry.t)
      continue
    }
    catchUp(entry.t)
    since = entry.t
    if (entry.do === 'fault') cluster.fault(entry.words)
    else cluster.run(entry.line)
  }
  catchUp(tape.entries.at(-1)?.t ?? 0)
  return recorded
}

/** Nothing where ours goes on as the recording does, as far as that goes. */
function compared(subject: string, recorded: readonly string[], ours: readonly string[]): readonly Difference[] {
  return recorded.every((word, index) => ours[index] === word) ? [] : [{ subject, recorded, ours }]
}

/** What comes within so short a time comes at once: in which order is chance. */
const AT_ONCE_MS = 600

/** The words in groups that came at once, each group in the order of the alphabet; `sizes` are those of the other side. */
function grouped(words: readonly string[], sizes: readonly number[]): readonly string[] {
  let from = 0
  return sizes.flatMap((size) => {
    const group = words.slice(from, from + size).sort()
    from += size
    return group
  })
}

function sizesOf(pods: Strands['pods']): readonly number[] {
  const sizes: number[] = []
  pods.forEach(({ at, word }, index) => {
    const before = pods[index - 1]
    const goesOn = before && at - before.at <= AT_ONCE_MS && before.word[0] === word[0]
    if (goesOn) sizes[sizes.length - 1] = (sizes.at(-1) ?? 0) + 1
    else sizes.push(1)
  })
  return sizes
}

const COMBINED = '(combined from similar events): '

/** Reasons of which a recorder has begun to combine events: which ones it still tells apart is chance. */
const combinedIn = (texts: Iterable<string>): readonly string[] =>
  [...texts].filter((text) => text.includes(COMBINED)).map((text) => text.slice(0, text.indexOf(':')))

function eventDifferences(
  about: string,
  recorded: ReadonlySet<string>,
  ours: ReadonlySet<string>,
): readonly Difference[] {
  const combined = [...combinedIn(recorded), ...combinedIn(ours)]
  const counts = (text: string) => !combined.some((reason) => text.startsWith(`${reason}:`))
  const missing = [...recorded].filter((text) => counts(text) && !ours.has(text))
  const added = [...ours].filter((text) => counts(text) && !recorded.has(text))
  return missing.length + added.length > 0 ? [{ subject: `events of ${about}`, recorded: missing, ours: added }] : []
}

function differencesOf(recorded: Strands, ours: Strands): readonly Difference[] {
  const objects = [...recorded.byObject].flatMap(([name, words]) =>
    compared(name, words, (ours.byObject.get(name) ?? []).slice(0, words.length)),
  )
  const more = [...ours.byObject].filter(([name]) => !recorded.byObject.has(name))
  const none = new Set<string>()
  const events = [...recorded.events].flatMap(([about, texts]) =>
    eventDifferences(about, texts, ours.events.get(about) ?? none),
  )
  const sizes = sizesOf(recorded.pods)
  const orderOf = ({ pods }: Strands) =>
    grouped(
      pods.map(({ word }) => word),
      sizes,
    )
  return [
    ...objects,
    ...more.map(([subject, words]) => ({ subject, recorded: [], ours: words })),
    ...compared('order of pods', orderOf(recorded), orderOf(ours)),
    ...events,
  ]
}

/** Judges the text of a recording. Text that is none is a difference of its own. */
export function judge(text: string, name: string): Verdict {
  try {
    const tape = readTape(text)
    const cluster = new RecordedCluster(tape)
    const recorded = replay(tape, cluster)
    return { scenario: tape.scenario, differences: differencesOf(recorded, cluster.strands) }
  } catch (error) {
    return { scenario: name, differences: [{ subject: String(error), recorded: [], ours: [] }] }
  }
}

/** A verdict as lines to read. */
export function report({ scenario, differences }: Verdict): string {
  const lines = differences.flatMap(({ subject, recorded, ours }) => [
    `  ${subject}`,
    `    recorded  ${recorded.join(' · ') || '—'}`,
    `    ours      ${ours.join(' · ') || '—'}`,
  ])
  return [`${differences.length === 0 ? 'agrees ' : 'DIFFERS'} ${scenario}`, ...lines].join('\n')
}
