/**
 * `kubectl exec`: a program in a running container.
 * Models: staging/src/k8s.io/kubectl/pkg/cmd/exec/exec.go, pkg/polymorphichelpers/attachablepodforobject.go, v1.36.
 */
import { isTerminal } from '../../api/predicates.ts'
import type { Container, Pod } from '../../api/types.ts'
import { digestOf } from '../../controllers/imageBehaviour.ts'
import type { World } from '../../kernel/types.ts'
import { textInput } from '../../shell/input.ts'
import { complain, currentWorld } from '../../shell/session.ts'
import type { Call, Verb } from '../call.ts'
import { clientError, Failure, usageError } from '../failure.ts'
import { runInPod } from '../pod/podShell.ts'
import { podsBehind } from '../pod/podsBehind.ts'
import { selected } from '../resources.ts'

/** The pod that an argument means: by its name, or the first behind a set or a Service. @throws Failure */
export function podOf(call: Call, world: World, words: readonly string[]): Pod {
  const named = words.some((word) => word.includes('/'))
  const { found, errors } = selected(call, world, { args: words, ...(!named && { defaultType: 'pods' }) })
  const [first] = found
  if (!first) throw new Failure(errors.join('\n'))
  const [pod] = podsBehind(world, first.object)
  if (!pod) throw clientError(`cannot attach to *v1.${first.object.kind}: selector does not match any pods`)
  return pod
}

/** The container that is meant. @throws Failure */
export function containerOf(pod: Pod, wanted: string): Container {
  const all = [...pod.spec.containers, ...(pod.spec.initContainers ?? [])]
  const found = wanted === '' ? all[0] : all.find(({ name }) => name === wanted)
  if (found) return found
  const names = [
    ...pod.spec.containers.map(({ name }) => name),
    ...(pod.spec.initContainers ?? []).map(({ name }) => `${name} (init)`),
  ]
  throw clientError(`container ${wanted} is not valid for pod ${pod.metadata.name} out of: ${names.join(', ')}`)
}

/** `Defaulted container "a" out of: a, b, i1 (init)`. */
export function defaulted(pod: Pod, wanted: string): string {
  const { containers, initContainers = [] } = pod.spec
  if (wanted !== '' || containers.length + initContainers.length < 2) return ''
  const names = [...containers.map(({ name }) => name), ...initContainers.map(({ name }) => `${name} (init)`)]
  return `Defaulted container ${JSON.stringify(containers[0]?.name)} out of: ${names.join(', ')}\n`
}

/** @throws Failure when nothing can be run there */
export function requireRunning(pod: Pod, container: Container): void {
  const { name } = pod.metadata
  if (isTerminal(pod))
    throw clientError(`cannot exec into a container in a completed pod; current phase is ${pod.status.phase}`)
  if (!pod.spec.nodeName)
    throw clientError(
      `Internal error occurred: unable to upgrade connection: pod ${name} does not have a host assigned`,
    )
  const statuses = [...(pod.status.containerStatuses ?? []), ...(pod.status.initContainerStatuses ?? [])]
  if (!statuses.some((status) => status.name === container.name && status.state.running))
    throw clientError(
      `Internal error occurred: unable to upgrade connection: container not found (${JSON.stringify(container.name)})`,
    )
}

const notExecutable = (program: string, pod: Pod): Failure =>
  clientError(
    `Internal error occurred: error executing command in container: failed to exec in container: failed to start exec "${digestOf(`${pod.metadata.uid} ${program}`)}": OCI runtime exec failed: exec failed: unable to start container process: exec: ${JSON.stringify(program)}: executable file not found in $PATH: unknown`,
  )

const NO_TTY = 'Unable to use a TTY - input is not a terminal or the right kind of file\n'

export const exec: Verb = function* (call) {
  const { args, dash, flags, io } = call
  const before = dash < 0 ? args : args.slice(0, dash)
  const words = dash < 0 ? [] : args.slice(dash)
  if (before.length === 0 && flags.list('filename').length === 0)
    throw clientError('pod, type/name or --filename must be specified')
  if (dash < 0 && args.length > 1)
    throw usageError('exec', 'exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead')
  if (words.length === 0) throw clientError('you must specify at least one command for the container')
  const pod = podOf(call, yield* currentWorld(), before)
  const wanted = flags.text('container')
  const container = containerOf(pod, wanted)
  if (!flags.is('quiet')) yield* complain(defaulted(pod, wanted))
  requireRunning(pod, container)
  if (flags.is('tty') && !io.terminal) yield* complain(NO_TTY)
  const stdin = flags.is('stdin') ? io.stdin : textInput('')
  const inside = { pod, container, environment: call.env }
  const status = yield* runInPod(inside, words, { stdin, terminal: io.terminal && flags.is('tty') })
  if (status === undefined) throw notExecutable(words[0] as string, pod)
  if (status !== 0) yield* complain(`command terminated with exit code ${status}\n`)
  return status
}
