/** The strategies, driven by the generic API server; expected objects and texts are those of a real v1.36.2 server. */
import { beforeEach, describe, expect, it } from 'vitest'
import type { ServerRoom } from '../kernel/apiServer.ts'
import { createObject, deleteObject, emptyTables, readObject, updateObject } from '../kernel/apiServer.ts'
import type { Answer, DeleteOptions, Draft } from '../kernel/types.ts'
import { admitByQuota } from './quotaAdmission.ts'
import { strategies } from './strategies.ts'
import type { StrategyContext } from './strategy.ts'
import type { AnyObject, Kind, Pod, StatefulSet } from './types.ts'

const settings = {
  clusterDomain: 'cluster.local',
  kubernetes: '1.36',
  gates: { MaxUnavailableStatefulSet: false },
  dnsTtlSeconds: 30,
}

let room: ServerRoom
let version = 0
let context: StrategyContext

beforeEach(() => {
  version = 0
  let objects = emptyTables()
  room = {
    now: 0,
    strategies,
    admit: admitByQuota,
    get objects() {
      return objects
    },
    replace: (kind, table) => {
      objects = { ...objects, [kind]: table }
    },
    nextUid: () => `uid-${version + 1}`,
    nextVersion: () => String(++version),
    changed: () => {},
  }
  context = {
    settings,
    get: (kind, namespace, name) => readObject(room.objects, kind, namespace, name),
    list: (kind) => room.objects[kind].flat().map(([, object]) => object) as never,
  }
  create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'default' } })
})

const create = (object: unknown): Answer => createObject(room, context, object as Draft)
const update = (object: AnyObject, part: 'spec' | 'status' = 'spec'): Answer =>
  updateObject(room, context, object, part)
const remove = (kind: Kind, name: string, options?: DeleteOptions): Answer =>
  deleteObject(room, kind, 'default', name, options)

/** The stored object, or the whole refusal as the failure's text. */
function stored<T extends AnyObject>(answer: Answer): T {
  if (!answer.ok) throw new Error(answer.refusal.message)
  return answer.object as T
}

const refusal = (answer: Answer): string => (answer.ok ? 'accepted' : answer.refusal.message)

const template = {
  metadata: { labels: { app: 'web' } },
  spec: {
    terminationGracePeriodSeconds: 10,
    containers: [
      {
        name: 'nginx',
        image: 'registry.k8s.io/nginx-slim:0.24',
        ports: [{ containerPort: 80, name: 'web' }],
        readinessProbe: { httpGet: { path: '/', port: 80 }, periodSeconds: 5 },
        volumeMounts: [{ name: 'data', mountPath: '/usr/share/nginx/html' }],
      },
    ],
  },
}
const claimTemplate = {
  metadata: { name: 'data' },
  spec: {
    accessModes: ['ReadWriteOnce'],
    storageClassName: 'standard',
    resources: { requests: { storage: '1024Mi' } },
  },
}
const web = (spec: object = {}, name = 'web') => ({
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  metadata: { name },
  spec: {
    serviceName: 'web',
    replicas: 3,
    selector: { matchLabels: { app: 'web' } },
    template,
    volumeClaimTemplates: [claimTemplate],
    ...spec,
  },
})
const storedContainer = {
  name: 'nginx',
  image: 'registry.k8s.io/nginx-slim:0.24',
  ports: [{ name: 'web', containerPort: 80, protocol: 'TCP' }],
  resources: {},
  volumeMounts: [{ name: 'data', mountPath: '/usr/share/nginx/html' }],
  readinessProbe: {
    httpGet: { path: '/', port: 80, scheme: 'HTTP' },
    timeoutSeconds: 1,
    periodSeconds: 5,
    successThreshold: 1,
    failureThreshold: 3,
  },
  terminationMessagePath: '/dev/termination-log',
  terminationMessagePolicy: 'File',
  imagePullPolicy: 'IfNotPresent',
}
const pod = (name = 'web-0', more: object = {}, meta: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, labels: { app: 'web' }, ...meta },
  spec: {
    ...template.spec,
    volumes: [{ name: 'data', persistentVolumeClaim: { claimName: `data-${name}` } }],
    hostname: name,
    subdomain: 'web',
    ...more,
  },
})

describe('StatefulSet', () => {
  it('is stored as the real server stores it', () => {
    expect(stored<StatefulSet>(create(web()))).toEqual({
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: {
        name: 'web',
        namespace: 'default',
        uid: 'uid-2',
        resourceVersion: '2',
        creationTimestamp: '2026-01-01T00:00:00Z',
        generation: 1,
      },
      spec: {
        replicas: 3,
        selector: { matchLabels: { app: 'web' } },
        template: {
          metadata: { labels: { app: 'web' } },
          spec: {
            containers: [storedContainer],
            restartPolicy: 'Always',
            terminationGracePeriodSeconds: 10,
            dnsPolicy: 'ClusterFirst',
            securityContext: {},
            schedulerName: 'default-scheduler',
          },
        },
        volumeClaimTemplates: [
          {
            kind: 'PersistentVolumeClaim',
            apiVersion: 'v1',
            metadata: { name: 'data' },
            spec: {
              accessModes: ['ReadWriteOnce'],
              resources: { requests: { storage: '1Gi' } },
              storageClassName: 'standard',
              volumeMode: 'Filesystem',
            },
            status: { phase: 'Pending' },
          },
        ],
        serviceName: 'web',
        podManagementPolicy: 'OrderedReady',
        updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 0 } },
        revisionHistoryLimit: 10,
        persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
      },
      status: { replicas: 0, availableReplicas: 0 },
    })
  })

  const label =
    "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')"
  const containers = (change: object) => ({
    template: { ...template, spec: { ...template.spec, containers: [{ ...template.spec.containers[0], ...change }] } },
  })
  const field = 'spec.template.spec.containers[0]'
  it.each<[string, object, string]>([
    ['replicas', { replicas: -1 }, 'spec.replicas: Invalid value: -1: must be greater than or equal to 0'],
    [
      'minReadySeconds',
      { minReadySeconds: -2 },
      'spec.minReadySeconds: Invalid value: -2: must be greater than or equal to 0',
    ],
    [
      'ordinals',
      { ordinals: { start: -1 } },
      'spec.ordinals.start: Invalid value: -1: must be greater than or equal to 0',
    ],
    [
      'partition',
      { updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: -1 } } },
      'spec.updateStrategy.rollingUpdate.partition: Invalid value: -1: must be greater than or equal to 0',
    ],
    [
      'policy',
      { podManagementPolicy: 'Burst' },
      `spec.podManagementPolicy: Invalid value: "Burst": must be 'OrderedReady' or 'Parallel'`,
    ],
    [
      'strategy',
      { updateStrategy: { type: 'Recreate', rollingUpdate: { partition: 0 } } },
      `spec.updateStrategy: Invalid value: {"Type":"Recreate","RollingUpdate":{"Partition":0,"MaxUnavailable":null}}: must be 'RollingUpdate' or 'OnDelete'`,
    ],
    [
      'block',
      { updateStrategy: { type: 'OnDelete', rollingUpdate: { partition: 1 } } },
      `spec.updateStrategy.rollingUpdate: Invalid value: {"Partition":1,"MaxUnavailable":null}: only allowed for updateStrategy 'RollingUpdate'`,
    ],
    ['empty selector', { selector: {} }, 'spec.selector: Invalid value: {}: empty selector is invalid for statefulset'],
    [
      'mismatch',
      { selector: { matchLabels: { app: 'x' } } },
      'spec.template.metadata.labels: Invalid value: {"app":"web"}: `selector` does not match template `labels`',
    ],
    ['service name', { serviceName: 'Web' }, `spec.serviceName: Invalid value: "Web": ${label}`],
    [
      'retention',
      { persistentVolumeClaimRetentionPolicy: { whenScaled: 'Keep' } },
      'spec.persistentVolumeClaimRetentionPolicy.whenScaled: Unsupported value: "Keep": supported values: "Retain", "Delete"',
    ],
    [
      'restart policy',
      { template: { ...template, spec: { ...template.spec, restartPolicy: 'Never' } } },
      'spec.template.spec.restartPolicy: Unsupported value: "Never": supported values: "Always"',
    ],
    [
      'deadline',
      { template: { ...template, spec: { ...template.spec, activeDeadlineSeconds: 5 } } },
      'spec.template.spec.activeDeadlineSeconds: Forbidden: activeDeadlineSeconds in StatefulSet is not Supported',
    ],
    [
      'no containers',
      { template: { ...template, spec: { containers: [] } } },
      'spec.template.spec.containers: Required value',
    ],
    ['image', containers({ image: '' }), `${field}.image: Required value`],
    ['container name', containers({ name: 'My_App' }), `${field}.name: Invalid value: "My_App": ${label}`],
    [
      'port',
      containers({ ports: [{ containerPort: 70000 }] }),
      `${field}.ports[0].containerPort: Invalid value: 70000: must be between 1 and 65535, inclusive`,
    ],
    [
      'mount',
      containers({ volumeMounts: [{ name: 'www', mountPath: '/x' }] }),
      `${field}.volumeMounts[0].name: Not found: "www"`,
    ],
    [
      'probe',
      containers({ readinessProbe: { exec: { command: ['ok'] }, periodSeconds: -1 } }),
      `${field}.readinessProbe.periodSeconds: Invalid value: -1: must be greater than or equal to 0`,
    ],
    [
      'handler',
      containers({ livenessProbe: {} }),
      `${field}.livenessProbe: Required value: must specify a handler type`,
    ],
    [
      'pull policy',
      containers({ imagePullPolicy: 'Sometimes' }),
      `${field}.imagePullPolicy: Unsupported value: "Sometimes": supported values: "Always", "IfNotPresent", "Never"`,
    ],
    [
      'resources',
      containers({ resources: { requests: { cpu: '2' }, limits: { cpu: '1' } } }),
      `${field}.resources.requests: Invalid value: "2": must be less than or equal to cpu limit of 1`,
    ],
    [
      'quantity',
      containers({ resources: { requests: { cpu: 'much' } } }),
      `${field}.resources.requests[cpu]: Invalid value: "much": quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'`,
    ],
    [
      'access modes',
      { volumeClaimTemplates: [{ ...claimTemplate, spec: { ...claimTemplate.spec, accessModes: [] } }] },
      'spec.volumeClaimTemplates[0].spec.accessModes: Required value: at least 1 access mode is required',
    ],
    [
      'storage',
      { volumeClaimTemplates: [{ ...claimTemplate, spec: { ...claimTemplate.spec, resources: {} } }] },
      'spec.volumeClaimTemplates[0].spec.resources[storage]: Required value',
    ],
  ])('is refused for its %s, in the words of the real server', (_name, change, message) => {
    expect(refusal(create(web(change)))).toBe(`StatefulSet.apps "web" is invalid: ${message}`)
  })

  it('is told both things when the selector is missing', () => {
    expect(refusal(create(web({ selector: undefined })))).toBe(
      'StatefulSet.apps "web" is invalid: [spec.selector: Required value, spec.template.metadata.labels: Invalid value: {"app":"web"}: `selector` does not match template `labels`]',
    )
  })

  it('may not be called so that no pod could be', () => {
    expect(refusal(create(web({}, 'web.a')))).toBe(
      'StatefulSet.apps "web.a" is invalid: metadata.name: Invalid value: "web.a": must not contain dots',
    )
    expect(refusal(create(web({}, 'w'.repeat(64))))).toContain('must be no more than 63 bytes')
  })

  const forbidden =
    "spec: Forbidden: updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden"
  const changed = (set: StatefulSet, spec: object) => ({ ...set, spec: { ...set.spec, ...spec } }) as StatefulSet

  it.each<[string, object]>([
    ['serviceName', { serviceName: 'other' }],
    ['podManagementPolicy', { podManagementPolicy: 'Parallel' }],
    ['volumeClaimTemplates', { volumeClaimTemplates: [] }],
  ])('may not change its %s', (_name, change) => {
    const set = stored<StatefulSet>(create(web()))
    expect(refusal(update(changed(set, change)))).toBe(`StatefulSet.apps "web" is invalid: ${forbidden}`)
  })

  it('may change what may change, and counts generations by meaning', () => {
    let set = stored<StatefulSet>(create(web()))
    const give = (spec: object) => {
      set = stored(update(changed(set, spec)))
      return set.metadata.generation
    }
    expect(give({ replicas: 5 })).toBe(2)
    expect(give({ ordinals: { start: 2 }, minReadySeconds: 1, revisionHistoryLimit: 3 })).toBe(3)
    expect(give({ persistentVolumeClaimRetentionPolicy: { whenScaled: 'Delete' } })).toBe(4)
    expect(set.spec.persistentVolumeClaimRetentionPolicy).toEqual({ whenDeleted: 'Retain', whenScaled: 'Delete' })
    expect(give({ template: { ...set.spec.template } })).toBe(4)
    expect(give({ minReadySeconds: 0 })).toBe(5)
    expect(give({ minReadySeconds: 0, podManagementPolicy: 'OrderedReady' })).toBe(5)
    expect(give({ volumeClaimTemplates: [claimTemplate] })).toBe(5)
    const labelled = { ...set, metadata: { ...set.metadata, labels: { team: 'a' } } }
    expect(stored<StatefulSet>(update(labelled)).metadata.generation).toBe(5)
  })

  it('keeps status and spec behind their own doors', () => {
    const set = stored<StatefulSet>(create(web()))
    const status = { replicas: 2, readyReplicas: 1, availableReplicas: 1, observedGeneration: 1 }
    const written = stored<StatefulSet>(update({ ...changed(set, { replicas: 9 }), status }, 'status'))
    expect(written.spec.replicas).toBe(3)
    expect(written.status).toEqual(status)
    const scaled = stored<StatefulSet>(update({ ...changed(written, { replicas: 4 }), status: { replicas: 7 } }))
    expect([scaled.spec.replicas, scaled.status]).toEqual([4, status])
  })

  it.each<[object, string]>([
    [
      { replicas: 1, currentReplicas: -1 },
      'status.currentReplicas: Invalid value: -1: must be greater than or equal to 0',
    ],
    [
      { replicas: 1, readyReplicas: 2 },
      'status.readyReplicas: Invalid value: 2: cannot be greater than status.replicas',
    ],
    [
      { replicas: 2, readyReplicas: 1, availableReplicas: 2 },
      'status.availableReplicas: Invalid value: 2: cannot be greater than status.readyReplicas',
    ],
  ])('is refused a status %j', (status, message) => {
    const set = stored<StatefulSet>(create(web()))
    expect(refusal(update({ ...set, status } as StatefulSet, 'status'))).toBe(
      `StatefulSet.apps "web" is invalid: ${message}`,
    )
  })

  it('counts collisions upwards only', () => {
    const set = stored<StatefulSet>(create(web()))
    const once = stored<StatefulSet>(update({ ...set, status: { replicas: 0, collisionCount: 1 } }, 'status'))
    expect(refusal(update({ ...once, status: { replicas: 0 } }, 'status'))).toContain(
      'status.collisionCount: Invalid value: 0: cannot be decremented',
    )
  })

  it('loses maxUnavailable while the gate is off', () => {
    const strategy = { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '25%', partition: 1 } }
    const set = stored<StatefulSet>(create(web({ updateStrategy: strategy })))
    expect(set.spec.updateStrategy).toEqual({ type: 'RollingUpdate', rollingUpdate: { partition: 1 } })
    context = { ...context, settings: { ...settings, gates: { MaxUnavailableStatefulSet: true } } }
    const budget = stored<StatefulSet>(create(web({ updateStrategy: strategy }, 'db')))
    expect(budget.spec.updateStrategy.rollingUpdate).toEqual({ maxUnavailable: '25%', partition: 1 })
    for (const [value, text] of [
      [0, '0: cannot be 0'],
      ['0%', '0%: cannot be 0'],
      ['101%', '101%: must not be greater than 100%'],
    ] as const)
      expect(
        refusal(
          create(web({ updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: value } } }, 'x')),
        ),
      ).toContain(`spec.updateStrategy.rollingUpdate.maxUnavailable: Invalid value: ${text}`)
  })

  it('needs its namespace', () => {
    expect(refusal(create({ ...web(), metadata: { name: 'web', namespace: 'foo' } }))).toBe(
      'namespaces "foo" not found',
    )
  })
})

describe('Pod', () => {
  it('is stored as the real server stores it', () => {
    const { spec, status, metadata } = stored<Pod>(create(pod()))
    expect(metadata.generation).toBe(1)
    expect(status).toEqual({ phase: 'Pending', qosClass: 'BestEffort' })
    expect(spec).toEqual({
      volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data-web-0' } }],
      containers: [storedContainer],
      restartPolicy: 'Always',
      terminationGracePeriodSeconds: 10,
      dnsPolicy: 'ClusterFirst',
      serviceAccountName: 'default',
      serviceAccount: 'default',
      securityContext: {},
      hostname: 'web-0',
      subdomain: 'web',
      schedulerName: 'default-scheduler',
      tolerations: [
        { key: 'node.kubernetes.io/not-ready', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 },
        { key: 'node.kubernetes.io/unreachable', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 },
      ],
      priority: 0,
      enableServiceLinks: true,
      preemptionPolicy: 'PreemptLowerPriority',
    })
  })

  it('shares the containers of a template that is complete', () => {
    const set = stored<StatefulSet>(create(web()))
    const of = (name: string) =>
      stored<Pod>(create({ ...pod(name), spec: { ...set.spec.template.spec, volumes: pod(name).spec.volumes } }))
    expect(of('web-0').spec.containers).toBe(of('web-1').spec.containers)
  })

  it('keeps a toleration of its own', () => {
    const own = { key: 'node.kubernetes.io/not-ready', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 20 }
    expect(stored<Pod>(create(pod('a', { tolerations: [own] }))).spec.tolerations).toEqual([
      own,
      { key: 'node.kubernetes.io/unreachable', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 },
    ])
    expect(stored<Pod>(create(pod('b', { tolerations: [{ operator: 'Exists' }] }))).spec.tolerations).toHaveLength(1)
  })

  it('has the class of its resources, and requests what is only limited', () => {
    const with_ = (resources: object) =>
      pod(`p${version}`, { containers: [{ ...template.spec.containers[0], resources }] })
    const limited = stored<Pod>(create(with_({ limits: { cpu: '1', memory: '1024Mi' } })))
    expect(limited.spec.containers[0]?.resources).toEqual({
      limits: { cpu: '1', memory: '1Gi' },
      requests: { cpu: '1', memory: '1Gi' },
    })
    expect(limited.status).toMatchObject({ qosClass: 'Guaranteed' })
    expect(stored<Pod>(create(with_({ requests: { cpu: '1' } }))).status).toMatchObject({ qosClass: 'Burstable' })
  })

  it('is refused a label that is too long, in the recorded words', () => {
    const revision = 'an-even-longer-stateful-set-name-well-past-fifty-two-chars-765d9db8d5'
    expect(refusal(create(pod('web-0', {}, { labels: { 'controller-revision-hash': revision } })))).toBe(
      `Pod "web-0" is invalid: metadata.labels: Invalid value: "${revision}": must be no more than 63 bytes`,
    )
  })

  it('may change images, not volumes; is bound to a node once, together with its condition', () => {
    const first = stored<Pod>(create(pod()))
    const moved = {
      ...first,
      spec: { ...first.spec, volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'other' } }] },
    }
    expect(refusal(update(moved))).toBe(
      'Pod "web-0" is invalid: spec: Forbidden: pod updates may not change fields other than `spec.containers[*].image`, `spec.initContainers[*].image`, `spec.activeDeadlineSeconds`, `spec.tolerations`, `spec.terminationGracePeriodSeconds`',
    )
    const scheduled = { type: 'PodScheduled', status: 'True' as const }
    const bound = stored<Pod>(
      update({
        ...first,
        spec: { ...first.spec, nodeName: 'node-1' },
        status: { ...first.status, conditions: [scheduled] },
      }),
    )
    expect([bound.spec.nodeName, bound.status.conditions, bound.metadata.generation]).toEqual([
      'node-1',
      [scheduled],
      1,
    ])
    expect(refusal(update({ ...bound, spec: { ...bound.spec, nodeName: 'node-2' } }))).toContain(
      'pod updates may not change',
    )
    const [container] = bound.spec.containers
    const imaged = stored<Pod>(
      update({ ...bound, spec: { ...bound.spec, containers: [{ ...container!, image: 'x:2' }] } }),
    )
    expect([imaged.spec.containers[0]?.image, imaged.metadata.generation]).toEqual(['x:2', 2])
  })

  it('gets the grace of its state', () => {
    const gone = (options?: DeleteOptions) => {
      const answer = remove('Pod', 'web-0', options)
      return answer.ok && (answer.gone ?? (answer.object as Pod).metadata.deletionGracePeriodSeconds)
    }
    stored<Pod>(create(pod()))
    expect(gone()).toBe(true)
    const bind = () => {
      const fresh = stored<Pod>(create(pod()))
      return stored<Pod>(update({ ...fresh, spec: { ...fresh.spec, nodeName: 'n' } }))
    }
    bind()
    expect(gone()).toBe(10)
    expect(gone({ graceSeconds: 3 })).toBe(3)
    expect(gone({ graceSeconds: 60 })).toBe(3)
    expect(gone({ graceSeconds: -5 })).toBe(1)
    expect(gone({ graceSeconds: 0 })).toBe(true)
    const failed = bind()
    stored<Pod>(update({ ...failed, status: { ...failed.status, phase: 'Failed' } }, 'status'))
    expect(gone()).toBe(true)
  })
})

describe('storage', () => {
  const claim = (name: string, spec: object = {}, annotations?: object) => ({
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name, ...(annotations && { annotations }) },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } }, ...spec },
  })
  const standard = {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'standard', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
    provisioner: 'disk.csi.example.com',
  }

  it('gives a claim the default class, once there is one, unless it names its own', () => {
    expect(stored(create(claim('early')))).toMatchObject({
      metadata: { finalizers: ['kubernetes.io/pvc-protection'] },
      spec: { volumeMode: 'Filesystem' },
      status: { phase: 'Pending' },
    })
    expect(stored(create(standard))).toMatchObject({ reclaimPolicy: 'Delete', volumeBindingMode: 'Immediate' })
    expect(stored(create(claim('late')))).toHaveProperty('spec.storageClassName', 'standard')
    expect(stored(create(claim('none', { storageClassName: '' })))).toHaveProperty('spec.storageClassName', '')
    const annotated = claim('old', {}, { 'volume.beta.kubernetes.io/storage-class': 'anything' })
    expect(stored(create(annotated))).not.toHaveProperty('spec.storageClassName')
  })

  it('lets a claim be bound and nothing else', () => {
    const first = stored<never>(create(claim('data'))) as AnyObject & { spec: object; status: object }
    const bound = stored<never>(
      update({ ...first, spec: { ...first.spec, volumeName: 'pv-1' } } as AnyObject),
    ) as typeof first
    expect(refusal(update({ ...bound, spec: { ...bound.spec, volumeName: 'pv-2' } } as AnyObject))).toBe(
      'PersistentVolumeClaim "data" is invalid: spec: Forbidden: spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims',
    )
    const full = stored<never>(
      update({ ...bound, status: { phase: 'Bound', capacity: { storage: '1Gi' } } } as unknown as AnyObject, 'status'),
    ) as typeof first
    const shrunk = { ...full, spec: { ...full.spec, resources: { requests: { storage: '500Mi' } } } } as AnyObject
    expect(refusal(update(shrunk))).toBe(
      'PersistentVolumeClaim "data" is invalid: spec.resources.requests.storage: Forbidden: field can not be less than status.capacity',
    )
  })

  it('protects a volume and fixes a class', () => {
    const volume = {
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name: 'pv-1' },
      spec: { capacity: { storage: '1024Mi' }, accessModes: ['ReadWriteOnce'] },
    }
    expect(stored(create(volume))).toMatchObject({
      metadata: { finalizers: ['kubernetes.io/pv-protection'] },
      spec: { capacity: { storage: '1Gi' }, persistentVolumeReclaimPolicy: 'Retain' },
      status: { phase: 'Pending' },
    })
    const storageClass = stored<never>(create(standard)) as AnyObject
    expect(refusal(update({ ...storageClass, provisioner: 'x' } as AnyObject))).toBe(
      'StorageClass.storage.k8s.io "standard" is invalid: provisioner: Forbidden: updates to provisioner are forbidden.',
    )
  })
})

describe('Service and the plain kinds', () => {
  const service = (name: string, spec: object) => ({ apiVersion: 'v1', kind: 'Service', metadata: { name }, spec })

  it('stores a headless Service as the real server does', () => {
    expect(
      stored(
        create(service('web', { ports: [{ port: 80, name: 'web' }], clusterIP: 'None', selector: { app: 'web' } })),
      ),
    ).toMatchObject({
      spec: {
        ports: [{ name: 'web', protocol: 'TCP', port: 80, targetPort: 80 }],
        selector: { app: 'web' },
        clusterIP: 'None',
        clusterIPs: ['None'],
        type: 'ClusterIP',
        sessionAffinity: 'None',
        ipFamilies: ['IPv4'],
        ipFamilyPolicy: 'SingleStack',
        internalTrafficPolicy: 'Cluster',
      },
      status: { loadBalancer: {} },
    })
  })

  it('gives out addresses and node ports in order, and takes none back', () => {
    const ip = (name: string, spec: object = {}) =>
      stored(create(service(name, { ports: [{ port: 80 }], ...spec }))) as AnyObject & {
        spec: { clusterIP: string; ports: { nodePort: number }[] }
      }
    expect([ip('a').spec.clusterIP, ip('b').spec.clusterIP]).toEqual(['10.96.0.100', '10.96.0.101'])
    expect(ip('c', { type: 'NodePort' }).spec.ports[0]?.nodePort).toBe(30000)
    expect(ip('d', { type: 'NodePort' }).spec.ports[0]?.nodePort).toBe(30001)
    const a = readObject(room.objects, 'Service', 'default', 'a')!
    expect(refusal(update({ ...a, spec: { ...a.spec, clusterIP: 'None' } }))).toBe(
      'Service "a" is invalid: spec.clusterIPs[0]: Invalid value: ["None"]: may not change once set',
    )
    const { clusterIP: _kept, ...rest } = a.spec
    expect(stored(update({ ...a, spec: { ...rest, selector: { app: 'x' } } }))).toHaveProperty(
      'spec.clusterIP',
      '10.96.0.100',
    )
  })

  it('refuses a Service without ports, with nameless ports, or with a number for a name', () => {
    expect(refusal(create(service('a', {})))).toBe('Service "a" is invalid: spec.ports: Required value')
    expect(refusal(create(service('a', { ports: [{ port: 80 }, { port: 81, name: 'b' }] })))).toBe(
      'Service "a" is invalid: spec.ports[0].name: Required value',
    )
    expect(refusal(create(service('1a', { ports: [{ port: 80 }] })))).toContain('a DNS-1035 label must consist of')
    expect(refusal(create(service('a', { ports: [{ port: 0 }] })))).toContain(
      'spec.ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive',
    )
  })

  it('turns the stringData of a Secret into data', () => {
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, stringData: { a: 'hello', b: 'né☃😀' } }
    const object = stored(create(secret)) as AnyObject & { data: Record<string, string> }
    expect(object.data).toEqual({
      a: Buffer.from('hello').toString('base64'),
      b: Buffer.from('né☃😀').toString('base64'),
    })
    expect(object).toMatchObject({ type: 'Opaque' })
    expect(object).not.toHaveProperty('stringData')
  })

  it('refuses keys, labels, annotations and finalizers that are none', () => {
    const map = (meta: object, data: object = {}) => ({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'm', ...meta },
      data,
    })
    expect(refusal(create(map({}, { 'a b': '' })))).toContain(
      'data[a b]: Invalid value: "a b": a valid config key must consist of',
    )
    expect(refusal(create(map({ labels: { 'a b': 'c' } })))).toContain(
      'metadata.labels: Invalid value: "a b": name part must consist of',
    )
    expect(refusal(create(map({ labels: { a: '-' } })))).toContain(
      'metadata.labels: Invalid value: "-": a valid label must be an empty string or',
    )
    expect(refusal(create(map({ annotations: { 'x/y/z': '' } })))).toContain('a qualified name must consist of')
    expect(refusal(create(map({ finalizers: ['hold'] })))).toContain(
      'name is neither a standard finalizer name nor is it fully qualified',
    )
    expect(refusal(create(map({ name: '' })))).toBe(
      'ConfigMap "" is invalid: metadata.name: Required value: name or generateName is required',
    )
  })

  it('lets no finalizer be added once deletion has begun', () => {
    const map = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'm', finalizers: ['example.com/hold'] } }
    stored(create(map))
    const dying = stored<never>(remove('ConfigMap', 'm')) as AnyObject
    expect(
      refusal(
        update({
          ...dying,
          metadata: { ...dying.metadata, finalizers: ['example.com/hold', 'example.com/more'] },
        } as AnyObject),
      ),
    ).toBe(
      'ConfigMap "m" is invalid: metadata.finalizers: Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{"example.com/more"}',
    )
    const freed = update({ ...dying, metadata: { ...dying.metadata, finalizers: [] } } as AnyObject)
    expect(freed).toMatchObject({ ok: true, gone: true })
  })

  it('keeps a revision’s data and lets its number change', () => {
    const revision = {
      apiVersion: 'apps/v1',
      kind: 'ControllerRevision',
      metadata: { name: 'web-1' },
      revision: 1,
      data: { spec: { template } },
    }
    const object = stored<never>(create(revision)) as AnyObject & { revision: number }
    expect(stored(update({ ...object, revision: 4 } as AnyObject))).toMatchObject({ revision: 4 })
    expect(refusal(create({ ...revision, metadata: { name: 'b' }, data: undefined }))).toBe(
      'ControllerRevision.apps "b" is invalid: data: Required value: data is mandatory',
    )
  })
})
