/**
 * The life of one pod object, as the kubelet of its node leads it: from Pending over its volumes and its init containers to
 * Running and Ready, and to its end. What each container does meanwhile is in `containerLifecycle.ts`; this chart hears of it
 * through the events `initPassed` and `containers`, and says whose turn it is.
 * Models: pkg/kubelet/{kubelet.go,pod_workers.go,status}, pkg/controller/volume/attachdetach, v1.36.
 */
import { assign, setup } from 'xstate'
import { chartOf } from './chart.ts'

export interface PodContext {
  /** From the moment that its volumes may be attached until its containers may start. */
  readonly attachMs: number
  /** From the end of the last container until its volumes are unmounted. */
  readonly unmountMs: number
  /** The pod's own grace period: what its processes get when the object is gone from the API. */
  readonly graceMs: number
  /** How many init containers there are, and how many of them keep nobody waiting any more. */
  readonly inits: number
  readonly initialized: number
  /** By when everything must have stopped; null while nothing has to. */
  readonly stopBy: number | null
  /** The node gave the pod up: the reason of its phase Failed. */
  readonly evicted: string | null
  /** Deletion has begun, or the object is gone already. */
  readonly deleting: boolean
}

export type PodInput = Pick<PodContext, 'attachMs' | 'unmountMs' | 'graceMs' | 'inits'>

export type PodEvent =
  /** The scheduler chose the node. */
  | { readonly type: 'bound' }
  /** All claims are bound. */
  | { readonly type: 'claimsBound' }
  /** Another node still has a volume. */
  | { readonly type: 'volumeBusy' }
  | { readonly type: 'volumeFree' }
  /** The init container whose turn it is has done its work or, if it stays, has started. */
  | { readonly type: 'initPassed' }
  /**
   * What the containers come to: the pod's phase is past Pending, all are ready, all have ended for good; the main ones have,
   * or an init container has failed for good; the last sidecar that runs may go.
   */
  | {
      readonly type: 'containers'
      readonly started: boolean
      readonly ready: boolean
      readonly ended: boolean
      readonly over: boolean
      readonly next: boolean
    }
  /** Deletion was asked for, or asked for again with less time. */
  | { readonly type: 'delete'; readonly graceMs: number }
  | { readonly type: 'evict'; readonly reason: string; readonly graceMs: number }

const nothing = () => {}

const machine = setup({
  types: {} as { context: PodContext; events: PodEvent & { readonly at: number }; input: PodInput | undefined },
  delays: {
    attach: ({ context }) => context.attachMs,
    unmount: ({ context }) => context.unmountMs,
  },
  guards: {
    allEnded: ({ event }) => event.type === 'containers' && event.ended,
    allReady: ({ event }) => event.type === 'containers' && event.ready,
    isOver: ({ event }) => event.type === 'containers' && event.over,
    isNext: ({ event }) => event.type === 'containers' && event.next,
    isInitialized: ({ context }) => context.initialized >= context.inits,
    anyStarted: ({ event }) => event.type === 'containers' && event.started,
    isDeleting: ({ context }) => context.deleting,
  },
  actions: {
    // Effects: what the kubelet is to do. Its own file says how. Containers are stopped by `stopBy`.
    attached: nothing,
    startInit: nothing,
    startMain: nothing,
    evicting: nothing,
    stopContainers: nothing,
    stopSidecar: nothing,
    unmounted: nothing,
    // Notes.
    noteDeletion: assign({ deleting: true }),
    noteInitPassed: assign({ initialized: ({ context }) => context.initialized + 1 }),
    noteStopBy: assign({
      stopBy: ({ context, event }) =>
        Math.min(context.stopBy ?? Infinity, event.at + ('graceMs' in event ? event.graceMs : context.graceMs)),
    }),
    noteEviction: assign({ evicted: ({ event }) => (event.type === 'evict' ? event.reason : null) }),
  },
}).createMachine({
  id: 'pod',
  context: ({ input }) => ({
    attachMs: input?.attachMs ?? 0,
    unmountMs: input?.unmountMs ?? 0,
    graceMs: input?.graceMs ?? 0,
    inits: input?.inits ?? 0,
    initialized: 0,
    stopBy: null,
    evicted: null,
    deleting: false,
  }),
  initial: 'unscheduled',
  on: {
    delete: { target: '.stopping', actions: ['noteDeletion', 'noteStopBy', 'stopContainers'] },
    evict: { target: '.stopping', actions: ['noteEviction', 'noteStopBy', 'evicting', 'stopContainers'] },
  },
  states: {
    unscheduled: { on: { bound: 'volumes' } },
    volumes: {
      initial: 'unbound',
      states: {
        unbound: { on: { claimsBound: 'attaching', volumeBusy: 'busy' } },
        /** Attached to another node, for a pod that still runs there. */
        busy: { on: { volumeFree: 'attaching' } },
        attaching: { after: { attach: { target: '#pod.initializing', actions: 'attached' } } },
      },
    },
    /** Its init containers have their turns; without any this is passed through. */
    initializing: {
      initial: 'next',
      states: {
        next: {
          always: [
            { guard: 'isInitialized', target: '#pod.containers', actions: 'startMain' },
            { target: 'waiting', actions: 'startInit' },
          ],
        },
        waiting: { on: { initPassed: { target: 'next', actions: 'noteInitPassed' } } },
      },
      on: {
        containers: [
          { guard: 'allEnded', target: 'unmounting' },
          { guard: 'isOver', target: 'stopping', actions: ['noteStopBy', 'stopContainers'] },
        ],
      },
    },
    containers: {
      initial: 'creating',
      on: {
        containers: [
          { guard: 'allEnded', target: 'unmounting' },
          { guard: 'isOver', target: 'stopping', actions: ['noteStopBy', 'stopContainers'] },
          { guard: 'allReady', target: '.ready' },
          { guard: 'anyStarted', target: '.notReady' },
        ],
      },
      states: { creating: {}, notReady: {}, ready: {} },
    },
    /** Its containers have been told to stop; sidecars are told one by one, once the main ones have. */
    stopping: {
      on: {
        containers: [
          { guard: 'allEnded', target: 'unmounting' },
          { guard: 'isNext', actions: 'stopSidecar' },
        ],
      },
    },
    /** Nothing runs any more; the phase is final. */
    unmounting: {
      after: {
        unmount: [
          { guard: 'isDeleting', target: 'gone', actions: 'unmounted' },
          { target: 'ended', actions: 'unmounted' },
        ],
      },
      on: { delete: { actions: 'noteDeletion' }, evict: {} },
    },
    /** Failed or Succeeded, and the object stays until somebody deletes it. */
    ended: { on: { delete: { target: 'gone', actions: 'noteDeletion' }, evict: {} } },
    gone: { type: 'final', on: { delete: {}, evict: {} } },
  },
})

/** `start(delays)` gives the state of a pod that no node has yet. */
export const podLifecycle = chartOf<PodContext, PodEvent & { readonly at: number }>(machine)
