/**
 * The scripting object, `window.ordinal`: the same run as on the screen, for Playwright and for the console. Everything but
 * `ready` and `kubectl` is done when the call returns, however the clock runs. Others script against this: it only grows.
 */
import type { Command, Fact, Lamp, ReasonLine, Refusal } from '../sim/index.ts'
import { allReasons, kindNamed, objectsOf, podHas, resolve } from '../sim/index.ts'
import type { Holder, ScriptEvents } from './holder.ts'
import { QUIET_LIMIT_MS } from './session.ts'
import { engineVersion } from './version.ts'

export type Milestone = 'Created' | 'Running' | 'Ready' | 'Terminating' | 'Failed' | 'Gone'

export interface ScriptingObject {
  readonly version: string
  /** Resolves once manifests can be read, every story can be opened, and nothing more will be loaded. */
  ready(): Promise<void>
  /** Another run, paused at 0. Throws when it is refused. */
  load(run: {
    readonly scenario?: string
    readonly manifests?: string
    readonly seed?: number
    readonly kubernetes?: string
  }): void
  /** YAML or JSON text, all or nothing. */
  apply(manifests: string): Refusal | undefined
  dispatch(command: Command): Refusal | undefined
  /**
   * Runs a line of kubectl, with or without that word; a line that names it may go on as a shell's (`kubectl get po -o name
   * | wc -l`). `input` is its standard input, and what is typed when it asks. Commands that wait move virtual time on,
   * however the clock runs: at most 30 minutes, or until nothing more will happen; then they are interrupted, with exit
   * code 130 and a sentence on stderr. Acts appear in the terminal, with which the line shares files and context.
   */
  kubectl(
    line: string,
    input?: string,
  ): Promise<{ readonly stdout: string; readonly stderr: string; readonly exit: number }>
  /** Virtual milliseconds at the cursor. */
  now(): number
  advance(ms: number): void
  /** To the next write to the API. */
  step(): readonly Fact[]
  /** Until nothing is due any more; at most 30 minutes when nothing is said. */
  untilQuiet(limitMs?: number): void
  seek(ms: number): void
  /** Whether the pod has got there within that much virtual time; time stands at the moment when it has. */
  until(where: { readonly pod: string; readonly is: Milestone; readonly namespace?: string }, withinMs: number): boolean
  /** Kubernetes-shaped plain JSON; the kind as kubectl takes it. Throws for a kind that does not exist. */
  objects(kind: string, namespace?: string): readonly object[]
  reasons(): readonly ReasonLine[]
  /** What cluster DNS answers now; nothing is NXDOMAIN. */
  resolve(name: string, type?: 'A' | 'SRV' | 'PTR'): readonly string[]
  /** The facts up to the cursor, after the one with this sequence number. */
  facts(since?: number): readonly Fact[]
  guarantees(): readonly {
    readonly id: string
    readonly status: Lamp['status']
    readonly checks: number
    readonly at?: number
  }[]
  exportRun(): string
  importRun(text: string): Refusal | undefined
  /** Calls back on every change of what is shown, every new fact, every violation; returns how to stop that. */
  on<E extends keyof ScriptEvents>(event: E, listener: (detail: ScriptEvents[E]) => void): () => void
}

function checkedMs(name: string, ms: number): number {
  if (typeof ms !== 'number' || !Number.isFinite(ms) || ms < 0)
    throw new TypeError(`${name} must be a number of milliseconds, 0 or more; given was ${String(ms)}`)
  return ms
}

function waits(holder: Holder): Pick<ScriptingObject, 'advance' | 'step' | 'untilQuiet' | 'seek' | 'until'> {
  const { session } = holder
  const to = (at: number) => holder.do(() => session.seek(at, true))
  return {
    advance: (ms) => to(session.run.now + checkedMs('ms', ms)),
    step: () => holder.do(() => session.step()) ?? [],
    untilQuiet: (limitMs = QUIET_LIMIT_MS) => {
      const limit = checkedMs('limitMs', limitMs)
      holder.do(() => session.untilQuiet(limit, true))
    },
    seek: (ms) => to(checkedMs('ms', ms)),
    until: ({ pod, is, namespace = 'default' }, withinMs) => {
      const within = checkedMs('withinMs', withinMs)
      return holder.do(() => session.untilWorld((world) => podHas(world, namespace, pod, is), within)) ?? false
    },
  }
}

function answers(
  holder: Holder,
): Pick<ScriptingObject, 'now' | 'objects' | 'reasons' | 'resolve' | 'facts' | 'guarantees'> {
  const { session } = holder
  return {
    now: () => session.run.now,
    objects: (word, namespace) => {
      const kind = kindNamed(word)
      if (!kind) throw new Error(`the server doesn't have a resource type "${word}"`)
      return objectsOf(session.run.world, kind, namespace)
    },
    reasons: () => allReasons(session.run.world),
    resolve: (name, type = 'A') => resolve(session.run.world, name, type),
    facts: (since = 0) => {
      const shown = session.run.history.all().slice(0, session.run.cursor + 1)
      return shown.flatMap(({ facts }) => facts).filter(({ sequence }) => sequence > since)
    },
    guarantees: () =>
      holder.state.lamps.map(({ id, status, checks, brokenAt }) => ({
        id,
        status,
        checks,
        ...(brokenAt !== undefined && { at: brokenAt }),
      })),
  }
}

const crashed = ({ state }: Holder) => ({ stdout: '', stderr: `${state.crash?.message ?? 'crashed'}\n`, exit: 1 })

/** `ready` is what the page's start promises. */
export function scriptingObject(holder: Holder, ready: Promise<void>): ScriptingObject {
  const { verbs } = holder.state
  return {
    version: engineVersion,
    ready: () => ready,
    load: (run) => {
      const refusal = verbs.load(run)
      if (refusal) throw new Error(refusal.message)
    },
    apply: (manifests) => verbs.apply(manifests),
    dispatch: (command) => verbs.dispatch(command),
    kubectl: async (line, input) => {
      const terminal = await holder.openTerminal()
      return holder.do(() => terminal.answer(line, input)) ?? crashed(holder)
    },
    ...waits(holder),
    ...answers(holder),
    exportRun: () => verbs.exportRun(),
    importRun: (text) => verbs.importRun(text),
    on: (event, listener) =>
      holder.listen((name, detail) => {
        if (name === event) listener(detail as never)
      }),
  }
}
