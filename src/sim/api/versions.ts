/**
 * Which versions of a kind are understood, and how an object of an early version becomes one of the version that is kept.
 * StatefulSet has apps/v1beta1 (1.5) and apps/v1beta2 (1.8), both not served since 1.16; PodDisruptionBudget has
 * policy/v1beta1 (1.5), not served since 1.25. The fields are the same in all of them; what differs is what is filled in
 * when they are left out, and whom an empty selector means.
 * Models: pkg/apis/apps/{v1beta1,v1beta2}/{defaults,conversion}.go, pkg/apis/policy/v1beta1/conversion.go, v1.36.
 */
import { fill, put } from './fill.ts'
import { KINDS } from './kinds.ts'
import type { AnyObject, Kind, PodDisruptionBudget, StatefulSet, UpdateStrategy } from './types.ts'

const EARLY_VERSIONS: { readonly [K in Kind]?: readonly string[] } = {
  PodDisruptionBudget: ['policy/v1beta1'],
  StatefulSet: ['apps/v1beta1', 'apps/v1beta2'],
}

/** The kind when objects of this kind and version can be kept, as they are or converted; else undefined. */
export function understoodKind(kind: string, apiVersion: string): Kind | undefined {
  if (!Object.hasOwn(KINDS, kind)) return undefined
  const known = kind as Kind
  return KINDS[known].apiVersion === apiVersion || isEarlyVersion(kind, apiVersion) ? known : undefined
}

export const isEarlyVersion = (kind: string, apiVersion: string): boolean =>
  EARLY_VERSIONS[kind as Kind]?.includes(apiVersion) ?? false

/**
 * The object in the version that the cluster keeps. Only what an early version fills in otherwise is filled in here; the
 * rest is the same in all versions and is left to the server.
 */
export function inKeptVersion<T extends AnyObject>(object: T): T {
  if (!isEarlyVersion(object.kind, object.apiVersion)) return object
  const kept = { ...object, apiVersion: KINDS[object.kind].apiVersion }
  if (kept.kind === 'PodDisruptionBudget') return withFirstSelector(kept) as T
  return object.apiVersion === 'apps/v1beta1' ? (withFirstDefaults(kept as StatefulSet) as T) : kept
}

/** policy/v1beta1: an empty selector selects no pod at all. */
function withFirstSelector(budget: PodDisruptionBudget): PodDisruptionBudget {
  const { matchLabels = {}, matchExpressions = [] } = budget.spec?.selector ?? {}
  if (!budget.spec?.selector || Object.keys(matchLabels).length > 0 || matchExpressions.length > 0) return budget
  const key = 'pdb.kubernetes.io/deprecated-v1beta1-empty-selector-match'
  return { ...budget, spec: { ...budget.spec, selector: { matchExpressions: [{ key, operator: 'Exists' }] } } }
}

/** apps/v1beta1: the template's labels stand for the set's own and for the selector, and updates wait for deletes. */
function withFirstDefaults(set: StatefulSet): StatefulSet {
  const labels = set.spec?.template?.metadata?.labels
  const strategy = fill(set.spec?.updateStrategy ?? {}, { type: 'OnDelete' })
  const spec = fill(put(set.spec ?? {}, 'updateStrategy', strategy as UpdateStrategy), {
    selector: labels && { matchLabels: labels },
  })
  return { ...set, metadata: fill(set.metadata, { labels }), spec }
}
