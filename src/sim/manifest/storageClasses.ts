/**
 * Storage classes as old manifests name them, and classes that a manifest names but no cluster has.
 * In 2017 a claim said by annotation which class it wanted: `volume.beta.…` names one, which still counts today;
 * `volume.alpha.…` asked for any provisioner at all, whatever its value, which today is the default class.
 */
import { ALPHA_CLASS_ANNOTATION, BETA_CLASS_ANNOTATION, classNameOf } from '../api/defaultsStorage.ts'
import type { Path } from '../api/shapes.ts'
import type { AnyObject, ClaimTemplate, PersistentVolumeClaim, StatefulSet, StorageClass } from '../api/types.ts'

type Claim = Pick<PersistentVolumeClaim, 'metadata' | 'spec'> | ClaimTemplate

/** A claim or claim template in an object, with its path there. */
interface FoundClaim {
  readonly claim: Claim
  readonly path: Path
}

export function claimsIn(object: AnyObject): readonly FoundClaim[] {
  if (object.kind === 'PersistentVolumeClaim') return [{ claim: object, path: [] }]
  if (object.kind !== 'StatefulSet') return []
  return (object.spec.volumeClaimTemplates ?? []).map((claim, index) => ({
    claim,
    path: ['spec', 'volumeClaimTemplates', index],
  }))
}

/** The old annotation of a claim, if it has one, with its meaning. */
export function oldAnnotation({ metadata }: Claim): { annotation: string; value: string; any: boolean } | undefined {
  const annotations = metadata?.annotations
  const beta = annotations?.[BETA_CLASS_ANNOTATION]
  if (beta !== undefined) return { annotation: BETA_CLASS_ANNOTATION, value: beta, any: false }
  const alpha = annotations?.[ALPHA_CLASS_ANNOTATION]
  return alpha === undefined ? undefined : { annotation: ALPHA_CLASS_ANNOTATION, value: alpha, any: true }
}

export const wantedClass = (claim: Claim): string | undefined => classNameOf(claim as PersistentVolumeClaim)

function withClassField<T extends Claim>(claim: T): T {
  const named = claim.metadata?.annotations?.[BETA_CLASS_ANNOTATION]
  return named === undefined || claim.spec?.storageClassName !== undefined
    ? claim
    : { ...claim, spec: { ...claim.spec, storageClassName: named } }
}

/** The object with the class of its claims in the field of today besides the annotation, so that everybody sees it. */
export function withClassFields(object: AnyObject): AnyObject {
  if (object.kind === 'PersistentVolumeClaim') return withClassField(object)
  const templates = object.kind === 'StatefulSet' ? object.spec?.volumeClaimTemplates : undefined
  if (!templates) return object
  const { spec } = object as StatefulSet
  return { ...object, spec: { ...spec, volumeClaimTemplates: templates.map(withClassField) } } as StatefulSet
}

/** A class of that name with the default provisioner, as a client would send it. */
export const providedClass = (name: string, provisioner: string): StorageClass =>
  ({ apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name }, provisioner }) as StorageClass
