/**
 * How long things take that a real cluster does with machines: each a range in ms from which one number is drawn, with a
 * random stream of its own. `docs/model.md` lists every one with its source, and a test holds the table to this file.
 * Leaves out what an image decides for itself (pull, start, ready, stop): see `imageBehaviour.ts`.
 */
import type { ClusterView } from '../kernel/types.ts'

/** [least, most] in ms, both inclusive. */
export type Range = readonly [least: number, most: number]

export const DELAYS = {
  /** A claim is asked for until the volume exists. */
  provision: [900, 1500],
  /** A claim asks for more until the driver has made its volume larger. */
  expand: [1000, 3000],
  /** A volume is larger until the node of its pod has made the file system larger. */
  expandOnNode: [2000, 10_000],
  /** A released volume is found until it is erased. */
  reclaim: [300, 700],
  /** A pod's volumes are attached to its node, mounted, and its sandbox has a network. */
  attach: [500, 1100],
  /** Nothing to attach: only the sandbox and its network. */
  sandbox: [150, 350],
  /** The registry is asked whether an image that is there is still the same one (policy Always). */
  imageCheck: [300, 700],
  /** A registry answers that it has no such image. */
  pullRefusal: [250, 600],
  /** An error is shown until the node looks at the pod again and the back-off shows. */
  resync: [900, 1600],
  /** An environment that cannot be put together is tried again. */
  configAgain: [10_000, 15_000],
  /** A process is killed (SIGKILL) until it is gone. */
  kill: [40, 120],
  /** The last container has stopped until its volumes are unmounted. */
  unmount: [120, 280],
  /** Power comes until the kubelet of the machine runs. */
  boot: [10000, 20000],
  /** A node is found lost until it gets the taint that drives its pods away. */
  evictionPass: [250, 450],
} as const satisfies Readonly<Record<string, Range>>

export type DelayName = keyof typeof DELAYS

/** How long a change takes to reach each watcher, in ms. */
export const WATCH_DELAYS = {
  scheduler: [20, 60],
  kubelet: [5, 30],
  volumeBinder: [5, 40],
  volumeProtection: [5, 40],
  volumeExpansion: [5, 40],
  endpoints: [20, 100],
  clusterDns: [80, 400],
  nodeLifecycle: [80, 160],
  taintEviction: [5, 40],
  podGc: [5, 40],
  disruption: [15, 120],
  peerNames: [80, 400],
  resourceQuota: [5, 40],
} as const satisfies Readonly<Record<string, Range>>

/** A whole number of ms from the range, drawn from the named stream. */
export const drawWithin = (view: Pick<ClusterView, 'draw'>, [least, most]: Range, stream: string): number =>
  least + Math.floor(view.draw(stream) * (most - least + 1))

/** Draws one of the named delays. */
export const drawDelay = (view: Pick<ClusterView, 'draw'>, name: DelayName): number =>
  drawWithin(view, DELAYS[name], `delay:${name}`)
