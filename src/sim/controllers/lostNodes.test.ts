/** Machines lose power or their network and come back: what their pods and volumes do, and what the API is told. */
import { describe, expect, it } from 'vitest'
import { conditionOf } from '../api/predicates.ts'
import type { Pod } from '../api/types.ts'
import type { Decision, Signal } from '../kernel/types.ts'
import { claimDraft, isUp, podDraft, ToyCluster } from './fixtures/toyCluster.ts'
import { kubelet } from './kubelet.ts'
import type { Life } from './kubeletLife.ts'
import { processesOf } from './kubeletLife.ts'
import { lifeIn } from './lives.ts'
import { lastRenewal } from './machine.ts'
import { nodeLifecycle } from './nodeLifecycle.ts'
import { podGc } from './podGc.ts'
import { taintEviction } from './taintEviction.ts'
import { volumeBinder } from './volumeBinder.ts'

const cluster = () => new ToyCluster([kubelet, volumeBinder, nodeLifecycle, taintEviction, podGc])

const befall = (node: string, type: string, detail: NonNullable<Signal['detail']> = {}): Decision => ({
  do: 'wake',
  decider: 'kubelet',
  key: `Machine/${node}`,
  id: 'signal',
  afterMs: 0,
  signal: { type, detail },
})

const bootOf = (node: string, type = 'powerOn') => befall(node, type, { bootMs: 15_000 })

const onNode = (name: string, node: string, more: object = {}) => podDraft(name, { spec: { nodeName: node }, ...more })

/** A pod `a` that is up on node-1. */
const up = (more: object = {}) =>
  cluster()
    .create(onNode('a', 'node-1', more))
    .until((toy) => isUp(toy.find('Pod', 'a')))
    .quiet()

const lifeOf = (toy: ToyCluster, pod: Pod): Life | undefined => lifeIn(toy.world, pod)

const processes = (toy: ToyCluster, pod: Pod): number => {
  const life = lifeOf(toy, pod)
  return life ? processesOf(life) : 0
}

const statusOf = (toy: ToyCluster, name: string) => toy.get('Pod', name).status.containerStatuses?.[0]

describe('heartbeats', () => {
  it('come every ten seconds, at a time of its own for each node', () => {
    const phases = ['node-1', 'node-2', 'node-3', 'node-4'].map((node) => lastRenewal(node, 100_000) % 10_000)
    expect(new Set(phases).size).toBe(4)
    for (const at of [0, 1, 9_999, 10_000, 54_321]) {
      const renewed = lastRenewal('node-1', at)
      expect(renewed).toBeLessThanOrEqual(at)
      expect(at - renewed).toBeLessThan(10_000)
    }
  })

  it('make nothing due while all is well', () => {
    expect(up().run(3_600_000).world.queue).toEqual([])
  })
})

describe('without power', () => {
  it('the processes end at once and the API is not told', () => {
    const toy = up()
    const pod = toy.get('Pod', 'a')
    toy.do(befall('node-1', 'powerOff')).run(20_000)
    expect(processes(toy, pod)).toBe(0)
    expect(toy.get('Pod', 'a')).toEqual(pod)
  })

  it('nothing of the machine happens: no crash, no back-off, no start of a pod that is sent there', () => {
    const looping = cluster()
      .create(onNode('a', 'node-1', { image: 'nginx:crash' }))
      .run(30_000)
    const toy = looping.do(befall('node-1', 'powerOff'))
    toy.create(onNode('b', 'node-1')).run(30_000)
    expect(toy.facts.filter(({ by, at }) => by === 'kubelet' && at > toy.now - 30_000)).toEqual([])
    expect(toy.reasons('b').map(({ reason, on }) => `${reason} ${on}`)).toEqual(['nodeHasNotHeard Node//node-1'])
  })

  it('and with it again the same pod goes on: one restart, lost with 255, another address', () => {
    const toy = up()
    const before = toy.get('Pod', 'a')
    toy.do(befall('node-1', 'powerOff')).run(5000).do(bootOf('node-1')).run(15_000)
    expect(statusOf(toy, 'a')?.state.terminated).toMatchObject({ exitCode: 255, reason: 'Unknown' })
    toy.quiet()
    const after = toy.get('Pod', 'a')
    expect(after.metadata.uid).toBe(before.metadata.uid)
    expect(after.status.podIP).not.toBe(before.status.podIP)
    expect(isUp(after)).toBe(true)
    expect(statusOf(toy, 'a')).toMatchObject({ restartCount: 1, lastState: { terminated: { exitCode: 255 } } })
    expect(toy.events('node-1')).toEqual([
      'Starting: Starting kubelet.',
      expect.stringMatching(/^Rebooted: Node node-1 has been rebooted, boot id: [0-9a-f-]{36}$/),
    ])
  })

  it('a reboot is both at once', () => {
    const toy = up().do(bootOf('node-1', 'reboot'))
    expect(toy.run(14_000).world.queue).not.toEqual([])
    expect(statusOf(toy.quiet(), 'a')?.restartCount).toBe(1)
  })

  it('a machine that joins anew is on at once, and its boot is not waited for', () => {
    const toy = up().do(bootOf('node-1', 'reboot')).run(5000).do(befall('node-1', 'join')).quiet()
    expect(statusOf(toy, 'a')?.restartCount).toBe(1)
    expect(toy.now).toBeLessThan(14_000)
    expect(
      toy
        .run(60_000)
        .events('node-1')
        .filter((event) => event.startsWith('Starting')),
    ).toEqual([])
  })

  it('a pull that was under way goes on after the boot', () => {
    const toy = cluster().create(onNode('a', 'node-1', { image: 'postgres:1' }))
    toy.until(() => toy.events('a').some((event) => event.startsWith('Pulling')))
    toy.do(befall('node-1', 'powerOff')).run(20_000).do(bootOf('node-1')).quiet()
    expect(isUp(toy.get('Pod', 'a'))).toBe(true)
    expect(statusOf(toy, 'a')?.restartCount).toBe(0)
  })
})

describe('cut off', () => {
  it('the processes live on, crash and restart, and nobody hears of it', () => {
    const toy = up().do(befall('node-1', 'cut')).run(1000)
    const pod = toy.get('Pod', 'a')
    const events = toy.events('a')
    toy.signal('a', 'crash').run(20_000)
    expect(processes(toy, pod)).toBe(1)
    expect(toy.get('Pod', 'a')).toEqual(pod)
    expect(toy.events('a')).toEqual(events)
    expect(statusOf(toy.do(befall('node-1', 'mend')).quiet(), 'a')?.restartCount).toBe(1)
  })

  it('a pod that was ending ends, and its object goes when the node is heard again', () => {
    const toy = up().delete('Pod', 'a').run(100).do(befall('node-1', 'cut')).run(20_000)
    const pod = toy.get('Pod', 'a')
    expect(processes(toy, pod)).toBe(0)
    expect(pod.status.phase).toBe('Running')
    toy.do(befall('node-1', 'mend')).quiet()
    expect(toy.find('Pod', 'a')).toBeUndefined()
    expect(lifeOf(toy, pod)).toBeUndefined()
  })

  it('what was deleted by force meanwhile is ended when the node is heard again', () => {
    const toy = up().do(befall('node-1', 'cut')).run(1000)
    const pod = toy.get('Pod', 'a')
    toy.delete('Pod', 'a', 0).run(60_000)
    expect(processes(toy, pod)).toBe(1)
    toy.do(befall('node-1', 'mend')).run(5000)
    expect(lifeOf(toy, pod)).toBeUndefined()
  })

  it('a machine may lose its power as well: it must boot and be connected to be heard', () => {
    const toy = up().do(befall('node-1', 'cut'), befall('node-1', 'powerOff')).run(1000)
    toy.do(bootOf('node-1')).run(30_000)
    expect(toy.events('node-1')).toEqual([])
    toy.do(befall('node-1', 'mend')).quiet()
    expect(statusOf(toy, 'a')?.restartCount).toBe(1)
  })
})

describe('the volume of a lost node', () => {
  const claimed = () => {
    const toy = cluster().create(claimDraft('www-a')).quiet()
    toy.create(onNode('a', 'node-1', { claim: 'www-a' })).until(() => isUp(toy.find('Pod', 'a')))
    return toy.quiet()
  }
  const volumeOf = (toy: ToyCluster) => toy.get('PersistentVolumeClaim', 'www-a').spec.volumeName as string

  /** `a` was deleted by force from a lost node-1 and waits on node-2 since. */
  const waiting = (fault: string) => {
    const toy = claimed().do(befall('node-1', fault)).run(60_000).delete('Pod', 'a', 0).run(100)
    return toy.create(onNode('a', 'node-2', { claim: 'www-a' })).run(1000)
  }

  it('is taken from it six minutes after nobody wants it there any more', () => {
    const toy = waiting('powerOff')
    const [reason] = toy.reasons('a')
    expect(reason).toMatchObject({ reason: 'volumeHeld', on: 'Node//node-1', detail: { volume: volumeOf(toy) } })
    const since = toy.now
    toy.until(() => isUp(toy.get('Pod', 'a')))
    expect(toy.now - since).toBeGreaterThan(355_000)
    expect(toy.now - since).toBeLessThan(370_000)
    expect(toy.events('a').filter((event) => event.includes('Attach'))).toEqual([
      `SuccessfulAttachVolume: AttachVolume.Attach succeeded for volume "${volumeOf(toy)}" `,
      expect.stringContaining('FailedAttachVolume: Multi-Attach error for volume'),
      `SuccessfulAttachVolume: AttachVolume.Attach succeeded for volume "${volumeOf(toy)}" `,
    ])
  })

  it('is taken even while the old process writes to it', () => {
    const toy = claimed().do(befall('node-1', 'cut')).run(60_000)
    const old = toy.get('Pod', 'a')
    toy
      .delete('Pod', 'a', 0)
      .run(100)
      .create(onNode('a', 'node-2', { claim: 'www-a' }))
    toy.until(() => isUp(toy.get('Pod', 'a')))
    expect(processes(toy, old)).toBe(1)
    expect(processes(toy, toy.get('Pod', 'a'))).toBe(1)
  })

  it('is taken at once from a node that is out of service', () => {
    const toy = waiting('powerOff')
    const node = toy.get('Node', 'node-1')
    const taint = { key: 'node.kubernetes.io/out-of-service', value: 'nodeshutdown', effect: 'NoExecute' }
    const since = toy.now
    toy.update({ ...node, spec: { ...node.spec, taints: [taint, ...(node.spec.taints ?? [])] } })
    toy.until(() => isUp(toy.get('Pod', 'a')))
    expect(toy.now - since).toBeLessThan(6000)
    expect(toy.quiet(10_000).world.queue).toEqual([])
  })

  it('stays with it as long as another pod there wants it', () => {
    const toy = claimed()
      .create(onNode('b', 'node-1', { claim: 'www-a' }))
      .quiet()
    toy.do(befall('node-1', 'powerOff')).run(60_000).delete('Pod', 'a', 0).run(100)
    toy.create(onNode('a', 'node-2', { claim: 'www-a' })).run(900_000)
    expect(isUp(toy.get('Pod', 'a'))).toBe(false)
  })

  it('is not taken by force from a node that is well again, however long its process takes', () => {
    const toy = cluster().create(claimDraft('www-a')).quiet()
    const metadata = { annotations: { 'ordinal.dev/stop-ms': '800000' } }
    const spec = { nodeName: 'node-1', terminationGracePeriodSeconds: 900 }
    toy.create(podDraft('a', { claim: 'www-a', metadata, spec })).quiet()
    toy.do(befall('node-1', 'cut')).run(60_000).delete('Pod', 'a', 0).run(100)
    toy.create(onNode('a', 'node-2', { claim: 'www-a' })).run(60_000)
    const since = toy.do(befall('node-1', 'mend')).now
    toy.until(() => isUp(toy.get('Pod', 'a')), 900_000)
    expect(toy.now - since).toBeGreaterThan(800_000)
  })

  it('is let go by a node that comes back, in its own time', () => {
    const toy = waiting('cut').do(befall('node-1', 'mend'))
    const since = toy.now
    toy.until(() => isUp(toy.get('Pod', 'a')))
    expect(toy.now - since).toBeLessThan(10_000)
    expect(toy.quiet(10_000).world.queue).toEqual([])
  })
})

describe('a shutdown in good order', () => {
  const going = () => up().do(befall('node-1', 'leave'))

  it('says that it is not Ready, ends its pods as Terminated, and goes off', () => {
    const toy = going().run(100)
    expect(conditionOf(toy.get('Node', 'node-1') as never, 'Ready')).toMatchObject({
      status: 'False',
      reason: 'KubeletNotReady',
      message: 'node is shutting down',
    })
    toy.run(5000)
    const pod = toy.get('Pod', 'a')
    expect(pod.status).toMatchObject({
      phase: 'Failed',
      reason: 'Terminated',
      message: 'Pod was terminated in response to imminent node shutdown.',
    })
    expect(conditionOf(pod, 'DisruptionTarget')?.reason).toBe('TerminationByKubelet')
    expect(toy.events('a').some((event) => event.startsWith('Evicted'))).toBe(false)
    expect(toy.events('node-1')).toEqual(['Shutdown: Shutdown manager detected shutdown event'])
    toy.create(onNode('b', 'node-1')).run(5000)
    expect(toy.get('Pod', 'b').status.containerStatuses).toBeUndefined()
  })

  it('waits half a minute at most', () => {
    const annotations = { 'ordinal.dev/stop-ms': '120000' }
    const spec = { nodeName: 'node-1', terminationGracePeriodSeconds: 600 }
    const toy = cluster()
      .create(podDraft('a', { spec, metadata: { annotations } }))
      .quiet()
    const pod = toy.get('Pod', 'a')
    toy.do(befall('node-1', 'leave')).create(onNode('b', 'node-1')).run(29_000)
    expect(processes(toy, pod)).toBe(1)
    expect(toy.get('Pod', 'b').status.containerStatuses).toBeUndefined()
    toy.run(2000)
    expect(processes(toy, pod)).toBe(0)
  })
})
