/**
 * `kubectl patch`: strategic, merge and JSON patches.
 * Models: staging/src/k8s.io/kubectl/pkg/cmd/patch/patch.go, apiserver/pkg/endpoints/handlers/patch.go, v1.36.
 */
import type { Operation } from 'rfc6902'
import { applyPatch } from 'rfc6902'
import { withoutNulls } from '../../api/plainData.ts'
import { shapeFaults } from '../../api/shapes.ts'
import { allTypes } from '../../manifest/fieldTable.ts'
import { yamlDocuments } from '../../manifest/yamlDocuments.ts'
import { absolutePath } from '../../shell/files.ts'
import { currentWorld } from '../../shell/session.ts'
import type { Call, Thing, Verb } from '../call.ts'
import { clientError, Failure, refusalText } from '../failure.ts'
import { GoJsonError, parseGoJson } from '../goJson.ts'
import type { ResourceType } from '../parse/resourceTypes.ts'
import { goMap, mergePatch, strategicMerge } from '../patch.ts'
import { changedText, readOutput } from '../print/output.ts'
import type { Found } from '../resources.ts'
import { NOTHING_GIVEN, selected } from '../resources.ts'
import { unknownFieldWarnings, Writes, withoutUnknownFields } from '../server.ts'

const TYPES = ['json', 'merge', 'strategic'] as const
type PatchType = (typeof TYPES)[number]

const badRequest = (message: string): Failure => new Failure(`Error from server (BadRequest): ${message}`)
const REJECTED = 'The request is invalid: the server rejected our request due to an error in our request'

/** The patch as a value; it may be written as YAML. What is broken JSON is the server's to say. */
function readPatch(text: string): unknown {
  if (!/^\s*\{/.test(text)) {
    const { documents, problems } = yamlDocuments(text)
    if (problems[0]) throw clientError(`unable to parse ${JSON.stringify(text)}: ${problems[0].message}`)
    return documents[0]?.value ?? null
  }
  try {
    return parseGoJson(text)
  } catch (error) {
    if (error instanceof GoJsonError) throw badRequest(error.message)
    throw error
  }
}

function jsonPatched(object: Thing, patch: unknown): Thing {
  if (!Array.isArray(patch))
    throw badRequest(
      `error decoding patch: json: cannot unmarshal ${typeof patch === 'object' ? 'object' : typeof patch} into Go value of type []handlers.jsonPatchOp`,
    )
  const copy = JSON.parse(JSON.stringify(object)) as Thing
  try {
    const faults = applyPatch(copy, patch as Operation[])
    if (faults.some((fault) => fault !== null)) throw new Failure(REJECTED)
  } catch (error) {
    // The library throws plain errors for operations and pointers that are none.
    throw error instanceof Failure ? error : new Failure(REJECTED)
  }
  return copy
}

function patched(object: Thing, patch: unknown, type: PatchType): Thing {
  if (type === 'json') return jsonPatched(object, patch)
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) {
    const what = Array.isArray(patch) ? 'array' : typeof patch
    throw badRequest(`json: cannot unmarshal ${what} into Go value of type map[string]interface {}`)
  }
  if (type === 'merge') return mergePatch(object, patch) as Thing
  const merged = strategicMerge(object, patch)
  if (!merged.ok) throw badRequest(merged.message)
  return merged.value as Thing
}

/** What the result has against the types of its fields. */
function typeFault(object: Thing, type: ResourceType, patch: unknown, how: PatchType): string | undefined {
  const [fault] = shapeFaults(object, type.kind, allTypes, false)
  if (!fault) return undefined
  const wanted = / of type (\S+)$/.exec(fault.message)?.[1]
  if (how === 'strategic' && wanted !== undefined)
    return `The request is invalid: patch: Invalid value: ${JSON.stringify(goMap(patch))}: unrecognized type: ${wanted}`
  return `Error from server (BadRequest): ${type.kind} in version ${JSON.stringify(type.apiVersion.split('/').at(-1))} cannot be handled as a ${type.kind}: ${fault.message}`
}

function identityFault({ metadata }: Thing, stored: Thing): string | undefined {
  if (metadata?.name !== stored.metadata.name)
    return `the name of the object (${metadata?.name}) does not match the name on the URL (${stored.metadata.name})`
  if (metadata.namespace !== stored.metadata.namespace)
    return `the namespace of the object (${metadata.namespace}) does not match the namespace on the URL (${stored.metadata.namespace})`
  return undefined
}

/** The object as the server would store it. @throws Failure */
function wanted({ object, type }: Found, patch: unknown, how: PatchType): { object: Thing; warnings: string } {
  const result = withoutNulls(patched(object, patch, how)) as Thing
  const fault = typeFault(result, type, patch, how)
  if (fault !== undefined) throw new Failure(fault)
  const other = identityFault(result, object)
  if (other !== undefined) throw badRequest(other)
  const warnings = type.kept ? unknownFieldWarnings(result, type, object) : ''
  return { object: type.kept ? withoutUnknownFields(result, type, object) : result, warnings }
}

function patchText({ flags, io, piped }: Call): string {
  const file = flags.text('patch-file')
  if (flags.has('patch') && file !== '') throw clientError('cannot specify --patch and --patch-file together')
  if (file === '') {
    if (flags.text('patch') === '')
      throw clientError('must specify --patch or --patch-file containing the contents of the patch')
    return flags.text('patch')
  }
  const text = file === '-' ? piped : io.shell.files.read(absolutePath(file, io.shell.folder))
  if (text === undefined) throw clientError(`unable to read patch file: open ${file}: no such file or directory`)
  return text
}

export const patch: Verb = function* (call) {
  const { flags, args } = call
  const text = patchText(call)
  const how = (flags.text('type') || 'strategic').toLowerCase()
  if (!TYPES.includes(how as PatchType))
    throw clientError(`--type must be one of [${TYPES.join(' ')}], not ${JSON.stringify(flags.text('type'))}`)
  if (args.length === 0 && flags.list('filename').length === 0) throw new Failure(NOTHING_GIVEN)
  const output = readOutput(call, false)
  const world = yield* currentWorld()
  const { found, errors } = selected(call, world)
  const writes = new Writes(call, world)
  const value = readPatch(text)
  for (const entry of found) {
    const { object, warnings } = wanted(entry, value, how as PatchType)
    writes.warn(warnings)
    const tried =
      writes.dryRun === 'client'
        ? { ok: true as const, before: entry.object, after: object }
        : writes.change(entry.type, entry.object, object)
    if (!tried.ok) writes.fail(refusalText(tried.refusal))
    else {
      const same =
        tried.after === tried.before || tried.after?.metadata.resourceVersion === tried.before?.metadata.resourceVersion
      const noChange = same && writes.dryRun === 'none'
      writes.say(changedText(output, tried.after ?? object, noChange ? 'patched (no change)' : 'patched'))
    }
  }
  for (const error of errors) writes.fail(error)
  yield* writes.commit()
  return writes.exit
}
