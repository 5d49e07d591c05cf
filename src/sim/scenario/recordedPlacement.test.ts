/**
 * Claims and places of pods as a real v1.36.2 control plane was recorded handling them, and the same from this cluster: per
 * object the order of changes and of events, and the scheduler's words. Moments are not compared.
 */
import { afterEach, describe, expect, it } from 'vitest'
import { conditionOf } from '../api/predicates.ts'
import type { Kind } from '../api/types.ts'
import type { AnyObject } from '../index.ts'
import type { Transition } from '../kernel/types.ts'
import { Lab, serviceNamed, setNamed } from './fixtures/lab.ts'

afterEach(() => expect(Lab.violations()).toEqual([]))

const service = serviceNamed('web')

/** Pods whose claims ask for a class, or for the default one. */
const setOf = (className: string | undefined, replicas = 2, pod: object = {}) =>
  setNamed({
    replicas,
    probed: false,
    pod,
    spec: {
      serviceName: 'web',
      volumeClaimTemplates: [
        {
          metadata: { name: 'data' },
          spec: {
            accessModes: ['ReadWriteOnce'],
            resources: { requests: { storage: '1Gi' } },
            ...(className !== undefined && { storageClassName: className }),
          },
        },
      ],
    },
  })

const classOf = (name: string, more: object = {}) =>
  ({
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name },
    provisioner: 'disk.csi.example.com',
    ...more,
  }) as unknown as AnyObject

type Seen = (object: AnyObject | undefined) => string

/** A run, and what an onlooker saw of single objects: each state once, in order. */
class Run extends Lab {
  private readonly watched: { readonly key: readonly [Kind, string]; readonly see: Seen; readonly states: string[] }[] =
    []

  watch(kind: Kind, name: string, see: Seen): readonly string[] {
    const states: string[] = []
    this.watched.push({ key: [kind, name], see, states })
    return states
  }

  protected override take(transition: Transition): this {
    super.take(transition)
    for (const { key, see, states } of this.watched) {
      const state = see(this.find(...key))
      if (state !== '' && states.at(-1) !== state) states.push(state)
    }
    return this
  }

  /** Step by step, so that nothing is overlooked. */
  override run(ms: number): this {
    const end = this.world.now + ms
    this.quiet(ms)
    return super.run(end - this.world.now)
  }

  recorded(kind: Kind, name: string): readonly string[] {
    return this.list('Event')
      .filter(({ involvedObject }) => involvedObject.kind === kind && involvedObject.name === name)
      .sort((a, b) => Number(a.metadata.resourceVersion) - Number(b.metadata.resourceVersion))
      .map(({ reason }) => reason)
  }

  message(pod: string): string | undefined {
    const found = this.find('Pod', pod)
    return found && conditionOf(found, 'PodScheduled')?.message
  }
}

const marks = (annotations: Readonly<Record<string, string>> = {}) =>
  ['selected-node', 'storage-provisioner'].filter((mark) => annotations[`volume.kubernetes.io/${mark}`] !== undefined)

const claimState: Seen = (object) => {
  if (object?.kind !== 'PersistentVolumeClaim') return object ? '' : 'absent'
  return [object.status.phase, ...marks(object.metadata.annotations)].join(' ')
}

const podState: Seen = (object) => {
  if (object?.kind !== 'Pod') return ''
  const { nominatedNodeName } = object.status
  return object.spec.nodeName
    ? 'placed'
    : nominatedNodeName
      ? 'nominated'
      : (conditionOf(object, 'PodScheduled')?.status ?? 'new')
}

describe('as recorded', () => {
  it('in wait-for-first-consumer: the scheduler names a node, then a volume is made, then the pod is bound', () => {
    const run = new Run()
    const claim = run.watch('PersistentVolumeClaim', 'data-web-0', claimState)
    const pod = run.watch('Pod', 'web-0', podState)
    run.apply(classOf('wait', { volumeBindingMode: 'WaitForFirstConsumer' }), service, setOf('wait')).run(30_000)
    expect(claim.slice(claim.indexOf('Pending'))).toEqual([
      'Pending',
      'Pending selected-node',
      'Pending selected-node storage-provisioner',
      'Bound selected-node storage-provisioner',
    ])
    expect(pod).toEqual(['new', 'nominated', 'placed'])
    expect(run.recorded('PersistentVolumeClaim', 'data-web-0')).toEqual([
      'WaitForFirstConsumer',
      'ExternalProvisioning',
      'Provisioning',
      'ProvisioningSucceeded',
    ])
  })

  it('in no-storage-class: pod and claim wait, until the class comes', () => {
    const run = new Run().apply(service, setOf('fast')).run(20_000)
    expect(run.recorded('PersistentVolumeClaim', 'data-web-0')).toEqual(['ProvisioningFailed'])
    expect(run.message('web-0')).toBe(
      '0/3 nodes are available: pod has unbound immediate PersistentVolumeClaims. not found',
    )
    run.apply(classOf('fast')).run(30_000)
    expect(run.recorded('PersistentVolumeClaim', 'data-web-0')).toEqual([
      'ProvisioningFailed',
      'ExternalProvisioning',
      'Provisioning',
      'ProvisioningSucceeded',
    ])
    expect(run.recorded('Pod', 'web-0').slice(0, 3)).toEqual([
      'FailedScheduling',
      'Scheduled',
      'SuccessfulAttachVolume',
    ])
    expect(run.find('Pod', 'web-1')?.spec.nodeName).toBeDefined()
  })

  it('in claim-deleted-pending-pod: the claim goes at once and comes back only when something wakes the controller', () => {
    const run = new Run().apply(service, setOf(undefined)).run(30_000)
    const patch = { spec: { template: { spec: { nodeSelector: { disktype: 'nvme' } } } } }
    run.give({ type: 'patchObject', kind: 'statefulsets', namespace: 'default', name: 'web', patch }).run(10_000)
    expect(run.message('web-1')).toBe(
      "0/3 nodes are available: 3 node(s) didn't match Pod's node affinity/selector. no new claims to deallocate, preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.",
    )
    run.give({ type: 'deleteClaim', namespace: 'default', name: 'data-web-1' }).run(25_000)
    expect(run.find('PersistentVolumeClaim', 'data-web-1')).toBeUndefined()
    const touched = { metadata: { annotations: { touched: 'yes' } } }
    run.give({ type: 'patchObject', kind: 'pods', namespace: 'default', name: 'web-1', patch: touched }).run(5000)
    expect(run.find('PersistentVolumeClaim', 'data-web-1')?.status.phase).toBe('Bound')
  })

  it('in zookeeper: a drained server finds no node; just after the uncordon the taint is still there', () => {
    const rule = { labelSelector: { matchLabels: { app: 'web' } }, topologyKey: 'kubernetes.io/hostname' }
    const affinity = { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [rule] } }
    const run = new Run().apply(service, setOf(undefined, 3, { affinity })).run(60_000)
    const said = run.watch('Pod', 'web-0', () => run.message('web-0') ?? '')
    run.give({ type: 'drainNode', namespace: 'default', name: 'node-1' }).run(60_000)
    run.give({ type: 'uncordonNode', namespace: 'default', name: 'node-1' }).run(60_000)
    const tail =
      'no new claims to deallocate, preemption: 0/3 nodes are available: 1 Preemption is not helpful for scheduling, 2 No preemption victims found for incoming pod.'
    expect(said).toEqual([
      `0/3 nodes are available: 1 node(s) were unschedulable, 2 node(s) didn't match pod anti-affinity rules. ${tail}`,
      `0/3 nodes are available: 1 node(s) had untolerated taint(s), 2 node(s) didn't match pod anti-affinity rules. ${tail}`,
    ])
    expect(run.find('Pod', 'web-0')?.spec.nodeName).toBe('node-1')
  })
})
