/**
 * The kubectl line that a command equals, ready to be copied into a POSIX shell. Where kubectl has no such command, the
 * line is a comment that says so.
 */
import { KINDS, kindNamed } from '../api/kinds.ts'
import type { Command, CommandType } from '../kernel/command.ts'

/** What a line may need beyond the command. */
export interface LineContext {
  /** The container meant when the command names none; without it `*` stands for all. */
  readonly container?: string
}

/** The word quoted so that a POSIX shell reads exactly this text. */
export const shellQuote = (word: string): string =>
  /^[\w\-.,:/@%+][\w\-.,:/@%+=]*$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`

const line = (namespace: string, ...words: readonly (string | undefined)[]): string =>
  ['kubectl', ...(namespace === 'default' ? [] : ['-n', namespace]), ...words]
    .filter((word) => word !== undefined)
    .map((word) => shellQuote(word))
    .join(' ')

/** A comment must not end early: a line break in it would start a command. */
const comment = (text: string): string => `# kubectl has no command for this: ${text.replaceAll(/[\r\n]+/g, ' ')}`

const SHORT_KINDS: Readonly<Record<string, string>> = {
  statefulsets: 'sts',
  pods: 'pod',
  persistentvolumeclaims: 'pvc',
  persistentvolumes: 'pv',
  services: 'svc',
  configmaps: 'cm',
  namespaces: 'ns',
  nodes: 'node',
  storageclasses: 'sc',
  poddisruptionbudgets: 'pdb',
  resourcequotas: 'quota',
}

const shortKind = (plural: string): string => SHORT_KINDS[plural] ?? plural

const patchLine = (namespace: string, kind: string, name: string, patch: object): string =>
  line(namespace, 'patch', shortKind(kind), name, '-p', JSON.stringify(patch))

/** Runs a script in the pod. `--` ends kubectl's own flags. */
const execLine = (namespace: string, pod: string, container: string | undefined, script: string): string =>
  line(namespace, 'exec', pod, ...(container === undefined ? [] : ['-c', container]), '--', 'sh', '-c', script)

/** `echo` where every shell's echo writes exactly this text, else `printf`. */
function writeScript(path: string, text: string): string {
  const echo = /^(?!-)[^\\\n]*\n$/.test(text)
  const write = echo ? `echo ${shellQuote(text.slice(0, -1))}` : `printf '%s' ${shellQuote(text)}`
  return `${write} > ${shellQuote(path)}`
}

function deletePodFlags({ force, graceSeconds }: Extract<Command, { type: 'deletePod' }>): readonly string[] {
  if (force) return ['--grace-period=0', '--force']
  return graceSeconds === undefined ? [] : [`--grace-period=${graceSeconds}`]
}

function drainFlags(command: Extract<Command, { type: 'drainNode' }>): readonly string[] {
  const { force, deleteEmptyDirData, disableEviction, graceSeconds, timeoutSeconds } = command
  return [
    ...(force ? ['--force'] : []),
    ...(deleteEmptyDirData ? ['--delete-emptydir-data'] : []),
    ...(disableEviction ? ['--disable-eviction'] : []),
    ...(graceSeconds === undefined ? [] : [`--grace-period=${graceSeconds}`]),
    ...(timeoutSeconds === undefined ? [] : [`--timeout=${timeoutSeconds}s`]),
  ]
}

/** A set's strategy as a patch: naming no block takes away the one that is there. */
const strategyPatch = ({ type, rollingUpdate }: Extract<Command, { type: 'setUpdateStrategy' }>['strategy']) => ({
  spec: { updateStrategy: { type, rollingUpdate: rollingUpdate ?? null } },
})

const partitionPatch = (partition: number) => ({
  spec: { updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition } } },
})

/** What happens to a machine rather than to the API. */
const MACHINE_EVENTS = {
  addNode: 'joins the cluster',
  powerOffNode: 'loses power',
  powerOnNode: 'is switched on',
  rebootNode: 'boots again',
  shutDownNode: 'is shut down in good order',
  cutOffNode: 'is cut off from the network',
  reconnectNode: 'reaches the network again',
} as const satisfies { readonly [T in CommandType]?: string }

const taintText = ({ key, value, effect }: Extract<Command, { type: 'taintNode' }>): string =>
  `${key}${value ? `=${value}` : ''}:${effect}`

const labelWords = ({ label, value }: Extract<Command, { type: 'labelNode' }>): readonly string[] =>
  value === undefined ? [`${label}-`] : [`${label}=${value}`, '--overwrite']

export function kubectlLine(command: Command, context: LineContext = {}): string {
  if (command.type === 'applyObjects') return line('default', 'apply', '-f', command.source ?? '-')
  if (command.type === 'kubectl') return command.line
  const { name } = command
  const namespace = command.namespace ?? 'default'
  switch (command.type) {
    case 'scaleStatefulSet':
      return line(namespace, 'scale', 'sts', name, `--replicas=${command.replicas}`)
    case 'setImage':
      return line(
        namespace,
        'set',
        'image',
        `sts/${name}`,
        `${command.container ?? context.container ?? '*'}=${command.image}`,
      )
    case 'setPartition':
      return patchLine(namespace, 'statefulsets', name, partitionPatch(command.partition))
    case 'setUpdateStrategy':
      return patchLine(namespace, 'statefulsets', name, strategyPatch(command.strategy))
    case 'patchObject':
      return patchLine(namespace, command.kind, name, command.patch)
    case 'deleteStatefulSet':
      return line(namespace, 'delete', 'sts', name, `--cascade=${command.cascade}`)
    case 'deletePod':
      return line(namespace, 'delete', 'pod', name, ...deletePodFlags(command))
    case 'deleteClaim':
      return line(namespace, 'delete', 'pvc', name)
    case 'deleteObject':
      return line(
        KINDS[kindNamed(command.kind) ?? 'Pod'].namespaced ? namespace : 'default',
        'delete',
        shortKind(command.kind),
        name,
      )
    case 'crashContainer':
      return execLine(namespace, name, command.container, 'kill 1')
    case 'exhaustMemory':
      return comment(`the container of ${name} runs out of memory`)
    case 'hangContainer':
      return comment(`the process of ${name} hangs: it answers no probe`)
    case 'setReadiness':
      return comment(command.ready ? `${name} answers its readiness probe again` : `${name} fails its readiness probe`)
    case 'failPod':
      return comment(`the node gives up pod ${name} (${command.reason ?? 'Evicted'})`)
    case 'evictPod':
      return comment(`evict pod ${name} through the API`)
    case 'cordonNode':
      return line('default', 'cordon', name)
    case 'uncordonNode':
      return line('default', 'uncordon', name)
    case 'drainNode':
      return line('default', 'drain', name, '--ignore-daemonsets', ...drainFlags(command))
    case 'stopDrain':
      return comment(`interrupt the drain of ${name} with Ctrl-C`)
    case 'taintNode':
      return line('default', 'taint', 'nodes', name, taintText(command))
    case 'untaintNode':
      return line('default', 'taint', 'nodes', name, `${command.key}${command.effect ? `:${command.effect}` : ''}-`)
    case 'labelNode':
      return line('default', 'label', 'node', name, ...labelWords(command))
    case 'addNode':
    case 'powerOffNode':
    case 'powerOnNode':
    case 'rebootNode':
    case 'shutDownNode':
    case 'cutOffNode':
    case 'reconnectNode':
      return comment(`machine ${name} ${MACHINE_EVENTS[command.type]}`)
    case 'writeFile':
      return execLine(namespace, name, undefined, writeScript(command.path, command.text))
    case 'removeFile':
      return execLine(namespace, name, undefined, `rm ${shellQuote(command.path)}`)
  }
}
