/** Kubelets against the real API server: what a pod's status, events and reasons are on its way. */
import { describe, expect, it } from 'vitest'
import { conditionOf } from '../api/predicates.ts'
import type { Pod } from '../api/types.ts'
import { set } from '../kernel/sorted.ts'
import { claimDraft, isUp, podDraft, ToyCluster } from './fixtures/toyCluster.ts'
import { kubelet } from './kubelet.ts'
import type { Life } from './kubeletLife.ts'
import { lifeKey, processesOf } from './kubeletLife.ts'
import { volumeBinder } from './volumeBinder.ts'

const cluster = () => new ToyCluster([kubelet, volumeBinder])
const up = (...pods: readonly object[]) =>
  cluster()
    .create(...pods)
    .quiet()

const lives = ({ world }: ToyCluster): readonly Life[] =>
  world.memories.flat().flatMap(([key, memory]) => (key.startsWith('kubelet|Pod/') ? (memory as Life) : []))

const stateOf = (toy: ToyCluster, name: string) => toy.get('Pod', name).status.containerStatuses?.[0]?.state
const waitingFor = (toy: ToyCluster, name: string, reason: string) =>
  toy.until((now) => stateOf(now, name)?.waiting?.reason === reason)

/** `Ready=False(ContainersNotReady)`, in the order of the status. */
const conditions = ({ status }: Pod): readonly string[] =>
  (status.conditions ?? []).map(({ type, status: is, reason }) => `${type}=${is}${reason ? `(${reason})` : ''}`)

const probed = { container: { readinessProbe: { httpGet: { path: '/', port: 80 }, periodSeconds: 5 } } }

describe('the status', () => {
  it('is that of a real cluster while containers are created', () => {
    const toy = cluster().create(podDraft('a')).run(40)
    expect(toy.get('Pod', 'a').status).toEqual({
      observedGeneration: 1,
      phase: 'Pending',
      conditions: [
        { type: 'PodReadyToStartContainers', status: 'False' },
        { type: 'Initialized', status: 'True' },
        {
          type: 'Ready',
          status: 'False',
          reason: 'ContainersNotReady',
          message: 'containers with unready status: [nginx]',
        },
        {
          type: 'ContainersReady',
          status: 'False',
          reason: 'ContainersNotReady',
          message: 'containers with unready status: [nginx]',
        },
        { type: 'PodScheduled', status: 'True' },
      ].map((condition) => ({
        ...condition,
        observedGeneration: 1,
        lastProbeTime: null,
        lastTransitionTime: '2026-01-01T00:00:00Z',
      })),
      hostIP: '172.18.0.2',
      hostIPs: [{ ip: '172.18.0.2' }],
      startTime: '2026-01-01T00:00:00Z',
      containerStatuses: [
        {
          name: 'nginx',
          state: { waiting: { reason: 'ContainerCreating' } },
          lastState: {},
          ready: false,
          restartCount: 0,
          image: 'nginx:v1',
          imageID: '',
          started: false,
        },
      ],
      qosClass: 'BestEffort',
    })
  })

  it('is Running and Ready in one write without a probe, about three seconds later', () => {
    const toy = up(podDraft('a'))
    expect(toy.now).toBeGreaterThan(2000)
    expect(toy.now).toBeLessThan(4000)
    const { status } = toy.get('Pod', 'a')
    expect(status).toMatchObject({ phase: 'Running', podIP: '10.244.2.2', podIPs: [{ ip: '10.244.2.2' }] })
    expect(conditions(toy.get('Pod', 'a'))).toEqual([
      'PodReadyToStartContainers=True',
      'Initialized=True',
      'Ready=True',
      'ContainersReady=True',
      'PodScheduled=True',
    ])
    expect(status.containerStatuses?.[0]).toMatchObject({ ready: true, started: true, lastState: {} })
    expect(toy.facts.filter(({ kind, by }) => kind === 'Pod' && by === 'kubelet').map(({ type }) => type)).toEqual([
      'containerWaiting',
      'podReady',
    ])
  })

  it('keeps the time of a condition as long as its status stays', () => {
    const toy = up(podDraft('a', probed))
    const ready = () => conditionOf(toy.get('Pod', 'a'), 'Ready')
    const since = ready()?.lastTransitionTime
    toy.run(20_000).signal('a', 'crash', { exitCode: 1 })
    expect(conditionOf(toy.run(10).get('Pod', 'a'), 'Initialized')?.lastTransitionTime).toBe('2026-01-01T00:00:00Z')
    expect(ready()?.lastTransitionTime).not.toBe(since)
  })

  it('counts several containers, each with its own state', () => {
    const spec = {
      containers: [
        { name: 'nginx', image: 'nginx:v1' },
        { name: 'side', image: 'side:bad' },
      ],
    }
    const toy = cluster().create(podDraft('a', { spec })).run(20_000)
    const { status } = toy.get('Pod', 'a')
    expect(status.phase).toBe('Pending')
    expect(conditionOf(toy.get('Pod', 'a'), 'Ready')?.message).toBe('containers with unready status: [side]')
    expect(status.containerStatuses?.map(({ ready }) => ready)).toEqual([true, false])
    expect(toy.reasons('a').map(({ reason }) => reason)).toEqual(['imageCannotBePulled'])
  })
})

describe('images', () => {
  it('are pulled once for each node', () => {
    const toy = up(podDraft('a'))
    toy.create(podDraft('b'), podDraft('c', { spec: { nodeName: 'node-2' } })).quiet()
    expect(toy.events('a')[1]).toMatch(/^Pulled: Successfully pulled image "nginx:v1" in \d\.\d+s \(\d\.\d+s including/)
    expect(toy.events('b')).toEqual([
      'Pulled: Container image "nginx:v1" already present on machine and can be accessed by the pod',
      'Created: Container created',
      'Started: Container started',
    ])
    expect(toy.events('c')[0]).toBe('Pulling: Pulling image "nginx:v1"')
    expect(toy.list('Node').map(({ status }) => status.images?.flatMap(({ names }) => names))).toEqual([
      ['nginx:v1'],
      ['nginx:v1'],
      undefined,
    ])
  })

  it('with policy Always are asked for again', () => {
    const toy = up(podDraft('a'))
      .create(podDraft('b', { container: { imagePullPolicy: 'Always' } }))
      .quiet()
    expect(toy.events('b')[1]).toMatch(/^Pulled: Successfully pulled image "nginx:v1" in \d{3}ms/)
  })

  it('that do not exist give ErrImagePull, then ImagePullBackOff, in a pod that stays Pending', () => {
    const image = 'registry.k8s.io/nginx-slim:bad'
    const error = `rpc error: code = NotFound desc = failed to pull and unpack image "${image}": failed to resolve reference "${image}": ${image}: not found`
    const toy = cluster().create(podDraft('a', { image }))
    waitingFor(toy, 'a', 'ErrImagePull')
    expect(stateOf(toy, 'a')?.waiting?.message).toBe(error)
    expect(toy.get('Pod', 'a').status).toMatchObject({ phase: 'Pending', podIP: '10.244.2.2' })
    waitingFor(toy, 'a', 'ImagePullBackOff')
    expect(stateOf(toy, 'a')?.waiting?.message).toBe(`Back-off pulling image "${image}": ErrImagePull: ${error}`)
    const [reason] = toy.reasons('a')
    expect(reason).toMatchObject({ reason: 'imageCannotBePulled', detail: { image } })
    toy.run(8000)
    expect(toy.now).toBeLessThan(reason?.until ?? 0)
    waitingFor(toy, 'a', 'ErrImagePull')
    expect(new Set(toy.events('a'))).toEqual(
      new Set([
        `Pulling: Pulling image "${image}" ×2`,
        `Failed: Failed to pull image "${image}": ${error} ×2`,
        'Failed: Error: ErrImagePull ×2',
        `BackOff: Back-off pulling image "${image}"`,
        'Failed: Error: ImagePullBackOff',
      ]),
    )
  })
})

describe('a crash', () => {
  it('shows the error, restarts at once, and the next time backs off', () => {
    const toy = up(podDraft('a')).signal('a', 'crash', { exitCode: 3 }).run(0)
    expect(stateOf(toy, 'a')?.terminated).toMatchObject({ exitCode: 3, reason: 'Error' })
    expect(toy.get('Pod', 'a').status.phase).toBe('Running')
    expect(isUp(toy.get('Pod', 'a'))).toBe(false)
    expect(toy.reasons('a')).toMatchObject([{ reason: 'containerCrashed', detail: { container: 'nginx' } }])
    toy.quiet()
    expect(toy.get('Pod', 'a').status.containerStatuses?.[0]).toMatchObject({
      restartCount: 1,
      ready: true,
      lastState: { terminated: { exitCode: 3 } },
    })
    waitingFor(toy.signal('a', 'crash'), 'a', 'CrashLoopBackOff')
    const { uid } = toy.get('Pod', 'a').metadata
    expect(stateOf(toy, 'a')?.waiting?.message).toBe(
      `back-off 10s restarting failed container=nginx pod=a_default(${uid})`,
    )
    expect(toy.events('a').at(-1)).toBe(`BackOff: Back-off restarting failed container nginx in pod a_default(${uid})`)
    expect(toy.quiet().get('Pod', 'a').status.containerStatuses?.[0]?.restartCount).toBe(2)
  })

  it('comes shortly after each start with the image crash, Ready in between when there is no probe', () => {
    const toy = cluster().create(podDraft('a', { image: 'nginx:crash' }))
    const times = [1, 2, 3].map(() => {
      const wasUp = toy.until((now) => isUp(now.find('Pod', 'a'))).now
      toy.until((now) => !isUp(now.find('Pod', 'a')))
      return toy.now - wasUp
    })
    for (const time of times) expect(time).toBeGreaterThanOrEqual(800)
    for (const time of times) expect(time).toBeLessThanOrEqual(1500)
    waitingFor(toy, 'a', 'CrashLoopBackOff')
    expect(toy.get('Pod', 'a').status.phase).toBe('Running')
    expect(toy.get('Pod', 'a').status.containerStatuses?.[0]?.lastState?.terminated?.exitCode).toBe(1)
  })

  it('is for good where the restart policy says so', () => {
    const toy = up(podDraft('a', { spec: { restartPolicy: 'Never' } }))
      .signal('a', 'crash', { exitCode: 0 })
      .quiet()
    expect(toy.get('Pod', 'a').status.phase).toBe('Succeeded')
    expect(conditions(toy.get('Pod', 'a')).slice(1, 3)).toEqual([
      'Initialized=True(PodCompleted)',
      'Ready=False(PodCompleted)',
    ])
  })
})

describe('readiness', () => {
  it('with a probe comes later than Running, and the wait is told', () => {
    const toy = cluster().create(podDraft('a', probed))
    toy.until(({ world }) => world.objects.Pod[0]?.[0]?.[1].status.phase === 'Running')
    expect(isUp(toy.get('Pod', 'a'))).toBe(false)
    expect(toy.reasons('a')).toMatchObject([{ reason: 'notYetProbed' }])
    const until = toy.reasons('a')[0]?.until
    expect(toy.until((now) => isUp(now.find('Pod', 'a'))).now).toBe(until)
    expect(toy.reasons('a')).toEqual([])
  })

  it('of the image never-ready never comes, and the cluster is quiet', () => {
    const toy = up(podDraft('a', { image: 'nginx:never-ready', ...probed }))
    expect(toy.get('Pod', 'a').status.phase).toBe('Running')
    expect(isUp(toy.get('Pod', 'a'))).toBe(false)
    expect(toy.events('a').at(-1)).toBe('Unhealthy: Readiness probe failed: HTTP probe failed with statuscode: 503')
    expect(toy.reasons('a')).toMatchObject([{ reason: 'probeFailing', detail: { probe: 'readiness' } }])
  })

  it('is held by a person: at once without a probe, after three failures with one', () => {
    const plain = up(podDraft('a')).signal('a', 'holdReadiness', { ready: false }).quiet()
    expect(isUp(plain.get('Pod', 'a'))).toBe(false)
    expect(plain.reasons('a')).toMatchObject([{ reason: 'heldNotReady' }])
    expect(plain.events('a').at(-1)).toBe('Started: Container started')

    const toy = up(podDraft('b', probed)).signal('b', 'holdReadiness', { ready: false }).run(9000)
    expect(isUp(toy.get('Pod', 'b'))).toBe(true)
    toy.quiet()
    expect(isUp(toy.get('Pod', 'b'))).toBe(false)
    expect(conditions(toy.get('Pod', 'b'))[2]).toBe('Ready=False(ContainersNotReady)')
    expect(toy.events('b').at(-1)).toBe('Unhealthy: Readiness probe failed: HTTP probe failed with statuscode: 503 ×3')
    expect(toy.reasons('b')).toMatchObject([{ reason: 'heldNotReady' }])

    toy.signal('b', 'holdReadiness', { ready: true }).run(0)
    expect(toy.reasons('b')).toMatchObject([{ reason: 'probeFailing', until: toy.world.queue[0]?.[0]?.at }])
    expect(isUp(toy.quiet().get('Pod', 'b'))).toBe(true)
  })

  it('fails with the words of the handler while the process does not answer', () => {
    const metadata = { annotations: { 'ordinal.dev/ready-ms': '7000' } }
    const toy = up(podDraft('a', { metadata, ...probed }))
    expect(toy.events('a').at(-1)).toBe(
      'Unhealthy: Readiness probe failed: Get "http://10.244.2.2:80/": dial tcp 10.244.2.2:80: connect: connection refused',
    )
    expect(isUp(toy.get('Pod', 'a'))).toBe(true)
  })
})

describe('deletion', () => {
  it('stops the process, writes the final phase, and only then lets the object go', () => {
    const toy = up(podDraft('a')).delete('Pod', 'a').run(40)
    expect(toy.events('a').at(-1)).toBe('Killing: Stopping container nginx')
    expect(isUp(toy.get('Pod', 'a'))).toBe(true)
    expect(toy.reasons('a')).toMatchObject([{ reason: 'shuttingDown' }])
    const until = toy.reasons('a')[0]?.until
    expect(toy.until((now) => now.get('Pod', 'a').status.phase === 'Succeeded').now).toBe(until)
    expect(conditions(toy.get('Pod', 'a'))).toEqual([
      'PodReadyToStartContainers=True',
      'Initialized=True(PodCompleted)',
      'Ready=False(PodCompleted)',
      'ContainersReady=False(PodCompleted)',
      'PodScheduled=True',
    ])
    expect(stateOf(toy, 'a')?.terminated).toMatchObject({ exitCode: 0, reason: 'Completed' })
    expect(toy.quiet().find('Pod', 'a')).toBeUndefined()
    expect(toy.now - (until ?? 0)).toBeLessThan(400)
    expect(lives(toy)).toEqual([])
    expect(toy.world.waiting).toEqual([])
  })

  it('kills a process at the end of its grace period', () => {
    const metadata = { annotations: { 'ordinal.dev/stop-ms': '60000' } }
    const toy = up(podDraft('a', { metadata, spec: { terminationGracePeriodSeconds: 10 } }))
    const start = toy.now
    toy.delete('Pod', 'a').until((now) => now.get('Pod', 'a').status.phase === 'Failed')
    expect(toy.now - start).toBeGreaterThan(10_000)
    expect(toy.now - start).toBeLessThan(10_200)
    expect(stateOf(toy, 'a')?.terminated).toMatchObject({ exitCode: 137, reason: 'Error' })
    expect(conditions(toy.get('Pod', 'a'))[2]).toBe('Ready=False(PodFailed)')
  })

  it('may be hurried', () => {
    const metadata = { annotations: { 'ordinal.dev/stop-ms': '60000' } }
    const toy = up(podDraft('a', { metadata })).delete('Pod', 'a').run(5000)
    const hurried = toy.delete('Pod', 'a', 1).now
    const ended = toy.until((now) => now.get('Pod', 'a').status.phase === 'Failed').now - hurried
    // One second was asked for; a process gets two.
    expect(ended).toBeGreaterThan(2000)
    expect(ended).toBeLessThan(2200)
  })

  it('of a pod whose container never ran leaves its end unknown', () => {
    const toy = cluster().create(podDraft('a')).run(1500).delete('Pod', 'a')
    toy.until((now) => now.get('Pod', 'a').status.phase === 'Failed')
    expect(stateOf(toy, 'a')).toEqual({
      terminated: {
        exitCode: 137,
        reason: 'ContainerStatusUnknown',
        message: 'The container could not be located when the pod was terminated',
      },
    })
    expect(toy.quiet().find('Pod', 'a')).toBeUndefined()
  })

  it('is kept by a finalizer, and the reason says by which', () => {
    const toy = up(podDraft('a', { metadata: { finalizers: ['example.com/hold', 'example.com/too'] } }))
      .delete('Pod', 'a')
      .quiet()
    const pod = toy.get('Pod', 'a')
    expect(pod.metadata.deletionGracePeriodSeconds).toBe(0)
    expect(pod.status.phase).toBe('Succeeded')
    expect(toy.reasons('a')).toMatchObject([{ reason: 'finalizerHolds', detail: { finalizer: 'example.com/hold' } }])
    toy.update({ ...pod, metadata: { ...pod.metadata, finalizers: ['example.com/too'] } }).quiet()
    expect(toy.reasons('a')).toMatchObject([{ detail: { finalizer: 'example.com/too' } }])
    toy.update({ ...toy.get('Pod', 'a'), metadata: { ...toy.get('Pod', 'a').metadata, finalizers: [] } }).quiet()
    expect(toy.find('Pod', 'a')).toBeUndefined()
    expect(toy.world.waiting).toEqual([])
  })
})

describe('eviction', () => {
  it('fails the pod, which stays until somebody deletes it', () => {
    const toy = up(podDraft('a')).signal('a', 'evict', { reason: 'Evicted' }).quiet()
    const pod = toy.get('Pod', 'a')
    expect(pod.status).toMatchObject({ phase: 'Failed', reason: 'Evicted' })
    expect(pod.status.message).toMatch(/^The node was low on resource: ephemeral-storage\. /)
    expect(conditions(pod)).toEqual([
      'DisruptionTarget=True(TerminationByKubelet)',
      'PodReadyToStartContainers=True',
      'Initialized=True',
      'Ready=False(PodFailed)',
      'ContainersReady=False(PodFailed)',
      'PodScheduled=True',
    ])
    expect(
      toy
        .events('a')
        .slice(-2)
        .map((event) => event.split(':')[0]),
    ).toEqual(['Evicted', 'Killing'])
    expect(toy.reasons('a')).toMatchObject([{ reason: 'evicted' }])
    expect(toy.delete('Pod', 'a').quiet().find('Pod', 'a')).toBeUndefined()
    expect([lives(toy), toy.world.waiting]).toEqual([[], []])
  })

  it('says only the reason where the text is not known, and does nothing to a pod that has ended', () => {
    const toy = up(podDraft('a')).signal('a', 'evict', { reason: 'OutOfcpu' }).quiet()
    expect(toy.get('Pod', 'a').status).toMatchObject({ phase: 'Failed', reason: 'OutOfcpu' })
    expect(toy.get('Pod', 'a').status.message).toBeUndefined()
    const before = toy.get('Pod', 'a')
    expect(toy.signal('a', 'evict').quiet().get('Pod', 'a')).toBe(before)
    expect(toy.events('a').filter((event) => event.startsWith('Evicted'))).toEqual([])
  })
})

describe('force', () => {
  const metadata = { annotations: { 'ordinal.dev/stop-ms': '20000' } }

  it('lets the process of a forgotten pod live on beside its successor', () => {
    const toy = up(podDraft('a', { metadata })).delete('Pod', 'a', 0)
    expect(toy.find('Pod', 'a')).toBeUndefined()
    toy.create(podDraft('a', { spec: { nodeName: 'node-2' } })).until((now) => isUp(now.find('Pod', 'a')))
    expect(lives(toy).map(processesOf)).toEqual([1, 1])
    expect(toy.quiet().get('Pod', 'a').status.phase).toBe('Running')
    expect(lives(toy).map(({ node }) => node)).toEqual(['node-2'])
    expect(toy.get('Pod', 'a').status.podIP).toBe('10.244.4.2')
  })

  it('does not take its volume from the old process', () => {
    const toy = cluster().create(claimDraft('www-a')).quiet()
    toy
      .create(podDraft('a', { metadata, claim: 'www-a' }))
      .quiet()
      .delete('Pod', 'a', 0)
    toy.create(podDraft('a', { claim: 'www-a', spec: { nodeName: 'node-2' } })).run(10_000)
    expect(toy.reasons('a')).toMatchObject([{ reason: 'volumeNotAttached' }])
    const volume = toy.get('PersistentVolumeClaim', 'www-a').spec.volumeName
    expect(toy.events('a').at(-1)).toBe(
      `FailedAttachVolume: Multi-Attach error for volume "${volume}" Volume is already exclusively attached to one node and can't be attached to another`,
    )
    expect(isUp(toy.quiet().get('Pod', 'a'))).toBe(true)
    expect(toy.events('a')).toContain(`SuccessfulAttachVolume: AttachVolume.Attach succeeded for volume "${volume}" `)
  })
})

describe('volumes', () => {
  it('of a pod that was sent to its node by hand are waited for', () => {
    const toy = cluster()
      .create(podDraft('a', { claim: 'www-a' }))
      .run(1000)
    expect(toy.reasons('a')).toMatchObject([{ reason: 'volumeNotBound', on: 'PersistentVolumeClaim/default/www-a' }])
    expect(isUp(toy.create(claimDraft('www-a')).quiet().get('Pod', 'a'))).toBe(true)
  })
})

describe('notes', () => {
  it('stay small', () => {
    const toy = up(podDraft('a', probed))
    expect(JSON.stringify(lives(toy)[0]).length).toBeLessThan(1100)
  })

  it('are the same bytes when the run went through JSON in the middle', () => {
    const run = (inTheMiddle: (toy: ToyCluster) => void) => {
      const toy = cluster()
        .create(podDraft('a', { image: 'nginx:crash', ...probed }))
        .run(4000)
      inTheMiddle(toy)
      return JSON.stringify(toy.run(60_000).world)
    }
    const through = run((toy) => {
      toy.world = JSON.parse(JSON.stringify(toy.world))
    })
    expect(through).toBe(run(() => {}))
  })

  it('addresses go round and leave out those that are taken', () => {
    const toy = up(podDraft('old'))
    expect(lifeKey(toy.get('Pod', 'old'))).toMatch(/^Pod\/default\/old#/)
    const range = 2 ** 9 - 3
    toy.world = { ...toy.world, memories: set(toy.world.memories, 'kubelet|Node/node-1', { issued: range }) }
    expect(toy.create(podDraft('new')).quiet().get('Pod', 'new').status.podIP).toBe('10.244.2.3')
  })
})
