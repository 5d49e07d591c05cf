/** Makes the names of objects in a terminal's rows lead to them. */
import type { ILink, Terminal } from '@xterm/xterm'
import type { ObjectKey, World } from '../../sim/index.ts'
import { columnsOf } from './columns.ts'
import { namesIn } from './names.ts'

interface Doors {
  readonly world: () => World
  readonly select: (key: ObjectKey) => void
}

function linksIn(xterm: Terminal, row: number, { world, select }: Doors): ILink[] | undefined {
  const text = xterm.buffer.active.getLine(row - 1)?.translateToString(true)
  if (text === undefined || text === '') return undefined
  return namesIn(text, world()).map(({ key, from, to }) => ({
    text: text.slice(from, to),
    range: {
      start: { x: columnsOf(text.slice(0, from)) + 1, y: row },
      end: { x: columnsOf(text.slice(0, to)), y: row },
    },
    activate: () => select(key),
  }))
}

export function linkNames(xterm: Terminal, doors: Doors): void {
  xterm.registerLinkProvider({ provideLinks: (row, tell) => tell(linksIn(xterm, row, doors)) })
}
