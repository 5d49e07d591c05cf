/**
 * An update as a person's client may send it: the status is the components' own, and a pod is given its node by the
 * scheduler's binding alone.
 */
import { coreTypes } from '../api/coreTypes.ts'
import { decoded } from '../api/decoded.ts'
import { forbidden } from '../api/fieldErrors.ts'
import type { AnyObject } from '../api/types.ts'
import { PODS_KEEP } from '../api/validationPod.ts'
import { invalid } from '../kernel/apiServer.ts'
import type { Answer, Decision } from '../kernel/types.ts'

type Parts = { readonly spec?: object; readonly status?: unknown }

const nodeOf = (object: AnyObject): string | undefined => (object.kind === 'Pod' ? object.spec?.nodeName : undefined)

export function* sendUpdate(stored: AnyObject, object: AnyObject): Generator<Decision, Answer, Answer> {
  if (nodeOf(object) !== nodeOf(stored)) {
    const refusal = invalid(stored.kind, stored.metadata.name, [forbidden('spec', PODS_KEEP)])
    return { ok: false, refusal }
  }
  const { status } = stored as Parts
  const sent = decoded(object, stored.kind, coreTypes) as AnyObject & Parts
  // A spec is never absent for the server: what says nothing is empty.
  const spec = sent.spec ?? ((stored as Parts).spec && {})
  return yield {
    do: 'update',
    object: { ...sent, ...(spec && { spec }), ...(status !== undefined && { status }) } as AnyObject,
  }
}
