/**
 * `kubectl logs`. Containers here write nothing of their own: a log is what their image is known to say at its start,
 * and ends with the container.
 * Models: staging/src/k8s.io/kubectl/pkg/cmd/logs/logs.go, v1.36.
 */
import { timeOf, timestampAt } from '../../api/time.ts'
import type { Container, ContainerStatus, Pod, SimTime } from '../../api/types.ts'
import { imageParts } from '../../controllers/imageBehaviour.ts'
import type { World } from '../../kernel/types.ts'
import type { Steps } from '../../shell/session.ts'
import { complain, currentWorld, print } from '../../shell/session.ts'
import type { Call, Verb } from '../call.ts'
import { namespaceOf } from '../call.ts'
import { clientError, Failure } from '../failure.ts'
import { podsBehind } from '../pod/podsBehind.ts'
import { selected } from '../resources.ts'
import { containerOf, defaulted } from './exec.ts'

const NO_POD = `error: expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.
POD or TYPE/NAME is a required argument for the logs command
See 'kubectl logs -h' for help and examples`

interface LogLine {
  readonly at: SimTime
  readonly text: string
}

const statusOf = ({ status }: Pod, name: string): ContainerStatus | undefined =>
  [...(status.containerStatuses ?? []), ...(status.initContainerStatuses ?? [])].find((each) => each.name === name)

/** What an image says when it starts. */
function startLines(container: Container): readonly string[] {
  const { name, tag } = imageParts(container.image)
  if (/nginx/.test(name))
    return ['/docker-entrypoint.sh: Configuration complete; ready for start up', 'start worker processes']
  return [`${name} ${tag} starting`, `${name} ready`]
}

/** The lines of the life that a state tells of. */
function linesOf(container: Container, status: ContainerStatus | undefined, previous: boolean): readonly LogLine[] {
  const state = previous ? status?.lastState : status?.state
  const started = state?.running?.startedAt ?? state?.terminated?.startedAt
  if (started === undefined) return []
  const at = timeOf(started)
  const ended = state?.terminated
  const end =
    ended && ended.exitCode !== 0
      ? [{ at: timeOf(ended.finishedAt ?? started), text: `exit status ${ended.exitCode}` }]
      : []
  return [...startLines(container).map((text) => ({ at, text })), ...end]
}

/** Why there is no log yet. @throws Failure */
function requireLog(pod: Pod, container: Container, previous: boolean): void {
  const status = statusOf(pod, container.name)
  const { name } = pod.metadata
  const bad = (message: string) => new Failure(`Error from server (BadRequest): ${message}`)
  if (previous && !status?.lastState?.terminated)
    throw bad(
      `previous terminated container ${JSON.stringify(container.name)} in pod ${JSON.stringify(name)} not found`,
    )
  const waiting = status?.state.waiting
  if (previous || status?.lastState?.terminated || (status && !waiting)) return
  if (!pod.spec.nodeName) throw bad(`pod ${name} does not have a host assigned`)
  const reason = waiting?.reason ?? 'ContainerCreating'
  throw bad(
    /ImagePull/.test(reason)
      ? `container ${JSON.stringify(container.name)} in pod ${JSON.stringify(name)} is waiting to start: trying and failing to pull image`
      : `container ${JSON.stringify(container.name)} in pod ${JSON.stringify(name)} is waiting to start: ${reason}`,
  )
}

interface Source {
  readonly pod: Pod
  readonly container: Container
}

function shownText(
  { flags }: Call,
  { pod, container }: Source,
  lines: readonly LogLine[],
  now: SimTime,
  all: boolean,
): string {
  const since = flags.has('since') ? now - flags.duration('since') : Number.NEGATIVE_INFINITY
  const given = flags.has('tail') ? flags.number('tail') : flags.text('selector') !== '' ? 10 : -1
  const recent = lines.filter(({ at }) => at >= since)
  const shown = given < 0 ? recent : given === 0 ? [] : recent.slice(-given)
  const prefix = flags.is('prefix') && all ? `[pod/${pod.metadata.name}/${container.name}] ` : ''
  return shown
    .map(({ at, text }) => `${prefix}${flags.is('timestamps') ? `${timestampAt(at)} ` : ''}${text}\n`)
    .join('')
}

/** The sources that the line names, and what is said about the choice. @throws Failure */
function sourcesOf(call: Call, world: World): { sources: readonly Source[]; notice: string } {
  const { flags, args } = call
  const wanted = flags.text('container') || (args.length > 1 && !args[0]?.includes('/') ? (args[1] as string) : '')
  const bySelector = flags.text('selector') !== ''
  const [first = ''] = args
  const { found, errors } = selected(call, world, {
    args: bySelector ? [] : [first],
    ...(first.includes('/') ? {} : { defaultType: 'pods' }),
  })
  if (errors.length > 0)
    throw new Failure(
      first.includes('/')
        ? errors.join('\n')
        : `error: error from server (NotFound): pods ${JSON.stringify(first)} not found in namespace ${JSON.stringify(namespaceOf(call))}`,
    )
  const candidates = found.flatMap(({ object }) =>
    podsBehind(world, object).slice(0, bySelector || flags.is('all-pods') ? undefined : 1),
  )
  const behind = found[0] ? podsBehind(world, found[0].object) : []
  const [chosen] = candidates
  const several = !bySelector && behind.length > 1 && !flags.is('all-pods')
  const found2 = several && chosen ? `Found ${behind.length} pods, using pod/${chosen.metadata.name}\n` : ''
  const all = flags.is('all-containers') || flags.is('all-pods')
  const sources = candidates.flatMap((pod) =>
    all
      ? [...(pod.spec.initContainers ?? []), ...pod.spec.containers].map((container) => ({ pod, container }))
      : [{ pod, container: containerOf(pod, wanted) }],
  )
  const choice = all || bySelector || !chosen ? '' : defaulted(chosen, wanted)
  return { sources, notice: found2 + choice }
}

/** Shows what is added, until the container ends. */
function* followed(call: Call, source: Source, shown: number): Steps {
  let count = shown
  for (;;) {
    const { world } = yield { ask: 'wait' }
    const { found } = selected(call, world, { args: [source.pod.metadata.name], defaultType: 'pods' })
    const pod = found[0]?.object as unknown as Pod | undefined
    if (!pod || pod.metadata.uid !== source.pod.metadata.uid) return 0
    const lines = linesOf(source.container, statusOf(pod, source.container.name), false)
    yield* print(
      lines
        .slice(count)
        .map(({ text }) => `${text}\n`)
        .join(''),
    )
    count = Math.max(count, lines.length)
    if (!statusOf(pod, source.container.name)?.state.running) return 0
  }
}

export const logs: Verb = function* (call) {
  const { flags, args } = call
  if (args.length === 0 && flags.text('selector') === '') throw new Failure(NO_POD)
  if (args.length > 0 && flags.text('selector') !== '')
    throw clientError('only a selector (-l) or a POD name is allowed')
  const world = yield* currentWorld()
  const { sources, notice } = sourcesOf(call, world)
  if (sources.length === 0) {
    yield* complain(`No resources found in ${namespaceOf(call)} namespace.\n`)
    return 0
  }
  yield* complain(notice)
  const previous = flags.is('previous')
  for (const source of sources) {
    requireLog(source.pod, source.container, previous)
    const lines = linesOf(source.container, statusOf(source.pod, source.container.name), previous)
    yield* print(shownText(call, source, lines, world.now, true))
    if (flags.is('follow') && sources.length === 1) return yield* followed(call, source, lines.length)
  }
  return 0
}
