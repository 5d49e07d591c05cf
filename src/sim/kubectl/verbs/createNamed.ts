/**
 * `kubectl create namespace | configmap | secret generic | service clusterip | service nodeport | poddisruptionbudget`.
 * Models: staging/src/k8s.io/kubectl/pkg/cmd/create/create_*.go, v1.36.
 */
import { base64 } from '../../api/base64.ts'
import { absolutePath } from '../../shell/files.ts'
import { currentWorld } from '../../shell/session.ts'
import type { Call, Thing, Verb } from '../call.ts'
import { namespaceOf } from '../call.ts'
import { clientError, Failure, refusalText, usageError } from '../failure.ts'
import { withLastApplied } from '../lastApplied.ts'
import type { ResourceType } from '../parse/resourceTypes.ts'
import { resourceTypeNamed } from '../parse/resourceTypes.ts'
import { changedText, readOutput } from '../print/output.ts'
import { dryRunSuffix, Writes } from '../server.ts'
import { labelsFrom } from './expose.ts'

/** The one name that stands on the line. @throws Failure */
function nameOf({ command, args }: Call): string {
  const [name] = args
  if (name === undefined || args.length !== 1)
    throw usageError(command, `exactly one NAME is required, got ${args.length}`)
  return name
}

/** `--from-literal` and `--from-file`. @throws Failure */
function dataFrom({ flags, io }: Call): Readonly<Record<string, string>> {
  const data: Record<string, string> = {}
  for (const literal of flags.list('from-literal')) {
    const equals = literal.indexOf('=')
    if (equals < 1) throw clientError(`invalid literal source ${literal}, expected key=value`)
    data[literal.slice(0, equals)] = literal.slice(equals + 1).replace(/^(["'])(.*)\1$/, '$2')
  }
  for (const source of flags.list('from-file')) {
    const equals = source.indexOf('=')
    const path = source.slice(equals + 1)
    const text = io.shell.files.read(absolutePath(path, io.shell.folder))
    if (text === undefined) throw new Failure(`error: error reading ${path}: no such file or directory`)
    data[equals < 0 ? (path.split('/').at(-1) as string) : source.slice(0, equals)] = text
  }
  return data
}

function portsFrom({ flags }: Call, nodePort: number): readonly object[] {
  return flags.list('tcp').map((pair) => {
    const [port = '', target = port] = pair.split(':')
    if (!/^\d+$/.test(port)) throw clientError(`invalid port format: ${pair}`)
    const targetPort = /^\d+$/.test(target) ? Number(target) : target
    return {
      name: pair.replace(':', '-'),
      port: Number(port),
      protocol: 'TCP',
      targetPort,
      ...(nodePort > 0 && { nodePort }),
    }
  })
}

const service = (kind: 'ClusterIP' | 'NodePort') => (call: Call, name: string) => {
  const { flags } = call
  const clusterIP = kind === 'ClusterIP' ? flags.text('clusterip') : ''
  if (flags.list('tcp').length === 0 && clusterIP !== 'None')
    throw clientError('at least one tcp port specifier must be provided')
  const ports = portsFrom(call, kind === 'NodePort' ? flags.number('node-port') : 0)
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { labels: { app: name }, name },
    spec: {
      ...(clusterIP !== '' && { clusterIP }),
      ...(ports.length > 0 && { ports }),
      selector: { app: name },
      type: kind,
    },
  }
}

function budget({ flags }: Call, name: string) {
  const [min, max] = [flags.text('min-available'), flags.text('max-unavailable')]
  if (flags.text('selector') === '') throw clientError('a selector must be specified')
  if (min === '' && max === '') throw clientError('one of min-available or max-unavailable must be specified')
  if (min !== '' && max !== '') throw clientError('min-available and max-unavailable cannot be both specified')
  const value = (text: string) => (/^\d+$/.test(text) ? Number(text) : text)
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name },
    spec: {
      ...(min === '' ? { maxUnavailable: value(max) } : { minAvailable: value(min) }),
      selector: { matchLabels: labelsFrom(flags.text('selector')) },
    },
  }
}

const encoded = (data: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(data).map(([key, text]) => [key, base64(text)]))

const named = (plural: string, make: (call: Call, name: string) => object): Verb =>
  function* (call) {
    const name = nameOf(call)
    const output = readOutput(call, false)
    const type = resourceTypeNamed(plural) as ResourceType
    const made = make(call, name) as Thing
    const namespace = namespaceOf(call)
    const placed = type.namespaced ? { ...made, metadata: { ...made.metadata, namespace } } : made
    const sent = call.flags.is('save-config') ? withLastApplied(placed) : placed
    const writes = new Writes(call, yield* currentWorld())
    if (writes.dryRun === 'client') writes.say(changedText(output, made, 'created', dryRunSuffix('client')))
    else {
      const tried = writes.create(type, sent, namespace, name)
      if (tried.ok) writes.say(changedText(output, tried.after ?? sent, 'created', dryRunSuffix(writes.dryRun)))
      else writes.fail(refusalText(tried.refusal, `failed to create ${type.singular}`))
    }
    yield* writes.commit()
    return writes.exit
  }

export const createNamespace = named('namespaces', (_call, name) => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name },
}))

export const createConfigMap = named('configmaps', (call, name) => ({
  apiVersion: 'v1',
  ...(call.flags.list('from-literal').length + call.flags.list('from-file').length > 0 && { data: dataFrom(call) }),
  kind: 'ConfigMap',
  metadata: { name },
}))

export const createSecret = named('secrets', (call, name) => ({
  apiVersion: 'v1',
  data: encoded(dataFrom(call)),
  kind: 'Secret',
  metadata: { name },
  ...(call.flags.text('type') !== '' && { type: call.flags.text('type') }),
}))

export const createClusterIp = named('services', service('ClusterIP'))
export const createNodePort = named('services', service('NodePort'))
export const createBudget = named('poddisruptionbudgets', budget)
