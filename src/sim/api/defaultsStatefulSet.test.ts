// What each version of the API fills in where little is said. Recordings of the real defaulting, field by field, are
// replayed in conformance/conformance.test.ts.
import { describe, expect, it } from 'vitest'
import type { AppsVersion } from './defaultsStatefulSet.ts'
import { defaultStatefulSet, storedStatefulSet } from './defaultsStatefulSet.ts'
import type { StatefulSet } from './types.ts'
import { inKeptVersion } from './versions.ts'

const sent = (apiVersion: AppsVersion, spec: object = {}): StatefulSet =>
  ({
    apiVersion,
    kind: 'StatefulSet',
    metadata: { name: 'web', namespace: 'default' },
    spec: {
      serviceName: 'nginx',
      template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'nginx', image: 'nginx' }] } },
      ...spec,
    },
  }) as never

const OFF = { MaxUnavailableStatefulSet: false }
const ON = { MaxUnavailableStatefulSet: true }

describe('an update strategy that is not given', () => {
  it.each([
    ['apps/v1', OFF, { type: 'RollingUpdate', rollingUpdate: { partition: 0 } }],
    ['apps/v1', ON, { type: 'RollingUpdate', rollingUpdate: { partition: 0, maxUnavailable: 1 } }],
    ['apps/v1beta2', OFF, { type: 'RollingUpdate', rollingUpdate: { partition: 0 } }],
    ['apps/v1beta1', ON, { type: 'OnDelete' }],
  ] as const)('is in %s with %j', (version, gates, strategy) => {
    expect(defaultStatefulSet(sent(version), version, gates).spec.updateStrategy).toEqual(strategy)
    expect(storedStatefulSet(inKeptVersion(sent(version)), gates).spec.updateStrategy).toEqual(strategy)
  })
})

it('takes labels and selector from the template in v1beta1 only', () => {
  for (const version of ['apps/v1', 'apps/v1beta2', 'apps/v1beta1'] as const) {
    const { metadata, spec } = storedStatefulSet(inKeptVersion(sent(version)), OFF)
    const early = version === 'apps/v1beta1'
    expect(metadata.labels).toEqual(early ? { app: 'web' } : undefined)
    expect(spec.selector).toEqual(early ? { matchLabels: { app: 'web' } } : undefined)
  }
})

it('gives back the very same object where nothing is to be filled in', () => {
  const claim = { metadata: { name: 'www' }, spec: { accessModes: ['ReadWriteOnce'] } }
  const stored = storedStatefulSet(sent('apps/v1', { volumeClaimTemplates: [claim] }), ON)
  expect(stored.spec.volumeClaimTemplates).toMatchObject([{ apiVersion: 'v1', kind: 'PersistentVolumeClaim' }])
  expect(storedStatefulSet(stored, ON)).toBe(stored)
})

it('stores a zero that says nothing as if it were not written, wherever the API leaves it out', () => {
  const containers = (probe: object, mount: object) => [
    { name: 'nginx', image: 'nginx', readinessProbe: { periodSeconds: 5, ...probe }, volumeMounts: [mount] },
  ]
  const spec = (more: object, probe: object, readOnly: object) => ({
    ...more,
    template: {
      metadata: { labels: { app: 'web' } },
      spec: { containers: containers(probe, { name: 'www', mountPath: '/www', ...readOnly }) },
    },
  })
  const silent = storedStatefulSet(sent('apps/v1', spec({}, {}, {})), OFF)
  const zeros = spec({ minReadySeconds: 0 }, { initialDelaySeconds: 0 }, { readOnly: false })
  expect(storedStatefulSet(sent('apps/v1', zeros), OFF)).toEqual(silent)
  const said = storedStatefulSet(
    sent(
      'apps/v1',
      spec({ minReadySeconds: 1, revisionHistoryLimit: 0 }, { initialDelaySeconds: 2 }, { readOnly: true }),
    ),
    OFF,
  )
  expect(said.spec).toMatchObject({ minReadySeconds: 1, revisionHistoryLimit: 0 })
  expect(said.spec.template.spec.containers[0]).toMatchObject({
    readinessProbe: { initialDelaySeconds: 2 },
    volumeMounts: [{ readOnly: true }],
  })
})
