/**
 * `kubectl create namespace | configmap | secret generic | service clusterip | service nodeport | poddisruptionbudget | quota`.
 * Models: staging/src/k8s.io/kubectl/pkg/cmd/create/create_*.go, v1.36.
 */
import { base64 } from '../../api/base64.ts'
import { parseQuantity, QUANTITY_ERROR } from '../../api/quantity.ts'
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

/** `pods=3,requests.cpu=2`. @throws Failure */
function hardFrom({ flags }: Call): Readonly<Record<string, string>> {
  const pairs = flags.text('hard') === '' ? [] : flags.text('hard').split(',')
  return Object.fromEntries(
    pairs.map((pair) => {
      const [resource = '', amount, more] = pair.split('=')
      if (amount === undefined || more !== undefined)
        throw clientError(`Invalid argument syntax ${pair}, expected <resource>=<value>`)
      if (!parseQuantity(amount)) throw clientError(QUANTITY_ERROR)
      return [resource, amount]
    }),
  )
}

/** @throws Failure */
function scopesFrom({ flags }: Call): readonly string[] {
  const text = flags.text('scopes')
  const scopes = text === '' ? [] : text.split(',')
  if (scopes.includes('')) throw clientError('invalid resource quota scope ""')
  return scopes
}

function quota(call: Call, name: string) {
  const [hard, scopes] = [hardFrom(call), scopesFrom(call)]
  return {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { name },
    spec: { ...(Object.keys(hard).length > 0 && { hard }), ...(scopes.length > 0 && { scopes }) },
  }
}

/** `failing` stands before the server's words where kubectl makes an error of its own of them. */
const named = (plural: string, make: (call: Call, name: string) => object, failing?: string): Verb =>
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
      else
        writes.fail(failing === undefined ? refusalText(tried.refusal) : `error: ${failing} ${tried.refusal.message}`)
    }
    yield* writes.commit()
    return writes.exit
  }

export const createNamespace = named('namespaces', (_call, name) => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name },
}))

export const createConfigMap = named(
  'configmaps',
  (call, name) => ({
    apiVersion: 'v1',
    ...(call.flags.list('from-literal').length + call.flags.list('from-file').length > 0 && { data: dataFrom(call) }),
    kind: 'ConfigMap',
    metadata: { name },
  }),
  'failed to create configmap:',
)

export const createSecret = named(
  'secrets',
  (call, name) => ({
    apiVersion: 'v1',
    data: encoded(dataFrom(call)),
    kind: 'Secret',
    metadata: { name },
    ...(call.flags.text('type') !== '' && { type: call.flags.text('type') }),
  }),
  'failed to create secret',
)

export const createClusterIp = named('services', service('ClusterIP'), 'failed to create ClusterIP service:')
export const createNodePort = named('services', service('NodePort'), 'failed to create NodePort service:')
export const createQuota = named('resourcequotas', quota, 'failed to create quota:')
export const createBudget = named('poddisruptionbudgets', budget, 'failed to create poddisruptionbudgets:')
