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

const podsBySet = new WeakMap<readonly Pod[], Map<string, readonly number[]>>()

/** Ordinals of all pods that bear the set's name, in order; remembered per list of pods. */
function podOrdinals(pods: readonly Pod[], name: string): readonly number[] {
  const known = podsBySet.get(pods)
  if (known) return known.get(name) ?? []
  const bySet = new Map<string, number[]>()
  for (const { metadata } of pods) {
    const { parent, ordinal } = parentAndOrdinal(metadata.name)
    const list = bySet.get(parent)
    if (list) list.push(ordinal)
    else bySet.set(parent, [ordinal])
  }
  podsBySet.set(pods, bySet)
  return bySet.get(name) ?? []
}

interface Left {
  readonly template: string
  readonly ordinal: number
}

const claimParts = new WeakMap<PersistentVolumeClaim, { readonly parent: string; readonly ordinal: number }>()

function partsOf(claim: PersistentVolumeClaim) {
  const known = claimParts.get(claim)
  if (known) return known
  const parts = parentAndOrdinal(claim.metadata.name)
  claimParts.set(claim, parts)
  return parts
}

/** Some set that exists would call its claim so. */
const belongsTo = ({ metadata, spec }: StatefulSet, claim: string, ordinal: number): boolean =>
  (spec.volumeClaimTemplates ?? []).some(
    (template) => claimNameOf(template.metadata.name, metadata.name, ordinal) === claim,
  )

/** The claims that bear the set's name: by its templates while it is there, by their own names afterwards. */
function claimsOf(world: World, { namespace, name, set }: Member): readonly Left[] {
  const templates = set?.spec.volumeClaimTemplates?.map(({ metadata }) => metadata.name)
  const others = set ? [] : listObjects(world.objects, 'StatefulSet', namespace)
  return listObjects(world.objects, 'PersistentVolumeClaim', namespace).flatMap((claim) => {
    const { parent, ordinal } = partsOf(claim)
    if (ordinal < 0 || !parent.endsWith(`-${name}`)) return []
    const template = parent.slice(0, -name.length - 1)
    const own = templates
      ? templates.includes(template)
      : !others.some((other) => belongsTo(other, claim.metadata.name, ordinal))
    return own ? [{ template, ordinal }] : []
  })
}

const byNumber = (a: number, b: number): number => a - b

export function slotsOf(world: World, member: Member, namedOrdinals: readonly number[]): Slots {
  const { namespace, name, set } = member
  const first = set ? startOrdinal(set) : 0
  const end = set ? endOrdinal(set) : 0
  const claims = claimsOf(world, member)
  const left = new Set([
    ...podOrdinals(listObjects(world.objects, 'Pod', namespace), name),
    ...claims.map(({ ordinal }) => ordinal),
    ...namedOrdinals,
  ])
  return {
    wanted: Array.from({ length: Math.max(0, end - first) }, (_, index) => first + index),
    others: [...left].filter((ordinal) => ordinal < first || ordinal >= end).sort(byNumber),
    templates:
      set?.spec.volumeClaimTemplates?.map(({ metadata }) => metadata.name) ??
      [...new Set(claims.map(({ template }) => template))].sort(),
  }
}
