/**
 * The terminal of the page: lines are typed, run against the moment that is shown, and wait in virtual time. Acts given
 * elsewhere appear in it as their lines. It knows no screen: what is said is data, and the view draws it.
 */
import type { SimTime } from '../../sim/index.ts'
import type { Shell } from '../../sim/kubectl/index.ts'
import { runShell } from '../../sim/kubectl/index.ts'
import type { Holder } from '../holder.ts'
import type { Waiter } from '../session.ts'
import { ActEcho } from './actEcho.ts'
import { LineReader } from './lineReader.ts'
import type { LineHost } from './lineRun.ts'
import { INTERRUPTED, LineRun, shownState } from './lineRun.ts'
import type { LineAnswer } from './scriptLine.ts'
import { runForScript } from './scriptLine.ts'
import { Scrollback } from './scrollback.ts'
import type { Said, Terminal, TerminalCompletion, TerminalEvent, TerminalNote, TerminalState } from './types.ts'
import { MOST_TYPED } from './types.ts'
import { visible } from './visible.ts'
import { Workshop } from './workshop.ts'

const PROMPT = '$ '
const MORE_PROMPT = '> '
/** Real milliseconds in which a line may run before the page breathes. */
const SLICE_MS = 20
/** So much may one line say, in characters. */
const MOST_SAID = 2 * 1024 * 1024

export class PageTerminal implements Terminal, Waiter {
  readonly workshop: Workshop
  readonly history: readonly string[]
  private readonly holder: Holder
  private readonly said = new Scrollback()
  private readonly echo: ActEcho
  private shell: Shell
  private line: LineRun | undefined
  private lineSaid = 0
  private toldPaused = false
  private readonly reader = new LineReader()
  private ahead: string[] = []
  private draining = false
  private shownState: TerminalState = { is: 'ready', prompt: PROMPT }

  constructor(holder: Holder) {
    this.holder = holder
    this.workshop = new Workshop(holder)
    this.history = this.workshop.history
    this.shell = this.workshop.shell()
    this.echo = new ActEcho(holder, {
      act: (at, text) => this.say({ kind: 'act', at, text }),
      note: (note) => this.note(note),
    })
    this.note('welcome')
    this.echo.look()
    holder.session.waiter = this
    holder.listen((event) => {
      if (event === 'change') this.looked()
    })
  }

  get state(): TerminalState {
    return this.shownState
  }

  get scrollback(): readonly Said[] {
    return this.said.all
  }

  listen(listener: (event: TerminalEvent) => void): () => void {
    return this.said.listen(listener)
  }

  enter(lines: readonly string[]): void {
    const length = lines.reduce((sum, line) => sum + line.length + 1, 0)
    if (length > MOST_TYPED) {
      this.refusePaste(length)
      return
    }
    this.ahead.push(...lines)
    this.drain()
  }

  interrupt(text: string): void {
    this.ahead = []
    const { state } = this
    if (state.is !== 'ready' && state.is !== 'reading') this.say({ kind: 'out', at: this.now, text: '^C\n' })
    else this.say({ kind: 'typed', at: this.now, prompt: state.prompt, text: `${text}^C` })
    this.reader.begun = ''
    this.line?.interrupt()
    this.shell.status = INTERRUPTED
    if (this.line) this.go()
    else this.settle()
  }

  endOfInput(): void {
    if (this.shownState.is !== 'reading') return
    this.say({ kind: 'typed', at: this.now, prompt: this.shownState.prompt, text: '' })
    this.reply(undefined)
  }

  edited(text: string): void {
    if (this.shownState.is === 'editing') this.reply(text)
  }

  clear(): void {
    this.said.clear()
  }

  refusePaste(length: number): void {
    this.note('tooLong', { length, limit: MOST_TYPED })
  }

  complete(text: string): TerminalCompletion {
    return this.workshop.complete(this.reader.begun + text, this.shell)
  }

  /** A line of a script, with the terminal's files and context; it moves virtual time on and is not said here. */
  answer(line: string, input?: string): LineAnswer {
    return runForScript(this.holder, this.workshop, line, input)
  }

  // — What virtual time asks of it —

  alarm(): SimTime | undefined {
    return this.line?.state.is === 'waiting' ? this.line.state.until : undefined
  }

  passed(): void {
    const is = this.observe() ? this.line?.state.is : undefined
    if (is === 'waiting' || is === 'going') this.wake()
  }

  /** Something of what is shown has changed: another moment, another run, or only whether time runs. */
  private looked(): void {
    const moved = this.echo.hasMoved
    if (moved && !this.observe()) return
    if (moved && this.line?.state.is === 'waiting') this.wake()
    else this.tellPaused()
  }

  /** Says what has happened since it looked last; false when that ended the running line. */
  private observe(): boolean {
    const running = this.line !== undefined
    const seen = this.echo.look()
    if (!running || seen === 'forward') return true
    if (seen === 'back') this.note('wentBack')
    this.ahead = []
    this.line?.end()
    this.shell.status = INTERRUPTED
    this.settle()
    return false
  }

  private wake(): void {
    this.line?.wake()
    // Time may go on at once: the line does first what it has to do at this moment.
    this.run(Number.POSITIVE_INFINITY)
  }

  private drain(): void {
    if (this.draining) return
    this.draining = true
    while (this.ahead.length > 0 && (this.shownState.is === 'ready' || this.shownState.is === 'reading'))
      this.one(this.ahead.shift() as string)
    this.draining = false
  }

  private one(text: string): void {
    const { state } = this
    const { prompt } = state as { readonly prompt: string }
    this.say({ kind: 'typed', at: this.now, prompt, text: visible(text) })
    if (state.is === 'reading') this.reply(text)
    else this.begin(text)
  }

  private reply(text: string | undefined): void {
    this.line?.answered(text)
    this.go()
  }

  private begin(text: string): void {
    const read = this.reader.read(text, this.history)
    if (read.is === 'missing') {
      this.print('stderr', `bash: ${read.event}: event not found\n`)
      return
    }
    if (read.called !== undefined) this.print('stdout', `${read.called}\n`)
    if (read.is === 'begun') {
      this.show()
      return
    }
    this.workshop.remember(read.text.replace(/\n$/, ''))
    this.lineSaid = 0
    this.toldPaused = false
    this.line = new LineRun(runShell(this.shell, read.text), this.host())
    this.go()
  }

  private host(): LineHost {
    return {
      ...this.workshop.ground,
      act: (command) => {
        const refusal = this.workshop.act(command)
        if (!refusal) this.echo.known()
        return refusal
      },
      print: (to, text) => this.print(to, text),
      clear: () => this.clear(),
    }
  }

  private print(to: 'stdout' | 'stderr', text: string): void {
    this.lineSaid += text.length
    this.say({ kind: to === 'stdout' ? 'out' : 'err', at: this.now, text: visible(text) })
  }

  /** Goes on with the running line, and shows what came of it. */
  private go(): void {
    const { length } = this.holder.session.run.history
    const before = this.holder.session.run.here
    this.run()
    const { run } = this.holder.session
    if (run.history.length !== length || run.here !== before) this.holder.publish()
  }

  /** Goes on as far as a slice goes; the rest follows when the page has breathed. */
  private run(sliceMs = SLICE_MS): void {
    const { line } = this
    if (!line) return
    const { environment } = this.holder.parts
    const end = environment.now() + sliceMs
    const finished = this.holder.session.guard(() => {
      line.go(() => this.lineSaid > MOST_SAID || environment.now() >= end)
      return true
    })
    if (!finished || this.lineSaid > MOST_SAID) {
      if (finished) this.note('tooMuch')
      line.end()
      this.shell.status = INTERRUPTED
    }
    if (line.state.is === 'going') environment.after(0, () => this.line === line && this.go())
    this.settle()
  }

  /** After anything that may have ended the line: keeps what is to be kept, and goes on with what was typed ahead. */
  private settle(): void {
    if (this.line?.state.is === 'done') {
      this.line = undefined
      this.workshop.keep()
      if (this.shell.exited !== undefined) {
        this.note('exited')
        this.shell = this.workshop.shell()
      }
    }
    this.show()
    this.tellPaused()
    this.drain()
  }

  /** A command that waits while time stands still says so, once for each time that it is left standing. */
  private tellPaused(): void {
    const { playback } = this.holder.session
    const still = this.holder.state.manualClock || !(playback.playing || playback.busy)
    if (this.line?.state.is !== 'waiting' || !still) this.toldPaused = false
    else if (!this.toldPaused) {
      this.toldPaused = true
      this.note('paused')
    }
  }

  /** Tells the page which text the running line wants edited, if any. */
  private open(): void {
    const draft = this.shownState.is === 'editing' ? this.shownState.draft : undefined
    if (draft === this.holder.state.editing) return
    this.holder.store.setState({ editing: draft })
    if (draft) this.note('editing', { name: draft.name })
  }

  private show(): void {
    this.shownState = shownState(this.line?.state, this.reader.begun === '' ? PROMPT : MORE_PROMPT)
    this.open()
    this.said.tell({ event: 'state' })
  }

  private get now(): SimTime {
    return this.holder.session.run.now
  }

  private note(note: TerminalNote, params: Readonly<Record<string, string | number>> = {}): void {
    this.say({ kind: 'note', at: this.now, note, params })
  }

  private say(said: Said): void {
    if (this.echo.owesBack && said.kind !== 'note') {
      this.echo.owesBack = false
      this.said.say({ kind: 'note', at: said.at, note: 'back', params: { at: said.at } })
    }
    this.said.say(said)
  }
}
