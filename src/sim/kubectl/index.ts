/**
 * The fourth door of the simulation, loaded when a terminal is opened or a kubectl line is run: a shell that knows kubectl.
 * It brings the interpreter, the manifest reader and the tables of flags, types and help.
 */
import { BUILTINS } from '../shell/builtins.ts'
import type { Files } from '../shell/files.ts'
import type { Program, Shell } from '../shell/run.ts'
import { TEXT_TOOLS } from '../shell/textTools.ts'
import { watch } from '../shell/watch.ts'
import type { Environment } from './call.ts'
import { kubectl } from './kubectl.ts'

export type { Files } from '../shell/files.ts'
export { memoryFiles } from '../shell/files.ts'
export { textInput } from '../shell/input.ts'
export { isUnfinished } from '../shell/parse.ts'
export type { Program, Shell } from '../shell/run.ts'
export { runShell } from '../shell/run.ts'
export type { Ask, Steps, Told } from '../shell/session.ts'
export { Interrupted } from '../shell/session.ts'
export type { Environment } from './call.ts'
export { completionOf } from './complete/complete.ts'
export { exportedObject, exportedText, writtenObjects } from './exported.ts'

/** What the shell knows besides kubectl. */
const TOOLS: Readonly<Record<string, Program>> = { ...BUILTINS, ...TEXT_TOOLS, watch }

/** The names of all its programs. */
export const PROGRAM_NAMES: readonly string[] = ['kubectl', ...Object.keys(TOOLS).filter((name) => /^\w/.test(name))]

export interface TerminalOptions {
  readonly files: Files
  readonly environment: Environment
  /** Where the shell stands at first. */
  readonly folder?: string
}

/** A shell beside the cluster, with kubectl and the usual tools. */
export function terminalShell({ files, environment, folder = '/' }: TerminalOptions): Shell {
  const programs: Readonly<Record<string, Program>> = { ...TOOLS, kubectl: kubectl(environment) }
  return {
    name: 'bash',
    files,
    variables: new Map(),
    aliases: new Map([['k', 'kubectl']]),
    folder,
    status: 0,
    program: (name) => (Object.hasOwn(programs, name) ? programs[name] : undefined),
  }
}
