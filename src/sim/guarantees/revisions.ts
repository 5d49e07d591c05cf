/**
 * REV and STA: that revisions exist as long as they are named, when the current one moves on, and that the status adds up.
 * Models: pkg/controller/statefulset/stateful_set_control.go (getStatefulSetRevisions, truncateHistory,
 * completeRollingUpdate), pkg/apis/apps/validation (ValidateStatefulSetStatus), v1.36.
 */
import type { ObjectKey } from '../api/kinds.ts'
import { controllerOf, keyOf } from '../api/kinds.ts'
import { selects } from '../api/labels.ts'
import type { Switches } from '../api/switches.ts'
import { switchesOf } from '../api/switches.ts'
import type { StatefulSet } from '../api/types.ts'
import { dataOfTemplate, textOfData } from '../controllers/revisionData.ts'
import { listObjects, readObject } from '../kernel/apiServer.ts'
import type { Rule } from '../kernel/types.ts'
import { revisionOf } from './census.ts'
import type { Findings } from './findings.ts'
import { syncRule } from './findings.ts'
import type { Sync } from './sync.ts'
import { hadRevision, revisionsOf } from './sync.ts'

interface Written {
  readonly before: StatefulSet
  readonly after: StatefulSet
  readonly key: ObjectKey
}

/** The status that a sync wrote, if it wrote one. */
function writtenStatus({ step, key }: Sync): Written | undefined {
  for (const { before, after } of step.changes)
    if (before?.kind === 'StatefulSet' && after?.kind === 'StatefulSet') return { before, after, key }
  return undefined
}

function namedRevisionsExist(sync: Sync, findings: Findings): void {
  const { step, actions, set } = sync
  const { namespace } = set.metadata
  const exists = (name: string) => readObject(step.after.objects, 'ControllerRevision', namespace, name) !== undefined
  for (const { kind, pod, key } of actions)
    if (kind === 'create')
      findings.expect(exists(revisionOf(pod)), key, () => `${pod.metadata.name} names a revision that does not exist`)
  const written = writtenStatus(sync)
  if (!written) return
  const { currentRevision = '', updateRevision = '' } = written.after.status
  findings.expect(
    exists(currentRevision) && exists(updateRevision),
    written.key,
    () => `the status names a revision that does not exist`,
  )
}

function numbersAreUnique(sync: Sync, findings: Findings): void {
  const changed = sync.step.changes.some(({ after }) => after?.kind === 'ControllerRevision')
  if (!changed) return
  const revisions = revisionsOf(sync.step, sync.set)
  const numbers = revisions.map(({ revision }) => revision)
  findings.expect(new Set(numbers).size === numbers.length, sync.key, () => 'two revisions have one number')
  const update = revisions.find(({ metadata }) => metadata.name === sync.updateRevision)
  findings.expect(
    !update || update.revision === Math.max(...numbers),
    sync.key,
    () => 'the update revision has not the largest number',
  )
}

function liveRevisionsStay({ step, set }: Sync, findings: Findings): void {
  for (const { before, after } of step.changes) {
    if (before?.kind !== 'ControllerRevision' || after) continue
    const { namespace, name } = before.metadata
    const owned = listObjects(step.after.objects, 'Pod', namespace).some(
      (pod) =>
        controllerOf(pod.metadata)?.uid === set.metadata.uid &&
        // A set that is being deleted overlooks a pod that it no longer selects.
        selects(set.spec.selector, pod.metadata.labels) &&
        revisionOf(pod) === name,
    )
    findings.expect(
      !owned,
      keyOf('ControllerRevision', namespace, name),
      () => `${name} was removed while a pod has it`,
    )
  }
}

/** The status may name a revision as the one to reach only when it holds the template that the sync saw. */
function updateRevisionHoldsTemplate(sync: Sync, findings: Findings): void {
  const written = writtenStatus(sync)
  if (!written) return
  const { namespace } = sync.set.metadata
  const name = written.after.status.updateRevision ?? ''
  const revision = readObject(sync.step.after.objects, 'ControllerRevision', namespace, name)
  findings.expect(
    !revision || textOfData(revision.data) === textOfData(dataOfTemplate(sync.set.spec.template)),
    written.key,
    () => `${name} is not the revision of the template`,
  )
}

const revisionsExist = syncRule('REV-1', (sync, findings) => {
  namedRevisionsExist(sync, findings)
  numbersAreUnique(sync, findings)
  liveRevisionsStay(sync, findings)
  updateRevisionHoldsTemplate(sync, findings)
})

/** The rollout is over by the controller's own reckoning, which asks for Ready and not for available. */
function completes({ spec, status }: StatefulSet, { completesOnDelete }: Switches): boolean {
  const done = (count: number | undefined) => (count ?? 0) === spec.replicas
  return (
    (spec.updateStrategy.type === 'RollingUpdate' || completesOnDelete) &&
    done(status.replicas) &&
    done(status.readyReplicas) &&
    done(status.updatedReplicas) &&
    status.currentRevision === status.updateRevision
  )
}

const currentMovesAtTheEnd = syncRule('REV-2', (sync, findings) => {
  const written = writtenStatus(sync)
  if (!written) return
  const { before, after, key } = written
  const old = before.status.currentRevision ?? ''
  findings.expect(
    old === '' ||
      old === after.status.currentRevision ||
      completes(after, switchesOf(sync.step.before.settings)) ||
      !hadRevision(sync.step, before, old),
    key,
    () => `the current revision left ${old} before the rollout was complete`,
  )
})

const statusAddsUp = syncRule('STA-1', (sync, findings) => {
  const written = writtenStatus(sync)
  if (!written) return
  const { before, after, key } = written
  const { replicas, readyReplicas = 0, availableReplicas = 0, currentReplicas = 0, updatedReplicas = 0 } = after.status
  findings.expect(
    0 <= availableReplicas &&
      availableReplicas <= readyReplicas &&
      readyReplicas <= replicas &&
      0 <= currentReplicas &&
      currentReplicas <= replicas &&
      0 <= updatedReplicas &&
      updatedReplicas <= replicas,
    key,
    () => `the counters do not add up: ${JSON.stringify(after.status)}`,
  )
  const { observedGeneration = 0, collisionCount = 0 } = after.status
  findings.expect(
    // Worked out from the very spec that it says.
    observedGeneration === (sync.set.metadata.generation ?? 0) &&
      observedGeneration >= (before.status.observedGeneration ?? 0) &&
      collisionCount >= (before.status.collisionCount ?? 0),
    key,
    () => `the observed generation or the collision count went the wrong way: ${JSON.stringify(after.status)}`,
  )
})

export const REVISIONS: readonly Rule[] = [revisionsExist, currentMovesAtTheEnd, statusAddsUp]
