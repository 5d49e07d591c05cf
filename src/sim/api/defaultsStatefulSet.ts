/**
 * What the API server fills into a StatefulSet, by the version of the API that it came through.
 * Models: pkg/apis/apps/{v1,v1beta1,v1beta2}/defaults.go, v1.36.
 */

import { defaultPodTemplate } from './defaultsPod.ts'
import { defaultClaimSpec } from './defaultsStorage.ts'
import { fill, mapSame, put, withoutZeros } from './fill.ts'
import type { Switches } from './switches.ts'
import type { ClaimTemplate, StatefulSet, StatefulSetSpec, UpdateStrategy } from './types.ts'

export type AppsVersion = 'apps/v1' | 'apps/v1beta1' | 'apps/v1beta2'

/** What defaulting depends on besides the object. */
type Gates = Pick<Switches, 'MaxUnavailableStatefulSet'>

/** A block that is written gets its numbers; a type that is written without a block stays without one. */
function defaultStrategy(given: UpdateStrategy | undefined, version: AppsVersion, gates: Gates): UpdateStrategy {
  const type = given?.type ?? (version === 'apps/v1beta1' ? 'OnDelete' : 'RollingUpdate')
  const strategy: UpdateStrategy = given?.type === undefined ? { ...given, type } : given
  const block =
    strategy.rollingUpdate ??
    (given?.type === undefined && version !== 'apps/v1beta1' && type === 'RollingUpdate' ? {} : undefined)
  if (block === undefined || type !== 'RollingUpdate') return strategy
  return put(
    strategy,
    'rollingUpdate',
    fill(block, { partition: 0, maxUnavailable: gates.MaxUnavailableStatefulSet ? 1 : undefined }),
  )
}

function defaultClaimTemplate(template: ClaimTemplate): ClaimTemplate {
  const filled = fill(template, { status: { phase: 'Pending' } })
  return put(filled, 'spec', defaultClaimSpec(filled.spec ?? {}))
}

const RETAIN = { whenDeleted: 'Retain', whenScaled: 'Retain' } as const

export function defaultStatefulSetSpec(given: StatefulSetSpec, version: AppsVersion, gates: Gates): StatefulSetSpec {
  const labels = given.template?.metadata?.labels
  let spec = fill(withoutZeros(given, ['minReadySeconds']), {
    replicas: 1,
    podManagementPolicy: 'OrderedReady',
    revisionHistoryLimit: 10,
    persistentVolumeClaimRetentionPolicy: RETAIN,
    selector: version === 'apps/v1beta1' && labels ? { matchLabels: labels } : undefined,
    template: {},
  })
  if (spec.persistentVolumeClaimRetentionPolicy)
    spec = put(spec, 'persistentVolumeClaimRetentionPolicy', fill(spec.persistentVolumeClaimRetentionPolicy, RETAIN))
  spec = put(spec, 'updateStrategy', defaultStrategy(spec.updateStrategy, version, gates))
  spec = put(spec, 'template', defaultPodTemplate(spec.template))
  if (spec.volumeClaimTemplates)
    spec = put(spec, 'volumeClaimTemplates', mapSame(spec.volumeClaimTemplates, defaultClaimTemplate))
  return spec
}

/** The set as that version of the API shows it. The status is left alone. */
export function defaultStatefulSet(set: StatefulSet, version: AppsVersion, gates: Gates): StatefulSet {
  const spec = defaultStatefulSetSpec(set.spec ?? ({} as StatefulSetSpec), version, gates)
  const filled = put(set, 'spec', spec)
  const labels = spec.template.metadata?.labels
  if (version !== 'apps/v1beta1' || !labels || filled.metadata.labels) return filled
  return { ...filled, metadata: { ...filled.metadata, labels } }
}

/** The set as apps/v1 stores and prints it: filled in, and each claim template named as the claim that it is. */
export function storedStatefulSet(given: StatefulSet, gates: Gates): StatefulSet {
  const set = defaultStatefulSet(given, 'apps/v1', gates)
  const templates = set.spec.volumeClaimTemplates
  if (!templates) return set
  const named = mapSame(templates, (template) => fill(template, { apiVersion: 'v1', kind: 'PersistentVolumeClaim' }))
  return put(set, 'spec', put(set.spec, 'volumeClaimTemplates', named))
}
