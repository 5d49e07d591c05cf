/** A set as a whole: its counters, its revisions, its Service and its controller. */
import { partitionOf, startOrdinal } from '../api/identity.ts'
import { keyOf } from '../api/kinds.ts'
import type { Service, StatefulSet } from '../api/types.ts'
import { listObjects, readObject } from '../kernel/apiServer.ts'
import type { World } from '../kernel/types.ts'
import { shelfOf } from './kept.ts'
import type { Ground } from './pictureColumns.ts'
import { columnsOf } from './pictureColumns.ts'
import { markOf } from './revisionMarks.ts'
import type { Member } from './slots.ts'
import { controllerPictureOf, looksOf } from './syncNotes.ts'
import type { ColumnPicture, RevisionOrder, ServicePicture, SetPicture } from './types.ts'

/** The governing Service's name; of a set that is gone, what its pods say, else the namespace's only headless Service. */
function serviceNameOf(world: World, { namespace, name, set }: Member): string {
  if (set) return set.spec.serviceName
  const pods = listObjects(world.objects, 'Pod', namespace)
  const pod = pods.find(({ metadata, spec }) => spec.subdomain && metadata.name.startsWith(`${name}-`))
  if (pod?.spec.subdomain) return pod.spec.subdomain
  const headless = listObjects(world.objects, 'Service', namespace).filter(({ spec }) => spec.clusterIP === 'None')
  return headless.length === 1 ? (headless[0] as Service).metadata.name : ''
}

const selectorText = (service: Service | undefined): string =>
  Object.entries(service?.spec.selector ?? {})
    .map(([label, value]) => `${label}=${value}`)
    .join(',')

function servicePictureOf(
  { world, member, service: name, shelf }: Ground,
  columns: readonly ColumnPicture[],
): ServicePicture {
  const { namespace } = member
  const service = readObject(world.objects, 'Service', namespace, name)
  const clusterIP = service?.spec.clusterIP
  const wanted = columns.filter(({ place }) => place === 'wanted')
  return shelf.service.as({
    key: keyOf('Service', namespace, name),
    name,
    exists: service !== undefined,
    headless: clusterIP === 'None',
    ...(clusterIP !== undefined && { clusterIP }),
    selector: selectorText(service),
    suffix: `.${name}.${namespace}.svc.${world.settings.clusterDomain}`,
    published: columns.filter((column) => column.name.state === 'published').length,
    names: wanted.length,
  })
}

/** How many of the wanted ordinals the rolling update means to reach. */
function reachOf(set: StatefulSet): number {
  const { replicas, updateStrategy } = set.spec
  return updateStrategy.type === 'OnDelete' ? 0 : Math.max(0, replicas - partitionOf(set))
}

/** What is asked of a set; of one that is gone nothing. */
function wishesOf(set: StatefulSet | undefined) {
  return {
    exists: set !== undefined,
    deleting: set?.metadata.deletionTimestamp !== undefined,
    desired: set?.spec.replicas ?? 0,
    policy: set?.spec.podManagementPolicy ?? 'OrderedReady',
    strategy: set?.spec.updateStrategy.type ?? 'RollingUpdate',
    partition: set ? partitionOf(set) : 0,
    startOrdinal: set ? startOrdinal(set) : 0,
    minReadySeconds: set?.spec.minReadySeconds ?? 0,
    toUpdate: set ? reachOf(set) : 0,
    image: set?.spec.template.spec.containers[0]?.image ?? '',
  } as const
}

function countersOf({ world, member }: Ground, order: RevisionOrder) {
  const status = member.set?.status
  const { currentRevision, updateRevision } = status ?? {}
  const pods = member.set ? 0 : listObjects(world.objects, 'Pod', member.namespace).filter(isLeftOf(member)).length
  return {
    replicas: status?.replicas ?? pods,
    ready: status?.readyReplicas ?? 0,
    available: status?.availableReplicas ?? 0,
    updated: status?.updatedReplicas ?? 0,
    rolling: currentRevision !== updateRevision,
    ...(currentRevision && { current: markOf(order, currentRevision) }),
    ...(updateRevision && { update: markOf(order, updateRevision) }),
  }
}

const isLeftOf =
  ({ name }: Member) =>
  ({ metadata }: { readonly metadata: { readonly name: string } }): boolean =>
    metadata.name.startsWith(`${name}-`) && /^\d+$/.test(metadata.name.slice(name.length + 1))

export function setPictureOf(world: World, member: Member, order: RevisionOrder): SetPicture {
  const { namespace, name, set } = member
  const key = keyOf('StatefulSet', namespace, name)
  const looks = looksOf(world, key)
  const run = shelfOf(world)
  const shelf = run.of(member)
  const ground: Ground = { world, member, service: serviceNameOf(world, member), order, looks, run, shelf }
  const columns = columnsOf(ground)
  const service = servicePictureOf(ground, columns)
  const controller = shelf.controller.as(controllerPictureOf(world, key, looks))
  return shelf.picture.as({
    key,
    name,
    namespace,
    ...wishesOf(set),
    ...countersOf(ground, order),
    service,
    controller,
    columns,
  })
}
