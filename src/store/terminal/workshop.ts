/**
 * What the terminal and the scripting object share: one file system, one context of kubectl, and shells over them that
 * act in the run that is open. Everything here belongs to the page, not to a run.
 */
import { tutorialPages } from '../../content/manifests/tutorial.ts'
import type { Command, Refusal, World } from '../../sim/index.ts'
import type { Environment as ClusterEnvironment, Files, Program, Shell } from '../../sim/kubectl/index.ts'
import { completionOf, PROGRAM_NAMES, terminalShell } from '../../sim/kubectl/index.ts'
import type { Holder } from '../holder.ts'
import { changesIn, filesOf, HOME, readKept, writeKept } from './files.ts'
import type { LineHost } from './lineRun.ts'
import type { TerminalCompletion } from './types.ts'

/** So many typed lines are kept. */
const MOST_LINES = 1000

export class Workshop {
  readonly files: Files
  readonly history: string[]
  readonly environment: ClusterEnvironment
  /** Where lines run: the run that is open, at the moment that is shown. */
  readonly ground: Pick<LineHost, 'world' | 'now'>
  private readonly holder: Holder

  constructor(holder: Holder) {
    const { environment, kernel } = holder.parts
    const kept = readKept(environment)
    this.holder = holder
    this.files = filesOf(kept)
    this.history = [...kept.history]
    this.ground = { world: () => holder.session.run.world, now: () => holder.session.run.now }
    this.environment = {
      attempt: (world: World, command: Command) => kernel.dispatch(world, command),
      context: { namespace: 'default' },
      readsEarlyVersions: true,
      busybox: '1.28',
      pages: tutorialPages,
    }
  }

  /** A new shell in the home folder. */
  shell(): Shell {
    const shell = terminalShell({ files: this.files, environment: this.environment, folder: HOME })
    const listing = this.listing()
    return { ...shell, program: (name) => (name === 'history' ? listing : shell.program(name)) }
  }

  /** `history`: the lines that were typed, with the numbers by which `!5` calls them. */
  private listing(): Program {
    const { history } = this
    return function* () {
      const text = history.map((line, index) => `${String(index + 1).padStart(5)}  ${line}\n`).join('')
      yield { ask: 'print', to: 'stdout', text }
      return 0
    }
  }

  /** What may stand at the end of a text, in the world that is shown. */
  complete(text: string, { folder, aliases }: Shell): TerminalCompletion {
    return completionOf(text, {
      world: this.holder.session.run.world,
      files: this.files,
      folder,
      namespace: this.environment.context.namespace,
      programs: [...PROGRAM_NAMES, 'history'],
      aliases,
    })
  }

  remember(line: string): void {
    if (line.trim() === '' || line === this.history.at(-1)) return
    this.history.push(line)
    if (this.history.length > MOST_LINES) this.history.shift()
  }

  /** Keeps the files and the typed lines as long as the browser's tab lives. */
  keep(): void {
    writeKept(this.holder.parts.environment, { ...changesIn(this.files), history: this.history })
  }

  /** Does an act of the run; a refusal is told by whoever asked. */
  act(command: Command): Refusal | undefined {
    return this.holder.session.act(command)
  }
}
