/**
 * The guarantees as lamps: held so often, broken at that moment, or not promised to this set as it is configured now.
 * A rule that was broken stays broken for the run, whatever else holds; tallies count over all sets of the cluster.
 */
import { parentAndOrdinal } from '../api/identity.ts'
import type { ObjectKey } from '../api/kinds.ts'
import { partsOfKey } from '../api/kinds.ts'
import { selects } from '../api/labels.ts'
import { switchesOf } from '../api/switches.ts'
import type { StatefulSet } from '../api/types.ts'
import { processesOf } from '../controllers/kubeletLife.ts'
import { livesIn } from '../controllers/lives.ts'
import { GUARANTEES } from '../guarantees/rules.ts'
import { listObjects, readObject } from '../kernel/apiServer.ts'
import type { Tally, World } from '../kernel/types.ts'
import type { Lamp } from './types.ts'

/** Why a rule is not promised. */
export type NotPromised =
  | 'parallel' // podManagementPolicy Parallel gives up the order
  | 'onDelete' // no rollout under OnDelete
  | 'rollingUpdate' // a promise of OnDelete only
  | 'noBlock' // no rollingUpdate block: there is no partition to keep
  | 'gateOn' // MaxUnavailableStatefulSet lets several be replaced at once
  | 'gateOff' // … and without it there is no budget
  | 'forceDelete' // a pod that was deleted by force still runs on its node
  | 'twoProcesses' // … beside another of the same name
  | 'publishNotReady' // the Service publishes pods that are not Ready
  | 'noBudget' // no PodDisruptionBudget is about its pods

type Exceptions = Readonly<Record<string, NotPromised>>

const strategyExceptions = ({ spec: { updateStrategy } }: StatefulSet): Exceptions => {
  if (updateStrategy.type === 'OnDelete') return { 'UPD-1': 'onDelete', 'UPD-2': 'onDelete', 'UPD-3': 'onDelete' }
  return { 'UPD-4': 'rollingUpdate', ...(!updateStrategy.rollingUpdate && { 'UPD-3': 'noBlock' }) }
}

const gateExceptions = (on: boolean): Exceptions =>
  on ? { 'ORD-2': 'gateOn', 'UPD-1': 'gateOn' } : { 'UPD-2': 'gateOff' }

const policyExceptions = ({ spec }: StatefulSet): Exceptions =>
  spec.podManagementPolicy === 'Parallel'
    ? { 'ORD-1': 'parallel', 'ORD-2': 'parallel', 'ORD-3': 'parallel', 'ORD-4': 'parallel' }
    : {}

/** Pods of the set that the API has forgotten still run on their nodes, perhaps beside their successors. */
function forgottenExceptions(world: World, { metadata: { namespace, name } }: StatefulSet): Exceptions {
  const running = new Set<string>()
  let why: NotPromised | undefined
  for (const { name: podName, uid, life } of livesIn(world, `${namespace}/${name}-`)) {
    if (parentAndOrdinal(podName).parent !== name || processesOf(life) === 0) continue
    const isKnown = readObject(world.objects, 'Pod', namespace, podName)?.metadata.uid === uid
    if (running.has(podName)) why = 'twoProcesses'
    else if (!isKnown) why ??= 'forceDelete'
    running.add(podName)
  }
  return why ? { 'IDN-2': why } : {}
}

function serviceExceptions({ objects }: World, { metadata, spec }: StatefulSet): Exceptions {
  const service = readObject(objects, 'Service', metadata.namespace, spec.serviceName)
  return service?.spec.publishNotReadyAddresses ? { 'DNS-1': 'publishNotReady' } : {}
}

function budgetExceptions({ objects }: World, { metadata, spec }: StatefulSet): Exceptions {
  const labels = spec.template.metadata?.labels
  const budgets = listObjects(objects, 'PodDisruptionBudget', metadata.namespace)
  return budgets.some((budget) => selects(budget.spec.selector, labels)) ? {} : { 'PDB-1': 'noBudget' }
}

function exceptionsOf(world: World, setKey: ObjectKey | undefined): Exceptions {
  const { namespace = '', name = '' } = setKey ? partsOfKey(setKey) : {}
  const set = readObject(world.objects, 'StatefulSet', namespace, name)
  if (!set) return {}
  return {
    ...strategyExceptions(set),
    ...gateExceptions(switchesOf(world.settings).MaxUnavailableStatefulSet),
    ...policyExceptions(set),
    ...serviceExceptions(world, set),
    ...forgottenExceptions(world, set),
    ...budgetExceptions(world, set),
  }
}

const NEVER: Tally = { checks: 0, violations: 0 }
const made = new WeakMap<Tally, Map<string, Lamp>>()

/** The same lamp for the same tally. */
function lampOf(id: string, tally: Tally, why: NotPromised | undefined): Lamp {
  const known = made.get(tally) ?? new Map<string, Lamp>()
  made.set(tally, known)
  const key = `${id} ${why ?? ''}`
  const before = known.get(key)
  if (before) return before
  const broken = tally.violations > 0
  const lamp: Lamp = {
    id,
    status: broken ? 'broken' : why ? 'notPromised' : 'held',
    checks: tally.checks,
    ...(tally.firstViolationAt !== undefined && { brokenAt: tally.firstViolationAt }),
    ...(!broken && why && { why }),
  }
  known.set(key, lamp)
  return lamp
}

/** One lamp for each guarantee, by id, for the set in focus; without a set only what holds for every cluster is judged. */
export function lamps(world: World, setKey: ObjectKey | undefined): readonly Lamp[] {
  const exceptions = exceptionsOf(world, setKey)
  return GUARANTEES.map((id) => lampOf(id, world.tallies[id] ?? NEVER, exceptions[id]))
}
