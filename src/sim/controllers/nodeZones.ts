/**
 * How quickly the pods of lost nodes may be driven away: slower where much of a zone is lost, not at all where everything is,
 * since then the fault is more likely the controller's own. A pure function of what the nodes say.
 * Models: pkg/controller/nodelifecycle/node_lifecycle_controller.go (handleDisruption, ComputeZoneState), v1.36.
 */
import type { Node } from '../api/types.ts'
import { isNodeReady, ZONE_LABEL } from './taints.ts'

/** `--node-eviction-rate` 0.1/s and `--secondary-node-eviction-rate` 0.01/s. */
const USUAL_INTERVAL_MS = 10_000
const SLOW_INTERVAL_MS = 100_000
const UNHEALTHY_SHARE = 0.55
const LARGE_ZONE = 50

export const zoneOf = ({ metadata }: Node): string => metadata.labels?.[ZONE_LABEL] ?? ''

type ZoneState = 'normal' | 'partial' | 'full'

function stateOf(nodes: readonly Node[]): ZoneState {
  const lost = nodes.filter((node) => !isNodeReady(node)).length
  if (lost === nodes.length) return 'full'
  return lost > 2 && lost / nodes.length >= UNHEALTHY_SHARE ? 'partial' : 'normal'
}

/**
 * The least time between two nodes of this zone whose pods are driven away, in ms; `none`: no further ones for now;
 * `allLost`: every zone is lost wholly, and nobody's pods are.
 */
export function evictionIntervalMs(nodes: readonly Node[], zone: string): number | 'none' | 'allLost' {
  const zones = new Map<string, Node[]>()
  for (const node of nodes) zones.set(zoneOf(node), [...(zones.get(zoneOf(node)) ?? []), node])
  const states = new Map([...zones].map(([name, members]) => [name, stateOf(members)]))
  if ([...states.values()].every((state) => state === 'full')) return 'allLost'
  if (states.get(zone) !== 'partial') return USUAL_INTERVAL_MS
  return (zones.get(zone)?.length ?? 0) > LARGE_ZONE ? SLOW_INTERVAL_MS : 'none'
}
