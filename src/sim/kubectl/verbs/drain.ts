/**
 * `kubectl drain`: closes a node, and evicts its pods until they are gone. Budgets refuse evictions; they are tried again
 * every five seconds.
 * Models: staging/src/k8s.io/kubectl/pkg/{cmd/drain/drain.go,drain/{drain,filters}.go}, v1.36.
 */
import { controllerOf } from '../../api/kinds.ts'
import { isTerminal, isTerminating } from '../../api/predicates.ts'
import type { Refusal } from '../../api/strategy.ts'
import type { Pod, SimTime } from '../../api/types.ts'
import { asOne, isLonely, objections, podName, RETRY_MS, saidOf, whenEvicting } from '../../controllers/drainRules.ts'
import { listObjects, readObject } from '../../kernel/apiServer.ts'
import type { World } from '../../kernel/types.ts'
import type { Steps } from '../../shell/session.ts'
import { complain, currentWorld, print } from '../../shell/session.ts'
import type { Call, Verb } from '../call.ts'
import { matches, readSelector } from '../parse/selectors.ts'
import type { Found } from '../resources.ts'
import { Writes } from '../server.ts'
import { nodesOf, turn } from './nodes.ts'

interface Verdict {
  readonly pods: readonly Pod[]
  readonly warnings: readonly string[]
  readonly errors: readonly string[]
}

const MIRROR = 'kubernetes.io/config.mirror'

const isDaemon = ({ metadata }: Pod): boolean => controllerOf(metadata)?.kind === 'DaemonSet'

/** Which pods of a node go, and what stands against it. */
function judged({ flags }: Call, world: World, node: string): Verdict {
  const wanted = readSelector(flags.text('pod-selector'))
  const all = listObjects(world.objects, 'Pod').filter(
    (pod) =>
      pod.spec.nodeName === node &&
      matches(pod.metadata.labels, wanted) &&
      pod.metadata.annotations?.[MIRROR] === undefined,
  )
  const daemons = all.filter((pod) => isDaemon(pod) && !isTerminal(pod))
  const others = all.filter((pod) => !isDaemon(pod))
  const force = flags.is('force')
  const deleteEmptyDirData = flags.is('delete-emptydir-data') || flags.is('delete-local-data')
  const warnings = [
    ...(force ? saidOf('deleting Pods that declare no controller', others.filter(isLonely)) : []),
    ...(flags.is('ignore-daemonsets') ? saidOf('ignoring DaemonSet-managed Pods', daemons) : []),
  ]
  const errors = [
    ...(flags.is('ignore-daemonsets')
      ? []
      : saidOf('cannot delete DaemonSet-managed Pods (use --ignore-daemonsets to ignore)', daemons)),
    ...objections(others, { force, deleteEmptyDirData }),
  ]
  return { pods: others, warnings, errors }
}

/** How kubectl ends with a node that it cannot drain. */
const undrained = (node: string, errors: readonly string[]): string =>
  `error: unable to drain node ${JSON.stringify(node)} due to error: ${asOne(errors)}, continuing command...\nThere are pending nodes to be drained:\n ${node}\n${errors.map((error) => `${error}\n`).join('')}`

const isThere = (world: World, { metadata }: Pod): boolean =>
  readObject(world.objects, 'Pod', metadata.namespace, metadata.name)?.metadata.uid === metadata.uid

/** Asks once that a pod goes; the refusal when it may not. */
function* asked(call: Call, pod: Pod): Steps<Refusal | undefined> {
  const { namespace = 'default', name } = pod.metadata
  const grace = call.flags.number('grace-period')
  const graceSeconds = grace >= 0 ? { graceSeconds: grace } : {}
  if (call.flags.is('disable-eviction')) {
    const requests = [{ do: 'delete', kind: 'pods', namespace, name, ...graceSeconds } as const]
    return (yield { ask: 'act', command: { type: 'kubectl', line: call.line, requests } }).refusal
  }
  yield* print(`evicting pod ${podName(pod)}\n`)
  return (yield { ask: 'act', command: { type: 'evictPod', namespace, name, ...graceSeconds } }).refusal
}

interface Going {
  readonly pod: Pod
  /** When it is asked again; undefined once it was taken. */
  next: SimTime | undefined
}

/** Evicts pods side by side until all are gone. Returns what is left when the time is over. */
function* evicted(call: Call, pods: readonly Pod[], until: SimTime | undefined): Steps<readonly Pod[]> {
  const past = call.flags.is('disable-eviction') ? 'deleted' : 'evicted'
  let world = yield* currentWorld()
  // Each eviction is a goroutine of its own, of which the last begun comes first.
  const order = [...pods.slice(-1), ...pods.slice(0, -1)]
  let going: Going[] = order.map((pod) => ({ pod, next: isTerminating(pod) ? undefined : world.now }))
  while (going.length > 0) {
    for (const entry of going) {
      if (entry.next === undefined || entry.next > world.now) continue
      const refusal = yield* asked(call, entry.pod)
      const isRefused = refusal !== undefined && refusal.reason !== 'NotFound'
      entry.next = isRefused ? world.now + RETRY_MS : undefined
      if (isRefused) yield* complain(`${whenEvicting(entry.pod.metadata)} (will retry after 5s): ${refusal.message}\n`)
    }
    world = yield* currentWorld()
    for (const { pod } of going) if (!isThere(world, pod)) yield* print(`pod/${pod.metadata.name} ${past}\n`)
    going = going.filter(({ pod }) => isThere(world, pod))
    if (going.length === 0) break
    if (until !== undefined && world.now >= until) break
    const times = [
      ...going.flatMap(({ next }) => (next === undefined ? [] : [next])),
      ...(until === undefined ? [] : [until]),
    ]
    world = (yield times.length > 0 ? { ask: 'wait', until: Math.min(...times) } : { ask: 'wait' }).world
  }
  return going.map(({ pod }) => pod)
}

/** What is said when the time is over. */
function* timedOut(nodeName: string, left: readonly Pod[], seconds: number): Steps<void> {
  const errors = left.map(({ metadata }) => `${whenEvicting(metadata)}: global timeout reached: ${seconds}s`)
  yield* complain(
    `There are pending pods in node ${JSON.stringify(nodeName)} when an error occurred: ${asOne(errors)}\n`,
  )
  for (const name of left.map(({ metadata }) => metadata.name).sort()) yield* complain(`pod/${name}\n`)
  yield* complain(undrained(nodeName, errors))
}

function* drained(call: Call, { object }: Found): Steps {
  const { name } = object.metadata
  const world = yield* currentWorld()
  const { pods, warnings, errors } = judged(call, world, name)
  if (errors.length > 0) {
    yield* complain(undrained(name, errors))
    return 1
  }
  if (warnings.length > 0) yield* complain(`Warning: ${warnings.join('; ')}\n`)
  if (call.flags.has('dry-run') && call.flags.text('dry-run') !== 'none') {
    for (const pod of pods) yield* print(`evicting pod ${podName(pod)} (dry run)\n`)
    yield* print(`node/${name} drained (dry run)\n`)
    return 0
  }
  const timeout = call.flags.duration('timeout')
  const left = yield* evicted(call, pods, timeout > 0 ? world.now + timeout : undefined)
  if (left.length > 0) {
    yield* timedOut(name, left, Math.round(timeout / 1000))
    return 1
  }
  yield* print(`node/${name} drained\n`)
  return 0
}

export const drain: Verb = function* (call) {
  const world = yield* currentWorld()
  const { found, errors } = nodesOf(call, world)
  const writes = new Writes(call, world)
  for (const entry of found) turn(writes, entry, true)
  for (const error of errors) writes.fail(error)
  yield* writes.commit()
  if (writes.failed) return 1
  let status = 0
  for (const entry of found) status = (yield* drained(call, entry)) || status
  return status
}
