/**
 * Messages in the part of ICU's syntax that the texts use: `{slot}`, `{slot, plural, =0 {…} one {…} other {…}}` with `#`
 * for the number, and the marks `<b>` and `<k>`. Leaves out select, dates, and quoting by apostrophes: an apostrophe is one.
 * A message that is not in this syntax throws when it is first read, and a test reads them all.
 */

export type Mark = 'b' | 'k'

export type Part =
  | string
  | { readonly slot: string }
  | { readonly number: true }
  | { readonly plural: string; readonly branches: Readonly<Record<string, readonly Part[]>> }
  | { readonly mark: Mark; readonly parts: readonly Part[] }

const token = /\{|\}|#|<\/?[bk]>/g

class Reader {
  private at = 0
  private readonly text: string

  constructor(text: string) {
    this.text = text
  }

  /** Parts up to `end`, which is taken too: a closing brace, a closing mark, or the end of the text. */
  parts(end: string | undefined, inPlural: boolean): readonly Part[] {
    const parts: Part[] = []
    for (;;) {
      token.lastIndex = this.at
      const found = token.exec(this.text)
      const stop = found?.index ?? this.text.length
      if (stop > this.at) parts.push(this.text.slice(this.at, stop))
      this.at = stop + (found?.[0].length ?? 0)
      if (found?.[0] === end) return parts
      if (!found) throw this.fault(`“${end}” is missing`)
      parts.push(this.part(found[0], inPlural))
    }
  }

  private part(found: string, inPlural: boolean): Part {
    if (found === '{') return this.argument()
    if (found === '#') return inPlural ? { number: true } : found
    if (found === '<b>' || found === '<k>') {
      const mark = found.charAt(1) as Mark
      return { mark, parts: this.parts(`</${mark}>`, inPlural) }
    }
    throw this.fault(`“${found}” closes nothing`)
  }

  private argument(): Part {
    const slot = this.take(/\s*(\w+)\s*/y)
    if (this.text[this.at] === '}') {
      this.at++
      return { slot }
    }
    this.take(/,\s*(plural)\s*,\s*/y)
    const branches: Record<string, readonly Part[]> = {}
    while (this.text[this.at] !== '}') {
      const name = this.take(/(=\d+|\w+)\s*\{/y)
      branches[name] = this.parts('}', true)
      this.take(/(\s*)/y)
    }
    this.at++
    if (!branches.other) throw this.fault('a plural needs the branch “other”')
    return { plural: slot, branches }
  }

  private take(pattern: RegExp): string {
    pattern.lastIndex = this.at
    const found = pattern.exec(this.text)
    if (!found) throw this.fault('a slot is not closed or not known')
    this.at = pattern.lastIndex
    return found[1] as string
  }

  private fault(what: string): Error {
    return new Error(`bad message at ${this.at}, ${what}: ${this.text}`)
  }
}

export const readMessage = (text: string): readonly Part[] => new Reader(text).parts(undefined, false)

/** Plural rules and figures of one language. */
export class Grammar {
  private readonly rules: Intl.PluralRules
  private readonly figures: Intl.NumberFormat

  constructor(locale: string) {
    this.rules = new Intl.PluralRules(locale)
    this.figures = new Intl.NumberFormat(locale)
  }

  /**
   * The message with its slots filled, as pieces in order: texts, values as they were given, and what `marked` makes of
   * a marked part. An unfilled slot shows its name.
   */
  fill<T, M>(
    parts: readonly Part[],
    values: Readonly<Record<string, T>>,
    marked: (mark: Mark, inner: readonly (string | T | M)[]) => M | readonly (string | T | M)[],
    number = 0,
  ): readonly (string | T | M)[] {
    return parts.flatMap((part): readonly (string | T | M)[] => {
      if (typeof part === 'string') return [part]
      if ('slot' in part) return [part.slot in values ? (values[part.slot] as T) : `{${part.slot}}`]
      if ('number' in part) return [this.figures.format(number)]
      if ('mark' in part) {
        const made = marked(part.mark, this.fill(part.parts, values, marked, number))
        return Array.isArray(made) ? made : [made as M]
      }
      const count = Number(values[part.plural])
      return this.fill(this.branchOf(part.branches, count), values, marked, count)
    })
  }

  private branchOf(branches: Readonly<Record<string, readonly Part[]>>, count: number): readonly Part[] {
    return branches[`=${count}`] ?? branches[this.rules.select(count)] ?? branches.other ?? []
  }
}

/** The names of all slots of a message. */
export function slotsOf(parts: readonly Part[]): readonly string[] {
  return parts.flatMap((part) => {
    if (typeof part === 'string' || 'number' in part) return []
    if ('slot' in part) return [part.slot]
    if ('mark' in part) return slotsOf(part.parts)
    return [part.plural, ...Object.values(part.branches).flatMap(slotsOf)]
  })
}
