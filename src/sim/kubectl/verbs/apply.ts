/**
 * `kubectl apply`, `replace` and `diff`: what a file says against what there is.
 * Models: staging/src/k8s.io/kubectl/pkg/cmd/{apply,replace}, v1.36. Leaves out: pruning, field managers: a server-side
 * apply is merged as a client-side one.
 */

import { sameSemantically } from '../../api/semanticEquality.ts'
import { currentWorld } from '../../shell/session.ts'
import type { Call, Thing, Verb } from '../call.ts'
import { namespaceOf } from '../call.ts'
import { thingNamed } from '../derived.ts'
import { clientError, Failure, refusalText } from '../failure.ts'
import { LAST_APPLIED, lastApplied, withLastApplied } from '../lastApplied.ts'
import type { GivenObject } from '../manifests.ts'
import { errorsText, givenObjects } from '../manifests.ts'
import { resourceName } from '../parse/resourceTypes.ts'
import { threeWayMerge } from '../patch.ts'
import type { Output } from '../print/output.ts'
import { changedText, readOutput } from '../print/output.ts'
import { notFoundText } from '../resources.ts'
import { decodeFault, dryRunSuffix, validationOf, Writes } from '../server.ts'
import { sendable, sendNew } from './create.ts'

const missingAnnotation = ({ type, name }: GivenObject): string =>
  `Warning: resource ${type.plural}/${name} is missing the ${LAST_APPLIED} annotation which is required by kubectl apply. kubectl apply should only be used on resources created declaratively by either kubectl create --save-config or kubectl apply. The missing annotation will be patched automatically.\n`

/** What apply makes of an object that is there. */
export const merged = (stored: Thing, sent: Thing): Thing => threeWayMerge(lastApplied(stored), sent, stored) as Thing

/**
 * Lists of claims in a manifest are taken as a whole, so what the server has filled in makes them differ at every apply;
 * the server then finds nothing to change.
 */
function differs(stored: Thing, sent: Thing): boolean {
  const templates = (thing: Thing) =>
    (thing.spec as { volumeClaimTemplates?: unknown } | undefined)?.volumeClaimTemplates
  const wanted = templates(sent)
  return wanted !== undefined && !sameSemantically(wanted, templates(stored))
}

function applyNew(call: Call, writes: Writes, given: GivenObject, output: Output, past: string): void {
  const suffix = dryRunSuffix(writes.dryRun)
  const sent = { ...given, value: withLastApplied(sendable(given)) as unknown as GivenObject['value'] }
  if (writes.dryRun === 'client') {
    writes.say(changedText(output, sendable(given), past, suffix))
    return
  }
  const doing = `error when creating ${JSON.stringify(given.source)}`
  const tried = sendNew(call, writes, sent, doing)
  if (tried?.ok === true) writes.say(changedText(output, tried.after ?? sendable(given), past, suffix))
  else if (tried) writes.fail(refusalText(tried.refusal, doing))
}

const patchFailed = ({ source }: GivenObject): string => `error when applying patch from ${JSON.stringify(source)}`

function applyOne(call: Call, writes: Writes, given: GivenObject, output: Output): void {
  const serverSide = call.flags.is('server-side')
  const stored = thingNamed(writes.world, given.type, given.namespace, given.name)
  const applied = serverSide ? 'serverside-applied' : undefined
  if (!stored) {
    applyNew(call, writes, given, output, applied ?? 'created')
    return
  }
  const fault = decodeFault(given.value, given.type, validationOf(call))
  if (fault !== undefined) {
    writes.fail(`Error from server (BadRequest): ${patchFailed(given)}: ${fault}`)
    return
  }
  if (!serverSide && stored.metadata.annotations?.[LAST_APPLIED] === undefined) writes.warn(missingAnnotation(given))
  const sent = serverSide ? sendable(given) : withLastApplied(sendable(given))
  const suffix = dryRunSuffix(writes.dryRun)
  if (writes.dryRun === 'client') {
    writes.say(changedText(output, stored, applied ?? 'configured', suffix))
    return
  }
  const tried = writes.change(given.type, stored, merged(stored, sent))
  if (!tried.ok) {
    writes.fail(refusalText(tried.refusal, patchFailed(given)))
    return
  }
  const after = tried.after ?? stored
  const same = after.metadata.resourceVersion === stored.metadata.resourceVersion && !differs(stored, sent)
  writes.say(changedText(output, after, applied ?? (same ? 'unchanged' : 'configured'), suffix))
}

/** @throws Failure when no file is named */
export function requireFiles({ flags, args, command }: Call, exit = 1): void {
  if (flags.list('filename').length === 0 && flags.text('kustomize') === '')
    throw args.length > 0 && command !== 'diff'
      ? clientError(`Unexpected args: [${args.join(' ')}]\nSee 'kubectl ${command} -h' for help and examples`)
      : clientError('must specify one of -f and -k', exit)
}

export const apply: Verb = function* (call) {
  requireFiles(call)
  const output = readOutput(call, false)
  const world = yield* currentWorld()
  const { objects, errors } = givenObjects(call, namespaceOf(call))
  if (objects.length === 0 && errors.length === 0) throw new Failure('error: no objects passed to apply')
  const writes = new Writes(call, world)
  for (const given of objects) applyOne(call, writes, given, output)
  if (errors.length > 0) writes.fail(errorsText(errors))
  yield* writes.commit()
  return writes.exit
}

/** What is replaced keeps only what no client writes. */
function replacement(stored: Thing, sent: Thing): Thing {
  const { uid, creationTimestamp, generation, deletionTimestamp, deletionGracePeriodSeconds } = stored.metadata
  const own = { uid, creationTimestamp, generation, deletionTimestamp, deletionGracePeriodSeconds }
  const kept = Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined))
  const metadata = { ...sent.metadata, ...kept, resourceVersion: stored.metadata.resourceVersion }
  return { ...sent, metadata, ...(stored.status !== undefined && { status: stored.status }) } as Thing
}

function replaceOne(call: Call, writes: Writes, given: GivenObject, output: Output): void {
  const doing = `error when replacing ${JSON.stringify(given.source)}`
  const stored = thingNamed(writes.world, given.type, given.namespace, given.name)
  if (!stored) {
    writes.fail(notFoundText(given.type, given.name, doing))
    return
  }
  const fault = decodeFault(given.value, given.type, validationOf(call))
  if (fault !== undefined) {
    writes.fail(`Error from server (BadRequest): ${doing}: ${fault}`)
    return
  }
  const sent = sendable(given)
  const { resourceVersion } = sent.metadata
  if (resourceVersion !== undefined && resourceVersion !== stored.metadata.resourceVersion) {
    writes.fail(
      `Error from server (Conflict): ${doing}: Operation cannot be fulfilled on ${resourceName(given.type)} ${JSON.stringify(given.name)}: the object has been modified; please apply your changes to the latest version and try again`,
    )
    return
  }
  const tried = writes.change(given.type, stored, replacement(stored, sent))
  if (tried.ok) writes.say(changedText(output, tried.after ?? stored, 'replaced', dryRunSuffix(writes.dryRun)))
  else writes.fail(refusalText(tried.refusal, doing))
}

/** Deletes what is there and creates it again. */
function forceReplaceOne(call: Call, writes: Writes, given: GivenObject, output: Output): void {
  const doing = `error when replacing ${JSON.stringify(given.source)}`
  const stored = thingNamed(writes.world, given.type, given.namespace, given.name)
  if (stored) {
    writes.remove(given.type, stored, { graceSeconds: 0 })
    if (output.kind === 'table') writes.say(deletedLine(given))
  }
  const tried = sendNew(call, writes, given, doing)
  if (tried?.ok === true) writes.say(changedText(output, tried.after ?? sendable(given), 'replaced'))
  else if (tried) writes.fail(refusalText(tried.refusal, doing))
}

const deletedLine = ({ type, name, namespace }: GivenObject): string =>
  `${type.group === '' ? type.singular : `${type.singular}.${type.group}`} ${JSON.stringify(name)} deleted${type.namespaced ? ` from ${namespace} namespace` : ''}\n`

export const replace: Verb = function* (call) {
  requireFiles(call)
  const output = readOutput(call, false)
  const world = yield* currentWorld()
  const { objects, errors } = givenObjects(call, namespaceOf(call))
  if (objects.length === 0 && errors.length === 0) throw new Failure('error: no objects passed to replace')
  const writes = new Writes(call, world)
  const one = call.flags.is('force') ? forceReplaceOne : replaceOne
  for (const given of objects) one(call, writes, given, output)
  if (errors.length > 0) writes.fail(errorsText(errors))
  yield* writes.commit()
  return writes.exit
}
