/**
 * How a running command line speaks with whoever runs it: the terminal of the page, a script, a test. The line is a
 * generator that asks; it is told the world of the moment with every answer. It holds no clock and no cluster of its own,
 * so that one interpreter serves a paused world, a playing one, and one that jumps from event to event.
 */
import type { Refusal } from '../api/strategy.ts'
import type { SimTime } from '../api/types.ts'
import type { Command } from '../kernel/command.ts'
import type { World } from '../kernel/types.ts'

export type Ask =
  /** Shows text as it is; line ends are part of it. */
  | { readonly ask: 'print'; readonly to: 'stdout' | 'stderr'; readonly text: string }
  /** Does an act of the run, now. */
  | { readonly ask: 'act'; readonly command: Command }
  /** Nothing but the world as it is. */
  | { readonly ask: 'world' }
  /** To be asked again once something has happened, or at `until` at the latest. */
  | { readonly ask: 'wait'; readonly until?: SimTime }
  /** A line that is typed; `prompt` stands before it. */
  | { readonly ask: 'line'; readonly prompt: string }
  /** A text changed by a person in an editor; `reasons` say why it is opened again, a line each. */
  | { readonly ask: 'edit'; readonly name: string; readonly text: string; readonly reasons: readonly string[] }
  /** Empties the screen. */
  | { readonly ask: 'clear' }

export interface Told {
  readonly world: World
  /** Why an act was not done. */
  readonly refusal?: Refusal
  /** The typed line or the edited text; undefined when there is none and will be none. */
  readonly text?: string
}

/** A command on its way; what it returns first of all is its exit code. */
export type Steps<T = number> = Generator<Ask, T, Told>

export function* print(text: string): Steps<void> {
  if (text !== '') yield { ask: 'print', to: 'stdout', text }
}

export function* complain(text: string): Steps<void> {
  if (text !== '') yield { ask: 'print', to: 'stderr', text }
}

export function* currentWorld(): Steps<World> {
  return (yield { ask: 'world' }).world
}

/** Passes on every ask but those that print, which `keep` takes. */
export function* keepingPrints<T>(steps: Steps<T>, keep: (to: 'stdout' | 'stderr', text: string) => boolean): Steps<T> {
  try {
    let step = steps.next()
    while (!step.done) {
      const ask = step.value
      step = steps.next(yield ask.ask === 'print' && keep(ask.to, ask.text) ? { ask: 'world' } : ask)
    }
    return step.value
  } finally {
    closed(steps)
  }
}

/** Ends what was not gone through to its end; what has ended already takes no notice. */
export function closed(steps: Steps<unknown>): void {
  steps.return(undefined)
}

/** Thrown into a line by Ctrl-C. Whoever reads further lines in it catches it; else it ends the line. */
export class Interrupted extends Error {}
