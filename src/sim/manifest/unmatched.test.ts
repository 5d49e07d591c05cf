/** What the documents of one text say of each other, and what is left alone. */
import { describe, expect, it } from 'vitest'
import { zookeeperV1 } from '../../content/manifests/zookeeperV1.ts'
import { readManifests } from './index.ts'

const CODES = ['selectorMatchesNothing', 'governingServiceMissing', 'configKeyMissing']

const told = (...documents: object[]) => {
  const { notices, problems } = readManifests(documents.map((document) => JSON.stringify(document)).join('\n---\n'))
  expect(problems).toEqual([])
  return notices
    .filter(({ code }) => CODES.includes(code))
    .map(({ code, params }) => [code, ...Object.values(params)].join(' '))
}

const service = (name: string, app: string, namespace = 'default') => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace },
  spec: { clusterIP: 'None', selector: { app } },
})

const budget = (selector: object | undefined) => ({
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata: { name: 'pdb' },
  spec: { minAvailable: 1, ...(selector && { selector }) },
})

const config = (data: object) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'zk' }, data })

const keyRef = (name: string, key: string, optional = false) => ({
  name: 'X',
  valueFrom: { configMapKeyRef: { name, key, optional } },
})

const set = ({ pod = {}, annotations, env = [] }: { pod?: object; annotations?: object; env?: object[] } = {}) => ({
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  metadata: { name: 'zk' },
  spec: {
    serviceName: 'zk',
    selector: { matchLabels: { app: 'zk' } },
    template: {
      metadata: { labels: { app: 'zk' }, ...(annotations && { annotations }) },
      spec: { containers: [{ name: 'c', image: 'zk:1', env }], ...pod },
    },
  },
})

const near = (app: string, more: object = {}) => ({
  affinity: {
    podAntiAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: [
        { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { app } }, ...more },
      ],
    },
  },
})

describe('a selector', () => {
  it('of a Service, a budget, an affinity or a spread that no pod answers to is told', () => {
    expect(told(set(), service('zk', 'zkk'))).toEqual(['selectorMatchesNothing Service zk spec.selector app=zkk'])
    expect(told(set(), budget({ matchLabels: { app: 'x' } }))).toEqual([
      'selectorMatchesNothing PodDisruptionBudget pdb spec.selector app=x',
    ])
    expect(told(set({ pod: near('zk-headless') }))).toEqual([
      'selectorMatchesNothing StatefulSet zk spec.template.spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].labelSelector app=zk-headless',
    ])
    const spread = {
      topologyKey: 'zone',
      maxSkew: 1,
      whenUnsatisfiable: 'DoNotSchedule',
      labelSelector: { matchLabels: { a: 'b' } },
    }
    expect(told(set({ pod: { topologySpreadConstraints: [spread] } }))).toEqual([
      'selectorMatchesNothing StatefulSet zk spec.template.spec.topologySpreadConstraints[0].labelSelector a=b',
    ])
  })

  it('that a pod answers to, that selects everything, or that has nothing to answer it, is left alone', () => {
    expect(told(set({ pod: near('zk') }), service('zk', 'zk'), budget({ matchLabels: { app: 'zk' } }))).toEqual([])
    expect(told(set(), budget({}))).toEqual([])
    expect(told(service('zk', 'zkk'), budget({ matchLabels: { app: 'x' } }))).toEqual([])
    expect(told(set({ pod: near('x', { namespaces: ['other'] }) }))).toEqual([])
  })

  it('is held against the pods of its own namespace', () => {
    expect(told(set(), service('other', 'zk', 'foo'))).toEqual([])
    const { spec } = set()
    const template = { ...spec.template, metadata: { labels: { app: 'other' } } }
    const other = { selector: { matchLabels: { app: 'other' } }, template }
    const alone = { ...set(), metadata: { name: 'zk', namespace: 'foo' }, spec: { ...spec, ...other } }
    expect(told(alone, set(), service('zk', 'zk', 'foo'))).toEqual([
      'selectorMatchesNothing Service zk spec.selector app=zk',
    ])
  })

  it('in the annotation of 2016 is read as far as it can be', () => {
    const affinity = (value: unknown) =>
      told(
        set({
          annotations: {
            'scheduler.alpha.kubernetes.io/affinity': typeof value === 'string' ? value : JSON.stringify(value),
          },
        }),
      )
    const term = (selector: unknown) => ({ podAntiAffinity: { required: [{ labelSelector: selector }] } })
    expect(
      affinity(term({ matchExpressions: [{ key: 'app', operator: 'In', values: ['zk-headless'] }] })),
    ).toHaveLength(1)
    expect(affinity(term({ matchLabels: { app: 'zk' } }))).toEqual([])
    expect(affinity(term({ matchExpressions: 7, matchLabels: 'x' }))).toEqual([])
    expect(affinity('not JSON')).toEqual([])
    expect(affinity('['.repeat(20_000) + ']'.repeat(20_000))).toEqual([])
  })
})

describe('the governing Service', () => {
  it('is missed where there are Services and none has its name', () => {
    expect(told(set(), service('zoo', 'zk'))).toEqual(['governingServiceMissing zk zk'])
    expect(told(set(), service('zk', 'zk'))).toEqual([])
    expect(told(set())).toEqual([])
  })
})

describe('a key of a ConfigMap', () => {
  it('is missed where there are ConfigMaps and none has it', () => {
    const env = [keyRef('zk', 'tick'), keyRef('zk', 'tock'), keyRef('other', 'tick'), keyRef('zk', 'perhaps', true)]
    expect(told(set({ env }), config({ tick: '1' }))).toEqual([
      'configKeyMissing zk zk tock',
      'configKeyMissing zk other tick',
    ])
    expect(told(set({ env }))).toEqual([])
  })
})

it('the corrected ensemble has nothing that can never match', () => {
  const { notices, problems } = readManifests(zookeeperV1)
  expect(problems).toEqual([])
  expect(notices.filter(({ code }) => CODES.includes(code) || code === 'legacyVersion')).toEqual([])
})
