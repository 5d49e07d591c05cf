/**
 * The terminal's file system: the example manifests, and over them what a person saved. Saved files and typed lines are
 * kept as long as the tab of the browser lives (its session storage); a browser that keeps nothing is no obstacle.
 */
import * as v from 'valibot'
import { exampleFiles } from '../../content/manifests/index.ts'
import type { Files } from '../../sim/kubectl/index.ts'
import { memoryFiles } from '../../sim/kubectl/index.ts'
import type { Environment } from '../environment.ts'

/** Where the shell stands at first, and where the examples lie. */
export const HOME = '/home/ordinal'

const schema = v.object({
  files: v.record(v.string(), v.string()),
  removed: v.array(v.string()),
  history: v.array(v.string()),
})

export type Kept = v.InferOutput<typeof schema>

const NOTHING: Kept = { files: {}, removed: [], history: [] }

const examples: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(exampleFiles).map(([name, text]) => [`${HOME}/${name}`, text]),
)

/** What this tab has kept. */
export function readKept({ tab }: Environment): Kept {
  try {
    const read = v.safeParse(schema, JSON.parse(tab.read() ?? 'null'))
    return read.success ? read.output : NOTHING
  } catch {
    return NOTHING
  }
}

export function writeKept({ tab }: Environment, kept: Kept): void {
  try {
    tab.write(JSON.stringify(kept))
  } catch {
    // They hold until the page is left.
  }
}

/** The examples with what was kept. */
export function filesOf({ files, removed }: Kept): Files {
  const all = memoryFiles({ ...examples, ...files })
  for (const path of removed) all.remove(path)
  return all
}

/** What differs from the examples. */
export function changesIn(files: Files): Pick<Kept, 'files' | 'removed'> {
  const changed = files.paths().flatMap((path) => {
    const text = files.read(path)
    return text === undefined || text === examples[path] ? [] : [[path, text] as const]
  })
  return {
    files: Object.fromEntries(changed),
    removed: Object.keys(examples).filter((path) => files.read(path) === undefined),
  }
}
