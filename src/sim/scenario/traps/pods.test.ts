/** Traps of pods: how they end, what their phases and counters say, whose they are. */
import { afterEach, expect, it } from 'vitest'
import { switchesOf } from '../../api/switches.ts'
import type { Pod } from '../../api/types.ts'
import { podCells } from '../../kubectl/podStatus.ts'
import { Lab, serviceNamed, setNamed } from '../fixtures/lab.ts'

afterEach(() => expect(Lab.violations()).toEqual([]))

const ENDS = ['podCreated', 'podTerminating', 'podDeleted'] as const

it('trap 7: an ended pod is deleted now and made in a later sync, at once and without an event of its own', () => {
  const lab = Lab.up().fail('web-1')
  const from = lab.world.now
  lab.until((now) => now.told(['podCreated'], from).length > 0)
  const [, gone, come] = lab.facts.filter(({ type, at }) => at >= from && ENDS.includes(type as 'podCreated'))
  expect([gone?.type, come?.type]).toEqual(['podDeleted', 'podCreated'])
  expect(come?.at).toBeGreaterThan(gone?.at ?? 0)
  expect(lab.events('web').join()).not.toContain('Recreating')
})

it('trap 7: before 1.31 both happen in one sync, and an event says so', () => {
  const lab = Lab.up({}, { kubernetes: '1.30' }).fail('web-1')
  const from = lab.world.now
  lab.until((now) => now.told(['podCreated'], from).length > 0)
  const [, gone, come] = lab.facts.filter(({ type, at }) => at >= from && ENDS.includes(type as 'podCreated'))
  expect(come?.at).toBe(gone?.at)
  expect(lab.events('web').join()).toContain('Recreating')
})

it('trap 10: terminating pods count as replicas and ready, and neither as current nor as updated', () => {
  const lab = Lab.up().scale(2)
  lab.until((now) => now.isTerminating('web-2') && now.status().currentReplicas === 2)
  expect(lab.status()).toMatchObject({ replicas: 3, readyReplicas: 3, currentReplicas: 2 })
})

it('trap 10: the endpoint drops at once, readyReplicas only when the containers have stopped', () => {
  const lab = Lab.up({ annotations: { 'ordinal.dev/stop-ms': '5000' } })
    .deletePod('web-2')
    .run(1000)
  const ready = lab
    .list('EndpointSlice')
    .flatMap(({ endpoints }) => endpoints.filter(({ conditions }) => conditions.ready))
  expect(ready).toHaveLength(2)
  expect(lab.status().readyReplicas).toBe(3)
})

it('trap 23: the deletion time lies in the future, by the grace period', () => {
  const lab = Lab.up({ annotations: { 'ordinal.dev/stop-ms': '5000' } }).deletePod('web-0')
  const { deletionTimestamp = '', creationTimestamp } = lab.pod('web-0').metadata
  const at = (Date.parse(deletionTimestamp) - Date.parse('2026-01-01T00:00:00Z')) / 1000
  expect(at).toBe(Math.floor(lab.world.now / 1000) + 10)
  expect(deletionTimestamp > creationTimestamp).toBe(true)
})

it('trap 24: a pod that no node has is deleted at once, whatever its grace period', () => {
  const lab = new Lab().apply(serviceNamed(), setNamed({ pod: { nodeSelector: { disk: 'none' } } })).run(3000)
  const { uid } = lab.pod('web-0').metadata
  const from = lab.world.now
  lab.deletePod('web-0').run(1000)
  expect(lab.told(ENDS, from)).toEqual(['podTerminating web-0', 'podDeleted web-0', 'podCreated web-0'])
  expect(lab.pod('web-0').metadata.uid).not.toBe(uid)
})

it('trap 25: a grace period of 0 without force is one second, and a period can be shortened, not lengthened', () => {
  const lab = Lab.up({ annotations: { 'ordinal.dev/stop-ms': '60000' } })
  const period = () => lab.pod('web-0').metadata.deletionGracePeriodSeconds
  lab.deletePod('web-0', { graceSeconds: 5 })
  expect(period()).toBe(5)
  lab.deletePod('web-0', { graceSeconds: 20 })
  expect(period()).toBe(5)
  lab.deletePod('web-0', { graceSeconds: 0 })
  expect(period()).toBe(1)
})

it('trap 26: CrashLoopBackOff is no phase, and a clean exit backs off too', () => {
  const lab = Lab.up({ replicas: 1, probed: false }).crash('web-0', 0)
  lab
    .until((now) => !now.isReady('web-0'))
    .until(({ isReady }) => isReady('web-0'))
    .crash('web-0', 0)
    .run(3000)
  const { phase, containerStatuses } = lab.pod('web-0').status
  expect(phase).toBe('Running')
  expect(containerStatuses?.[0]?.state?.waiting?.reason).toBe('CrashLoopBackOff')
  expect(containerStatuses?.[0]?.lastState?.terminated?.exitCode).toBe(0)
  expect(lab.isReady('web-0')).toBe(false)
})

it('trap 26: with an image that cannot be pulled the phase is Pending', () => {
  const lab = new Lab().apply(serviceNamed(), setNamed({ tag: 'bad' })).run(20_000)
  const { phase, containerStatuses } = lab.pod('web-0').status
  expect(phase).toBe('Pending')
  expect(containerStatuses?.[0]?.state?.waiting?.reason).toMatch(/ImagePullBackOff|ErrImagePull/)
})

it('trap 27: the first restart is immediate; the back-off counts from the end and is forgotten with the pod', () => {
  const lab = Lab.up({ replicas: 1, probed: false })
  const restart = () => {
    const from = lab.world.now
    lab
      .crash('web-0')
      .until((now) => !now.isReady('web-0'))
      .until(({ isReady }) => isReady('web-0'))
    return lab.world.now - from
  }
  expect(restart()).toBeLessThan(3000)
  const second = restart()
  expect(second).toBeGreaterThanOrEqual(10_000)
  expect(restart()).toBeGreaterThanOrEqual(20_000)
  lab.deletePod('web-0').quiet()
  expect(restart()).toBeLessThan(3000)
  lab.run(1_300_000)
  expect(restart()).toBeLessThan(3000)
})

it('trap 28: a pod keeps its readiness while it shuts down', () => {
  const lab = Lab.up({ annotations: { 'ordinal.dev/stop-ms': '5000' } })
    .deletePod('web-2')
    .run(2000)
  const ready = lab.pod('web-2').status.conditions?.find(({ type }) => type === 'Ready')
  expect(lab.isTerminating('web-2')).toBe(true)
  expect(ready?.status).toBe('True')
})

it('trap 34: a pod without the selector’s label is let go; its slot then fails, without an event, until the label is back', () => {
  const lab = Lab.up()
  const before = lab.events('web')
  lab.patch('pods', 'web-1', { metadata: { labels: { app: 'other' } } }).run(3000)
  expect(lab.pod('web-1').metadata.ownerReferences ?? []).toEqual([])
  expect(lab.events('web')).toEqual(before)
  expect(lab.waits('web-1')).toContain('nameTaken')
  lab.patch('pods', 'web-1', { metadata: { labels: { app: 'web' } } }).quiet()
  expect(lab.pod('web-1').metadata.ownerReferences?.[0]?.name).toBe('web')
})

const naked = (name: string) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'default', labels: { app: 'web' } },
  spec: { containers: [{ name: 'nginx', image: 'registry.k8s.io/nginx-slim:v1' }] },
})

it('trap 35: a naked pod of the right name and labels is adopted, and condemned when it is out of range', () => {
  const lab = new Lab().apply(naked('web-0') as never, naked('web-7') as never).quiet()
  const { uid } = lab.pod('web-0').metadata
  lab.apply(serviceNamed(), setNamed({ replicas: 2, spec: { updateStrategy: { type: 'OnDelete' } } })).quiet()
  expect(lab.names()).toBe('web-0 web-1')
  expect(lab.pod('web-0').metadata).toMatchObject({ uid, ownerReferences: [{ name: 'web', controller: true }] })
})

it('trap 37: host name and subdomain are given at creation, whatever the template says', () => {
  const lab = Lab.up({ replicas: 1, pod: { hostname: 'mine', subdomain: 'elsewhere' } })
  expect(lab.pod('web-0').spec).toMatchObject({ hostname: 'web-0', subdomain: 'nginx' })
})

it('trap 46: STATUS shows Terminating only as long as the phase is not final', () => {
  const lab = Lab.up({ annotations: { 'ordinal.dev/stop-ms': '5000' } })
    .deletePod('web-0')
    .run(1000)
  const statusWord = (pod: Pod) => podCells(pod, switchesOf(lab.world.settings)).status
  const pod = lab.pod('web-0')
  expect(statusWord(pod)).toBe('Terminating')
  const ended = { ...pod, status: { ...pod.status, phase: 'Failed' as const, reason: 'Evicted' } }
  expect(statusWord(ended)).toBe('Evicted')
})

it('trap 53: sets with the same selector leave each other’s pods alone, and `web` never owns `web-a-0`', () => {
  const same = { selector: { matchLabels: { app: 'web' } } }
  const other = setNamed({ name: 'web-a', replicas: 2 }) as unknown as { spec: { template: { metadata: object } } }
  const twin = {
    ...other,
    spec: { ...other.spec, ...same, template: { ...other.spec.template, metadata: { labels: { app: 'web' } } } },
  }
  const lab = new Lab().apply(serviceNamed(), setNamed({ replicas: 2 }), twin as never).quiet()
  expect(lab.names()).toBe('web-0 web-1 web-a-0 web-a-1')
  lab.scale(0).quiet()
  expect(lab.names()).toBe('web-a-0 web-a-1')
  const orphan = naked('web-a-7')
  lab.apply({ ...orphan, metadata: { ...orphan.metadata, name: 'web-a-b-0' } } as never).quiet()
  expect(lab.pod('web-a-b-0').metadata.ownerReferences ?? []).toEqual([])
})
