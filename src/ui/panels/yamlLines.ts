/** The lines of an object's YAML as the inspector shows them: numbered, those without news folded away, cut into parts. */
import type { DiffLine } from '../../sim/index.ts'

export interface YamlLine extends DiffLine {
  /** In the version shown, from 1; absent on a removed line. */
  readonly number?: number
}

export interface Fold {
  readonly mark: 'fold'
  readonly count: number
  readonly id: string
}

export function numbered(lines: readonly DiffLine[]): readonly YamlLine[] {
  let number = 0
  return lines.map((line) => (line.mark === 'removed' ? line : { ...line, number: ++number }))
}

/** Unchanged lines shown around a change. */
const AROUND = 2

/** What changed with a little around it; the rest is folded away. */
export function folded(lines: readonly YamlLine[]): readonly (YamlLine | Fold)[] {
  const near = lines.map((_, index) =>
    lines.slice(Math.max(0, index - AROUND), index + AROUND + 1).some(({ mark }) => mark !== 'same'),
  )
  const shown: (YamlLine | Fold)[] = []
  let away = 0
  const fold = (index: number) => {
    if (away > 0) shown.push({ mark: 'fold', count: away, id: `fold${index}` })
    away = 0
  }
  lines.forEach((line, index) => {
    if (!near[index]) away++
    else {
      fold(index)
      shown.push(line)
    }
  })
  fold(lines.length)
  return shown
}

/** A line in its parts: indentation and dashes, key with its colon, value. */
export function partsOf(text: string): readonly [indent: string, key: string, value: string] {
  const parts = /^(\s*(?:- )*)((?:"[^"]*"|[^\s:#"'][^:#]*?):(?=\s|$))?(.*)$/.exec(text)
  return [parts?.[1] ?? '', parts?.[2] ?? '', parts?.[3] ?? text]
}
