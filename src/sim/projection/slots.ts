/**
 * Which slots a set has on the screen: the wanted ordinals, whether a pod is there or not, and after them every other one
 * of which a pod, a claim or a name is left. The same for a set that is gone, as far as what it left tells.
 */
import { claimNameOf, endOrdinal, parentAndOrdinal, startOrdinal } from '../api/identity.ts'
import type { PersistentVolumeClaim, Pod, StatefulSet } from '../api/types.ts'
import { listObjects } from '../kernel/apiServer.ts'
import type { World } from '../kernel/types.ts'

/** A set by name, there or gone. */
export interface Member {
  readonly namespace: string
  readonly name: string
  readonly set: StatefulSet | undefined
}

export interface Slots {
  /** Ordinals in drawing order: the wanted ones, then the others. */
  readonly wanted: readonly number[]
  readonly others: readonly number[]
  /** Names of the claim templates, in the set's order; those of the claims left when the set is gone. */
  readonly templates: readonly string[]
}

type Parts = ReturnType<typeof parentAndOrdinal>

const parts = new WeakMap<Pod | PersistentVolumeClaim, Parts>()

function partsOf(object: Pod | PersistentVolumeClaim): Parts {
  const known = parts.get(object)
  if (known) return known
  const found = parentAndOrdinal(object.metadata.name)
  parts.set(object, found)
  return found
}

/** Some set that exists would call its claim so. */
const belongsTo = ({ metadata, spec }: StatefulSet, claim: string, ordinal: number): boolean =>
  (spec.volumeClaimTemplates ?? []).some(
    (template) => claimNameOf(template.metadata.name, metadata.name, ordinal) === claim,
  )

interface Left {
  readonly templates: readonly string[]
  readonly ordinals: readonly number[]
}

const templatesOf = (set: StatefulSet): readonly string[] =>
  (set.spec.volumeClaimTemplates ?? []).map(({ metadata }) => metadata.name)

/** The claims that bear the set's name: by its templates while it is there, by their own names afterwards. */
function claimsLeft(world: World, { namespace, name, set }: Member): Left {
  const own = set && templatesOf(set)
  const others = set ? [] : listObjects(world.objects, 'StatefulSet', namespace)
  const templates = new Set(own)
  const ordinals: number[] = []
  for (const claim of listObjects(world.objects, 'PersistentVolumeClaim', namespace)) {
    const { parent, ordinal } = partsOf(claim)
    if (ordinal < 0 || !parent.endsWith(name) || !parent.endsWith(`-${name}`)) continue
    const template = parent.slice(0, -name.length - 1)
    if (own ? !templates.has(template) : others.some((other) => belongsTo(other, claim.metadata.name, ordinal)))
      continue
    templates.add(template)
    ordinals.push(ordinal)
  }
  return { templates: own ?? [...templates].sort(), ordinals }
}

/** Ordinals of all pods that bear the set's name. */
function podsLeft(world: World, { namespace, name }: Member): readonly number[] {
  const found: number[] = []
  for (const pod of listObjects(world.objects, 'Pod', namespace)) {
    const { parent, ordinal } = partsOf(pod)
    if (parent === name) found.push(ordinal)
  }
  return found
}

export function slotsOf(world: World, member: Member, namedOrdinals: readonly number[]): Slots {
  const { set } = member
  const first = set ? startOrdinal(set) : 0
  const end = set ? endOrdinal(set) : 0
  const { templates, ordinals } = claimsLeft(world, member)
  const others = new Set<number>()
  for (const left of [podsLeft(world, member), ordinals, namedOrdinals])
    for (const ordinal of left) if (ordinal < first || ordinal >= end) others.add(ordinal)
  return {
    wanted: Array.from({ length: Math.max(0, end - first) }, (_, index) => first + index),
    others: [...others].sort((a, b) => a - b),
    templates,
  }
}
