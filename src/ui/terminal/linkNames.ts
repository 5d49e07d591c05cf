/** Makes the names of objects in a terminal's rows lead to them, by mouse and by keyboard. */
import type { Terminal } from '@xterm/xterm'
import type { ObjectKey, World } from '../../sim/index.ts'
import { columnsOf } from './columns.ts'
import type { ShownLink, WalkTold } from './linkWalk.ts'
import { LinkWalk } from './linkWalk.ts'
import { namesIn } from './names.ts'

interface Doors {
  readonly world: () => World
  readonly select: (key: ObjectKey) => void
  readonly tellLink: (told: WalkTold | undefined) => void
}

/** The links in a row of the buffer, counted from 0. */
function linksIn(xterm: Terminal, row: number, world: World): readonly ShownLink[] {
  const text = xterm.buffer.active.getLine(row)?.translateToString(true) ?? ''
  if (text === '') return []
  return namesIn(text, world).map(({ key, from, to }) => {
    const column = columnsOf(text.slice(0, from))
    return { key, name: text.slice(from, to), row, column, width: columnsOf(text.slice(0, to)) - column }
  })
}

/** Links for the mouse; what is returned walks through them by keyboard. */
export function linkNames(xterm: Terminal, doors: () => Doors): LinkWalk {
  xterm.registerLinkProvider({
    provideLinks: (line, give) =>
      give(
        linksIn(xterm, line - 1, doors().world()).map(({ key, name, column, width }) => ({
          text: name,
          range: { start: { x: column + 1, y: line }, end: { x: column + width, y: line } },
          activate: () => doors().select(key),
        })),
      ),
  })
  return new LinkWalk({
    links: () => {
      const world = doors().world()
      const { viewportY } = xterm.buffer.active
      return Array.from({ length: xterm.rows }, (_, row) => linksIn(xterm, viewportY + row, world)).flat()
    },
    mark: (link) => (link ? xterm.select(link.column, link.row, link.width) : xterm.clearSelection()),
    tell: (told) => doors().tellLink(told),
    select: (key) => doors().select(key),
  })
}
