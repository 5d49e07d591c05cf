/**
 * IDN-2 and DNS-1: what the rest of the cluster owes a StatefulSet. A pod's object goes only when its processes have
 * ended, so its successor finds the place empty; and names lead to pods that are Ready.
 * Models: pkg/kubelet/status/status_manager.go (canBeDeleted), staging/src/k8s.io/endpointslice/utils.go, v1.36.
 */
import { keyOf, keyOfObject } from '../api/kinds.ts'
import { isReady, isTerminating } from '../api/predicates.ts'
import type { Endpoint, EndpointSlice, Uid } from '../api/types.ts'
import { endpointNamed, SERVICE_LABEL } from '../controllers/endpoints.ts'
import type { Life } from '../controllers/kubeletLife.ts'
import { lifeKey, processesOf } from '../controllers/kubeletLife.ts'
import { podGc } from '../controllers/podGc.ts'
import { listObjects, readObject } from '../kernel/apiServer.ts'
import { difference } from '../kernel/difference.ts'
import { get } from '../kernel/sorted.ts'
import type { Rule, Step, World } from '../kernel/types.ts'
import type { Findings } from './findings.ts'
import { stepRule } from './findings.ts'

/** What the kubelet notes about a pod object, or undefined once it has nothing of it any more. */
export const lifeOf = (world: World, key: string): Life | undefined =>
  get(world.memories, `kubelet|${key}`) as Life | undefined

const oneProcess = stepRule('IDN-2', ({ changes, after: world }, findings) => {
  for (const { before, after, by } of changes) {
    // A person may force it, or give up a node, for which the collector then does; everybody else waits for the node.
    if (before?.kind !== 'Pod' || after || by === 'user' || by === podGc.name) continue
    // A pod that is given no time to end is deleted by force, whoever deletes it.
    if (before.spec.terminationGracePeriodSeconds === 0) continue
    const life = lifeOf(world, lifeKey(before))
    findings.expect(
      !life || processesOf(life) === 0,
      keyOfObject(before),
      () => `${before.metadata.name} was removed while its containers ran`,
    )
  }
})

/** The endpoints that the slice calls ready and did not before. What both share is passed by. */
function newlyReady(before: EndpointSlice | undefined, { endpoints }: EndpointSlice): readonly Endpoint[] {
  const old = before?.endpoints ?? []
  const { from, end } = difference(old, endpoints)
  return endpoints.slice(from, end).filter(({ conditions: { ready }, targetRef }) => {
    return ready && !old.some((known) => known.conditions.ready && known.targetRef?.uid === targetRef?.uid)
  })
}

function endpointsFollowPods({ changes, before: observed }: Step, findings: Findings): void {
  for (const { before, after } of changes) {
    if (after?.kind !== 'EndpointSlice') continue
    const { namespace, labels } = after.metadata
    const service = readObject(observed.objects, 'Service', namespace, labels?.[SERVICE_LABEL] ?? '')
    if (service?.spec.publishNotReadyAddresses) continue
    for (const { targetRef } of newlyReady(before?.kind === 'EndpointSlice' ? before : undefined, after)) {
      if (!targetRef) continue
      const pod = readObject(observed.objects, 'Pod', targetRef.namespace, targetRef.name)
      findings.expect(
        pod?.metadata.uid === targetRef.uid && isReady(pod) && !isTerminating(pod),
        keyOf('Pod', targetRef.namespace, targetRef.name),
        () => `${targetRef.name} became a ready endpoint without being Ready`,
      )
    }
  }
}

const isReadyAt = (endpoint: Endpoint | undefined, uid: Uid): boolean =>
  endpoint?.conditions.ready === true && endpoint.targetRef?.uid === uid

function namesFollowEndpoints({ facts, before: observed }: Step, findings: Findings): void {
  for (const { type, kind, namespace, name, uid } of facts) {
    if (type !== 'namePublished' || kind !== 'Pod') continue
    const slices = listObjects(observed.objects, 'EndpointSlice', namespace)
    findings.expect(
      slices.some(({ endpoints }) => isReadyAt(endpointNamed(endpoints, name), uid)),
      keyOf('Pod', namespace, name),
      () => `a name of ${name} was published, which is no ready endpoint`,
    )
  }
}

const readyNames = stepRule('DNS-1', (step, findings) => {
  endpointsFollowPods(step, findings)
  namesFollowEndpoints(step, findings)
})

export const CLUSTER: readonly Rule[] = [oneProcess, readyNames]
