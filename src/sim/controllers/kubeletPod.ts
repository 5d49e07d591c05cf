/**
 * One turn of one pod's life on its node: what was signalled, what became of its object and its volumes, what its charts ask
 * for, and the status that follows from it. On a machine that nobody reaches, only what needs no API.
 * Leaves out how a life is kept and walked: see `kubeletLife.ts`.
 * Models: pkg/kubelet/{kubelet.go,pod_workers.go,status/status_manager.go}, v1.36.
 */
import { keyOf, keyOfObject } from '../api/kinds.ts'
import { isTerminal } from '../api/predicates.ts'
import type { GivenReason } from '../api/reasons.ts'
import { switchesOf } from '../api/switches.ts'
import type { Container, Node, Pod, SimTime } from '../api/types.ts'
import { same } from '../kernel/equality.ts'
import type { Answer, ClusterView, Decider, Decision, Outcome, Signal } from '../kernel/types.ts'
import { EXIT_KILLED } from '../machines/containerPlan.ts'
import { configure } from './kubeletConfig.ts'
import { disownVolumes, heldReasons } from './kubeletDetach.ts'
import type { ContainerLife, Life, Told } from './kubeletLife.ts'
import { delayed, POD, Walk } from './kubeletLife.ts'
import { muted } from './kubeletMachine.ts'
import {
  isAttachable,
  keepImages,
  pullMsOf,
  releaseVolumes,
  takeAddress,
  takeVolumes,
  unboundClaim,
  volumesOf,
} from './kubeletNode.ts'
import { containersOf, graceMsOf } from './kubeletPlan.ts'
import { finalizerReasons, reasonsOf } from './kubeletReasons.ts'
import { statusOf } from './kubeletStatus.ts'
import { containerEvents, evictionMessage } from './kubeletTexts.ts'
import { lifeParts } from './lives.ts'
import type { Machine } from './machine.ts'
import { hasPower, isHeard, machineKey, machineOf } from './machine.ts'

type Steps<T = void> = Generator<Decision, T, Answer>
type Due = Parameters<Decider['decide']>[2]

/** Everything about one turn that its steps share. */
interface Turn {
  readonly view: ClusterView
  readonly key: string
  /** The object that this life belongs to; undefined once it is gone from the API. */
  readonly pod: Pod | undefined
  readonly walk: Walk
  /** The machine under the pod, and its name. */
  readonly machine: Machine
  readonly nodeName: string
}

function signalled({ walk, pod, view: { now: at } }: Turn, { type, detail = {} }: Signal): void {
  const wanted = detail.container ?? pod?.spec.containers[0]?.name
  const index = pod ? containersOf(pod).findIndex(({ name }) => name === wanted) : -1
  if (index >= 0) {
    if (type === 'crash') walk.sendContainer(index, { type: 'exit', at, exitCode: Number(detail.exitCode ?? 1) })
    if (type === 'oom') walk.sendContainer(index, { type: 'exit', at, exitCode: EXIT_KILLED, outOfMemory: true })
    if (type === 'hang') walk.sendContainer(index, { type: 'hang', at })
  }
  if (type === 'holdReadiness') walk.sendAll({ type: detail.ready === true ? 'release' : 'hold', at })
  if (type === 'named') walk.sendAll({ type: 'named', at })
  if (type === 'evict') {
    const graceMs = graceMsOf(Math.min(Number(detail.graceSeconds ?? 0), pod?.spec.terminationGracePeriodSeconds ?? 30))
    walk.sendPod({ type: 'evict', reason: String(detail.reason ?? 'Evicted'), graceMs })
  }
  if (type === 'lose') walk.sendAll({ type: 'lose', at })
}

/** Follows what became of the object: deletion asked for (or asked for again), or gone already. */
function followDeletion({ walk, pod }: Turn, before: Life | undefined, asked: boolean): void {
  if (!pod) {
    if (!walk.isDeleting) walk.sendPod({ type: 'delete', graceMs: before?.pod.context.graceMs ?? 0 })
    else if (walk.where === 'ended') walk.sendPod({ type: 'delete', graceMs: 0 })
  } else if (pod.metadata.deletionTimestamp !== undefined && (asked || !walk.isDeleting))
    walk.sendPod({ type: 'delete', graceMs: graceMsOf(pod.metadata.deletionGracePeriodSeconds ?? 0) })
}

/** Brings the volumes to the node once all claims are bound and no other node has them. */
function* followVolumes({ view, key, walk }: Turn, pod: Pod, node: string): Steps {
  if (unboundClaim(view, pod) !== undefined) return
  const volumes = volumesOf(view, pod)
  const busy = yield* takeVolumes(view, key, volumes, node)
  if (busy.length === 0) {
    walk.giveVolumes(volumes)
    walk.sendPod({ type: walk.where === 'volumes.busy' ? 'volumeFree' : 'claimsBound' })
  } else if (walk.where === 'volumes.unbound') {
    walk.sendPod({ type: 'volumeBusy' })
    for (const volume of busy) {
      const message = `Multi-Attach error for volume "${volume}" Volume is already exclusively attached to one node and can't be attached to another`
      const component = 'attachdetach-controller'
      yield { do: 'record', about: pod, type: 'Warning', reason: 'FailedAttachVolume', message, component }
    }
  }
}

/** Volumes and network are there. */
function* prepare({ view, walk, pod }: Turn, node: Node): Steps {
  if (!pod) return
  for (const volume of walk.life().volumes) {
    if (!isAttachable(view, volume)) continue
    const message = `AttachVolume.Attach succeeded for volume "${volume}" `
    const component = 'attachdetach-controller'
    yield { do: 'record', about: pod, type: 'Normal', reason: 'SuccessfulAttachVolume', message, component }
  }
  walk.giveAddress(yield* takeAddress(view, node))
  configure(view, walk, pod)
}

/** Starts the main containers, or the init container whose turn it is. */
function startContainers({ view, walk, pod }: Turn, node: Node, { type }: Told): void {
  if (!pod) return
  const life = walk.life()
  const mains = pod.spec.containers.length
  const init = mains + life.pod.context.initialized
  for (const [index, container] of containersOf(pod).entries()) {
    if (type === 'startMain' ? index >= mains : index !== init) continue
    const { plan } = (life.containers[index] as ContainerLife).context
    walk.sendContainer(index, { type: 'start', at: view.now, pullMs: pullMsOf(container, plan, node, view) })
  }
}

const NONE: readonly Decision[] = []

/** The events about what a chart told. */
function eventsOf({ view, walk, pod }: Turn, { of, type }: Told): readonly Decision[] {
  if (!pod) return NONE
  const life = walk.life()
  const host = pod.spec.nodeName
  const { evicted } = life.pod.context
  if (of === POD) {
    if (type !== 'evicting' || evicted !== 'Evicted') return NONE
    const { message } = evictionMessage(pod, evicted)
    return message === undefined
      ? NONE
      : [{ do: 'record', about: pod, type: 'Warning', reason: 'Evicted', message, host }]
  }
  const container = containersOf(pod)[of] as Container
  const { context } = life.containers[of] as ContainerLife
  const switches = switchesOf(view.settings)
  const list = of < pod.spec.containers.length ? 'containers' : 'initContainers'
  const fieldPath = `spec.${list}{${container.name}}`
  return containerEvents(type, pod, container, context, life.address ?? '', switches).map((text) => ({
    do: 'record',
    about: pod,
    type: text.type,
    reason: text.reason,
    message: text.message,
    fieldPath,
    host,
  }))
}

/** Lets the charts run until nothing more is due now, and does what they ask for. */
function* runCharts(turn: Turn, node: Node | undefined): Steps {
  const { view, key, walk, pod } = turn
  const pulled: string[] = []
  configure(view, walk, pod)
  walk.fireDue()
  for (let next = 0; next < walk.told.length; next++) {
    const told = walk.told[next] as Told
    if (told.type === 'attached' && node) yield* prepare(turn, node)
    else if ((told.type === 'startMain' || told.type === 'startInit') && node) startContainers(turn, node, told)
    else if (told.type === 'unmounted') yield* releaseVolumes(view, key, walk.life())
    else for (const event of eventsOf(turn, told)) yield event
    if (told.type === 'pulled' && pod) pulled.push(containersOf(pod)[told.of]?.image ?? '')
    walk.fireDue()
  }
  if (node && pulled.length > 0) yield* keepImages(view, node.metadata.name, pulled)
}

/** The node is done with the pod: its object may go. Returns why it does not. */
function* removeObject(pod: Pod): Steps<readonly GivenReason[]> {
  const { namespace = '', name, uid } = pod.metadata
  const answer = yield { do: 'delete', kind: 'Pod', namespace, name, options: { graceSeconds: 0, uid } }
  return answer.ok && !answer.gone && answer.object?.kind === 'Pod' ? finalizerReasons(answer.object) : []
}

/** What keeps the wake-up for the next timer up with the life; undefined when it stands as it should. */
function timerFor(before: Life | undefined, after: Life, now: SimTime, id: string): Decision | undefined {
  const old = before && Walk.nextTimer(before)
  const next = Walk.nextTimer(after)
  if (next !== undefined)
    return next !== old || id === 'timer' ? { do: 'wake', id: 'timer', afterMs: next - now } : undefined
  return old !== undefined && id !== 'timer' ? { do: 'cancelWake', id: 'timer' } : undefined
}

/** After a boot the pod is as it was, with a new sandbox and so another address. */
function* takeNewSandbox({ view, walk, pod }: Turn, node: Node | undefined): Steps {
  if (!node || !(walk.where.startsWith('containers') || walk.where.startsWith('initializing'))) return
  walk.giveAddress(yield* takeAddress(view, node))
  const message = 'Pod sandbox changed, it will be killed and re-created.'
  if (pod && pod.metadata.deletionTimestamp === undefined)
    yield { do: 'record', about: pod, type: 'Normal', reason: 'SandboxChanged', message, host: node.metadata.name }
}

/** On a machine that reaches nobody: without power nothing happens; cut off, its processes live on as they were. */
function* runAlone(turn: Turn, before: Life, node: Node | undefined, due: Due): Steps<Outcome> {
  const { view, walk, pod, machine } = turn
  if (!pod) yield* disownVolumes(view, before)
  yield { do: 'explain', reasons: [] }
  if (due.signal) signalled(turn, due.signal)
  if (hasPower(machine)) yield* muted(runCharts(turn, node))
  const life = walk.life()
  if (life !== view.recall()) yield { do: 'remember', memory: life }
  const timer = hasPower(machine) ? timerFor(before, life, view.now, due.id) : undefined
  if (timer) yield timer
  return undefined
}

/** What the reasons of a living pod are: a volume that a lost node still has comes before all. */
function reasonsNow({ view, walk, pod, nodeName }: Turn): readonly GivenReason[] {
  if (!pod) return []
  const held = walk.where === 'volumes.busy' ? heldReasons(view, pod, nodeName) : []
  return held.length > 0 ? held : reasonsOf(pod, walk.life(), () => unboundClaim(view, pod))
}

/** The pod was sent to a node that hears nothing. */
const unheardReason = (pod: Pod): GivenReason => ({
  reason: 'nodeHasNotHeard',
  subject: keyOfObject(pod),
  on: keyOf('Node', undefined, pod.spec.nodeName ?? ''),
})

/** One turn of a pod whose node is heard. */
function* runPod(turn: Turn, before: Life | undefined, node: Node | undefined, due: Due): Steps<Outcome> {
  const { view, walk, pod, machine, nodeName } = turn
  if (!before) walk.sendPod({ type: 'bound' })
  if (due.signal?.type === 'booted') yield* takeNewSandbox(turn, node)
  if (due.signal) signalled(turn, due.signal)
  followDeletion(turn, before, due.id === 'watch' || due.signal?.type === 'mended')
  if (pod && (walk.where === 'volumes.unbound' || walk.where === 'volumes.busy'))
    yield* followVolumes(turn, pod, nodeName)
  yield* runCharts(turn, node)

  const life = walk.life()
  const isGone = walk.where === 'gone'
  if (life !== view.recall() || isGone) yield { do: 'remember', memory: isGone ? undefined : life }
  const timer = timerFor(before, life, view.now, due.id)
  if (timer) yield timer
  const status = pod && statusOf(pod, life, node, view.now)
  if (status && !same(status, pod.status)) {
    const answer = yield { do: 'updateStatus', object: { ...pod, status } }
    if (!answer.ok) return { error: answer.refusal.message }
  }
  const kept = isGone && pod ? yield* removeObject(pod) : []
  yield { do: 'explain', reasons: isGone ? kept : reasonsNow(turn) }
  if (machine.power === 'leaving' && life.timers.length === 0)
    yield { do: 'wake', key: machineKey(nodeName), id: 'halt', afterMs: 0 }
  return undefined
}

/** Nothing of the pod lives on the node. */
function* explainNoLife(pod: Pod | undefined, machine: Machine): Steps<Outcome> {
  const unheard = pod && !isTerminal(pod) && !isHeard(machine)
  yield { do: 'explain', reasons: unheard ? [unheardReason(pod)] : pod ? finalizerReasons(pod) : [] }
  return undefined
}

/** The turn of the life that a key names; the key holds the uid, so a successor of the same name is another life. */
export function podTurn(view: ClusterView, key: string, due: Due): Steps<Outcome> {
  const { namespace, name, uid } = lifeParts(key)
  const stored = view.get('Pod', namespace, name)
  const pod = stored?.metadata.uid === uid ? stored : undefined
  const before = view.recall() as Life | undefined
  const nodeName = before?.node ?? pod?.spec.nodeName ?? ''
  const node = view.get('Node', undefined, nodeName)
  const machine = machineOf(view, nodeName)
  const begins = !before && pod && node && !isTerminal(pod) && isHeard(machine) && machine.power === 'on'
  const awayMs = due.signal?.type === 'booted' ? Number(due.signal.detail?.awayMs ?? 0) : 0
  const walk = before
    ? Walk.from(awayMs > 0 ? delayed(before, awayMs) : before, view.now)
    : begins
      ? Walk.begin(pod, nodeName, view)
      : undefined
  if (!walk) return explainNoLife(pod, machine)
  const turn: Turn = { view, key, pod, walk, machine, nodeName }
  return isHeard(machine) || !before ? runPod(turn, before, node, due) : runAlone(turn, before, node, due)
}
