/**
 * `kubectl apply view-last-applied`.
 * Models: staging/src/k8s.io/kubectl/pkg/cmd/apply/apply_view_last_applied.go, v1.36.
 */
import { toYaml } from '../../manifest/toYaml.ts'
import { complain, currentWorld, print } from '../../shell/session.ts'
import type { Verb } from '../call.ts'
import { clientError } from '../failure.ts'
import { lastApplied } from '../lastApplied.ts'
import { jsonText } from '../print/output.ts'
import { selected } from '../resources.ts'

export const viewLastApplied: Verb = function* (call) {
  const output = call.flags.text('output')
  if (output !== 'yaml' && output !== 'json')
    throw clientError(`Unexpected -o output mode: ${output}, the flag 'output' must be one of yaml|json`)
  const { found, errors } = selected(call, yield* currentWorld())
  let status = errors.length > 0 ? 1 : 0
  for (const { object, type } of found) {
    const applied = lastApplied(object) as object | undefined
    if (applied) yield* print(output === 'json' ? `${jsonText(applied, 2)}\n` : toYaml(applied))
    else {
      yield* complain(
        `error: no last-applied-configuration annotation found on resource: ${type.plural}/${object.metadata.name}\n`,
      )
      status = 1
    }
  }
  for (const error of errors) yield* complain(`${error}\n`)
  return status
}
