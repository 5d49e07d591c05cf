/**
 * Where in a manifest the cursor stands: the object, the path of the map around it, and the word that is being written. Read
 * from the indentation of the lines above, so that it answers in a text that is no YAML yet. Leaves out flow style
 * (`{a: b}`), texts in blocks, and tabs: there it knows nothing, or offers what does not hurt.
 */

export interface YamlContext {
  readonly apiVersion: string
  readonly kind: string
  /** The map in which the key stands, or in which the value's key stands. */
  readonly path: readonly (string | number)[]
  /** The key itself when the cursor is in its value. */
  readonly key?: string
  /** Where the word begins in the line, in characters from 0. */
  readonly from: number
}

const entry = /^(\s*(?:- +)*)(?:("?)([\w./-]+)\2\s*:(?:\s+(.*))?)?$/
const separator = /^---(\s|$)/

interface Line {
  /** The column of the key, behind the dashes. */
  readonly column: number
  /** The column of the first dash, when there is one. */
  readonly dash: number | undefined
  readonly key: string | undefined
}

function readLine(text: string): Line | undefined {
  const bare = text.replace(/\s+#.*$|^\s*#.*$/, '')
  if (bare.trim() === '') return undefined
  const found = entry.exec(bare.replace(/^(\s*(?:- +)*-)$/, '$1 '))
  const lead = found?.[1] ?? /^\s*(?:- +)*/.exec(bare)?.[0] ?? ''
  const dash = lead.indexOf('-')
  return { column: lead.length, dash: dash < 0 ? undefined : dash, key: found?.[3] }
}

/** The keys above a line that lead to a column, from the outside in. */
function pathTo(lines: readonly string[], from: number, to: number, column: number, dash: number | undefined) {
  const path: (string | number)[] = []
  let edge = column
  let inList = dash
  let index = 0
  for (let at = from - 1; at >= to; at--) {
    const line = readLine(lines[at] ?? '')
    if (!line) continue
    if (inList !== undefined) {
      // A list: its entries begin at the same dash; its key stands at that column or left of it.
      if (line.dash === inList) index++
      else if (line.key !== undefined && line.dash === undefined && line.column <= inList) {
        path.unshift(line.key, index)
        edge = line.column
        inList = undefined
        index = 0
      } else if (line.key !== undefined && line.dash !== undefined && line.column <= inList) {
        path.unshift(line.key, index)
        edge = line.column
        inList = line.dash
        index = 0
      }
    } else if (line.dash !== undefined && line.column === edge) {
      inList = line.dash
    } else if (line.key !== undefined && line.column < edge) {
      path.unshift(line.key)
      edge = line.column
      inList = line.dash
    }
  }
  return inList === undefined ? path : [index, ...path]
}

const topValue = (lines: readonly string[], name: string): string => {
  const found = lines.map((line) => new RegExp(`^${name}:\\s+["']?([\\w./-]+)`).exec(line)?.[1])
  return found.find((value) => value !== undefined) ?? ''
}

/** What the cursor stands in: line and column from 0. */
export function yamlContext(lines: readonly string[], line: number, column: number): YamlContext | undefined {
  const text = lines[line] ?? ''
  const before = text.slice(0, column)
  if (/(^|\s)#/.test(before) || before.includes('\t')) return undefined
  let first = line
  while (first > 0 && !separator.test(lines[first] ?? '')) first--
  let last = line + 1
  while (last < lines.length && !separator.test(lines[last] ?? '')) last++
  const document = lines.slice(first, last)
  const lead = /^\s*(?:- +)*/.exec(before)?.[0] ?? ''
  const dash = lead.indexOf('-')
  const path = pathTo(lines, line, first, lead.length, dash < 0 ? undefined : dash)
  const written = before.slice(lead.length)
  const inValue = /^("?)([\w./-]+)\1\s*:\s+/.exec(written)
  const about = { apiVersion: topValue(document, 'apiVersion'), kind: topValue(document, 'kind'), path }
  if (inValue) return { ...about, key: inValue[2] ?? '', from: lead.length + inValue[0].length }
  return /^[\w./-]*$/.test(written) ? { ...about, from: lead.length } : undefined
}
