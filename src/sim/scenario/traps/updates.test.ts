/** Traps of rollouts, revisions and what the set says of itself. */
import { afterEach, expect, it } from 'vitest'
import { readManifests } from '../../manifest/index.ts'
import { Lab, serviceNamed, setNamed } from '../fixtures/lab.ts'

afterEach(() => expect(Lab.violations()).toEqual([]))

const ENDS = ['podCreated', 'podDeleted'] as const
const revisions = (lab: Lab) =>
  lab
    .list('ControllerRevision')
    .map(({ metadata, revision }) => ({ name: metadata.name, revision }))
    .sort((a, b) => a.revision - b.revision)

it('trap 14: without its gate maxUnavailable is dropped in silence', () => {
  const spec = { updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 2 } } }
  const set = Lab.up({ spec }).get('StatefulSet', 'web')
  expect(set.spec.updateStrategy.rollingUpdate).toEqual({ partition: 0 })
})

it('trap 14: a percentage is rounded down, and pods below the partition use up the budget', () => {
  const settings = { gates: { MaxUnavailableStatefulSet: true } }
  const together = (maxUnavailable: string, partition: number, more: object = {}, ill?: string) => {
    const spec = { updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition, maxUnavailable } }, ...more }
    const lab = Lab.up({ replicas: 5, spec }, settings)
    if (ill) lab.readiness(ill, false).run(10_000)
    const from = lab.world.now
    return lab.roll('v2').run(300).told(['podTerminating', 'podDeleted'], from).length
  }
  expect(together('59%', 0)).toBe(2)
  expect(together('60%', 0)).toBe(3)
  expect(together('60%', 2, {}, 'web-0')).toBeLessThan(together('60%', 2))
  // In order an unready pod holds up the whole update; in Parallel it takes away its own share.
  const parallel = { podManagementPolicy: 'Parallel' }
  expect(together('60%', 2, parallel)).toBe(3)
  expect(together('60%', 2, parallel, 'web-0')).toBe(2)
})

it('trap 15: above a partition an update never completes, and lowering the partition goes on with the same one', () => {
  const lab = Lab.up().partition(2).roll('v2').quiet()
  const { currentRevision, updateRevision } = lab.status()
  expect(lab.tags()).toBe('web-0 v1, web-1 v1, web-2 v2')
  expect(currentRevision).not.toBe(updateRevision)
  lab.partition(0).quiet()
  expect(lab.status()).toMatchObject({ currentRevision: updateRevision, updateRevision })
})

it('trap 15: a partition of all replicas updates nothing, and new pods stay at the current revision', () => {
  const lab = Lab.up().partition(5).roll('v2').quiet()
  expect(lab.tags()).toBe('web-0 v1, web-1 v1, web-2 v1')
  expect(lab.scale(5).quiet().tags()).toBe('web-0 v1, web-1 v1, web-2 v1, web-3 v1, web-4 v1')
})

it('trap 16: under OnDelete the current revision never moves, and currentReplicas goes down to nothing', () => {
  const lab = Lab.up({ spec: { updateStrategy: { type: 'OnDelete' } } })
    .roll('v2')
    .quiet()
  const first = lab.status().currentRevision
  for (const name of ['web-0', 'web-1', 'web-2']) lab.deletePod(name).quiet()
  expect(lab.tags()).toBe('web-0 v2, web-1 v2, web-2 v2')
  const { currentRevision, currentReplicas = 0, updatedReplicas } = lab.status()
  expect({ currentRevision, currentReplicas, updatedReplicas }).toEqual({
    currentRevision: first,
    currentReplicas: 0,
    updatedReplicas: 3,
  })
})

it('trap 17: a rollout is complete before its last pod is available', () => {
  const lab = Lab.up({ spec: { minReadySeconds: 60 } }).roll('v2')
  lab.until(({ isReady, tags }) => tags().includes('web-0 v2') && isReady('web-0')).run(1000)
  const { currentRevision, updateRevision, availableReplicas } = lab.status()
  expect(currentRevision).toBe(updateRevision)
  expect(availableReplicas).toBe(2)
})

it('trap 19: only the pod template makes a revision', () => {
  const lab = Lab.up().scale(4).partition(1).patchSet({ minReadySeconds: 1, revisionHistoryLimit: 3 })
  lab.patch('statefulsets', 'web', { metadata: { labels: { team: 'a' } } }).quiet()
  expect(revisions(lab)).toHaveLength(1)
  lab.patchSet({ template: { metadata: { annotations: { restarted: 'now' } } } }).quiet()
  expect(revisions(lab)).toHaveLength(2)
})

it('trap 20: going back to an old template gives its old revision a new number, under the same name', () => {
  const lab = Lab.up()
  const [first] = revisions(lab)
  const second = revisions(lab.roll('v2').quiet())[1]
  lab.roll('v1').quiet()
  expect(revisions(lab)).toEqual([second, { name: first?.name, revision: 3 }])
})

it('trap 21: revisions that pods still run are kept beyond the limit', () => {
  const lab = Lab.up({ spec: { revisionHistoryLimit: 0, updateStrategy: { type: 'OnDelete' } } })
  for (const tag of ['v2', 'v3', 'v4']) lab.roll(tag).quiet()
  expect(revisions(lab).map(({ revision }) => revision)).toEqual([1, 4])
  lab.deletePod('web-2').quiet().roll('v5').quiet()
  expect(revisions(lab).map(({ revision }) => revision)).toEqual([1, 4, 5])
})

it('trap 36: the label of the revision is its whole name, its hash of an alphabet without vowels', () => {
  const lab = Lab.up()
  const label = lab.pod('web-0').metadata.labels?.['controller-revision-hash']
  expect(label).toBe(lab.status().updateRevision)
  expect(label).toMatch(/^web-[456789bcdf]+$/)
})

it('trap 36: a name of more than 52 letters makes no pods: the label would be too long', () => {
  const name = 'w'.repeat(53)
  const lab = new Lab().apply(serviceNamed(), setNamed({ name })).quiet(60_000)
  expect(lab.names()).toBe('')
  expect(lab.events(name).join()).toMatch(/FailedCreate: .*must be no more than 63 (characters|bytes)/)
})

it('trap 43: a status is written even when the sync failed, and the generation counts as observed', () => {
  const name = 'w'.repeat(53)
  const lab = new Lab().apply(serviceNamed(), setNamed({ name })).quiet(60_000)
  const { status, metadata } = lab.get('StatefulSet', name)
  expect(status.observedGeneration).toBe(metadata.generation)
  expect(status.replicas).toBe(0)
})

it('trap 45: event texts begin with a capital today, and with a small letter in older versions', () => {
  const verbs = (kubernetes: string) => Lab.up({ replicas: 1 }, { kubernetes }).events('web')
  expect(verbs('1.36')).toEqual(['SuccessfulCreate: Create Pod web-0 in StatefulSet web successful'])
  expect(verbs('1.30')).toEqual(['SuccessfulCreate: create Pod web-0 in StatefulSet web successful'])
})

it('trap 51: a set of apps/v1beta1 that names no strategy is OnDelete', () => {
  const { objects } = readManifests(`apiVersion: apps/v1beta1
kind: StatefulSet
metadata: {name: web}
spec:
  serviceName: nginx
  replicas: 2
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: nginx, image: 'registry.k8s.io/nginx-slim:v1'}]}
`)
  const lab = new Lab().apply(serviceNamed(), ...objects).quiet()
  expect(lab.roll('v2').quiet().tags()).toBe('web-0 v1, web-1 v1')
})

it('trap 54: with the current revision deleted by hand, the update revision is the current one from then on', () => {
  const lab = Lab.up().partition(1).roll('v2').quiet()
  const { currentRevision = '', updateRevision } = lab.status()
  expect(currentRevision).not.toBe(updateRevision)
  lab.give({ type: 'deleteObject', kind: 'controllerrevisions', namespace: 'default', name: currentRevision })
  lab.deletePod('web-0').quiet()
  expect(lab.tags()).toContain('web-0 v2')
  expect(lab.status().currentRevision).toBe(updateRevision)
})

it('trap 55: in Parallel a refused pod stops later batches, and the scale-down and update of that sync', () => {
  const lab = Lab.up({ replicas: 4, spec: { podManagementPolicy: 'Parallel' } })
  // A pod that is nobody's stands where web-1 is to be.
  lab.patch('pods', 'web-1', { metadata: { labels: { app: 'other' } } }).run(2000)
  const from = lab.world.now
  lab.scale(8).run(2000)
  expect(lab.told(['podCreated'], from)).toEqual([])
  expect(lab.roll('v2').run(5000).tags()).not.toContain('v2')
})

it('trap 56: in Parallel an ended pod of an old revision may be deleted twice in one sync', () => {
  const lab = Lab.up({ spec: { podManagementPolicy: 'Parallel' } })
  lab.partition(3).roll('v2').quiet()
  lab.fail('web-2').until(({ pod }) => pod('web-2').status.phase === 'Failed')
  const before = lab.world.now
  lab.partition(0)
  lab.until((now) => now.told(['podDeleted'], before).includes('podDeleted web-2'))
  const event = lab.list('Event').find(({ message }) => message === 'Delete Pod web-2 in StatefulSet web successful')
  expect(event?.count).toBe(2)
})

it('trap 57: in Parallel without a block, a lost pod comes back at the current revision and goes again in the same sync', () => {
  const spec = { podManagementPolicy: 'Parallel', updateStrategy: { type: 'RollingUpdate' } }
  const lab = Lab.up({ spec }).roll('v2')
  lab.until(({ isReady, tags }) => tags().includes('web-2 v2') && isReady('web-2'))
  const from = lab.world.now
  lab.deletePod('web-1', { force: true }).run(15)
  expect(lab.told(ENDS, from).slice(0, 3)).toEqual(['podDeleted web-1', 'podCreated web-1', 'podDeleted web-1'])
})
