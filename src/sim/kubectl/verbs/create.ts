/**
 * `kubectl create -f`: each object is created or refused for itself.
 * Models: staging/src/k8s.io/kubectl/pkg/cmd/create/create.go, v1.36.
 */
import { withoutNulls } from '../../api/plainData.ts'
import { currentWorld } from '../../shell/session.ts'
import type { Call, Thing, Verb } from '../call.ts'
import { namespaceOf } from '../call.ts'
import { clientError, Failure, refusalText, usageError } from '../failure.ts'
import { withLastApplied } from '../lastApplied.ts'
import type { GivenObject } from '../manifests.ts'
import { errorsText, givenObjects } from '../manifests.ts'
import type { Output } from '../print/output.ts'
import { changedText, readOutput } from '../print/output.ts'
import type { Tried } from '../server.ts'
import {
  decodeFault,
  dryRunSuffix,
  unknownFieldWarnings,
  validationOf,
  Writes,
  withoutUnknownFields,
} from '../server.ts'

/** The object as a client sends it: in its namespace, without what stands for nothing. */
export function sendable({ value, type, namespace }: GivenObject): Thing {
  const plain = withoutNulls(value) as Thing
  return { ...plain, metadata: { ...plain.metadata, ...(type.namespaced && { namespace }) } }
}

/** Sends an object that is new, with every check that the server makes of its text. */
export function sendNew(call: Call, writes: Writes, given: GivenObject, doing: string): Tried | undefined {
  const validation = validationOf(call)
  const fault = decodeFault(given.value, given.type, validation)
  if (fault !== undefined) {
    writes.fail(`Error from server (BadRequest): ${doing}: ${fault}`)
    return undefined
  }
  if (validation === 'warn') writes.warn(unknownFieldWarnings(given.value, given.type))
  const plain = validation === 'strict' ? sendable(given) : withoutUnknownFields(sendable(given), given.type)
  const sent = call.flags.is('save-config') ? withLastApplied(plain) : plain
  return writes.create(given.type, sent, given.namespace, given.name)
}

function createOne(call: Call, writes: Writes, given: GivenObject, output: Output): void {
  const suffix = dryRunSuffix(writes.dryRun)
  if (writes.dryRun === 'client') {
    writes.say(changedText(output, sendable(given), 'created', suffix))
    return
  }
  const doing = `error when creating ${JSON.stringify(given.source)}`
  const tried = sendNew(call, writes, given, doing)
  if (tried?.ok === true) writes.say(changedText(output, tried.after ?? sendable(given), 'created', suffix))
  else if (tried) writes.fail(refusalText(tried.refusal, doing))
}

export const create: Verb = function* (call) {
  const { flags, args } = call
  if (flags.list('filename').length === 0 && flags.text('kustomize') === '') {
    if (args.length > 0) throw usageError('create', `Unexpected args: [${args.join(' ')}]`)
    throw clientError('must specify one of -f and -k')
  }
  if (args.length > 0) throw usageError('create', `Unexpected args: [${args.join(' ')}]`)
  const output = readOutput(call, false)
  const world = yield* currentWorld()
  const { objects, errors } = givenObjects(call, namespaceOf(call))
  if (objects.length === 0 && errors.length === 0) throw new Failure('error: no objects passed to create')
  const writes = new Writes(call, world)
  for (const given of objects) createOne(call, writes, given, output)
  if (errors.length > 0) writes.fail(errorsText(errors))
  yield* writes.commit()
  return writes.exit
}
