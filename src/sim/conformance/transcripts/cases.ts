/** A captured kubectl session as it lies in a file of transcripts. */

export type Match = 'exact' | 'table' | 'words' | 'rollout-lines' | 'any-order-lines' | 'tty' | 'auto'

export interface TranscriptCase {
  readonly id: string
  readonly group: string
  /** The cluster before the command, by name; `described`: only `setup` says, in words. */
  readonly state: string
  readonly setup: string
  /** A shell line. */
  readonly cmd: string
  /** What is typed afterwards. */
  readonly input?: readonly string[]
  /** It was ended with Ctrl-C. */
  readonly interrupted?: boolean
  readonly stdout: string
  readonly stderr: string
  readonly exit: number
  readonly match: Match
}

/** What came of it here. */
export interface Played {
  readonly stdout: string
  readonly stderr: string
  /** Both as a terminal shows them, with what was typed. */
  readonly terminal: string
  readonly exit: number
}

/** @throws Error when it is no list of cases */
export function readCases(text: string): readonly TranscriptCase[] {
  const value: unknown = JSON.parse(text)
  const list = Array.isArray(value) ? value : (value as { cases?: unknown } | null)?.cases
  if (!Array.isArray(list)) throw new Error('a list of transcripts is needed')
  return list.map((entry, index) => {
    const { cmd, stdout, id = String(index + 1), match = 'auto' } = entry as Partial<TranscriptCase>
    if (typeof cmd !== 'string' || typeof stdout !== 'string')
      throw new Error(`transcript ${id}: cmd and stdout are needed`)
    const usual = { group: '', state: 'fresh', setup: '', stderr: '', exit: 0 }
    return { ...usual, ...(entry as TranscriptCase), id, match }
  })
}
