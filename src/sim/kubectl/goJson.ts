/**
 * JSON with the words that Go's decoder has for what is wrong with it.
 * Models: encoding/json (scanner.go; Go 1.26).
 */

export class GoJsonError extends Error {}

const MOST_DEPTH = 1000

class Scanner {
  private at = 0
  private readonly text: string

  constructor(text: string) {
    this.text = text
  }

  private unexpected(context: string): GoJsonError {
    const letter = this.text[this.at]
    if (letter === undefined) return new GoJsonError('unexpected end of JSON input')
    const shown = letter === "'" ? "'\\''" : letter === '"' ? "'\"'" : `'${letter === '\n' ? '\\n' : letter}'`
    return new GoJsonError(`invalid character ${shown} ${context}`)
  }

  private skip(): string | undefined {
    while (/[ \t\r\n]/.test(this.text[this.at] ?? '')) this.at++
    return this.text[this.at]
  }

  whole(): void {
    this.value(0)
    if (this.skip() !== undefined) throw this.unexpected('after top-level value')
  }

  private value(depth: number): void {
    if (depth > MOST_DEPTH) throw new GoJsonError('exceeded max depth')
    const letter = this.skip()
    if (letter === '{') this.object(depth)
    else if (letter === '[') this.array(depth)
    else if (letter === '"') this.string()
    else if (letter !== undefined && /[-\d]/.test(letter)) this.number()
    else this.word(letter)
  }

  private object(depth: number): void {
    this.at++
    if (this.skip() === '}') {
      this.at++
      return
    }
    for (;;) {
      if (this.skip() !== '"') throw this.unexpected('looking for beginning of object key string')
      this.string()
      if (this.skip() !== ':') throw this.unexpected('after object key')
      this.at++
      this.value(depth + 1)
      const next = this.skip()
      if (next !== ',' && next !== '}') throw this.unexpected('after object key:value pair')
      this.at++
      if (next === '}') return
    }
  }

  private array(depth: number): void {
    this.at++
    if (this.skip() === ']') {
      this.at++
      return
    }
    for (;;) {
      this.value(depth + 1)
      const next = this.skip()
      if (next !== ',' && next !== ']') throw this.unexpected('after array element')
      this.at++
      if (next === ']') return
    }
  }

  private string(): void {
    this.at++
    for (;;) {
      const letter = this.text[this.at]
      if (letter === undefined) throw this.unexpected('')
      if (letter < ' ') throw this.unexpected('in string literal')
      if (letter === '\\') {
        this.at++
        if (!/["\\/bfnrtu]/.test(this.text[this.at] ?? '"')) throw this.unexpected('in string escape code')
      }
      this.at++
      if (letter === '"') return
    }
  }

  private number(): void {
    const found = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?/.exec(this.text.slice(this.at, this.at + 400))?.[0]
    if (found === undefined) {
      this.at++
      throw this.unexpected('in numeric literal')
    }
    this.at += found.length
  }

  private word(letter: string | undefined): void {
    const word = letter === 't' ? 'true' : letter === 'f' ? 'false' : letter === 'n' ? 'null' : undefined
    if (word === undefined) throw this.unexpected('looking for beginning of value')
    for (const wanted of word) {
      if (this.text[this.at] !== wanted) throw this.unexpected(`in literal ${word} (expecting '${wanted}')`)
      this.at++
    }
  }
}

/** @throws GoJsonError */
export function parseGoJson(text: string): unknown {
  new Scanner(text).whole()
  return JSON.parse(text)
}
