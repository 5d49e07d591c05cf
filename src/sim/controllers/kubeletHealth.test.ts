/** Kubelets against the real API server: probes that end containers, want of memory, preStop hooks, pods that are done. */
import { describe, expect, it } from 'vitest'
import { conditionOf } from '../api/predicates.ts'
import type { Container, PodSpec } from '../api/types.ts'
import { podDraft, ToyCluster } from './fixtures/toyCluster.ts'
import { kubelet } from './kubelet.ts'

const http = { httpGet: { path: '/healthz', port: 80 }, periodSeconds: 5 }
const cluster = (container: Partial<Container>, spec: Partial<PodSpec> = {}) =>
  new ToyCluster([kubelet]).create(podDraft('a', { container, spec }))

const events = (toy: ToyCluster, ...reasons: readonly string[]) =>
  toy
    .list('Event')
    .filter(({ reason }) => reasons.includes(reason))
    .sort((one, other) => Number(one.metadata.resourceVersion) - Number(other.metadata.resourceVersion))
    .map(({ reason, message, count }) => `${reason} ×${count}: ${message}`)
const statusOf = (toy: ToyCluster) => toy.get('Pod', 'a').status.containerStatuses?.[0]

describe('a liveness probe that fails', () => {
  it('has the container ended and restarted, and the kubelet says so', () => {
    const toy = cluster({ livenessProbe: http }).quiet()
    toy.signal('a', 'hang').until((now) => statusOf(now)?.restartCount === 1)
    expect(events(toy, 'Unhealthy', 'Killing')).toEqual([
      expect.stringMatching(
        /^Unhealthy ×3: Liveness probe failed: Get "http:\/\/10\.244\.2\.2:80\/healthz": context deadline exceeded/,
      ),
      'Killing ×1: Container nginx failed liveness probe, will be restarted',
    ])
    expect(statusOf(toy)?.lastState?.terminated).toMatchObject({ exitCode: 137, reason: 'Error' })
    expect(toy.quiet().get('Pod', 'a').status.phase).toBe('Running')
    expect(statusOf(toy)?.ready).toBe(true)
  })

  it('is what is said while the container is down', () => {
    const toy = cluster({ image: 'nginx:never-live', livenessProbe: http })
    toy.until((now) => statusOf(now)?.state.waiting?.reason === 'CrashLoopBackOff')
    expect(events(toy, 'Unhealthy')[0]).toMatch(/HTTP probe failed with statuscode: 503$/)
    expect(toy.reasons('a')).toMatchObject([
      { reason: 'livenessFailed', detail: { container: 'nginx', probe: 'liveness' } },
    ])
  })

  it('uses its own grace period', () => {
    const grace = { ...http, failureThreshold: 1, terminationGracePeriodSeconds: 9 }
    const toy = cluster({ livenessProbe: grace }).quiet()
    const downFor = (now: ToyCluster) => statusOf(now)?.state.terminated !== undefined
    const killed = toy.signal('a', 'hang').until((now) => events(now, 'Killing').length > 0).now
    const took = toy.until(downFor).now - killed
    expect(took).toBeGreaterThan(9000)
    expect(took).toBeLessThan(9200)
  })
})

describe('a startup probe', () => {
  it('that has not passed keeps the container from being started and ready', () => {
    const toy = cluster({ image: 'postgres:v1', startupProbe: { ...http, periodSeconds: 1, failureThreshold: 30 } })
    toy.until((now) => statusOf(now)?.state.running !== undefined)
    expect(statusOf(toy)).toMatchObject({ started: false, ready: false })
    expect(conditionOf(toy.get('Pod', 'a'), 'Ready')?.reason).toBe('ContainersNotReady')
    expect(toy.reasons('a')).toMatchObject([{ reason: 'startupNotPassed', detail: { container: 'nginx' } }])
    expect(statusOf(toy.quiet())).toMatchObject({ started: true, ready: true, restartCount: 0 })
    expect(events(toy, 'Unhealthy')[0]).toMatch(/^Unhealthy ×\d: Startup probe failed: Get .*connection refused$/)
  })

  it('that never passes has the container restarted', () => {
    const toy = cluster({ image: 'nginx:never-live', startupProbe: { ...http, failureThreshold: 2 } })
    toy.until((now) => statusOf(now)?.restartCount === 1)
    expect(events(toy, 'Killing')).toEqual(['Killing ×1: Container nginx failed startup probe, will be restarted'])
  })
})

describe('want of memory', () => {
  it('shows as OOMKilled, and is restarted like a crash', () => {
    const toy = cluster({}).quiet().signal('a', 'oom')
    toy.until((now) => statusOf(now)?.state.terminated !== undefined)
    expect(statusOf(toy)?.state.terminated).toMatchObject({ exitCode: 137, reason: 'OOMKilled' })
    expect(toy.reasons('a')).toMatchObject([{ reason: 'outOfMemory', detail: { container: 'nginx' } }])
    expect(statusOf(toy.quiet())).toMatchObject({ ready: true, restartCount: 1 })
  })

  it('can be what an image comes to', () => {
    const toy = cluster({ image: 'nginx:oom' })
    toy.until((now) => statusOf(now)?.state.waiting?.reason === 'CrashLoopBackOff')
    expect(statusOf(toy)?.lastState?.terminated?.reason).toBe('OOMKilled')
  })
})

describe('a preStop hook', () => {
  it('delays the end of the process, and says until when', () => {
    const toy = cluster({ lifecycle: { preStop: { sleep: { seconds: 5 } } } }).quiet()
    const told = toy.delete('Pod', 'a').until((now) => now.reasons('a').length > 0).now
    expect(toy.reasons('a')).toMatchObject([{ reason: 'preStopRunning', until: told + 5000 }])
    expect(conditionOf(toy.run(4000).get('Pod', 'a'), 'Ready')?.status).toBe('True')
    expect(toy.run(1000).reasons('a')).toMatchObject([{ reason: 'shuttingDown' }])
    expect(toy.until((now) => !now.find('Pod', 'a')).now - told).toBeGreaterThan(5500)
  })

  it('may be a command that sleeps', () => {
    const preStop = { exec: { command: ['sh', '-c', 'sleep 3 && nginx -s quit'] } }
    const toy = cluster({ lifecycle: { preStop } }).quiet()
    const told = toy.delete('Pod', 'a').until((now) => now.reasons('a').length > 0).now
    expect(toy.reasons('a')).toMatchObject([{ reason: 'preStopRunning', until: told + 3020 }])
  })
})

describe('a postStart hook', () => {
  it('is over before the container counts as running', () => {
    const startOf = (container: Partial<Container>) =>
      Date.parse(statusOf(cluster(container).quiet())?.state.running?.startedAt ?? '')
    const hook = { lifecycle: { postStart: { exec: { command: ['sleep', '20'] } } } }
    expect(startOf(hook) - startOf({})).toBe(20_000)
  })
})

describe('a pod that is done', () => {
  it.each([
    ['Never', 'exit 0', 'Succeeded'],
    ['Never', 'exit 3', 'Failed'],
    ['OnFailure', 'exit 0', 'Succeeded'],
  ] as const)('by policy %s, with %s, is %s', (restartPolicy, script, phase) => {
    const toy = cluster({ image: 'busybox', command: ['sh', '-c', script] }, { restartPolicy }).quiet()
    expect(toy.get('Pod', 'a').status.phase).toBe(phase)
  })

  it('by policy OnFailure is not done while its container fails', () => {
    const toy = cluster({ image: 'busybox', command: ['sh', '-c', 'exit 3'] }, { restartPolicy: 'OnFailure' }).run(
      60_000,
    )
    expect(toy.get('Pod', 'a').status.phase).toBe('Running')
    expect(statusOf(toy)?.restartCount).toBeGreaterThan(1)
  })
})
