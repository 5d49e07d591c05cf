/**
 * The life of one pod object, as the kubelet of its node leads it: from Pending over its volumes to Running and Ready, and
 * to its end. What each container does meanwhile is in `containerLifecycle.ts`; this chart hears of it through the event
 * `containers`. Leaves out init containers, preStop hooks and lost nodes: they are further states.
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
  /** The node gave the pod up: the reason of its phase Failed. */
  readonly evicted: string | null
  /** Deletion has begun, or the object is gone already. */
  readonly deleting: boolean
}

export type PodInput = Pick<PodContext, 'attachMs' | 'unmountMs' | 'graceMs'>

export type PodEvent =
  /** The scheduler chose the node. */
  | { readonly type: 'bound' }
  /** All claims are bound. */
  | { readonly type: 'claimsBound' }
  /** Another node still has a volume. */
  | { readonly type: 'volumeBusy' }
  | { readonly type: 'volumeFree' }
  /** What the containers come to: the pod's phase is past Pending, all are ready, all have ended for good. */
  | { readonly type: 'containers'; readonly started: boolean; readonly ready: boolean; readonly ended: boolean }
  /** Deletion was asked for, or asked for again with less time. */
  | { readonly type: 'delete'; readonly graceMs: number }
  | { readonly type: 'evict'; readonly reason: string; readonly graceMs: number }

const nothing = () => {}

const machine = setup({
  types: {} as { context: PodContext; events: PodEvent; input: PodInput | undefined },
  delays: {
    attach: ({ context }) => context.attachMs,
    unmount: ({ context }) => context.unmountMs,
  },
  guards: {
    allEnded: ({ event }) => event.type === 'containers' && event.ended,
    allReady: ({ event }) => event.type === 'containers' && event.ready,
    anyStarted: ({ event }) => event.type === 'containers' && event.started,
    isDeleting: ({ context }) => context.deleting,
  },
  actions: {
    // Effects: what the kubelet is to do. Its own file says how. Containers are stopped within the grace of the event.
    attached: nothing,
    evicting: nothing,
    stopContainers: nothing,
    unmounted: nothing,
    // Notes.
    noteDeletion: assign({ deleting: true }),
    noteEviction: assign({ evicted: ({ event }) => (event.type === 'evict' ? event.reason : null) }),
  },
}).createMachine({
  id: 'pod',
  context: ({ input }) => ({
    attachMs: input?.attachMs ?? 0,
    unmountMs: input?.unmountMs ?? 0,
    graceMs: input?.graceMs ?? 0,
    evicted: null,
    deleting: false,
  }),
  initial: 'unscheduled',
  on: {
    delete: { target: '.stopping', actions: ['noteDeletion', 'stopContainers'] },
    evict: { target: '.stopping', actions: ['noteEviction', 'evicting', 'stopContainers'] },
  },
  states: {
    unscheduled: { on: { bound: 'volumes' } },
    volumes: {
      initial: 'unbound',
      states: {
        unbound: { on: { claimsBound: 'attaching', volumeBusy: 'busy' } },
        /** Attached to another node, for a pod that still runs there. */
        busy: { on: { volumeFree: 'attaching' } },
        attaching: { after: { attach: { target: '#pod.containers', actions: 'attached' } } },
      },
    },
    containers: {
      initial: 'creating',
      on: {
        containers: [
          { guard: 'allEnded', target: 'unmounting' },
          { guard: 'allReady', target: '.ready' },
          { guard: 'anyStarted', target: '.notReady' },
        ],
      },
      states: { creating: {}, notReady: {}, ready: {} },
    },
    /** Its containers have been told to stop. */
    stopping: { on: { containers: { guard: 'allEnded', target: 'unmounting' } } },
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
