/**
 * `kubectl delete`: says what was taken for deletion, then waits until it is gone.
 * Models: staging/src/k8s.io/kubectl/pkg/cmd/delete/delete.go, pkg/cmd/wait/wait.go, v1.36.
 */
import type { World } from '../../kernel/types.ts'
import type { Steps } from '../../shell/session.ts'
import { complain, currentWorld, print } from '../../shell/session.ts'
import type { Call, Verb } from '../call.ts'
import { thingNamed } from '../derived.ts'
import { clientError, Failure, refusalText } from '../failure.ts'
import { qualified } from '../parse/resourceTypes.ts'
import type { Found, Selection } from '../resources.ts'
import { NOTHING_GIVEN, selected } from '../resources.ts'
import { dryRunSuffix, Writes } from '../server.ts'

type Propagation = 'Background' | 'Foreground' | 'Orphan'

const PROPAGATION: Readonly<Record<string, Propagation>> = {
  background: 'Background',
  foreground: 'Foreground',
  orphan: 'Orphan',
  true: 'Background',
  false: 'Orphan',
}

function propagationOf({ flags }: Call): { propagation: Propagation; warning: string } {
  const value = flags.text('cascade')
  const propagation = Object.hasOwn(PROPAGATION, value) ? PROPAGATION[value] : undefined
  if (!propagation)
    throw clientError(`invalid cascade value (${value}). Must be "background", "foreground", or "orphan"`)
  const instead = propagation === 'Orphan' ? 'orphan' : 'background'
  const warning = /^(true|false)$/.test(value)
    ? `warning: --cascade=${value} is deprecated (boolean value) and can be replaced with --cascade=${instead}.\n`
    : ''
  return { propagation, warning }
}

/** Undefined: each object's own period. */
function graceOf({ flags }: Call): number | undefined {
  const given = flags.number('grace-period')
  if (flags.is('now')) {
    if (given !== -1) throw clientError('--now and --grace-period cannot be specified together')
    return 1
  }
  if (flags.is('force')) {
    if (given > 0) throw clientError('--force and --grace-period greater than 0 cannot be specified together')
    return 0
  }
  return given === 0 ? 1 : given < 0 ? undefined : given
}

const FORCE_WARNING =
  'Warning: Immediate deletion does not wait for confirmation that the running resource has been terminated. The resource may continue to run on the cluster indefinitely.\n'

/** `pod "web-0" deleted from default namespace`. */
function deletedText(call: Call, { type, object }: Found, suffix: string): string {
  const { name, namespace } = object.metadata
  if (call.flags.text('output') === 'name') return `${qualified(type, name)}\n`
  const kind = type.group === '' ? type.singular : `${type.singular}.${type.group}`
  const past = call.flags.is('force') ? 'force deleted' : 'deleted'
  const where = type.namespaced ? ` from ${namespace} namespace` : ''
  return `${kind} ${JSON.stringify(name)} ${past}${where}${suffix}\n`
}

const isThere = (world: World, { type, object: { metadata } }: Found): boolean =>
  thingNamed(world, type, metadata.namespace, metadata.name)?.metadata.uid === metadata.uid

/** Until all are gone. A timeout of 0 is a week, as in kubectl. */
function* untilGone(list: readonly Found[], ms: number): Steps {
  const until = (yield* currentWorld()).now + (ms > 0 ? ms : 7 * 24 * 3_600_000)
  for (const found of list)
    for (;;) {
      const world = yield* currentWorld()
      if (!isThere(world, found)) break
      if (world.now >= until) {
        yield* complain(
          `error: timed out waiting for the condition on ${found.type.plural}/${found.object.metadata.name}\n`,
        )
        return 1
      }
      yield { ask: 'wait', until }
    }
  return 0
}

/** Asks before anything is deleted. */
function* confirmed(call: Call, { found }: Selection): Steps<boolean> {
  if (!call.flags.is('interactive')) return true
  yield* print(`You are about to delete the following ${found.length} resource(s):\n`)
  for (const { type, object } of found) yield* print(`${qualified(type, object.metadata.name)}\n`)
  const { text = '' } = yield { ask: 'line', prompt: 'Do you want to continue? (y/N): ' }
  if (/^y(es)?$/i.test(text.trim())) return true
  yield* print('deletion is cancelled\n')
  return false
}

export const deleteObjects: Verb = function* (call) {
  const { flags, args } = call
  if (args.length === 0 && flags.list('filename').length === 0 && flags.text('kustomize') === '')
    throw new Failure(NOTHING_GIVEN)
  const { propagation, warning } = propagationOf(call)
  const graceSeconds = graceOf(call)
  const output = flags.text('output')
  if (output !== '' && output !== 'name')
    throw clientError(`unexpected -o output mode: ${output}. We only support '-o name'`)
  yield* complain(warning)
  if (flags.is('force')) yield* complain(FORCE_WARNING)
  const selection = selected(call, yield* currentWorld(), { doing: 'error when deleting' })
  const errors = flags.is('ignore-not-found') ? [] : selection.errors
  if (!(yield* confirmed(call, selection))) return 0
  const writes = new Writes(call, yield* currentWorld())
  const taken: Found[] = []
  for (const found of selection.found) {
    if (writes.dryRun === 'none' || writes.dryRun === 'server') {
      if (!isThere(writes.world, found)) continue
      const options = { propagation, ...(graceSeconds !== undefined && { graceSeconds }) }
      const tried = writes.remove(found.type, found.object, options)
      if (!tried.ok) {
        writes.fail(refusalText(tried.refusal))
        continue
      }
    }
    taken.push(found)
    writes.say(deletedText(call, found, dryRunSuffix(writes.dryRun)))
  }
  if (selection.found.length === 0 && errors.length === 0 && !flags.is('ignore-not-found'))
    writes.say('No resources found\n')
  for (const error of errors) writes.fail(error)
  yield* writes.commit()
  const waits = flags.is('wait') && writes.dryRun === 'none'
  const timedOut = waits ? yield* untilGone(taken, flags.duration('timeout')) : 0
  return writes.exit || timedOut
}
