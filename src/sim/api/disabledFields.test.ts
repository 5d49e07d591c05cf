import { describe, expect, it } from 'vitest'
import { DEFAULT_SETTINGS } from '../index.ts'
import { droppedFields, withoutDisabledFields } from './disabledFields.ts'
import { strategies } from './strategies.ts'
import type { ClusterSettings } from './strategy.ts'
import type { StatefulSet, StatefulSetSpec } from './types.ts'

const OFF = { MaxUnavailableStatefulSet: false, StatefulSetAutoDeletePVC: false, StatefulSetStartOrdinal: false }
const ON = { MaxUnavailableStatefulSet: true, StatefulSetAutoDeletePVC: true, StatefulSetStartOrdinal: true }

const fields = {
  ordinals: { start: 5 },
  persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Delete', whenScaled: 'Delete' },
  updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 1, maxUnavailable: 2 } },
} as const
const bare = { updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 1 } } }

const setOf = (spec: object): StatefulSet =>
  ({
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'web', namespace: 'default' },
    spec: {
      replicas: 1,
      serviceName: 'nginx',
      selector: { matchLabels: { app: 'nginx' } },
      template: { metadata: { labels: { app: 'nginx' } }, spec: { containers: [{ name: 'nginx', image: 'nginx' }] } },
      ...spec,
    },
  }) as unknown as StatefulSet

const kept = (set: StatefulSet) => {
  const { ordinals, persistentVolumeClaimRetentionPolicy: policy, updateStrategy } = set.spec
  return [ordinals !== undefined, policy !== undefined, updateStrategy.rollingUpdate?.maxUnavailable !== undefined]
}

describe('fields whose gate is off', () => {
  it('are dropped on create', () => {
    const set = withoutDisabledFields(setOf(fields), undefined, OFF)
    expect(set.spec).toEqual(setOf(bare).spec)
    expect(droppedFields(fields as unknown as StatefulSetSpec, OFF).map((path) => path.join('.'))).toEqual([
      'spec.updateStrategy.rollingUpdate.maxUnavailable',
      'spec.persistentVolumeClaimRetentionPolicy',
      'spec.ordinals',
    ])
  })

  it('are dropped on update, unless the stored set has them', () => {
    expect(kept(withoutDisabledFields(setOf(fields), setOf(bare), OFF))).toEqual([false, false, false])
    expect(kept(withoutDisabledFields(setOf(fields), setOf(fields), OFF))).toEqual([true, true, true])
  })

  it('stay while the gate is on, in the very same object', () => {
    const set = setOf(fields)
    expect(withoutDisabledFields(set, undefined, ON)).toBe(set)
    expect(droppedFields(set.spec, ON)).toEqual([])
  })
})

describe('a created set keeps [ordinals, retention policy, budget]', () => {
  it.each<[string, ClusterSettings['gates'], readonly boolean[]]>([
    ['1.27', {}, [true, true, false]],
    ['1.30', { StatefulSetStartOrdinal: false }, [false, true, false]],
    ['1.31', { StatefulSetAutoDeletePVC: false }, [true, false, false]],
    ['1.34', { MaxUnavailableStatefulSet: true }, [true, true, true]],
    ['1.35.0', {}, [true, true, true]],
    ['1.36', {}, [true, true, false]],
    ['1.37', {}, [true, true, true]],
    ['1.37', { MaxUnavailableStatefulSet: false }, [true, true, false]],
  ])('in %s with %j: %j', (kubernetes, gates, expected) => {
    const context = {
      settings: { ...DEFAULT_SETTINGS, kubernetes, gates },
      get: () => undefined,
      list: () => [],
    }
    expect(kept(strategies.StatefulSet.prepareForCreate(setOf(fields), context))).toEqual(expected)
  })
})
