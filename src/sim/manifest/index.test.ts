import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { web } from '../../content/manifests/web.ts'
import { webComponents } from '../../content/manifests/webComponents.ts'
import { zookeeper } from '../../content/manifests/zookeeper.ts'
import { nameChange } from '../api/nameChange.ts'
import { strategies } from '../api/strategies.ts'
import type { StatefulSet } from '../api/types.ts'
import { bootstrapObjects } from '../controllers/nodes.ts'
import { DEFAULT_SETTINGS } from '../index.ts'
import { makeKernel } from '../kernel/kernel.ts'
import type { Transition } from '../kernel/types.ts'
import { act } from '../kubectl/acts.ts'
import type { ReadOptions } from './index.ts'
import { readManifests, refusalOf, toYaml } from './index.ts'

const example = (name: string) =>
  readFileSync(new URL(`../../../public/examples/${name}.yaml`, import.meta.url), 'utf8')
const problems = (text: string, options?: ReadOptions) =>
  readManifests(text, options).problems.map(({ code, message, line, column }) => `${line}:${column} ${code} ${message}`)
const notices = (text: string, options?: ReadOptions) =>
  readManifests(text, options).notices.map(({ code, params, line, column }) => ({
    code,
    at: `${line}:${column}`,
    ...params,
  }))
const named = (text: string) => readManifests(text).objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`)

const set = `apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: web
spec:
  serviceName: nginx
  selector:
    matchLabels:
      app: nginx
  template:
    metadata:
      labels:
        app: nginx
    spec:
      containers:
      - name: nginx
        image: nginx:1
`

describe('the manifests of the handbook', () => {
  it('are the same as content and as examples', () => {
    expect(web).toBe(example('web'))
    expect(webComponents).toBe(example('web-components'))
    expect(zookeeper).toBe(example('zookeeper'))
  })

  it('web.yaml: any storage class, OnDelete by default, the selector from the labels', () => {
    const { objects, problems } = readManifests(web)
    expect(problems).toEqual([])
    expect(objects.map(({ kind, metadata }) => `${kind}/${metadata.namespace}/${metadata.name}`)).toEqual([
      'Service/default/nginx',
      'StatefulSet/default/web',
    ])
    expect(objects[1]).toEqual({
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { name: 'web', namespace: 'default', labels: { app: 'nginx' } },
      spec: {
        serviceName: 'nginx',
        replicas: 2,
        selector: { matchLabels: { app: 'nginx' } },
        updateStrategy: { type: 'OnDelete' },
        template: {
          metadata: { labels: { app: 'nginx' } },
          spec: {
            containers: [
              {
                name: 'nginx',
                image: 'gcr.io/google_containers/nginx-slim:0.8',
                ports: [{ containerPort: 80, name: 'web' }],
                volumeMounts: [{ name: 'www', mountPath: '/usr/share/nginx/html' }],
              },
            ],
          },
        },
        volumeClaimTemplates: [
          {
            metadata: { name: 'www', annotations: { 'volume.alpha.kubernetes.io/storage-class': 'anything' } },
            spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
          },
        ],
      },
    })
    expect(notices(web)).toEqual([
      { code: 'legacyVersion', at: '16:13', name: 'web', apiVersion: 'apps/v1beta1', kept: 'apps/v1' },
      { code: 'selectorFromLabels', at: '20:1', name: 'web' },
      { code: 'onDeleteByDefault', at: '20:1', name: 'web' },
      { code: 'anyStorageClass', at: '41:9', name: 'web', template: 'www', value: 'anything' },
    ])
  })

  it('web-components.yaml: the class that the annotation names is provided', () => {
    const { objects } = readManifests(webComponents)
    expect(objects[0]).toEqual({
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: { name: 'anything' },
      provisioner: 'disk.csi.example.com',
    })
    expect((objects[2] as StatefulSet).spec.volumeClaimTemplates?.[0]?.spec.storageClassName).toBe('anything')
    expect(notices(webComponents).slice(-2)).toEqual([
      { code: 'storageClassByAnnotation', at: '41:9', name: 'web', template: 'www', value: 'anything' },
      { code: 'storageClassProvided', at: 'undefined:undefined', storageClass: 'anything' },
    ])
    expect(readManifests(webComponents, { storageClasses: ['anything'] }).objects).toHaveLength(2)
  })

  it('zookeeper.yaml: all four objects, with notices', () => {
    expect(named(example('zookeeper'))).toEqual([
      'Service/zk-headless',
      'ConfigMap/zk-config',
      'PodDisruptionBudget/zk-budget',
      'StatefulSet/zk',
    ])
    expect(
      notices(example('zookeeper')).map(({ code, at, ...params }) => [code, at, ...Object.values(params)].join(' ')),
    ).toEqual([
      'legacyVersion 32:13 zk-budget policy/v1beta1 policy/v1',
      'legacyVersion 42:13 zk apps/v1beta1 apps/v1',
      'selectorFromLabels 46:1 zk',
      'onDeleteByDefault 46:1 zk',
      'anyStorageClass 159:9 zk datadir anything',
      'annotationWithoutEffect 54:9 zk pod.alpha.kubernetes.io/initialized spec.template.metadata.annotations',
      'annotationWithoutEffect 55:9 zk scheduler.alpha.kubernetes.io/affinity spec.template.metadata.annotations',
      'fieldWithoutEffect 152:7 zk spec.template.spec.securityContext 1',
      'selectorMatchesNothing 55:9 StatefulSet zk spec.template.metadata.annotations.scheduler.alpha.kubernetes.io/affinity app in (zk-headless)',
    ])
  })

  it('rules about where pods go, and volumes of one machine, have an effect', () => {
    const spread = { maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule', minDomains: 2 }
    const term = { labelSelector: { matchLabels: { a: 'b' } }, topologyKey: 'zone', namespaces: ['x'] }
    const spec = {
      containers: [{ name: 'c', image: 'i:1' }],
      affinity: {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: [{ matchExpressions: [{ key: 'disk', operator: 'Exists' }] }],
          },
        },
        podAffinity: {
          preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1, podAffinityTerm: term }],
        },
      },
      topologySpreadConstraints: [spread],
    }
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec }
    expect(notices(JSON.stringify(pod))).toEqual([])
    const volume = {
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name: 'disk' },
      spec: {
        capacity: { storage: '1Gi' },
        accessModes: ['ReadWriteOnce'],
        local: { path: '/mnt' },
        nodeAffinity: {
          required: { nodeSelectorTerms: [{ matchFields: [{ key: 'metadata.name', operator: 'In', values: ['a'] }] }] },
        },
      },
    }
    expect(notices(JSON.stringify(volume))).toEqual([])
  })
})

describe('what was read', () => {
  const settings = {
    clusterDomain: 'cluster.local',
    kubernetes: '1.36',
    gates: { MaxUnavailableStatefulSet: false },
    dnsTtlSeconds: 30,
  }
  const kernel = makeKernel({
    deciders: [],
    strategies,
    rules: [],
    act,
    nameChange,
    bootstrap: bootstrapObjects,
    freeze: true,
  })

  it.each(['web', 'web-components', 'zookeeper'])('is stored as it is, once and again: %s', (name) => {
    const { objects } = readManifests(example(name))
    const once = kernel.dispatch(kernel.create(1, settings), { type: 'applyObjects', objects })
    expect(once.refusal).toBeUndefined()
    const results = ({ facts }: Transition) => facts.flatMap(({ detail }) => detail.result ?? [])
    expect(results(once)).toEqual(objects.map(() => 'created'))
    const again = kernel.dispatch(once.world, { type: 'applyObjects', objects })
    expect(results(again)).toEqual(objects.map(() => 'unchanged'))
    expect(again.world.objects).toBe(once.world.objects)
  })
})

describe('what is wrong, with line and column', () => {
  it.each<[string, string[]]>([
    [set.replace('serviceName', 'servicename'), ['6:3 unknownField unknown field "spec.servicename"']],
    [
      `${set}  replicas: two\n`,
      [
        '18:13 wrongType json: cannot unmarshal string into Go struct field StatefulSetSpec.spec.replicas of type int32',
      ],
    ],
    [
      `${set}  replicas: -1\n`,
      ['18:13 invalidField spec.replicas: Invalid value: -1: must be greater than or equal to 0'],
    ],
    [
      set.replace('image: nginx:1', 'image: nginx:1\n        env:\n        - {name: A, value: 8080}'),
      [
        '19:28 wrongType json: cannot unmarshal number into Go struct field EnvVar.spec.template.spec.containers.env.value of type string',
      ],
    ],
    [
      set.replace('image: nginx:1', 'env:\n        - {name: A, value: y}\n        image: x'),
      [
        '18:28 wrongType json: cannot unmarshal bool into Go struct field EnvVar.spec.template.spec.containers.env.value of type string',
      ],
    ],
    [
      set.replace('image: nginx:1', 'image: nginx:1\n        resources: {limits: {cpu: lots}}'),
      ["18:35 badQuantity quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"],
    ],
    [
      set.replace('        image: nginx:1\n', ''),
      ['16:9 invalidField spec.template.spec.containers[0].image: Required value'],
    ],
    [
      set.replace('app: nginx\n    spec', 'app: web\n    spec'),
      [
        '12:7 invalidField spec.template.metadata.labels: Invalid value: {"app":"web"}: `selector` does not match template `labels`',
      ],
    ],
    [`${set}  serviceName: x\n`, ['18:3 duplicateKey yaml: line 18: key "serviceName" already set in map']],
    [
      'apiVersion: v1\nkind: Service\nmetadata:\n\tname: x\n',
      ['4:1 tab yaml: line 4: found character that cannot start any token'],
    ],
    ['kind: Pod\nmetadata: {name: x}\n', ['1:1 apiVersionMissing apiVersion not set']],
    ['metadata: {name: x}\n', ['1:1 apiVersionMissing apiVersion not set', '1:1 kindMissing kind not set']],
    [
      'apiVersion: monitoring.example.com/v1\nkind: ServiceMonitor\nmetadata: {name: x}\n',
      ['2:7 unknownKind no matches for kind "ServiceMonitor" in version "monitoring.example.com/v1"'],
    ],
    [
      'apiVersion: apps/v1beta3\nkind: StatefulSet\n',
      ['2:7 unknownKind no matches for kind "StatefulSet" in version "apps/v1beta3"'],
    ],
    ['just text\n', ['1:1 notAnObject json: cannot unmarshal string into Go value of type unstructured.detector']],
    ['- a\n', ['1:1 notAnObject json: cannot unmarshal array into Go value of type unstructured.detector']],
    ['', ['undefined:undefined nothing error: no objects passed to apply']],
    ['# only a comment\n---\n', ['undefined:undefined nothing error: no objects passed to apply']],
    ['a: *b\n', ["1:4 unknownAnchor yaml: line 1: unknown anchor 'b' referenced"]],
    ['{a: b}: c\n', ['1:1 badKey yaml: line 1: error converting YAML to JSON: unsupported map key']],
    ['<<: 3\n', ['1:1 badKey yaml: line 1: map merge requires map or sequence of maps as the value']],
    [
      'apiVersion: v1\nkind: Pod\nmetadata: {generateName: x-}\nspec: {containers: [{name: a, image: b}]}\n',
      ['3:26 generatedName cannot use generate name with apply'],
    ],
    [
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndata: {a: .inf}\n',
      ['4:11 notPlain Infinity is no number of JSON'],
    ],
  ])('%j', (text, expected) => {
    expect(problems(text)).toEqual(expected)
    expect(readManifests(text).objects).toEqual([])
  })

  it('tells the same thing about the same field once', () => {
    const labels = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: m\n  labels: {a: "-", b: "-"}\n'
    expect(problems(labels)).toEqual([expect.stringMatching(/^5:3 invalidField metadata.labels: Invalid value: "-"/)])
  })

  it('a missing colon', () => {
    expect(problems(set.replace('spec:', 'spec'))[0]).toMatch(/^5:1 syntax yaml: line 6: /)
  })

  it('tells everything at once, over all documents, and refuses the whole', () => {
    const text = `${set}  replicas: -1\n---\n${set.replace('serviceName', 'serviceNam')}---\napiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec: {}\n`
    const read = readManifests(text)
    expect(read.objects).toEqual([])
    expect(read.problems.map(({ line, field }) => [line, field])).toEqual([
      [18, 'spec.replicas'],
      [25, 'spec.serviceNam'],
      [41, 'spec.ports'],
    ])
    expect(refusalOf(read.problems)).toEqual({
      reason: 'BadRequest',
      message: [
        'line 18: spec.replicas: Invalid value: -1: must be greater than or equal to 0',
        'line 25: unknown field "spec.serviceNam"',
        'line 41: spec.ports: Required value',
      ].join('\n'),
      line: 18,
      column: 13,
    })
    expect(refusalOf([])).toBeUndefined()
  })

  it('finds a place through a list of objects, merges and aliases', () => {
    const list = `apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Service\n  metadata: {name: s}\n  spec: {prts: []}\n`
    expect(problems(list)).toEqual(['7:10 unknownField unknown field "spec.prts"'])
    const merged = `apiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec:\n  <<: &base {prts: 1}\n  ports: [{port: 80}]\n`
    expect(problems(merged)).toEqual(['4:1 unknownField unknown field "spec.prts"'])
  })
})

describe('how text is read', () => {
  const map = (data: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: m}\ndata:\n${data}`
  const dataOf = (data: string) =>
    (readManifests(map(data)).objects[0] as unknown as { data: unknown } | undefined)?.data

  it('as YAML 1.1 in the reading of kubectl', () => {
    const values = (text: string) => problems(text).map((problem) => / unmarshal (\w+)/.exec(problem)?.[1] ?? problem)
    expect(values(map('  a: yes\n  b: on\n  c: 0644\n  d: 1.5\n  e: n\n'))).toEqual([
      'bool',
      'bool',
      'number',
      'number',
      'bool',
    ])
    expect(dataOf('  a: 2026-01-01\n  b: 12:30:45\n  c: "0644"\n  d: !!str 5\n  e: ~\n')).toEqual({
      a: '2026-01-01',
      b: '12:30:45',
      c: '0644',
      d: '5',
    })
    const port = `apiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec: {ports: [{port: 0120}]}\n`
    expect(readManifests(port).objects[0]).toMatchObject({ spec: { ports: [{ port: 80 }] } })
  })

  it('with anchors, merges and keys that are no text', () => {
    expect(dataOf('  <<: [{a: x, b: x}, {b: y, c: y}]\n  c: z\n  1: one\n  true: yes!\n')).toEqual({
      a: 'x',
      b: 'x',
      c: 'z',
      1: 'one',
      true: 'yes!',
    })
    expect(dataOf('  a: &x hello\n  b: *x\n')).toEqual({ a: 'hello', b: 'hello' })
  })

  it('as JSON as well', () => {
    const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'm' }, data: { a: 'b\t"c"' } }
    expect(readManifests(JSON.stringify(object)).objects).toHaveLength(1)
    expect(readManifests(JSON.stringify(object, null, '\t')).objects).toMatchObject([object])
    expect(problems(JSON.stringify({ ...object, dat: {} }, null, 2))).toEqual(['10:3 unknownField unknown field "dat"'])
  })

  it('into the namespace that is asked for, where none is named', () => {
    const foo = readManifests(`${set}---\n${map('  a: b\n')}`.replace('{name: m}', '{name: m, namespace: bar}'), {
      namespace: 'foo',
    })
    expect(foo.objects.map(({ metadata }) => metadata.namespace)).toEqual(['foo', 'bar'])
    const storageClass = 'apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: {name: fast}\nprovisioner: x\n'
    expect(readManifests(storageClass, { namespace: 'foo' }).objects[0]?.metadata).toEqual({ name: 'fast' })
  })
})

describe('what is taken otherwise than written', () => {
  it('a dump of a live object: the server’s fields are not taken', () => {
    const live = set
      .replace('  name: web\n', '  name: web\n  uid: u\n  resourceVersion: "7"\n  creationTimestamp: null\n')
      .concat('status:\n  replicas: 3\n')
    const { objects } = readManifests(live)
    expect(objects[0]).not.toHaveProperty('status')
    expect(objects[0]?.metadata).toEqual({ name: 'web', namespace: 'default' })
    expect(notices(live)).toEqual([
      {
        code: 'serverFieldsIgnored',
        at: '3:1',
        name: 'web',
        fields: 'uid, resourceVersion, status',
      },
    ])
  })

  it('a budget while its gate is off, a class that nobody has, objects that the cluster writes', () => {
    const budget = `${set}  updateStrategy: {type: RollingUpdate, rollingUpdate: {maxUnavailable: 2}}\n`
    expect(notices(budget)).toEqual([
      { code: 'fieldDropped', at: '18:57', name: 'web', field: 'spec.updateStrategy.rollingUpdate.maxUnavailable' },
    ])
    expect(notices(budget, { settings: { ...DEFAULT_SETTINGS, kubernetes: '1.37' } })).toEqual([])
    const claim =
      'apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: c}\nspec: {storageClassName: gp3, accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}\n'
    expect(named(claim)).toEqual(['StorageClass/gp3', 'PersistentVolumeClaim/c'])
    expect(
      named(`${claim}---\napiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: {name: gp3}\nprovisioner: x\n`),
    ).toEqual(['PersistentVolumeClaim/c', 'StorageClass/gp3'])
    expect(notices('apiVersion: v1\nkind: Node\nmetadata: {name: node-1}\n')).toEqual([
      { code: 'kindOfCluster', at: '2:7', kind: 'Node', name: 'node-1' },
    ])
    expect(notices('apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d}\n')).toEqual([
      { code: 'kindNotModelled', at: '2:7', kind: 'Deployment', name: 'd' },
    ])
  })

  it('apps/v1beta2 rolls; only its version is told', () => {
    const early = set.replace('apps/v1', 'apps/v1beta2')
    expect(notices(early).map(({ code }) => code)).toEqual(['legacyVersion'])
    expect(readManifests(early).objects[0]).not.toHaveProperty('spec.updateStrategy')
  })
})

describe('objects as YAML', () => {
  it('sorts keys, does not indent lists, quotes what YAML 1.1 would read otherwise', () => {
    expect(
      toYaml({ kind: 'X', apiVersion: 'v1', spec: { list: [{ b: 1, a: 'yes' }], text: '0644', empty: {}, none: [] } }),
    ).toBe('apiVersion: v1\nkind: X\nspec:\n  empty: {}\n  list:\n  - a: "yes"\n    b: 1\n  none: []\n  text: "0644"\n')
  })

  it('is read back as it was', () => {
    for (const object of readManifests(example('zookeeper')).objects)
      expect(readManifests(toYaml(object)).objects).toEqual([object])
  })
})
