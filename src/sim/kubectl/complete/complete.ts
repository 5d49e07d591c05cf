/**
 * What may stand where the cursor is: programs, verbs, types, names that exist now, flags and their values, files.
 * Models: staging/src/k8s.io/kubectl/pkg/util/completion/completion.go, v1.36, without descriptions.
 */
import type { World } from '../../kernel/types.ts'
import type { Files } from '../../shell/files.ts'
import { absolutePath, isFolder, namesIn } from '../../shell/files.ts'
import { thingsOf } from '../derived.ts'
import type { FlagSpec } from '../parse/flags.ts'
import { allFlags, commandOf, SUBCOMMANDS, topLevelCommands } from '../parse/invocation.ts'
import { RESOURCE_TYPES, resourceTypeNamed } from '../parse/resourceTypes.ts'
import { wordsAtEnd } from './words.ts'

/** What a line is completed against. */
export interface CompletionGround {
  readonly world: World
  readonly files: Files
  readonly folder: string
  /** Of the names that come without one. */
  readonly namespace: string
  /** What may stand where a command begins. */
  readonly programs: readonly string[]
  readonly aliases: ReadonlyMap<string, string>
}

export interface Completion {
  /** Where the word begins that is completed. */
  readonly from: number
  /** The word as it is now, without quotes. */
  readonly current: string
  /** All words that may stand there, sorted. One that ends with `=`, `/` or `,` goes on without a blank. */
  readonly words: readonly string[]
}

/** Commands whose words are names of pods or nodes, without a type. */
const NAMED_TYPES: Readonly<Record<string, string>> = {
  attach: 'pods',
  cordon: 'nodes',
  cp: 'pods',
  debug: 'pods',
  drain: 'nodes',
  exec: 'pods',
  logs: 'pods',
  'port-forward': 'pods',
  'top node': 'nodes',
  'top pod': 'pods',
  uncordon: 'nodes',
}

/** Commands whose first word is a type, the others names of that type. */
const TYPED: readonly string[] = [
  'annotate',
  'autoscale',
  'delete',
  'describe',
  'edit',
  'expose',
  'get',
  'label',
  'patch',
  'rollout history',
  'rollout pause',
  'rollout restart',
  'rollout resume',
  'rollout status',
  'rollout undo',
  'scale',
  'set env',
  'set image',
  'set resources',
  'taint',
  'wait',
]

const VALUES: Readonly<Record<string, readonly string[]>> = {
  cascade: ['background', 'foreground', 'orphan'],
  'dry-run': ['client', 'none', 'server'],
  for: ['condition=', 'create', 'delete', 'jsonpath='],
  output: ['custom-columns=', 'go-template=', 'json', 'jsonpath=', 'name', 'wide', 'yaml'],
  restart: ['Always', 'Never', 'OnFailure'],
  type: ['json', 'merge', 'strategic'],
  validate: ['ignore', 'strict', 'warn'],
}

/** Types of which this cluster can have objects, as one names them. */
const typeWords = (): readonly string[] => RESOURCE_TYPES.filter(({ kept }) => kept).map(({ plural }) => plural)

function names({ world, namespace }: CompletionGround, type: string): readonly string[] {
  const found = resourceTypeNamed(type)
  if (!found) return []
  return thingsOf(world, found, found.namespaced ? namespace : undefined).map(({ metadata }) => metadata.name)
}

/** Files and folders that begin as the word does. */
function paths({ files, folder }: CompletionGround, current: string): readonly string[] {
  const head = current.slice(0, current.lastIndexOf('/') + 1)
  const place = absolutePath(head === '' ? '.' : head, folder)
  return namesIn(files, place).map((name) =>
    isFolder(files, absolutePath(name, place)) ? `${head}${name}/` : `${head}${name}`,
  )
}

function containers(ground: CompletionGround, words: readonly string[]): readonly string[] {
  const type = resourceTypeNamed('pods')
  const pods = type ? thingsOf(ground.world, type, ground.namespace) : []
  const pod = pods.find(({ metadata }) => words.includes(metadata.name) || words.includes(`pod/${metadata.name}`))
  const spec = pod?.spec as { readonly containers?: readonly { readonly name: string }[] } | undefined
  return spec?.containers?.map(({ name }) => name) ?? []
}

/** What a flag may be given; undefined when that cannot be known. */
function valuesOf(flag: string, command: string, current: string, words: readonly string[], ground: CompletionGround) {
  if (flag === 'namespace') return names(ground, 'namespaces')
  if (flag === 'container') return containers(ground, words)
  if (flag === 'filename' || flag === 'patch-file' || flag === 'kustomize') return paths(ground, current)
  if (flag === 'type' && command !== 'patch') return []
  return VALUES[flag] ?? []
}

const specOf = (word: string, specs: readonly FlagSpec[]): FlagSpec | undefined =>
  word.startsWith('--')
    ? specs.find(({ name }) => name === word.slice(2))
    : specs.find(({ short }) => `-${short}` === word)

/** The words that are neither flags nor values of flags. */
function plainWords(words: readonly string[], specs: readonly FlagSpec[]): readonly string[] {
  return words.filter((word, index) => {
    if (word.startsWith('-')) return false
    const flag = index > 0 ? specOf(words[index - 1] as string, specs) : undefined
    return !flag || flag.type === 'b' || flag.type === 'n'
  })
}

/** `pods`, then names; `pod/`, then names behind it. */
function typesAndNames(given: readonly string[], current: string, ground: CompletionGround): readonly string[] {
  const [type = ''] = given
  const slash = current.indexOf('/')
  if (slash > 0) return names(ground, current.slice(0, slash)).map((name) => `${current.slice(0, slash)}/${name}`)
  if (given.length === 0) {
    const comma = current.lastIndexOf(',') + 1
    return typeWords().map((word) => current.slice(0, comma) + word)
  }
  if (!type.includes('/')) return names(ground, type)
  return names(ground, type.slice(0, type.indexOf('/'))).map((name) => `${type.slice(0, type.indexOf('/'))}/${name}`)
}

function kubectlWords(words: readonly string[], current: string, ground: CompletionGround): readonly string[] {
  const command = commandOf(plainWords(words, allFlags('')))
  const specs = allFlags(command)
  const own = { ...ground, namespace: namespaceIn(words, specs) ?? ground.namespace }
  const [, flag, value] = /^(--[\w-]+)=(.*)$/s.exec(current) ?? []
  if (flag !== undefined) {
    const name = flag.slice(2)
    return valuesOf(name, command, value ?? '', words, own).map((word) => `${flag}=${word}`)
  }
  const asked = specOf(words.at(-1) ?? '', specs)
  if (asked && asked.type !== 'b' && asked.type !== 'n') return valuesOf(asked.name, command, current, words, own)
  if (words.includes('--')) return paths(own, current)
  if (current.startsWith('-')) return specs.map(({ name, type }) => (type === 'b' ? `--${name}` : `--${name}=`))
  const given = plainWords(words, specs).slice(command === '' ? 0 : command.split(' ').length)
  const subcommands = command === '' ? topLevelCommands() : (SUBCOMMANDS[command] ?? [])
  if (subcommands.length > 0 && given.length === 0) return subcommands
  if (command === 'explain') return given.length === 0 ? typeWords() : []
  const named = NAMED_TYPES[command]
  if (named !== undefined) return names(own, named)
  return TYPED.includes(command) ? typesAndNames(given, current, own) : []
}

function namespaceIn(words: readonly string[], specs: readonly FlagSpec[]): string | undefined {
  const joined = words.find((word) => word.startsWith('--namespace='))
  if (joined !== undefined) return joined.slice('--namespace='.length)
  return words.find((_word, index) => index > 0 && specOf(words[index - 1] as string, specs)?.name === 'namespace')
}

/** What the text up to the cursor may go on with. */
export function completionOf(text: string, ground: CompletionGround): Completion {
  const { before, current, from, redirected } = wordsAtEnd(text)
  const [first, ...rest] = before
  const words = first === undefined ? [] : [...(ground.aliases.get(first)?.split(/\s+/) ?? [first]), ...rest]
  const possible =
    redirected || (words.length > 0 && words[0] !== 'kubectl')
      ? paths(ground, current)
      : words.length === 0
        ? [...ground.programs, ...ground.aliases.keys()]
        : kubectlWords(words.slice(1), current, ground)
  const fitting = [...new Set(possible)].filter((word) => word.startsWith(current))
  return { from, current, words: fitting.sort() }
}
