/**
 * The terminal on the screen: draws what was said and the line that is being typed, and hands on what is typed. The state
 * of the line is a value (typist.ts), what is run is the store's; here is only xterm.
 */
import { FitAddon } from '@xterm/addon-fit'
import { Terminal as Xterm } from '@xterm/xterm'
import type { ObjectKey, World } from '../../sim/index.ts'
import type { Said, Terminal } from '../../store/terminal/types.ts'
import { MOST_TYPED } from '../../store/terminal/types.ts'
import { typeable } from '../../store/terminal/visible.ts'
import type { Say } from '../text.ts'
import { withAdoptedStyles, withStyledSpans } from './adoptStyles.ts'
import { looksOf } from './colours.ts'
import type { Place } from './columns.ts'
import { movedBy, placeBehind } from './columns.ts'
import { completed, inColumns } from './completing.ts'
import { takeDictation, takePaste, takesKey } from './keyEvents.ts'
import type { Keystroke } from './keystrokes.ts'
import { keystrokesOf } from './keystrokes.ts'
import { linkNames } from './linkNames.ts'
import type { WalkTold } from './linkWalk.ts'
import { saidText } from './saidText.ts'
import type { Typing } from './typist.ts'
import { NOT_TYPING, pressed } from './typist.ts'

export interface ScreenDoors {
  readonly terminal: Terminal
  readonly say: Say
  readonly time: (ms: number) => string
  readonly world: () => World
  readonly select: (key: ObjectKey) => void
  /** At which name on the screen the keyboard is. */
  readonly tellLink: (told: WalkTold | undefined) => void
}

const SCROLLBACK_LINES = 5000

/** The line that stood in a terminal when its screen was closed. */
const halfTyped = new WeakMap<Terminal, Typing>()

export class TerminalScreen {
  private readonly host: HTMLElement
  private doors: ScreenDoors
  private readonly xterm: Xterm
  private readonly fit = new FitAddon()
  private readonly endings: (() => void)[] = []
  private typing: Typing = NOT_TYPING
  /** The line as it is drawn, and where its cursor stands; undefined while none is. */
  private drawn: { readonly whole: string; readonly cursor: Place } | undefined
  /** What was said last does not end with a line end. */
  private midLine = false
  private redraws = false

  constructor(host: HTMLElement, doors: ScreenDoors) {
    this.host = host
    this.doors = doors
    this.xterm = new Xterm({
      ...looksOf(host),
      allowProposedApi: false,
      convertEol: true,
      cursorBlink: false,
      scrollback: SCROLLBACK_LINES,
      screenReaderMode: true,
    })
    this.xterm.loadAddon(this.fit)
    this.endings.push(withAdoptedStyles(() => this.xterm.open(host)))
    this.endings.push(withStyledSpans())
    this.typing = halfTyped.get(doors.terminal) ?? NOT_TYPING
    this.labels()
    this.listen()
    this.resize()
    for (const said of doors.terminal.scrollback) this.write(said)
    this.redraw()
  }

  focus(): void {
    this.xterm.focus()
  }

  /** The same in another language. */
  use(doors: ScreenDoors): void {
    this.doors = doors
    this.labels()
    this.drawAgain()
  }

  /** The page's theme has changed. */
  recolour(): void {
    Object.assign(this.xterm.options, looksOf(this.host))
    this.resize()
  }

  resize(): void {
    const before = this.xterm.cols
    const size = this.fit.proposeDimensions()
    // One column is left free: where a browser rounds the widths of Chinese letters, a full row runs over a little.
    if (size && Number.isFinite(size.cols)) this.xterm.resize(Math.max(20, size.cols - 1), Math.max(1, size.rows))
    if (this.xterm.cols === before || !this.drawn) return
    this.drawn = { whole: '', cursor: this.cursorPlace() }
    this.redraw()
  }

  /** A key of the bar that stands in for what a phone's keyboard lacks. */
  press(data: string): void {
    this.take(data)
    this.focus()
  }

  dispose(): void {
    for (const end of this.endings) end()
    halfTyped.set(this.doors.terminal, this.typing)
    this.xterm.dispose()
  }

  private labels(): void {
    const { textarea } = this.xterm
    textarea?.setAttribute('aria-label', this.doors.say('terminal.input'))
    textarea?.setAttribute('aria-keyshortcuts', '/')
  }

  private listen(): void {
    const { xterm } = this
    this.endings.push(
      this.doors.terminal.listen((event) => {
        if (event.event === 'cleared') this.wipe()
        if (event.event === 'said') this.write(event.said)
        this.redrawSoon()
      }),
    )
    xterm.onData((data) => this.take(data))
    const walk = linkNames(xterm, () => this.doors)
    xterm.attachCustomKeyEventHandler((event) =>
      takesKey(event, {
        hasSelection: () => xterm.hasSelection(),
        walks: (pressed) => walk.takes(pressed),
        escape: () => this.endSearch(),
        leave: () => xterm.blur(),
      }),
    )
    if (xterm.textarea) takeDictation(xterm.textarea, (text) => this.take(text))
    const observer = new ResizeObserver(() => this.resize())
    observer.observe(this.host)
    this.endings.push(
      takePaste(this.host, (text) => this.paste(text)),
      () => observer.disconnect(),
    )
  }

  private get mayType(): boolean {
    const { is } = this.doors.terminal.state
    return is === 'ready' || is === 'reading'
  }

  private take(data: string): void {
    if (data.length > MOST_TYPED) this.doors.terminal.refusePaste(data.length)
    else for (const stroke of keystrokesOf(data)) this.stroke(stroke)
    this.redrawSoon()
  }

  private stroke(stroke: Keystroke): void {
    const { terminal } = this.doors
    const { typing, wish } = pressed(
      this.typing,
      'text' in stroke ? { text: typeable(stroke.text) } : stroke,
      terminal.history,
    )
    this.typing = typing
    const { text } = typing.line
    if (wish === 'complete') this.complete()
    else if (wish === 'clear') terminal.clear()
    else if (wish === 'end of input') terminal.endOfInput()
    else if (wish !== undefined) {
      this.typing = { line: { ...NOT_TYPING.line, killed: typing.line.killed } }
      if (wish === 'enter') terminal.enter([text])
      else terminal.interrupt(text)
    }
  }

  private paste(given: string): void {
    if (given.length > MOST_TYPED) {
      this.doors.terminal.refusePaste(given.length)
      return
    }
    const lines = typeable(given).split('\n')
    for (const [index, text] of lines.entries()) {
      if (text !== '') this.stroke({ text })
      if (index < lines.length - 1) this.stroke({ key: 'enter' })
    }
    this.redrawSoon()
  }

  private complete(): void {
    const { line } = this.typing
    if (this.doors.terminal.state.is !== 'ready') return
    const done = completed(line, this.doors.terminal.complete(line.text.slice(0, line.at)))
    this.typing = { ...this.typing, line: done.line }
    if (done.choice.length === 0) return
    this.erase()
    const shown = done.choice.map((word) => word.slice(word.lastIndexOf('/', word.length - 2) + 1))
    this.xterm.write(`${this.prompt}${line.text}\n${inColumns(shown, this.xterm.cols)}\n`)
  }

  /** True when there was a search to end. */
  private endSearch(): boolean {
    if (!this.typing.search) return false
    this.stroke({ key: 'cancel' })
    this.redrawSoon()
    return true
  }

  private get prompt(): string {
    const { state } = this.doors.terminal
    const { search } = this.typing
    if (search) return `(${search.fails ? 'failed ' : ''}reverse-i-search)'${search.query}': `
    return state.is === 'ready' || state.is === 'reading' ? state.prompt : ''
  }

  private write(said: Said): void {
    this.erase()
    const { say, time } = this.doors
    const text = saidText(said, { say, time, width: this.xterm.cols })
    const newLine = this.midLine && said.kind !== 'out' && said.kind !== 'err' ? '\n' : ''
    this.xterm.write(newLine + text)
    if (text !== '') this.midLine = !text.endsWith('\n')
  }

  private wipe(): void {
    this.erase()
    this.midLine = false
    this.xterm.write('\u001b[2J\u001b[3J\u001b[H')
  }

  private drawAgain(): void {
    this.wipe()
    for (const said of this.doors.terminal.scrollback) this.write(said)
    this.redraw()
  }

  /** However much is said at once, the line is drawn once, after it. */
  private redrawSoon(): void {
    if (this.redraws) return
    this.redraws = true
    queueMicrotask(() => {
      this.redraws = false
      this.redraw()
    })
  }

  private erase(): void {
    if (!this.drawn) return
    this.xterm.write(`${movedBy(this.drawn.cursor, { row: 0, column: 0 })}\u001b[J`)
    this.drawn = undefined
  }

  private cursorPlace() {
    const { line } = this.typing
    return placeBehind(this.prompt + line.text.slice(0, line.at), this.xterm.cols)
  }

  private redraw(): void {
    const { terminal } = this.doors
    this.host.dataset.state = terminal.state.is
    if (!this.mayType) {
      this.erase()
      return
    }
    const whole = this.prompt + this.typing.line.text
    const cursor = this.cursorPlace()
    if (!this.amend(whole, cursor)) this.drawWhole(whole, cursor)
    this.drawn = { whole, cursor }
  }

  /** Draws only what is new at the end, or moves the cursor: a screen reader is not told the whole line at every key. */
  private amend(whole: string, cursor: Place): boolean {
    const { drawn } = this
    if (!drawn || drawn.whole === '' || !whole.startsWith(drawn.whole)) return false
    const more = whole.slice(drawn.whole.length)
    const before = placeBehind(drawn.whole, this.xterm.cols)
    const end = placeBehind(whole, this.xterm.cols)
    const isBehind = drawn.cursor.row === before.row && drawn.cursor.column === before.column
    if (more !== '' && (!isBehind || end.row !== before.row)) return false
    const isThere = more === '' ? drawn.cursor : end
    this.xterm.write(
      more + (isThere.row === cursor.row && isThere.column === cursor.column ? '' : movedBy(isThere, cursor)),
    )
    return true
  }

  private drawWhole(whole: string, cursor: Place): void {
    this.erase()
    const { prompt } = this
    const end = placeBehind(whole, this.xterm.cols)
    // At the right edge a terminal waits with turning the line until more comes.
    const turned = end.column === 0 && end.row > 0 ? '\r\n' : ''
    const line = `\u001b[34m${prompt}\u001b[0m${whole.slice(prompt.length)}`
    this.xterm.write(`${this.midLine ? '\n' : ''}${line}${turned}${movedBy(end, cursor)}`)
    this.midLine = false
  }
}
