/** The short options of small Unix tools: `-n5`, `-n 5`, `-vE`, until `--`. */

export interface Options {
  /** Letter → its value, or '' when it takes none. */
  readonly flags: ReadonlyMap<string, string>
  /** Every value of an option that may be repeated. */
  readonly all: readonly (readonly [string, string])[]
  readonly rest: readonly string[]
}

/** `withValue` names the letters that take one. A letter that is in neither list is told back. */
export function readOptions(
  args: readonly string[],
  letters: string,
  withValue: string,
): Options | { readonly unknown: string } {
  const all: [string, string][] = []
  const rest: string[] = []
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] as string
    if (arg === '--') {
      rest.push(...args.slice(at + 1))
      break
    }
    if (!/^-[^-]/.test(arg)) {
      rest.push(arg)
      continue
    }
    for (let index = 1; index < arg.length; index++) {
      const letter = arg[index] as string
      if (withValue.includes(letter)) {
        all.push([letter, arg.slice(index + 1) || (args[++at] ?? '')])
        break
      }
      if (!letters.includes(letter)) return { unknown: letter }
      all.push([letter, ''])
    }
  }
  return { flags: new Map(all), all, rest }
}
