/** Kubelets against the real API server: init containers and sidecars, as status, events and reasons show them. */
import { describe, expect, it } from 'vitest'
import { conditionOf } from '../api/predicates.ts'
import { switchesOf } from '../api/switches.ts'
import type { Container, Pod, PodSpec } from '../api/types.ts'
import { podCells } from '../kubectl/podStatus.ts'
import { podDraft, SETTINGS, ToyCluster } from './fixtures/toyCluster.ts'
import { kubelet } from './kubelet.ts'

const cluster = () => new ToyCluster([kubelet])
const nginx = { name: 'nginx', image: 'nginx:v1' }
const init = (name: string, more: Partial<Container> = {}): Container => ({ name, image: 'busybox:v1', ...more })
const sidecar = (name: string, more: Partial<Container> = {}): Container => ({
  name,
  image: 'proxy:v1',
  restartPolicy: 'Always',
  ...more,
})
const withInits = (initContainers: readonly Container[], more: Partial<PodSpec> = {}) =>
  cluster().create(podDraft('a', { spec: { containers: [nginx], initContainers, ...more } }))

const podOf = (toy: ToyCluster): Pod => toy.get('Pod', 'a')
const cells = (toy: ToyCluster) => {
  const { readyContainers, containers, status } = podCells(podOf(toy), switchesOf(SETTINGS))
  return `${readyContainers}/${containers} ${status}`
}
const initialized = (toy: ToyCluster) => conditionOf(podOf(toy), 'Initialized')
const messages = (toy: ToyCluster, reason: string) =>
  toy
    .list('Event')
    .filter((event) => event.reason === reason)
    .sort((one, other) => Number(one.metadata.resourceVersion) - Number(other.metadata.resourceVersion))
    .map(({ message, involvedObject }) => `${involvedObject.fieldPath}: ${message}`)

/** What the pod's line says, one after the other. */
function story(toy: ToyCluster, done: (toy: ToyCluster) => boolean, withinMs = 120_000): readonly string[] {
  const lines = [cells(toy)]
  toy.until((now) => {
    if (now.find('Pod', 'a') && lines.at(-1) !== cells(now)) lines.push(cells(now))
    return done(now)
  }, withinMs)
  return lines
}
const isReady = (toy: ToyCluster) => conditionOf(podOf(toy), 'Ready')?.status === 'True'

describe('init containers', () => {
  it('run to their end, one after the other, before the main ones', () => {
    const toy = withInits([init('first'), init('second', { command: ['sh', '-c', 'sleep 7'] })])
    expect(story(toy.run(40), isReady)).toEqual(['0/1 Init:0/2', '0/1 Init:1/2', '0/1 PodInitializing', '1/1 Running'])
    const starts = messages(toy, 'Started').map((line) => line.split(':')[0])
    expect(starts).toEqual(['spec.initContainers{first}', 'spec.initContainers{second}', 'spec.containers{nginx}'])
    const [first, second] = podOf(toy).status.initContainerStatuses ?? []
    expect(first).toMatchObject({ ready: true, started: false, restartCount: 0 })
    expect(second?.state.terminated).toMatchObject({ exitCode: 0, reason: 'Completed' })
    expect(initialized(toy)?.status).toBe('True')
  })

  it('keep the pod Pending, and say which are not done', () => {
    const toy = withInits([init('first'), init('second', { command: ['sleep', '30'] })]).run(15_000)
    const { status } = podOf(toy)
    expect(status.phase).toBe('Pending')
    expect(initialized(toy)).toMatchObject({
      status: 'False',
      reason: 'ContainersNotInitialized',
      message: 'containers with incomplete status: [second]',
    })
    expect(conditionOf(podOf(toy), 'ContainersReady')?.message).toBe('containers with unready status: [nginx]')
    expect(status.initContainerStatuses?.map(({ ready, started }) => [ready, started])).toEqual([
      [true, false],
      [false, true],
    ])
    expect(status.containerStatuses?.[0]?.state).toEqual({ waiting: { reason: 'PodInitializing' } })
    expect(toy.reasons('a')).toMatchObject([
      { reason: 'initRunning', detail: { container: 'second', number: 2, count: 2 } },
    ])
  })

  it('that fail are tried again with back-off, and nothing after them starts', () => {
    const toy = withInits([init('first', { image: 'busybox:crash' }), init('second')])
    const loops = (now: ToyCluster) => cells(now) === '0/1 Init:CrashLoopBackOff'
    expect(story(toy.run(40), loops)).toEqual([
      '0/1 Init:0/2',
      '0/1 Init:Error',
      '0/1 Init:0/2',
      '0/1 Init:Error',
      '0/1 Init:CrashLoopBackOff',
    ])
    expect(podOf(toy).status.initContainerStatuses?.[0]?.state.waiting?.message).toMatch(
      /^back-off 10s restarting failed container=first pod=a_default\(/,
    )
    expect(messages(toy, 'BackOff')[0]).toContain(
      'spec.initContainers{first}: Back-off restarting failed container first',
    )
    expect(toy.reasons('a')).toMatchObject([{ reason: 'containerCrashed', detail: { container: 'first' } }])
    expect(podOf(toy.run(200_000)).status.initContainerStatuses?.[1]?.state).toEqual({
      waiting: { reason: 'PodInitializing' },
    })
  })

  it('that fail in a pod that restarts nothing make it Failed', () => {
    const toy = withInits([init('first', { image: 'busybox:crash' })], { restartPolicy: 'Never' }).quiet()
    expect(podOf(toy).status.phase).toBe('Failed')
    expect(cells(toy)).toBe('0/1 Init:Error')
    expect(initialized(toy)?.status).toBe('False')
  })

  it('end with their pod', () => {
    const toy = withInits([init('first', { command: ['sleep', '60'] })]).run(10_000)
    expect(toy.delete('Pod', 'a').run(500).get('Pod', 'a').status.phase).toBe('Pending')
    expect(messages(toy, 'Killing')).toEqual(['spec.initContainers{first}: Stopping container first'])
    expect(toy.run(10_000).find('Pod', 'a')).toBeUndefined()
  })

  it('go through their image’s troubles by themselves', () => {
    const toy = withInits([init('first', { image: 'busybox:bad' })]).run(20_000)
    expect(cells(toy)).toMatch(/^0\/1 Init:(ErrImagePull|ImagePullBackOff)$/)
    expect(toy.reasons('a')).toMatchObject([{ reason: 'imageCannotBePulled' }])
  })
})

describe('sidecars', () => {
  const slow = { startupProbe: { tcpSocket: { port: 15_000 }, periodSeconds: 1, failureThreshold: 60 } }

  it('keep the next waiting only until they have started, and count as containers', () => {
    const toy = withInits([sidecar('proxy', { image: 'postgres:v1', ...slow }), init('second')])
    expect(story(toy.run(40), isReady)).toEqual(['0/2 Init:0/2', '1/2 Init:1/2', '1/2 PodInitializing', '2/2 Running'])
    expect(podOf(toy).status.initContainerStatuses?.map(({ ready, started }) => [ready, started])).toEqual([
      [true, true],
      [true, false],
    ])
  })

  it('that have not started say so', () => {
    const toy = withInits([sidecar('proxy', { image: 'postgres:never-live', ...slow })]).run(15_000)
    expect(toy.reasons('a')).toMatchObject([{ reason: 'sidecarNotStarted', detail: { container: 'proxy' } }])
    expect(initialized(toy)?.message).toBe('containers with incomplete status: [proxy]')
    expect(conditionOf(podOf(toy), 'Ready')?.message).toBe('containers with unready status: [proxy nginx]')
  })

  it('end after the main containers, the last one first, within the grace period', () => {
    const toy = withInits([sidecar('proxy'), sidecar('logs')]).quiet()
    toy.delete('Pod', 'a').until((now) => !now.find('Pod', 'a'))
    expect(messages(toy, 'Killing').map((line) => line.split(': ')[0])).toEqual([
      'spec.containers{nginx}',
      'spec.initContainers{logs}',
      'spec.initContainers{proxy}',
    ])
  })

  it('end when the main ones have done their work, and do not decide whether it was done well', () => {
    const worker = { name: 'nginx', image: 'busybox', command: ['sh', '-c', 'sleep 20; exit 0'] }
    const toy = withInits([sidecar('proxy')], { containers: [worker], restartPolicy: 'Never' })
    expect(cells(toy.until((now) => podOf(now).status.phase === 'Running'))).toBe('2/2 Running')
    expect(podOf(toy.quiet()).status.phase).toBe('Succeeded')
    expect(messages(toy, 'Killing')).toEqual(['spec.initContainers{proxy}: Stopping container proxy'])
  })

  it('are restarted like main ones', () => {
    const toy = withInits([sidecar('proxy', { image: 'proxy:crash' })]).run(60_000)
    expect(podOf(toy).status.initContainerStatuses?.[0]?.restartCount).toBeGreaterThan(1)
    expect(podOf(toy).status.phase).toBe('Running')
    expect(messages(toy, 'Started').filter((line) => line.includes('{nginx}'))).toHaveLength(1)
  })
})
