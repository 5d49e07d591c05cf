/**
 * The cluster by node: each machine with how well it is, what is asked of it, and the pods that it runs, also those of which
 * the API no longer knows. Made only for whoever looks at this arrangement.
 */
import { parentAndOrdinal, REVISION_LABEL } from '../api/identity.ts'
import type { ObjectKey } from '../api/kinds.ts'
import { controllerOf, keyOf } from '../api/kinds.ts'
import { isTerminal } from '../api/predicates.ts'
import { switchesOf } from '../api/switches.ts'
import type { Node, Pod, PodDisruptionBudget } from '../api/types.ts'
import type { Life } from '../controllers/kubeletLife.ts'
import { processesOf } from '../controllers/kubeletLife.ts'
import { livesIn } from '../controllers/lives.ts'
import { machineIn } from '../controllers/machine.ts'
import { roomOf, usageByNode } from '../controllers/schedulerFit.ts'
import { UNSCHEDULABLE, ZONE_LABEL } from '../controllers/taints.ts'
import { listObjects, readObject } from '../kernel/apiServer.ts'
import { byCodeUnit, get } from '../kernel/sorted.ts'
import type { World } from '../kernel/types.ts'
import { podCells } from '../kubectl/podStatus.ts'
import { podStateOf } from './picturePod.ts'
import { markOf } from './revisionMarks.ts'
import type { BudgetPicture, NodePicture, NodesPicture, ResidentPicture, RevisionOrder } from './types.ts'

/** A pod whose processes run although the API has no such object any more. */
interface Ghost {
  readonly key: ObjectKey
  readonly name: string
  readonly uid: string
  readonly life: Life
}

/** Lives that go on without their object: it was deleted by force, or with its node. */
function ghostsIn(world: World): readonly Ghost[] {
  return livesIn(world).flatMap(({ namespace, name, uid, life }) => {
    const isKnown = readObject(world.objects, 'Pod', namespace, name)?.metadata.uid === uid
    return isKnown || processesOf(life) === 0 ? [] : [{ key: keyOf('Pod', namespace, name), name, uid, life }]
  })
}

function residentOf(world: World, pod: Pod, order: RevisionOrder): ResidentPicture {
  const { namespace, name, uid, labels } = pod.metadata
  const owner = controllerOf(pod.metadata)
  const set =
    owner?.kind === 'StatefulSet' ? readObject(world.objects, 'StatefulSet', namespace, owner.name) : undefined
  const revision = labels?.[REVISION_LABEL]
  return {
    key: keyOf('Pod', namespace, name),
    uid,
    name,
    state: podStateOf(pod, world, set?.spec.minReadySeconds ?? 0),
    status: podCells(pod, switchesOf(world.settings)).status,
    ghost: false,
    ...(revision !== undefined && { revision: markOf(order, revision) }),
  }
}

const ghostPicture = ({ key, name, uid }: Ghost): ResidentPicture => ({
  key,
  uid,
  name,
  state: 'nodeLost',
  status: '',
  ghost: true,
})

const conditionsOf = ({ status }: Node, type: string) => status.conditions?.find((condition) => condition.type === type)

/** Somebody's `kubectl drain` is at work on it. */
const isDraining = ({ memories }: World, node: Node): boolean =>
  get(memories, `drain|${keyOf('Node', undefined, node.metadata.name)}`) !== undefined

/** As `kubectl describe` lists them, `key=value:effect`, but for the one that only says again that the node is cordoned. */
const taintsOf = ({ spec }: Node): readonly string[] =>
  (spec.taints ?? [])
    .filter(({ key }) => key !== UNSCHEDULABLE)
    .map(({ key, value, effect }) => `${key}${value ? `=${value}` : ''}:${effect}`)

function nodePicture(world: World, node: Node, residents: readonly ResidentPicture[]): NodePicture {
  const { name, labels } = node.metadata
  const { power, since, cut } = machineIn(world, name)
  const usage = usageByNode(listObjects(world.objects, 'Pod')).get(name)
  const room = roomOf(node)
  const zone = labels?.[ZONE_LABEL]
  return {
    key: keyOf('Node', undefined, name),
    name,
    ready: conditionsOf(node, 'Ready')?.status ?? 'Unknown',
    power,
    cut,
    closed: node.spec.unschedulable === true,
    draining: isDraining(world, node),
    taints: taintsOf(node),
    milliCpu: { used: usage?.milliCpu ?? 0, room: room.milliCpu },
    memory: { used: usage?.memory ?? 0, room: room.memory },
    pods: { used: usage?.pods ?? 0, room: room.pods },
    residents,
    ...(zone !== undefined && { zone }),
    ...((power !== 'on' || cut) && { since }),
  }
}

const budgetPicture = ({ metadata: { namespace, name }, status }: PodDisruptionBudget): BudgetPicture => ({
  key: keyOf('PodDisruptionBudget', namespace, name),
  name,
  healthy: status.currentHealthy,
  desired: status.desiredHealthy,
  allowed: status.disruptionsAllowed,
  expected: status.expectedPods,
})

const byOrdinal = (a: ResidentPicture, b: ResidentPicture): number => {
  const [first, second] = [parentAndOrdinal(a.name), parentAndOrdinal(b.name)]
  return byCodeUnit(first.parent, second.parent) || first.ordinal - second.ordinal
}

/** The nodes by name, each with its pods by set and ordinal; pods that wait for a node; machines of nodes that were deleted come last. */
export function nodesPictureOf(world: World, order: RevisionOrder): NodesPicture {
  const byNode = new Map<string, ResidentPicture[]>()
  const on = (node: string) => {
    const list = byNode.get(node) ?? []
    byNode.set(node, list)
    return list
  }
  const waiting: ResidentPicture[] = []
  for (const pod of listObjects(world.objects, 'Pod')) {
    const resident = residentOf(world, pod, order)
    if (pod.spec.nodeName !== undefined) on(pod.spec.nodeName).push(resident)
    else if (!isTerminal(pod)) waiting.push(resident)
  }
  for (const ghost of ghostsIn(world)) on(ghost.life.node).push(ghostPicture(ghost))
  const nodes = listObjects(world.objects, 'Node')
  const known = new Set(nodes.map(({ metadata }) => metadata.name))
  return {
    budgets: listObjects(world.objects, 'PodDisruptionBudget').map(budgetPicture),
    nodes: nodes.map((node) => nodePicture(world, node, (byNode.get(node.metadata.name) ?? []).sort(byOrdinal))),
    lost: [...byNode].filter(([name]) => !known.has(name)).map(([name, residents]) => ({ name, residents })),
    waiting,
  }
}
