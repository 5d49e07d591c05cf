/**
 * What one kubectl line asks of the API server, request by request. A request that is refused refuses the whole line:
 * whoever gives the line tries each request before and leaves out what would be refused.
 */

import { WRITABLE_KINDS } from '../api/coreTypes.ts'
import { KINDS, kindNamed } from '../api/kinds.ts'
import { sharesAllBut } from '../api/semanticEquality.ts'
import type { Refusal } from '../api/strategy.ts'
import type { AnyObject, Kind } from '../api/types.ts'
import type { ApiRequest, Command } from '../kernel/command.ts'
import type { Answer, ClusterView, Decision, Draft } from '../kernel/types.ts'
import { readyToSend, undecodable } from './applyObjects.ts'
import { mergePatch } from './patch.ts'
import { badRequest, impossible, notFound } from './refusals.ts'
import { sendUpdate } from './sendUpdate.ts'
import type { Steps } from './setActs.ts'
import { refusalOf } from './setActs.ts'

type Of<T extends ApiRequest['do']> = Extract<ApiRequest, { do: T }>
type Answered = Generator<Decision, Answer, Answer>

const refused = (refusal: Refusal): Answer => ({ ok: false, refusal })

function* create({ object }: Of<'create'>): Answered {
  const ready = readyToSend(object)
  if ('refusal' in ready) return refused(ready.refusal)
  return yield { do: 'create', object: ready.object as Draft }
}

/** Only their metadata is changed by hand. */
const isKeptByCluster = (kind: Kind): boolean => !WRITABLE_KINDS.includes(kind) && kind !== 'Node'
const METADATA: ReadonlySet<string> = new Set(['metadata'])

function* patch({ kind: word, namespace, name, patch: changes }: Of<'patch'>): Answered {
  const kind = kindNamed(word)
  if (!kind) return refused(badRequest(`error: the server doesn't have a resource type ${JSON.stringify(word)}`))
  const read = yield { do: 'read', kind, namespace, name }
  if (!read.ok) return refused(notFound(kind, name))
  const stored = read.object as AnyObject
  const object = mergePatch(stored, changes) as AnyObject
  const { kind: ownKind, apiVersion, metadata } = object
  if (ownKind !== kind || apiVersion !== stored.apiVersion)
    return refused(badRequest('the kind and version of an object cannot be changed by a patch'))
  if (metadata?.name !== name || metadata.namespace !== stored.metadata.namespace)
    return refused(badRequest('the name and the namespace of an object cannot be changed'))
  const undecoded = undecodable(object, kind, apiVersion)
  if (undecoded) return refused(undecoded)
  if (isKeptByCluster(kind) && !sharesAllBut(object, stored, METADATA))
    return refused(impossible(`${KINDS[kind].plural} are written by the cluster itself, all but their metadata`))
  return yield* sendUpdate(stored, object)
}

/** Kinds whose end would need parts of a cluster that are not simulated. */
const KEPT_KINDS: readonly string[] = ['Namespace']

function* remove({ kind: word, namespace, name, graceSeconds, propagation }: Of<'delete'>): Answered {
  const kind = kindNamed(word)
  if (!kind) return refused(badRequest(`error: the server doesn't have a resource type ${JSON.stringify(word)}`))
  if (KEPT_KINDS.includes(kind)) return refused(impossible(`deleting ${KINDS[kind].plural} is not simulated`))
  const options = { ...(graceSeconds !== undefined && { graceSeconds }), ...(propagation && { propagation }) }
  return yield { do: 'delete', kind, ...(namespace !== undefined && { namespace }), name, options }
}

function answered(request: ApiRequest): Answered {
  switch (request.do) {
    case 'create':
      return create(request)
    case 'patch':
      return patch(request)
    case 'delete':
      return remove(request)
  }
}

/** What a request is about, before it is done. */
function subjectOf(view: ClusterView, request: ApiRequest): AnyObject | undefined {
  if (request.do === 'create') return undefined
  const kind = kindNamed(request.kind)
  return kind && (view.get(kind, request.namespace, request.name) as AnyObject | undefined)
}

/** Does the requests in their order, and says first of each which line asked for it. */
export function* sendRequests(view: ClusterView, { line, requests }: Extract<Command, { type: 'kubectl' }>): Steps {
  const told = (object: AnyObject): Decision => {
    const { namespace = '', name, uid } = object.metadata
    return {
      do: 'state',
      fact: { type: 'commandGiven', kind: object.kind, namespace, name, uid, detail: { command: 'kubectl', line } },
    }
  }
  for (const request of requests) {
    const before = subjectOf(view, request)
    if (before) yield told(before)
    const answer = yield* answered(request)
    const refusal = refusalOf(answer)
    if (refusal) return refusal
    if (request.do === 'create' && answer.ok && answer.object) yield told(answer.object)
  }
  return undefined
}
