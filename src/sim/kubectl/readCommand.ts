/**
 * Takes a command as it comes from outside, where it may be anything, and says by name which field is wrong.
 * What a field means (does the set exist, may the number be negative) is the acts' and the API server's business.
 */
import { plainData, withoutNulls } from '../api/plainData.ts'
import { pathText, readTypes, shapeFaults } from '../api/shapes.ts'
import type { FieldError, Refusal } from '../api/strategy.ts'
import type { Command, CommandType } from '../kernel/command.ts'
import { badRequest } from './refusals.ts'

/** The fields of each command; see `api/shapes.ts` for the codes. */
const types = readTypes(`
applyObjects type:s objects:[a source:s
kubectl type:s line:s requests:[ApiRequest
scaleStatefulSet type:s namespace:s name:s replicas:i
setImage type:s namespace:s name:s image:s container:s
setPartition type:s namespace:s name:s partition:i
setUpdateStrategy type:s namespace:s name:s strategy:UpdateStrategy
patchObject type:s namespace:s name:s kind:s patch:a
deleteStatefulSet type:s namespace:s name:s cascade:s
deletePod type:s namespace:s name:s graceSeconds:l force:b
deleteClaim type:s namespace:s name:s
deleteObject type:s namespace:s name:s kind:s
crashContainer type:s namespace:s name:s container:s exitCode:i
exhaustMemory type:s namespace:s name:s container:s
hangContainer type:s namespace:s name:s container:s
setReadiness type:s namespace:s name:s ready:b
failPod type:s namespace:s name:s reason:s
evictPod type:s namespace:s name:s graceSeconds:l
cordonNode type:s namespace:s name:s
uncordonNode type:s namespace:s name:s
drainNode type:s namespace:s name:s graceSeconds:l timeoutSeconds:l force:b deleteEmptyDirData:b disableEviction:b
stopDrain type:s namespace:s name:s
addNode type:s namespace:s name:s zone:s cpu:s memory:s pods:s labels:{s
taintNode type:s namespace:s name:s key:s value:s effect:s
untaintNode type:s namespace:s name:s key:s effect:s
labelNode type:s namespace:s name:s label:s value:s
powerOffNode type:s namespace:s name:s
powerOnNode type:s namespace:s name:s
rebootNode type:s namespace:s name:s
shutDownNode type:s namespace:s name:s
cutOffNode type:s namespace:s name:s
reconnectNode type:s namespace:s name:s
writeFile type:s namespace:s name:s path:s text:s
removeFile type:s namespace:s name:s path:s
ApiRequest do:s object:a kind:s namespace:s name:s patch:a graceSeconds:l propagation:s
UpdateStrategy type:s rollingUpdate:RollingUpdate
RollingUpdate partition:i maxUnavailable:o
`)

const REQUIRED: Readonly<Record<CommandType, readonly string[]>> = {
  applyObjects: ['objects'],
  kubectl: ['line', 'requests'],
  scaleStatefulSet: ['name', 'replicas'],
  setImage: ['name', 'image'],
  setPartition: ['name', 'partition'],
  setUpdateStrategy: ['name', 'strategy'],
  patchObject: ['name', 'kind', 'patch'],
  deleteStatefulSet: ['name', 'cascade'],
  deletePod: ['name'],
  deleteClaim: ['name'],
  deleteObject: ['name', 'kind'],
  crashContainer: ['name'],
  exhaustMemory: ['name'],
  hangContainer: ['name'],
  setReadiness: ['name', 'ready'],
  failPod: ['name'],
  evictPod: ['name'],
  cordonNode: ['name'],
  uncordonNode: ['name'],
  drainNode: ['name'],
  stopDrain: ['name'],
  addNode: ['name'],
  taintNode: ['name', 'key', 'effect'],
  untaintNode: ['name', 'key'],
  labelNode: ['name', 'label'],
  powerOffNode: ['name'],
  powerOnNode: ['name'],
  rebootNode: ['name'],
  shutDownNode: ['name'],
  cutOffNode: ['name'],
  reconnectNode: ['name'],
  writeFile: ['name', 'path', 'text'],
  removeFile: ['name', 'path'],
}

const CASCADES: readonly unknown[] = ['background', 'foreground', 'orphan']

type Fields = Readonly<Record<string, unknown>>

/** What each request must say. */
const REQUESTS: Readonly<Record<string, readonly string[]>> = {
  create: ['object'],
  patch: ['kind', 'name', 'patch'],
  delete: ['kind', 'name'],
}

/** What is wrong with the first request that is none. */
function strangeRequest(requests: readonly Fields[]): string | undefined {
  for (const request of requests) {
    const needed = Object.hasOwn(REQUESTS, String(request.do)) ? REQUESTS[String(request.do)] : undefined
    if (!needed) return `unknown request ${JSON.stringify(request.do ?? null)}`
    const missing = needed.find((field) => request[field] === undefined || request[field] === null)
    if (missing !== undefined) return `required field "${missing}" not set`
  }
  return undefined
}

type Read = { readonly ok: true; readonly command: Command } | { readonly ok: false; readonly refusal: Refusal }

const refuse = (message: string, fields?: readonly FieldError[]): Read => ({
  ok: false,
  refusal: badRequest(message, fields),
})

const isCommandType = (type: unknown): type is CommandType => typeof type === 'string' && Object.hasOwn(REQUIRED, type)

/** What is wrong with single fields. */
function fieldErrors(value: Readonly<Record<string, unknown>>, type: CommandType): FieldError[] {
  const wrong = shapeFaults(value, type, types, true).map(
    ({ path, message }): FieldError => ({ field: pathText(path), type: 'Invalid', message }),
  )
  const missing = REQUIRED[type]
    .filter((field) => value[field] === undefined || (value[field] === '' && field !== 'text'))
    .map((field): FieldError => ({ field, type: 'Required', message: `required field "${field}" not set` }))
  return [...wrong, ...missing]
}

/** A command that is sound in itself, copied; or why it is none. A missing namespace is `default`. */
export function readCommand(given: unknown): Read {
  const copied = plainData(given)
  if (!copied.ok) return refuse(`not a command: ${pathText(copied.path) || 'value'}: ${copied.message}`)
  if (typeof copied.value !== 'object' || copied.value === null || Array.isArray(copied.value))
    return refuse('not a command: an object with a type is needed')
  // Null means absent, but in a patch it means removed.
  const { patch, requests, ...rest } = copied.value as Readonly<Record<string, unknown>>
  const value = {
    ...(withoutNulls(rest) as object),
    ...(patch != null && { patch }),
    ...(requests != null && { requests }),
  } as Readonly<Record<string, unknown>>
  const { type } = value
  if (!isCommandType(type))
    return refuse(`unknown command ${JSON.stringify(type ?? null)}; known are ${Object.keys(REQUIRED).join(', ')}`)
  const errors = fieldErrors(value, type)
  if (errors.length > 0) return refuse(`${type}: ${errors.map(({ message }) => message).join('; ')}`, errors)
  if (type === 'deleteStatefulSet' && !CASCADES.includes(value.cascade))
    return refuse(`error: invalid cascade value (${value.cascade}). Must be "background", "foreground", or "orphan"`)
  const strange = type === 'kubectl' ? strangeRequest(value.requests as readonly Fields[]) : undefined
  if (strange !== undefined) return refuse(`kubectl: requests: ${strange}`)
  const command = type === 'applyObjects' || type === 'kubectl' ? value : { namespace: 'default', ...value }
  return { ok: true, command: command as unknown as Command }
}
