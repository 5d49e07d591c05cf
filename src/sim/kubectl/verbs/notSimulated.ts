/** Commands that have no meaning here: one sentence that says so and names the nearest thing that there is. */
import type { Steps } from '../../shell/session.ts'
import type { Call } from '../call.ts'
import { Failure } from '../failure.ts'
import { helpWithoutCommand } from '../help.ts'
import { isGroup } from '../parse/invocation.ts'

const INSTEAD: Readonly<Record<string, string>> = {
  attach: 'kubectl exec -it POD -- sh opens a shell in a container',
  certificate: 'nothing here asks for certificates',
  completion: 'the Tab key completes by itself',
  cp: 'kubectl exec POD -- cat FILE shows a file of a pod',
  debug: 'kubectl exec -it POD -- sh opens a shell in a container',
  kustomize: 'kubectl apply -f FOLDER applies all manifests of a folder',
  plugin: 'kubectl has no plugins here',
  'port-forward': 'kubectl exec POD -- curl http://localhost/ asks a pod from inside',
  proxy: 'kubectl get --raw /readyz asks the API server',
}

export function notSimulated({ command, args }: Call): Steps {
  if (isGroup(command)) return helpWithoutCommand(command, args)
  const [first = ''] = command.split(' ')
  const instead = INSTEAD[command] ?? INSTEAD[first] ?? 'kubectl --help lists what is'
  throw new Failure(`error: kubectl ${command} is not simulated: ${instead}`)
}
