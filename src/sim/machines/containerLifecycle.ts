/**
 * The life of one container on its node: image pull, start, run, crash and restart with back-off, readiness, shutdown.
 * Time comes in with each event (`at`) and every delay as a number drawn before the life began, so the chart draws nothing
 * and knows no clock. Leaves out startup and liveness probes, preStop hooks and init containers: they are further states.
 * Models: pkg/kubelet/{kuberuntime,images,prober}, client-go/util/flowcontrol/backoff.go, v1.36.
 */
import { assign, setup } from 'xstate'
import { chartOf } from './chart.ts'
import type { ContainerContext, ContainerEvent, ContainerPlan, Ending } from './containerPlan.ts'
import {
  EXIT_KILLED,
  exited,
  FIRST_BACK_OFF_MS,
  firstTick,
  lost,
  MAX_BACK_OFF_MS,
  passesAtOnce,
  passingTick,
  probeOf,
  restartWaitMs,
  stopOf,
  tickFrom,
  willAnswer,
} from './containerPlan.ts'

const nothing = () => {}

const machine = setup({
  types: {} as { context: ContainerContext; events: ContainerEvent; input: ContainerPlan | undefined },
  delays: {
    pull: ({ context }) => context.pullMs as number,
    resync: ({ context }) => context.plan.resyncMs,
    pullAgain: ({ context, event }) => Math.max(0, (context.pullFailedAt ?? 0) + context.pullWaitMs - event.at),
    configAgain: ({ context }) => context.plan.configAgainMs,
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
    isMisconfigured: ({ context: { config } }) => config !== null && 'error' in config,
    hasRun: ({ context }) => context.ended !== null,
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
    configRefused: nothing,
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
    noteConfig: assign({
      config: ({ context, event }) => (event.type === 'configured' ? event.config : context.config),
    }),
    noteConfigError: assign(({ context: { config } }) => ({
      configError: config !== null && 'error' in config ? config.error : null,
      pullMs: null,
    })),
    noteStart: assign({
      startedAt: ({ event }) => event.at,
      fails: 0,
      configError: null,
      named: ({ context }) => !context.plan.needsNames,
    }),
    noteNamed: assign({ named: true }),
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
    noteLoss: assign(({ context, event }) => lost(context, event.at)),
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
    config: null,
    configError: null,
    named: false,
    held: false,
    fails: 0,
    stop: null,
  }),
  initial: 'waiting',
  on: {
    stop: '.stopped',
    configured: { actions: 'noteConfig' },
    named: { actions: 'noteNamed' },
    hold: { actions: 'noteHeld' },
    release: { actions: 'noteReleased' },
  },
  states: {
    /** For the pod's volumes and network. */
    waiting: {
      on: {
        start: [
          { guard: 'imageIsThere', target: 'creating', actions: ['notePull', 'pulled'] },
          { target: 'pulling', actions: 'notePull' },
        ],
      },
    },
    pulling: {
      entry: 'pulling',
      after: {
        pull: [
          { guard: 'isPullable', target: 'creating', actions: 'pulled' },
          { target: 'pullRefused', actions: ['noteRefusal', 'pullRefused'] },
        ],
      },
    },
    pullRefused: { after: { resync: 'pullBackOff' } },
    pullBackOff: { entry: 'pullBackOff', after: { pullAgain: 'pulling' } },
    /** The image is there; whether the environment can be put together decides. */
    creating: {
      always: [
        { guard: 'isMisconfigured', target: 'configRefused' },
        { guard: 'hasRun', target: 'restarting' },
        { target: 'starting' },
      ],
    },
    configRefused: {
      entry: ['noteConfigError', 'configRefused'],
      after: { configAgain: { target: 'creating', actions: 'pulled' } },
    },
    starting: { after: { start: 'running' } },
    running: {
      type: 'parallel',
      entry: ['noteStart', 'created'],
      on: {
        exit: { target: 'exited', actions: 'noteExit' },
        lose: { target: 'exited', actions: 'noteLoss' },
      },
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
                lose: { target: '#container.stopped', actions: 'noteLoss' },
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
              on: {
                release: { target: 'failing', actions: 'noteReleased', reenter: true },
                named: { target: 'failing', actions: 'noteNamed', reenter: true },
              },
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
          { guard: 'restartsAtOnce', target: 'creating' },
          { target: 'backOff' },
        ],
      },
    },
    backOff: { entry: 'restartBackOff', after: { restart: 'creating' } },
    restarting: { after: { start: { target: 'running', actions: 'noteRestart' } } },
    /** Ended for good, by its restart policy. */
    completed: { on: { stop: {} } },
    /** Ended for good, because the pod does. */
    stopped: { type: 'final', on: { stop: {} } },
  },
})

/** `start(plan)` gives the state of a container that waits for its pod's volumes. */
export const containerLifecycle = chartOf<ContainerContext, ContainerEvent>(machine)
