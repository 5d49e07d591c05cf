/**
 * `kubectl rollout history`, `undo`, `restart`, `pause`, `resume` of StatefulSets.
 * Models: staging/src/k8s.io/kubectl/pkg/cmd/rollout, pkg/polymorphichelpers/{history,rollback,objectpauser}.go, v1.36.
 */
import { controllerOf } from '../../api/kinds.ts'
import { sameSemantically } from '../../api/semanticEquality.ts'
import { timestampAt } from '../../api/time.ts'
import type { ControllerRevision, PodTemplateSpec } from '../../api/types.ts'
import { listObjects } from '../../kernel/apiServer.ts'
import type { World } from '../../kernel/types.ts'
import { currentWorld, print } from '../../shell/session.ts'
import type { Thing, Verb } from '../call.ts'
import { podTemplate } from '../describe/containers.ts'
import { DescribeWriter } from '../describe/tabs.ts'
import { clientError, Failure, refusalText } from '../failure.ts'
import { LAST_APPLIED } from '../lastApplied.ts'
import { resourceName } from '../parse/resourceTypes.ts'
import { changedText, qualifiedThing, readOutput } from '../print/output.ts'
import { NARROW, tableText } from '../print/table.ts'
import type { Found } from '../resources.ts'
import { NOTHING_GIVEN, selected } from '../resources.ts'
import { dryRunSuffix, Writes } from '../server.ts'
import { changeEach } from './changed.ts'

const CHANGE_CAUSE = 'kubernetes.io/change-cause'

/** The revisions of a set, the oldest first. */
function revisionsOf(world: World, { metadata }: Thing): readonly ControllerRevision[] {
  return listObjects(world.objects, 'ControllerRevision', metadata.namespace)
    .filter((revision) => controllerOf(revision.metadata)?.uid === metadata.uid)
    .sort((a, b) => a.revision - b.revision)
}

/** The template that a revision keeps. */
function templateOf({ data }: ControllerRevision): PodTemplateSpec {
  const { $patch: _how, ...template } = data.spec.template
  return template
}

/** The words of each subcommand for kinds that have none of it. */
const MISSING: Readonly<Record<string, (kind: string) => string>> = {
  history: (kind) => `no history viewer has been implemented for "${kind}"`,
  status: (kind) => `no status viewer has been implemented for ${kind}`,
  undo: (kind) => `no rollbacker has been implemented for "${kind}"`,
}

/** @throws Failure for anything but a StatefulSet */
export function requireSet({ object }: Found, word: 'history' | 'status' | 'undo'): void {
  if (object.kind !== 'StatefulSet') throw clientError((MISSING[word] as (kind: string) => string)(object.kind))
}

function historyText(world: World, object: Thing): string {
  const rows = revisionsOf(world, object).map(({ revision, metadata }) => [
    String(revision),
    metadata.annotations?.[CHANGE_CAUSE] || '<none>',
  ])
  return `${qualifiedThing(object)} \n${tableText([['REVISION', 'CHANGE-CAUSE'], ...rows], NARROW)}\n`
}

function revisionText(world: World, object: Thing, wanted: number): string {
  const found = revisionsOf(world, object).find(({ revision }) => revision === wanted)
  if (!found) throw clientError('unable to find the specified revision')
  const out = new DescribeWriter()
  podTemplate(out, templateOf(found))
  return `${qualifiedThing(object)} with revision #${wanted}\n${out.raw()}\n`
}

export const rolloutHistory: Verb = function* (call) {
  const { flags, args } = call
  if (args.length === 0 && flags.list('filename').length === 0) throw new Failure(NOTHING_GIVEN)
  const revision = flags.number('revision')
  if (revision < 0) throw clientError(`revision must be a positive integer: ${revision}`)
  const world = yield* currentWorld()
  const { found, errors } = selected(call, world, { listsAll: true })
  for (const entry of found) {
    requireSet(entry, 'history')
    yield* print(revision > 0 ? revisionText(world, entry.object, revision) : historyText(world, entry.object))
  }
  if (errors.length > 0) throw new Failure(errors.join('\n'))
  return 0
}

const MANAGED_BY_APPLY = (object: Thing, plural: string): string =>
  `Warning: resource ${plural}/${object.metadata.name} was previously managed with 'kubectl apply'. Rolling back will not update the ${LAST_APPLIED} annotation, which may cause unexpected behavior on future 'kubectl apply' operations. Consider using 'kubectl apply' with your previous configuration file instead.\n`

/** The revision to go back to: the named one, else the one before the last. @throws Failure */
function target(world: World, object: Thing, wanted: number): ControllerRevision {
  const revisions = revisionsOf(world, object)
  if (wanted > 0) {
    const found = revisions.find(({ revision }) => revision === wanted)
    if (!found) throw clientError(`unable to find specified revision ${wanted} in history`)
    return found
  }
  const found = revisions.at(-2)
  if (!found) throw clientError('no last revision to roll back to')
  return found
}

export const rolloutUndo: Verb = function* (call) {
  const { flags, args } = call
  if (args.length === 0 && flags.list('filename').length === 0) throw new Failure(NOTHING_GIVEN)
  const output = readOutput(call, false)
  const world = yield* currentWorld()
  const { found, errors } = selected(call, world)
  const writes = new Writes(call, world)
  for (const entry of found) {
    requireSet(entry, 'undo')
    const { object, type } = entry
    if (object.metadata.annotations?.[LAST_APPLIED] !== undefined) writes.warn(MANAGED_BY_APPLY(object, type.plural))
    try {
      const revision = target(world, object, flags.number('to-revision'))
      const spec = object.spec as { readonly template: PodTemplateSpec }
      const template = templateOf(revision)
      if (sameSemantically(spec.template, template)) {
        const skipped = `skipped rollback (current template already matches revision ${revision.revision})`
        writes.say(changedText(output, object, skipped))
        continue
      }
      const wanted = { ...object, spec: { ...spec, template } }
      const tried = writes.change(type, object, wanted)
      if (tried.ok) writes.say(changedText(output, tried.after ?? wanted, 'rolled back', dryRunSuffix(writes.dryRun)))
      else writes.fail(refusalText(tried.refusal))
    } catch (error) {
      if (!(error instanceof Failure)) throw error
      writes.fail(error.message)
    }
  }
  for (const error of errors) writes.fail(error)
  yield* writes.commit()
  return writes.exit
}

const RESTARTED_AT = 'kubectl.kubernetes.io/restartedAt'

export const rolloutRestart: Verb = function* (call) {
  if (call.args.length === 0 && call.flags.list('filename').length === 0 && call.flags.text('selector') === '')
    throw new Failure(NOTHING_GIVEN)
  const { now } = yield* currentWorld()
  return yield* changeEach(call, {
    past: 'restarted',
    listsAll: true,
    change: ({ object, type }) => {
      const spec = object.spec as { readonly template?: PodTemplateSpec } | undefined
      if (!spec?.template)
        return `error: ${resourceName(type)} ${JSON.stringify(object.metadata.name)} restarting is not supported`
      const { metadata = {} } = spec.template
      const annotations = { ...metadata.annotations, [RESTARTED_AT]: timestampAt(now) }
      return { ...object, spec: { ...spec, template: { ...spec.template, metadata: { ...metadata, annotations } } } }
    },
  })
}

const refusing = (word: 'pausing' | 'resuming'): Verb =>
  function* (call) {
    if (call.args.length === 0 && call.flags.list('filename').length === 0) throw new Failure(NOTHING_GIVEN)
    const { found, errors } = selected(call, yield* currentWorld(), { listsAll: true })
    const refused = found.map(
      ({ object, type }) =>
        `error: ${resourceName(type)} ${JSON.stringify(object.metadata.name)} ${word} is not supported`,
    )
    if (refused.length + errors.length > 0) throw new Failure([...refused, ...errors].join('\n'))
    return 0
  }

export const rolloutPause = refusing('pausing')
export const rolloutResume = refusing('resuming')
