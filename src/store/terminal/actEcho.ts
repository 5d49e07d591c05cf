/**
 * Compares where the run stands with where it stood when it was looked at last, and says the acts that were passed on the
 * way: each once, however often time goes back and forth over it.
 */
import type { SimTime } from '../../sim/index.ts'
import type { Holder } from '../holder.ts'
import type { Run } from '../run.ts'
import type { GivenAct } from '../types.ts'
import type { TerminalNote } from './types.ts'
import { visible } from './visible.ts'

interface Saying {
  act(at: SimTime, line: string): void
  note(note: TerminalNote): void
}

/** How time has moved: on, back, or into another run. */
export type Seen = 'forward' | 'back' | 'newRun'

export class ActEcho {
  /** Time went back, and nothing was said since. */
  owesBack = false
  private readonly holder: Holder
  private readonly saying: Saying
  private readonly heard = new WeakSet<GivenAct>()
  private run: Run | undefined
  private cursor = 0
  private now: SimTime = 0

  constructor(holder: Holder, saying: Saying) {
    this.holder = holder
    this.saying = saying
  }

  get hasMoved(): boolean {
    const { run } = this.holder.session
    return run !== this.run || run.cursor !== this.cursor || run.now !== this.now
  }

  look(): Seen {
    const { run } = this.holder.session
    const first = this.run === undefined
    const seen = run !== this.run ? 'newRun' : this.wentBack(run) ? 'back' : 'forward'
    const from = seen === 'newRun' ? 0 : this.cursor
    this.run = run
    if (seen === 'back') this.owesBack = true
    if (seen === 'newRun') {
      this.owesBack = false
      if (!first) this.saying.note('newRun')
      for (const command of run.opening.commands) this.saying.act(0, this.holder.state.verbs.lineOf(command))
    }
    for (let index = from + 1; index <= run.cursor; index++) this.hear(run, index)
    this.stand(run)
    return seen
  }

  /** The act that was just done is one that the terminal has said itself. */
  known(): void {
    const { run } = this.holder.session
    const { given } = run.history.entry(run.cursor)
    if (given) this.heard.add(given)
    this.stand(run)
  }

  private wentBack({ cursor, now }: Run): boolean {
    return cursor < this.cursor || now < this.now
  }

  private stand({ cursor, now }: Run): void {
    this.cursor = cursor
    this.now = now
  }

  private hear({ history }: Run, index: number): void {
    const { given, at } = history.entry(index)
    if (!given || this.heard.has(given)) return
    this.heard.add(given)
    this.saying.act(at, visible(given.line))
  }
}
