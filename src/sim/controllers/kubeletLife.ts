/**
 * The kubelet's notes about one pod object, and the walk that takes them one turn further: events go into the charts of
 * the pod and of its containers, and timers, told effects and the containers' summary come out. Decides nothing itself.
 * Leaves out every write to the API: see `kubelet.ts`.
 */
import { joined } from '../api/fill.ts'
import type { Pod, SimTime } from '../api/types.ts'
import type { ClusterView } from '../kernel/types.ts'
import type { ChartState, Reached } from '../machines/chart.ts'
import { containerLifecycle } from '../machines/containerLifecycle.ts'
import type { ContainerContext, ContainerEvent } from '../machines/containerPlan.ts'
import type { PodContext, PodEvent } from '../machines/podLifecycle.ts'
import { podLifecycle } from '../machines/podLifecycle.ts'
import { drawDelay } from './delays.ts'
import { containersOf, graceMsOf, planOf } from './kubeletPlan.ts'

export { lifeKey } from './lives.ts'

export type ContainerLife = ChartState<ContainerContext>

/** Plain data, kept in every moment of a history. Main containers stand first, init containers after them. */
export interface Life {
  readonly node: string
  readonly pod: ChartState<PodContext>
  readonly containers: readonly ContainerLife[]
  readonly timers: readonly LifeTimer[]
  /** The pod's address, once it has a network. */
  readonly address: string | null
  /** The volumes that it has taken to its node. */
  readonly volumes: readonly string[]
}

export interface LifeTimer {
  /** Index of the container; −1 for the pod itself. */
  readonly of: number
  readonly id: string
  readonly at: SimTime
}

/** One thing that a chart asked for. */
export interface Told {
  readonly type: string
  /** Index of the container; −1 for the pod itself. */
  readonly of: number
  readonly at: SimTime
}

/** `of` of what concerns the pod itself. */
export const POD = -1

/** The top state that a chart is in: `running` for `{running: {…}}`. */
export function stateName({ value }: ChartState<unknown>): string {
  if (typeof value === 'string') return value
  for (const name in value) return name
  return ''
}

const paths = new WeakMap<object, string>()

/** The state that a chart without regions is in: `volumes.attaching`. A chart has few states: each is read once. */
function pathOf({ value }: ChartState<unknown>): string {
  if (typeof value === 'string') return value
  const known = paths.get(value)
  if (known !== undefined) return known
  const path = Object.entries(value)[0]?.join('.') ?? ''
  paths.set(value, path)
  return path
}

/** The states of a running container's two regions; undefined when it does not run. */
export function runningIn({ value }: ContainerLife): { process: string; readiness: string } | undefined {
  return typeof value === 'string' ? undefined : (value.running as { process: string; readiness: string })
}

const READY_STATES: ReadonlySet<string> = new Set(['passing', 'faltering'])

export const isContainerReady = (life: ContainerLife): boolean => READY_STATES.has(runningIn(life)?.readiness ?? '')

/** Has run, or runs: the pod's phase is past Pending. */
const hasStarted = ({ context }: ContainerLife): boolean => context.startedAt !== null || context.ended !== null

const ENDED_STATES: ReadonlySet<string> = new Set(['completed', 'stopped'])

export const hasEnded = (life: ContainerLife): boolean => ENDED_STATES.has(stateName(life))

/** An init container that keeps nobody waiting: it has done its work or, when it stays, has started. */
const hasPassed = (life: ContainerLife): boolean =>
  life.context.plan.restartPolicy === 'Always'
    ? life.context.upAt !== null
    : stateName(life) === 'completed' && life.context.ended?.exitCode === 0

/** Whether the container at this place is a sidecar; the last `inits` of a pod's containers are init containers. */
const isSidecarAt = (containers: readonly ContainerLife[], inits: number, index: number): boolean =>
  index >= containers.length - inits && containers[index]?.context.plan.restartPolicy === 'Always'

/** The sidecar that is to be told to stop: one that does not run, or the last once all others are done. */
function nextSidecar(containers: readonly ContainerLife[], inits: number): number | undefined {
  const left = [...containers.keys()].filter((index) => !hasEnded(containers[index] as ContainerLife))
  const sidecars = left.filter((index) => isSidecarAt(containers, inits, index))
  const idle = sidecars.find((index) => containers[index]?.context.startedAt === null)
  if (idle !== undefined || sidecars.length < left.length) return idle
  return sidecars.every((index) => !containers[index]?.context.stop) ? sidecars.at(-1) : undefined
}

/** How many processes of the pod run on its node at this moment. */
export const processesOf = ({ containers }: Life): number =>
  containers.filter(({ context }) => context.startedAt !== null).length

/** The life after its machine stood still for so long: what was to happen is still to come. */
export const delayed = (life: Life, ms: number): Life => ({
  ...life,
  timers: life.timers.map((timer) => ({ ...timer, at: timer.at + ms })),
})

/** The timer that fires first; of several at one moment the one that was set first. */
function earliest(timers: readonly LifeTimer[]): LifeTimer | undefined {
  let first: LifeTimer | undefined
  for (const timer of timers) if (!first || timer.at < first.at) first = timer
  return first
}

/** One turn of a life. Changes nothing but itself; `life()` gives the notes after it. */
export class Walk {
  readonly told: Told[] = []
  private readonly now: SimTime
  private readonly node: string
  private pod: ChartState<PodContext>
  private readonly containers: ContainerLife[]
  private timers: readonly LifeTimer[]
  private address: string | null
  private volumes: readonly string[]
  private readonly before: Life | undefined

  private constructor(now: SimTime, life: Life, before: Life | undefined) {
    this.now = now
    this.node = life.node
    this.pod = life.pod
    this.containers = [...life.containers]
    this.timers = life.timers
    this.address = life.address
    this.volumes = life.volumes
    this.before = before
  }

  /** Goes on with a life. */
  static from(life: Life, now: SimTime): Walk {
    return new Walk(now, life, life)
  }

  /** Begins a life: all that has a length is drawn here, once. */
  static begin(pod: Pod, node: string, view: ClusterView): Walk {
    const hasClaims = pod.spec.volumes?.some(({ persistentVolumeClaim }) => persistentVolumeClaim) ?? false
    const attachMs = drawDelay(view, hasClaims ? 'attach' : 'sandbox')
    const graceMs = graceMsOf(pod.spec.terminationGracePeriodSeconds ?? 30)
    const inits = pod.spec.initContainers?.length ?? 0
    const start = podLifecycle.start({ attachMs, unmountMs: drawDelay(view, 'unmount'), graceMs, inits })
    const mains = pod.spec.containers.length
    const containers = containersOf(pod).map(
      (container, index) => containerLifecycle.start(planOf(pod, container, index >= mains, view)).state,
    )
    const life: Life = { node, pod: start.state, containers, timers: [], address: null, volumes: [] }
    return new Walk(view.now, life, undefined)
  }

  /** The notes now; the very same object when nothing has changed. */
  life(): Life {
    const { node, pod, containers, timers, address, volumes, before } = this
    const same =
      before !== undefined &&
      before.pod === pod &&
      before.timers === timers &&
      before.address === address &&
      before.volumes === volumes &&
      before.containers.every((life, index) => life === containers[index])
    return same ? before : { node, pod, containers: [...containers], timers, address, volumes }
  }

  /** When the next timer is due; undefined when none runs. */
  static nextTimer({ timers }: Life): SimTime | undefined {
    return earliest(timers)?.at
  }

  /** Fires the timers that are due, in order of their times. */
  fireDue(): void {
    for (let due = this.firstDue(); due; due = this.firstDue()) {
      const { of, id, at } = due
      this.timers = this.timers.filter((timer) => timer !== due)
      const event = { type: id, at } as never
      if (of === POD) this.sendPod(event)
      else this.sendContainer(of, event)
    }
  }

  private firstDue(): LifeTimer | undefined {
    const first = earliest(this.timers)
    return first && first.at <= this.now ? first : undefined
  }

  sendPod(event: PodEvent): void {
    const at = (event as { at?: SimTime }).at ?? this.now
    const reached = podLifecycle.send(this.pod, joined(event, { at }))
    this.take(POD, at, reached)
    if (reached.changed) this.pod = reached.state
    if (reached.effects.includes('stopContainers')) this.stopContainers(at)
    if (reached.effects.includes('stopSidecar')) this.stopSidecar(at)
  }

  sendContainer(index: number, event: ContainerEvent): void {
    const reached = containerLifecycle.send(this.containers[index] as ContainerLife, event)
    this.take(index, event.at, reached)
    if (!reached.changed) return
    this.containers[index] = reached.state
    this.summarise(event.at)
  }

  sendAll(event: ContainerEvent): void {
    for (let index = 0; index < this.containers.length; index++) this.sendContainer(index, event)
    // Containers that had ended by themselves say nothing any more.
    this.summarise(event.at)
  }

  /** Tells all to stop that need not wait for their turn. */
  private stopContainers(at: SimTime): void {
    const graceMs = (this.pod.context.stopBy ?? at) - at
    for (const [index, { context }] of this.containers.entries())
      if (context.stop || !isSidecarAt(this.containers, this.pod.context.inits, index))
        this.sendContainer(index, { type: 'stop', at, graceMs })
    // Containers that had ended by themselves say nothing any more.
    this.summarise(at)
  }

  private stopSidecar(at: SimTime): void {
    const { inits, stopBy } = this.pod.context
    const index = nextSidecar(this.containers, inits)
    const graceMs = Math.max(graceMsOf(0), (stopBy ?? at) - at)
    if (index !== undefined) this.sendContainer(index, { type: 'stop', at, graceMs })
  }

  giveAddress(address: string): void {
    this.address = address
  }

  giveVolumes(volumes: readonly string[]): void {
    this.volumes = volumes
  }

  /** The state of the pod's chart: `volumes.attaching`. */
  get where(): string {
    return pathOf(this.pod)
  }

  get isDeleting(): boolean {
    return this.pod.context.deleting
  }

  private take(of: number, at: SimTime, { set, cancelled, effects }: Reached<unknown>): void {
    if (set.length > 0 || cancelled.length > 0) {
      const kept = this.timers.filter(
        (timer) => timer.of !== of || !(cancelled.includes(timer.id) || set.some(({ id }) => id === timer.id)),
      )
      for (const { id, afterMs } of set) kept.push({ of, id, at: at + afterMs })
      if (set.length > 0 || kept.length !== this.timers.length) this.timers = kept
    }
    for (const type of effects) this.told.push({ type, of, at })
  }

  /** Tells the pod's chart what its containers come to, where that moves it. */
  private summarise(at: SimTime): void {
    const where = stateName(this.pod)
    const { inits, initialized } = this.pod.context
    const mains = this.containers.length - inits
    let over = true
    let allReady = true
    let started = true
    for (let index = 0; index < mains; index++) {
      const life = this.containers[index] as ContainerLife
      over &&= hasEnded(life)
      allReady &&= isContainerReady(life)
      started &&= hasStarted(life)
    }
    let ended = over
    for (let index = mains; index < this.containers.length; index++) {
      const life = this.containers[index] as ContainerLife
      ended &&= hasEnded(life)
      over ||= stateName(life) === 'completed' && !hasPassed(life)
      if (isSidecarAt(this.containers, inits, index)) allReady &&= isContainerReady(life)
    }
    const ready = !ended && allReady
    const value = this.pod.value as { containers?: string }
    const next = where === 'stopping' && inits > 0 && nextSidecar(this.containers, inits) !== undefined
    const moves =
      ended ||
      next ||
      (over && where !== 'stopping') ||
      (where === 'containers' && value.containers !== (ready ? 'ready' : started ? 'notReady' : 'creating'))
    if (moves) this.sendPod({ type: 'containers', started, ready, ended, over, next, at } as never)
    else if (where === 'initializing' && hasPassed(this.containers[mains + initialized] as ContainerLife))
      this.sendPod({ type: 'initPassed', at } as never)
  }
}
