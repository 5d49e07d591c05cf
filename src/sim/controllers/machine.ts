/**
 * The machine under a node: whether it has power and a network, apart from what the API knows of it. Kept in the kubelets'
 * notes while something is out of the ordinary; a machine that is well has no notes. Heartbeats that say the same as before
 * are not sent: the kubelet says when they end and when they begin again, and who watches them reckons with the clock.
 * Models: pkg/kubelet/nodelease, pkg/kubelet/nodeshutdown, v1.36.
 */
import type { SimTime } from '../api/types.ts'
import { fnv1a } from '../kernel/random.ts'
import { get } from '../kernel/sorted.ts'
import type { ClusterView, World } from '../kernel/types.ts'

export interface Machine {
  /** `leaving`: shuts down in good order, its pods first. */
  readonly power: 'on' | 'off' | 'booting' | 'leaving'
  /** Since when the power is as it is. */
  readonly since: SimTime
  /** No network: its processes live on, and nobody hears of them. */
  readonly cut: boolean
}

export const MACHINES = 'Machine/'
export const machineKey = (node: string): string => `${MACHINES}${node}`

const WELL: Machine = { power: 'on', since: 0, cut: false }

/** The notes about a machine as its kubelet has them. */
export const machineOf = (view: ClusterView, node: string): Machine =>
  (view.recall(machineKey(node)) as Machine | undefined) ?? WELL

/** The same, read from outside: for what is shown and for what is checked, never for deciders. */
export const machineIn = (world: World, node: string): Machine =>
  (get(world.memories, `kubelet|${machineKey(node)}`) as Machine | undefined) ?? WELL

/** What is worth remembering; undefined for a machine that is well. */
export const remembered = (machine: Machine): Machine | undefined =>
  machine.power === 'on' && !machine.cut ? undefined : machine

/** Its kubelet runs and reaches the API. */
export const isHeard = ({ power, cut }: Machine): boolean => !cut && (power === 'on' || power === 'leaving')

export const hasPower = ({ power }: Machine): boolean => power === 'on' || power === 'leaving'

const RENEWAL_MS = 10_000

/** The last heartbeat at or before a moment: each node renews its lease every 10 s, at a time of its own. */
export const lastRenewal = (node: string, at: SimTime): SimTime =>
  Math.max(0, at - ((at + RENEWAL_MS - (fnv1a(node) % RENEWAL_MS)) % RENEWAL_MS))
