/**
 * The picture of a world: the set in focus with its columns, which other sets there are, and the nodes. Plain data, made
 * anew for every world; parts in which nothing changed are the very same objects as in the picture before.
 */
import { parentAndOrdinal } from '../api/identity.ts'
import type { ObjectKey } from '../api/kinds.ts'
import { controllerOf, keyOf, partsOfKey } from '../api/kinds.ts'
import type { Node, StatefulSet } from '../api/types.ts'
import { listObjects, readObject } from '../kernel/apiServer.ts'
import type { World } from '../kernel/types.ts'
import { shelfOf } from './kept.ts'
import { setPictureOf } from './pictureSet.ts'
import type { Member } from './slots.ts'
import type { Picture, RevisionOrder } from './types.ts'

/** The set with a claim template that makes this claim's name. */
function setOfClaim(world: World, namespace: string, claim: string): string | undefined {
  const { parent } = parentAndOrdinal(claim)
  return listObjects(world.objects, 'StatefulSet', namespace).find(({ metadata, spec }) =>
    spec.volumeClaimTemplates?.some((template) => parent === `${template.metadata.name}-${metadata.name}`),
  )?.metadata.name
}

/** The set that an object belongs to: its pods, claims, revisions, its Service; undefined for what belongs to none. */
export function setOf(world: World, key: ObjectKey): ObjectKey | undefined {
  const { kind, namespace, name } = partsOfKey(key)
  const named = (set: string | undefined) => (set ? keyOf('StatefulSet', namespace, set) : undefined)
  switch (kind) {
    case 'StatefulSet':
      return key
    case 'Pod': {
      const pod = readObject(world.objects, 'Pod', namespace, name)
      const owner = pod && controllerOf(pod.metadata)
      return named(owner?.kind === 'StatefulSet' ? owner.name : parentAndOrdinal(name).parent)
    }
    case 'PersistentVolumeClaim':
      return named(setOfClaim(world, namespace, name))
    case 'ControllerRevision': {
      const revision = readObject(world.objects, 'ControllerRevision', namespace, name)
      return named(revision && controllerOf(revision.metadata)?.name)
    }
    case 'Service': {
      const sets = listObjects(world.objects, 'StatefulSet', namespace)
      return named(sets.find(({ spec }) => spec.serviceName === name)?.metadata.name)
    }
    default:
      return undefined
  }
}

const entryOf = ({ metadata: { namespace = 'default', name } }: StatefulSet) => ({
  key: keyOf('StatefulSet', namespace, name),
  name,
  namespace,
})

/** The set to be drawn: the one in focus, there or gone; else the first. */
function memberOf(world: World, focus: ObjectKey | undefined): Member | undefined {
  const key = focus && setOf(world, focus)
  if (key) {
    const { namespace, name } = partsOfKey(key)
    return { namespace, name, set: readObject(world.objects, 'StatefulSet', namespace, name) }
  }
  const [set] = listObjects(world.objects, 'StatefulSet')
  return set && { namespace: set.metadata.namespace ?? 'default', name: set.metadata.name, set }
}

function nodesOf(world: World): Picture['nodes'] {
  const pods = new Map<string, number>()
  for (const { spec } of listObjects(world.objects, 'Pod'))
    if (spec.nodeName !== undefined) pods.set(spec.nodeName, (pods.get(spec.nodeName) ?? 0) + 1)
  return listObjects(world.objects, 'Node').map(({ metadata, status }: Node) => ({
    name: metadata.name,
    ready: status.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True') ?? false,
    pods: pods.get(metadata.name) ?? 0,
  }))
}

export interface PictureOptions {
  /** The set to draw, or an object of it. It may be gone: what it left is drawn. */
  readonly focus?: ObjectKey
  readonly order: RevisionOrder
}

export function pictureOf(world: World, { focus, order }: PictureOptions): Picture {
  const shelf = shelfOf(world)
  const member = memberOf(world, focus)
  const set = member && setPictureOf(world, member, order)
  return {
    now: world.now,
    sets: shelf.sets.by([world.objects.StatefulSet], () => listObjects(world.objects, 'StatefulSet').map(entryOf)),
    ...(set && { set }),
    nodes: shelf.nodes.by([world.objects.Pod, world.objects.Node], () => nodesOf(world)),
  }
}
