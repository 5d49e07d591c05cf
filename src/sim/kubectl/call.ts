/** One call of kubectl: what the line says, and what the interpreter may use of the world around it. */
import type { ObjectMeta } from '../api/types.ts'
import type { Command } from '../kernel/command.ts'
import type { Transition, World } from '../kernel/types.ts'
import type { Io } from '../shell/run.ts'
import type { Steps } from '../shell/session.ts'
import type { Invocation } from './parse/invocation.ts'

/** What kubectl is configured with; `config set-context` changes it. */
export interface Context {
  namespace: string
}

export interface Environment {
  /** What would come of a command in a world. Changes nothing. */
  readonly attempt: (world: World, command: Command) => Transition
  readonly context: Context
  /** Whether versions that a server of today refuses (apps/v1beta1) are read as the version that is kept. */
  readonly readsEarlyVersions: boolean
  /** How names are looked up in a busybox whose image names no version: as those of today do, or as 1.28 did. */
  readonly busybox: 'modern' | '1.28'
  /** Manifests that `-f` finds on the net, by address. There is no other net. */
  readonly pages: Readonly<Record<string, string>>
}

export interface Call extends Invocation {
  /** The whole line as one may type it again. */
  readonly line: string
  readonly io: Io
  /** What is piped or typed into it, where the line names `-` as a file; else nothing. */
  readonly piped: string
  readonly env: Environment
  /** Runs another kubectl command as if it stood on a line of its own. */
  readonly again: (words: readonly string[]) => Steps
}

export type Verb = (call: Call) => Steps

/** An object of the API of whatever kind, as it is read. */
export type Thing = {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: ObjectMeta
} & Readonly<Record<string, unknown>>

/** The namespace that the line speaks of. */
export const namespaceOf = ({ flags, env }: Call): string =>
  flags.text('namespace') === '' ? env.context.namespace : flags.text('namespace')
