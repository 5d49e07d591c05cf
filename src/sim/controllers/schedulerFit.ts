/**
 * Which node a pod may go to and which is best: filters with upstream's words for a no, and a score. What the pod, its
 * volumes and other pods say of it is in `placement.ts`. Leaves out preemption; upstream's many scores are one order here:
 * what is wished for, then spread the pods of an owner, then the node with the least asked for, then the name.
 * Models: pkg/scheduler/framework/plugins (noderesources, nodeunschedulable, tainttoleration, nodeaffinity), v1.36.
 */
import { controllerOf } from '../api/kinds.ts'
import { podResources } from '../api/podResources.ts'
import { isTerminal, isTerminating } from '../api/predicates.ts'
import { milliUnitsOf, unitsOf } from '../api/quantity.ts'
import type { PlacementRule } from '../api/reasons.ts'
import type { ResourceList } from '../api/resourceList.ts'
import type { Switches } from '../api/switches.ts'
import type { Node, Pod, Taint } from '../api/types.ts'
import { follower } from './follower.ts'
import { wantsNode } from './nodeAffinity.ts'
import type { Placement, Refused } from './placement.ts'
import { no } from './placement.ts'
import { repels, tolerates, UNSCHEDULABLE } from './taints.ts'

/** What a pod asks of its node. */
interface Demand {
  readonly milliCpu: number
  readonly memory: number
}

interface Usage {
  pods: number
  milliCpu: number
  memory: number
  /** Owner's uid → how many of its pods are here. */
  readonly owners: Map<string, number>
}

const nothing = (): Usage => ({ pods: 0, milliCpu: 0, memory: 0, owners: new Map() })

const demands = new WeakMap<ResourceList, Demand>()

function demandOf({ spec }: Pod): Demand {
  const requests = podResources(spec, 'requests')
  const known = demands.get(requests)
  if (known) return known
  const demand = { milliCpu: milliUnitsOf(requests.cpu ?? '0'), memory: unitsOf(requests.memory ?? '0') }
  demands.set(requests, demand)
  return demand
}

/** Waits for a node. */
export const isWaiting = (pod: Pod): boolean =>
  pod.spec.nodeName === undefined && !isTerminating(pod) && !isTerminal(pod)

/** What a list of pods comes to. */
interface Count {
  readonly byNode: Map<string, Usage>
  readonly waiting: Set<Pod>
}

/** Adds a pod to a count, or takes it away again. Pods that have ended ask for nothing. */
function count({ byNode, waiting }: Count, pod: Pod, sign: 1 | -1): void {
  const { nodeName } = pod.spec
  if (nodeName === undefined) {
    if (sign < 0) waiting.delete(pod)
    else if (isWaiting(pod)) waiting.add(pod)
    return
  }
  if (isTerminal(pod)) return
  const here = byNode.get(nodeName) ?? nothing()
  byNode.set(nodeName, here)
  const { milliCpu, memory } = demandOf(pod)
  here.pods += sign
  here.milliCpu += sign * milliCpu
  here.memory += sign * memory
  const owner = controllerOf(pod.metadata)?.uid
  if (owner !== undefined) here.owners.set(owner, (here.owners.get(owner) ?? 0) + sign)
}

const counted = follower<Pod, Count>({ byNode: new Map(), waiting: new Set() }, count)

/** What is asked of each node by the pods on it. */
export const usageByNode = (pods: readonly Pod[]): ReadonlyMap<string, Readonly<Usage>> => counted(pods).byNode

/** The pods that wait for a node, by namespace and name. */
export const waitingPods = (pods: readonly Pod[]): readonly Pod[] => {
  const { waiting } = counted(pods)
  return waiting.size === 0 ? [] : pods.filter((pod) => waiting.has(pod))
}

const UNSCHEDULABLE_TAINT: Taint = { key: UNSCHEDULABLE, effect: 'NoSchedule' }

interface Room {
  readonly pods: number
  readonly milliCpu: number
  readonly memory: number
}

const rooms = new WeakMap<object, Room>()

/** What a node has for pods. */
export function roomOf({ status: { allocatable = {} } }: Node): Room {
  const known = rooms.get(allocatable)
  if (known) return known
  const { pods = '110', cpu = '0', memory = '0' } = allocatable
  const room = { pods: unitsOf(pods), milliCpu: milliUnitsOf(cpu), memory: unitsOf(memory) }
  rooms.set(allocatable, room)
  return room
}

function lacking(pod: Pod, node: Node, usage: Readonly<Usage>): string[] {
  const room = roomOf(node)
  const { milliCpu, memory } = demandOf(pod)
  return [
    ...(usage.pods + 1 > room.pods ? ['Too many pods'] : []),
    ...(milliCpu > 0 && usage.milliCpu + milliCpu > room.milliCpu ? ['Insufficient cpu'] : []),
    ...(memory > 0 && usage.memory + memory > room.memory ? ['Insufficient memory'] : []),
  ]
}

const CORDONED = no('cordon', 'node(s) were unschedulable')
const REPELLED = no('taint', 'node(s) had untolerated taint(s)')
const UNWANTED = no('nodeAffinity', "node(s) didn't match Pod's node affinity/selector")

/** Why the node does not take the pod, in the order of the scheduler's filters: the first that says no is heard. */
function refusalOf(pod: Pod, node: Node, usage: Usage, placement: Placement): Refused | undefined {
  if (node.spec.unschedulable && !tolerates(pod, UNSCHEDULABLE_TAINT)) return CORDONED
  if (repels(node, pod)) return REPELLED
  if (!wantsNode(pod, node)) return UNWANTED
  const why = lacking(pod, node, usage)
  return why.length > 0 ? { why, rules: ['room'], byRoom: true } : placement.refusal(node)
}

const summed = (lines: readonly string[]): string => {
  const counts = new Map<string, number>()
  for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1)
  return [...counts]
    .map(([line, count]) => `${count} ${line}`)
    .sort()
    .join(', ')
}

function refusalText(refusals: readonly Refused[], { schedulerCountsClaims }: Switches): string {
  const head = `0/${refusals.length} nodes are available:`
  if (refusals.length === 0) return 'no nodes available to schedule pods'
  const preemption = summed(
    refusals.map(({ byRoom }) =>
      byRoom ? 'No preemption victims found for incoming pod' : 'Preemption is not helpful for scheduling',
    ),
  )
  const reasons = summed(refusals.flatMap(({ why }) => why))
  const claims = schedulerCountsClaims ? 'no new claims to deallocate, ' : ''
  return `${head} ${reasons}. ${claims}preemption: ${head} ${preemption}.`
}

/** How much of the node would be asked for: the shares of its cpu, memory and places for pods, added up. */
function fullness(pod: Pod, node: Node, usage: Readonly<Usage>): number {
  const room = roomOf(node)
  const { milliCpu, memory } = demandOf(pod)
  return (
    (usage.milliCpu + milliCpu) / Math.max(1, room.milliCpu) +
    (usage.memory + memory) / Math.max(1, room.memory) +
    (usage.pods + 1) / Math.max(1, room.pods)
  )
}

/** Which rules speak against the nodes, each once. */
const rulesOf = (refusals: readonly Refused[]): readonly PlacementRule[] =>
  [...new Set(refusals.flatMap(({ rules }) => rules))].sort()

/**
 * The best node for a pod, or why there is none, in the scheduler's words and by the rules that speak against it. A node
 * that the pod was promised is the best.
 */
export function chooseNode(
  pod: Pod,
  nodes: readonly Node[],
  pods: readonly Pod[],
  switches: Switches,
  placement: Placement,
): { readonly node: string } | { readonly message: string; readonly rules: readonly PlacementRule[] } {
  const usage = usageByNode(pods)
  const owner = controllerOf(pod.metadata)?.uid ?? ''
  const usageOf = ({ metadata }: Node) => usage.get(metadata.name) ?? nothing()
  const refusals: Refused[] = []
  const possible: Node[] = []
  for (const node of nodes) {
    const refused = refusalOf(pod, node, usageOf(node), placement)
    if (refused) refusals.push(refused)
    else possible.push(node)
  }
  const wishes = placement.hasWishes ? placement.wishes(possible) : undefined
  let best:
    | { readonly name: string; readonly wish: number; readonly siblings: number; readonly full: number }
    | undefined
  for (const node of possible) {
    const { name } = node.metadata
    const here = usageOf(node)
    if (name === pod.status.nominatedNodeName) return { node: name }
    const siblings = here.owners.get(owner) ?? 0
    const full = fullness(pod, node, here)
    const wish = wishes?.get(node) ?? 0
    // Nodes come by name, so an equal one that comes later does not win.
    const isBetter =
      !best ||
      wish > best.wish ||
      (wish === best.wish && (siblings < best.siblings || (siblings === best.siblings && full < best.full)))
    if (isBetter) best = { name, wish, siblings, full }
  }
  return best ? { node: best.name } : { message: refusalText(refusals, switches), rules: rulesOf(refusals) }
}
