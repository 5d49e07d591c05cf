/**
 * Plays a captured line against the simulation: the cluster is set up, the line is run, and virtual time passes from
 * event to event whenever the line waits.
 */
import type { Refusal } from '../../api/strategy.ts'
import type { Command } from '../../kernel/command.ts'
import type { Kernel, World } from '../../kernel/types.ts'
import type { Environment, Shell, Steps } from '../../kubectl/index.ts'
import { memoryFiles, runShell, terminalShell, textInput } from '../../kubectl/index.ts'
import type { Played, TranscriptCase } from './cases.ts'
import { rigKernel, rigWorld } from './rig.ts'
import type { Scenery } from './scenery.ts'
import { sceneryOf } from './scenery.ts'

/** Where the fixtures lie. */
const FOLDER = '/fixtures'
/** How long a cluster may take to come to rest. */
const MOST_MS = 20 * 60_000
/** How much time passes at most after the last act of an interrupted command. */
const WATCHED_MS = 5 * 60_000

class Stage {
  world: World
  readonly shell: Shell
  private readonly kernel: Kernel

  constructor(scenery: Scenery, fixtures: Readonly<Record<string, string>>) {
    this.kernel = rigKernel(scenery)
    this.world = rigWorld(this.kernel)
    this.settle()
    const environment: Environment = {
      attempt: (world, command) => this.kernel.dispatch(world, command),
      context: { namespace: 'default' },
      readsEarlyVersions: false,
      busybox: scenery.busybox,
      pages: {},
    }
    const given = Object.entries(fixtures).map(([name, text]) => [`${FOLDER}/${name}`, text])
    this.shell = terminalShell({ files: memoryFiles(Object.fromEntries(given)), environment, folder: FOLDER })
  }

  /** Until nothing is due, or the time is over. */
  settle(most = MOST_MS): void {
    const until = this.world.now + most
    for (
      let due = this.kernel.nextDue(this.world);
      due !== undefined && due <= until;
      due = this.kernel.nextDue(this.world)
    )
      this.next()
  }

  private next(): boolean {
    const transition = this.kernel.next(this.world)
    if (transition) this.world = transition.world
    return transition !== undefined
  }

  /** Until the next event or the given time, whichever comes first; false when there is neither. */
  private pass(until: number | undefined, latest: number): boolean {
    const due = this.kernel.nextDue(this.world)
    if (due !== undefined && due <= Math.min(until ?? Number.POSITIVE_INFINITY, latest)) return this.next()
    if (until === undefined || until > latest) return false
    this.world = this.kernel.advance(this.world, until).world
    return true
  }

  /** One line of the scenery. */
  prepare(line: string): void {
    const [word = '', argument] = line.split(' ')
    if (word === '#quiet') this.settle()
    else if (word === '#seconds')
      this.world = this.kernel.advance(this.world, this.world.now + Number(argument) * 1000).world
    else if (word.startsWith('#')) this.act(line)
    else this.run(line, { input: [], during: [], lines: undefined })
  }

  private give(command: Command): Refusal | undefined {
    const { world, refusal } = this.kernel.dispatch(this.world, command)
    this.world = world
    return refusal
  }

  /** What no kubectl line does. */
  private act(line: string): void {
    const [word, name = ''] = line.split(' ')
    if (word !== '#power-off') throw new Error(`unknown scenery: ${line}`)
    const refusal = this.give({ type: 'powerOffNode', namespace: '', name })
    if (refusal) throw new Error(refusal.message)
  }

  run(
    line: string,
    {
      input,
      during,
      lines,
    }: { readonly input: readonly string[]; readonly during: readonly string[]; readonly lines: number | undefined },
  ): Played {
    const out = { stdout: '', stderr: '', terminal: '' }
    const typed = [...input]
    const acts = [...during]
    let latest = this.world.now + MOST_MS
    const steps: Steps = runShell(this.shell, line, input.length > 0 ? undefined : textInput(''), input.length > 0)
    const ended = (exit: number): Played => ({ ...out, exit })
    let step = steps.next()
    while (!step.done) {
      const ask = step.value
      let text: string | undefined
      let refusal: Refusal | undefined
      if (ask.ask === 'print') {
        out[ask.to] += ask.text
        out.terminal += ask.text
        if (lines !== undefined && out.stdout.split('\n').length > lines) return ended(130)
      } else if (ask.ask === 'act') refusal = this.give(ask.command)
      else if (ask.ask === 'line') {
        text = typed.shift()?.replace(/\n$/, '')
        out.terminal += `${ask.prompt}${text ?? ''}\n`
      } else if (ask.ask === 'edit') text = edited(ask.text, typed)
      else if (ask.ask === 'wait' && !this.pass(ask.until, latest)) {
        const next = acts.shift()
        if (next === undefined) return ended(130)
        this.prepareDuring(next)
        latest = this.world.now + WATCHED_MS
      }
      step = steps.next({ world: this.world, ...(text !== undefined && { text }), ...(refusal && { refusal }) })
    }
    return ended(step.value)
  }

  /** An act in another terminal. */
  private prepareDuring(line: string): void {
    if (line.startsWith('#')) this.act(line)
    else {
      const steps = runShell(this.shell, line, textInput(''), false)
      let step = steps.next()
      while (!step.done) {
        const refusal = step.value.ask === 'act' ? this.give(step.value.command) : undefined
        if (step.value.ask === 'wait') break
        step = steps.next({ world: this.world, ...(refusal && { refusal }) })
      }
    }
  }
}

/** What was typed into the editor: `s/a/b/` changes the text, nothing leaves it. */
function edited(text: string, typed: string[]): string {
  const [, from, to] = /^s\/(.+)\/(.*)\/$/.exec(typed.shift() ?? '') ?? []
  return from === undefined ? text : text.replace(from, to ?? '')
}

/** Runs a case. `fixtures` are the files of the folder that the line is run in, by name. */
export function playCase(given: TranscriptCase, fixtures: Readonly<Record<string, string>>): Played {
  const scenery = sceneryOf(given)
  const stage = new Stage(scenery, fixtures)
  for (const line of scenery.before) stage.prepare(line)
  const lines = given.interrupted && scenery.restless ? given.stdout.split('\n').length - 1 : undefined
  const editing = /replicas changed in the editor/.test(given.setup) ? ['s/replicas: 2/replicas: 3/'] : []
  return stage.run(given.cmd, { input: given.input ?? editing, during: scenery.during, lines })
}
