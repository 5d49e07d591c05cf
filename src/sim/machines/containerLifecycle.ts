/**
 * The life of one container on its node: image pull, start, run, crash and restart with back-off, probes, shutdown.
 * Time comes in with each event (`at`) and every delay as a number drawn before the life began, so the chart draws nothing
 * and knows no clock. An init container lives the same life, with a restart policy of its own.
 * Models: pkg/kubelet/{kuberuntime,images,prober}, client-go/util/flowcontrol/backoff.go, v1.36.
 */
import { chartOf } from './chart.ts'
import type { ContainerContext, ContainerEvent, ContainerPlan } from './containerPlan.ts'
import { health, readiness } from './containerRegions.ts'
import { container } from './containerVocabulary.ts'

/** Its pod ends: the hook first, if there is one. */
const told = [
  { guard: 'hasHook', target: 'preStopping', actions: ['noteStop', 'killing'] },
  { target: 'terminating', actions: ['noteStop', 'killing'] },
] as const

const machine = container.createMachine({
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
    upAt: null,
    sick: 0,
    condemned: null,
    hung: false,
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
        hang: { actions: 'noteHang' },
      },
      states: {
        process: {
          initial: 'steady',
          states: {
            steady: {
              always: [
                { guard: 'isCondemned', target: 'killed', actions: ['noteKill', 'killingUnhealthy'] },
                { guard: 'crashes', target: 'doomed' },
              ],
              on: { stop: told },
            },
            doomed: {
              always: { guard: 'isCondemned', target: 'killed', actions: ['noteKill', 'killingUnhealthy'] },
              after: { crash: { target: '#container.exited', actions: 'noteExit' } },
              on: { stop: told },
            },
            /** A probe has failed too often: it is ended, and restarted by its policy. */
            killed: {
              after: { end: { target: '#container.exited', actions: 'noteEnd' } },
              on: { stop: told },
            },
            /** Its preStop hook runs; the process has not been told yet. */
            preStopping: {
              after: { hook: 'terminating' },
              on: {
                stop: [{ guard: 'stopsEarlier', target: 'preStopping', reenter: true, actions: 'noteStop' }, {}],
                exit: { target: '#container.stopped', actions: 'noteExit' },
                lose: { target: '#container.stopped', actions: 'noteLoss' },
              },
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
        readiness,
        health,
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
