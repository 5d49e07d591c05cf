/**
 * `kubectl edit`: the object as YAML in an editor, and what was changed in it sent as a patch.
 * Models: staging/src/k8s.io/kubectl/pkg/cmd/util/editor/editoptions.go, v1.36.
 */
import { toYaml } from '../../manifest/toYaml.ts'
import { yamlDocuments } from '../../manifest/yamlDocuments.ts'
import type { Steps } from '../../shell/session.ts'
import { complain, currentWorld } from '../../shell/session.ts'
import type { Call, Thing, Verb } from '../call.ts'
import { thingNamed } from '../derived.ts'
import { Failure, refusalText } from '../failure.ts'
import { resourceName } from '../parse/resourceTypes.ts'
import { changedText, readOutput, shownThing } from '../print/output.ts'
import type { Found } from '../resources.ts'
import { NOTHING_GIVEN, selected } from '../resources.ts'
import { decodeFault, Writes } from '../server.ts'

const HEAD = `# Please edit the object below. Lines beginning with a '#' will be ignored,
# and an empty file will abort the edit. If an error occurs while saving this file will be
# reopened with the relevant failures.
#
`

const commented = (text: string): string =>
  text
    .split('\n')
    .map((line) => `# ${line}\n`)
    .join('')

const withoutComments = (text: string): string =>
  text
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .join('\n')
    .trim()

/** How often an editor is opened again with what is wrong. */
const MOST_TRIES = 20

type Edited = { readonly object: Thing } | { readonly fault: string }

function readEdited(text: string, stored: Thing, { type }: Found): Edited {
  const { documents, problems } = yamlDocuments(text)
  if (problems[0])
    return {
      fault: `The edited file had a syntax error: error parsing edited-file: error converting YAML to JSON: ${problems[0].message}`,
    }
  const object = documents[0]?.value as Thing | null | undefined
  if (typeof object !== 'object' || object === null || Array.isArray(object))
    return { fault: 'The edited file holds no object' }
  if (object.metadata?.name !== stored.metadata.name || object.kind !== stored.kind)
    return { fault: 'At least one of apiVersion, kind and name was changed' }
  const fault = decodeFault(object, type, 'strict')
  return fault === undefined ? { object } : { fault }
}

/** Opens the editor until the object is taken, or left as it was. */
function* edited(call: Call, found: Found): Steps {
  const { type, object } = found
  const output = readOutput(call, false)
  const body = toYaml(shownThing(object))
  let shown = HEAD + body
  let failed = false
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const { text = '' } = yield { ask: 'edit', name: `${object.metadata.name}.yaml`, text: shown }
    if (withoutComments(text) === withoutComments(shown)) {
      if (!failed) {
        yield* complain('Edit cancelled, no changes made.\n')
        return 0
      }
      yield* complain('error: Edit cancelled, no valid changes were saved.\n')
      return 1
    }
    if (withoutComments(text) === '') {
      yield* complain('Edit cancelled, saved file was empty.\n')
      return failed ? 1 : 0
    }
    const world = yield* currentWorld()
    const stored = thingNamed(world, type, object.metadata.namespace, object.metadata.name)
    if (!stored)
      throw new Failure(
        `Error from server (NotFound): ${resourceName(type)} ${JSON.stringify(object.metadata.name)} not found`,
      )
    const read = readEdited(text, object, found)
    const writes = new Writes(call, world)
    const tried = 'object' in read ? writes.change(type, stored, withStatus(read.object, stored)) : undefined
    if (tried?.ok) {
      writes.say(changedText(output, tried.after ?? stored, 'edited'))
      yield* writes.commit()
      return writes.exit
    }
    const fault = 'fault' in read ? read.fault : tried?.ok === false ? refusalText(tried.refusal) : ''
    if (tried?.ok === false)
      yield* complain(`error: ${resourceName(type)} ${JSON.stringify(object.metadata.name)} is invalid\n`)
    failed = true
    shown = `${HEAD}${commented(fault)}${withoutComments(text)}\n`
  }
  return 1
}

/** The status and the version are not a client's to write. */
function withStatus(object: Thing, stored: Thing): Thing {
  const { status: _given, ...rest } = object
  const metadata = { ...object.metadata, resourceVersion: stored.metadata.resourceVersion }
  const { generation } = stored.metadata
  return {
    ...rest,
    metadata: { ...metadata, ...(generation !== undefined && { generation }) },
    ...(stored.status !== undefined && { status: stored.status }),
  } as Thing
}

export const edit: Verb = function* (call) {
  if (call.args.length === 0 && call.flags.list('filename').length === 0) throw new Failure(NOTHING_GIVEN)
  const { found, errors } = selected(call, yield* currentWorld(), { listsAll: true })
  let status = 0
  for (const entry of found) status = (yield* edited(call, entry)) || status
  for (const error of errors) yield* complain(`${error}\n`)
  return errors.length > 0 ? 1 : status
}
