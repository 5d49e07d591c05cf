/**
 * A recording of a whole cluster, read: what it was given, what was done to it, and every write that was seen, in order.
 * A line that is none of these is refused with its number.
 */

/** An object of the API as it was recorded or as we hold it: what both have. */
export interface Thing {
  readonly kind: string
  readonly metadata: {
    readonly name: string
    readonly namespace?: string
    readonly uid: string
    readonly [field: string]: unknown
  }
  readonly [field: string]: unknown
}

export interface Write {
  readonly before: Thing | undefined
  readonly after: Thing | undefined
}

export type Entry =
  | { readonly do: 'write'; readonly t: number; readonly write: Write }
  | { readonly do: 'kubectl'; readonly t: number; readonly line: string; readonly exit: number }
  | { readonly do: 'fault'; readonly t: number; readonly words: string }

export interface Tape {
  readonly scenario: string
  readonly nodes: number
  /** Name → text. */
  readonly files: Readonly<Record<string, string>>
  /** What there was before anything was done. */
  readonly given: readonly Thing[]
  readonly entries: readonly Entry[]
}

interface Line {
  readonly t?: number
  readonly type?: string
  readonly object?: Thing
  readonly act?: string
  readonly rc?: number
  readonly snapshot?: string
}

/** `# file: NAME` on the first line gives the name. */
function fileOf(text: string, index: number): readonly [string, string] {
  const name = /^# file: (\S+)/.exec(text)?.[1] ?? `manifest-${index}.yaml`
  return [name, text]
}

const isFault = (act: string): boolean => act.startsWith('fault: ')

function entryOf(line: Line, known: Map<string, Thing>): Entry | undefined {
  const { t = 0, act, object, type } = line
  if (act !== undefined)
    return isFault(act)
      ? { do: 'fault', t, words: act.slice('fault: '.length) }
      : { do: 'kubectl', t, line: act, exit: line.rc ?? 0 }
  if (!object) return undefined
  const { uid } = object.metadata
  const before = known.get(uid)
  if (type === 'DELETED') known.delete(uid)
  else known.set(uid, object)
  return { do: 'write', t, write: { before, after: type === 'DELETED' ? undefined : object } }
}

/** Reads the lines of a recording. Throws for text that is none. */
export function readTape(text: string): Tape {
  const lines = text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line, index) => {
      try {
        return JSON.parse(line) as Line
      } catch {
        throw new Error(`line ${index + 1} is no JSON`)
      }
    })
  const head = lines[0] as unknown as { scenario?: string; cluster?: { nodes?: number }; manifests?: readonly string[] }
  if (typeof head?.scenario !== 'string' || !Array.isArray(head.manifests))
    throw new Error('line 1 is no header of a recording: scenario and manifests are missing')
  const known = new Map<string, Thing>()
  const all = lines.slice(1).flatMap((line) => entryOf(line, known) ?? [])
  const first = all.findIndex((entry) => entry.do !== 'write')
  const before = all.slice(0, Math.max(0, first))
  return {
    scenario: head.scenario,
    nodes: head.cluster?.nodes ?? 3,
    files: Object.fromEntries(head.manifests.map(fileOf)),
    given: before.flatMap((entry) => (entry.do === 'write' && entry.write.after ? [entry.write.after] : [])),
    entries: all.slice(Math.max(0, first)),
  }
}
