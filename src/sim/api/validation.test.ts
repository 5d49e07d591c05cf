/** Corners of validation that no whole object of `strategies.test.ts` reaches. */
import { describe, expect, it } from 'vitest'
import { defaultPodSpec } from './defaultsPod.ts'
import type { Container, PersistentVolumeClaim, PodSpec, Service, StatefulSet } from './types.ts'
import { dnsLabel, labelValue } from './validationFormats.ts'
import { duplicates, validateMeta, validateSelector } from './validationMeta.ts'
import { validatePodSpec } from './validationPod.ts'
import { validateService } from './validationService.ts'
import { validateStatefulSetUpdate } from './validationStatefulSet.ts'
import { validateClaimUpdate } from './validationStorage.ts'

const texts = (errors: readonly { field: string; message: string }[]) =>
  errors.map(({ field, message }) => `${field}: ${message}`)

const FREE = { historyLimitIsMutable: true }

describe('formats', () => {
  it('count bytes, not characters', () => {
    expect(labelValue('ü'.repeat(32))[0]).toBe('must be no more than 63 bytes')
    expect(labelValue('☃'.repeat(22))[0]).toBe('must be no more than 63 bytes')
    expect(dnsLabel('a'.repeat(63))).toEqual([])
  })
})

describe('metadata', () => {
  const meta = (metadata: object) =>
    texts(
      validateMeta(
        { kind: 'ConfigMap', metadata: { name: 'm', namespace: 'default', ...metadata } } as never,
        dnsLabel,
      ),
    )
  const owner = (name: string) => ({ apiVersion: 'v1', kind: 'Pod', name, uid: name, controller: true })

  it('has one controller at most, and owners that are named', () => {
    expect(meta({ ownerReferences: [owner('a'), { ...owner('b'), controller: false }] })).toEqual([])
    expect(meta({ ownerReferences: [owner('a'), owner('b')] })).toEqual([
      expect.stringContaining(
        'Only one reference can have Controller set to true. Found "true" in references for a and b',
      ),
    ])
    expect(meta({ ownerReferences: [{ ...owner('a'), uid: '' }] })).toEqual([
      'metadata.ownerReferences[0].uid: Invalid value: "": must not be empty',
    ])
  })

  it('may carry the finalizers of deletion', () => {
    expect(meta({ finalizers: ['orphan', 'foregroundDeletion', 'example.com/x'] })).toEqual([])
  })

  it('has selectors whose operators and values fit together', () => {
    const requirement = (operator: string, values?: string[]) =>
      texts(validateSelector({ matchExpressions: [{ key: 'a', operator, values }] } as never, 's'))
    expect(requirement('In', ['b'])).toEqual([])
    expect(requirement('In')).toEqual([
      "s.matchExpressions[0].values: Required value: must be specified when `operator` is 'In' or 'NotIn'",
    ])
    expect(requirement('Exists', ['b'])).toEqual([
      "s.matchExpressions[0].values: Forbidden: may not be specified when `operator` is 'Exists' or 'DoesNotExist'",
    ])
    expect(requirement('Like')).toEqual([
      's.matchExpressions[0].operator: Invalid value: "Like": not a valid selector operator',
    ])
  })

  it('finds what occurs twice', () => {
    expect(texts(duplicates(['a', undefined, 'b', 'a', ''], (index) => `x[${index}]`))).toEqual([
      'x[3]: Duplicate value: "a"',
    ])
  })
})

describe('pods', () => {
  const check = (spec: object) => texts(validatePodSpec(defaultPodSpec(spec as PodSpec), 'spec'))
  const container = { name: 'a', image: 'a' }

  it('names no container, port or volume twice', () => {
    expect(check({ containers: [container, container] })).toEqual(['spec.containers[1].name: Duplicate value: "a"'])
    expect(check({ containers: [container], initContainers: [container] })).toEqual([
      'spec.initContainers[0].name: Duplicate value: "a"',
    ])
    const ports = [
      { name: 'web', containerPort: 80 },
      { name: 'web', containerPort: 81 },
    ]
    expect(check({ containers: [{ ...container, ports }] })).toEqual([
      'spec.containers[0].ports[1].name: Duplicate value: "web"',
    ])
  })

  it('has hooks and probes on init containers only where these stay', () => {
    const withInit = (more: object) =>
      check({ containers: [container], initContainers: [{ ...container, name: 'b', ...more }] })
    const hooks = { lifecycle: { preStop: {} }, startupProbe: { exec: { command: ['true'] }, successThreshold: 1 } }
    const notHere = 'Forbidden: may not be set for init containers without restartPolicy=Always'
    expect(withInit(hooks)).toEqual([
      'spec.initContainers[0].lifecycle.preStop: Required value: must specify a handler type',
      `spec.initContainers[0].lifecycle: ${notHere}`,
      `spec.initContainers[0].startupProbe: ${notHere}`,
    ])
    const sleeping = { ...hooks, lifecycle: { preStop: { sleep: { seconds: 31 } } }, restartPolicy: 'Always' }
    expect(withInit(sleeping)).toEqual([
      'spec.initContainers[0].lifecycle.preStop.sleep.seconds: Invalid value: 31: must be non-negative and less than terminationGracePeriodSeconds (30)',
    ])
    expect(withInit({ restartPolicy: 'Sometimes' })).toEqual([
      'spec.initContainers[0].restartPolicy: Unsupported value: "Sometimes": supported values: "Always", "Never", "OnFailure"',
    ])
  })

  it('mounts each path once, and only volumes that are there, also when it shares its containers', () => {
    const volumeMounts = [
      { name: 'v', mountPath: '/x' },
      { name: 'v', mountPath: '/x' },
    ]
    expect(check({ containers: [{ ...container, volumeMounts }], volumes: [{ name: 'v' }] })).toEqual([
      'spec.containers[0].volumeMounts[1].mountPath: Invalid value: "/x": must be unique',
    ])
    const shared: readonly Container[] = [{ ...container, volumeMounts: [{ name: 'v', mountPath: '/x' }] }]
    expect(check({ containers: shared, volumes: [{ name: 'v' }] })).toEqual([])
    expect(check({ containers: shared })).toEqual(['spec.containers[0].volumeMounts[0].name: Not found: "v"'])
  })

  it('probes with one handler, and counts one success for what restarts containers', () => {
    const probe = { exec: { command: ['true'] }, successThreshold: 2 }
    expect(check({ containers: [{ ...container, readinessProbe: probe }] })).toEqual([])
    const grace = { exec: { command: ['true'] }, successThreshold: 1, terminationGracePeriodSeconds: 0 }
    expect(check({ containers: [{ ...container, livenessProbe: grace, readinessProbe: grace }] })).toEqual([
      'spec.containers[0].livenessProbe.terminationGracePeriodSeconds: Invalid value: 0: must be greater than 0',
      'spec.containers[0].readinessProbe.terminationGracePeriodSeconds: Invalid value: 0: must not be set for readinessProbes',
    ])
    expect(check({ containers: [{ ...container, livenessProbe: probe }] })).toEqual([
      'spec.containers[0].livenessProbe.successThreshold: Invalid value: 2: must be 1',
    ])
    const both = { exec: { command: ['true'] }, tcpSocket: { port: 80 } }
    expect(check({ containers: [{ ...container, readinessProbe: both }] })).toEqual([
      'spec.containers[0].readinessProbe.tcpSocket: Forbidden: may not specify more than 1 handler type',
    ])
  })
})

describe('updates', () => {
  it('of a set do not ask again for a service name that is stored', () => {
    const set = (replicas: number, name = 'web') =>
      ({
        kind: 'StatefulSet',
        metadata: { name, namespace: 'default' },
        spec: {
          replicas,
          serviceName: 'Not_A_Label',
          podManagementPolicy: 'Parallel',
          updateStrategy: { type: 'OnDelete' },
          selector: { matchLabels: { a: 'b' } },
          template: {
            metadata: { labels: { a: 'b' } },
            spec: defaultPodSpec({ containers: [{ name: 'a', image: 'a' }] }),
          },
        },
      }) as unknown as StatefulSet
    expect(validateStatefulSetUpdate(set(2), set(1), FREE)).toEqual([])
    expect(validateStatefulSetUpdate(set(-2), set(1), FREE)).toHaveLength(1)
    const limited = (revisionHistoryLimit: number) => ({ ...set(1), spec: { ...set(1).spec, revisionHistoryLimit } })
    expect(validateStatefulSetUpdate(limited(5), limited(10), FREE)).toEqual([])
    expect(validateStatefulSetUpdate(limited(5), limited(10), { historyLimitIsMutable: false })).toEqual([
      {
        field: 'spec',
        type: 'Forbidden',
        message:
          "Forbidden: updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden",
      },
    ])
  })

  it('of a bound claim do not let it grow', () => {
    const claim = (storage: string) =>
      ({
        kind: 'PersistentVolumeClaim',
        metadata: { name: 'c', namespace: 'default' },
        spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage } } },
        status: { phase: 'Bound', capacity: { storage: '1Gi' } },
      }) as unknown as PersistentVolumeClaim
    expect(texts(validateClaimUpdate(claim('2Gi'), claim('1Gi')))).toEqual([])
    expect(texts(validateClaimUpdate(claim('500Mi'), claim('1Gi')))).toEqual([
      'spec.resources.requests.storage: Forbidden: field can not be less than status.capacity',
    ])
  })

  it('of a Service: a headless one needs no ports', () => {
    const service = (clusterIP: string) =>
      ({
        kind: 'Service',
        metadata: { name: 's', namespace: 'default' },
        spec: { clusterIP, type: 'ClusterIP' },
      }) as Service
    expect(validateService(service('None'))).toEqual([])
    expect(texts(validateService(service('10.0.0.1')))).toEqual(['spec.ports: Required value'])
  })
})
