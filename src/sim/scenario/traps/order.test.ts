/** Traps of creating, scaling and waiting in order: what a simulator that follows the prose instead of the code gets wrong. */
import { afterEach, expect, it } from 'vitest'
import { isAvailable, isRunningAndReady } from '../../api/predicates.ts'
import { Lab, serviceNamed, setNamed } from '../fixtures/lab.ts'

afterEach(() => expect(Lab.violations()).toEqual([]))

const PODS = ['podCreated', 'podDeleted'] as const

it('trap 1: a pod lost in the middle of a rollout comes back at the update revision, though its turn had not come', () => {
  const lab = Lab.up().roll('v2')
  lab.until(({ isTerminating }) => isTerminating('web-2')).deletePod('web-0', { force: true })
  lab.until(({ isReady }) => isReady('web-0'))
  expect(lab.tags()).toContain('web-0 v2')
  expect(lab.tags()).toContain('web-1 v1')
})

it('trap 1: with an explicit `type: RollingUpdate` and no block beside it, it comes back at the current revision', () => {
  const lab = Lab.up({ spec: { updateStrategy: { type: 'RollingUpdate' } } }).roll('v2')
  lab.until(({ isTerminating }) => isTerminating('web-2')).deletePod('web-0', { force: true })
  lab.until(({ isReady }) => isReady('web-0'))
  expect(lab.tags()).toContain('web-0 v1')
  expect(lab.quiet().tags()).toBe('web-0 v2, web-1 v2, web-2 v2')
})

it('trap 2: a broken rollout cannot be undone by editing; the broken pod has to be deleted by hand', () => {
  const lab = Lab.up().roll('never-ready').quiet(60_000)
  expect(lab.tags()).toBe('web-0 v1, web-1 v1, web-2 never-ready')
  lab.roll('v1').quiet(600_000)
  expect(lab.tags()).toBe('web-0 v1, web-1 v1, web-2 never-ready')
  expect(lab.waits('web', 'StatefulSet')).toEqual(['podNotReady'])
  lab.deletePod('web-2').quiet()
  expect(lab.tags()).toBe('web-0 v1, web-1 v1, web-2 v1')
  expect(lab.status().readyReplicas).toBe(3)
})

it('trap 2: Parallel heals itself', () => {
  const lab = Lab.up({ spec: { podManagementPolicy: 'Parallel' } })
    .roll('never-ready')
    .quiet(60_000)
  expect(lab.tags()).toBe('web-0 v1, web-1 v1, web-2 never-ready')
  expect(lab.roll('v1').quiet().tags()).toBe('web-0 v1, web-1 v1, web-2 v1')
})

it('trap 3: a container that crashes again and again is Ready for a moment each time, and the set goes on in it', () => {
  const start = (minReadySeconds: number) =>
    new Lab().apply(serviceNamed(), setNamed({ tag: 'crash', probed: false, spec: { minReadySeconds } })).quiet(120_000)
  expect(start(0).names()).toBe('web-0 web-1 web-2')
  expect(start(10).names()).toBe('web-0')
})

it('trap 5: two unhealthy condemned pods hold up the scale-down for ever', () => {
  const lab = Lab.up({ replicas: 5 }).readiness('web-3', false).readiness('web-4', false).run(10_000)
  lab.scale(3).quiet(600_000)
  expect(lab.names()).toBe('web-0 web-1 web-2 web-3 web-4')
  expect(lab.waits('web', 'StatefulSet')).toEqual(['scaleDownBlocked'])
  expect(lab.readiness('web-3', true).quiet().names()).toBe('web-0 web-1 web-2')
})

it('trap 5: one of them alone is deleted', () => {
  const lab = Lab.up({ replicas: 5 }).readiness('web-4', false).run(10_000)
  expect(lab.scale(3).quiet().names()).toBe('web-0 web-1 web-2')
})

it('trap 6: one unready pod in range holds up scaling down and updates', () => {
  const lab = Lab.up({ replicas: 4 }).readiness('web-1', false).run(10_000).scale(3).roll('v2').quiet(600_000)
  expect(lab.tags()).toBe('web-0 v1, web-1 v1, web-2 v1, web-3 v1')
  expect(lab.waits('web', 'StatefulSet')).toEqual(['podNotReady'])
})

it('trap 6: a missing lower pod is created although a higher one is unhealthy', () => {
  const lab = Lab.up().readiness('web-2', false).run(10_000).deletePod('web-0', { force: true })
  lab.until(({ isReady }) => isReady('web-0'))
  expect(lab.isReady('web-2')).toBe(false)
})

it('trap 11: Parallel is about creating and scaling down; an update still goes one by one from the top', () => {
  const lab = Lab.up({ spec: { podManagementPolicy: 'Parallel' } })
  expect(lab.told(PODS)).toEqual(['podCreated web-0', 'podCreated web-1', 'podCreated web-2'])
  const from = lab.world.now
  lab.roll('v2').quiet()
  expect(lab.told(PODS, from)).toEqual(
    ['web-2', 'web-1', 'web-0'].flatMap((name) => [`podDeleted ${name}`, `podCreated ${name}`]),
  )
})

it('trap 12: in Parallel an unhealthy old pod at the top is replaced at once, and lower ones are not waited for', () => {
  const lab = Lab.up({ spec: { podManagementPolicy: 'Parallel' } })
  lab.readiness('web-0', false).readiness('web-2', false).run(10_000).roll('v2')
  lab.until(({ isReady }) => isReady('web-2'))
  expect(lab.isReady('web-0')).toBe(false)
  expect(lab.tags()).toContain('web-2 v2')
})

it('trap 13: the partition counts from the first ordinal on, the condemned are told by the ordinal itself', () => {
  const lab = Lab.up({ spec: { ordinals: { start: 5 } } })
  expect(lab.names()).toBe('web-5 web-6 web-7')
  lab.partition(1).roll('v2').quiet()
  expect(lab.tags()).toBe('web-5 v1, web-6 v2, web-7 v2')
  expect(lab.scale(2).quiet().names()).toBe('web-5 web-6')
})

it('trap 18: minReadySeconds holds up creation too, and a flap of readiness starts the clock again', () => {
  const lab = new Lab().apply(serviceNamed(), setNamed({ spec: { minReadySeconds: 30 } }))
  lab.until(({ isReady }) => isReady('web-0')).run(20_000)
  expect(lab.names()).toBe('web-0')
  lab.readiness('web-0', false).run(5000).readiness('web-0', true).run(20_000)
  expect(lab.isReady('web-0')).toBe(true)
  expect(lab.names()).toBe('web-0')
  expect(lab.waits('web', 'StatefulSet')).toEqual(['podNotAvailable'])
  expect(lab.run(15_000).names()).toBe('web-0 web-1')
})

it('trap 22: with more replicas and a new template at once, the new pods are born at the update revision first', () => {
  const lab = Lab.up()
  const from = lab.world.now
  lab.scale(5).roll('v2').quiet()
  expect(lab.told(PODS, from).slice(0, 3)).toEqual(['podCreated web-3', 'podCreated web-4', 'podDeleted web-2'])
  expect(lab.tags()).toBe('web-0 v2, web-1 v2, web-2 v2, web-3 v2, web-4 v2')
})

it('trap 22: scaling down in the middle of a rollout takes the highest, whatever their revision', () => {
  const lab = Lab.up({ replicas: 4 }).roll('v2')
  lab.until(({ isReady, tags }) => tags().includes('web-3 v2') && isReady('web-3')).scale(2)
  expect(lab.quiet().tags()).toBe('web-0 v2, web-1 v2')
})

it('trap 42: another first ordinal makes the new range first and deletes the old one after it: twice the pods for a while', () => {
  const lab = Lab.up().patchSet({ ordinals: { start: 10 } })
  lab.until(({ isReady }) => isReady('web-12'))
  expect(lab.names().split(' ')).toHaveLength(6)
  expect(lab.quiet().names()).toBe('web-10 web-11 web-12')
})

it('trap 44: a set that waits says nothing: no event tells of it', () => {
  const lab = Lab.up().readiness('web-0', false).run(10_000)
  const before = lab.events('web')
  expect(lab.scale(5).quiet(600_000).events('web')).toEqual(before)
  expect(lab.waits('web', 'StatefulSet')).toEqual(['podNotReady'])
})

it('trap 47: readyReplicas asks for the phase Running too, availability for the condition alone', () => {
  const pod = Lab.up({ replicas: 1 }).pod('web-0')
  const unknown = { ...pod, status: { ...pod.status, phase: 'Unknown' as const } }
  expect([isRunningAndReady(pod), isAvailable(pod, 0, 1e9)]).toEqual([true, true])
  expect([isRunningAndReady(unknown), isAvailable(unknown, 0, 1e9)]).toEqual([false, true])
})
