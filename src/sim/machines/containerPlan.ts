/**
 * What is settled before a container lives, what is noted while it does, and the moments that follow from both: probes,
 * back-offs, the end of a shutdown. Plain reckoning for `containerLifecycle.ts`; nothing here knows a state.
 * Models: pkg/kubelet/{kuberuntime,images,prober}, client-go/util/flowcontrol/backoff.go, v1.36.
 */
import type { ObjectKey } from '../api/kinds.ts'
import type { SimTime } from '../api/types.ts'

/** When the node asks a readiness probe: at `anchor` and every period after it. */
export interface ProbePlan {
  readonly anchor: SimTime
  readonly initialDelayMs: number
  readonly periodMs: number
  readonly failureThreshold: number
  readonly successThreshold: number
}

/** All that is settled before the container lives; shared by every state of its life. */
export interface ContainerPlan {
  readonly restartPolicy: 'Always' | 'OnFailure' | 'Never'
  readonly pullable: boolean
  /** How long a pull takes, or its refusal. */
  readonly pullMs: number
  readonly startMs: number
  /** From the start until the process would answer its probe; null: never. */
  readonly readyMs: number | null
  readonly stopMs: number
  /** From SIGKILL to the end. */
  readonly killMs: number
  readonly crashAfterMs: number | null
  readonly crashExitCode: number
  /** How long an error shows until the node looks again. */
  readonly resyncMs: number
  /** From an environment that could not be put together until it is tried again. */
  readonly configAgainMs: number
  /** It answers only when it has found the names of its peers. */
  readonly needsNames: boolean
  readonly probe: ProbePlan | null
}

/** The container's environment as it would be now, or why it cannot be put together and which object is in the way. */
export type Config =
  | { readonly env: Readonly<Record<string, string>> }
  | { readonly error: string; readonly on: ObjectKey }

export interface Ending {
  readonly exitCode: number
  readonly startedAt: SimTime
  readonly finishedAt: SimTime
  /** The machine lost power: nobody saw how the process ended. */
  readonly lost?: true
}

export interface ContainerContext {
  readonly plan: ContainerPlan
  /** How long pulling takes in this life; null when the image was there. */
  readonly pullMs: number | null
  /** Wait after the next failing pull. */
  readonly pullWaitMs: number
  readonly pullFailedAt: SimTime | null
  readonly restarts: number
  /** Start of the run that lasts; null while there is none. */
  readonly startedAt: SimTime | null
  readonly ended: Ending | null
  /** The run before `ended`. */
  readonly endedBefore: Ending | null
  /** The back-off that the next crash meets, and when it was last used. */
  readonly restartWait: { readonly ms: number; readonly at: SimTime } | null
  /** Null when there is nothing to look up for it. While it runs: what its process got. */
  readonly config: Config | null
  /** Why it could not be made; null once it runs. */
  readonly configError: string | null
  /** It has found the names that it needs, in this run; true when it needs none. */
  readonly named: boolean
  /** A person holds readiness down. Survives restarts. */
  readonly held: boolean
  /** Probes that failed in a row. */
  readonly fails: number
  /** While it shuts down: when the process will have ended, and with what. */
  readonly stop: { readonly at: SimTime; readonly exitCode: number } | null
}

type Timed = { readonly at: SimTime }

export type ContainerEvent =
  /** What its environment comes to; sent while it does not run. */
  | ({ readonly type: 'configured'; readonly config: Config } & Timed)
  /** The pod's volumes and network are there. */
  | ({ readonly type: 'start'; readonly pullMs: number | null } & Timed)
  | ({ readonly type: 'exit'; readonly exitCode: number } & Timed)
  /** SIGTERM now, SIGKILL after `graceMs`. A second one may only shorten the time. */
  | ({ readonly type: 'stop'; readonly graceMs: number } & Timed)
  /** The machine loses power. */
  | ({ readonly type: 'lose' } & Timed)
  /** All the names that it needs resolve. */
  | ({ readonly type: 'named' } & Timed)
  | ({ readonly type: 'hold' } & Timed)
  | ({ readonly type: 'release' } & Timed)

export const FIRST_BACK_OFF_MS = 10_000
export const MAX_BACK_OFF_MS = 300_000
/** A restart back-off that was not used for this long before a crash is forgotten. */
export const BACK_OFF_FORGOTTEN_MS = 2 * MAX_BACK_OFF_MS

/** Exit codes of a process that the node ended. */
export const EXIT_TERMINATED = 0
export const EXIT_KILLED = 137
/** What a runtime that boots again says of a process that was not there any more. */
export const EXIT_LOST = 255

/** The first probe at or after a moment. */
export const tickFrom = ({ anchor, periodMs }: ProbePlan, from: SimTime): SimTime =>
  anchor + Math.max(0, Math.ceil((from - anchor) / periodMs)) * periodMs

/** The probe of a container that has one. */
export const probeOf = ({ plan }: ContainerContext): ProbePlan => plan.probe as ProbePlan
const startOf = (context: ContainerContext): SimTime => context.startedAt as SimTime

/** The first probe that this run meets. */
export const firstTick = (context: ContainerContext): SimTime =>
  tickFrom(probeOf(context), startOf(context) + Math.max(1, probeOf(context).initialDelayMs))

/** The process would answer its probe, now or later in this run. */
export const willAnswer = ({ held, named, plan }: ContainerContext): boolean => !held && named && plan.readyMs !== null

/** The probe at which enough have succeeded in a row, when nothing changes from now on. */
export function passingTick(context: ContainerContext, now: SimTime): SimTime {
  const probe = probeOf(context)
  const answers = startOf(context) + (context.plan.readyMs ?? 0)
  const first = tickFrom(probe, Math.max(firstTick(context), answers, now + 1))
  return first + (probe.successThreshold - 1) * probe.periodMs
}

/** The process answers by the first probe. */
export const passesAtOnce = (context: ContainerContext): boolean =>
  willAnswer(context) && startOf(context) + (context.plan.readyMs ?? 0) <= firstTick(context)

/** How long the crash that ended the last run waits for its restart; 0: not at all. */
export function restartWaitMs({ ended, restartWait }: ContainerContext): number {
  const finished = ended?.finishedAt ?? 0
  return restartWait && finished - restartWait.at <= BACK_OFF_FORGOTTEN_MS ? restartWait.ms : 0
}

/** What is noted when a run ends. */
export const exited = (context: ContainerContext, exitCode: number, at: SimTime): Partial<ContainerContext> => ({
  ended: { exitCode, startedAt: startOf(context), finishedAt: at },
  endedBefore: context.ended,
  startedAt: null,
  stop: null,
  fails: 0,
})

/** What is noted when a run ends with the power. */
export function lost(context: ContainerContext, at: SimTime): Partial<ContainerContext> {
  const noted = exited(context, EXIT_LOST, at)
  return { ...noted, ended: { ...(noted.ended as Ending), lost: true } }
}

/** When a process that is told to stop now will have ended: by itself, or killed at the deadline. */
export function stopOf({ context, event }: { context: ContainerContext; event: ContainerEvent }): {
  at: SimTime
  exitCode: number
} {
  const { stopMs, killMs } = context.plan
  const graceMs = event.type === 'stop' ? event.graceMs : 0
  const told = context.stop === null ? stopMs : context.stop.at - event.at
  return told <= graceMs
    ? { at: event.at + told, exitCode: context.stop?.exitCode ?? EXIT_TERMINATED }
    : { at: event.at + graceMs + killMs, exitCode: EXIT_KILLED }
}
