/**
 * `kubectl run`: one pod; with -i a session in it, with --rm gone afterwards.
 * Models: staging/src/k8s.io/kubectl/pkg/cmd/run/run.go, pkg/generate/versioned/run.go, v1.36.
 */
import { isTerminal } from '../../api/predicates.ts'
import type { Pod } from '../../api/types.ts'
import { readObject } from '../../kernel/apiServer.ts'
import { textInput } from '../../shell/input.ts'
import type { Steps } from '../../shell/session.ts'
import { complain, currentWorld, print } from '../../shell/session.ts'
import type { Call, Thing, Verb } from '../call.ts'
import { namespaceOf } from '../call.ts'
import { clientError, refusalText, usageError } from '../failure.ts'
import { GoJsonError, parseGoJson } from '../goJson.ts'
import type { ResourceType } from '../parse/resourceTypes.ts'
import { resourceTypeNamed } from '../parse/resourceTypes.ts'
import { strategicMerge } from '../patch.ts'
import { runInPod } from '../pod/podShell.ts'
import { changedText, readOutput } from '../print/output.ts'
import { dryRunSuffix, Writes } from '../server.ts'
import { labelsFrom } from './expose.ts'

const RESTART: readonly string[] = ['Always', 'OnFailure', 'Never']
const RECORDED =
  'All commands and output from this session will be recorded in container logs, including credentials and sensitive information passed through the command prompt.\n'

/** @throws Failure */
function check({ flags, args }: Call): void {
  if (args.length === 0) throw usageError('run', 'NAME is required for run')
  const restart = flags.text('restart')
  if (restart !== '' && !RESTART.includes(restart)) throw usageError('run', `invalid restart policy: ${restart}`)
  const attached = flags.is('stdin') || flags.is('attach')
  if (flags.is('tty') && !flags.is('stdin'))
    throw usageError('run', '-i/--stdin is required for containers with -t/--tty=true')
  if (flags.is('rm') && !attached) throw usageError('run', '--rm should only be used for attached containers')
  if (flags.is('expose') && flags.text('port') === '')
    throw usageError('run', '--port must be set when exposing a service')
}

function environment({ flags }: Call): readonly { readonly name: string; readonly value: string }[] {
  return flags.list('env').map((pair) => {
    const equals = pair.indexOf('=')
    if (equals < 1) throw clientError(`invalid env: ${pair}`)
    return { name: pair.slice(0, equals), value: pair.slice(equals + 1) }
  })
}

/** The pod as the client makes it. @throws Failure */
function podFor(call: Call): Thing {
  const { flags, args } = call
  const [name = '', ...words] = args
  const env = environment(call)
  const annotations = flags.list('annotations').map((pair) => pair.split(/=(.*)/s).slice(0, 2) as [string, string])
  const port = Number(flags.text('port'))
  const stdin = flags.is('stdin')
  const container = {
    ...(words.length > 0 && (flags.is('command') ? { command: words } : { args: words })),
    ...(env.length > 0 && { env }),
    image: flags.text('image'),
    ...(flags.text('image-pull-policy') !== '' && { imagePullPolicy: flags.text('image-pull-policy') }),
    name,
    ...(port > 0 && { ports: [{ containerPort: port }] }),
    resources: {},
    ...(stdin && { stdin: true, stdinOnce: !flags.is('leave-stdin-open') }),
    ...(flags.is('tty') && { tty: true }),
  }
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      ...(annotations.length > 0 && { annotations: Object.fromEntries(annotations) }),
      labels: flags.text('labels') === '' ? { run: name } : labelsFrom(flags.list('labels').join(',')),
      name,
    },
    spec: { containers: [container], dnsPolicy: 'ClusterFirst', restartPolicy: flags.text('restart') || 'Always' },
    status: {},
  } as unknown as Thing
  return overridden(pod, flags.text('overrides'))
}

/** A strategic merge for every `--override-type`: for a pod that is just made the three differ in lists only. */
function overridden(pod: Thing, text: string): Thing {
  if (text === '') return pod
  try {
    const merged = strategicMerge(pod, parseGoJson(text))
    if (!merged.ok) throw clientError(merged.message)
    return merged.value as Thing
  } catch (error) {
    if (error instanceof GoJsonError) throw clientError(`Invalid JSON Patch: ${error.message}`)
    throw error
  }
}

const nowOf = (world: Parameters<typeof readObject>[0], { metadata }: Thing): Pod | undefined => {
  const found = readObject(world, 'Pod', metadata.namespace, metadata.name)
  return found?.metadata.uid === metadata.uid ? found : undefined
}

/** Until the pod runs or has ended. */
function* started(pod: Thing, timeoutMs: number): Steps<Pod> {
  const until = (yield* currentWorld()).now + timeoutMs
  for (;;) {
    const world = yield* currentWorld()
    const now = nowOf(world.objects, pod)
    if (!now) throw clientError(`pods ${JSON.stringify(pod.metadata.name)} not found`)
    const running = now.status.containerStatuses?.some(({ state }) => state.running)
    if (running || isTerminal(now)) return now
    if (world.now >= until) throw clientError('timed out waiting for the condition')
    yield { ask: 'wait', until }
  }
}

/** What the pod's process was started with: a shell for those who name nothing. */
function wordsIn({ spec }: Pod): readonly string[] {
  const [container] = spec.containers
  const { args = [], command = [] } = container as {
    readonly args?: readonly string[]
    readonly command?: readonly string[]
  }
  const words = [...command, ...args]
  return words.length > 0 ? words : ['sh']
}

/** A session in the pod's first container. Returns how it ended. */
function* attached(call: Call, pod: Pod): Steps {
  const { env, flags, io } = call
  const [container] = pod.spec.containers as [Pod['spec']['containers'][number]]
  const modern = env.busybox === 'modern'
  const terminal = flags.is('tty') && io.terminal
  if (flags.is('stdin') && !flags.is('quiet')) {
    if (modern) yield* complain(RECORDED)
    yield* complain("If you don't see a command prompt, try pressing enter.\n")
    // The client sends an empty line first, which a shell answers with its prompt.
    if (modern && terminal) yield* print('\n')
  }
  if (flags.is('tty') && !io.terminal)
    yield* complain('Unable to use a TTY - input is not a terminal or the right kind of file\n')
  const inside = { pod, container, environment: env }
  const stdin = flags.is('stdin') ? io.stdin : textInput('')
  const status = (yield* runInPod(inside, wordsIn(pod), { stdin: terminal ? undefined : stdin, terminal })) ?? 127
  yield* ended(pod, container.name, status)
  if (terminal && modern && !flags.is('quiet')) {
    const { name, namespace } = pod.metadata
    yield* complain(
      `Session ended, resume using 'kubectl attach ${name} -c ${container.name} -n ${namespace} -i -t' command\n`,
    )
  }
  return status
}

/** The process of the session ends, and with it the container. */
function* ended({ metadata }: Pod, container: string, exitCode: number): Steps<void> {
  const { namespace = 'default', name } = metadata
  yield { ask: 'act', command: { type: 'crashContainer', namespace, name, container, exitCode } }
}

/** Deletes the pod, and waits until it is gone. */
function* removed(call: Call, pod: Thing): Steps<void> {
  const { name, namespace = 'default' } = pod.metadata
  const past = call.env.busybox === 'modern' ? ` from ${namespace} namespace` : ''
  yield* print(`pod ${JSON.stringify(name)} deleted${past}\n`)
  const requests = [{ do: 'delete', kind: 'pods', namespace, name } as const]
  yield { ask: 'act', command: { type: 'kubectl', line: `kubectl delete pod ${name}`, requests } }
  for (let world = yield* currentWorld(); nowOf(world.objects, pod); ) world = (yield { ask: 'wait' }).world
}

function exposeToo(call: Call, writes: Writes, pod: Thing): void {
  const services = resourceTypeNamed('services') as ResourceType
  const { name, namespace, labels } = pod.metadata
  const port = Number(call.flags.text('port'))
  const spec = { ports: [{ port, protocol: 'TCP', targetPort: port }], selector: labels }
  const service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, ...(namespace !== undefined && { namespace }) },
    spec,
  } as unknown as Thing
  const tried = writes.create(services, service, namespace, name)
  if (tried.ok) writes.say(`service/${name} created\n`)
  else writes.fail(refusalText(tried.refusal))
}

export const run: Verb = function* (call) {
  check(call)
  const { flags } = call
  const output = readOutput(call, false)
  const made = podFor(call)
  const writes = new Writes(call, yield* currentWorld())
  const suffix = dryRunSuffix(writes.dryRun)
  if (writes.dryRun === 'client') {
    yield* print(changedText(output, made, 'created', suffix))
    return 0
  }
  const namespace = namespaceOf(call)
  const sent = { ...made, metadata: { ...made.metadata, namespace } }
  const pods = resourceTypeNamed('pods') as ResourceType
  const tried = writes.create(pods, sent, namespace, made.metadata.name)
  const session = flags.is('stdin') || flags.is('attach')
  if (!tried.ok) writes.fail(refusalText(tried.refusal))
  else if (!session) writes.say(changedText(output, tried.after ?? sent, 'created', suffix))
  if (tried.ok && flags.is('expose')) exposeToo(call, writes, sent)
  const world = yield* writes.commit()
  const pod = readObject(world.objects, 'Pod', namespace, made.metadata.name) as unknown as Thing | undefined
  if (!tried.ok || !session || !pod || writes.dryRun !== 'none') return writes.exit
  const status = yield* attached(call, yield* started(pod, flags.duration('pod-running-timeout')))
  if (flags.is('rm')) yield* removed(call, pod)
  if (status !== 0) yield* complain(`pod ${namespace}/${made.metadata.name} terminated (Error)\n`)
  return status
}
