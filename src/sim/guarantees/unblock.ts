/**
 * What would end a wait: time, an act, or both. One entry for each reason that can stand at the root of a chain.
 * Leaves out acts that break a promise (force delete): whoever wants those knows where they are.
 */
import { parentAndOrdinal, startOrdinal } from '../api/identity.ts'
import type { ObjectKey } from '../api/kinds.ts'
import { controllerOf, KINDS, keyOf, keyOfObject, partsOfKey } from '../api/kinds.ts'
import type { Reason, ReasonName } from '../api/reasons.ts'
import type { ControllerRevision, Pod, PodTemplateSpec, StatefulSet } from '../api/types.ts'
import { isHeard, machineIn } from '../controllers/machine.ts'
import { OUT_OF_SERVICE } from '../controllers/taints.ts'
import { listObjects, readObject } from '../kernel/apiServer.ts'
import type { Command } from '../kernel/command.ts'
import type { World } from '../kernel/types.ts'
import { revisionOf } from './census.ts'
import type { Unblock, UnblockCode, WhyLink } from './types.ts'
import type { Answer } from './unblockAnswer.ts'
import { act, setAt, wait } from './unblockAnswer.ts'
import { createService, loosenBudget, publishNotReady, raiseQuota, selectMembers } from './unblockAround.ts'

const runOn = wait('runOn')
const nothing: Answer = () => []

const deletePod = (code: UnblockCode, pod: ObjectKey): Unblock => {
  const { namespace, name } = partsOfKey(pod)
  return act(code, pod, { type: 'deletePod', namespace, name })
}

const podAt = (world: World, key: ObjectKey): Pod | undefined => {
  const { namespace, name } = partsOfKey(key)
  return readObject(world.objects, 'Pod', namespace, name)
}

const imageOf = (template: PodTemplateSpec): string => template.spec.containers[0]?.image ?? ''

/** The template to go back to: the current revision's, else the newest that has another image. */
function formerRevision(world: World, set: StatefulSet): ControllerRevision | undefined {
  const broken = imageOf(set.spec.template)
  const { namespace, uid } = set.metadata
  return listObjects(world.objects, 'ControllerRevision', namespace)
    .filter(({ metadata, data }) => controllerOf(metadata)?.uid === uid && imageOf(data.spec.template) !== broken)
    .sort((a, b) => {
      const current = (revision: ControllerRevision) => Number(revision.metadata.name === set.status.currentRevision)
      return current(b) - current(a) || b.revision - a.revision
    })[0]
}

/** A pod that its template keeps from becoming Ready: once the template is put right the pod itself must still go. */
const brokenTemplate: Answer = (world, { subject }) => {
  const set = setAt(world, subject)
  const pod = podAt(world, subject)
  if (!set || !pod) return []
  if (revisionOf(pod) !== (set.status.updateRevision ?? '')) return [deletePod('deleteStuckPod', subject)]
  const former = formerRevision(world, set)
  if (!former) return [act('fixTemplate', keyOf('StatefulSet', set.metadata.namespace, set.metadata.name))]
  const { namespace = '', name } = set.metadata
  const image = imageOf(former.data.spec.template)
  return [act('revertImage', keyOf('StatefulSet', namespace, name), { type: 'setImage', namespace, name, image })]
}

const lowerPartition: Answer = (world, { subject }) => {
  const set = setAt(world, subject)
  if (!set) return []
  const { namespace = '', name } = set.metadata
  const ordinal = partsOfKey(subject).kind === 'Pod' ? parentAndOrdinal(partsOfKey(subject).name).ordinal : 0
  const partition = Math.max(0, ordinal - startOrdinal(set))
  return [act('lowerPartition', subject, { type: 'setPartition', namespace, name, partition })]
}

const touchSet: Answer = (world, { subject }) => {
  const set = setAt(world, subject)
  if (!set) return []
  const { namespace = '', name } = set.metadata
  const patch = { metadata: { annotations: { touched: String(world.now) } } }
  return [act('touchSet', subject, { type: 'patchObject', kind: 'statefulsets', namespace, name, patch })]
}

const removeFinalizer: Answer = (_world, { subject }) => {
  const { kind, namespace, name } = partsOfKey(subject)
  const patch = { metadata: { finalizers: null } }
  return [act('removeFinalizer', subject, { type: 'patchObject', kind: KINDS[kind].plural, namespace, name, patch })]
}

/** Opens the nodes that somebody has closed. */
const uncordon = (world: World): readonly Unblock[] =>
  listObjects(world.objects, 'Node')
    .filter(({ spec }) => spec.unschedulable)
    .map((node) => {
      const command: Command = { type: 'uncordonNode', namespace: 'default', name: node.metadata.name }
      return act('uncordonNode', keyOfObject(node), command)
    })

/** What a lost node needs. Whether a machine that is off stays off is a person's to know: either act may be the right one. */
const bringBack: Answer = (world, reason) => {
  const { on = reason.subject } = reason
  const { name } = partsOfKey(on)
  const { power, cut } = machineIn(world, name)
  const named = { namespace: 'default', name }
  if (power === 'off') {
    const taint = { key: OUT_OF_SERVICE, value: 'nodeshutdown', effect: 'NoExecute' }
    const given = act('putOutOfService', on, { type: 'taintNode', ...named, ...taint })
    return [
      act('switchOnNode', on, { type: 'powerOnNode', ...named }),
      ...(reason.reason === 'nodeSilent' ? [] : [given]),
    ]
  }
  return cut ? [act('reconnectNode', on, { type: 'reconnectNode', ...named })] : wait('waitForNode')(world, reason)
}

/** A volume that only some nodes reach: those of them that are lost may be the ones. */
const lostNodes: Answer = (world, reason) =>
  String(reason.detail?.rules).includes('volumeAffinity')
    ? listObjects(world.objects, 'Node').flatMap((node) =>
        isHeard(machineIn(world, node.metadata.name))
          ? []
          : bringBack(world, { ...reason, on: keyOfObject(node) }).slice(0, 1),
      )
    : []

const restartOrUndo: Answer = (world, reason) => [
  ...wait('waitForRestart')(world, reason),
  ...brokenUpdate(world, reason),
]

const ANSWERS: Readonly<Record<ReasonName, Answer>> = {
  predecessorBlocks: runOn,
  podTerminating: runOn,
  podNotReady: runOn,
  podNotAvailable: wait('waitForAvailable'),
  podBeingReplaced: runOn,
  podNotCreated: runOn,
  claimBeingDeleted: runOn,
  staleClaim: touchSet,
  quotaExceeded: (world, reason) => [...raiseQuota(world, reason), ...wait('waitForRetry')(world, reason)],
  resourcesUnsaid: (_world, { subject }) => [act('sayResources', subject)],
  nameTaken: (_world, { on, subject }) => [deletePod('deleteForeignPod', on ?? subject)],
  syncFailed: wait('waitForRetry'),
  condemnedTerminating: runOn,
  scaleDownBlocked: runOn,
  updateWaits: runOn,
  partitionHolds: lowerPartition,
  onDeleteHolds: (_world, { subject }) => [deletePod('deleteOldPod', subject)],
  rolloutAhead: runOn,
  setBeingDeleted: nothing,
  notYetScheduled: wait('waitForScheduler'),
  unschedulable: (world, reason) => [...lostNodes(world, reason), act('makeRoom', reason.subject), ...uncordon(world)],
  volumeNotBound: runOn,
  volumeNotAttached: wait('waitForVolume'),
  pullingImage: wait('waitForPull'),
  imageCannotBePulled: brokenTemplate,
  configMissing: (world, reason) => [
    act('createConfig', reason.on ?? reason.subject),
    ...wait('waitForRetry')(world, reason),
  ],
  containerStarting: wait('waitForStart'),
  initRunning: wait('waitForStart'),
  sidecarNotStarted: wait('waitForProbe'),
  containerCrashed: restartOrUndo,
  outOfMemory: restartOrUndo,
  livenessFailed: restartOrUndo,
  startupNotPassed: wait('waitForProbe'),
  notYetProbed: wait('waitForProbe'),
  probeFailing: (world, reason) => [...brokenUpdate(world, reason), ...wait('waitForProbe')(world, reason)],
  heldNotReady: (_world, { subject }) => {
    const { namespace, name } = partsOfKey(subject)
    return [act('allowReadiness', subject, { type: 'setReadiness', namespace, name, ready: true })]
  },
  nodeSilent: bringBack,
  nodeLost: bringBack,
  nodeLeaving: wait('waitForNode'),
  nodeHasNotHeard: bringBack,
  podOnLostNode: bringBack,
  deletionUnconfirmed: bringBack,
  awaitsPodGc: wait('waitForPodGc'),
  volumeHeld: wait('waitForDetach'),
  preStopRunning: wait('waitForShutdown'),
  shuttingDown: wait('waitForShutdown'),
  finalizerHolds: removeFinalizer,
  evicted: runOn,
  tooFewHealthy: runOn,
  budgetFull: loosenBudget,
  budgetHolds: wait('waitForRetry'),
  drainWaits: runOn,
  provisioning: wait('waitForVolume'),
  waitForFirstConsumer: runOn,
  noStorageClass: (_world, { subject }) => [act('createClass', subject)],
  noProvisioner: (_world, { subject }) => [act('createVolume', subject)],
  namedVolume: (_world, { subject }) => [act('createVolume', subject)],
  claimInUse: (_world, { on }) => (on ? [deletePod('deletePodInUse', on)] : []),
  peerNotFound: publishNotReady,
  absenceCached: runOn,
  serviceMissing: createService,
  serviceSelectsOthers: selectMembers,
  notPublished: runOn,
}

/** As `brokenTemplate`, but only while a rollout is under way: a pod of a settled set is more likely to heal by itself. */
function brokenUpdate(world: World, reason: Reason): readonly Unblock[] {
  const set = setAt(world, reason.subject)
  const pod = podAt(world, reason.subject)
  if (!set || !pod) return []
  const { currentRevision, updateRevision } = set.status
  return currentRevision !== updateRevision || revisionOf(pod) !== updateRevision ? brokenTemplate(world, reason) : []
}

/** What would end the wait whose chain this is. Empty when nothing that is known would. */
export function unblocksOf(world: World, chain: readonly WhyLink[]): readonly Unblock[] {
  const root = chain[chain.length - 1]?.reason
  if (!root) return []
  // A lost node need not come back for its volume to be free.
  const held = chain.find(({ reason }) => reason.reason === 'volumeHeld' && reason !== root)?.reason
  return [...ANSWERS[root.reason](world, root), ...(held ? ANSWERS.volumeHeld(world, held) : [])]
}
