/**
 * ORD: in which order a StatefulSet creates, scales and updates. All but the last part of ORD-5 are promises of
 * OrderedReady only, and all are held against what the sync observed: a pod may become unready later, unpunished.
 * Models: pkg/controller/statefulset/stateful_set_control.go (updateStatefulSet, processReplica, processCondemned), v1.36.
 */
import { endOrdinal, startOrdinal } from '../api/identity.ts'
import { switchesOf } from '../api/switches.ts'
import type { Rule } from '../kernel/types.ts'
import { actionRule, syncRule } from './findings.ts'
import type { Action, Sync } from './sync.ts'

/** How far the range must be clear before an action may be taken. */
const clearUpTo = ({ kind, ordinal }: Action, { set }: Sync): number =>
  kind === 'create' || kind === 'replaceTerminal' ? ordinal : endOrdinal(set)

const orderedCreation = actionRule('ORD-1', ({ kind, ordinal, key, pod }, sync, findings) => {
  const { ordered, set } = sync
  if (!ordered || kind !== 'create') return
  findings.expect(
    sync.census.clear(startOrdinal(set), ordinal),
    key,
    () => `${pod.metadata.name} was created before every lower ordinal was Running, Ready and available`,
  )
})

const oneMutation = syncRule('ORD-2', ({ ordered, actions, step, key, set }, findings) => {
  if (!ordered || actions.length === 0) return
  const onlyUpdates = actions.every(({ kind }) => kind === 'update')
  if (onlyUpdates && switchesOf(step.before.settings).MaxUnavailableStatefulSet) return
  const [first, second, ...more] = actions
  // Up to 1.30 a pod that has ended is deleted and created anew by one sync.
  const isReplaced = first?.kind === 'replaceTerminal' && second?.kind === 'create' && second.key === first.key
  const { recreatesEndedPodsAtOnce } = switchesOf(step.before.settings)
  findings.expect(
    actions.length === 1 || (recreatesEndedPodsAtOnce && isReplaced && more.length === 0),
    key,
    () => `one sync of ${set.metadata.name} did ${actions.map(({ kind, ordinal }) => `${kind} ${ordinal}`).join(', ')}`,
  )
})

const nothingPastBlocker = actionRule('ORD-3', (action, sync, findings) => {
  if (!sync.ordered) return
  findings.expect(
    sync.census.clear(startOrdinal(sync.set), clearUpTo(action, sync)),
    action.key,
    () => `${action.kind} of ${action.pod.metadata.name} past an ordinal that blocks`,
  )
})

const scaleDownOrder = actionRule('ORD-4', ({ kind, ordinal, pod, key }, sync, findings) => {
  if (!sync.ordered || kind !== 'scaleDown') return
  const { census } = sync
  const { name } = pod.metadata
  findings.expect(
    census.highestCondemned() === ordinal,
    key,
    () => `${name} was deleted before a higher ordinal was gone`,
  )
  findings.expect(census.rangeClear(), key, () => `${name} was deleted while a wanted pod was not available`)
  if (census.isSound(pod)) return
  const lower = census.condemned().filter((member) => member.ordinal < ordinal && !census.isSound(member.pod))
  findings.expect(
    lower.length === 0,
    key,
    () => `${name} was deleted although it was not available and not the first such pod`,
  )
})

const scaleBeforeUpdate = syncRule('ORD-5', (sync, findings) => {
  const { ordered, actions, set } = sync
  const firstUpdate = actions.findIndex(({ kind }) => kind === 'update')
  if (firstUpdate < 0) return
  const { key, pod } = actions[firstUpdate] as Action
  if (ordered)
    findings.expect(
      sync.census.present() === set.spec.replicas && sync.census.highestCondemned() < 0,
      key,
      () => `${pod.metadata.name} was deleted for an update while the set was not at its size`,
    )
  findings.expect(
    actions.slice(firstUpdate).every(({ kind }) => kind !== 'scaleDown'),
    key,
    () => `${pod.metadata.name} was deleted for an update before the scale-down of the same sync`,
  )
})

export const ORDERING: readonly Rule[] = [
  orderedCreation,
  oneMutation,
  nothingPastBlocker,
  scaleDownOrder,
  scaleBeforeUpdate,
]
