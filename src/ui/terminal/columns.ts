/**
 * How many columns a text takes in a terminal, and where its end comes to stand. Models the widths of xterm.js (Unicode 6),
 * for the line that is being typed must be redrawn where it is.
 */

const WIDE =
  /[\u1100-\u115f\u2329\u232a\u2e80-\u303e\u3040-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]/u
const NONE = /[\p{Mn}\p{Me}\p{Cf}]/u

const widthOf = (sign: string): number => (sign < '\u0300' ? 1 : NONE.test(sign) ? 0 : WIDE.test(sign) ? 2 : 1)

export function columnsOf(text: string): number {
  let columns = 0
  for (const sign of text) columns += widthOf(sign)
  return columns
}

export interface Place {
  readonly row: number
  readonly column: number
}

/** Where the cursor stands behind a text that begins in the first column. Behind a full row it stands in the next one. */
export function placeBehind(text: string, width: number): Place {
  let row = 0
  let column = 0
  for (const sign of text) {
    const size = sign === '\n' ? 0 : widthOf(sign)
    if (sign === '\n' || column + size > width) {
      row++
      column = 0
    }
    column += size
    if (column === width) {
      row++
      column = 0
    }
  }
  return { row, column }
}

/** What moves the cursor from one place of the line to another. */
export function movedBy(from: Place, to: Place): string {
  const rows = to.row - from.row
  const across = to.column > 0 ? `\u001b[${to.column}C` : ''
  return `${rows < 0 ? `\u001b[${-rows}A` : rows > 0 ? `\u001b[${rows}B` : ''}\r${across}`
}
