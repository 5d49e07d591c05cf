/**
 * `kubectl scale`.
 * Models: staging/src/k8s.io/kubectl/pkg/cmd/scale/scale.go, pkg/scale/scale.go, v1.36.
 */

import type { Steps } from '../../shell/session.ts'
import { currentWorld } from '../../shell/session.ts'
import type { Call, Thing, Verb } from '../call.ts'
import { thingNamed } from '../derived.ts'
import { clientError, Failure, refusalText } from '../failure.ts'
import { changedText, readOutput } from '../print/output.ts'
import type { Found } from '../resources.ts'
import { selected } from '../resources.ts'
import { dryRunSuffix, Writes } from '../server.ts'

const SCALABLE: readonly string[] = ['Deployment', 'ReplicaSet', 'ReplicationController', 'StatefulSet']

const replicasOf = ({ spec }: Thing): number => (spec as { readonly replicas?: number }).replicas ?? 0

/** What stands against scaling an object; undefined when nothing does. */
function refused({ flags }: Call, { object, type }: Found): string | undefined {
  if (!SCALABLE.includes(type.kind))
    return 'Error from server (NotFound): the server could not find the requested resource'
  const current = flags.number('current-replicas')
  if (current >= 0 && current !== replicasOf(object))
    return `error: Expected replicas to be ${current}, was ${replicasOf(object)}`
  const version = flags.text('resource-version')
  if (version !== '' && version !== object.metadata.resourceVersion)
    return `error: Expected resource version to be ${version}, was ${object.metadata.resourceVersion}`
  return undefined
}

/** Until as many replicas are there as were asked for. */
function* untilScaled({ type, object: { metadata } }: Found, replicas: number, ms: number): Steps {
  const until = (yield* currentWorld()).now + ms
  for (;;) {
    const world = yield* currentWorld()
    const now = thingNamed(world, type, metadata.namespace, metadata.name)
    const status = now?.status as { readonly replicas?: number; readonly observedGeneration?: number } | undefined
    if (!now || (status?.replicas === replicas && status.observedGeneration === now.metadata.generation)) return 0
    if (world.now >= until) throw clientError(`timed out waiting for ${JSON.stringify(metadata.name)} to be synced`)
    yield { ask: 'wait', until }
  }
}

export const scale: Verb = function* (call) {
  const { flags } = call
  const replicas = flags.number('replicas')
  if (replicas < 0)
    throw clientError('The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0')
  const output = readOutput(call, false)
  const world = yield* currentWorld()
  const { found, errors } = selected(call, world)
  if (found.length === 0 && errors.length === 0) throw clientError('no objects passed to scale')
  const writes = new Writes(call, world)
  const scaled: Found[] = []
  for (const entry of found) {
    const reason = refused(call, entry)
    const wanted = { ...entry.object, spec: { ...(entry.object.spec as object), replicas } }
    if (reason !== undefined) writes.fail(reason)
    else if (writes.dryRun === 'client') writes.say(changedText(output, entry.object, 'scaled', dryRunSuffix('client')))
    else {
      const tried = writes.change(entry.type, entry.object, wanted)
      if (!tried.ok) writes.fail(refusalText(tried.refusal))
      else {
        scaled.push(entry)
        writes.say(changedText(output, tried.after ?? wanted, 'scaled', dryRunSuffix(writes.dryRun)))
      }
    }
  }
  for (const error of errors) writes.fail(error)
  yield* writes.commit()
  if (flags.duration('timeout') > 0 && writes.dryRun === 'none')
    for (const entry of scaled) yield* untilScaled(entry, replicas, flags.duration('timeout'))
  return writes.exit
}

const METRICS = 'autoscaling is not simulated: kubectl scale sets the replicas by hand'

/** Needs measurements of processors, which nobody takes here. */
export const autoscale: Verb = function* () {
  yield* currentWorld()
  throw new Failure(`error: ${METRICS}`)
}
