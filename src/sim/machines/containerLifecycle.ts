/**
 * The life of one container on its node: image pull, start, run, crash and restart with back-off, readiness, shutdown.
 * Time comes in with each event (`at`) and every delay as a number drawn before the life began, so the chart draws nothing
 * and knows no clock. Leaves out startup and liveness probes, preStop hooks and init containers: they are further states.
 * Models: pkg/kubelet/{kuberuntime,images,prober}, client-go/util/flowcontrol/backoff.go, v1.36.
 */
import { assign, setup } from 'xstate'
import type { SimTime } from '../api/types.ts'
import { chartOf } from './chart.ts'

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
  readonly probe: ProbePlan | null
}

export interface Ending {
  readonly exitCode: number
  readonly startedAt: SimTime
  readonly finishedAt: SimTime
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
  /** A person holds readiness down. Survives restarts. */
  readonly held: boolean
  /** Probes that failed in a row. */
  readonly fails: number
  /** While it shuts down: when the process will have ended, and with what. */
  readonly stop: { readonly at: SimTime; readonly exitCode: number } | null
}

type Timed = { readonly at: SimTime }

export type ContainerEvent =
  /** The pod's volumes and network are there. */
  | ({ readonly type: 'start'; readonly pullMs: number | null } & Timed)
  | ({ readonly type: 'exit'; readonly exitCode: number } & Timed)
  /** SIGTERM now, SIGKILL after `graceMs`. A second one may only shorten the time. */
  | ({ readonly type: 'stop'; readonly graceMs: number } & Timed)
  | ({ readonly type: 'hold' } & Timed)
  | ({ readonly type: 'release' } & Timed)

export const FIRST_BACK_OFF_MS = 10_000
export const MAX_BACK_OFF_MS = 300_000
/** A restart back-off that was not used for this long before a crash is forgotten. */
export const BACK_OFF_FORGOTTEN_MS = 2 * MAX_BACK_OFF_MS

/** Exit codes of a process that the node ended. */
export const EXIT_TERMINATED = 0
export const EXIT_KILLED = 137

/** The first probe at or after a moment. */
const tickFrom = ({ anchor, periodMs }: ProbePlan, from: SimTime): SimTime =>
  anchor + Math.max(0, Math.ceil((from - anchor) / periodMs)) * periodMs

const probeOf = ({ plan }: ContainerContext): ProbePlan => plan.probe as ProbePlan
const startOf = (context: ContainerContext): SimTime => context.startedAt as SimTime

/** The first probe that this run meets. */
const firstTick = (context: ContainerContext): SimTime =>
  tickFrom(probeOf(context), startOf(context) + Math.max(1, probeOf(context).initialDelayMs))

const willAnswer = ({ held, plan }: ContainerContext): boolean => !held && plan.readyMs !== null

/** The probe at which enough have succeeded in a row, when nothing changes from now on. */
function passingTick(context: ContainerContext, now: SimTime): SimTime {
  const probe = probeOf(context)
  const answers = startOf(context) + (context.plan.readyMs ?? 0)
  const first = tickFrom(probe, Math.max(firstTick(context), answers, now + 1))
  return first + (probe.successThreshold - 1) * probe.periodMs
}

/** The process answers by the first probe. */
const passesAtOnce = (context: ContainerContext): boolean =>
  willAnswer(context) && startOf(context) + (context.plan.readyMs ?? 0) <= firstTick(context)

/** How long the crash that ended the last run waits for its restart; 0: not at all. */
export function restartWaitMs({ ended, restartWait }: ContainerContext): number {
  const finished = ended?.finishedAt ?? 0
  return restartWait && finished - restartWait.at <= BACK_OFF_FORGOTTEN_MS ? restartWait.ms : 0
}

const exited = (context: ContainerContext, exitCode: number, at: SimTime): Partial<ContainerContext> => ({
  ended: { exitCode, startedAt: startOf(context), finishedAt: at },
  endedBefore: context.ended,
  startedAt: null,
  stop: null,
  fails: 0,
})

const nothing = () => {}

const machine = setup({
  types: {} as { context: ContainerContext; events: ContainerEvent; input: ContainerPlan | undefined },
  delays: {
    pull: ({ context }) => context.pullMs as number,
    resync: ({ context }) => context.plan.resyncMs,
    pullAgain: ({ context, event }) => Math.max(0, (context.pullFailedAt ?? 0) + context.pullWaitMs - event.at),
    start: ({ context }) => context.plan.startMs,
    crash: ({ context }) => context.plan.crashAfterMs as number,
    restart: ({ context, event }) => Math.max(0, (context.ended?.finishedAt ?? 0) + restartWaitMs(context) - event.at),
    end: ({ context, event }) => Math.max(0, (context.stop?.at ?? 0) - event.at),
    firstProbe: ({ context, event }) =>
      (passesAtOnce(context) ? passingTick(context, event.at) : firstTick(context)) - event.at,
    passingProbe: ({ context, event }) => passingTick(context, event.at) - event.at,
    nextProbe: ({ context, event }) => tickFrom(probeOf(context), event.at + 1) - event.at,
  },
  guards: {
    imageIsThere: ({ event }) => event.type === 'start' && event.pullMs === null,
    isPullable: ({ context }) => context.plan.pullable,
    crashes: ({ context }) => context.plan.crashAfterMs !== null,
    isDone: ({ context: { plan, ended } }) =>
      plan.restartPolicy === 'Never' || (plan.restartPolicy === 'OnFailure' && ended?.exitCode === 0),
    restartsAtOnce: ({ context, event }) => (context.ended as Ending).finishedAt + restartWaitMs(context) <= event.at,
    hasNoProbe: ({ context }) => context.plan.probe === null,
    isHeldWithoutProbe: ({ context }) => context.plan.probe === null && context.held,
    willAnswer: ({ context }) => willAnswer(context),
    passesAtOnce: ({ context }) => passesAtOnce(context),
    isLastFailure: ({ context }) => context.fails + 1 >= probeOf(context).failureThreshold,
    stopsEarlier: ({ context, event }) =>
      event.type === 'stop' && context.stop !== null && stopOf({ context, event }).at < context.stop.at,
  },
  actions: {
    // Effects: what the node tells about. Their names are read by the kubelet.
    pulling: nothing,
    pulled: nothing,
    pullRefused: nothing,
    pullBackOff: nothing,
    created: nothing,
    killing: nothing,
    restartBackOff: nothing,
    probeFailed: nothing,
    // Notes.
    notePull: assign({ pullMs: ({ event }) => (event.type === 'start' ? event.pullMs : null) }),
    noteRefusal: assign(({ context, event }) => ({
      pullFailedAt: event.at,
      pullWaitMs: context.pullFailedAt === null ? FIRST_BACK_OFF_MS : Math.min(2 * context.pullWaitMs, MAX_BACK_OFF_MS),
    })),
    noteStart: assign({ startedAt: ({ event }) => event.at, fails: 0 }),
    noteRestart: assign(({ context, event }) => ({
      restarts: context.restarts + 1,
      restartWait: {
        ms: restartWaitMs(context) === 0 ? FIRST_BACK_OFF_MS : Math.min(2 * restartWaitMs(context), MAX_BACK_OFF_MS),
        at: event.at,
      },
    })),
    noteExit: assign(({ context, event }) =>
      exited(context, event.type === 'exit' ? event.exitCode : context.plan.crashExitCode, event.at),
    ),
    noteStop: assign({ stop: ({ context, event }) => stopOf({ context, event }) }),
    noteEnd: assign(({ context }) => exited(context, context.stop?.exitCode ?? EXIT_KILLED, context.stop?.at ?? 0)),
    noteHeld: assign({ held: true }),
    noteReleased: assign({ held: false }),
    countFailure: assign({ fails: ({ context }) => context.fails + 1 }),
    clearFailures: assign({ fails: 0 }),
  },
}).createMachine({
  id: 'container',
  context: ({ input }) => ({
    plan: input as ContainerPlan,
    pullMs: null,
    pullWaitMs: 0,
    pullFailedAt: null,
    restarts: 0,
    startedAt: null,
    ended: null,
    endedBefore: null,
    restartWait: null,
    held: false,
    fails: 0,
    stop: null,
  }),
  initial: 'waiting',
  on: {
    stop: '.stopped',
    hold: { actions: 'noteHeld' },
    release: { actions: 'noteReleased' },
  },
  states: {
    /** For the pod's volumes and network. */
    waiting: {
      on: {
        start: [
          { guard: 'imageIsThere', target: 'starting', actions: ['notePull', 'pulled'] },
          { target: 'pulling', actions: 'notePull' },
        ],
      },
    },
    pulling: {
      entry: 'pulling',
      after: {
        pull: [
          { guard: 'isPullable', target: 'starting', actions: 'pulled' },
          { target: 'pullRefused', actions: ['noteRefusal', 'pullRefused'] },
        ],
      },
    },
    pullRefused: { after: { resync: 'pullBackOff' } },
    pullBackOff: { entry: 'pullBackOff', after: { pullAgain: 'pulling' } },
    starting: { after: { start: 'running' } },
    running: {
      type: 'parallel',
      entry: ['noteStart', 'created'],
      on: { exit: { target: 'exited', actions: 'noteExit' } },
      states: {
        process: {
          initial: 'steady',
          states: {
            steady: {
              always: { guard: 'crashes', target: 'doomed' },
              on: { stop: { target: 'terminating', actions: ['noteStop', 'killing'] } },
            },
            doomed: {
              after: { crash: { target: '#container.exited', actions: 'noteExit' } },
              on: { stop: { target: 'terminating', actions: ['noteStop', 'killing'] } },
            },
            terminating: {
              after: { end: { target: '#container.stopped', actions: 'noteEnd' } },
              on: {
                stop: [{ guard: 'stopsEarlier', target: 'terminating', reenter: true, actions: 'noteStop' }, {}],
                exit: { target: '#container.stopped', actions: 'noteExit' },
              },
            },
          },
        },
        readiness: {
          initial: 'unknown',
          states: {
            unknown: {
              always: [
                { guard: 'isHeldWithoutProbe', target: 'held' },
                { guard: 'hasNoProbe', target: 'passing' },
                { target: 'untried' },
              ],
            },
            /** Has a probe that was not asked yet. */
            untried: {
              after: {
                firstProbe: [
                  { guard: 'passesAtOnce', target: 'passing' },
                  { target: 'failing', actions: ['countFailure', 'probeFailed'] },
                ],
              },
            },
            /** Not ready, and no probe will succeed unless something changes. */
            failing: {
              always: { guard: 'willAnswer', target: 'recovering' },
              on: { release: { target: 'failing', actions: 'noteReleased', reenter: true } },
            },
            /** Not ready, and it is settled which probe will succeed. */
            recovering: {
              after: { passingProbe: 'passing' },
              on: { hold: { target: 'failing', actions: 'noteHeld' } },
            },
            passing: {
              entry: 'clearFailures',
              on: {
                hold: [
                  { guard: 'hasNoProbe', target: 'held', actions: 'noteHeld' },
                  { target: 'faltering', actions: 'noteHeld' },
                ],
              },
            },
            /** Still ready: its probe has not yet failed often enough. */
            faltering: {
              after: {
                nextProbe: [
                  { guard: 'isLastFailure', target: 'failing', actions: ['countFailure', 'probeFailed'] },
                  { target: 'faltering', reenter: true, actions: ['countFailure', 'probeFailed'] },
                ],
              },
              on: { release: { target: 'passing', actions: 'noteReleased' } },
            },
            /** Without a probe, and held not ready by a person. */
            held: { on: { release: { target: 'passing', actions: 'noteReleased' } } },
          },
        },
      },
    },
    /** The process has ended and the node has not yet looked. */
    exited: {
      after: {
        resync: [
          { guard: 'isDone', target: 'completed' },
          { guard: 'restartsAtOnce', target: 'restarting' },
          { target: 'backOff' },
        ],
      },
    },
    backOff: { entry: 'restartBackOff', after: { restart: 'restarting' } },
    restarting: { after: { start: { target: 'running', actions: 'noteRestart' } } },
    /** Ended for good, by its restart policy. */
    completed: { on: { stop: {} } },
    /** Ended for good, because the pod does. */
    stopped: { type: 'final', on: { stop: {} } },
  },
})

/** When a process that is told to stop now will have ended: by itself, or killed at the deadline. */
function stopOf({ context, event }: { context: ContainerContext; event: ContainerEvent }): {
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

/** `start(plan)` gives the state of a container that waits for its pod's volumes. */
export const containerLifecycle = chartOf<ContainerContext, ContainerEvent>(machine)
