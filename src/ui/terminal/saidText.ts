/** What was said, as a terminal draws it: our colours by number, no other control sequence. */
import type { Said, TerminalNote } from '../../store/terminal/types.ts'
import type { Say } from '../text.ts'
import { columnsOf } from './columns.ts'

const QUIET = '\u001b[90m'
const PROMPT = '\u001b[34m'
const PLAIN = '\u001b[0m'

/** What stands before the line of an act that was not typed here. */
export const ACT_MARK = '▸ '

/** A line with the time at its right edge, if there is room for both. */
function timed(line: string, used: number, time: string, width: number): string {
  const room = width - used - time.length
  return room > 1 ? `${line}${' '.repeat(room)}${QUIET}${time}${PLAIN}` : line
}

const quiet = (text: string): string => text.replaceAll(/^.*$/gm, `${QUIET}$&${PLAIN}`)

export interface Drawing {
  readonly say: Say
  readonly time: (ms: number) => string
  /** Columns. */
  readonly width: number
}

function noteText(
  { say, time }: Drawing,
  note: TerminalNote,
  params: Readonly<Record<string, string | number>>,
): string {
  const shown = typeof params.at === 'number' ? { ...params, at: time(params.at) } : params
  return say(`terminal.note.${note}`, shown)
}

export function saidText(said: Said, drawing: Drawing): string {
  const { time, width } = drawing
  switch (said.kind) {
    case 'typed': {
      const used = columnsOf(said.prompt + said.text)
      return `${timed(`${PROMPT}${said.prompt}${PLAIN}${said.text}`, used, time(said.at), width)}\n`
    }
    case 'act': {
      const text = ACT_MARK + said.text
      return `${timed(quiet(text), columnsOf(text), time(said.at), width)}\n`
    }
    case 'note':
      return `${quiet(`— ${noteText(drawing, said.note, said.params)}`)}\n`
    case 'out':
    case 'err':
      return said.text
  }
}
