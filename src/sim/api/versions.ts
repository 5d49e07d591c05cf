/**
 * Which versions of a kind are understood, and how an object of an early version becomes one of the version that is kept.
 * Only StatefulSet has early versions here: apps/v1beta1 (1.5) and apps/v1beta2 (1.8), both not served since 1.16. The
 * fields are the same in all three; what differs is what is filled in when they are left out.
 * Models: pkg/apis/apps/{v1beta1,v1beta2}/{defaults,conversion}.go, v1.36.
 */
import type { AppsVersion } from './defaultsStatefulSet.ts'
import { defaultStatefulSet } from './defaultsStatefulSet.ts'
import { KINDS } from './kinds.ts'
import type { ClusterSettings } from './strategy.ts'
import type { AnyObject, Kind, StatefulSet } from './types.ts'

const EARLY_APPS: readonly string[] = ['apps/v1beta1', 'apps/v1beta2']

/** The kind when objects of this kind and version can be kept, as they are or converted; else undefined. */
export function understoodKind(kind: string, apiVersion: string): Kind | undefined {
  if (!Object.hasOwn(KINDS, kind)) return undefined
  const known = kind as Kind
  return KINDS[known].apiVersion === apiVersion || isEarlyVersion(kind, apiVersion) ? known : undefined
}

export const isEarlyVersion = (kind: string, apiVersion: string): boolean =>
  kind === 'StatefulSet' && EARLY_APPS.includes(apiVersion)

/** The object in the version that the cluster keeps, filled in by the rules of the version that it was written in. */
export function inKeptVersion<T extends AnyObject>(object: T, settings: Pick<ClusterSettings, 'gates'>): T {
  if (!isEarlyVersion(object.kind, object.apiVersion)) return object
  const early = defaultStatefulSet(object as StatefulSet, object.apiVersion as AppsVersion, settings.gates)
  return { ...early, apiVersion: KINDS.StatefulSet.apiVersion } as T
}
