/**
 * What a program reads: a text, what a person types, or what the program on the left of a pipe says, as it says it. Pulled:
 * the left side goes on when the right one asks for more. Leaves out: the buffers of real pipes, and both sides running at
 * the same time.
 */
import { linesOf } from './lines.ts'
import type { Ask, Steps, Told } from './session.ts'
import { closed, currentWorld } from './session.ts'

/** The next piece of a text, of any length; undefined at its end. */
type Source = () => Steps<string | undefined>

export class Input {
  private held = ''
  private readonly source: Source

  constructor(source: Source) {
    this.source = source
  }

  /** The next line without its end; undefined when there is none. */
  *line(): Steps<string | undefined> {
    for (;;) {
      const end = this.held.indexOf('\n')
      if (end >= 0) return this.taken(end + 1).slice(0, -1)
      if (yield* this.more()) continue
      return this.held === '' ? undefined : this.taken(this.held.length)
    }
  }

  /** All lines that have come, one at least, without their ends; undefined when there are none any more. */
  *lines(): Steps<readonly string[] | undefined> {
    for (;;) {
      const end = this.held.lastIndexOf('\n')
      if (end >= 0) return linesOf(this.taken(end + 1))
      if (yield* this.more()) continue
      return this.held === '' ? undefined : [this.taken(this.held.length)]
    }
  }

  /** Whatever has come, one letter at least; undefined at the end. */
  *some(): Steps<string | undefined> {
    while (this.held === '') if (!(yield* this.more())) return undefined
    return this.taken(this.held.length)
  }

  /** All that there is, when there is no more. */
  *all(): Steps<string> {
    while (yield* this.more());
    return this.taken(this.held.length)
  }

  private *more(): Steps<boolean> {
    const text = yield* this.source()
    this.held += text ?? ''
    return text !== undefined
  }

  private taken(length: number): string {
    const text = this.held.slice(0, length)
    this.held = this.held.slice(length)
    return text
  }
}

export function textInput(text: string): Input {
  let rest: string | undefined = text
  return new Input(function* () {
    const given = rest
    rest = undefined
    yield* currentWorld()
    return given
  })
}

/** Lines of a person, until the end of input is typed. */
export const typedInput = (): Input =>
  new Input(function* (): Steps<string | undefined> {
    const { text } = yield { ask: 'line', prompt: '' }
    return text === undefined ? undefined : `${text}\n`
  })

/** Waiting for whatever happens, with no end in sight. */
const waitsForever = (ask: Ask): boolean =>
  (ask.ask === 'wait' && ask.until === undefined) || ask.ask === 'line' || ask.ask === 'edit'

/** The left side of a pipe. What it prints is read at the right; whatever else it asks is asked. */
export class Pipe {
  readonly input = new Input(() => this.printed(() => false))
  private readonly steps: Steps
  private begun = false
  private ended = false

  constructor(steps: Steps) {
    this.steps = steps
  }

  /**
   * The right side has ended: the left goes on to its next word, which nobody hears (SIGPIPE). A real one that waits for
   * something to happen would wait until then; here it ends at once, for a cluster at rest might never give it a word.
   */
  *broken(): Steps<void> {
    if (!this.ended) yield* this.printed(waitsForever)
    this.close()
  }

  close(): void {
    closed(this.steps)
    this.ended = true
  }

  /** What it prints next; undefined when it has ended, or asks for what `ends` it. */
  private *printed(ends: (ask: Ask) => boolean): Steps<string | undefined> {
    let told: Told = yield { ask: 'world' }
    while (!this.ended) {
      const step = this.begun ? this.steps.next(told) : this.steps.next()
      this.begun = true
      if (step.done) this.ended = true
      else if (step.value.ask === 'print' && step.value.to === 'stdout') return step.value.text
      else if (ends(step.value)) return undefined
      else if (step.value.ask === 'clear') told = yield { ask: 'world' }
      else told = yield step.value
    }
    return undefined
  }
}
