/** All cases of some files, played and compared: `npm run transcripts` and the tests use it. */
import type { TranscriptCase } from './cases.ts'
import { readCases } from './cases.ts'
import type { Disagreement } from './compare.ts'
import { disagreement } from './compare.ts'
import { playCase } from './play.ts'

export interface Verdict {
  readonly given: TranscriptCase
  /** What differs, or what went wrong while it was played; undefined when it agrees. */
  readonly difference?: Disagreement | string
  readonly stdout?: string
  readonly stderr?: string
}

function judged(given: TranscriptCase, fixtures: Readonly<Record<string, string>>): Verdict {
  try {
    const played = playCase(given, fixtures)
    const difference = disagreement(given, played)
    return {
      given,
      ...(difference && {
        difference,
        stdout: given.match === 'tty' ? played.terminal : played.stdout,
        stderr: played.stderr,
      }),
    }
  } catch (error) {
    return { given, difference: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}

/** @throws Error when the text is no list of cases */
export const judgeCases = (text: string, fixtures: Readonly<Record<string, string>>): readonly Verdict[] =>
  readCases(text).map((given) => judged(given, fixtures))

const indented = (text: string): string =>
  text
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n')

/** Why it differs, in one line: cases of one cause stand together. */
function causeOf({ difference }: Verdict): string {
  if (difference === undefined) return ''
  if (typeof difference === 'string') return `it fails: ${difference.split('\n')[0]}`
  const { where, wanted, found } = difference
  if (wanted === undefined) return `${where} has more than the captured one`
  if (found === undefined) return `${where} ends too early`
  return `${where} differs`
}

function reportOf(verdict: Verdict): string {
  const { given, difference, stdout = '', stderr = '' } = verdict
  if (difference === undefined) return ''
  const head = `${given.id} (${given.group}) ${given.setup}\n  $ ${given.cmd}`
  if (typeof difference === 'string') return `${head}\n${indented(difference)}`
  const { where, wanted, found } = difference
  const first = `  ${where}: wanted ${JSON.stringify(wanted ?? null)}\n  ${' '.repeat(where.length)}   found ${JSON.stringify(found ?? null)}`
  const shown = `${stdout === '' ? '' : `\n${indented(stdout)}`}${stderr === '' ? '' : `\n  stderr:\n${indented(stderr)}`}`
  return `${head}\n${first}${shown}`
}

/** Everything that differs, cases of one cause together; empty when all agree. */
export function reportOn(verdicts: readonly Verdict[]): string {
  const differing = verdicts.filter(({ difference }) => difference !== undefined)
  return [...new Set(differing.map(causeOf))]
    .map((cause) => {
      const members = differing.filter((verdict) => causeOf(verdict) === cause)
      return `== ${cause}: ${members.length}\n\n${members.map(reportOf).join('\n\n')}\n`
    })
    .join('\n')
}
