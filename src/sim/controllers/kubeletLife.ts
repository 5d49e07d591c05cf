/**
 * The kubelet's notes about one pod object, and the walk that takes them one turn further: events go into the charts of
 * the pod and of its containers, and timers, told effects and the containers' summary come out. Decides nothing itself.
 * Leaves out every write to the API: see `kubelet.ts`.
 */
import type { Container, Pod, SimTime } from '../api/types.ts'
import type { ClusterView } from '../kernel/types.ts'
import type { ChartState, Reached } from '../machines/chart.ts'
import { containerLifecycle } from '../machines/containerLifecycle.ts'
import type { ContainerContext, ContainerEvent, ContainerPlan, ProbePlan } from '../machines/containerPlan.ts'
import type { PodContext, PodEvent } from '../machines/podLifecycle.ts'
import { podLifecycle } from '../machines/podLifecycle.ts'
import { drawDelay } from './delays.ts'
import { needsConfig } from './environment.ts'
import { behaviourOf, NEEDS_NAMES } from './imageBehaviour.ts'

export type ContainerLife = ChartState<ContainerContext>

/** Plain data, kept in every moment of a history. Containers stand in the order of the pod's spec. */
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

/** The kubelet's key for a pod object. */
export const lifeKey = ({ metadata: { namespace, name, uid } }: Pod): string => `Pod/${namespace}/${name}#${uid}`

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

/** How many processes of the pod run on its node at this moment. */
export const processesOf = ({ containers }: Life): number =>
  containers.filter(({ context }) => context.startedAt !== null).length

/** The life after its machine stood still for so long: what was to happen is still to come. */
export const delayed = (life: Life, ms: number): Life => ({
  ...life,
  timers: life.timers.map((timer) => ({ ...timer, at: timer.at + ms })),
})

/** Seconds of grace as a process gets them: never less than two. */
export const graceMsOf = (seconds: number): number => Math.max(2, seconds) * 1000

function probePlanOf({ readinessProbe: probe }: Container, anchor: SimTime): ProbePlan | null {
  if (!probe) return null
  const { initialDelaySeconds = 0, periodSeconds = 10, failureThreshold = 3, successThreshold = 1 } = probe
  return {
    anchor,
    initialDelayMs: initialDelaySeconds * 1000,
    periodMs: periodSeconds * 1000,
    failureThreshold,
    successThreshold,
  }
}

function planOf(pod: Pod, container: Container, view: ClusterView): ContainerPlan {
  const behaviour = behaviourOf(container, pod.metadata.annotations, view)
  const { pullable, pullMs, startMs, readyMs, stopMs, crashAfterMs } = behaviour
  return {
    restartPolicy: pod.spec.restartPolicy ?? 'Always',
    pullable,
    pullMs: pullable ? pullMs : drawDelay(view, 'pullRefusal'),
    startMs,
    readyMs,
    stopMs,
    crashAfterMs,
    crashExitCode: behaviour.crashExitCode,
    killMs: drawDelay(view, 'kill'),
    resyncMs: drawDelay(view, 'resync'),
    configAgainMs: needsConfig(container) ? drawDelay(view, 'configAgain') : 0,
    needsNames: pod.metadata.annotations?.[NEEDS_NAMES] !== undefined,
    probe: probePlanOf(container, view.now),
  }
}

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
    const start = podLifecycle.start({ attachMs, unmountMs: drawDelay(view, 'unmount'), graceMs })
    const containers = pod.spec.containers.map(
      (container) => containerLifecycle.start(planOf(pod, container, view)).state,
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
    const reached = podLifecycle.send(this.pod, { ...event, at })
    this.take(POD, at, reached)
    if (reached.changed) this.pod = reached.state
    if ('graceMs' in event && reached.effects.includes('stopContainers'))
      this.sendAll({ type: 'stop', at, graceMs: event.graceMs })
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
    let ended = true
    let allReady = true
    let started = true
    for (const life of this.containers) {
      ended &&= hasEnded(life)
      allReady &&= isContainerReady(life)
      started &&= hasStarted(life)
    }
    const ready = !ended && allReady
    const where = stateName(this.pod)
    const value = this.pod.value as { containers?: string }
    const moves =
      ended || (where === 'containers' && value.containers !== (ready ? 'ready' : started ? 'notReady' : 'creating'))
    if (moves) this.sendPod({ type: 'containers', started, ready, ended, at } as never)
  }
}
