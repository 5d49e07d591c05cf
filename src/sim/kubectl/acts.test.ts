/** Every act against the real API server and strategies, with one toy kubelet that keeps what it is told. */
import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { nameChange } from '../api/nameChange.ts'
import { strategies } from '../api/strategies.ts'
import type { AnyObject, Kind, ObjectOf, Pod } from '../api/types.ts'
import { readObject } from '../kernel/apiServer.ts'
import type { Command } from '../kernel/command.ts'
import { makeKernel } from '../kernel/kernel.ts'
import { get } from '../kernel/sorted.ts'
import type { Draft, Laws, Transition, World } from '../kernel/types.ts'
import { act } from './acts.ts'
import { LAST_APPLIED } from './lastApplied.ts'

const settings = {
  clusterDomain: 'cluster.local',
  kubernetes: '1.36',
  gates: { MaxUnavailableStatefulSet: false },
  dnsTtlSeconds: 30,
}
const laws: Laws = {
  deciders: [
    {
      name: 'kubelet',
      component: 'kubelet',
      delayMs: [0, 0],
      watches: [],
      *decide(_view, _key, { signal }) {
        yield { do: 'remember', memory: signal }
        return undefined
      },
    },
  ],
  strategies,
  rules: [],
  act,
  nameChange,
  bootstrap: () => [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'default' } } as Draft],
  freeze: true,
}
const kernel = makeKernel(laws)

let world: World
let last: Transition

/** Gives a command; returns the refusal's message, or undefined when it was done. */
function give(command: unknown): string | undefined {
  last = kernel.dispatch(world, command as Command)
  if (last.refusal) expect(last.world).toBe(world)
  world = last.world
  return last.refusal?.message
}
const here = { namespace: 'default', name: 'web' }
const onPod = { namespace: 'default', name: 'web-0' }
const read = <K extends Kind>(kind: K, name: string) => readObject(world.objects, kind, 'default', name) as ObjectOf<K>
const web = () => read('StatefulSet', 'web')
const facts = () => last.facts.map(({ type, detail }) => ({ type, ...detail }))

const container = {
  name: 'nginx',
  image: 'nginx:1',
  volumeMounts: [{ name: 'www', mountPath: '/usr/share/nginx/html' }],
}
const set = (spec: object = {}, meta: object = {}) => ({
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  metadata: { name: 'web', ...meta },
  spec: {
    serviceName: 'nginx',
    replicas: 3,
    selector: { matchLabels: { app: 'nginx' } },
    template: { metadata: { labels: { app: 'nginx' } }, spec: { containers: [container], volumes: [{ name: 'www' }] } },
    ...spec,
  },
})
const claim = {
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name: 'www-web-0' },
  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
}
const pod = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web-0' },
  spec: { containers: [container], volumes: [{ name: 'www', persistentVolumeClaim: { claimName: 'www-web-0' } }] },
}
const apply = (...objects: unknown[]) => give({ type: 'applyObjects', objects })

/** Writes as the cluster's own components would. */
function write(
  change: (object: never) => AnyObject,
  kind: Kind,
  name: string,
  door: 'update' | 'updateStatus' = 'update',
): void {
  const components = makeKernel({
    ...laws,
    *act() {
      const answer = yield { do: door, object: change(read(kind, name) as never) }
      return answer.ok ? undefined : answer.refusal
    },
  })
  const { world: next, refusal } = components.dispatch(world, { type: 'deletePod', ...onPod })
  expect(refusal).toBeUndefined()
  world = next
}
const bind = () => write((found: Pod) => ({ ...found, spec: { ...found.spec, nodeName: 'node-1' } }), 'Pod', 'web-0')
const status = (given: Partial<Pod['status']>) =>
  write((found: Pod) => ({ ...found, status: { ...found.status, ...given } }), 'Pod', 'web-0', 'updateStatus')
function runPod(): void {
  expect(apply(claim, pod)).toBeUndefined()
  write(
    (found: { spec: object } & AnyObject) => ({ ...found, spec: { ...found.spec, volumeName: 'pv-1' } }) as AnyObject,
    'PersistentVolumeClaim',
    'www-web-0',
  )
  bind()
  status({
    phase: 'Running',
    containerStatuses: [
      { name: 'nginx', image: 'nginx:1', ready: true, restartCount: 0, state: { running: { startedAt: 't' } } },
    ],
  })
}
/** What the kubelet was told. */
function told(): unknown {
  world = kernel.advance(world, world.now).world
  return get(world.memories, `kubelet|Pod/default/web-0#${read('Pod', 'web-0').metadata.uid}`)
}

beforeEach(() => {
  world = kernel.create(1, settings)
})

describe('acts on a set', () => {
  beforeEach(() => {
    expect(apply(set())).toBeUndefined()
  })

  it('scales', () => {
    expect(give({ type: 'scaleStatefulSet', ...here, replicas: 5 })).toBeUndefined()
    expect(web().spec.replicas).toBe(5)
    expect(facts()).toEqual([
      { type: 'commandGiven', command: 'scaleStatefulSet', line: 'kubectl scale sts web --replicas=5' },
      { type: 'setScaled', from: 3, to: 5 },
    ])
  })

  it('changes the image of the one container, of a named one, of all', () => {
    const image = () => web().spec.template.spec.containers[0]?.image
    expect(give({ type: 'setImage', ...here, image: 'nginx:2' })).toBeUndefined()
    expect(image()).toBe('nginx:2')
    expect(facts()[0]).toMatchObject({ line: 'kubectl set image sts/web nginx=nginx:2' })
    expect(give({ type: 'setImage', ...here, image: 'nginx:3', container: 'nginx' })).toBeUndefined()
    expect(give({ type: 'setImage', ...here, image: 'nginx:4', container: '*' })).toBeUndefined()
    expect(image()).toBe('nginx:4')
    expect(web().metadata.generation).toBe(4)
    expect(give({ type: 'setImage', ...here, image: 'x', container: 'foo' })).toBe(
      'error: unable to find container named "foo"',
    )
    const two = {
      template: {
        ...set().spec.template,
        spec: { containers: [container, { name: 'b', image: 'b' }], volumes: [{ name: 'www' }] },
      },
    }
    expect(apply(set(two))).toBeUndefined()
    expect(give({ type: 'setImage', ...here, image: 'x' })).toBe(
      'error: a container name must be specified for statefulset web, choose one of: [nginx b]',
    )
  })

  it('moves the partition, only where there can be one', () => {
    expect(give({ type: 'setPartition', ...here, partition: 2 })).toBeUndefined()
    expect(web().spec.updateStrategy).toEqual({ type: 'RollingUpdate', rollingUpdate: { partition: 2 } })
    expect(give({ type: 'setUpdateStrategy', ...here, strategy: { type: 'OnDelete' } })).toBeUndefined()
    expect(web().spec.updateStrategy).toEqual({ type: 'OnDelete' })
    expect(give({ type: 'setPartition', ...here, partition: 1 })).toBe(
      `StatefulSet.apps "web" is invalid: spec.updateStrategy.rollingUpdate: Invalid value: {"Partition":1,"MaxUnavailable":null}: only allowed for updateStrategy 'RollingUpdate'`,
    )
  })

  it.each([
    [
      { type: 'scaleStatefulSet', ...here, replicas: -1 },
      'StatefulSet.apps "web" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal to 0',
    ],
    [
      { type: 'setPartition', ...here, partition: -1 },
      'StatefulSet.apps "web" is invalid: spec.updateStrategy.rollingUpdate.partition: Invalid value: -1: must be greater than or equal to 0',
    ],
    [{ type: 'scaleStatefulSet', namespace: 'default', name: 'db', replicas: 1 }, 'statefulsets.apps "db" not found'],
    [{ type: 'setImage', namespace: 'foo', name: 'web', image: 'x' }, 'statefulsets.apps "web" not found'],
    [
      { type: 'deleteStatefulSet', namespace: 'default', name: 'db', cascade: 'orphan' },
      'statefulsets.apps "db" not found',
    ],
    [
      { type: 'setUpdateStrategy', ...here, strategy: { type: 'Recreate' } },
      `StatefulSet.apps "web" is invalid: spec.updateStrategy: Invalid value: {"Type":"Recreate","RollingUpdate":null}: must be 'RollingUpdate' or 'OnDelete'`,
    ],
  ])('refuses %j', (command, message) => {
    expect(give(command)).toBe(message)
  })

  it('deletes with each cascade, and refuses what a set on its way out would not do', () => {
    expect(give({ type: 'deleteStatefulSet', ...here, cascade: 'foreground' })).toBeUndefined()
    expect(web().metadata.finalizers).toEqual(['foregroundDeletion'])
    for (const command of [
      { type: 'scaleStatefulSet', replicas: 1 },
      { type: 'setImage', image: 'x' },
      { type: 'setPartition', partition: 1 },
      { type: 'setUpdateStrategy', strategy: { type: 'OnDelete' } },
    ]) {
      expect(give({ ...command, ...here })).toContain('statefulsets.apps "web" is being deleted')
      expect(last.refusal?.reason).toBe('Impossible')
    }
    expect(apply(set({}, { name: 'db' }))).toBeUndefined()
    expect(give({ type: 'deleteStatefulSet', namespace: 'default', name: 'db', cascade: 'background' })).toBeUndefined()
    expect(read('StatefulSet', 'db')).toBeUndefined()
    expect(facts().map(({ type }) => type)).toEqual(['commandGiven', 'setDeleted'])
  })

  it('patches, and refuses what a patch cannot do', () => {
    const patch = (body: unknown, name = 'web', kind = 'statefulsets') =>
      give({ type: 'patchObject', namespace: 'default', name, kind, patch: body })
    expect(patch({ spec: { minReadySeconds: 5, updateStrategy: { type: 'OnDelete' } } })).toBeUndefined()
    expect(web().spec).toMatchObject({ minReadySeconds: 5, updateStrategy: { type: 'OnDelete' } })
    expect(
      patch({ spec: { template: { spec: { containers: [{ name: 'nginx', image: 'nginx:9' }] } } } }),
    ).toBeUndefined()
    expect(web().spec.template.spec.containers).toMatchObject([{ ...container, image: 'nginx:9' }])
    expect(patch({ status: { replicas: 9 } })).toBeUndefined()
    expect(web().status.replicas).toBe(0)
    expect(patch({ spec: { replicas: 'three' } })).toBe(
      'The request is invalid: patch: Invalid value: "map[spec:map[replicas:three]]": unrecognized type: int32',
    )
    expect(patch({ spec: { replicas: null } })).toBeUndefined()
    expect(web().spec.replicas).toBe(1)
    expect(patch([])).toBe('json: cannot unmarshal array into Go value of type map[string]interface {}')
    expect(patch({ metadata: { name: 'x' } })).toBe(
      'the name of the object (x) does not match the name on the URL (web)',
    )
    expect(patch({ kind: 'Pod' })).toBe('the kind and version of an object cannot be changed by a patch')
    expect(patch({ spec: { serviceName: 'other' } })).toContain(
      'spec: Forbidden: updates to statefulset spec for fields other than',
    )
    expect(patch({ spec: null })).toContain('spec.selector: Required value')
    expect(patch({ metadata: null })).toContain('does not match the name on the URL')
    expect(patch({}, 'x', 'foos')).toBe('error: the server doesn\'t have a resource type "foos"')
    expect(patch({}, 'x', 'sts')).toBe('statefulsets.apps "x" not found')
    expect(patch({}, 'x', 'events')).toBe('events are written by the cluster itself')
  })

  it('deletes other things by their plural', () => {
    expect(apply({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'm' } })).toBeUndefined()
    expect(give({ type: 'deleteObject', namespace: 'default', name: 'm', kind: 'configmaps' })).toBeUndefined()
    expect(read('ConfigMap', 'm')).toBeUndefined()
    expect(give({ type: 'deleteObject', namespace: 'default', name: 'm', kind: 'cm' })).toBe('configmaps "m" not found')
    expect(give({ type: 'deleteObject', namespace: 'default', name: 'default', kind: 'namespaces' })).toBe(
      'deleting namespaces is not simulated',
    )
    expect(give({ type: 'deleteClaim', namespace: 'default', name: 'www-web-0' })).toBe(
      'persistentvolumeclaims "www-web-0" not found',
    )
  })
})

describe('acts on a pod', () => {
  it('deletes with the grace that kubectl would ask for', () => {
    const grace = () => read('Pod', 'web-0')?.metadata.deletionGracePeriodSeconds
    runPod()
    expect(give({ type: 'deletePod', ...onPod })).toBeUndefined()
    expect(grace()).toBe(30)
    expect(give({ type: 'deletePod', ...onPod, graceSeconds: 5 })).toBeUndefined()
    expect(grace()).toBe(5)
    expect(give({ type: 'deletePod', ...onPod, graceSeconds: 0 })).toBeUndefined()
    expect(grace()).toBe(1)
    expect(give({ type: 'deletePod', ...onPod, graceSeconds: 5, force: true })).toBe(
      'error: --force and --grace-period greater than 0 cannot be specified together',
    )
    expect(give({ type: 'deletePod', ...onPod, force: true })).toBeUndefined()
    expect(read('Pod', 'web-0')).toBeUndefined()
    expect(give({ type: 'deletePod', ...onPod })).toBe('pods "web-0" not found')
  })

  it('sends the kubelet what happens inside', () => {
    runPod()
    expect(give({ type: 'crashContainer', ...onPod })).toBeUndefined()
    expect(facts()).toEqual([
      { type: 'commandGiven', command: 'crashContainer', line: "kubectl exec web-0 -- sh -c 'kill 1'" },
    ])
    expect(told()).toEqual({ type: 'crash', detail: { container: 'nginx', exitCode: 1 } })
    give({ type: 'crashContainer', ...onPod, container: 'nginx', exitCode: 137 })
    expect(told()).toEqual({ type: 'crash', detail: { container: 'nginx', exitCode: 137 } })
    give({ type: 'hangContainer', ...onPod })
    expect(told()).toEqual({ type: 'hang', detail: { container: 'nginx' } })
    give({ type: 'exhaustMemory', ...onPod, container: 'nginx' })
    expect(told()).toEqual({ type: 'oom', detail: { container: 'nginx' } })
    expect(give({ type: 'exhaustMemory', ...onPod, container: 'x' })).toContain('container x is not valid')
    give({ type: 'setReadiness', ...onPod, ready: false })
    expect(told()).toEqual({ type: 'holdReadiness', detail: { ready: false } })
    give({ type: 'setReadiness', ...onPod, ready: true })
    expect(told()).toEqual({ type: 'holdReadiness', detail: { ready: true } })
    give({ type: 'failPod', ...onPod })
    expect(told()).toEqual({ type: 'evict', detail: { reason: 'Evicted' } })
  })

  it('refuses what cannot happen inside', () => {
    const crash = (more: object = {}) => give({ type: 'crashContainer', ...onPod, ...more })
    expect(crash()).toBe('pods "web-0" not found')
    expect(apply(claim, pod)).toBeUndefined()
    expect(crash()).toBe('pod web-0 does not have a host assigned')
    bind()
    expect(crash()).toBe('error: Internal error occurred: unable to upgrade connection: container not found ("nginx")')
    expect(give({ type: 'setReadiness', ...onPod, ready: false })).toContain('container not found ("nginx")')
    expect(give({ type: 'setReadiness', ...onPod, ready: true })).toBeUndefined()
    expect(crash({ container: 'x' })).toBe('error: container x is not valid for pod web-0 out of: nginx')
    status({ phase: 'Failed' })
    expect(give({ type: 'failPod', ...onPod })).toBe('pod web-0 is completed; current phase is Failed')
    world = kernel.create(1, settings)
    runPod()
    expect(crash({ exitCode: 256 })).toBe('crashContainer: exitCode 256 must be between 0 and 255')
  })

  it('writes files on a mounted claim, and nowhere else', () => {
    runPod()
    const file = (path: string, text = 'hello') => give({ type: 'writeFile', ...onPod, path, text })
    expect(file('/usr/share/nginx/html/index.html')).toBeUndefined()
    expect(file('//usr/share/nginx/html/a/b.txt', '')).toBeUndefined()
    expect(get(world.disks, 'pv-1')).toEqual({ 'index.html': 'hello', 'a/b.txt': '' })
    expect(file('/etc/passwd')).toBe(
      'writeFile: /etc/passwd is on no claim of pod web-0; claims are mounted at: /usr/share/nginx/html',
    )
    for (const path of ['index.html', '/usr/share/nginx/html/', '/usr/share/nginx/html/../x', '/'])
      expect(file(path)).toBe(`writeFile: path "${path}" must be the absolute path of a file`)
    const remove = (path: string) => give({ type: 'removeFile', ...onPod, path })
    expect(remove('/usr/share/nginx/html/a/b.txt')).toBeUndefined()
    expect(get(world.disks, 'pv-1')).toEqual({ 'index.html': 'hello' })
    expect(remove('/usr/share/nginx/html/a/b.txt')).toBe(
      "rm: can't remove '/usr/share/nginx/html/a/b.txt': No such file or directory",
    )
    expect(remove('/etc/passwd')).toMatch(/^removeFile: \/etc\/passwd is on no claim/)
  })

  it('writes to the innermost of two mounts, and to none that is read-only', () => {
    const volumeMounts = [
      { name: 'www', mountPath: '/data' },
      { name: 'inner', mountPath: '/data/inner/' },
      { name: 'inner', mountPath: '/data/inner/sealed', readOnly: true },
    ]
    const inner = { ...claim, metadata: { name: 'inner' } }
    const volumes = [...pod.spec.volumes, { name: 'inner', persistentVolumeClaim: { claimName: 'inner' } }]
    expect(
      apply(claim, inner, { ...pod, spec: { containers: [{ ...container, volumeMounts }], volumes } }),
    ).toBeUndefined()
    for (const [name, volumeName] of [
      ['www-web-0', 'pv-1'],
      ['inner', 'pv-2'],
    ] as const)
      write(
        (found: AnyObject & { spec: object }) => ({ ...found, spec: { ...found.spec, volumeName } }) as AnyObject,
        'PersistentVolumeClaim',
        name,
      )
    bind()
    status({
      phase: 'Running',
      containerStatuses: [
        { name: 'nginx', image: 'i', ready: true, restartCount: 0, state: { running: { startedAt: 't' } } },
      ],
    })
    const file = (path: string) => give({ type: 'writeFile', ...onPod, path, text: 'x' })
    expect([file('/data/a'), file('/data/inner/b'), file('/data/innermost')]).toEqual([undefined, undefined, undefined])
    expect(get(world.disks, 'pv-1')).toEqual({ a: 'x', innermost: 'x' })
    expect(get(world.disks, 'pv-2')).toEqual({ b: 'x' })
    expect(file('/data/inner/sealed/c')).toBe("sh: can't create /data/inner/sealed/c: Read-only file system")
    expect(give({ type: 'removeFile', ...onPod, path: '/data/inner/sealed/c' })).toBe(
      "sh: can't remove /data/inner/sealed/c: Read-only file system",
    )
  })

  it('lets no client bind a pod or move it', () => {
    expect(apply(pod)).toBeUndefined()
    const patch = { spec: { nodeName: 'node-1' } }
    expect(give({ type: 'patchObject', ...onPod, kind: 'pods', patch })).toContain(
      'spec: Forbidden: pod updates may not change fields other than',
    )
  })
})

describe('applying objects', () => {
  const service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'nginx', labels: { app: 'nginx' } },
    spec: { clusterIP: 'None', ports: [{ port: 80, name: 'web' }], selector: { app: 'nginx' } },
  }

  it('stores what was sent in the annotation, as kubectl does', () => {
    expect(apply(service)).toBeUndefined()
    expect(read('Service', 'nginx').metadata.annotations?.[LAST_APPLIED]).toBe(
      '{"apiVersion":"v1","kind":"Service","metadata":{"annotations":{},"labels":{"app":"nginx"},"name":"nginx","namespace":"default"},"spec":{"clusterIP":"None","ports":[{"name":"web","port":80}],"selector":{"app":"nginx"}}}\n',
    )
    const annotated = { ...service, metadata: { ...service.metadata, annotations: { a: '<&>' } } }
    expect(apply(annotated)).toBeUndefined()
    expect(read('Service', 'nginx').metadata.annotations?.[LAST_APPLIED]).toContain('"a":"\\u003c\\u0026\\u003e"')
  })

  it('says of each object what became of it', () => {
    const results = () =>
      facts()
        .filter(({ type }) => type === 'commandGiven')
        .map((fact) => fact as unknown as { object: string; result: string })
        .map(({ object, result }) => `${object} ${result}`)
    apply(service, set())
    expect(results()).toEqual(['service/nginx created', 'statefulset.apps/web created'])
    apply(service, set())
    expect(results()).toEqual(['service/nginx unchanged', 'statefulset.apps/web unchanged'])
    apply(service, set({ replicas: 4 }))
    expect(results()).toEqual(['service/nginx unchanged', 'statefulset.apps/web configured'])
    expect(web().spec.replicas).toBe(4)
  })

  it('keeps what others changed, and removes what the manifest dropped', () => {
    const { replicas: _dropped, ...spec } = set().spec
    apply({ ...set(), spec: { ...spec, minReadySeconds: 5 } })
    give({ type: 'scaleStatefulSet', ...here, replicas: 7 })
    give({ type: 'patchObject', ...here, kind: 'sts', patch: { metadata: { labels: { mine: 'x' } } } })
    expect(apply({ ...set(), spec })).toBeUndefined()
    expect([web().spec.replicas, web().spec.minReadySeconds, web().metadata.labels]).toEqual([
      7,
      undefined,
      { mine: 'x' },
    ])
  })

  it('applies the same object twice in one go, and a namespace before what is in it', () => {
    expect(apply(set(), set({ replicas: 4 }))).toBeUndefined()
    expect(web().spec.replicas).toBe(4)
    const inside = { ...service, metadata: { name: 'nginx', namespace: 'foo' } }
    expect(apply(inside)).toBe('namespaces "foo" not found')
    expect(apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'foo' } }, inside)).toBeUndefined()
    expect(readObject(world.objects, 'Service', 'foo', 'nginx')).toBeDefined()
  })

  it('takes an early version with the defaults of that version', () => {
    const { selector: _none, ...spec } = set().spec
    expect(apply({ ...set(), apiVersion: 'apps/v1beta1', spec })).toBeUndefined()
    expect(web()).toMatchObject({
      apiVersion: 'apps/v1',
      metadata: { labels: { app: 'nginx' } },
      spec: { selector: { matchLabels: { app: 'nginx' } }, updateStrategy: { type: 'OnDelete' } },
    })
  })

  it('takes what a client cannot set from nobody', () => {
    expect(
      apply(
        set({}, { uid: 'mine', resourceVersion: '77', generation: 9, creationTimestamp: 'x', deletionTimestamp: 'y' }),
      ),
    ).toBeUndefined()
    expect(web().metadata).toMatchObject({ generation: 1, creationTimestamp: '2026-01-01T00:00:00Z' })
    expect(web().metadata.uid).not.toBe('mine')
    expect(web().metadata).not.toHaveProperty('deletionTimestamp')
  })

  it('stores all or none, and tells everything that is wrong', () => {
    const bad = set({ replicas: -1, podManagementPolicy: 'x' })
    expect(apply(service, bad, { apiVersion: 'v1', kind: 'Foo', metadata: {} })).toBe(
      [
        'StatefulSet.apps "web" is invalid: [spec.podManagementPolicy: Invalid value: "x": must be \'OrderedReady\' or \'Parallel\', spec.replicas: Invalid value: -1: must be greater than or equal to 0]',
        'no matches for kind "Foo" in version "v1"',
      ].join('\n'),
    )
    expect(last.refusal?.fields?.map(({ field }) => field)).toEqual(['spec.podManagementPolicy', 'spec.replicas'])
    expect(read('Service', 'nginx')).toBeUndefined()
  })

  it.each<[unknown[], string]>([
    [[], 'error: no objects passed to apply'],
    [[3], 'an object with apiVersion and kind is needed'],
    [[{}], 'apiVersion and kind must be set'],
    [[{ apiVersion: 'v1', kind: 'Event', metadata: { name: 'x' } }], 'events are written by the cluster itself'],
    [[{ apiVersion: 'v2', kind: 'Pod' }], 'no matches for kind "Pod" in version "v2"'],
    [[{ apiVersion: 'v1', kind: '__proto__' }], 'no matches for kind "__proto__" in version "v1"'],
    [
      [set({ replicas: 'two' })],
      'StatefulSet in version "v1" cannot be handled as a StatefulSet: json: cannot unmarshal string into Go struct field StatefulSetSpec.spec.replicas of type int32',
    ],
    [
      [{ apiVersion: 'v1', kind: 'ConfigMap' }],
      'ConfigMap "" is invalid: metadata.name: Required value: name or generateName is required',
    ],
  ])('refuses %j', (objects, message) => {
    expect(apply(...objects)).toBe(message)
  })
})

describe('commands that are none', { timeout: 60_000 }, () => {
  it.each<[unknown, string]>([
    [undefined, 'not a command: value: a undefined is no value of JSON'],
    ['scale', 'not a command: an object with a type is needed'],
    [{ type: 'explode' }, 'unknown command "explode"; known are applyObjects, '],
    [{ type: 'toString' }, 'unknown command "toString"; known are applyObjects, '],
    [
      { type: 'scaleStatefulSet', ...here, replicas: 'abc' },
      'scaleStatefulSet: json: cannot unmarshal string into Go struct field scaleStatefulSet.replicas of type int32',
    ],
    [
      { type: 'scaleStatefulSet', ...here, replicas: 1.5 },
      'scaleStatefulSet: json: cannot unmarshal number 1.5 into Go struct field scaleStatefulSet.replicas of type int32',
    ],
    [
      { type: 'scaleStatefulSet', ...here, replica: 3 },
      'scaleStatefulSet: unknown field "replica"; required field "replicas" not set',
    ],
    [
      { type: 'scaleStatefulSet', namespace: 'default', replicas: 3 },
      'scaleStatefulSet: required field "name" not set',
    ],
    [
      { type: 'setUpdateStrategy', ...here, strategy: { type: 'RollingUpdate', rollingUpdate: { partition: 'x' } } },
      'setUpdateStrategy: json: cannot unmarshal string into Go struct field RollingUpdate.strategy.rollingUpdate.partition of type int32',
    ],
    [
      { type: 'deleteStatefulSet', ...here, cascade: 'foo' },
      'error: invalid cascade value (foo). Must be "background", "foreground", or "orphan"',
    ],
    [
      { type: 'setReadiness', ...onPod, ready: 'yes' },
      'setReadiness: json: cannot unmarshal string into Go struct field setReadiness.ready of type bool',
    ],
  ])('%j', (command, message) => {
    expect(give(command)?.slice(0, message.length)).toBe(message)
    expect(last.refusal?.reason).toBe('BadRequest')
  })

  it('name the field at fault', () => {
    give({ type: 'scaleStatefulSet', ...here, replicas: 'abc' })
    expect(last.refusal?.fields).toEqual([
      {
        field: 'replicas',
        type: 'Invalid',
        message: 'json: cannot unmarshal string into Go struct field scaleStatefulSet.replicas of type int32',
      },
    ])
  })

  it('never throw, whatever they hold', () => {
    const types = [
      'applyObjects',
      'scaleStatefulSet',
      'setImage',
      'setPartition',
      'setUpdateStrategy',
      'patchObject',
      'deleteStatefulSet',
      'deletePod',
      'deleteObject',
      'crashContainer',
      'exhaustMemory',
      'hangContainer',
      'setReadiness',
      'failPod',
      'writeFile',
      'removeFile',
    ]
    const fields = [
      'name',
      'namespace',
      'replicas',
      'image',
      'container',
      'partition',
      'strategy',
      'kind',
      'patch',
      'cascade',
      'graceSeconds',
      'force',
      'exitCode',
      'ready',
      'reason',
      'path',
      'text',
      'objects',
    ]
    const word = fc.constantFrom(
      'web',
      'default',
      'web-0',
      'statefulsets',
      'pods',
      'pvc',
      'orphan',
      'nginx',
      '/usr/share/nginx/html/x',
    )
    const value = fc.oneof(word, fc.integer(), fc.boolean(), fc.jsonValue(), fc.constant(set()))
    const command = fc.tuple(fc.constantFrom(...types), fc.dictionary(fc.constantFrom(...fields), value))
    runPod()
    apply(set())
    const start = world
    fc.assert(
      fc.property(command, ([type, rest]) => {
        world = start
        give({ type, name: 'web', ...rest })
      }),
      { numRuns: 300 },
    )
  })

  it('never throw, whatever a patch or an object holds', () => {
    runPod()
    apply(set())
    const start = world
    const keys = fc.constantFrom(
      'metadata',
      'spec',
      'status',
      'template',
      'containers',
      'labels',
      'name',
      'ports',
      'env',
      'selector',
      'matchLabels',
      'volumes',
      'resources',
      'requests',
      'updateStrategy',
      'rollingUpdate',
      'volumeClaimTemplates',
      'readinessProbe',
      'httpGet',
      'tolerations',
      'data',
      'claimRef',
      'finalizers',
      'annotations',
      'ownerReferences',
      'replicas',
      'ordinals',
    )
    const body = fc.letrec((tie) => ({
      value: fc.oneof({ maxDepth: 6 }, fc.constantFrom(null, 0, -1, '', 'x', true, 'nginx'), tie('list'), tie('map')),
      list: fc.array(tie('value'), { maxLength: 2 }),
      map: fc.dictionary(keys, tie('value'), { maxKeys: 4 }),
    })).map
    const target = fc.constantFrom(['statefulsets', 'web'], ['pods', 'web-0'], ['pvc', 'www-web-0'])
    const kinds = fc.constantFrom(
      'StatefulSet',
      'Pod',
      'Service',
      'PersistentVolumeClaim',
      'PersistentVolume',
      'StorageClass',
      'ConfigMap',
      'Secret',
      'Namespace',
    )
    const versions = { StatefulSet: 'apps/v1', StorageClass: 'storage.k8s.io/v1' } as Record<string, string>
    fc.assert(
      fc.property(target, kinds, body, ([plural, name], kind, fields) => {
        world = start
        give({ type: 'patchObject', namespace: 'default', name, kind: plural, patch: fields })
        world = start
        apply({ ...(fields as object), apiVersion: versions[kind] ?? 'v1', kind })
        const metadata = { name: 'x' }
        apply({ ...(fields as object), apiVersion: versions[kind] ?? 'v1', kind, metadata })
      }),
      { numRuns: 400 },
    )
  })
})
