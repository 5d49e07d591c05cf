/**
 * `kubectl apply` of several objects: each is created, or merged three ways with what is there and what the last apply
 * said. All are stored or none; what is wrong with any of them is told at once.
 * Leaves out: server-side apply, pruning.
 * Models: staging/src/k8s.io/kubectl/pkg/cmd/apply, v1.36.
 */
import { coreTypes, WRITABLE_KINDS } from '../api/coreTypes.ts'
import { decoded } from '../api/decoded.ts'
import type { ObjectKey } from '../api/kinds.ts'
import { KINDS, keyOfObject, SERVER_FIELDS } from '../api/kinds.ts'
import { pathText, shapeFaults } from '../api/shapes.ts'
import type { FieldError, Refusal } from '../api/strategy.ts'
import type { AnyObject, Kind } from '../api/types.ts'
import { inKeptVersion, understoodKind } from '../api/versions.ts'
import type { Command } from '../kernel/command.ts'
import type { Answer, ClusterView, Decision, Draft } from '../kernel/types.ts'
import { lastApplied, withLastApplied } from './lastApplied.ts'
import { threeWayMerge } from './patch.ts'
import { badRequest, qualifiedName } from './refusals.ts'
import { sendUpdate } from './sendUpdate.ts'
import type { Steps } from './setActs.ts'

type Fields = Readonly<Record<string, unknown>>
type Apply = Extract<Command, { type: 'applyObjects' }>

/** The metadata that is a client's to write, with the namespace that the object will be in. */
function clientMeta(kind: Kind, metadata: Fields): Fields {
  const own = Object.fromEntries(Object.entries(metadata).filter(([field]) => !SERVER_FIELDS.includes(field)))
  const { name = '', namespace = 'default', ...rest } = own
  return { ...rest, name, ...(KINDS[kind].namespaced && { namespace }) }
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What the server's decoder has against a value that is sent as an object of that kind. */
export function undecodable(value: unknown, kind: Kind, apiVersion: string): Refusal | undefined {
  const faults = shapeFaults(value, kind, coreTypes, false)
  if (faults.length === 0) return undefined
  const fields = faults.map(({ path, message }): FieldError => ({ field: pathText(path), type: 'Invalid', message }))
  const version = apiVersion.slice(apiVersion.indexOf('/') + 1)
  const said = faults.map(({ message }) => message).join(', ')
  return badRequest(`${kind} in version "${version}" cannot be handled as a ${kind}: ${said}`, fields)
}

/** One object made ready to be sent, or why it cannot be. */
export function readyToSend(given: unknown): { object: AnyObject } | { refusal: Refusal } {
  const refuse = (message: string, fields?: readonly FieldError[]) => ({ refusal: badRequest(message, fields) })
  if (!isFields(given)) return refuse('an object with apiVersion and kind is needed')
  const { apiVersion, kind } = given
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') return refuse('apiVersion and kind must be set')
  const known = understoodKind(kind, apiVersion)
  if (!known) return refuse(`no matches for kind "${kind}" in version "${apiVersion}"`)
  if (!WRITABLE_KINDS.includes(known)) return refuse(`${KINDS[known].plural} are written by the cluster itself`)
  const undecoded = undecodable(given, known, apiVersion)
  if (undecoded) return { refusal: undecoded }
  const { status: _ignored, ...rest } = decoded(given, known, coreTypes)
  const metadata = clientMeta(known, (rest.metadata ?? {}) as Fields)
  return { object: inKeptVersion({ ...rest, metadata } as unknown as AnyObject) }
}

function* applyOne(stored: AnyObject | undefined, object: AnyObject): Generator<Decision, Answer, Answer> {
  const { kind } = object
  const { name, namespace } = object.metadata
  const sent = withLastApplied(object)
  const answer = stored
    ? yield* sendUpdate(stored, threeWayMerge(lastApplied(stored), sent, stored) as AnyObject)
    : yield { do: 'create', object: sent as Draft }
  if (!answer.ok) return answer
  const after = answer.object as AnyObject
  const unchanged = after.metadata.resourceVersion === stored?.metadata.resourceVersion
  const result = stored ? (unchanged ? 'unchanged' : 'configured') : 'created'
  const detail = { command: 'applyObjects', object: qualifiedName(kind, name), result }
  yield {
    do: 'state',
    fact: { type: 'commandGiven', kind, namespace: namespace ?? '', name, uid: after.metadata.uid, detail },
  }
  return answer
}

/** One refusal that tells what is wrong with every object. */
function together(refusals: readonly Refusal[]): Refusal | undefined {
  const [first] = refusals
  if (!first || refusals.length === 1) return first
  const fields = refusals.flatMap((refusal) => refusal.fields ?? [])
  return { ...first, message: refusals.map(({ message }) => message).join('\n'), ...(fields.length > 0 && { fields }) }
}

export function* applyObjects(view: ClusterView, { objects }: Apply): Steps {
  if (objects.length === 0) return badRequest('error: no objects passed to apply')
  const refusals: Refusal[] = []
  const written = new Map<ObjectKey, AnyObject>()
  for (const given of objects) {
    const ready = readyToSend(given)
    if ('refusal' in ready) refusals.push(ready.refusal)
    else {
      const { object } = ready
      const key = keyOfObject(object)
      const stored = written.get(key) ?? view.get(object.kind, object.metadata.namespace, object.metadata.name)
      const answer = yield* applyOne(stored, object)
      if (!answer.ok) refusals.push(answer.refusal)
      else if (answer.object) written.set(key, answer.object)
    }
  }
  return together(refusals)
}
