/**
 * Tables as kubectl aligns them: columns padded to the widest cell with three blanks, at least six wide, the last one as
 * it comes. A watch remembers the widths of what it has printed.
 * Models: staging/src/k8s.io/cli-runtime/pkg/printers/{tabwriter,tableprinter}.go, v1.36.
 */

const LEAST_WIDTH = 6
const PADDING = 3

/** A cell ends at its first line break. */
const cellText = (cell: string): string => {
  const end = cell.search(/[\n\r]/)
  return end < 0 ? cell : `${cell.slice(0, end)}...`
}

/** Letters as a terminal counts them. */
const widthOf = (text: string): number => [...text].length

export interface TableStyle {
  readonly least: number
  readonly padding: number
}

export const KUBECTL: TableStyle = { least: LEAST_WIDTH, padding: PADDING }
/** Describe's tables and `rollout history`. */
export const NARROW: TableStyle = { least: 0, padding: 2 }

/** Aligns rows one batch after another; columns only grow. */
export class TableWriter {
  private widths: number[] = []
  private readonly style: TableStyle

  constructor(style: TableStyle = KUBECTL) {
    this.style = style
  }

  /** The rows as lines, each with its end. */
  write(rows: readonly (readonly string[])[]): string {
    const cells = rows.map((row) => row.map(cellText))
    for (const row of cells)
      for (const [index, cell] of row.entries())
        if (index < row.length - 1)
          this.widths[index] = Math.max(this.widths[index] ?? this.style.least, widthOf(cell) + this.style.padding)
    return cells.map((row) => `${this.line(row)}\n`).join('')
  }

  private line(row: readonly string[]): string {
    return row
      .map((cell, index) =>
        index === row.length - 1 ? cell : cell + ' '.repeat(Math.max(0, (this.widths[index] ?? 0) - widthOf(cell))),
      )
      .join('')
  }
}

export const tableText = (rows: readonly (readonly string[])[], style: TableStyle = KUBECTL): string =>
  new TableWriter(style).write(rows)
