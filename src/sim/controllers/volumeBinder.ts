/**
 * Gives claims their volumes: finds one that exists or has one made, and binds both. Keys are claims, and volumes: what
 * becomes of those is in `volumeReclaim.ts`. Volumes that grow are in `volumeExpansion.ts`.
 * Models: pkg/controller/volume/persistentvolume/pv_controller.go, external-provisioner, v1.36.
 */
import { joined } from '../api/fill.ts'
import type { ObjectKey } from '../api/kinds.ts'
import { keyOf, keyOfObject, partsOfKey } from '../api/kinds.ts'
import type { GivenReason } from '../api/reasons.ts'
import type { PersistentVolume, PersistentVolumeClaim, SimTime, StorageClass } from '../api/types.ts'
import type { Answer, Change, ClusterView, Decider, Decision, Outcome } from '../kernel/types.ts'
import { drawDelay, WATCH_DELAYS } from './delays.ts'
import { SELECTED_NODE } from './selectedNode.ts'
import { bestVolume, claimRefOf, classOf, isInTree, mismatch, NO_PROVISIONER, volumeFor } from './volumeMatching.ts'
import { leftVolumeKeys, volumeKeys, volumeTurn } from './volumeReclaim.ts'

type Steps<T = Outcome> = Generator<Decision, T, Answer>

/** When the volume that is being made for a claim will be there. */
interface Provisioning {
  readonly uid: string
  readonly until: SimTime
}

/** What was last said about a claim that gets no volume, so that it is said once. */
interface Notes {
  readonly provisioning?: Provisioning
  readonly told?: string
}

const BOUND_ANNOTATIONS = { 'pv.kubernetes.io/bind-completed': 'yes', 'pv.kubernetes.io/bound-by-controller': 'yes' }

const failed = (answer: Answer): Outcome => (answer.ok ? undefined : { error: answer.refusal.message })

/** Writes both sides: the volume belongs to the claim, the claim has the volume. */
function* bindBoth(claim: PersistentVolumeClaim, given: PersistentVolume): Steps {
  let volume = given
  if (volume.spec.claimRef?.uid !== claim.metadata.uid) {
    const spec = joined(volume.spec, { claimRef: claimRefOf(claim) })
    const answer = yield { do: 'update', object: { ...volume, spec } }
    if (!answer.ok) return failed(answer)
    volume = answer.object as PersistentVolume
  }
  if (volume.status.phase !== 'Bound') {
    const answer = yield { do: 'updateStatus', object: { ...volume, status: { ...volume.status, phase: 'Bound' } } }
    if (!answer.ok) return failed(answer)
  }
  const { name } = volume.metadata
  const annotations = joined(claim.metadata.annotations ?? {}, BOUND_ANNOTATIONS)
  const metadata = joined(claim.metadata, { annotations })
  const wanted = { ...claim, metadata, spec: joined(claim.spec, { volumeName: name }) }
  const taken = yield { do: 'update', object: wanted }
  if (!taken.ok) return failed(taken)
  const { accessModes, capacity } = volume.spec
  const status = { phase: 'Bound' as const, accessModes, capacity }
  return failed(yield { do: 'updateStatus', object: { ...(taken.object as PersistentVolumeClaim), status } })
}

/** Asks the class's provisioner for a volume. */
function* askProvisioner(view: ClusterView, claim: PersistentVolumeClaim, { provisioner }: StorageClass): Steps {
  const { metadata } = claim
  const annotations = joined(metadata.annotations ?? {}, {
    'volume.beta.kubernetes.io/storage-provisioner': provisioner,
    'volume.kubernetes.io/storage-provisioner': provisioner,
  })
  const answer = yield { do: 'update', object: { ...claim, metadata: joined(metadata, { annotations }) } }
  if (!answer.ok) return failed(answer)
  const waits = `Waiting for a volume to be created either by the external provisioner '${provisioner}' or manually by the system administrator. If volume creation is delayed, please verify that the provisioner is running and correctly registered.`
  const makes = `External provisioner is provisioning volume for claim "${metadata.namespace}/${metadata.name}"`
  if (!isInTree(provisioner)) {
    yield { do: 'record', about: claim, type: 'Normal', reason: 'ExternalProvisioning', message: waits }
    yield { do: 'record', about: claim, type: 'Normal', reason: 'Provisioning', message: makes, component: provisioner }
  }
  const afterMs = drawDelay(view, 'provision')
  yield { do: 'remember', memory: { provisioning: { uid: metadata.uid, until: view.now + afterMs } } satisfies Notes }
  yield { do: 'wake', id: 'provisioned', afterMs }
  yield { do: 'explain', reasons: [{ reason: 'provisioning', subject: keyOfObject(claim), until: view.now + afterMs }] }
  return undefined
}

/** The provisioner is done: the volume appears, and both are bound. */
function* provisioned(claim: PersistentVolumeClaim, found: StorageClass): Steps {
  yield { do: 'remember', memory: undefined }
  const draft = volumeFor(claim, found)
  const answer = yield { do: 'create', object: draft }
  if (!answer.ok) return failed(answer)
  const inTree = isInTree(found.provisioner)
  const message = `Successfully provisioned volume ${draft.metadata.name}${inTree ? ` using ${found.provisioner}` : ''}`
  const speaker = inTree ? {} : { component: found.provisioner }
  yield { do: 'record', about: claim, type: 'Normal', reason: 'ProvisioningSucceeded', message, ...speaker }
  const outcome = yield* bindBoth(claim, answer.object as PersistentVolume)
  if (!outcome) yield { do: 'explain', reasons: [] }
  return outcome
}

interface Told {
  readonly type: 'Normal' | 'Warning'
  readonly reason: string
  readonly message: string
  readonly component?: string
}

/** Why nobody makes a volume for the claim; undefined when somebody does. */
function notMade({ spec: { selector } }: PersistentVolumeClaim, { metadata, provisioner }: StorageClass) {
  const told = { type: 'Warning', reason: 'ProvisioningFailed' } as const
  if (provisioner === NO_PROVISIONER) return { ...told, message: `no volume plugin matched name: ${NO_PROVISIONER}` }
  if (!selector) return undefined
  const why = 'claim Selector is not supported'
  const message = `failed to provision volume with StorageClass "${metadata.name}": ${why}`
  return { ...told, message, component: provisioner }
}

/** Says why a claim gets no volume: once in an event, and as a reason as long as it is so. */
function* waits(
  view: ClusterView,
  claim: PersistentVolumeClaim,
  event: Told,
  reason: Omit<GivenReason, 'subject'>,
): Steps {
  const notes = view.recall() as Notes | undefined
  if (notes?.told !== event.message) {
    yield { do: 'record', about: claim, ...event }
    yield { do: 'remember', memory: { told: event.message } satisfies Notes }
  }
  yield { do: 'explain', reasons: [{ ...reason, subject: keyOfObject(claim) }] }
  return undefined
}

/** A claim that names its volume gets that one or none. */
function* takeNamed(view: ClusterView, claim: PersistentVolumeClaim, className: string): Steps {
  const { volumeName = '' } = claim.spec
  const detail = { volume: volumeName }
  const reason = { reason: 'namedVolume', detail } as const
  const volume = view.get('PersistentVolume', undefined, volumeName)
  if (!volume) {
    yield { do: 'explain', reasons: [{ ...reason, subject: keyOfObject(claim) }] }
    return undefined
  }
  const { claimRef } = volume.spec
  const isFree = !claimRef || (claimRef.name === claim.metadata.name && claimRef.namespace === claim.metadata.namespace)
  if (!isFree || (claimRef?.uid !== undefined && claimRef.uid !== claim.metadata.uid)) {
    const message = `volume "${volumeName}" already bound to a different claim.`
    return yield* waits(view, claim, { type: 'Warning', reason: 'FailedBinding', message }, reason)
  }
  const wrong = claimRef ? undefined : mismatch(volume, claim, className)
  if (wrong === undefined) return yield* bound(claim, volume)
  const message = `Cannot bind to requested volume "${volumeName}": ${wrong}`
  return yield* waits(view, claim, { type: 'Warning', reason: 'VolumeMismatch', message }, reason)
}

function* bound(claim: PersistentVolumeClaim, volume: PersistentVolume): Steps {
  const outcome = yield* bindBoth(claim, volume)
  if (!outcome) yield { do: 'explain', reasons: [] }
  return outcome
}

function* findVolume(view: ClusterView, claim: PersistentVolumeClaim): Steps {
  const choice = classOf(view, claim)
  const className = choice.is === 'class' ? choice.found.metadata.name : choice.is === 'missing' ? choice.name : ''
  const node = claim.metadata.annotations?.[SELECTED_NODE]
  const waitsForConsumer =
    choice.is === 'class' && choice.found.volumeBindingMode === 'WaitForFirstConsumer' && node === undefined
  if (claim.spec.volumeName !== undefined) return yield* takeNamed(view, claim, className)
  const volume = bestVolume(view.list('PersistentVolume'), claim, className, { onlyReserved: waitsForConsumer })
  if (volume) return yield* bound(claim, volume)
  if (waitsForConsumer) {
    const message = 'waiting for first consumer to be created before binding'
    const event = { type: 'Normal', reason: 'WaitForFirstConsumer', message } as const
    return yield* waits(view, claim, event, { reason: 'waitForFirstConsumer' })
  }
  if (choice.is === 'missing') {
    const message = `storageclass.storage.k8s.io "${choice.name}" not found`
    const event = { type: 'Warning', reason: 'ProvisioningFailed', message } as const
    return yield* waits(view, claim, event, { reason: 'noStorageClass', detail: { storageClass: choice.name } })
  }
  if (choice.is === 'none') {
    const message = 'no persistent volumes available for this claim and no storage class is set'
    const event = { type: 'Normal', reason: 'FailedBinding', message } as const
    return yield* waits(view, claim, event, { reason: 'noStorageClass' })
  }
  const refusal = notMade(claim, choice.found)
  if (refusal)
    return yield* waits(view, claim, refusal, { reason: 'noProvisioner', detail: { storageClass: className } })
  const notes = view.recall() as Notes | undefined
  const making = notes?.provisioning?.uid === claim.metadata.uid ? notes.provisioning : undefined
  if (!making) return yield* askProvisioner(view, claim, choice.found)
  if (making.until <= view.now) return yield* provisioned(claim, choice.found)
  return undefined
}

const LOST = ['ClaimLost', 'Bound claim has lost its PersistentVolume. Data on the volume is lost!'] as const
const MISBOUND = ['ClaimMisbound', 'Two claims are bound to the same volume, this one is bound incorrectly'] as const

/** A bound claim has lost its data with its volume, or to another claim; what came unbound is bound again. */
function* checkBound(view: ClusterView, claim: PersistentVolumeClaim): Steps {
  if (claim.status.phase !== 'Bound') return undefined
  const volume = view.get('PersistentVolume', undefined, claim.spec.volumeName ?? '')
  const owner = volume?.spec.claimRef
  if (volume && !owner) return yield* bindBoth(claim, volume)
  if (volume && owner?.uid === claim.metadata.uid) return undefined
  const [reason, message] = volume ? MISBOUND : LOST
  const answer = yield { do: 'updateStatus', object: { ...claim, status: { phase: 'Lost' } } }
  yield { do: 'record', about: claim, type: 'Warning', reason, message }
  return failed(answer)
}

function* decide(view: ClusterView, key: string, { id }: { id: string }): Steps {
  const { kind, namespace, name } = partsOfKey(key as ObjectKey)
  if (kind === 'PersistentVolume') return yield* volumeTurn(view, name, id)
  const claim = view.get('PersistentVolumeClaim', namespace, name)
  if (!claim) {
    if (view.recall() !== undefined) {
      yield { do: 'remember', memory: undefined }
      yield { do: 'cancelWake', id: 'provisioned' }
    }
    yield { do: 'explain', reasons: [] }
    return undefined
  }
  return yield* claim.status.phase === 'Pending' ? findVolume(view, claim) : checkBound(view, claim)
}

type View = Parameters<Decider['watches'][number]['wakes']>[1]

const pendingClaims = (view: View): readonly string[] =>
  view.list('PersistentVolumeClaim').flatMap((claim) => (claim.status.phase === 'Pending' ? keyOfObject(claim) : []))

/** New claims, claims that got a node, and claims that are gone. */
function claimWakes({ before, after }: Change): readonly string[] {
  const claim = (after ?? before) as PersistentVolumeClaim
  const selected = (object: Change['after']) => object?.metadata.annotations?.[SELECTED_NODE]
  return before && after && selected(before) === selected(after) ? [] : [keyOfObject(claim)]
}

const keysOf = (claim: PersistentVolume['spec']['claimRef']): readonly string[] =>
  claim ? [keyOf('PersistentVolumeClaim', claim.namespace, claim.name)] : []

/**
 * A volume that became available may suit somebody, one that was reserved is waited for, one that is named by a claim has
 * come, one that is gone, or was taken from its claim, is missed.
 */
function volumeWakes({ before, after }: Change, view: View): readonly string[] {
  const volume = (after ?? before) as PersistentVolume
  const old = before as PersistentVolume | undefined
  const { claimRef } = volume.spec
  const claim = keysOf(claimRef)
  if (!after) return claim
  const former = old?.spec.claimRef
  if (former?.uid !== undefined && former.uid !== claimRef?.uid) return keysOf(former)
  if (old && claimRef?.uid !== undefined && old.spec.claimRef?.uid === undefined && volume.status.phase !== 'Bound')
    return claim
  return volume.status.phase === 'Available' && old?.status.phase !== 'Available' ? pendingClaims(view) : []
}

export const volumeBinder: Decider = {
  name: 'volumeBinder',
  component: 'persistentvolume-controller',
  delayMs: WATCH_DELAYS.volumeBinder,
  watches: [
    { kind: 'PersistentVolumeClaim', wakes: (change) => [...claimWakes(change), ...leftVolumeKeys(change)] },
    { kind: 'PersistentVolume', wakes: (change, view) => [...volumeKeys(change), ...volumeWakes(change, view)] },
    { kind: 'StorageClass', wakes: (_change, view) => pendingClaims(view) },
  ],
  decide,
}
