/**
 * `kubectl edit`: the object as YAML in an editor, and what was changed in it sent as a patch. An editor that the shell knows
 * as a program (`KUBE_EDITOR="sed -i …"`) runs; any other is a person, whom the line asks. Several objects are edited one
 * after the other. Leaves out: merging of lists that somebody else changed meanwhile.
 * Models: staging/src/k8s.io/kubectl/pkg/cmd/util/editor/editoptions.go, v1.36.
 */
import type { Refusal } from '../../api/strategy.ts'
import { toYaml } from '../../manifest/toYaml.ts'
import { yamlDocuments } from '../../manifest/yamlDocuments.ts'
import { runShell, subshell } from '../../shell/run.ts'
import type { Steps } from '../../shell/session.ts'
import { complain, currentWorld } from '../../shell/session.ts'
import type { Call, Thing, Verb } from '../call.ts'
import { thingNamed } from '../derived.ts'
import { clientError, Failure } from '../failure.ts'
import { mergeDiff } from '../mergeDiff.ts'
import { resourceName } from '../parse/resourceTypes.ts'
import { goMap, mergePatch } from '../patch.ts'
import { changedText, readOutput, shownThing } from '../print/output.ts'
import type { Found } from '../resources.ts'
import { NOTHING_GIVEN, selected } from '../resources.ts'
import { strictFaults, Writes } from '../server.ts'

const HEAD = `# Please edit the object below. Lines beginning with a '#' will be ignored,
# and an empty file will abort the edit. If an error occurs while saving this file will be
# reopened with the relevant failures.
#
`

/** How often an editor is opened again with what is wrong. */
const MOST_TRIES = 20

const withoutComments = (text: string): string =>
  text
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .join('\n')
    .trim()

/** Why a text was not taken: it is opened again with this on top. */
interface Reason {
  readonly head: string
  readonly causes: readonly string[]
}

const linesOfReason = ({ head, causes }: Reason): readonly string[] =>
  [`${head}:`, ...causes.map((cause) => `* ${cause}`)].map((line) => line.replaceAll('\n', ' '))

/** `statefulsets.apps "web"`. */
const called = ({ type, object }: Found): string => `${resourceName(type)} ${JSON.stringify(object.metadata.name)}`

/** The file that is edited: it stays when what was written in it would be lost. */
class Draft {
  readonly path: string
  private readonly call: Call

  constructor(call: Call) {
    const { files } = call.io.shell
    let number = 1
    while (files.read(`/tmp/kubectl-edit-${number}.yaml`) !== undefined) number++
    this.path = `/tmp/kubectl-edit-${number}.yaml`
    this.call = call
  }

  /** The text as it was left by the editor. @throws Failure when there is no editor */
  *opened(name: string, text: string, reasons: readonly string[]): Steps<string> {
    const { shell } = this.call.io
    shell.files.write(this.path, text)
    const editor = shell.variables.get('KUBE_EDITOR') || shell.variables.get('EDITOR') || 'vi'
    if (shell.program(editor.trim().split(/\s+/)[0] as string)) {
      const exit = yield* runShell(subshell(shell), `${editor} ${this.path}`)
      if (exit !== 0) throw this.lost(`there was a problem with the editor ${JSON.stringify(editor)}`)
    } else {
      const { text: left } = yield { ask: 'edit', name, text, reasons }
      if (left === undefined) throw this.lost(`unable to launch the editor ${JSON.stringify(editor)}`)
      shell.files.write(this.path, left)
    }
    return shell.files.read(this.path) ?? ''
  }

  remove(): void {
    this.call.io.shell.files.remove(this.path)
  }

  private lost(message: string): Failure {
    this.remove()
    return clientError(message)
  }

  /** Nothing came of it, and what was written is kept. */
  kept(message: string): Failure {
    return new Failure(`A copy of your changes has been stored to ${JSON.stringify(this.path)}\nerror: ${message}`)
  }
}

type Read = { readonly object: Thing } | { readonly fault: string }

/** What was written, as far as kubectl itself reads it. */
function readText(text: string): Read {
  const { documents, problems } = yamlDocuments(text)
  if (problems[0]) return { fault: problems[0].message }
  const object = documents[0]?.value as Thing | null | undefined
  if (typeof object !== 'object' || object === null || Array.isArray(object))
    return { fault: 'invalid object to validate' }
  const unset = (['apiVersion', 'kind'] as const).filter((field) => typeof object[field] !== 'string')
  return unset.length > 0 ? { fault: `[${unset.map((field) => `${field} not set`).join(', ')}]` } : { object }
}

type Fields = Readonly<Record<string, unknown>>

/** What was changed by hand; status and generation are not a client's to write. */
function patchOf(before: Thing, after: Thing): Fields {
  const { status: _status, ...patch } = mergeDiff(before, after)
  const { generation: _generation, ...metadata } = (patch.metadata ?? {}) as Fields
  return { ...patch, ...(patch.metadata !== undefined && { metadata }) }
}

/** The stored object with the patch in it, or what the server has against its fields. */
function patched({ type }: Found, stored: Thing, patch: Fields): Read {
  const object = mergePatch(stored, patch) as Thing
  const faults = type.kept ? strictFaults(object, type, stored) : []
  if (faults.length === 0) return { object }
  const said = JSON.stringify(goMap(patch))
  return { fault: `patch: Invalid value: ${said}: strict decoding error: ${faults.join(', ')}` }
}

/** Sends what was changed. Returns how the line ends, or why the editor opens again. */
function* sent(call: Call, found: Found, edited: Thing, draft: Draft): Steps<number | Reason> {
  const { type, object: opened } = found
  const output = readOutput(call, false)
  const { namespace, name } = opened.metadata
  const world = yield* currentWorld()
  const writes = new Writes(call, world)
  const patch = patchOf(shownThing(opened), edited)
  const { apiVersion, kind, metadata } = patch
  if (apiVersion !== undefined || kind !== undefined || (metadata as Fields | undefined)?.name !== undefined)
    throw draft.kept('At least one of apiVersion, kind and name was changed')
  const stored = thingNamed(world, type, namespace, name)
  if (!stored)
    throw new Failure(
      `error: ${called(found)} could not be found on the server\nThe edits you made on deleted resources have been saved to ${JSON.stringify(draft.path)}`,
    )
  const wanted = patched(found, stored, patch)
  const tried: ReturnType<Writes['change']> =
    'object' in wanted
      ? writes.change(type, stored, wanted.object)
      : { ok: false, refusal: { reason: 'Invalid', message: wanted.fault } }
  if (tried.ok) {
    writes.say(changedText(output, tried.after ?? stored, 'edited'))
    yield* writes.commit()
    draft.remove()
    return writes.exit
  }
  return yield* refused(found, tried.refusal, draft)
}

/** What is invalid comes back into the editor, everything else ends the line. @throws Failure */
function* refused(found: Found, { reason, message, fields = [] }: Refusal, draft: Draft): Steps<Reason> {
  if (reason !== 'Invalid')
    throw new Failure(
      `error: ${called(found)} could not be patched: ${message}\nYou can run \`kubectl replace -f ${draft.path}\` to try this update again.`,
    )
  yield* complain(`error: ${called(found)} is invalid\n`)
  const causes = fields.length > 0 ? fields.map((each) => `${each.field}: ${each.message}`) : [message]
  return { head: `${called(found)} was not valid`, causes }
}

/** Opens the editor until the object is taken, or left as it was. */
function* edited(call: Call, found: Found): Steps {
  const name = `${found.object.metadata.name}.yaml`
  const draft = new Draft(call)
  const body = toYaml(shownThing(found.object))
  let shown = body
  let reason: Reason | undefined
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const reasons = reason ? linesOfReason(reason) : []
    const said = reasons.map((line) => `# ${line}\n`).join('') + (reason ? '#\n' : '')
    const left = withoutComments(yield* draft.opened(name, HEAD + said + shown, reasons))
    const same = left === withoutComments(shown)
    if (same && reason) break
    if (same || left === '' || left === withoutComments(body)) {
      draft.remove()
      yield* complain(`Edit cancelled, ${left === '' ? 'saved file was empty' : 'no changes made'}.\n`)
      return 0
    }
    const read = readText(left)
    const ended: number | Reason =
      'object' in read
        ? yield* sent(call, found, read.object, draft)
        : yield* refused(
            found,
            { reason: 'Invalid', message: `<nil>: Invalid value: "The edited file failed validation": ${read.fault}` },
            draft,
          )
    if (typeof ended === 'number') return ended
    reason = ended
    shown = `${left}\n`
  }
  throw draft.kept('Edit cancelled, no valid changes were saved.')
}

export const edit: Verb = function* (call) {
  if (call.args.length === 0 && call.flags.list('filename').length === 0) throw new Failure(NOTHING_GIVEN)
  const { found, errors } = selected(call, yield* currentWorld(), { listsAll: true })
  let status = 0
  for (const entry of found) status = (yield* edited(call, entry)) || status
  for (const error of errors) yield* complain(`${error}\n`)
  return errors.length > 0 ? 1 : status
}
