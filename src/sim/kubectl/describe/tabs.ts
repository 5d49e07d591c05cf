/**
 * Go's tabwriter as describe uses it: cells end at a tab, and a column is as wide as its cells in the lines that follow
 * one another. Models: text/tabwriter (tabwriter.go; Go 1.26) with padding 2.
 */

const PADDING = 2

class Aligner {
  private readonly lines: readonly (readonly string[])[]
  private readonly widths: number[] = []
  private out = ''

  constructor(lines: readonly (readonly string[])[]) {
    this.lines = lines
  }

  text(): string {
    this.format(0, this.lines.length)
    return this.out
  }

  private write(from: number, to: number): void {
    for (const cells of this.lines.slice(from, to)) {
      this.out += cells
        .map((cell, column) => (column < cells.length - 1 ? cell.padEnd(this.widths[column] ?? 0) : cell))
        .join('')
      this.out += '\n'
    }
  }

  /** Formats lines whose columns before this one have their widths. The last cell of a line is in no column. */
  private format(from: number, to: number): void {
    const column = this.widths.length
    const hasCell = (line: number) => column < (this.lines[line] as readonly string[]).length - 1
    let start = from
    for (let line = from; line < to; line++) {
      if (!hasCell(line)) continue
      this.write(start, line)
      let end = line
      let width = 0
      for (; end < to && hasCell(end); end++)
        width = Math.max(width, [...((this.lines[end] as readonly string[])[column] as string)].length + PADDING)
      this.widths.push(width)
      this.format(line, end)
      this.widths.pop()
      start = end
      line = end
    }
    this.write(start, to)
  }
}

/** Text with tabs, aligned. */
export function aligned(text: string): string {
  const lines = text.split('\n')
  const last = lines.pop() ?? ''
  return new Aligner(lines.map((line) => line.split('\t'))).text() + last
}

/** Lines with an indentation by level, two blanks each. */
export class DescribeWriter {
  private text = ''

  /** `line` is everything up to the line end; tabs part its cells. */
  line(level: number, line: string): this {
    this.text += `${'  '.repeat(level)}${line}\n`
    return this
  }

  /** With its tabs. */
  raw(): string {
    return this.text
  }

  aligned(): string {
    return aligned(this.text)
  }
}
