/** Environments: put together, refused, looked for again, and kept as the process got them. */
import { describe, expect, it } from 'vitest'
import { base64, textOfBase64 } from '../api/base64.ts'
import type { Container, EnvFromSource, EnvVar, Pod } from '../api/types.ts'
import { why } from '../guarantees/why.ts'
import { environmentOf, resolveEnv } from './environment.ts'
import { isUp, podDraft, ToyCluster } from './fixtures/toyCluster.ts'
import { kubelet } from './kubelet.ts'

const configMap = (name: string, data: object, more: object = {}) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'default' },
  data,
  ...more,
})

const from = (name: string, key: string, optional?: boolean): EnvVar => ({
  name: 'X',
  valueFrom: { configMapKeyRef: { name, key, ...(optional !== undefined && { optional }) } },
})

const toy = () => {
  const cluster = new ToyCluster([kubelet])
  const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'keys', namespace: 'default' } }
  return cluster.create(
    configMap('zk', { 'jvm.heap': '2G', tick: '2000' }),
    { ...secret, data: { user: base64('zoé') } },
    podDraft('web-0', { metadata: { labels: { app: 'zk' }, annotations: { rack: 'r1' } } }),
  )
}

function resolved(env: readonly EnvVar[], envFrom: readonly EnvFromSource[] = []) {
  const { world, ...cluster } = { world: toy() }
  const pod = world.get('Pod', 'web-0')
  const view = { get: (kind: 'Pod', _namespace: string | undefined, name: string) => world.find(kind, name) }
  const container = { name: 'c', image: 'i', env, envFrom } as Container
  return resolveEnv(view as never, pod, container, { podIPs: ['10.244.2.2'], hostIPs: ['172.18.0.2'], ...cluster })
}

describe('an environment', () => {
  it('takes literals, keys of ConfigMaps and Secrets, and fields of the pod', () => {
    const field = (name: string, fieldPath: string): EnvVar => ({ name, valueFrom: { fieldRef: { fieldPath } } })
    expect(
      resolved([
        { name: 'A', value: '1' },
        { name: 'HEAP', valueFrom: { configMapKeyRef: { name: 'zk', key: 'jvm.heap' } } },
        { name: 'USER', valueFrom: { secretKeyRef: { name: 'keys', key: 'user' } } },
        field('NAME', 'metadata.name'),
        field('APP', "metadata.labels['app']"),
        field('RACK', "metadata.annotations['rack']"),
        field('NODE', 'spec.nodeName'),
        field('IP', 'status.podIP'),
        field('HOST', 'status.hostIP'),
      ]),
    ).toEqual({
      env: {
        A: '1',
        HEAP: '2G',
        USER: 'zoé',
        NAME: 'web-0',
        APP: 'zk',
        RACK: 'r1',
        NODE: 'node-1',
        IP: '10.244.2.2',
        HOST: '172.18.0.2',
      },
    })
  })

  it('takes whole ConfigMaps under a prefix; its own variables win', () => {
    const sources = [{ prefix: 'ZK_', configMapRef: { name: 'zk' } }, { secretRef: { name: 'keys' } }]
    expect(resolved([{ name: 'ZK_tick', value: '9' }], sources)).toEqual({
      env: { 'ZK_jvm.heap': '2G', ZK_tick: '9', user: 'zoé' },
    })
  })

  it('fills in what was named before, and leaves the rest', () => {
    const env = [
      { name: 'A', value: 'a' },
      { name: 'B', value: '$(A)-$$(A)-$(LATER)-$A' },
      { name: 'LATER', value: 'x' },
    ]
    expect(resolved(env)).toEqual({ env: { A: 'a', B: 'a-$(A)-$(LATER)-$A', LATER: 'x' } })
  })

  it.each<[string, EnvVar, string]>([
    ['a ConfigMap', from('none', 'tick'), 'configmap "none" not found'],
    ['a key', from('zk', 'none'), "couldn't find key none in ConfigMap default/zk"],
    ['a Secret', { name: 'X', valueFrom: { secretKeyRef: { name: 'none', key: 'k' } } }, 'secret "none" not found'],
    [
      'a key of a Secret',
      { name: 'X', valueFrom: { secretKeyRef: { name: 'keys', key: 'k' } } },
      "couldn't find key k in Secret default/keys",
    ],
  ])('cannot be put together without %s, in the words of the kubelet', (_name, variable, error) => {
    expect(resolved([variable])).toMatchObject({ error })
  })

  it('does without what is optional', () => {
    expect(resolved([from('none', 'tick', true), from('zk', 'none', true)])).toEqual({ env: {} })
    expect(resolved([], [{ configMapRef: { name: 'none', optional: true } }])).toEqual({ env: {} })
    expect(resolved([], [{ configMapRef: { name: 'none' } }])).toMatchObject({ error: 'configmap "none" not found' })
  })
})

describe('a container whose ConfigMap is missing', () => {
  const shown = (pod: Pod) => pod.status.containerStatuses?.[0]?.state.waiting
  const waitingFor = () =>
    new ToyCluster([kubelet]).create(podDraft('web-0', { container: { env: [from('late', 'tick')] } }))

  it('waits with an error that is told at every try, and starts at the next try after it appears', () => {
    const cluster = waitingFor().run(45_000)
    const pod = cluster.get('Pod', 'web-0')
    expect(pod.status.phase).toBe('Pending')
    expect(shown(pod)).toEqual({ reason: 'CreateContainerConfigError', message: 'configmap "late" not found' })
    expect(cluster.events('web-0').filter((event) => event.startsWith('Failed'))).toEqual([
      'Failed: Error: configmap "late" not found ×3',
    ])
    expect(cluster.reasons('web-0')).toMatchObject([
      { reason: 'configMissing', on: 'ConfigMap/default/late', detail: { message: 'configmap "late" not found' } },
    ])
    expect(why(cluster.world, 'Pod/default/web-0').unblock.map(({ code }) => code)).toEqual([
      'createConfig',
      'waitForRetry',
    ])
    cluster.create(configMap('late', { other: '1' })).run(20_000)
    expect(shown(cluster.get('Pod', 'web-0'))?.message).toBe("couldn't find key tick in ConfigMap default/late")
    cluster.update(configMap('late', { tick: '2000' })).run(1000)
    expect(shown(cluster.get('Pod', 'web-0'))).toBeDefined()
    cluster.until((at) => isUp(at.find('Pod', 'web-0')), 16_000)
    expect(environmentOf(cluster.world, cluster.get('Pod', 'web-0'), 'nginx')).toEqual({ X: '2000' })
  })

  it('keeps what it got until it is restarted', () => {
    const cluster = waitingFor()
      .create(configMap('late', { tick: '1' }))
      .run(20_000)
    const env = () => environmentOf(cluster.world, cluster.get('Pod', 'web-0'), 'nginx')
    cluster.update(configMap('late', { tick: '2' })).run(60_000)
    expect(env()).toEqual({ X: '1' })
    cluster.signal('web-0', 'crash').run(10_000)
    expect(env()).toEqual({ X: '2' })
    cluster.do({ do: 'delete', kind: 'ConfigMap', namespace: 'default', name: 'late' })
    cluster.run(1000)
    expect(isUp(cluster.get('Pod', 'web-0'))).toBe(true)
    cluster.signal('web-0', 'crash').run(30_000)
    const pod = cluster.get('Pod', 'web-0')
    expect(pod.status.phase).toBe('Running')
    expect(shown(pod)?.reason).toBe('CreateContainerConfigError')
    cluster.create(configMap('late', { tick: '3' })).run(20_000)
    expect(env()).toEqual({ X: '3' })
  })

  it('can be deleted while it waits', () => {
    const cluster = waitingFor().run(30_000).delete('Pod', 'web-0').quiet()
    expect(cluster.find('Pod', 'web-0')).toBeUndefined()
  })

  it('tells literals without looking anything up', () => {
    const env = [{ name: 'A', value: '1' }]
    const cluster = new ToyCluster([kubelet]).create(podDraft('web-0', { container: { env } })).run(20_000)
    expect(environmentOf(cluster.world, cluster.get('Pod', 'web-0'), 'nginx')).toEqual({ A: '1' })
    expect(environmentOf(cluster.world, cluster.get('Pod', 'web-0'), 'other')).toBeUndefined()
  })
})

describe('what the API server says of environments and ConfigMaps', () => {
  const refused = (object: object) => {
    try {
      new ToyCluster([]).create(object)
    } catch (error) {
      return (error as Error).message.replace(/^.*? is invalid: /, '')
    }
    return 'taken'
  }
  const withEnv = (...env: object[]) => podDraft('a', { container: { env: env as EnvVar[] } })

  it.each<[string, object, string]>([
    [
      'no source',
      withEnv({ name: 'X', valueFrom: {} }),
      'spec.containers[0].env[0].valueFrom: Invalid value: "": must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`',
    ],
    [
      'a value besides',
      withEnv({ ...from('a', 'b'), value: '1' }),
      'spec.containers[0].env[0].valueFrom: Invalid value: "": may not be specified when `value` is not empty',
    ],
    [
      'two sources',
      withEnv({
        name: 'X',
        valueFrom: { configMapKeyRef: { name: 'a', key: 'b' }, secretKeyRef: { name: 'a', key: 'b' } },
      }),
      'spec.containers[0].env[0].valueFrom: Invalid value: "": may not have more than one field specified at a time',
    ],
    ['no key', withEnv(from('a', '')), 'spec.containers[0].env[0].valueFrom.configMapKeyRef.key: Required value'],
    [
      'a field that is none',
      withEnv({ name: 'X', valueFrom: { fieldRef: { fieldPath: 'spec.hostname' } } }),
      'spec.containers[0].env[0].valueFrom.fieldRef.fieldPath: Invalid value: "spec.hostname": error converting fieldPath: field label not supported: spec.hostname',
    ],
    [
      'a field for files only',
      withEnv({ name: 'X', valueFrom: { fieldRef: { fieldPath: 'metadata.labels' } } }),
      'spec.containers[0].env[0].valueFrom.fieldRef.fieldPath: Unsupported value: "metadata.labels": supported values: "metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName", "spec.serviceAccountName", "status.hostIP", "status.hostIPs", "status.podIP", "status.podIPs"',
    ],
    [
      'a source that is none',
      podDraft('a', { container: { envFrom: [{}] } }),
      'spec.containers[0].envFrom[0]: Invalid value: "": must specify one of: `configMapRef` or `secretRef`',
    ],
    [
      'a key twice',
      configMap('a', { k: '1' }, { binaryData: { k: 'AA==' } }),
      'data[k]: Invalid value: "k": duplicate of key present in binaryData',
    ],
  ])('%s', (_name, object, message) => {
    expect(refused(object)).toBe(message)
  })

  it('an immutable ConfigMap keeps its data', () => {
    const cluster = new ToyCluster([]).create(configMap('a', { k: '1' }, { immutable: true }))
    expect(() => cluster.update(configMap('a', { k: '2' }))).toThrow(
      'ConfigMap "a" is invalid: [immutable: Forbidden: field is immutable when `immutable` is set, data: Forbidden: field is immutable when `immutable` is set]',
    )
  })

  it('the text of a Secret comes back as it went in', () => {
    for (const text of ['', 'a', 'ab', 'abc', 'Zoé', '动物园', '🦓 zoo']) expect(textOfBase64(base64(text))).toBe(text)
  })
})
