/** The arithmetic of budgets in their status, and what an eviction makes of it. */
import { describe, expect, it } from 'vitest'
import type { Refusal } from '../api/strategy.ts'
import type { PodDisruptionBudgetSpec } from '../api/types.ts'
import type { Decision } from '../kernel/types.ts'
import { disruption } from './disruption.ts'
import { evict } from './eviction.ts'
import { podDraft, ToyCluster } from './fixtures/toyCluster.ts'
import { kubelet } from './kubelet.ts'

const budget = (name: string, spec: PodDisruptionBudgetSpec) => ({
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata: { name, namespace: 'default' },
  spec: { selector: { matchLabels: { app: 'nginx' } }, ...spec },
})

const setOf = (replicas: number) => ({
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  metadata: { name: 'web', namespace: 'default' },
  spec: {
    replicas,
    serviceName: 'nginx',
    selector: { matchLabels: { app: 'nginx' } },
    template: { metadata: { labels: { app: 'nginx' } }, spec: { containers: [{ name: 'nginx', image: 'nginx:v1' }] } },
  },
})

const NEVER_READY = { readinessProbe: { exec: { command: ['true'] } } }

/** A set that wants some pods, and the pods that it has: `R` Ready, `N` running and not Ready. */
function cluster(wanted: number, pods: string): ToyCluster {
  const toy = new ToyCluster([disruption, kubelet]).create(setOf(wanted))
  const { uid } = toy.get('StatefulSet', 'web').metadata
  const ownerReferences = [{ apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'web', uid, controller: true }]
  for (const [index, state] of [...pods].entries())
    toy.create(
      podDraft(`web-${index}`, {
        metadata: { ownerReferences },
        ...(state === 'N' && { image: 'nginx:never-ready', container: NEVER_READY }),
      }),
    )
  return toy.run(120_000)
}

const status = (toy: ToyCluster, name = 'pdb') => {
  const { disruptionsAllowed, currentHealthy, desiredHealthy, expectedPods } = toy.get(
    'PodDisruptionBudget',
    name,
  ).status
  return `${disruptionsAllowed} allowed, ${currentHealthy} of ${desiredHealthy} healthy, ${expectedPods} expected`
}

/** Evicts through the eviction of the API and returns its refusal. */
function evicted(toy: ToyCluster, name: string): Refusal | undefined {
  const steps = evict(viewOf(toy), { namespace: 'default', name })
  const asked: Decision[] = []
  let step = steps.next()
  while (!step.done) {
    asked.push(step.value)
    if (step.value.do !== 'read') toy.do(step.value)
    const { do: verb } = step.value
    const object = verb === 'read' ? toy.find(step.value.kind, step.value.name) : undefined
    step = steps.next(
      object || verb !== 'read' ? { ok: true, ...(object && { object }) } : { ok: false, refusal: GONE },
    )
  }
  return step.value
}

const GONE: Refusal = { reason: 'NotFound', message: 'gone' }

const viewOf = (toy: ToyCluster) =>
  ({ now: toy.now, timestamp: '2026-01-01T00:02:00Z', list: (kind: 'Pod') => toy.list(kind) }) as never

describe('the status of a budget', () => {
  it.each<[string, number, string, PodDisruptionBudgetSpec, string]>([
    ['a number for minAvailable, all healthy', 3, 'RRR', { minAvailable: 2 }, '1 allowed, 3 of 2 healthy, 3 expected'],
    ['… counts the pods that exist', 5, 'RRR', { minAvailable: 2 }, '1 allowed, 3 of 2 healthy, 3 expected'],
    ['… with one unready', 3, 'RRN', { minAvailable: 2 }, '0 allowed, 2 of 2 healthy, 3 expected'],
    ['… below it', 3, 'RNN', { minAvailable: 2 }, '0 allowed, 1 of 2 healthy, 3 expected'],
    ['a percentage is rounded up', 5, 'RRRRR', { minAvailable: '50%' }, '2 allowed, 5 of 3 healthy, 5 expected'],
    ['… of what is wanted', 5, 'RRRR', { minAvailable: '50%' }, '1 allowed, 4 of 3 healthy, 5 expected'],
    ['maxUnavailable, of what is wanted', 5, 'RRRR', { maxUnavailable: 2 }, '1 allowed, 4 of 3 healthy, 5 expected'],
    ['… as a percentage, rounded up', 5, 'RRRRR', { maxUnavailable: '30%' }, '2 allowed, 5 of 3 healthy, 5 expected'],
    ['… more than there are', 2, 'RR', { maxUnavailable: 5 }, '2 allowed, 2 of 0 healthy, 2 expected'],
    ['neither', 3, 'RRR', {}, '0 allowed, 3 of 0 healthy, 0 expected'],
    ['no pod', 3, '', { minAvailable: 1 }, '0 allowed, 0 of 1 healthy, 0 expected'],
  ])('%s', (_name, wanted, pods, spec, expected) => {
    const toy = cluster(wanted, pods).create(budget('pdb', spec)).run(1000)
    expect(status(toy)).toBe(expected)
  })

  it('begins with zeros that count for nothing, and tells when it has no pods', () => {
    const toy = new ToyCluster([disruption]).create(budget('pdb', { minAvailable: 2 }))
    expect(toy.get('PodDisruptionBudget', 'pdb').status).toEqual({
      disruptionsAllowed: 0,
      currentHealthy: 0,
      desiredHealthy: 0,
      expectedPods: 0,
    })
    toy.run(1000)
    expect(toy.get('PodDisruptionBudget', 'pdb').status).toMatchObject({
      observedGeneration: 1,
      conditions: [{ type: 'DisruptionAllowed', status: 'False', reason: 'InsufficientPods', observedGeneration: 1 }],
    })
    expect(toy.events('pdb')).toEqual(['NoPods: No matching pods found ×2'])
  })

  it('tells of pods that nobody controls, and allows nothing while an owner is missing', () => {
    const lonely = new ToyCluster([disruption]).create(podDraft('a'), budget('pdb', { maxUnavailable: 1 })).run(1000)
    expect(lonely.events('pdb')[0]).toMatch(/^UnmanagedPods: Pods selected by this .* \(selector: app=nginx\) were/)
    const toy = cluster(2, 'RR')
      .create(budget('pdb', { maxUnavailable: 1 }))
      .run(1000)
    expect(status(toy)).toBe('1 allowed, 2 of 1 healthy, 2 expected')
    toy.do({ do: 'delete', kind: 'StatefulSet', namespace: 'default', name: 'web' })
    toy.update({
      ...toy.get('PodDisruptionBudget', 'pdb'),
      metadata: { ...toy.get('PodDisruptionBudget', 'pdb').metadata, labels: { a: 'b' } },
    })
    toy.run(1000)
    expect(toy.get('PodDisruptionBudget', 'pdb').status).toMatchObject({
      disruptionsAllowed: 0,
      conditions: [{ status: 'False', reason: 'SyncFailed', message: 'found no controllers for pod "web-0"' }],
    })
  })
})

describe('an eviction', () => {
  it('is charged, entered, marked and done; the next one is refused with the numbers', () => {
    const toy = cluster(3, 'RRR')
      .create(budget('pdb', { minAvailable: 2 }))
      .run(1000)
    expect(evicted(toy, 'web-2')).toBeUndefined()
    expect(toy.get('PodDisruptionBudget', 'pdb').status).toMatchObject({
      disruptedPods: { 'web-2': '2026-01-01T00:02:00Z' },
      disruptionsAllowed: 0,
      conditions: [{ status: 'False', reason: 'InsufficientPods' }],
    })
    const pod = toy.get('Pod', 'web-2')
    expect(pod.status.conditions?.at(-1)).toEqual({
      type: 'DisruptionTarget',
      status: 'True',
      lastProbeTime: null,
      lastTransitionTime: '2026-01-01T00:02:00Z',
      reason: 'EvictionByEvictionAPI',
      message: 'Eviction API: evicting',
    })
    expect(pod.metadata.deletionGracePeriodSeconds).toBe(30)
    expect(evicted(toy, 'web-1')).toEqual({
      reason: 'TooManyRequests',
      message: "Cannot evict pod as it would violate the pod's disruption budget.",
      cause: 'The disruption budget pdb needs 2 healthy pods and has 3 currently',
      retryAfterSeconds: 0,
    })
    toy.run(1000)
    expect(status(toy)).toBe('0 allowed, 2 of 2 healthy, 3 expected')
    expect(toy.get('PodDisruptionBudget', 'pdb').status.disruptedPods).toBeUndefined()
  })

  it('of a pod that is not Ready is free while the others suffice', () => {
    const toy = cluster(3, 'RRN')
      .create(budget('pdb', { minAvailable: 2 }))
      .run(1000)
    expect(evicted(toy, 'web-2')).toBeUndefined()
    expect(toy.get('PodDisruptionBudget', 'pdb').status.disruptedPods).toBeUndefined()
    const short = cluster(3, 'RNN')
      .create(budget('pdb', { minAvailable: 2 }))
      .run(1000)
    expect(evicted(short, 'web-2')?.reason).toBe('TooManyRequests')
    const always = { minAvailable: 2, unhealthyPodEvictionPolicy: 'AlwaysAllow' } as const
    const lenient = cluster(3, 'RNN').create(budget('pdb', always)).run(1000)
    expect(evicted(lenient, 'web-2')).toBeUndefined()
  })

  it('of a pending or a terminating pod asks no budget', () => {
    const toy = cluster(3, 'RN')
    toy.create(podDraft('web-2', { spec: { nodeName: undefined as never } }), budget('pdb', { minAvailable: 2 }))
    expect(evicted(toy.run(1000), 'web-2')).toBeUndefined()
    expect(toy.find('Pod', 'web-2')).toBeUndefined()
    toy.delete('Pod', 'web-1')
    expect(evicted(toy, 'web-1')).toBeUndefined()
  })

  it('is refused while the budget has not been looked at, and always under two budgets', () => {
    const toy = cluster(3, 'RRR').create(budget('pdb', { minAvailable: 2 }))
    expect(evicted(toy, 'web-0')).toMatchObject({
      cause: 'The disruption budget pdb is still being processed by the server.',
      retryAfterSeconds: 10,
    })
    toy.create(budget('other', { minAvailable: 0 })).run(1000)
    expect(evicted(toy, 'web-0')).toEqual({
      reason: 'InternalError',
      message: 'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.',
    })
    expect(evicted(toy, 'web-9')).toMatchObject({ reason: 'NotFound', message: 'pods "web-9" not found' })
  })

  it('that comes to nothing is forgotten after two minutes', () => {
    const toy = cluster(3, 'RRR')
      .create(budget('pdb', { minAvailable: 2 }))
      .run(1000)
    const stored = toy.get('PodDisruptionBudget', 'pdb')
    const since = '2026-01-01T00:02:01Z'
    toy.do({
      do: 'updateStatus',
      object: { ...stored, status: { ...stored.status, disruptionsAllowed: 0, disruptedPods: { 'web-1': since } } },
    })
    expect(status(toy.run(60_000))).toBe('0 allowed, 2 of 2 healthy, 3 expected')
    expect(status(toy.run(65_000))).toBe('1 allowed, 3 of 2 healthy, 3 expected')
    expect(toy.events('web-1').at(-1)).toBe(
      "NotDeleted: Pod was expected by PDB default/default to be deleted but it wasn't",
    )
  })
})
