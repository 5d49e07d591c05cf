/**
 * `kubectl rollout status`: a line for every change of the set until its roll out is done.
 * Models: staging/src/k8s.io/kubectl/pkg/cmd/rollout/rollout_status.go, pkg/polymorphichelpers/rollout_status.go, v1.36.
 */
import type { StatefulSet } from '../../api/types.ts'
import { currentWorld, print } from '../../shell/session.ts'
import type { Verb } from '../call.ts'
import { thingNamed } from '../derived.ts'
import { clientError, Failure } from '../failure.ts'
import { selected } from '../resources.ts'
import { requireSet } from './rollout.ts'

interface Status {
  readonly line: string
  readonly done: boolean
}

const waiting = (line: string): Status => ({ line, done: false })

/** @throws Failure for a strategy that never rolls out */
function statusOf({ metadata, spec, status }: StatefulSet): Status {
  if (spec.updateStrategy.type !== 'RollingUpdate')
    throw clientError('rollout status is only available for RollingUpdate strategy type')
  const { observedGeneration = 0, readyReplicas = 0, updatedReplicas = 0, currentReplicas = 0 } = status
  if (observedGeneration === 0 || (metadata.generation ?? 0) > observedGeneration)
    return waiting('Waiting for statefulset spec update to be observed...\n')
  if (readyReplicas < spec.replicas)
    return waiting(`Waiting for ${spec.replicas - readyReplicas} pods to be ready...\n`)
  const { partition } = spec.updateStrategy.rollingUpdate ?? {}
  if (partition !== undefined) {
    if (updatedReplicas < spec.replicas - partition)
      return waiting(
        `Waiting for partitioned roll out to finish: ${updatedReplicas} out of ${spec.replicas - partition} new pods have been updated...\n`,
      )
    return { line: `partitioned roll out complete: ${updatedReplicas} new pods have been updated...\n`, done: true }
  }
  if (status.updateRevision !== status.currentRevision)
    return waiting(
      `waiting for statefulset rolling update to complete ${updatedReplicas} pods at revision ${status.updateRevision}...\n`,
    )
  return {
    line: `statefulset rolling update complete ${currentReplicas} pods at revision ${status.currentRevision}...\n`,
    done: true,
  }
}

export const rolloutStatus: Verb = function* (call) {
  const { flags, args } = call
  if (args.length === 0 && flags.list('filename').length === 0) throw clientError('required resource not specified')
  let world = yield* currentWorld()
  const { found, errors } = selected(call, world, { listsAll: true })
  if (errors.length > 0) throw new Failure(errors.join('\n'))
  const timeout = flags.duration('timeout')
  for (const entry of found) {
    requireSet(entry, 'status')
    const { type, object } = entry
    const { namespace, name, uid } = object.metadata
    const until = timeout > 0 ? world.now + timeout : undefined
    let seen: string | undefined
    for (;;) {
      const now = thingNamed(world, type, namespace, name)
      if (now?.metadata.uid !== uid) throw clientError('object has been deleted')
      if (now.metadata.resourceVersion !== seen) {
        seen = now.metadata.resourceVersion
        const { line, done } = statusOf(now as unknown as StatefulSet)
        yield* print(line)
        if (done || !flags.is('watch')) break
      }
      if (until !== undefined && world.now >= until) throw clientError('timed out waiting for the condition')
      world = (yield until === undefined ? { ask: 'wait' } : { ask: 'wait', until }).world
    }
  }
  return 0
}
