/**
 * What is settled before a container lives, what is noted while it does, and the moments that follow from both: probes,
 * back-offs, the end of a shutdown. Plain reckoning for `containerLifecycle.ts`; nothing here knows a state.
 * Models: pkg/kubelet/{kuberuntime,images,prober}, client-go/util/flowcontrol/backoff.go, v1.36.
 */
import { joined } from '../api/fill.ts'
import type { ObjectKey } from '../api/kinds.ts'
import type { SimTime } from '../api/types.ts'

/** When the node asks a probe: at `anchor` and every period after it. */
export interface ProbePlan {
  readonly anchor: SimTime
  readonly initialDelayMs: number
  readonly periodMs: number
  readonly failureThreshold: number
  readonly successThreshold: number
  /** What the process gets to end by itself when the probe has it killed. */
  readonly graceMs: number
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
  /** How long its preStop hook runs before SIGTERM; 0: it has none. */
  readonly preStopMs: number
  /** From SIGKILL to the end. */
  readonly killMs: number
  readonly crashAfterMs: number | null
  readonly crashExitCode: number
  /** It ends because it has used more memory than it may. */
  readonly crashOutOfMemory: boolean
  /** How long an error shows until the node looks again. */
  readonly resyncMs: number
  /** From an environment that could not be put together until it is tried again. */
  readonly configAgainMs: number
  /** It answers only when it has found the names of its peers. */
  readonly needsNames: boolean
  /** Readiness. */
  readonly probe: ProbePlan | null
  readonly startup: ProbePlan | null
  readonly liveness: ProbePlan | null
  /** From the start until the process would answer those two; null: never. */
  readonly liveMs: number | null
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
  readonly outOfMemory?: true
  /** The node ended it because of this probe. */
  readonly failed?: HealthProbe
}

/** The probes that have a container restarted. */
export type HealthProbe = 'startup' | 'liveness'

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
  /** Since when its startup probe has passed, in this run; without one from the start on, null before. */
  readonly upAt: SimTime | null
  /** Startup or liveness probes that failed in a row. */
  readonly sick: number
  /** The probe that has failed too often for this run to go on. */
  readonly condemned: HealthProbe | null
  /** The process does nothing any more: it answers no probe and hears no signal. */
  readonly hung: boolean
  /** While it shuts down: when the process will have ended, and with what; when its preStop hook is over. */
  readonly stop: Stop | null
}

export interface Stop {
  readonly at: SimTime
  readonly exitCode: number
  readonly hookUntil: SimTime
}

type Timed = { readonly at: SimTime }

export type ContainerEvent =
  /** What its environment comes to; sent while it does not run. */
  | ({ readonly type: 'configured'; readonly config: Config } & Timed)
  /** The pod's volumes and network are there. */
  | ({ readonly type: 'start'; readonly pullMs: number | null } & Timed)
  | ({ readonly type: 'exit'; readonly exitCode: number; readonly outOfMemory?: true } & Timed)
  | ({ readonly type: 'hang' } & Timed)
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

const startOf = (context: ContainerContext): SimTime => context.startedAt as SimTime

/** How long the crash that ended the last run waits for its restart; 0: not at all. */
export function restartWaitMs({ ended, restartWait }: ContainerContext): number {
  const finished = ended?.finishedAt ?? 0
  return restartWait && finished - restartWait.at <= BACK_OFF_FORGOTTEN_MS ? restartWait.ms : 0
}

/** What is noted when a run ends. */
export const exited = (context: ContainerContext, end: Pick<Ending, 'exitCode' | 'outOfMemory'>, at: SimTime) => ({
  ended: joined(
    end,
    { startedAt: startOf(context), finishedAt: at },
    context.condemned === null ? undefined : { failed: context.condemned },
  ),
  endedBefore: context.ended,
  startedAt: null,
  upAt: null,
  condemned: null,
  hung: false,
  stop: null,
  fails: 0,
  sick: 0,
})

/** What is noted when a run ends with the power. */
export function lost(context: ContainerContext, at: SimTime): Partial<ContainerContext> {
  const noted = exited(context, { exitCode: EXIT_LOST }, at)
  return { ...noted, ended: { ...noted.ended, lost: true } }
}

/** How a process ends by itself. */
export const crashOf = ({ plan }: ContainerContext): Pick<Ending, 'exitCode' | 'outOfMemory'> => ({
  exitCode: plan.crashExitCode,
  ...(plan.crashOutOfMemory && { outOfMemory: true }),
})

/** What is left for the process after its preStop hook, at least. */
const LEAST_GRACE_MS = 2000

/**
 * When a process that is told to stop now will have ended: by itself, or killed at the deadline. Its preStop hook runs
 * first, inside the grace period; one that is not over by then is cut off. Being told again may only shorten the time.
 */
export function stopWithin({ plan, stop, hung }: ContainerContext, at: SimTime, graceMs: number): Stop {
  if (stop && stop.at <= at + graceMs) return stop
  const hookMs = Math.min(stop ? Math.max(0, stop.hookUntil - at) : plan.preStopMs, graceMs)
  const leftMs = hookMs > 0 ? Math.max(LEAST_GRACE_MS, graceMs - hookMs) : graceMs
  const endsItself = !stop && !hung && plan.stopMs <= leftMs
  return endsItself
    ? { at: at + hookMs + plan.stopMs, exitCode: EXIT_TERMINATED, hookUntil: at + hookMs }
    : { at: at + hookMs + leftMs + plan.killMs, exitCode: EXIT_KILLED, hookUntil: at + hookMs }
}
