/** What is filled in, piece by piece; whole objects are compared in `strategies.test.ts`. */
import { describe, expect, it } from 'vitest'
import { admitUpdatedSpec, defaultPodSpec, pullPolicyOf } from './defaultsPod.ts'
import { allocate, defaultServiceSpec } from './defaultsService.ts'
import { defaultClassOf } from './defaultsStorage.ts'
import { strategies } from './strategies.ts'
import type { StrategyContext } from './strategy.ts'
import type { EndpointSlice, PodSpec, Service, StatefulSet, StorageClass } from './types.ts'

const context = (services: readonly Service[] = []): StrategyContext => ({
  settings: {
    clusterDomain: 'cluster.local',
    kubernetes: '1.36',
    gates: { MaxUnavailableStatefulSet: false },
    dnsTtlSeconds: 30,
  },
  get: () => undefined,
  list: () => services as never,
})

describe('pods', () => {
  it('fills in what probes and volumes leave out', () => {
    const spec = {
      containers: [
        {
          name: 'a',
          image: 'a',
          livenessProbe: { exec: { command: ['true'] } },
          lifecycle: { postStart: { exec: { command: ['true'] } }, preStop: { httpGet: { port: 80 } } },
        },
      ],
      volumes: [{ name: 'none' }, { name: 'map', configMap: { name: 'm' } }, { name: 'dir', hostPath: { path: '/' } }],
    } as unknown as PodSpec
    const filled = defaultPodSpec(spec)
    expect(filled.containers[0]?.livenessProbe).toEqual({
      exec: { command: ['true'] },
      timeoutSeconds: 1,
      periodSeconds: 10,
      successThreshold: 1,
      failureThreshold: 3,
    })
    expect(filled.containers[0]?.lifecycle).toEqual({
      postStart: { exec: { command: ['true'] } },
      preStop: { httpGet: { port: 80, path: '/', scheme: 'HTTP' } },
    })
    expect(filled.volumes).toEqual([
      { name: 'none', emptyDir: {} },
      { name: 'map', configMap: { name: 'm', defaultMode: 420 } },
      { name: 'dir', hostPath: { path: '/', type: '' } },
    ])
  })

  it('fills in the version of a field that an environment variable takes its value from', () => {
    const env = [{ name: 'IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } }]
    const [container] = defaultPodSpec({ containers: [{ name: 'a', image: 'a', env }] }).containers
    expect(container?.env).toEqual([
      { name: 'IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP', apiVersion: 'v1' } } },
    ])
  })

  it('gives back what is complete', () => {
    const filled = admitUpdatedSpec({ containers: [{ name: 'a', image: 'a' }] })
    expect(admitUpdatedSpec(filled)).toBe(filled)
    expect(admitUpdatedSpec({ ...filled }).containers).toBe(filled.containers)
  })

  it.each([
    ['nginx', 'Always'],
    ['nginx:latest', 'Always'],
    ['registry:5000/nginx', 'Always'],
    ['registry:5000/nginx:1', 'IfNotPresent'],
    ['nginx@sha256:0123', 'IfNotPresent'],
  ])('pulls %s %s', (image, policy) => {
    expect(pullPolicyOf(image)).toBe(policy)
  })
})

describe('the default storage class', () => {
  const storageClass = (name: string, creationTimestamp: string, isDefault?: string): StorageClass => ({
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: {
      name,
      uid: name,
      resourceVersion: '1',
      creationTimestamp,
      ...(isDefault && { annotations: { 'storageclass.kubernetes.io/is-default-class': isDefault } }),
    },
    provisioner: 'p',
  })
  const early = storageClass('early', '2026-01-01T00:00:00Z', 'true')
  const late = storageClass('late', '2026-01-02T00:00:00Z', 'true')

  it('is the youngest of those that are marked', () => {
    const unmarked = [storageClass('a', '2026-02-01T00:00:00Z'), storageClass('b', '2026-02-01T00:00:00Z', 'false')]
    expect(defaultClassOf([...unmarked, early, late])).toBe(late)
    expect(defaultClassOf([late, early, ...unmarked])).toBe(late)
    expect(defaultClassOf(unmarked)).toBeUndefined()
  })
})

describe('services', () => {
  it('gets a node port for each port, none twice', () => {
    const ports = [{ port: 80 }, { port: 81, nodePort: 30_001 }, { port: 82 }]
    const { ports: given } = allocate(defaultServiceSpec({ type: 'NodePort', ports }), undefined, context())
    expect(given?.map(({ nodePort }) => nodePort)).toEqual([30_000, 30_001, 30_002])
  })

  it('has no address of its own when it names another host', () => {
    expect(allocate(defaultServiceSpec({ type: 'ExternalName' }), undefined, context())).not.toHaveProperty('clusterIP')
  })
})

describe('generations and gates', () => {
  it('keeps a budget that was stored while the gate was on', () => {
    const set = (replicas: number) =>
      ({
        metadata: { name: 'web', generation: 1 },
        spec: {
          replicas,
          updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 0, maxUnavailable: 2 } },
        },
        status: { replicas: 0 },
      }) as unknown as StatefulSet
    const updated = strategies.StatefulSet.prepareForUpdate(set(2), set(1), 'spec', context())
    expect(updated.spec.updateStrategy.rollingUpdate?.maxUnavailable).toBe(2)
  })

  it('counts a change of endpoints, not one of labels', () => {
    const endpoints = [{ addresses: ['10.0.0.1'] }]
    const slice = { metadata: { name: 's', generation: 1 }, endpoints, ports: [] } as unknown as EndpointSlice
    const next = (change: object) =>
      strategies.EndpointSlice.prepareForUpdate({ ...slice, ...change }, slice, 'spec', context()).metadata.generation
    expect(next({})).toBe(1)
    expect(next({ endpoints: [] })).toBe(2)
    expect(next({ ports: [{ name: 'web', port: 80, protocol: 'TCP' }] })).toBe(2)
  })
})
