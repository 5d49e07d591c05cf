/**
 * `kubectl expose`: a Service in front of what is there.
 * Models: staging/src/k8s.io/kubectl/pkg/cmd/expose/expose.go, v1.36.
 */
import type { Container, Labels, ServicePort } from '../../api/types.ts'
import { currentWorld } from '../../shell/session.ts'
import type { Call, Thing, Verb } from '../call.ts'
import { clientError, Failure, refusalText } from '../failure.ts'
import { resourceTypeNamed } from '../parse/resourceTypes.ts'
import { readSelector } from '../parse/selectors.ts'
import { changedText, readOutput } from '../print/output.ts'
import type { Found } from '../resources.ts'
import { NOTHING_GIVEN, selected } from '../resources.ts'
import { dryRunSuffix, Writes } from '../server.ts'

const EXPOSABLE: readonly string[] = ['Pod', 'Service', 'ReplicationController', 'Deployment', 'ReplicaSet']

/** `a=b,c=d` as labels. @throws Failure */
export function labelsFrom(text: string): Labels {
  const requirements = readSelector(text)
  const other = requirements.find(({ operator }) => operator !== '=')
  if (other) throw clientError(`invalid selector, only equality based selectors are supported: ${text}`)
  return Object.fromEntries(requirements.map(({ key, values }) => [key, values[0] ?? '']))
}

interface Exposed {
  readonly containers?: readonly Container[]
  readonly selector?: Labels
  readonly ports?: readonly ServicePort[]
}

function portsOf({ flags }: Call, { object }: Found): readonly ServicePort[] {
  const { containers = [], ports: own = [] } = object.spec as Exposed
  const protocol = flags.text('protocol') || 'TCP'
  const target = flags.text('target-port')
  const given = flags.text('port') === '' ? undefined : flags.text('port').split(',')
  const numbers =
    given ??
    (object.kind === 'Service'
      ? own.map(({ port }) => String(port))
      : containers.flatMap(({ ports = [] }) => ports.map(({ containerPort }) => String(containerPort))))
  if (numbers.length === 0) throw clientError("couldn't find port via --port flag or introspection")
  return numbers.map((text, index) => {
    const port = Number(text)
    if (!Number.isInteger(port)) throw clientError(`strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`)
    const targetPort = target === '' ? port : /^\d+$/.test(target) ? Number(target) : target
    const name = numbers.length > 1 ? { name: `port-${index + 1}` } : {}
    return { ...name, port, protocol, targetPort }
  })
}

function selectorOf({ flags }: Call, { object, type }: Found): Labels {
  if (flags.text('selector') !== '') return labelsFrom(flags.text('selector'))
  const { selector } = object.spec as Exposed
  const found = object.kind === 'Service' ? selector : object.metadata.labels
  if (!found || Object.keys(found).length === 0)
    throw clientError(
      `couldn't retrieve selectors via --selector flag or introspection: the ${type.singular} has no labels and cannot be exposed`,
    )
  return found
}

/** @throws Failure */
function serviceFor(call: Call, found: Found): Thing {
  const { flags } = call
  const { object, type } = found
  if (!EXPOSABLE.includes(object.kind))
    throw clientError(`cannot expose a ${type.kind}${type.group === '' ? '' : `.${type.group}`}`)
  const selector = selectorOf(call, found)
  const { metadata } = object
  const labels = flags.text('labels') === '' ? metadata.labels : labelsFrom(flags.text('labels'))
  const clusterIP = flags.text('cluster-ip')
  const kind = flags.text('type')
  const affinity = flags.text('session-affinity')
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      ...(labels && { labels }),
      name: flags.text('name') || metadata.name,
      ...(metadata.namespace !== undefined && { namespace: metadata.namespace }),
    },
    spec: {
      ...(clusterIP !== '' && { clusterIP }),
      ports: portsOf(call, found),
      selector,
      ...(affinity !== '' && { sessionAffinity: affinity }),
      ...(kind !== '' && { type: kind }),
    },
  } as unknown as Thing
}

export const expose: Verb = function* (call) {
  const { flags, args } = call
  if (args.length === 0 && flags.list('filename').length === 0) throw new Failure(NOTHING_GIVEN)
  const output = readOutput(call, false)
  const world = yield* currentWorld()
  const withoutSelector = { ...call, flags: flags.without('selector') }
  const { found, errors } = selected(withoutSelector, world)
  const services = resourceTypeNamed('services')
  const writes = new Writes(call, world)
  for (const entry of found) {
    const service = serviceFor(call, entry)
    const { name, namespace } = service.metadata
    if (writes.dryRun === 'client' || !services) {
      writes.say(changedText(output, service, 'exposed', dryRunSuffix('client')))
      continue
    }
    const tried = writes.create(services, service, namespace, name)
    if (tried.ok) writes.say(changedText(output, tried.after ?? service, 'exposed', dryRunSuffix(writes.dryRun)))
    else writes.fail(refusalText(tried.refusal))
  }
  for (const error of errors) writes.fail(error)
  yield* writes.commit()
  return writes.exit
}
