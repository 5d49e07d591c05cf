/**
 * `kubectl describe`: one object, several, or all whose names begin alike.
 * Models: staging/src/k8s.io/kubectl/pkg/cmd/describe/describe.go, v1.36.
 */
import type { World } from '../../kernel/types.ts'
import { complain, currentWorld, print } from '../../shell/session.ts'
import type { Call, Verb } from '../call.ts'
import { namespaceOf } from '../call.ts'
import { thingsOf } from '../derived.ts'
import { descriptionOf } from '../describe/describe.ts'
import { Failure } from '../failure.ts'
import type { Found, Selection } from '../resources.ts'
import { selected, typesNamed } from '../resources.ts'

const NO_TYPE =
  'error: You must specify the type of resource to describe. Use "kubectl api-resources" for a complete list of supported resources.'

/** A name that nothing has may be the beginning of names. */
function byPrefix(call: Call, world: World): readonly Found[] {
  const [words = '', prefix] = call.args
  if (call.args.length !== 2 || prefix === undefined || words.includes('/')) return []
  return typesNamed(words).flatMap((type) =>
    thingsOf(world, type, type.namespaced ? namespaceOf(call) : undefined)
      .filter(({ metadata }) => metadata.name.startsWith(prefix))
      .map((object) => ({ type, object })),
  )
}

const nothingFound = ({ namespace, types }: Selection): string =>
  namespace === undefined || types.every(({ namespaced }) => !namespaced)
    ? 'No resources found\n'
    : `No resources found in ${namespace} namespace.\n`

export const describe: Verb = function* (call) {
  const { flags, args } = call
  if (args.length === 0 && flags.list('filename').length === 0) throw new Failure(NO_TYPE)
  const world = yield* currentWorld()
  const selection = selected(call, world, { listsAll: true })
  const alike = selection.errors.length > 0 && selection.found.length === 0 ? byPrefix(call, world) : []
  const found = alike.length > 0 ? alike : selection.found
  const errors = alike.length > 0 ? [] : selection.errors
  const showEvents = flags.is('show-events')
  yield* print(found.map(({ object }) => descriptionOf(object, world, { showEvents })).join('\n\n'))
  if (found.length === 0 && errors.length === 0) yield* complain(nothingFound(selection))
  for (const error of errors) yield* complain(`${error}\n`)
  return errors.length > 0 ? 1 : 0
}
