/**
 * The words of a container's chart: its guards, delays, notes, and the effects that it names. `containerLifecycle.ts` has
 * the states, `containerPlan.ts` and `containerProbes.ts` the reckoning.
 */
import { assign, setup } from 'xstate'
import type { ContainerContext, ContainerEvent, ContainerPlan, Ending, HealthProbe } from './containerPlan.ts'
import {
  crashOf,
  EXIT_KILLED,
  exited,
  FIRST_BACK_OFF_MS,
  lost,
  MAX_BACK_OFF_MS,
  restartWaitMs,
  stopWithin,
} from './containerPlan.ts'
import {
  firstTick,
  healthTick,
  isLastSickness,
  isWellAt,
  passesAtOnce,
  passingTick,
  probeOf,
  tickFrom,
  willAnswer,
  willSicken,
} from './containerProbes.ts'

const nothing = () => {}

export const container = setup({
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
    hook: ({ context, event }) => Math.max(0, (context.stop?.hookUntil ?? 0) - event.at),
    firstProbe: ({ context, event }) =>
      (passesAtOnce(context) ? passingTick(context, event.at - 1) : firstTick(context)) - event.at,
    passingProbe: ({ context, event }) => passingTick(context, event.at) - event.at,
    nextProbe: ({ context, event }) => tickFrom(probeOf(context), event.at + 1) - event.at,
    healthProbe: ({ context, event }) => healthTick(context, event.at) - event.at,
  },
  guards: {
    imageIsThere: ({ event }) => event.type === 'start' && event.pullMs === null,
    isPullable: ({ context }) => context.plan.pullable,
    isMisconfigured: ({ context: { config } }) => config !== null && 'error' in config,
    hasRun: ({ context }) => context.ended !== null,
    crashes: ({ context }) => context.plan.crashAfterMs !== null,
    isDone: ({ context: { plan, ended } }) =>
      plan.restartPolicy === 'Never' ||
      (plan.restartPolicy === 'OnFailure' && ended?.exitCode === 0 && ended.failed === undefined),
    restartsAtOnce: ({ context, event }) => (context.ended as Ending).finishedAt + restartWaitMs(context) <= event.at,
    hasNoProbe: ({ context }) => context.plan.probe === null,
    isHeldWithoutProbe: ({ context }) => context.plan.probe === null && context.held,
    willAnswer: ({ context }) => willAnswer(context),
    passesAtOnce: ({ context }) => passesAtOnce(context),
    isLastFailure: ({ context }) => context.fails + 1 >= probeOf(context).failureThreshold,
    isSilent: ({ context: { plan, hung } }) => hung && plan.probe !== null,
    isUp: ({ context }) => context.upAt !== null,
    isNotUp: ({ context }) => context.upAt === null,
    isWell: ({ context, event }) => isWellAt(context, event.at),
    willSicken: ({ context, event }) => willSicken(context, event.at),
    isLastSickness: ({ context }) => isLastSickness(context),
    isCondemned: ({ context }) => context.condemned !== null,
    hasHook: ({ context }) => context.plan.preStopMs > 0,
    stopsEarlier: ({ context, event }) =>
      event.type === 'stop' &&
      context.stop !== null &&
      stopWithin(context, event.at, event.graceMs).at < context.stop.at,
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
    startupFailed: nothing,
    livenessFailed: nothing,
    killingUnhealthy: nothing,
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
      upAt: ({ context, event }) => (context.plan.startup === null ? event.at : null),
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
    noteExit: assign(({ context, event }) => {
      if (event.type !== 'exit') return exited(context, crashOf(context), event.at)
      const { exitCode, outOfMemory } = event
      return exited(context, outOfMemory ? { exitCode, outOfMemory } : { exitCode }, event.at)
    }),
    noteLoss: assign(({ context, event }) => lost(context, event.at)),
    noteStop: assign({
      stop: ({ context, event }) => stopWithin(context, event.at, event.type === 'stop' ? event.graceMs : 0),
    }),
    noteKill: assign({
      stop: ({ context, event }) =>
        stopWithin(context, event.at, context.plan[context.condemned as HealthProbe]?.graceMs ?? 0),
    }),
    noteEnd: assign(({ context }) =>
      exited(context, { exitCode: context.stop?.exitCode ?? EXIT_KILLED }, context.stop?.at ?? 0),
    ),
    noteUp: assign({ upAt: ({ event }) => event.at, sick: 0 }),
    noteHang: assign({ hung: true }),
    noteWell: assign({ sick: 0 }),
    countSickness: assign({ sick: ({ context }) => context.sick + 1 }),
    noteCondemned: assign({ condemned: ({ context }) => (context.upAt === null ? 'startup' : 'liveness') }),
    noteHeld: assign({ held: true }),
    noteReleased: assign({ held: false }),
    countFailure: assign({ fails: ({ context }) => context.fails + 1 }),
    clearFailures: assign({ fails: 0 }),
  },
})
