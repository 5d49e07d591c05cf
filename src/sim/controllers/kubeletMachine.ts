/**
 * What befalls a whole machine: power off and on, the network cut and mended, a shutdown in good order; and what its kubelet
 * tells the API when it runs again. The pods on it hear of it by signals and see to themselves, each in a turn of its own.
 * Leaves out critical pods, which a real shutdown keeps for the last ten seconds.
 * Models: pkg/kubelet/{kubelet_node_status.go,nodeshutdown/nodeshutdown_manager.go}, v1.36.
 */
import { keyOf } from '../api/kinds.ts'
import type { Condition, Node } from '../api/types.ts'
import type { Answer, ClusterView, Decision, Signal } from '../kernel/types.ts'
import type { Life } from './kubeletLife.ts'
import { processesOf } from './kubeletLife.ts'
import type { VolumeNotes } from './kubeletNode.ts'
import { VOLUMES } from './kubeletNode.ts'
import { lifeKey } from './lives.ts'
import type { Machine } from './machine.ts'
import { hasPower, isHeard, lastRenewal, MACHINES, machineKey, machineOf, remembered } from './machine.ts'
import { healthyConditions } from './nodes.ts'
import { readyStatus } from './taints.ts'

type Steps<T = void> = Generator<Decision, T, Answer>

/** How long a shutdown in good order waits for the pods (kubelet: `shutdownGracePeriod`). */
export const SHUTDOWN_WINDOW_S = 30

/** The keys of all pods that the machine has or is to have, whether or not their objects still exist. */
function podKeys(view: ClusterView, node: string): readonly string[] {
  const lives = view.recallAll('Pod/').flatMap(([key, life]) => ((life as Life).node === node ? [key] : []))
  const bound = view
    .list('Pod')
    .filter(({ spec }) => spec.nodeName === node)
    .map(lifeKey)
  return [...new Set([...lives, ...bound])].sort()
}

function* tellPods(view: ClusterView, node: string, signal: Signal): Steps {
  for (const key of podKeys(view, node)) yield { do: 'wake', key, id: 'machine', afterMs: 0, signal }
}

/** Tells the node controller that heartbeats end, or begin again. */
function* tellLifecycle(node: string, signal: Signal): Steps {
  const key = keyOf('Node', undefined, node)
  yield { do: 'wake', decider: 'nodeLifecycle', key, id: 'heartbeat', afterMs: 0, signal }
}

const silent = (view: ClusterView, node: string): Signal => ({
  type: 'silent',
  detail: { renewed: lastRenewal(node, view.now) },
})

const normal = (about: Node, reason: string, message: string): Decision => ({
  do: 'record',
  about,
  type: 'Normal',
  reason,
  message,
  host: about.metadata.name,
})

function* postConditions(node: Node, conditions: readonly Condition[]): Steps {
  yield { do: 'updateStatus', object: { ...node, status: { ...node.status, conditions } } }
}

/** The kubelet reaches the API again: it posts that the node is well, and what happened to it. */
function* rejoin(view: ClusterView, name: string, booted: boolean): Steps {
  const node = view.get('Node', undefined, name)
  yield* tellLifecycle(name, { type: 'heard' })
  if (!node) return
  if (booted) yield normal(node, 'Starting', 'Starting kubelet.')
  const wasReady = readyStatus(node) === 'True'
  if (!wasReady) yield* postConditions(node, healthyConditions(node.status.conditions ?? [], view.timestamp))
  if (booted) {
    const message = `Node ${name} has been rebooted, boot id: ${bootId(view)}`
    yield { do: 'record', about: node, type: 'Warning', reason: 'Rebooted', message, host: name }
  }
  if (!wasReady) yield normal(node, 'NodeReady', `Node ${name} status is now: NodeReady`)
}

/** A random uuid, which the machine makes at each boot. */
function bootId(view: ClusterView): string {
  const hex = Array.from({ length: 8 }, () =>
    Math.floor(view.draw('bootId') * 65536)
      .toString(16)
      .padStart(4, '0'),
  )
  return `${hex[0]}${hex[1]}-${hex[2]}-4${hex[3]?.slice(1)}-a${hex[4]?.slice(1)}-${hex[5]}${hex[6]}${hex[7]}`
}

const NOBODY_HEARS: Answer = { ok: true }

/** What a machine does while it is cut off: its own notes and timers are kept, what it says to the API is lost. */
export function* muted(steps: Steps): Steps {
  for (let step = steps.next(); !step.done; ) {
    const own = step.value.do === 'remember' || step.value.do === 'wake' || step.value.do === 'cancelWake'
    step = steps.next(own ? yield step.value : NOBODY_HEARS)
  }
}

interface Turn {
  readonly view: ClusterView
  readonly name: string
  readonly machine: Machine
}

function* note({ name }: Turn, machine: Machine): Steps {
  yield { do: 'remember', key: machineKey(name), memory: remembered(machine) }
}

function* losePower(turn: Turn, power: 'off' | 'booting'): Steps {
  const { view, name, machine } = turn
  yield* note(turn, { ...machine, power, since: hasPower(machine) ? view.now : machine.since })
  if (!hasPower(machine)) return
  yield* tellPods(view, name, { type: 'lose' })
  if (isHeard(machine)) yield* tellLifecycle(name, silent(view, name))
}

function* booted(turn: Turn): Steps {
  const { view, name, machine } = turn
  yield* note(turn, { ...machine, power: 'on', since: view.now })
  yield* tellPods(view, name, { type: 'booted', detail: { awayMs: view.now - machine.since } })
  if (!machine.cut) yield* rejoin(view, name, true)
}

function* cut(turn: Turn): Steps {
  const { view, name, machine } = turn
  if (machine.cut) return
  yield* note(turn, { ...machine, cut: true })
  yield* tellPods(view, name, { type: 'cut' })
  if (isHeard(machine)) yield* tellLifecycle(name, silent(view, name))
}

function* mend(turn: Turn): Steps {
  const { view, name, machine } = turn
  if (!machine.cut) return
  yield* note(turn, { ...machine, cut: false })
  yield* tellPods(view, name, { type: 'mended' })
  if (hasPower(machine)) yield* rejoin(view, name, false)
}

/** Says that it is going, and tells its pods to end within the window. */
function* leave(turn: Turn): Steps {
  const { view, name, machine } = turn
  if (machine.power !== 'on') return
  yield* note(turn, { ...machine, power: 'leaving', since: view.now })
  const node = view.get('Node', undefined, name)
  if (node && !machine.cut) {
    yield normal(node, 'Shutdown', 'Shutdown manager detected shutdown event')
    yield* postConditions(node, leavingConditions(node, view))
  }
  yield* tellPods(view, name, { type: 'evict', detail: { reason: 'Terminated', graceSeconds: SHUTDOWN_WINDOW_S } })
  yield { do: 'wake', id: 'halt', afterMs: 0 }
}

const leavingConditions = ({ status }: Node, { timestamp }: ClusterView): readonly Condition[] =>
  (status.conditions ?? []).map((condition) =>
    condition.type === 'Ready'
      ? {
          ...condition,
          status: 'False',
          reason: 'KubeletNotReady',
          message: 'node is shutting down',
          lastTransitionTime: condition.status === 'False' ? (condition.lastTransitionTime ?? timestamp) : timestamp,
        }
      : condition,
  )

/** The power goes once no process is left, or the window is over. */
function* halt(turn: Turn): Steps {
  const { view, name, machine } = turn
  if (machine.power !== 'leaving') return
  const leftMs = machine.since + SHUTDOWN_WINDOW_S * 1000 - view.now
  const busy = view.recallAll('Pod/').some(([, life]) => {
    const { node, timers } = life as Life
    return node === name && (processesOf(life as Life) > 0 || timers.length > 0)
  })
  if (busy && leftMs > 0) yield { do: 'wake', id: 'halt', afterMs: leftMs }
  else yield* losePower(turn, 'off')
}

/** A machine of this name joins: a new one, or the old one under a new Node object. */
function* join(turn: Turn): Steps {
  const { view, name, machine } = turn
  yield { do: 'cancelWake', id: 'boot' }
  yield* note(turn, { power: 'on', since: view.now, cut: false })
  if (hasPower(machine)) yield* tellPods(view, name, { type: 'mended' })
  else yield* tellPods(view, name, { type: 'booted', detail: { awayMs: view.now - machine.since } })
  yield* tellLifecycle(name, { type: 'heard', detail: { registers: true } })
}

function* signalled(turn: Turn, { type, detail }: Signal): Steps {
  const { machine } = turn
  const boot: Decision = { do: 'wake', id: 'boot', afterMs: Number(detail?.bootMs ?? 0) }
  switch (type) {
    case 'powerOff':
      yield { do: 'cancelWake', id: 'boot' }
      return yield* losePower(turn, 'off')
    case 'powerOn':
      if (machine.power !== 'off') return
      yield* note(turn, { ...machine, power: 'booting' })
      yield boot
      return
    case 'reboot':
      yield* losePower(turn, 'booting')
      yield boot
      return
    case 'cut':
      return yield* cut(turn)
    case 'mend':
      return yield* mend(turn)
    case 'leave':
      return yield* leave(turn)
    case 'join':
      return yield* join(turn)
  }
}

/** Volumes that nobody on the machine wants any more are looked at again: what is said of the node has changed. */
function* lookAtVolumes(view: ClusterView, name: string): Steps {
  for (const [key, notes] of view.recallAll(VOLUMES)) {
    const { node, unwantedSince } = notes as VolumeNotes
    if (node === name && unwantedSince !== undefined) yield { do: 'wake', key, id: 'detach', afterMs: 0 }
  }
}

/** A turn of the kubelet about its machine; the key says which. */
export function* machineTurn(view: ClusterView, key: string, due: { id: string; signal?: Signal }): Steps<undefined> {
  const name = key.slice(MACHINES.length)
  const turn: Turn = { view, name, machine: machineOf(view, name) }
  if (due.signal) yield* signalled(turn, due.signal)
  else if (due.id === 'boot') yield* booted(turn)
  else if (due.id === 'halt') yield* halt(turn)
  else yield* lookAtVolumes(view, name)
  return undefined
}
