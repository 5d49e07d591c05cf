/**
 * Lets a bound claim grow that asks for more than it has: the driver makes the volume larger, then the node on which a pod
 * runs with it makes the file system larger. Nothing shrinks. Leaves out failures and `status.allocatedResources`.
 * Models: pkg/controller/volume/expand, external-resizer, pkg/kubelet/volumemanager (node expansion), v1.36.
 */
import type { ObjectKey } from '../api/kinds.ts'
import { keyOf, keyOfObject, partsOfKey } from '../api/kinds.ts'
import { compareQuantities } from '../api/quantity.ts'
import type { Condition, PersistentVolume, PersistentVolumeClaim, Pod } from '../api/types.ts'
import type { Answer, Change, ClusterView, Decider, Decision, Outcome } from '../kernel/types.ts'
import { drawDelay, WATCH_DELAYS } from './delays.ts'
import { claimNames } from './kubeletNode.ts'
import { isNodeReady } from './taints.ts'

type Steps = Generator<Decision, Outcome, Answer>

const PENDING_ON_NODE = 'Waiting for user to (re-)start a pod to finish file system resize of volume on node.'

const sizeAsked = ({ spec }: PersistentVolumeClaim): string => spec.resources?.requests?.storage ?? '0'

/** Who makes the claim's volumes; events about their growth are in its name. */
function provisionerOf(view: ClusterView, { spec: { storageClassName } }: PersistentVolume): string {
  return view.get('StorageClass', undefined, storageClassName ?? '')?.provisioner ?? ''
}

const conditionNow = (view: ClusterView, type: string, message?: string): Condition => ({
  type,
  status: 'True',
  lastProbeTime: null,
  lastTransitionTime: view.timestamp,
  ...(message !== undefined && { message }),
})

/** The first pod that runs with the claim, on a node that is heard of. */
const userOf = (view: ClusterView, { metadata: { namespace, name } }: PersistentVolumeClaim): Pod | undefined =>
  view.list('Pod', namespace).find((pod) => {
    if (pod.status.phase !== 'Running' || !claimNames(pod).includes(name)) return false
    const node = view.get('Node', undefined, pod.spec.nodeName ?? '')
    return node !== undefined && isNodeReady(node)
  })

const waitFor = (view: ClusterView, step: 'expand' | 'expandOnNode'): Decision => ({
  do: 'wake',
  id: step,
  afterMs: drawDelay(view, step),
})

/** The driver begins, and is done when the wake-up comes. */
function* growVolume(view: ClusterView, claim: PersistentVolumeClaim, volume: PersistentVolume, id: string): Steps {
  const component = `external-resizer ${provisionerOf(view, volume)}`
  const { name } = volume.metadata
  if (id !== 'expand') {
    if (claim.status.conditions?.some(({ type }) => type === 'Resizing')) return undefined
    const asks = { type: 'Normal', reason: 'ExternalExpanding' } as const
    const waits = 'waiting for an external controller to expand this PVC'
    yield { do: 'record', about: claim, ...asks, message: waits, component: 'volume_expand' }
    const message = `External resizer is resizing volume ${name}`
    yield { do: 'record', about: claim, type: 'Normal', reason: 'Resizing', message, component }
    const status = { ...claim.status, conditions: [conditionNow(view, 'Resizing')] }
    const answer = yield { do: 'updateStatus', object: { ...claim, status } }
    yield waitFor(view, 'expand')
    return answer.ok ? undefined : { error: answer.refusal.message }
  }
  const spec = { ...volume.spec, capacity: { ...volume.spec.capacity, storage: sizeAsked(claim) } }
  const grown = yield { do: 'update', object: { ...volume, spec } }
  if (!grown.ok) return { error: grown.refusal.message }
  const message = 'Require file system resize of volume on node'
  yield { do: 'record', about: claim, type: 'Normal', reason: 'FileSystemResizeRequired', message, component }
  const status = { ...claim.status, conditions: [conditionNow(view, 'FileSystemResizePending', PENDING_ON_NODE)] }
  const answer = yield { do: 'updateStatus', object: { ...claim, status } }
  return answer.ok ? undefined : { error: answer.refusal.message }
}

/** The node of a pod that runs with the claim makes the file system as large as the volume; without one it waits. */
function* growFileSystem(view: ClusterView, claim: PersistentVolumeClaim, volume: PersistentVolume, id: string): Steps {
  const pod = userOf(view, claim)
  if (!pod) return undefined
  if (id !== 'expandOnNode') {
    yield waitFor(view, 'expandOnNode')
    return undefined
  }
  const { conditions: _done, ...status } = claim.status
  const answer = yield {
    do: 'updateStatus',
    object: { ...claim, status: { ...status, capacity: volume.spec.capacity } },
  }
  if (!answer.ok) return { error: answer.refusal.message }
  const message = `MountVolume.NodeExpandVolume succeeded for volume "${volume.metadata.name}" ${pod.spec.nodeName}`
  const done = { type: 'Normal', reason: 'FileSystemResizeSuccessful' } as const
  for (const about of [pod, claim])
    yield { do: 'record', about, ...done, message, component: 'kubelet', host: pod.spec.nodeName }
  return undefined
}

function* decide(view: ClusterView, key: string, { id }: { id: string }): Steps {
  const { namespace, name } = partsOfKey(key as ObjectKey)
  const claim = view.get('PersistentVolumeClaim', namespace, name)
  const volume = view.get('PersistentVolume', undefined, claim?.spec.volumeName ?? '')
  if (!claim || !volume || claim.status.phase !== 'Bound') return undefined
  const { storage } = volume.spec.capacity
  if (compareQuantities(sizeAsked(claim), storage) > 0) return yield* growVolume(view, claim, volume, id)
  const isBehind = compareQuantities(storage, claim.status.capacity?.storage ?? storage) > 0
  return isBehind ? yield* growFileSystem(view, claim, volume, id) : undefined
}

type View = Parameters<Decider['watches'][number]['wakes']>[1]

const isSmall = ({ spec, status }: PersistentVolumeClaim): boolean =>
  status.phase === 'Bound' &&
  spec.resources?.requests !== undefined &&
  compareQuantities(spec.resources.requests.storage ?? '0', status.capacity?.storage ?? '0') > 0

/** A claim that asks for more than it has, or whose volume has just grown. */
function claimWakes({ before, after }: Change): readonly string[] {
  const claim = after as PersistentVolumeClaim | undefined
  const old = before as PersistentVolumeClaim | undefined
  if (!claim || !isSmall(claim)) return []
  return old?.spec.resources === claim.spec.resources && old?.status.conditions === claim.status.conditions
    ? []
    : [keyOfObject(claim)]
}

/** A pod that begins to run may be the one that a claim waits for. */
function podWakes({ before, after }: Change, view: View): readonly string[] {
  const pod = after as Pod | undefined
  if (pod?.status.phase !== 'Running' || (before as Pod | undefined)?.status.phase === 'Running') return []
  const { namespace } = pod.metadata
  return claimNames(pod).flatMap((name) => {
    const claim = view.get('PersistentVolumeClaim', namespace, name)
    return claim && isSmall(claim) ? keyOf('PersistentVolumeClaim', namespace, name) : []
  })
}

export const volumeExpansion: Decider = {
  name: 'volumeExpansion',
  component: 'volume_expand',
  delayMs: WATCH_DELAYS.volumeExpansion,
  watches: [
    { kind: 'PersistentVolumeClaim', wakes: claimWakes },
    { kind: 'Pod', wakes: podWakes },
  ],
  decide,
}
