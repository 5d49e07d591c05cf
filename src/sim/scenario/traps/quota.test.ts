/** What quotas refuse and count, in the words of the API server, and what they make of a set. */
import { afterEach, describe, expect, it } from 'vitest'
import { admitByQuota } from '../../api/quotaAdmission.ts'
import type { AnyObject, Kind, ResourceQuotaSpec } from '../../api/types.ts'
import { debtsOf } from '../../guarantees/promises.ts'
import { objectsOf, why } from '../../index.ts'
import type { ClusterView } from '../../kernel/types.ts'
import { Lab, serviceNamed, setNamed } from '../fixtures/lab.ts'

afterEach(() => expect(Lab.violations()).toEqual([]))

type Hard = NonNullable<ResourceQuotaSpec['hard']>

const object = (given: object) => given as unknown as AnyObject
const named = (name: string) => ({ name, namespace: 'default' })

const quota = (hard: Hard, more: object = {}, name = 'q') =>
  object({ apiVersion: 'v1', kind: 'ResourceQuota', metadata: named(name), spec: { hard, ...more } })

interface Resources {
  readonly requests?: object
  readonly limits?: object
}

const container = (name: string, resources?: Resources) => ({
  name,
  image: 'nginx:v1',
  ...(resources && { resources }),
})

const pod = (name: string, ...containers: readonly object[]) =>
  object({ apiVersion: 'v1', kind: 'Pod', metadata: named(name), spec: { containers } })

const claim = (name: string, storage: string, storageClassName = 'standard') =>
  object({
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: named(name),
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage } }, storageClassName },
  })

const under = (hard: Hard, more: object = {}) => new Lab().apply(quota(hard, more)).run(1000)
const used = (lab: Lab, name = 'q') => lab.get('ResourceQuota', name).status.used
const refusal = (lab: Lab, sent: AnyObject) => lab.refusal({ type: 'applyObjects', objects: [sent] })

describe('admission', () => {
  const small = { requests: { cpu: '500m', memory: '64Mi' } }

  it.each<[string, Hard, readonly AnyObject[], AnyObject, string]>([
    [
      'counts pods',
      { pods: '1', 'requests.cpu': '4' },
      [pod('a', container('x', small))],
      pod('b', container('x', small)),
      'pods "b" is forbidden: exceeded quota: q, requested: pods=1, used: pods=1, limited: pods=1',
    ],
    [
      'names all that is exceeded and nothing else, sorted',
      { pods: '9', 'requests.memory': '100Mi', cpu: '800m' },
      [pod('a', container('x', small))],
      pod('b', container('x', small)),
      'pods "b" is forbidden: exceeded quota: q, requested: cpu=500m,requests.memory=64Mi, used: cpu=500m,requests.memory=64Mi, limited: cpu=800m,requests.memory=100Mi',
    ],
    [
      'wants containers to ask where processors and memory are limited',
      { 'limits.memory': '1Gi', cpu: '1' },
      [],
      pod('b', container('y', { requests: { cpu: '1' } }), container('x')),
      'pods "b" is forbidden: failed quota: q: must specify cpu for: x; limits.memory for: x,y',
    ],
    [
      'counts the limits of containers, which stand for requests that are left out',
      { 'limits.cpu': '1', 'requests.cpu': '300m' },
      [],
      pod('b', container('x', { limits: { cpu: '400m' } })),
      'pods "b" is forbidden: exceeded quota: q, requested: requests.cpu=400m, used: requests.cpu=0, limited: requests.cpu=300m',
    ],
    [
      'counts claims by size and by class',
      { 'requests.storage': '10Gi', 'standard.storageclass.storage.k8s.io/requests.storage': '3Gi' },
      [claim('a', '2Gi')],
      claim('b', '2Gi'),
      'persistentvolumeclaims "b" is forbidden: exceeded quota: q, requested: standard.storageclass.storage.k8s.io/requests.storage=2Gi, used: standard.storageclass.storage.k8s.io/requests.storage=2Gi, limited: standard.storageclass.storage.k8s.io/requests.storage=3Gi',
    ],
    [
      'counts the ports that Services open on nodes',
      { 'services.nodeports': '1' },
      [],
      serviceNamed('out', {
        type: 'NodePort',
        ports: [
          { port: 80, name: 'a' },
          { port: 81, name: 'b' },
        ],
      }),
      'services "out" is forbidden: exceeded quota: q, requested: services.nodeports=2, used: services.nodeports=0, limited: services.nodeports=1',
    ],
    [
      'counts objects of any kind, with the group in the name',
      { 'count/statefulsets.apps': '0' },
      [],
      setNamed(),
      'statefulsets.apps "web" is forbidden: exceeded quota: q, requested: count/statefulsets.apps=1, used: count/statefulsets.apps=0, limited: count/statefulsets.apps=0',
    ],
    [
      'counts the hungriest moment of a pod: an init container, or the main ones with sidecars',
      { 'limits.memory': '1Gi', 'requests.cpu': '2' },
      [],
      object({
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: named('b'),
        spec: {
          initContainers: [
            {
              ...container('side', { requests: { cpu: '500m' }, limits: { memory: '500M' } }),
              restartPolicy: 'Always',
            },
            container('first', { requests: { cpu: '2' }, limits: { memory: '100Mi' } }),
          ],
          containers: [container('x', { requests: { cpu: '1' }, limits: { memory: '1Gi' } })],
        },
      }),
      'pods "b" is forbidden: exceeded quota: q, requested: limits.memory=1573741824,requests.cpu=2500m, used: limits.memory=0,requests.cpu=0, limited: limits.memory=1Gi,requests.cpu=2',
    ],
    [
      'knows kinds by their former names',
      { configmaps: '0' },
      [],
      object({ apiVersion: 'v1', kind: 'ConfigMap', metadata: named('c') }),
      'configmaps "c" is forbidden: exceeded quota: q, requested: configmaps=1, used: configmaps=0, limited: configmaps=0',
    ],
  ])('%s', (_what, hard, there, sent, message) => {
    const lab = under(hard)
    expect(refusal(there.length > 0 ? lab.apply(...there) : lab, sent)).toBe(message)
  })

  it('says yes to a pod that fits, in a write of its own that comes first', () => {
    const lab = under({ pods: '2' })
    const before = Number(lab.get('ResourceQuota', 'q').metadata.resourceVersion)
    lab.apply(pod('a', container('x')))
    const counted = Number(lab.get('ResourceQuota', 'q').metadata.resourceVersion)
    expect(used(lab)).toEqual({ pods: '1' })
    expect([counted > before, Number(lab.pod('a').metadata.resourceVersion) > counted]).toEqual([true, true])
  })

  it('knows no limits until the controller has seen the quota', () => {
    const lab = new Lab().apply(quota({ pods: '0' }))
    expect(refusal(lab, pod('a', container('x')))).toBeUndefined()
    expect(refusal(lab.run(1000), pod('a', container('x')))).toContain('exceeded quota')
  })

  it('refuses what a quota counts whose count is not known', () => {
    const { world } = under({ pods: '1', cpu: '1' })
    const list = (kind: Kind, namespace?: string) =>
      objectsOf(world, kind, namespace).map((each) =>
        each.kind === 'ResourceQuota' ? { ...each, status: { hard: each.spec.hard } } : each,
      )
    const context = { settings: world.settings, get: () => undefined, list: list as ClusterView['list'] }
    expect(admitByQuota(pod('a', container('x', { requests: { cpu: '1' } })), undefined, context)).toMatchObject({
      message: 'pods "a" is forbidden: status unknown for quota: q, resources: cpu,pods',
    })
  })

  it('asks every quota of the namespace, and counts in none when one says no', () => {
    const lab = under({ pods: '5' })
      .apply(quota({ pods: '0' }, {}, 'r'))
      .run(1000)
    expect(refusal(lab, pod('a', container('x')))).toContain('exceeded quota: r,')
    expect(used(lab)).toEqual({ pods: '0' })
  })

  it('refuses a claim that grows beyond it, and counts one that grows within', () => {
    const lab = under({ 'requests.storage': '3Gi' }).give({
      type: 'patchObject',
      kind: 'sc',
      namespace: '',
      name: 'standard',
      patch: { allowVolumeExpansion: true },
    })
    lab.apply(claim('a', '1Gi')).run(5000)
    const grow = (storage: string) => ({ spec: { resources: { requests: { storage } } } })
    lab.patch('pvc', 'a', grow('2Gi'))
    expect(used(lab)).toEqual({ 'requests.storage': '2Gi' })
    expect(lab.refusal({ type: 'patchObject', kind: 'pvc', ...named('a'), patch: grow('4Gi') })).toBe(
      'persistentvolumeclaims "a" is forbidden: exceeded quota: q, requested: requests.storage=2Gi, used: requests.storage=2Gi, limited: requests.storage=3Gi',
    )
  })

  it('lets a Service shrink that is over the limit already, and does not count what it gives back', () => {
    const ports = (...numbers: readonly number[]) => numbers.map((port) => ({ port, name: `p${port}` }))
    const lab = under({ 'services.nodeports': '3' }).apply(
      serviceNamed('out', { type: 'NodePort', ports: ports(1, 2, 3) }),
    )
    lab.patch('quota', 'q', { spec: { hard: { 'services.nodeports': '1' } } }).run(100)
    expect(refusal(lab, serviceNamed('more', { type: 'NodePort' }))).toContain('used: services.nodeports=3')
    lab.patch('svc', 'out', { spec: { ports: [{ $patch: 'replace' }, ...ports(1, 2)] } }).run(100)
    expect(used(lab)).toEqual({ 'services.nodeports': '3' })
    lab.until(() => used(lab)?.['services.nodeports'] === '2')
    expect(lab.world.now % 300_000).toBe(0)
  })

  it.each<[string, object, string]>([
    ['BestEffort', { scopes: ['BestEffort'] }, 'plain'],
    ['NotBestEffort', { scopes: ['NotBestEffort'] }, 'asking'],
    ['Terminating', { scopes: ['Terminating'] }, 'ending'],
    [
      'a scope selector',
      { scopeSelector: { matchExpressions: [{ scopeName: 'NotBestEffort', operator: 'Exists' }] } },
      'asking',
    ],
  ])('counts only the pods of its scopes: %s', (_scope, more, name) => {
    const ending = pod('ending', container('x', { requests: { memory: '1Mi' } }))
    const pods: Readonly<Record<string, AnyObject>> = {
      plain: pod('plain', container('x')),
      asking: pod('asking', container('x', { requests: { cpu: '1' } })),
      ending: object({
        ...ending,
        spec: { ...(ending as unknown as { spec: object }).spec, activeDeadlineSeconds: 60 },
      }),
    }
    const wanted = name === 'ending' ? ['ending'] : name === 'asking' ? ['asking', 'ending'] : ['plain']
    const lab = under({ pods: '0' }, more)
    expect(Object.keys(pods).filter((each) => refusal(lab, pods[each] as AnyObject) !== undefined)).toEqual(wanted)
  })
})

it('counts claims by what they lack: no claim here has a class of attributes', () => {
  const selecting = (operator: string, values?: readonly string[]) => ({
    scopeSelector: { matchExpressions: [{ scopeName: 'VolumeAttributesClass', operator, ...(values && { values }) }] },
  })
  expect(refusal(under({ persistentvolumeclaims: '0' }, selecting('DoesNotExist')), claim('a', '1Gi'))).toContain(
    'exceeded',
  )
  expect(refusal(under({ persistentvolumeclaims: '0' }, selecting('In', ['fast'])), claim('a', '1Gi'))).toBeUndefined()
})

describe('what is refused of a quota itself', () => {
  it.each<[Hard, object, string]>([
    [
      { podz: '1' },
      {},
      '[spec.hard[podz]: Invalid value: "podz": must be a standard resource type or fully qualified, spec.hard[podz]: Invalid value: "podz": must be a standard resource for quota]',
    ],
    [{ storage: '1' }, {}, 'spec.hard[storage]: Invalid value: "storage": must be a standard resource for quota'],
    [{ 'count/pods': '1500m' }, {}, 'spec.hard[count/pods]: Invalid value: "1500m": must be an integer'],
    [{ pods: '1500m' }, {}, 'spec.hard[pods]: Invalid value: "1500m": must be an integer'],
    [{ cpu: '-1' }, {}, 'spec.hard[cpu]: Invalid value: "-1": must be greater than or equal to 0'],
    [{ pods: '1' }, { scopes: ['Big'] }, 'spec.scopes: Invalid value: ["Big"]: unsupported scope'],
    [
      { cpu: '1' },
      { scopes: ['BestEffort'] },
      'spec.scopes: Invalid value: ["BestEffort"]: unsupported scope applied to resource',
    ],
    [
      { pods: '1' },
      { scopes: ['Terminating', 'NotTerminating'] },
      'spec.scopes: Invalid value: ["Terminating","NotTerminating"]: conflicting scopes',
    ],
    [
      { pods: '1' },
      { scopeSelector: { matchExpressions: [{ scopeName: 'PriorityClass', operator: 'In' }] } },
      "spec.scopeSelector.matchExpressions.values: Required value: must be at least one value when `operator` is 'In' or 'NotIn' for scope selector",
    ],
    [
      { pods: '1' },
      { scopeSelector: { matchExpressions: [{ scopeName: 'PriorityClass', operator: 'Has' }] } },
      'spec.scopeSelector.matchExpressions.operator: Invalid value: "Has": not a valid selector operator',
    ],
    [
      { pods: '1' },
      { scopeSelector: { matchExpressions: [{ scopeName: 'Small', operator: 'Exists' }] } },
      'spec.scopeSelector.matchExpressions.scopeName: Invalid value: "Small": unsupported scope',
    ],
  ])('%o %o', (hard, more, message) => {
    expect(refusal(new Lab(), quota(hard, more))).toBe(`ResourceQuota "q" is invalid: ${message}`)
  })

  it('other scopes than before', () => {
    const lab = under({ pods: '1' }, { scopes: ['BestEffort'] })
    expect(lab.refusal({ type: 'patchObject', kind: 'quota', ...named('q'), patch: { spec: { scopes: null } } })).toBe(
      'ResourceQuota "q" is invalid: spec.scopes: Invalid value: null: field is immutable',
    )
  })

  it('amounts are brought to their usual form', () => {
    expect(under({ memory: '1024Mi', cpu: '0.5' }).get('ResourceQuota', 'q').spec.hard).toEqual({
      memory: '1Gi',
      cpu: '500m',
    })
  })
})

describe('the controller', () => {
  it('counts what is there when the quota comes, and anew when it changes', () => {
    const lab = new Lab().apply(pod('a', container('x')), claim('c', '1Gi')).run(2000)
    lab.apply(quota({ pods: '2' })).run(100)
    expect(lab.get('ResourceQuota', 'q').status).toEqual({ hard: { pods: '2' }, used: { pods: '1' } })
    lab
      .patch('quota', 'q', { spec: { hard: { pods: null, persistentvolumeclaims: '3', 'count/secrets': '1' } } })
      .run(100)
    expect(used(lab)).toEqual({ persistentvolumeclaims: '1', 'count/secrets': '0' })
  })

  it('gives back what is gone, and the room of a pod that has ended', () => {
    const lab = under({ pods: '3', 'count/pods': '3' })
    lab.apply(pod('a', container('x')), pod('b', container('x'))).run(10_000)
    lab.deletePod('a').run(60_000)
    expect(used(lab)).toEqual({ pods: '1', 'count/pods': '1' })
    lab.fail('b').run(5000)
    expect(used(lab)).toEqual({ pods: '0', 'count/pods': '1' })
  })

  it('counts a Service anew when its type changes', () => {
    const lab = under({ 'services.nodeports': '2', 'services.loadbalancers': '1' })
    lab.apply(serviceNamed('out', { type: 'LoadBalancer', ports: [{ port: 80 }] }))
    expect(used(lab)).toEqual({ 'services.nodeports': '1', 'services.loadbalancers': '1' })
    lab.patch('svc', 'out', { spec: { type: 'ClusterIP' } }).run(100)
    expect(used(lab)).toEqual({ 'services.nodeports': '0', 'services.loadbalancers': '0' })
  })

  it('has nothing left to do when what was counted is gone', () => {
    const lab = Lab.up({ replicas: 1 })
      .apply(quota({ pods: '3' }))
      .run(1000)
    lab.scale(0).quiet()
    expect(used(lab)).toEqual({ pods: '0' })
    expect(lab.world.now).toBeLessThan(200_000)
  })

  it('leaves other namespaces alone', () => {
    const elsewhere = object({ ...quota({ pods: '0' }), metadata: { name: 'q', namespace: 'other' } })
    const other = object({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'other' } })
    const lab = new Lab().apply(other, elsewhere).run(1000)
    expect(refusal(lab, pod('a', container('x')))).toBeUndefined()
    lab.apply(pod('a', container('x'))).run(10_000)
    lab.deletePod('a').run(60_000)
    expect(lab.told(['quotaStatusWritten'])).toEqual(['quotaStatusWritten q'])
  })

  it('stops counting a pod that is overdue to be gone at its next round, every five minutes', () => {
    const lab = Lab.up({ replicas: 1 })
      .apply(quota({ pods: '3' }))
      .run(1000)
    lab.give({ type: 'powerOffNode', namespace: '', name: lab.pod('web-0').spec.nodeName ?? '' })
    lab.deletePod('web-0')
    const asked = lab.world.now
    lab.until(() => used(lab)?.pods === '0')
    expect(lab.isTerminating('web-0')).toBe(true)
    expect([lab.world.now % 300_000, lab.world.now - asked < 600_000]).toEqual([0, true])
  })
})

describe('a set under a quota', () => {
  const short = (pods: string, more = {}) => under({ pods }).apply(serviceNamed(), setNamed(more)).run(60_000)

  it('waits at the first pod that is refused, and says which quota it is and what would help', () => {
    const lab = short('2')
    expect(lab.names()).toBe('web-0 web-1')
    expect(lab.waits('web-2')).toEqual(['quotaExceeded'])
    const { chain, unblock } = why(lab.world, 'StatefulSet/default/web')
    expect(chain.map(({ reason }) => reason.reason)).toEqual(['syncFailed', 'quotaExceeded'])
    expect(chain.at(-1)?.reason).toMatchObject({
      on: 'ResourceQuota/default/q',
      detail: { limited: 'pods=2', needed: 'pods=3' },
    })
    const [raise, retry] = unblock
    expect(raise).toMatchObject({ code: 'raiseQuota', command: { patch: { spec: { hard: { pods: '3' } } } } })
    expect(retry).toMatchObject({ code: 'waitForRetry' })
    if (raise?.command) lab.give(raise.command)
    lab.run((retry?.runUntil ?? 0) - lab.world.now)
    expect(lab.names()).toBe('web-0 web-1 web-2')
  })

  it('comes back at its next try when the quota is gone', () => {
    const lab = short('2').give({ type: 'deleteObject', kind: 'quota', ...named('q') })
    const { unblock } = why(lab.world, 'StatefulSet/default/web')
    expect(unblock.map(({ code }) => code)).toEqual(['waitForRetry'])
    lab.run((unblock[0]?.runUntil ?? 0) - lab.world.now)
    expect(lab.names()).toBe('web-0 web-1 web-2')
  })

  it('says so when it is the containers that do not say what they ask for', () => {
    const lab = under({ 'requests.cpu': '2' }).apply(serviceNamed(), setNamed()).run(60_000)
    expect(lab.waits('web-0')).toEqual(['resourcesUnsaid'])
    const { chain, unblock } = why(lab.world, 'StatefulSet/default/web')
    expect(chain.at(-1)?.reason).toMatchObject({ reason: 'resourcesUnsaid', on: 'ResourceQuota/default/q' })
    expect(unblock.map(({ code }) => code)).toEqual(['sayResources'])
  })

  it.each<[Hard, Hard, string]>([
    [{ persistentvolumeclaims: '0' }, { pods: '0' }, 'quotaExceeded ResourceQuota/default/q'],
    [{ secrets: '0' }, { pods: '0' }, 'quotaExceeded ResourceQuota/default/r'],
    [{ secrets: '0' }, { cpu: '9' }, 'resourcesUnsaid ResourceQuota/default/r'],
  ])('owes no pod that a quota refuses: %o %o', (first, second, obstacle) => {
    const lab = under(first)
      .apply(quota(second, {}, 'r'))
      .run(1000)
    lab.apply(serviceNamed(), setNamed({ claims: true, replicas: 1 })).run(60_000)
    expect(debtsOf(lab.world).map(({ obstacle: by }) => `${by?.reason} ${by?.on}`)).toEqual([obstacle])
  })

  it('counts one event up, in the words of the server', () => {
    const lab = short('2')
    const [event, ...more] = lab.list('Event').filter(({ reason }) => reason === 'FailedCreate')
    expect(more).toEqual([])
    expect(event?.message).toBe(
      'Create Pod web-2 in StatefulSet web failed error: pods "web-2" is forbidden: exceeded quota: q, requested: pods=1, used: pods=2, limited: pods=2',
    )
    expect(event?.count).toBeGreaterThan(5)
  })

  it('is told of a claim that is refused, too', () => {
    const lab = under({ persistentvolumeclaims: '1' })
      .apply(serviceNamed(), setNamed({ claims: true }))
      .run(60_000)
    expect(lab.waits('web-1')).toEqual(['quotaExceeded'])
    expect(lab.events('web')).toContain(
      'FailedCreate: Create Pod web-1 in StatefulSet web failed error: failed to create PVC www-web-1: persistentvolumeclaims "www-web-1" is forbidden: exceeded quota: q, requested: persistentvolumeclaims=1, used: persistentvolumeclaims=1, limited: persistentvolumeclaims=1',
    )
  })

  it('trap 55: in Parallel the batch of the refusal ends, larger ones and the removal of condemned pods do not come', () => {
    const parallel = { spec: { podManagementPolicy: 'Parallel', ordinals: { start: 0 } }, replicas: 8 }
    const lab = short('4', parallel)
    // Batches of 1, 2 and 4: the fourth pod fits, its neighbours do not, and the eighth is not tried.
    expect(lab.names()).toBe('web-0 web-1 web-2 web-3')
    expect(lab.waits('web-6')).toEqual(['quotaExceeded'])
    expect(lab.waits('web-7')).toEqual([])
    lab.patchSet({ ordinals: { start: 3 } }).run(60_000)
    expect(lab.names()).toBe('web-0 web-1 web-2 web-3')
  })
})
