/**
 * Help: what a command is called with, and its flags. The order and the layout are kubectl's; the sentences are short.
 */
import type { Steps } from '../shell/session.ts'
import { complain, print } from '../shell/session.ts'
import { Failure } from './failure.ts'
import { ABOUT, GROUPS } from './helpTexts.ts'
import { commandInfo, isGroup, SUBCOMMANDS } from './parse/invocation.ts'

const about = (command: string): string => ABOUT[command] ?? ''

function commandList(names: readonly string[], prefix = ''): string {
  const width = Math.max(...names.map((name) => name.length)) + 2
  return names.map((name) => `  ${name.padEnd(width)}${about(`${prefix}${name}`)}\n`).join('')
}

function rootHelp(): string {
  const groups = GROUPS.map(([title, names]) => `${title}:\n${commandList(names)}`)
  return [
    'kubectl controls the Kubernetes cluster manager.\n\n Find more information at: https://kubernetes.io/docs/reference/kubectl/\n',
    ...groups,
    'Usage:\n  kubectl [flags] [options]\n',
    'Use "kubectl <command> --help" for more information about a given command.\nUse "kubectl options" for a list of global command-line options (applies to all commands).\n',
  ].join('\n')
}

const SHOWN_TYPES: Readonly<Record<string, string>> = { b: 'false', i: '0', l: '[]', d: '0s' }

/** `    -A, --all-namespaces=false:` */
function flagLines(command: string): string {
  return commandInfo(command)
    .flags.filter(({ name }) => name !== 'record' && name !== 'delete-local-data')
    .map(({ name, short, type, initial }) => {
      const value =
        initial === '' ? (SHOWN_TYPES[type] ?? "''") : type === 's' || type === 'n' ? `'${initial}'` : initial
      return `    ${short === undefined ? '' : `-${short}, `}--${name}=${value}\n`
    })
    .join('')
}

/** The help text of a command; of kubectl itself for the empty one. */
export function helpText(command: string): string {
  if (command === '') return rootHelp()
  const subcommands = SUBCOMMANDS[command]
  const { usage } = commandInfo(command)
  const flags = flagLines(command)
  const usageLine = isGroup(command) ? `kubectl ${command} SUBCOMMAND [options]` : `kubectl ${command} ${usage}`.trim()
  return [
    `${about(command)}\n`,
    ...(subcommands ? [`Available Commands:\n${commandList(subcommands, `${command} `)}`] : []),
    ...(flags === '' ? [] : [`Options:\n${flags}`]),
    `Usage:\n  ${usageLine}\n`,
    ...(subcommands ? [`Use "kubectl ${command} <command> --help" for more information about a given command.\n`] : []),
    'Use "kubectl options" for a list of global command-line options (applies to all commands).\n',
  ].join('\n')
}

export function* helpFor(command: string): Steps {
  yield* print(helpText(command))
  return 0
}

/** Groups whose help counts as an error message. */
const ON_STDERR: readonly string[] = ['set', 'top', 'auth', 'config', 'create']

/** What a command that only holds others does by itself. */
export function* helpWithoutCommand(command: string, args: readonly string[] = []): Steps {
  if (args.length > 0)
    throw new Failure(
      `error: unknown command ${JSON.stringify(args.join(' '))}\nSee 'kubectl ${command} -h' for help and examples`,
    )
  if (ON_STDERR.includes(command)) yield* complain(helpText(command))
  else yield* print(helpText(command))
  return command === '' ? 0 : 1
}
