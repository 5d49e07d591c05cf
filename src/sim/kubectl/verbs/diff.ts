/**
 * `kubectl diff -f`: what an apply would change, as `diff -u -N` prints it.
 * Models: staging/src/k8s.io/kubectl/pkg/cmd/diff/diff.go, v1.36.
 */
import { toYaml } from '../../manifest/toYaml.ts'
import { currentWorld, print } from '../../shell/session.ts'
import type { Thing, Verb } from '../call.ts'
import { namespaceOf } from '../call.ts'
import { thingNamed } from '../derived.ts'
import { Failure, refusalText } from '../failure.ts'
import type { GivenObject } from '../manifests.ts'
import { errorsText, givenObjects } from '../manifests.ts'
import { shownThing } from '../print/output.ts'
import { decodeFault, Writes } from '../server.ts'
import { unifiedDiff } from '../unifiedDiff.ts'
import { merged, requireFiles } from './apply.ts'
import { sendable } from './create.ts'

/** As the server shows it. A trial gives no version to what it changes. */
function plain(thing: Thing | undefined, version?: string): string {
  if (!thing) return ''
  const shown = shownThing(thing)
  return toYaml(version === undefined ? shown : { ...shown, metadata: { ...shown.metadata, resourceVersion: version } })
}

/** `apps.v1.StatefulSet.default.web`. */
const fileName = ({ type, namespace, name }: GivenObject): string =>
  [...type.apiVersion.split('/'), type.kind, ...(type.namespaced ? [namespace] : []), name].join('.')

export const diff: Verb = function* (call) {
  requireFiles(call, 2)
  const world = yield* currentWorld()
  const { objects, errors } = givenObjects(call, namespaceOf(call))
  if (errors.length > 0) throw new Failure(errorsText(errors), 2)
  let differs = false
  for (const given of objects) {
    const stored = thingNamed(world, given.type, given.namespace, given.name)
    const fault = decodeFault(given.value, given.type, 'strict')
    if (fault !== undefined) throw new Failure(`Error from server (BadRequest): ${fault}`, 2)
    const writes = new Writes(call, world)
    const sent = sendable(given)
    const tried = stored
      ? writes.change(given.type, stored, merged(stored, sent))
      : writes.create(given.type, sent, given.namespace, given.name)
    if (!tried.ok) throw new Failure(refusalText(tried.refusal), 2)
    const [live, wanted] = [plain(stored), plain(tried.after, stored?.metadata.resourceVersion)]
    const names = [`LIVE-1/${fileName(given)}`, `MERGED-1/${fileName(given)}`].map((name) => `/tmp/${name}`)
    const text = unifiedDiff(live, wanted, names[0] as string, names[1] as string)
    if (text === '') continue
    differs = true
    yield* print(`diff -u -N ${names.join(' ')}\n${text}`)
  }
  return differs ? 1 : 0
}
