/**
 * One shell line on its way: answers what it asks, and stops where it must wait for the cluster or for a person. Whoever
 * owns it decides when it goes on. Knows no clock but the world's.
 */
import type { Command, Refusal, SimTime, World } from '../../sim/index.ts'
import type { Ask, Steps, Told } from '../../sim/kubectl/index.ts'
import { Interrupted } from '../../sim/kubectl/index.ts'
import type { Draft, TerminalState } from './types.ts'
import { visible } from './visible.ts'

export interface LineHost {
  world(): World
  /** The time that is shown; the world's own may lie before it. */
  now(): SimTime
  act(command: Command): Refusal | undefined
  print(to: 'stdout' | 'stderr', text: string): void
  clear(): void
}

export type LineState =
  | { readonly is: 'going' }
  | { readonly is: 'waiting'; readonly until: SimTime | undefined }
  | { readonly is: 'reading'; readonly prompt: string }
  | { readonly is: 'editing'; readonly draft: Draft }
  | { readonly is: 'done'; readonly exit: number }

export const INTERRUPTED = 130

export class LineRun {
  state: LineState = { is: 'going' }
  private readonly steps: Steps
  private readonly host: LineHost
  /** What the next answer carries besides the world. */
  private answer: Omit<Told, 'world'> = {}

  constructor(steps: Steps, host: LineHost) {
    this.steps = steps
    this.host = host
  }

  /** Goes on until it waits, reads, has ended, or `over` says that it is enough for now. */
  go(over: () => boolean = () => false): void {
    while (this.state.is === 'going') {
      const { answer } = this
      this.answer = {}
      const step = this.steps.next({ world: this.worldNow(), ...answer })
      if (step.done) this.state = { is: 'done', exit: step.value }
      else this.take(step.value)
      if (over()) return
    }
  }

  /** Something has happened, or it is time: asks again. */
  wake(): void {
    if (this.state.is === 'waiting') this.state = { is: 'going' }
  }

  /** A line was typed, or a text edited; undefined is the end of what is typed, or that nobody edits. */
  answered(text: string | undefined): void {
    if (this.state.is !== 'reading' && this.state.is !== 'editing') return
    this.answer = text === undefined ? {} : { text }
    this.state = { is: 'going' }
  }

  /** Ctrl-C: a session inside the line may go on, else the line has ended. */
  interrupt(): void {
    if (this.state.is === 'done') return
    try {
      const step = this.steps.throw(new Interrupted())
      this.state = { is: 'going' }
      if (!step.done) this.take(step.value)
      else this.state = { is: 'done', exit: step.value }
    } catch (error) {
      if (!(error instanceof Interrupted)) throw error
      this.state = { is: 'done', exit: INTERRUPTED }
    }
  }

  /** Ends the line, whatever runs in it. */
  end(): void {
    if (this.state.is === 'done') return
    this.steps.return(INTERRUPTED)
    this.state = { is: 'done', exit: INTERRUPTED }
  }

  /** The world at the time that is shown: nothing has happened since it was made, but its clock has moved. */
  private worldNow(): World {
    const world = this.host.world()
    const now = this.host.now()
    return world.now < now ? { ...world, now } : world
  }

  private take(ask: Ask): void {
    const { host } = this
    switch (ask.ask) {
      case 'world':
        return
      case 'print':
        host.print(ask.to, ask.text)
        return
      case 'clear':
        host.clear()
        return
      case 'act': {
        const refusal = host.act(ask.command)
        if (refusal) this.answer = { refusal }
        return
      }
      case 'edit': {
        const { ask: _ask, ...draft } = ask
        this.state = { is: 'editing', draft }
        return
      }
      case 'line':
        this.state = { is: 'reading', prompt: ask.prompt }
        return
      case 'wait':
        if (ask.until === undefined || ask.until > host.now()) this.state = { is: 'waiting', until: ask.until }
    }
  }
}

/** What of a line is seen; `prompt` is what stands where none runs. */
export function shownState(state: LineState | undefined, prompt: string): TerminalState {
  if (!state || state.is === 'done') return { is: 'ready', prompt }
  if (state.is === 'reading') return { is: 'reading', prompt: visible(state.prompt) }
  if (state.is === 'editing') return state
  return { is: state.is === 'going' ? 'busy' : 'waiting' }
}
