/**
 * Which command a line calls, with which flags and words. Errors come in cobra's words and before anything is looked up.
 * Models: github.com/spf13/cobra (command.go: Find, SuggestionsFor), staging/src/k8s.io/kubectl/pkg/cmd/cmd.go, v1.36.
 */
import { Failure } from '../failure.ts'
import type { FlagSpec } from './flags.ts'
import { Flags, readFlagSpecs, readFlags } from './flags.ts'
import { FLAG_TABLE, GLOBAL_FLAGS } from './flagTable.ts'

export interface CommandInfo {
  readonly name: string
  readonly usage: string
  readonly flags: readonly FlagSpec[]
}

export interface Invocation {
  /** `get`, `rollout status`. */
  readonly command: string
  readonly flags: Flags
  readonly args: readonly string[]
  /** How many words stood before `--`; -1 without it. */
  readonly dash: number
}

/** In the order in which kubectl adds them: suggestions come in it. */
const TOP_LEVEL: readonly string[] =
  'create expose run set explain get edit delete rollout scale autoscale certificate cluster-info top cordon uncordon drain taint describe logs attach exec port-forward proxy cp auth debug events diff apply patch replace wait kustomize label annotate completion alpha config plugin version api-versions api-resources options kuberc help'.split(
    ' ',
  )

/** Commands that only hold others, with their own. `apply` and `create` do something themselves as well. */
export const SUBCOMMANDS: Readonly<Record<string, readonly string[]>> = {
  apply: ['view-last-applied', 'set-last-applied', 'edit-last-applied'],
  auth: ['can-i', 'reconcile', 'whoami'],
  certificate: ['approve', 'deny'],
  config:
    'view set-cluster set-credentials set-context set unset current-context use-context get-contexts get-clusters get-users rename-context delete-cluster delete-context delete-user'.split(
      ' ',
    ),
  create:
    'namespace quota secret configmap serviceaccount service deployment clusterrole clusterrolebinding role rolebinding poddisruptionbudget priorityclass job cronjob ingress token'.split(
      ' ',
    ),
  'create secret': ['docker-registry', 'generic', 'tls'],
  'create service': ['clusterip', 'nodeport', 'loadbalancer', 'externalname'],
  plugin: ['list'],
  rollout: ['history', 'pause', 'resume', 'undo', 'status', 'restart'],
  set: ['image', 'resources', 'selector', 'subject', 'serviceaccount', 'env'],
  top: ['node', 'pod'],
}

const ALIASES: Readonly<Record<string, string>> = {
  'create cm': 'configmap',
  'create deploy': 'deployment',
  'create ns': 'namespace',
  'create resourcequota': 'quota',
  'create pdb': 'poddisruptionbudget',
  'create sa': 'serviceaccount',
  'create svc': 'service',
  'create pc': 'priorityclass',
  'create cj': 'cronjob',
  'create ing': 'ingress',
  'top po': 'pod',
  'top pods': 'pod',
  'top no': 'node',
  'top nodes': 'node',
}

const globalFlags = readFlagSpecs(GLOBAL_FLAGS)

/** Older spellings that are still taken. */
const HIDDEN_FLAGS: Readonly<Record<string, string>> = {
  autoscale: 'cpu-percent:i',
  drain: 'delete-local-data:b',
}

/** Commands that once wrote down their own line. */
const RECORDING: readonly string[] =
  'annotate apply autoscale create delete edit expose label patch replace scale taint run'.split(' ')

const records = (name: string): boolean =>
  RECORDING.includes(name) || name.startsWith('set ') || name.startsWith('rollout ')

const table: ReadonlyMap<string, CommandInfo> = new Map(
  FLAG_TABLE.trim()
    .split('\n')
    .map((line) => {
      const bar = line.indexOf('|')
      const last = line.lastIndexOf('|')
      const name = line.slice(0, bar)
      const own = readFlagSpecs(line.slice(last + 1))
      const hidden = [HIDDEN_FLAGS[name] ?? '', records(name) ? 'record:b' : ''].join(' ')
      return [name, { name, usage: line.slice(bar + 1, last), flags: [...own, ...readFlagSpecs(hidden)] }] as const
    }),
)

export const isGroup = (name: string): boolean =>
  Object.hasOwn(SUBCOMMANDS, name) && name !== 'create' && name !== 'apply'

/** The command with its usage and flags; one that is only known by name has none of its own. */
export const commandInfo = (name: string): CommandInfo => table.get(name) ?? { name, usage: '[options]', flags: [] }

export const allFlags = (name: string): readonly FlagSpec[] => [...commandInfo(name).flags, ...globalFlags]

/** The commands at the top, without those that only kubectl's developers need. */
export const topLevelCommands = (): readonly string[] => TOP_LEVEL

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++)
      next.push(
        a[i - 1] === b[j - 1]
          ? (row[j - 1] as number)
          : 1 + Math.min(row[j - 1] as number, row[j] as number, next[j - 1] as number),
      )
    row = next
  }
  return row[b.length] as number
}

function unknownCommand(word: string, parent: string, known: readonly string[]): Failure {
  const near = known.filter(
    (name) => distance(word.slice(0, 40).toLowerCase(), name) <= 2 || name.startsWith(word.toLowerCase()),
  )
  const hint = near.length > 0 ? `\n\nDid you mean this?\n${near.map((name) => `\t${name}`).join('\n')}` : ''
  return new Failure(`error: unknown command ${JSON.stringify(word)} for "${parent}"${hint}`)
}

/** Where the next word stands that is no flag and no flag's value; undefined when there is none. */
function nextWord(words: readonly string[], from: number, specs: readonly FlagSpec[]): number | undefined {
  for (let at = from; at < words.length; at++) {
    const word = words[at] as string
    if (word === '--') return undefined
    if (!word.startsWith('-') || word === '-') return at
    if (word.includes('=')) continue
    const long = word.startsWith('--')
    const spec = specs.find(({ name, short }) => (long ? name === word.slice(2) : short === word[1]))
    const joined = !long && word.length > 2
    if (!joined && spec?.type !== 'b' && spec?.type !== 'n' && !(spec === undefined && /^(-h|--help)$/.test(word))) at++
  }
  return undefined
}

/**
 * Reads the words after `kubectl`. An empty command means the line names none.
 * @throws Failure, HelpWanted
 */
export function readInvocation(words: readonly string[]): Invocation {
  const rest = [...words]
  const first = nextWord(rest, 0, globalFlags)
  if (first === undefined) {
    const given = readFlags(rest, globalFlags, 'kubectl')
    return { command: '', flags: new Flags(given.values, globalFlags), args: given.args, dash: given.dash }
  }
  let command = rest.splice(first, 1)[0] as string
  if (!TOP_LEVEL.includes(command)) throw unknownCommand(command, 'kubectl', TOP_LEVEL)
  for (let known = SUBCOMMANDS[command]; known; known = SUBCOMMANDS[command]) {
    const at = nextWord(rest, 0, allFlags(command))
    const word = at === undefined ? undefined : (rest[at] as string)
    const sub = word === undefined ? undefined : (ALIASES[`${command} ${word}`] ?? word)
    if (at === undefined || sub === undefined || !known.includes(sub)) break
    rest.splice(at, 1)
    command = `${command} ${sub}`
  }
  const specs = allFlags(command)
  const given = readFlags(rest, specs, `kubectl ${command}`)
  return { command, flags: new Flags(given.values, specs), args: given.args, dash: given.dash }
}

/** The command that a line asks help for, as far as its words name one. */
export function commandOf(words: readonly string[]): string {
  let command = ''
  for (const word of words.filter((each) => !each.startsWith('-'))) {
    const sub = ALIASES[`${command} ${word}`] ?? word
    const known = command === '' ? TOP_LEVEL : (SUBCOMMANDS[command] ?? [])
    if (!known.includes(sub)) break
    command = command === '' ? sub : `${command} ${sub}`
  }
  return command
}
