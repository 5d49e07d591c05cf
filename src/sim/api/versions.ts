/**
 * Which versions of a kind are understood, and how an object of an early version becomes one of the version that is kept.
 * Only StatefulSet has early versions here: apps/v1beta1 (1.5) and apps/v1beta2 (1.8), both not served since 1.16. The
 * fields are the same in all three; what differs is what is filled in when they are left out.
 * Models: pkg/apis/apps/{v1beta1,v1beta2}/{defaults,conversion}.go, v1.36.
 */
import { fill, put } from './fill.ts'
import { KINDS } from './kinds.ts'
import type { AnyObject, Kind, StatefulSet, UpdateStrategy } from './types.ts'

const EARLY_APPS: readonly string[] = ['apps/v1beta1', 'apps/v1beta2']

/** The kind when objects of this kind and version can be kept, as they are or converted; else undefined. */
export function understoodKind(kind: string, apiVersion: string): Kind | undefined {
  if (!Object.hasOwn(KINDS, kind)) return undefined
  const known = kind as Kind
  return KINDS[known].apiVersion === apiVersion || isEarlyVersion(kind, apiVersion) ? known : undefined
}

export const isEarlyVersion = (kind: string, apiVersion: string): boolean =>
  kind === 'StatefulSet' && EARLY_APPS.includes(apiVersion)

/**
 * The object in the version that the cluster keeps. Only what an early version fills in otherwise is filled in here; the
 * rest is the same in all versions and is left to the server.
 */
export function inKeptVersion<T extends AnyObject>(object: T): T {
  if (!isEarlyVersion(object.kind, object.apiVersion)) return object
  const set = object as StatefulSet
  const kept = { ...set, apiVersion: KINDS.StatefulSet.apiVersion }
  return (set.apiVersion === 'apps/v1beta1' ? withFirstDefaults(kept) : kept) as T
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
