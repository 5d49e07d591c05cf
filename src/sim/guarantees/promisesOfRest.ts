/**
 * LIV-6, LIV-7 and LIV-8: what the rest of the cluster owes a StatefulSet. What was deleted goes with all that it owned,
 * claims go when their owner is gone or they were deleted and nobody uses them, and the name of a Ready pod resolves.
 * Models: pkg/controller/garbagecollector, pkg/controller/volume/pvcprotection, CoreDNS plugin/kubernetes, v1.36.
 */
import type { ObjectKey } from '../api/kinds.ts'
import { controllerOf, KINDS, keyOfObject } from '../api/kinds.ts'
import { matchesLabels } from '../api/labels.ts'
import { isReady, isTerminating } from '../api/predicates.ts'
import type { AnyObject, Kind, OwnerReference, PersistentVolumeClaim, Pod, StatefulSet } from '../api/types.ts'
import { resolve } from '../controllers/dnsAnswers.ts'
import { fullName } from '../controllers/dnsRecords.ts'
import { podAddress } from '../controllers/endpoints.ts'
import { claimNames } from '../controllers/kubeletNode.ts'
import { listObjects, readObject } from '../kernel/apiServer.ts'
import type { Debt, Obstacle, Scene } from './promiseScene.ts'

const COLLECTOR = 'garbageCollector'
const FOREGROUND = 'foregroundDeletion'

/** The very object that a reference means is still there. */
function isThere({ world }: Scene, { kind, name, uid }: OwnerReference, namespace: string | undefined): boolean {
  if (!(kind in KINDS)) return true
  const owner: AnyObject | undefined = readObject(world.objects, kind as Kind, namespace, name)
  return owner?.metadata.uid === uid
}

const isUnowned = (scene: Scene, { metadata: { ownerReferences = [], namespace } }: AnyObject): boolean =>
  ownerReferences.length > 0 && ownerReferences.every((reference) => !isThere(scene, reference, namespace))

/** Something that this set owns and that keeps it from going. */
function dependentOf({ world }: Scene, { metadata: { uid, namespace } }: StatefulSet): ObjectKey | undefined {
  const kinds = ['Pod', 'ControllerRevision', 'PersistentVolumeClaim'] as const
  for (const kind of kinds)
    for (const object of listObjects(world.objects, kind, namespace) as readonly AnyObject[])
      if (object.metadata.ownerReferences?.some((owner) => owner.uid === uid && owner.blockOwnerDeletion))
        return keyOfObject(object)
  return undefined
}

/** LIV-6: a set that is being deleted goes when what it owns has gone, or has been let go. */
export function setEndDebts(scene: Scene, set: StatefulSet): readonly Debt[] {
  const key = keyOfObject(set)
  const foreground = set.metadata.finalizers?.includes(FOREGROUND) === true
  const on = foreground ? dependentOf(scene, set) : undefined
  const seenTo = scene.willLook(COLLECTOR, key)
  const obstacle: Obstacle | undefined = on && !seenTo ? { reason: 'finalizerHolds', on } : undefined
  const itself = scene.debt('LIV-6', key, 'it is being deleted and not gone', seenTo, obstacle)
  if (!foreground) return [itself]
  const pods = listObjects(scene.world.objects, 'Pod', set.metadata.namespace)
  return [
    itself,
    ...pods
      .filter((pod) => controllerOf(pod.metadata)?.uid === set.metadata.uid)
      .map((pod) => leaving(scene, pod, seenTo)),
  ]
}

/** A pod that is to go with its set; `begins` when the collector has yet to look at the set, and will then come to it. */
function leaving(scene: Scene, pod: Pod, begins = false): Debt {
  if (isTerminating(pod)) return scene.goingPod('LIV-6', pod)
  const key = keyOfObject(pod)
  const seenTo = begins || scene.willLook(COLLECTOR, key)
  return scene.debt('LIV-6', key, 'its set is gone and it is not deleted', seenTo)
}

/** LIV-6: pods whose set is gone, and that nobody keeps. */
export const orphanedPodDebts = (scene: Scene): readonly Debt[] =>
  listObjects(scene.world.objects, 'Pod')
    .filter((pod) => isUnowned(scene, pod))
    .map((pod) => leaving(scene, pod))

/** A pod on a node that mentions the claim: it keeps it. */
const userOf = ({ world }: Scene, { metadata: { namespace, name } }: PersistentVolumeClaim): Pod | undefined =>
  listObjects(world.objects, 'Pod', namespace).find(
    (pod) => pod.spec.nodeName !== undefined && claimNames(pod).includes(name),
  )

function claimDebt(scene: Scene, claim: PersistentVolumeClaim): Debt | undefined {
  const key = keyOfObject(claim)
  if (claim.metadata.deletionTimestamp !== undefined) {
    const user = userOf(scene, claim)
    const obstacle: Obstacle | undefined = user && { reason: 'claimInUse', on: keyOfObject(user) }
    return scene.debt('LIV-7', key, 'it is deleted and not gone', scene.willLook('volumeProtection', key), obstacle)
  }
  if (!isUnowned(scene, claim)) return undefined
  return scene.debt('LIV-7', key, 'its owner is gone and it is not deleted', scene.willLook(COLLECTOR, key))
}

/** LIV-7: claims that are to go. */
export const claimDebts = (scene: Scene): readonly Debt[] =>
  listObjects(scene.world.objects, 'PersistentVolumeClaim').flatMap((claim) => claimDebt(scene, claim) ?? [])

const RECORDS = { IPv4: 'A', IPv6: 'AAAA' } as const

/** LIV-8: the name of each Ready pod that the governing Service selects leads to its addresses of the Service's families. */
export function nameDebts(scene: Scene, { metadata: { namespace = '', uid }, spec }: StatefulSet): readonly Debt[] {
  const { world } = scene
  const service = readObject(world.objects, 'Service', namespace, spec.serviceName)
  if (!service || (service.spec.clusterIP ?? 'None') !== 'None') return []
  const busy = scene.isBusy('endpoints') || scene.isBusy('clusterDns')
  return listObjects(world.objects, 'Pod', namespace)
    .filter((pod) => controllerOf(pod.metadata)?.uid === uid && isReady(pod) && !isTerminating(pod))
    .filter(
      (pod) => pod.spec.subdomain === spec.serviceName && matchesLabels(service.spec.selector, pod.metadata.labels),
    )
    .flatMap((pod) => {
      const name = fullName(pod.spec.hostname, spec.serviceName, namespace, world.settings.clusterDomain)
      const isKnown = (service.spec.ipFamilies ?? []).every((family) => {
        const address = podAddress(pod, family)
        return address === undefined || resolve(world, `${name}.`, RECORDS[family]).includes(address)
      })
      return isKnown ? [] : [scene.debt('LIV-8', keyOfObject(pod), `${name} does not lead to it`, busy)]
    })
}
